package claim

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// maker makes a record by hand.
type maker struct {
	record Record
	claim  isnad.Claim
}

func newMaker() *maker { return &maker{record: Record{Parties: map[string]isnad.Identity{}}} }

func (m *maker) party(kind isnad.PartyKind, names ...string) *maker {
	m.record.Parties[names[0]] = isnad.Identity{ID: names[0], Name: names[0], Kind: kind, Names: names}
	return m
}

// says files a document of one statement, published on a day of January 2025.
// tellers are the parties of the chain.
func (m *maker) says(day int, publisher string, side isnad.Polarity, words string, tellers ...string) *maker {
	id := fmt.Sprintf("d%d", len(m.record.Sources))
	raw := strings.Join(tellers, " ") + ": " + words
	st := isnad.Statement{ID: id + "/0", Doc: id, Words: words, Tellers: tellers}
	st.Parent, st.Polarity = -1, side
	st.Content = []text.Span{{Start: len(raw) - len(words), End: len(raw)}}
	at := 0
	for _, t := range tellers {
		st.Chain = append(st.Chain, isnad.Link{Source: []text.Span{{Start: at, End: at + len(t)}}, Kind: isnad.Named})
		at += len(t) + 1
	}
	m.record.Sources = append(m.record.Sources, isnad.Source{
		Document:   isnad.Document{ID: id, Publisher: publisher, Text: raw, Published: time.Date(2025, 1, day, 12, 0, 0, 0, time.UTC)},
		Statements: []isnad.Statement{st},
	})
	return m
}

// judge puts all statements into one claim and judges it.
func (m *maker) judge(t testing.TB, copies ...isnad.Copy) isnad.Claim {
	t.Helper()
	m.claim = isnad.Claim{ID: "c"}
	for i := range m.record.Sources {
		for k := range m.record.Sources[i].Statements {
			s := &m.record.Sources[i].Statements[k]
			m.claim.Members = append(m.claim.Members, isnad.Member{Statement: s, Polarity: s.Polarity})
		}
	}
	claims := []isnad.Claim{m.claim}
	testBook(t).Judge(&m.record, copies, claims)
	return claims[0]
}

// rules are the rules of the proofs of a claim, by statement.
func rules(c isnad.Claim) string {
	var out []string
	for _, o := range c.Origins {
		for _, p := range o.Collapsed {
			out = append(out, p.Statement+" "+p.Rule)
		}
	}
	return strings.Join(out, ", ")
}

func TestRing(t *testing.T) {
	m := newMaker().party(isnad.OutletParty, "صحيفة الضحى").party(isnad.OutletParty, "قناة المدى").party(isnad.OutletParty, "The Quay Post")
	m.says(1, "صحيفة الضحى", isnad.Affirms, "ستُقطع أشجار الميناء", "قناة المدى")
	m.says(1, "قناة المدى", isnad.Affirms, "ستُقطع أشجار الميناء", "The Quay Post")
	m.says(2, "The Quay Post", isnad.Affirms, "أشجار الميناء ستُقطع", "صحيفة الضحى")
	c := m.judge(t)
	if c.Independent != 0 || len(c.Origins) != 1 || c.Origins[0].Counted {
		t.Errorf("a ring without a source counts as %d independent origins: %+v", c.Independent, c.Origins)
	}
	if got := rules(c); !strings.Contains(got, "loop") || strings.Count(got, "cites") != 3 {
		t.Errorf("the ring is proved by %s", got)
	}
}

func TestCitationLeadsToSource(t *testing.T) {
	m := newMaker().party(isnad.OutletParty, "صحيفة الضحى").party(isnad.OutletParty, "قناة المدى").party(isnad.Organisation, "بلدية الميناء")
	m.says(1, "صحيفة الضحى", isnad.Affirms, "ستُقطع أشجار الميناء", "بلدية الميناء")
	m.says(2, "قناة المدى", isnad.Affirms, "أشجار الميناء ستُقطع", "صحيفة الضحى")
	if c := m.judge(t); c.Independent != 1 || rules(c) != "d1/0 cites" {
		t.Errorf("%d independent origins, proofs %s", c.Independent, rules(c))
	}
}

func TestBodyAndItsPeople(t *testing.T) {
	m := newMaker().party(isnad.Organisation, "بلدية الميناء", "البلدية").party(isnad.Person, "الناطق باسم البلدية سالم النهري").
		party(isnad.UnnamedParty, "موظف في البلدية").party(isnad.UnnamedParty, "صياد من الحي")
	m.says(1, "a", isnad.Denies, "قطع الأشجار", "بلدية الميناء")
	m.says(2, "b", isnad.Denies, "قطع الأشجار", "الناطق باسم البلدية سالم النهري")
	m.says(3, "c", isnad.Affirms, "قُطعت الأشجار", "موظف في البلدية")
	m.says(4, "d", isnad.Affirms, "قُطعت الأشجار", "صياد من الحي")
	c := m.judge(t)
	if c.Independent != 2 || c.IndependentDenying != 1 || rules(c) != "d1/0 body, d2/0 insider, d3/0 first-hand" {
		t.Errorf("%d against %d independent origins, proofs %s", c.Independent, c.IndependentDenying, rules(c))
	}
	if len(c.Disputes) != 1 || c.Disputes[0].Type != isnad.Denial || len(c.Disputes[0].Parties) != 4 {
		t.Errorf("disputes: %+v", c.Disputes)
	}
}

func TestReversalTakesTime(t *testing.T) {
	m := newMaker().party(isnad.Organisation, "بلدية الميناء")
	m.says(1, "a", isnad.Denies, "قطع الأشجار", "بلدية الميناء")
	m.says(9, "b", isnad.Affirms, "قطع بعض الأشجار فقط", "بلدية الميناء")
	c := m.judge(t)
	if len(c.Disputes) != 1 || c.Disputes[0].Type != isnad.Reversal || c.Disputes[0].Passages != [2]string{"d0/0", "d1/0"} {
		t.Fatalf("disputes: %+v", c.Disputes)
	}
	if clash := c.Disputes[0].Clash; len(clash) != 2 || clash[1] != (isnad.Clash{Slot: "scope", B: "فقط"}) {
		t.Errorf("clash %+v", clash)
	}

	// One who affirms and denies in one breath has not changed sides.
	m = newMaker().party(isnad.Organisation, "بلدية الميناء")
	m.says(1, "a", isnad.Denies, "قطع الأشجار كلها", "بلدية الميناء")
	s := m.record.Sources[0].Statements[0]
	s.ID, s.Polarity = "d0/1", isnad.Affirms
	m.record.Sources[0].Statements = append(m.record.Sources[0].Statements, s)
	if c := m.judge(t); len(c.Disputes) != 0 {
		t.Errorf("one sentence is a dispute: %+v", c.Disputes)
	}
}

// TestAuthorRejects has an author deny what somebody is quoted for.
func TestAuthorRejects(t *testing.T) {
	m := newMaker().party(isnad.Organisation, "هيئة الميناء")
	m.says(1, "a", isnad.Affirms, "الهيئة لم تشارك في الحفل", "هيئة الميناء")
	m.says(2, "صحيفة الضحى", isnad.Denies, "مقولة «الهيئة لم تشارك في الحفل»", "")
	s := &m.record.Sources[1].Statements[0]
	s.Chain[0].Source, s.Why.Rule = nil, ruleReject
	c := m.judge(t)
	if len(c.Disputes) != 1 || !reflect.DeepEqual(c.Disputes[0].Parties, []string{"هيئة الميناء", "صحيفة الضحى"}) || c.IndependentDenying != 1 {
		t.Errorf("%d denying, disputes %+v", c.IndependentDenying, c.Disputes)
	}
}

// TestAmounts has a dispute about figures tell them in the order of time.
func TestAmounts(t *testing.T) {
	m := newMaker().party(isnad.Organisation, "بلدية الميناء").party(isnad.Organisation, "نادي الشراع")
	m.says(2, "b", isnad.Affirms, "حضر الحفل أكثر من 600 شخص", "نادي الشراع")
	m.says(1, "a", isnad.Affirms, "حضر الحفل 250 شخصا", "بلدية الميناء")
	c := m.judge(t)
	if len(c.Disputes) != 1 || c.Disputes[0].Type != isnad.Figures {
		t.Fatalf("disputes %+v", c.Disputes)
	}
	got := c.Disputes[0].Amounts
	if len(got) != 2 || got[0].Statement != "d1/0" || got[0].Low != 250 || got[0].High != 250 || got[0].Words != "250 شخصا" ||
		got[1].Low < 600 || !math.IsInf(got[1].High, 1) {
		t.Errorf("amounts %+v", got)
	}
}

// TestOrder judges the cases with their documents in other orders.
func TestOrder(t *testing.T) {
	b := testBook(t)
	for _, dir := range []string{"../internal/sample/convoy", "../internal/eval/testdata/cases/crossing"} {
		want := LoadCase(t, dir)
		b.Judge(&want.Record, want.Copies, want.Judged)
		for seed := range uint64(4) {
			r := rand.New(rand.NewPCG(seed, 7))
			got := LoadCase(t, dir)
			r.Shuffle(len(got.Record.Sources), func(i, k int) {
				s := got.Record.Sources
				s[i], s[k] = s[k], s[i]
			})
			for c := range got.Judged {
				m := got.Judged[c].Members
				r.Shuffle(len(m), func(i, k int) { m[i], m[k] = m[k], m[i] })
			}
			b.Judge(&got.Record, got.Copies, got.Judged)
			for c := range got.Judged {
				x, y := got.Judged[c], want.Judged[c]
				if !reflect.DeepEqual(x.Disputes, y.Disputes) || !reflect.DeepEqual(x.Origins, y.Origins) || x.Independent != y.Independent {
					t.Fatalf("%s %s, order %d:\n%+v\n%+v", dir, x.ID, seed, x, y)
				}
			}
		}
	}
}

// TestHostile judges what no newsroom writes; the work must stay small.
func TestHostile(t *testing.T) {
	m := newMaker().party(isnad.OutletParty, "قناة المدى")
	for i := range 1000 {
		p := fmt.Sprintf("هيئة الميناء رقم %d", i)
		m.party(isnad.Organisation, p).says(i%28+1, "قناة المدى", isnad.Polarity(i%2), fmt.Sprintf("%d سفينة في الميناء", i), p)
	}
	c := m.judge(t)
	if c.Independent != 500 || c.IndependentDenying != 500 {
		t.Errorf("%d and %d independent of 500", c.Independent, c.IndependentDenying)
	}
	for _, d := range c.Disputes {
		if len(d.Parties) > maxParties {
			t.Errorf("%s names %d parties", d.Type, len(d.Parties))
		}
	}

	// Outlets one behind another, one that cites itself, parents in a circle,
	// dates before the documents, bodies that speak for each other.
	m = newMaker()
	for i := range 500 {
		m.party(isnad.OutletParty, fmt.Sprintf("منبر%d", i))
		m.says(1, fmt.Sprintf("منبر%d", i), isnad.Affirms, "كذا وكذا", fmt.Sprintf("منبر%d", (i+1)%500))
	}
	m.says(1, "منبر0", isnad.Affirms, "كذا", "منبر0")
	m.party(isnad.Person, "رئيس بلدية الألف").party(isnad.Organisation, "بيان رئيس بلدية الألف", "بلدية الألف")
	m.says(1, "x", isnad.Affirms, "كذا", "رئيس بلدية الألف").says(1, "y", isnad.Denies, "كذا", "بيان رئيس بلدية الألف")
	for i := range m.record.Sources {
		s := &m.record.Sources[i].Statements[0]
		s.Parent = 0
		s.Said.Start = time.Date(1800+i, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	m.judge(t)
}

// TestDeeds looks for words against deeds in the cases: there is one, and it is
// told with the act in both passages.
func TestDeeds(t *testing.T) {
	b := testBook(t)
	for dir, want := range map[string]string{
		"../internal/sample/convoy": "", "../internal/eval/testdata/cases/harvest": "", "../internal/eval/testdata/cases/ferries": "",
		"../internal/eval/testdata/cases/crossing": "C5 [B] [s09-1 s10-1] [{act قطع قطعت}]",
	} {
		g := LoadCase(t, dir)
		b.Judge(&g.Record, g.Copies, g.Judged)
		var got []string
		for _, c := range g.Judged {
			for _, d := range c.Disputes {
				if d.Type == isnad.WordsAgainstDeed {
					got = append(got, fmt.Sprint(c.ID, " ", d.Parties, " ", d.Statements, " ", d.Clash))
				}
			}
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %s, want %s", dir, got, want)
		}
	}
}

// TestRejectionFindsWhose has an author reject a quotation whose speaker says
// the like elsewhere in the document.
func TestRejectionFindsWhose(t *testing.T) {
	m := newMaker().party(isnad.Organisation, "هيئة الميناء")
	m.says(1, "صحيفة الضحى", isnad.Affirms, "عدم انخراط نادي القندريس في المفاوضات مع البلدية", "هيئة الميناء")
	m.says(1, "صحيفة الضحى", isnad.Denies, "مقولة «نادي القندريس لم يشارك في المناقشات التي سبقت الحفل»", "")
	raw, other := m.record.Sources[0].Text, m.record.Sources[1]
	s := other.Statements[0]
	s.ID, s.Doc, s.Chain[0].Source, s.Why.Rule = "d0/1", "d0", nil, ruleReject
	s.Content[0].Start += len(raw) + 2
	s.Content[0].End += len(raw) + 2
	d := &m.record.Sources[0]
	d.Text, d.Statements = raw+"\n\n"+other.Text, append(d.Statements, s)
	m.record.Sources = m.record.Sources[:1]
	claims := []isnad.Claim{
		{ID: "a", Members: []isnad.Member{{Statement: &d.Statements[0], Polarity: isnad.Denies}}},
		{ID: "b", Members: []isnad.Member{{Statement: &d.Statements[1], Polarity: isnad.Affirms}}},
	}
	testBook(t).Judge(&m.record, nil, claims)
	if got := claims[1].Disputes; len(got) != 1 || !reflect.DeepEqual(got[0].Parties, []string{"صحيفة الضحى", "هيئة الميناء"}) {
		t.Errorf("%+v", got)
	}
}
