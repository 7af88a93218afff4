package web

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fault"
)

// shelf holds boards for the pages.
type shelf []Board

func (s shelf) Board(_ context.Context, id string) (*Board, error) {
	for i := range s {
		if s[i].Claim.ID == id {
			return &s[i], nil
		}
	}
	return nil, &fault.Error{Kind: fault.NotFound, Input: id, Err: errors.New("no such claim")}
}

func (s shelf) Of(_ context.Context, statement string) string {
	for i := range s {
		for _, m := range s[i].Claim.Members {
			if m.Statement.ID == statement {
				return s[i].Claim.ID
			}
		}
	}
	return ""
}

func (s shelf) Standing(context.Context, string) (*Standing, error) { return &Standing{Claims: s}, nil }

func (s shelf) Disputed(_ context.Context, all bool, limit int) ([]Board, error) {
	var list []Board
	for _, b := range s {
		if (all || len(b.Claim.Disputes) > 0) && len(list) < limit {
			list = append(list, b)
		}
	}
	return list, nil
}

// utterance is a line from which a board is made for a test.
type utterance struct {
	doc, day, words string
	side            isnad.Polarity
	tellers         []string // innermost last; "?" in front of one who is not identified
}

// board makes a board of utterances; a party that is on both sides is in a reversal.
func board(t testing.TB, id string, said ...utterance) Board {
	t.Helper()
	b := Board{Claim: isnad.Claim{ID: id, Independent: 2, IndependentDenying: 1}, Sources: map[string]*isnad.Source{}, Parties: map[string]isnad.Identity{}}
	sides, index := map[string]string{}, map[string]int{}
	for i, u := range said {
		at, err := time.Parse(time.DateOnly, u.day)
		if err != nil {
			t.Fatal(err)
		}
		st := isnad.Statement{ID: fmt.Sprint(id, i), Doc: u.doc, Words: u.words, Said: isnad.Interval{Start: at}}
		st.Polarity, st.Confidence = u.side, .8
		for _, name := range u.tellers {
			kind := isnad.Named
			p := isnad.Identity{ID: name, Name: strings.TrimPrefix(name, "?")}
			if p.Name != name {
				kind, p.Kind = isnad.Unnamed, isnad.UnnamedParty
			}
			b.Parties[name] = p
			st.Tellers = append(st.Tellers, name)
			st.Chain = append(st.Chain, isnad.Link{Kind: kind})
		}
		if b.Sources[u.doc] == nil {
			b.Sources[u.doc] = &isnad.Source{Document: isnad.Document{ID: u.doc, Publisher: "Outlet " + u.doc, Title: u.doc, Published: at}}
		}
		d := b.Sources[u.doc]
		d.Statements = append(d.Statements, st)
		b.Claim.Members = append(b.Claim.Members, isnad.Member{Statement: &st, Polarity: u.side, Why: "shares closing, bridge"})
		teller := st.Teller()
		b.Claim.Origins = append(b.Claim.Origins, isnad.Origin{Party: teller, Counted: true, Statements: []string{st.ID}, Collapsed: []isnad.Proof{{Rule: "copy", Detail: "b is a copy of a: 94 % of shingles"}}})
		if other, ok := sides[teller]; ok && b.Claim.Members[index[other]].Polarity != u.side {
			b.Claim.Disputes = append(b.Claim.Disputes, isnad.Dispute{
				Type: isnad.Reversal, Parties: []string{teller}, Statements: []string{other, st.ID}, Passages: [2]string{other, st.ID},
				Clash: []isnad.Clash{{Slot: "polarity", A: "affirm", B: "deny"}},
			})
		}
		sides[teller], index[st.ID] = st.ID, i
	}
	b.Claim.Proposition = said[0].words
	return b
}

// bridge is a claim with a reversal, a copy and a loop.
func bridge(t testing.TB) Board {
	t.Helper()
	b := board(t, "bridge",
		utterance{"a", "2024-10-12", "جسر المعبر سيغلق شهرين كاملين", isnad.Affirms, []string{"إذاعة السهل", "?مصدر في مديرية الطرق"}},
		utterance{"b", "2024-10-12", "جسر المعبر سيغلق شهرين كاملين", isnad.Affirms, []string{"إذاعة السهل", "?مصدر في مديرية الطرق"}},
		utterance{"c", "2024-10-13", "the bridge would not close for a single day", isnad.Denies, []string{"بلدية تل السفرجل"}},
		utterance{"d", "2024-10-16", "الجسر أغلق «لأسباب فنية»", isnad.Affirms, []string{"بلدية تل السفرجل"}},
		utterance{"e", "2024-10-17", "it had no information on that", isnad.Neutral, []string{"The Plain Radio", "إذاعة السهل"}},
		utterance{"f", "2024-10-18", "الجسر مغلق", isnad.Affirms, []string{"إذاعة السهل", "The Plain Radio"}},
	)
	b.Copies = []isnad.Copy{{Earlier: "a", Later: "b", Share: .94}}
	return b
}

func TestClaim(t *testing.T) {
	h := newSite(t)
	for language, want := range map[string][]string{
		"en": {"Reversal", "6 statements", "in 6 documents", "2 independent origins affirm", "1 denies", "12 October 2024", "and 1 copy", "94 % of shingles", `href="/document/c#p1"`, `class="edge loop"`},
		"ar": {"تراجُع", "6 أقوال", "في 6 وثائق", "مصدران مستقلان يُثبتان", "مصدر واحد ينفي", "12 تشرين الأول 2024", "ونسخة واحدة"},
	} {
		code, page := get(t, h, "/claim/bridge", language)
		if code != http.StatusOK {
			t.Fatalf("status %d: %s", code, page)
		}
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: no %q in\n%s", language, w, page)
			}
		}
	}
	if code, _ := get(t, h, "/claim/nothing", "en"); code != http.StatusNotFound {
		t.Errorf("a claim that is not there: status %d", code)
	}
}

// TestVerdict gives a verdict, looks for it on the page and in what is to be
// published, and takes it back.
func TestVerdict(t *testing.T) {
	h := newSite(t)
	const note = "جسر المعبر أغلق شهرا واحدا: محضر البلدية"
	send := func(form url.Values) int {
		r := httptest.NewRequest(http.MethodPost, "http://"+host+"/decide", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return answer(t, h, r).StatusCode
	}
	verdict := url.Values{"verb": {isnad.Verdict}, "id": {"bridge"}, "note": {note}, "by": {"رنا"}, "back": {"/claim/bridge"}}
	if code, _ := get(t, h, "/claim/bridge/review.json", "en"); code != http.StatusNotFound {
		t.Errorf("a review before a verdict: status %d", code)
	}
	for _, missing := range []string{"by", "note"} {
		bad := maps.Clone(verdict)
		delete(bad, missing)
		if code := send(bad); code != http.StatusBadRequest {
			t.Errorf("a verdict without %s: status %d", missing, code)
		}
	}
	if code := send(verdict); code != http.StatusSeeOther {
		t.Fatalf("status %d", code)
	}
	for _, p := range []string{"/claim/bridge", "/claim/bridge/review.json", "/log"} {
		if code, page := get(t, h, p, "ar"); code != http.StatusOK || p != "/log" && !strings.Contains(page, note) || !strings.Contains(page, "رنا") {
			t.Errorf("%s: status %d, and the verdict is not there:\n%s", p, code, page)
		}
	}
	if code := send(url.Values{"verb": {isnad.Undo}, "id": {"0"}, "by": {"رنا"}, "back": {"/log"}}); code != http.StatusSeeOther {
		t.Errorf("undoing: status %d", code)
	}
	if code, _ := get(t, h, "/claim/bridge/review.json", "en"); code != http.StatusNotFound {
		t.Errorf("a review of a verdict taken back: status %d", code)
	}
}

// TestTurns checks that the two passages of a reversal are joined, and that
// nothing leaves the drawing in either direction.
func TestTurns(t *testing.T) {
	w, err := loadWords(files)
	if err != nil {
		t.Fatal(err)
	}
	b := bridge(t)
	for lang := range languages {
		r := &request{settings: settings{lang: lang, months: "levant"}, words: w}
		d := r.timeline(&b)
		if len(d.Turns) != 1 {
			t.Fatalf("%d turns", len(d.Turns))
		}
		for _, p := range d.Points {
			if p.X < 0 || p.X > d.Width || p.Y < 0 || p.Y > d.Height {
				t.Errorf("%s: a point at %d, %d of %d, %d", languages[lang], p.X, p.Y, d.Width, d.Height)
			}
		}
		earlier := d.Points[0].X < d.Points[len(d.Points)-1].X
		if earlier != (languages[lang] == "en") {
			t.Errorf("%s: time runs the wrong way", languages[lang])
		}
		g := r.graph(&b)
		for _, n := range g.Nodes {
			if n.X < 0 || n.X+nodeWidth > g.Width || n.Y+nodeHigh > g.Height {
				t.Errorf("%s: %q at %d, %d of %d, %d", languages[lang], n.Text, n.X, n.Y, g.Width, g.Height)
			}
		}
	}
}

// TestPlot draws figures: a value, a range, and one that is open at its end.
func TestPlot(t *testing.T) {
	w, err := loadWords(files)
	if err != nil {
		t.Fatal(err)
	}
	b := bridge(t)
	amounts := []isnad.Amount{
		{Statement: "bridge0", Low: 250, High: 250, Words: "250 راكبا"},
		{Statement: "bridge1", Low: 250, High: 250, Words: "250 راكبا"}, // the same source again
		{Statement: "bridge2", Low: 270, High: 330, Words: "about 300 passengers"},
		{Statement: "bridge3", Low: 600, High: math.Inf(1), Words: "أكثر من 600 راكب"},
		{Statement: "elsewhere", Low: 1, High: 1, Words: "one"},
	}
	for lang := range languages {
		r := &request{settings: settings{lang: lang, months: "levant"}, words: w}
		cards := map[string]*card{}
		for _, m := range b.Claim.Members {
			c := r.card(&b, m)
			cards[c.ID] = &c
		}
		if d := r.plot(cards, amounts[:2]); d != nil {
			t.Error("one source has a plot")
		}
		d := r.plot(cards, amounts)
		if len(d.Rows) != 3 || d.More != 0 {
			t.Fatalf("%d rows and %d more", len(d.Rows), d.More)
		}
		sign := 1
		if languages[lang] == "ar" {
			sign = -1
		}
		at := func(row int) [2]int { return [2]int{sign * d.Rows[row].From, sign * d.Rows[row].To} }
		if x := at(0); x[0] != x[1] || x[1] >= at(1)[0] {
			t.Errorf("%s: a value from %d to %d", languages[lang], x[0], x[1])
		}
		if x := at(1); x[0] >= x[1] || x[1] >= at(2)[0] {
			t.Errorf("%s: a range from %d to %d", languages[lang], x[0], x[1])
		}
		if x := at(2); x[0] >= x[1] || !d.Rows[2].Open {
			t.Errorf("%s: an open range from %d to %d", languages[lang], x[0], x[1])
		}
		for _, row := range d.Rows {
			if min(row.From, row.To) < 0 || max(row.From, row.To) > d.Width || row.Y > d.Height {
				t.Errorf("%s: %+v is outside %d, %d", languages[lang], row, d.Width, d.Height)
			}
		}
	}
}

// TestNice counts the steps of scales.
func TestNice(t *testing.T) {
	for _, top := range []float64{0, 1, 2, 3, 7, 9.9, 10, 29, 31, 99, 101, 250, 600, 1e6, 2.4e9} {
		if step := nice(top); step < 1 || top > 3 && (top/step < 3 || top/step > 10) {
			t.Errorf("up to %g in steps of %g", top, step)
		}
	}
}

// TestManyParties draws a claim of a thousand parties.
func TestManyParties(t *testing.T) {
	var said []utterance
	for i := range 1000 {
		said = append(said, utterance{fmt.Sprint("doc", i), "2024-10-12", "the bridge would close", isnad.Affirms, []string{fmt.Sprint("party", i)}})
	}
	b := board(t, "crowd", said...)
	w, err := loadWords(files)
	if err != nil {
		t.Fatal(err)
	}
	g := (&request{words: w, settings: settings{months: "levant"}}).graph(&b)
	if len(g.Nodes) != maxNodes || g.More == 0 {
		t.Errorf("%d nodes and %d more", len(g.Nodes), g.More)
	}
}
