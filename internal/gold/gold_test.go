package gold

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

const sample = `# a remark
== ar-001 genre=newswire
قال مدير المتحف إن القاعة جاهزة، نافيا وجود تأخير.

وأضاف أن القاعة واسعة.
--
قال | مدير المتحف | إن القاعة .. جاهزة
نافيا | - | وجود تأخير | stance=deny np source_kind=controlled lemma=نفى | alt=مدير المتحف
# a remark
وأضاف | - | أن القاعة واسعة

== en-001
"The hall," she said, "is open." He did not say when the hall shuts.
--
said | she | "The hall," … "is open." | kind=direct
did not say | He | when the .. shuts | negated
`

func parseString(t *testing.T, s string) []Doc {
	t.Helper()
	docs, err := Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestParse(t *testing.T) {
	docs := parseString(t, sample)
	if len(docs) != 2 {
		t.Fatalf("got %d documents, want 2", len(docs))
	}
	ar, en := docs[0], docs[1]
	if ar.ID != "ar-001" || ar.Lang != "ar" || ar.Genre != "newswire" || strings.Count(ar.Text, "\n") != 2 {
		t.Errorf("header or text misread: %+v", ar)
	}
	deny := ar.Attributions[1]
	for _, c := range []struct{ got, want string }{
		{ar.Attributions[0].Content.Text(ar.Text), "إن القاعة جاهزة"},
		{deny.Content.Text(ar.Text), "وجود تأخير"},
		{deny.SourceAlt.Text(ar.Text), "مدير المتحف"},
		{deny.Polarity, "deny"},
		{deny.SourceKind, "controlled"},
		{deny.Lemma, "نفى"},
		{deny.ID, "ar-001#1"},
		{ar.Attributions[2].SourceKind, "implicit"},
		{en.Attributions[0].Content.Text(en.Text), `"The hall," … "is open."`},
		{en.Attributions[1].Content.Text(en.Text), "when the hall shuts"},
		{en.Attributions[1].Polarity, "neutral"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if !deny.NPContent || deny.Parent != -1 || !en.Attributions[1].Negated {
		t.Errorf("flags misread: %+v", deny)
	}
}

func TestParseErrors(t *testing.T) {
	const head = "== en-001\nShe said it rained and rained. He agreed.\n--\n"
	for _, c := range []struct{ in, want string }{
		{"stray\n", "line 1: text before the first item"},
		{"== \n", "line 1: text before the first item"},
		{"== de-001\nx\n--\n", `line 1: id "de-001": begin it with the language`},
		{"== en-001 mood=sad\nx\n--\n", `line 1: unknown word "mood=sad"`},
		{"== en-001\nx\n--\n== en-001\nx\n--\n", "line 4: id \"en-001\" stands at line 1 already"},
		{"== en-001\nx\n", `line 1: item en-001 has no line "--"`},
		{"== en-001\n\n--\n", "line 1: item en-001 has no text"},
		{head + "said | She\n", "line 4: want at least cue | source | content"},
		{head + "- | She | it\n", "line 4: an attribution needs a cue"},
		{head + "sai | She | it\n", `line 4: "sai" is not in the text as whole words`},
		{head + "said | She | rained\n", `line 4: "rained" stands in the text 2 times: number it`},
		{head + "said | She | rained#3\n", `line 4: "rained" stands in the text 2 times only, not 3`},
		{head + "said | She | it .. snowed\n", `line 4: after "it": "snowed" is not in the text`},
		{head + "said | She | rained#2 … it\n", `line 4: piece "it" stands before the piece it follows`},
		{head + "said | She | it | stance=sing\n", `line 4: unknown stance "sing"`},
		{head + "said | She | it | loud\n", `line 4: unknown word "loud"`},
		{head + "said | She | it | parent=x\n", "line 4: "},
		{head + "said | She | it | parent=7\n", "line 1: item en-001: attribution 0: parent 7 does not exist"},
		{head + "said | She | it | parent=0\n", "line 1: item en-001: attribution 0: parents form a circle"},
		{head + "said | | it\n", "line 4: "},
	} {
		docs, err := Parse(strings.NewReader(c.in))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Parse(%q): error %v, want %q", c.in, err, c.want)
		}
		if len(docs) > 1 {
			t.Errorf("Parse(%q) returned %d documents", c.in, len(docs))
		}
	}
}

func TestLocate(t *testing.T) {
	const text = "قالالمدير قولا، وقال آخر: قال «نعم» قَالَ"
	for _, c := range []struct {
		quote string
		n     int
		want  string
		at    int
	}{
		{"قال", 0, "قال", strings.Index(text, "قال «")},
		{"~قال", 1, "قال", 0},
		{"~قال", 2, "قال", strings.Index(text, "قال آخر")},
		{"قَالَ", 0, "قَالَ", strings.Index(text, "قَالَ")},
		{"«نعم»", 0, "«نعم»", strings.Index(text, "«")},
		{":", 0, ":", strings.Index(text, ":")},
	} {
		s, err := locate(text, c.quote, c.n)
		if err != nil || text[s[0]:s[1]] != c.want || s[0] != c.at {
			t.Errorf("locate(%q, %d) = %v, %v; want %q at %d", c.quote, c.n, s, err, c.want, c.at)
		}
	}
}

func TestJSONL(t *testing.T) {
	docs := parseString(t, sample)
	docs = append(docs, Doc{ID: "x", Lang: "en", Text: "<none>", Attributions: []Attribution{}})
	var b bytes.Buffer
	if err := WriteJSONL(&b, docs); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, "<none>") || !strings.Contains(s, `"source":[]`) || strings.Contains(s, "null") {
		t.Errorf("shape: %s", s)
	}
	got, err := ReadJSONL(&b)
	if err != nil || !equalDocs(got, docs) {
		t.Errorf("round trip: %v\n got %+v\nwant %+v", err, got, docs)
	}
}

// equalDocs compares by what is written, so that nil and empty spans are one.
func equalDocs(a, b []Doc) bool {
	var x, y bytes.Buffer
	return WriteJSONL(&x, a) == nil && WriteJSONL(&y, b) == nil && bytes.Equal(x.Bytes(), y.Bytes())
}

func TestReadJSONL(t *testing.T) {
	docs, err := ReadJSONL(strings.NewReader(`
{"id":"a","lang":"en","text":"he said so","attributions":[{"cue":[3,7],"source":null,"content":[[8,10]],"kind":"indirect","why":"x"}]}
`))
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	a := docs[0].Attributions[0]
	if a.Parent != -1 || len(a.Source) != 0 || !reflect.DeepEqual(a.Cue, Spans{{3, 7}}) {
		t.Errorf("got %+v", a)
	}
	for _, c := range []struct{ in, want string }{
		{"{", "line 1: "},
		{`{"text":"é","attributions":[{"cue":[[0,1]],"parent":-1}]}`, "cuts a character in two"},
		{`{"text":"é","attributions":[{"cue":[[0,3]],"parent":-1}]}`, "outside the text of 2 bytes"},
		{`{"text":"é","attributions":[{"cue":[[1,0]],"parent":-1}]}`, "outside the text"},
		{`{"text":"a","attributions":[{"cue":"a"}]}`, "neither [start,end] nor a list"},
		{`{"text":"a","attributions":[{"cue":[0,1],"kind":"loud"}]}`, `unknown kind "loud"`},
		{`{"text":"a","attributions":[{"cue":[0,1],"parent":-2}]}`, "parent -2 does not exist"},
	} {
		if _, err := ReadJSONL(strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("ReadJSONL(%s): error %v, want %q", c.in, err, c.want)
		}
	}
}

// TestTestdata reads the project's own gold: every quotation must resolve, and
// what lies in a parent must lie in it.
func TestTestdata(t *testing.T) {
	for _, c := range []struct {
		file         string
		items, empty int // at least so many, at least so many without attribution
	}{
		{"gold.ar.txt", 170, 45},
		{"gold2.ar.txt", 280, 35},
		{"gold3.ar.txt", 230, 7},
		{"gold.en.txt", 90, 14},
	} {
		f, err := os.Open(filepath.Join("..", "..", "reader", "testdata", c.file))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		docs, err := Parse(f)
		if err != nil {
			t.Fatal(err)
		}
		empty := 0
		for i := range docs {
			if len(docs[i].Attributions) == 0 {
				empty++
			}
			lint(t, &docs[i])
		}
		if len(docs) < c.items || empty < c.empty {
			t.Errorf("%s: %d items, %d without attribution; want %d and %d", c.file, len(docs), empty, c.items, c.empty)
		}
	}
}

func lint(t *testing.T, d *Doc) {
	t.Helper()
	if !utf8.ValidString(d.Text) || d.Genre == "" {
		t.Errorf("%s: no genre, or not UTF-8", d.ID)
	}
	for _, a := range d.Attributions {
		if overlap(a.Cue, a.Content) || overlap(a.Cue, a.Source) || overlap(a.Source, a.Content) {
			t.Errorf("%s: parts overlap", a.ID)
		}
		if a.Parent >= 0 && !within(a.Content, d.Attributions[a.Parent].Content) {
			t.Errorf("%s: content is not inside its parent's", a.ID)
		}
		if len(a.Content) == 0 && !a.Uncertain {
			t.Errorf("%s: no content, yet not uncertain", a.ID)
		}
		for _, p := range a.Content {
			if s := d.Text[p[0]:p[1]]; strings.Trim(s, " \n") != s || strings.HasSuffix(s, "،") {
				t.Errorf("%s: content %q has a loose edge", a.ID, s)
			}
		}
	}
}

func overlap(a, b Spans) bool {
	for _, x := range a {
		for _, y := range b {
			if x[0] < y[1] && y[0] < x[1] {
				return true
			}
		}
	}
	return false
}

func within(in, out Spans) bool {
	return len(in) == 0 || len(out) > 0 && out[0][0] <= in[0][0] && in[len(in)-1][1] <= out[len(out)-1][1]
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("== ar-1\nقال \xff إن\n--\nقال | - | ~إن#1 .. إن | stance=deny")
	f.Fuzz(func(t *testing.T, s string) {
		docs, _ := Parse(strings.NewReader(s))
		for i := range docs {
			if err := docs[i].check(); err != nil {
				t.Fatal(err)
			}
		}
		if !utf8.ValidString(s) {
			return
		}
		var b bytes.Buffer
		if err := WriteJSONL(&b, docs); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadJSONL(&b); err != nil || !equalDocs(got, docs) {
			t.Fatalf("round trip: %v", err)
		}
	})
}

func FuzzReadJSONL(f *testing.F) {
	f.Add(`{"id":"a","text":"he said so","attributions":[{"cue":[3,7],"content":[[8,10]],"parent":-1}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		docs, _ := ReadJSONL(strings.NewReader(s))
		for i := range docs {
			if err := docs[i].check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
