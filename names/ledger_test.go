package names

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/quick"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// filing is an entry of a document in ledger.txt with the label of its party.
type filing struct {
	doc, label string
	entry      Entry
	text       string
}

// readFilings reads a case: one entry a line, as
//
//	DOC | LABEL | KIND | NAME | MENTION; MENTION | SAID
//
// and "DOC : TEXT" for the words of a document. Entries with equal labels are
// one party, others are not.
func readFilings(t testing.TB, lines []string) []filing {
	t.Helper()
	kinds := map[string]isnad.PartyKind{
		"person": isnad.Person, "body": isnad.Organisation, "state": isnad.StateParty, "outlet": isnad.OutletParty, "unnamed": isnad.UnnamedParty,
	}
	texts := make(map[string]string)
	var out []filing
	for _, l := range lines {
		if doc, words, ok := strings.Cut(l, " : "); ok {
			texts[doc] = words
			continue
		}
		c := strings.Split(l, " | ")
		if len(c) < 4 {
			continue
		}
		kind, ok := kinds[c[2]]
		if !ok {
			t.Fatalf("no kind %q in %q", c[2], l)
		}
		f := filing{doc: c[0], label: c[1], entry: Entry{Name: c[3], Kind: kind, Mentions: []string{c[3]}}}
		if len(c) > 4 && c[4] != "-" {
			f.entry.Mentions = strings.Split(c[4], "; ")
		}
		if len(c) > 5 {
			f.entry.Said = c[5:]
		}
		out = append(out, f)
	}
	for i := range out {
		out[i].text = texts[out[i].doc]
	}
	return out
}

// gather files entries document by document and gives their identities.
func gather(l *Ledger, filings []filing, order []int) []Identity {
	docs := make(map[string][]int)
	var names []string
	for _, i := range order {
		d := filings[i].doc
		if docs[d] == nil {
			names = append(names, d)
		}
		docs[d] = append(docs[d], i)
	}
	number := make([]int, len(filings))
	for _, d := range names {
		var entries []Entry
		for _, i := range docs[d] {
			entries = append(entries, filings[i].entry)
		}
		first := l.Add(d, entries, filings[docs[d][0]].text)
		for k, i := range docs[d] {
			number[i] = first + k
		}
	}
	out := make([]Identity, len(filings))
	for i, n := range number {
		out[i] = l.Party(n)
	}
	return out
}

func count(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestLedger(t *testing.T) {
	b := book(t)
	for _, c := range blocks(t, "ledger.txt") {
		title, lines := c[0], c[1:]
		t.Run(title, func(t *testing.T) {
			filings := readFilings(t, lines)
			got := gather(b.NewLedger(), filings, count(len(filings)))
			for i := range filings {
				for k := range filings[:i] {
					x, y := &filings[i], &filings[k]
					if want := x.label == y.label; want != (got[i].ID == got[k].ID) {
						t.Errorf("%s %q and %s %q: one party is %v, want %v", x.doc, x.entry.Name, y.doc, y.entry.Name, !want, want)
					}
				}
			}
		})
	}
}

// blocks are the cases of a testdata file: title, then lines.
func blocks(t testing.TB, file string) [][]string {
	t.Helper()
	var out [][]string
	for _, block := range strings.Split(read(t, file), "\n== ")[1:] {
		out = append(out, strings.Split(strings.TrimSpace(block), "\n"))
	}
	return out
}

// TestLedgerOrder files all cases as one archive in many orders.
func TestLedgerOrder(t *testing.T) {
	b := book(t)
	var filings []filing
	for n, c := range blocks(t, "ledger.txt") {
		for _, f := range readFilings(t, c[1:]) {
			if n%2 == 0 { // half of the cases share their documents' names
				f.doc = fmt.Sprint(n, f.doc)
			}
			filings = append(filings, f)
		}
	}
	want := gather(b.NewLedger(), filings, count(len(filings)))
	random := rand.New(rand.NewPCG(7, 7))
	for range 20 {
		// The documents change places; within one the entries keep theirs.
		rank := make(map[string]int)
		for _, f := range filings {
			rank[f.doc] = random.IntN(1 << 20)
		}
		order := count(len(filings))
		sortBy(order, func(i int) int { return rank[filings[i].doc] })
		got := gather(b.NewLedger(), filings, order)
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%s %q is %v, and %v in another order", filings[i].doc, filings[i].entry.Name, want[i], got[i])
			}
		}
	}
}

func sortBy(list []int, key func(int) int) {
	for i := range list {
		for k := i; k > 0 && key(list[k]) < key(list[k-1]); k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
	}
}

func TestRulings(t *testing.T) {
	b := book(t)
	person := func(doc, name string) filing {
		return filing{doc: doc, entry: Entry{Name: name, Kind: isnad.Person}}
	}
	filings := []filing{person("1", "نادر الخزاف"), person("2", "نادر الخزّاف"), person("3", "أبو السنابل"), person("4", "Nader al-Khazzaf")}
	for _, c := range []struct {
		name    string
		rulings []Ruling
		want    string // groups by first index
	}{
		{"none", nil, "0020"},
		{"alias", []Ruling{{"أبو السنابل", "نادر الخزاف", true}}, "0000"},
		{"split", []Ruling{{"Nader al-Khazzaf", "نادر الخزاف", false}}, "0023"},
		{"split after alias", []Ruling{{"أبو السنابل", "نادر الخزاف", true}, {"أبو السنابل", "نادر الخزاف", false}}, "0020"},
	} {
		got := ""
		ids := gather(b.NewLedger(c.rulings...), filings, count(len(filings)))
		for i := range ids {
			for k := range ids {
				if ids[k].ID == ids[i].ID {
					got += strconv.Itoa(k)
					break
				}
			}
		}
		if got != c.want {
			t.Errorf("%s: groups %s, want %s", c.name, got, c.want)
		}
	}
}

// TestLedgerCrowd checks that a family name of very many people leads to none
// of them, and that adding goes on in even time.
func TestLedgerCrowd(t *testing.T) {
	l := book(t).NewLedger()
	for i := range 3000 {
		l.Add(strconv.Itoa(i), []Entry{{Name: fmt.Sprintf("%s الهدار", letters(i)), Kind: isnad.Person}})
	}
	n := l.Add("last", []Entry{{Name: "الهدار", Kind: isnad.Person}})
	other := l.Add("other", []Entry{{Name: "الهدار", Kind: isnad.Person}})
	if l.Party(n).ID == l.Party(other).ID {
		t.Error("a name that very many bear is one party in two documents")
	}
	for k, b := range l.buckets {
		if len(b.short) > maxBucket+1 || len(b.long) > maxBucket+1 {
			t.Fatalf("bucket %x holds %d and %d", k, len(b.short), len(b.long))
		}
	}
}

// letters is a made-up name for a number.
func letters(n int) string {
	alphabet := []rune("بتجدرزسشصطفقكلمنه")
	out := []rune("")
	for range 5 {
		out = append(out, alphabet[n%len(alphabet)])
		n = n/len(alphabet) + n%7*31
	}
	return string(out)
}

func TestEntriesOf(t *testing.T) {
	body := "قال مصدر في المرفأ إن الرافعة عادت إلى العمل."
	txt, err := text.New(body)
	if err != nil {
		t.Fatal(err)
	}
	span := func(s string) []text.Span {
		i := strings.Index(body, s)
		return []text.Span{{Start: i, End: i + len(s)}}
	}
	atts := []isnad.Attribution{{
		Chain:   []isnad.Link{{Cue: span("قال"), Source: span("مصدر في المرفأ"), Kind: isnad.Unnamed}},
		Content: span("الرافعة عادت إلى العمل"), Parent: -1,
	}}
	parties, tellers := book(t).Resolve(txt, atts, nil)
	got := EntriesOf(txt, atts, parties, tellers)
	if len(got) != 1 || got[0].Kind != isnad.UnnamedParty || len(got[0].Said) != 2 || got[0].Mentions[0] != "مصدر في المرفأ" {
		t.Errorf("entries %+v", got)
	}
}

// TestVoice checks which spellings sound alike.
func TestVoice(t *testing.T) {
	for _, c := range []struct {
		arabic, latin string
		want          bool
	}{
		{"القطراني", "al-Qatrani", true},
		{"عواد", "Awwad", true},
		{"ليث", "Layth", true},
		{"ليث", "Laith", true},
		{"حسين", "Hussein", true},
		{"حسين", "Hassan", false},
		{"محمود", "Mahmoud", true},
		{"محمود", "Mohamed", false},
		{"سمير", "Samira", false},
		{"سميرة", "Samira", true},
		{"ليلى", "Layla", true},
		{"عامر", "Omar", false},
	} {
		if got := voiceOf(c.arabic).covers(voiceOf(c.latin)); got != c.want {
			t.Errorf("%s and %s sound alike: %v, want %v (%q, %q)", c.arabic, c.latin, got, c.want, voiceOf(c.arabic), voiceOf(c.latin))
		}
	}
	same := func(s string) bool { return voiceOf(s).covers(voiceOf(s)) && voiceOf(s).close(voiceOf(s)) }
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

func FuzzLedger(f *testing.F) {
	f.Add("مجد السنونو", "السنونو", "Majd al-Sununu", uint8(0))
	f.Add("مرصد السنابل", "المرصد", "Sanabil Observatory", uint8(1))
	f.Add("عبد", "ال", "abd", uint8(0))
	b := book(f)
	f.Fuzz(func(t *testing.T, x, y, z string, kind uint8) {
		var filings []filing
		for i, s := range []string{x, y, z, x + " " + y} {
			e := Entry{Name: s, Kind: isnad.PartyKind((int(kind) + i/3) % 5), Mentions: []string{s, y}, Said: []string{z, x}}
			filings = append(filings, filing{doc: strconv.Itoa(i), entry: e, text: x + " " + z})
		}
		want := gather(b.NewLedger(), filings, []int{0, 1, 2, 3})
		for _, order := range [][]int{{3, 2, 1, 0}, {1, 3, 0, 2}} {
			got := gather(b.NewLedger(), filings, order)
			for i := range got {
				if got[i] != want[i] {
					t.Fatalf("%q is %v, and %v in order %v", filings[i].entry.Name, want[i], got[i], order)
				}
			}
		}
	})
}

func BenchmarkLedger(b *testing.B) {
	bk := book(b)
	l := bk.NewLedger()
	b.ReportAllocs()
	for i := range b.N {
		first := l.Add(strconv.Itoa(i), []Entry{
			{Name: fmt.Sprintf("%s %s", letters(i), letters(i/3)), Kind: isnad.Person},
			{Name: fmt.Sprintf("مجلس %s المحلي", letters(i/5)), Kind: isnad.Organisation},
		})
		l.Party(first)
	}
}

func read(t testing.TB, file string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return "\n" + string(raw)
}
