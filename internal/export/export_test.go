package export

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

const article = "نقلت وكالة الوادي عن وزير المياه سليم الحداد قوله الخميس إن المحطة «لن تتوقف».\n\nونفى المجلس ذلك، وقال: \"لا\tنعرف\".\n"

// span finds words in a text.
func span(t testing.TB, in, words string) text.Span {
	t.Helper()
	i := strings.Index(in, words)
	if i < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	return text.Span{Start: i, End: i + len(words)}
}

// relay is the article with what is said in it.
func relay(t testing.TB) (*Head, *Part) {
	t.Helper()
	at := func(words string) []text.Span { return []text.Span{span(t, article, words)} }
	day := time.Date(2024, 10, 10, 0, 0, 0, 0, time.UTC)
	agency := isnad.Link{Cue: at("نقلت"), Source: at("وكالة الوادي"), Kind: isnad.OutletSource}
	minister := isnad.Link{Cue: at("قوله"), Source: at("وزير المياه سليم الحداد"), Kind: isnad.Named}
	council := isnad.Link{Cue: at("ونفى"), Source: at("المجلس"), Kind: isnad.Role}
	content := at("المحطة «لن تتوقف»")
	p := &Part{Line: 1}
	p.Text = article
	p.Attributions = []isnad.Attribution{
		{Chain: []isnad.Link{agency}, Content: content, Stance: isnad.Report, Parent: -1, Confidence: .912, Why: isnad.Why{Rule: "relay", CueRow: "ar/cues.tsv:1"}},
		{Chain: []isnad.Link{agency, minister}, Content: content, When: at("الخميس"), Kind: isnad.Mixed, Parent: 0, Confidence: 1},
		{Chain: []isnad.Link{council}, Content: at("ذلك"), Stance: isnad.Deny, Polarity: isnad.Denies, Parent: -1},
		{Chain: []isnad.Link{{Cue: at("وقال")}}, Content: at("لا\tنعرف"), Kind: isnad.Direct, Polarity: isnad.Neutral, Negated: true, Parent: -1},
	}
	p.Parties = []isnad.Party{
		{Name: "وكالة الوادي", Kind: isnad.OutletParty, Mentions: at("وكالة الوادي")},
		{Name: "سليم الحداد", Mentions: at("سليم الحداد")},
		{Name: "المجلس", Kind: isnad.Organisation, Mentions: at("المجلس")},
	}
	p.Tellers = []int{0, 1, 2, -1}
	p.Times = []isnad.Time{{Span: span(t, article, "الخميس"), Interval: isnad.Interval{Start: day, End: day.AddDate(0, 0, 1), Precision: isnad.DayPrecision}}}
	h := &Head{Document: isnad.Document{ID: "a.txt", Lang: "ar", Title: "المحطة", Publisher: "الوادي", Published: time.Date(2024, 10, 12, 9, 0, 0, 0, time.UTC)}}
	return h, p
}

// write lays documents out as one, in the given number of parts.
func write(t testing.TB, f Form, h *Head, parts ...*Part) string {
	t.Helper()
	var b bytes.Buffer
	w := f.New(&b)
	if err := w.Begin(h); err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		if err := w.Part(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONL(t *testing.T) {
	h, p := relay(t)
	got := write(t, JSONL, h, p)
	want := `{"id":"a.txt","lang":"ar","attributions":[` +
		`{"cue":[[0,8]],"source":[[9,32]],"content":[[109,141]],"kind":"indirect","stance":"report","polarity":"affirm","negated":false,"parent":-1,"source_kind":"outlet","source_resolved":"وكالة الوادي","party":0,"when":null,"confidence":0.912,"why":{"rule":"relay","cue_row":"ar/cues.tsv:1"}},` +
		`{"cue":[[82,90]],"source":[[38,81]],"content":[[109,141]],"kind":"mixed","stance":"say","polarity":"affirm","negated":false,"parent":0,"source_kind":"named","source_resolved":"سليم الحداد","party":1,"when":0,"confidence":1.000,"why":{"rule":"","cue_row":""}},` +
		`{"cue":[[144,152]],"source":[[153,165]],"content":[[166,172]],"kind":"indirect","stance":"deny","polarity":"deny","negated":false,"parent":-1,"source_kind":"role","source_resolved":"المجلس","party":2,"when":null,"confidence":0.000,"why":{"rule":"","cue_row":""}},` +
		`{"cue":[[175,183]],"source":[],"content":[[186,199]],"kind":"direct","stance":"say","polarity":"neutral","negated":true,"parent":-1,"source_kind":"implicit","source_resolved":null,"party":null,"when":null,"confidence":0.000,"why":{"rule":"","cue_row":""}}],` +
		`"parties":[{"n":0,"name":"وكالة الوادي","kind":"outlet","mentions":[[9,32]]},{"n":1,"name":"سليم الحداد","kind":"person","mentions":[[60,81]]},{"n":2,"name":"المجلس","kind":"organisation","mentions":[[153,165]]}],` +
		`"times":[{"span":[91,103],"text":"الخميس","start":"2024-10-10","end":"2024-10-11","precision":"day"}],` +
		`"title":"المحطة","published":"2024-10-12T09:00:00Z","publisher":"الوادي","text":` + strings.TrimSuffix(encoded(t, article), "\n") + "}\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	h.Shared = true
	if got, want := write(t, JSONL, h, p), want[:strings.Index(want, `,"title"`)]+"}\n"; got != want {
		t.Errorf("of JSON lines: got\n%s\nwant\n%s", got, want)
	}
}

func encoded(t testing.TB, v any) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func FuzzAppendString(f *testing.F) {
	f.Add("a\"b\\c\x00\x1f\n\u2028ق")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		var got string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil || got != s {
			t.Errorf("%q became %q, %v", s, got, err)
		}
	})
}

// TestJSONLInParts checks that a document in parts is the one line that all of
// it would be, but for parties without a name.
func TestJSONLInParts(t *testing.T) {
	h, p := relay(t)
	const n = 40
	second := *p
	second.At, second.Line, second.First, second.FirstTime = len(p.Text), 4, len(p.Attributions), len(p.Times)
	second.Parties = slices.Clone(p.Parties)
	second.Parties[2] = isnad.Party{Name: "مصادر", Kind: isnad.UnnamedParty}
	parts := []*Part{p}
	for i := range n {
		next := second
		next.At += i * len(p.Text)
		next.First += i * len(p.Attributions)
		next.FirstTime += i * len(p.Times)
		parts = append(parts, &next)
	}
	whole := strings.Repeat(p.Text, n+1)
	h.Long = func() io.Reader { return strings.NewReader(whole) }
	var got struct {
		Text         string
		Attributions []struct {
			Parent, Party, When *int
			Content             [][2]int
		}
		Parties []struct {
			N        int
			Name     string
			Mentions [][2]int
		}
		Times []struct {
			Span [2]int
			Text string
		}
	}
	if err := json.Unmarshal([]byte(write(t, JSONL, h, parts...)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Text != whole || len(got.Attributions) != (n+1)*4 || len(got.Times) != n+1 || len(got.Parties) != 3+n {
		t.Fatalf("%d attributions, %d times, %d parties", len(got.Attributions), len(got.Times), len(got.Parties))
	}
	for i, party := range got.Parties {
		if party.N != i {
			t.Errorf("party %d stands at %d", party.N, i)
		}
	}
	if m := got.Parties[1].Mentions; len(m) != n+1 || !slices.IsSortedFunc(m, func(a, b [2]int) int { return a[0] - b[0] }) ||
		whole[m[n][0]:m[n][1]] != "سليم الحداد" {
		t.Errorf("mentions %v", m)
	}
	last := got.Attributions[len(got.Attributions)-3]
	if *last.Parent != n*4 || *last.When != n || *last.Party != 1 || whole[last.Content[0][0]:last.Content[0][1]] != "المحطة «لن تتوقف»" {
		t.Errorf("%+v", last)
	}
}

// TestManyParties goes beyond what is remembered and what stays in memory.
func TestManyParties(t *testing.T) {
	h := &Head{Long: func() io.Reader { return strings.NewReader("") }}
	var parts []*Part
	for i := range 60 {
		p := &Part{At: i * 100_000}
		for k := range 1000 {
			p.Parties = append(p.Parties, isnad.Party{Name: "p" + string(rune('a'+i)) + string(rune(0x4E00+k)), Mentions: []text.Span{{Start: k, End: k + 1}, {Start: k + 2, End: k + 3}}})
		}
		p.Parties = append(p.Parties, isnad.Party{Name: "all", Mentions: []text.Span{{Start: 5, End: 6}}})
		parts = append(parts, p)
	}
	var got struct {
		Parties []struct {
			N        int
			Mentions [][2]int
		}
	}
	if err := json.Unmarshal([]byte(write(t, JSONL, h, parts...)), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Parties) != 60_001 || len(got.Parties[1000].Mentions) != 60 || len(got.Parties[60_000].Mentions) != 2 {
		t.Errorf("%d parties", len(got.Parties))
	}
	for i, p := range got.Parties {
		if p.N != i {
			t.Fatalf("party %d stands at %d", p.N, i)
		}
	}
}

func TestWhenAndChain(t *testing.T) {
	_, p := relay(t)
	if p.When(1) != 0 || p.When(0) != -1 {
		t.Errorf("when: %d, %d", p.When(1), p.When(0))
	}
	if got := p.Chain(1); !slices.Equal(got, []string{"وكالة الوادي", "سليم الحداد"}) {
		t.Errorf("chain %q", got)
	}
	if got := p.Chain(3); !slices.Equal(got, []string{""}) {
		t.Errorf("chain of nobody %q", got)
	}
	p.Attributions[0].Parent = 1
	if got := p.Chain(0); len(got) != len(p.Attributions) {
		t.Errorf("a circle of parents gave %d tellers", len(got))
	}
}

func TestPlain(t *testing.T) {
	h, p := relay(t)
	want := "\u2067المحطة\u2069\n\u2068الوادي\u2069 · a.txt · 2024-10-12 09:00 +00:00\n" +
		"\n   1  + report    \u2068وكالة الوادي\u2069\n      \u2067المحطة «لن تتوقف»\u2069\n" +
		"\n   1  + say       \u2068وكالة الوادي\u2069 ← \u2068سليم الحداد\u2069 · 2024-10-10\n      \u2067المحطة «لن تتوقف»\u2069\n" +
		"\n   3  − deny      \u2068المجلس\u2069\n      \u2067ذلك\u2069\n" +
		"\n   3  ○ not say   (not named)\n      \u2067لا نعرف\u2069\n" +
		"\nstatements: 4 (2 affirm, 1 deny, 1 take no side)\n"
	if got := write(t, Plain(Style{}), h, p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	colored := write(t, Plain(Style{Color: true}), h, p)
	if !strings.Contains(colored, "\x1b[31m− deny") {
		t.Errorf("no red denial in\n%q", colored)
	}
}

func TestPlainShowsWhatWouldControlTheTerminal(t *testing.T) {
	for s, want := range map[string]string{
		"a\x1b[2Jb\u009bc":  "a<U+001B>[2Jb<U+009B>c",
		" a\t\n b ":         "a b",
		"قال\u202Eإن\u2069": "قال<U+202E>إن<U+2069>",
		"بي\u200Dت\u200F":   "بي\u200Dت\u200F",
		"a\x00b\x7f\x07":    "a<U+0000>b<U+007F><U+0007>",
	} {
		if got := visible(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	s := "one two three عاشِرٌ eleven-and-more x"
	for width := 1; width < 50; width++ {
		lines := slices.Collect(wrap(s, width))
		if got := strings.Join(lines, " "); got != s {
			t.Errorf("at %d: %q", width, got)
		}
		for _, l := range lines {
			if columns(l) > width && strings.Contains(l, " ") {
				t.Errorf("at %d: %q is wider", width, l)
			}
		}
	}
}

// TestPageKeepsTheText takes the marks out of pages of random readings, whose
// spans nest and cross, and expects the text.
func TestPageKeepsTheText(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 300 {
		p := randomPart(random)
		got := pageText(t, write(t, HTML, &Head{Document: isnad.Document{ID: "x"}}, p))
		if want := paragraphsOf(p.Text); !slices.Equal(got, want) {
			t.Fatalf("round %d: got\n%q\nwant\n%q", round, got, want)
		}
	}
}

func randomPart(random *rand.Rand) *Part {
	words := []string{"قال", "إن", "said", "&", "<b>", "\"", "\n", "\n\n", "\u202E", "x"}
	var b strings.Builder
	ends := []int{0}
	for range 5 + random.IntN(40) {
		b.WriteString(words[random.IntN(len(words))])
		ends = append(ends, b.Len())
		b.WriteString(" ")
	}
	p := &Part{Line: 1}
	p.Text = b.String()
	some := func() []text.Span {
		a, z := ends[random.IntN(len(ends))], ends[random.IntN(len(ends))]
		return []text.Span{{Start: min(a, z), End: max(a, z)}}
	}
	for range random.IntN(20) {
		p.Attributions = append(p.Attributions, isnad.Attribution{
			Chain: []isnad.Link{{Cue: some(), Source: some()}}, Content: append(some(), some()...), Parent: -1, Polarity: isnad.Polarity(random.IntN(3)),
		})
	}
	return p
}

func paragraphsOf(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			out = append(out, strings.ReplaceAll(line, "\u202E", "U+202E"))
		}
	}
	return out
}

func BenchmarkJSONL(b *testing.B) {
	h, p := relay(b)
	w := JSONL.New(io.Discard)
	b.SetBytes(int64(len(p.Text)))
	b.ReportAllocs()
	for b.Loop() {
		w.Begin(h)
		w.Part(p)
		w.End()
	}
}
