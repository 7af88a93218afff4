package lang_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/lang/internal/inflect"
	"github.com/isnad/isnad/text"
)

// language is a pack as the tests of its tables know it.
type language struct {
	name string
	load func() (*lang.Pack, error)
	// verbs and phrases are the least numbers of rows that a pack may shrink
	// to: different reporting verbs, and all that reports without a verb.
	verbs, phrases int
}

var languages = []language{
	{"ar", ar.Load, 250, 150},
	{"en", en.Load, 300, 200},
}

func (l language) dir() fs.FS { return os.DirFS(l.name) }

func (l language) pack(t *testing.T) *lang.Pack {
	t.Helper()
	p, err := l.load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestForms works out forms.bin anew. The file is part of the program; a table
// that changed without it would not be read.
func TestForms(t *testing.T) {
	for _, l := range languages {
		forms, err := inflect.Forms(l.name, l.dir())
		if err != nil {
			t.Fatal(err)
		}
		have, err := fs.ReadFile(l.dir(), "forms.bin")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(have, encoded(t, forms)) {
			t.Errorf("lang/%[1]s/forms.bin is not what the tables of lang/%[1]s give: run go generate ./lang/%[1]s", l.name)
		}
	}
}

func TestSize(t *testing.T) {
	for _, l := range languages {
		lemmas, phrases := map[string]bool{}, 0
		for _, c := range l.pack(t).Cues {
			if c.Type == lang.VerbCue {
				lemmas[c.Lemma] = true
			} else {
				phrases++
			}
		}
		if len(lemmas) < l.verbs || phrases < l.phrases {
			t.Errorf("%s: %d reporting verbs and %d phrases, want at least %d and %d", l.name, len(lemmas), phrases, l.verbs, l.phrases)
		}
		t.Logf("%s: %d reporting verbs, %d phrases", l.name, len(lemmas), phrases)
	}
}

// TestCueExamples checks that every row carries a sentence that proves it, in
// the markup that the reader's tests take: the source in braces at most once,
// the content in brackets at least once, nothing nested and nothing empty.
func TestCueExamples(t *testing.T) {
	for _, l := range languages {
		seen := map[string]string{}
		for _, c := range l.pack(t).Cues {
			if err := checkExample(c.Example); err != nil {
				t.Errorf("lang/%s/%s: %v: %q", l.name, c.ID, err, c.Example)
			}
			if first := seen[c.Example]; first != "" {
				t.Errorf("lang/%s/%s: the sentence proves %s already", l.name, c.ID, first)
			}
			seen[c.Example] = c.ID
		}
	}
}

func checkExample(s string) error {
	var open, opener rune
	filled := false
	count := map[rune]int{}
	for _, r := range s {
		switch r {
		case '{', '[':
			if open != 0 {
				return fmt.Errorf("%c inside of %c", r, opener)
			}
			open, opener, filled = r+2, r, false
			count[r]++
		case '}', ']':
			if r != open || !filled {
				return fmt.Errorf("%c closes nothing", r)
			}
			open = 0
		default:
			filled = filled || unicode.IsLetter(r)
		}
	}
	switch words := len(strings.Fields(s)); {
	case open != 0:
		return fmt.Errorf("%c is not closed", opener)
	case count['{'] > 1:
		return fmt.Errorf("%d sources", count['{'])
	case count['['] == 0:
		return fmt.Errorf("no content is marked")
	case words < 4 || words > 60:
		return fmt.Errorf("%d words, want 4 to 60", words)
	}
	return nil
}

// TestTables checks the shape of every table: as many columns in each line as
// the header has, and no character that nobody sees.
func TestTables(t *testing.T) {
	for _, l := range languages {
		names, err := fs.Glob(l.dir(), "*.tsv")
		if err != nil || len(names) < 6 {
			t.Fatalf("lang/%s: tables %v, %v", l.name, names, err)
		}
		for _, name := range names {
			b, err := fs.ReadFile(l.dir(), name)
			if err != nil {
				t.Fatal(err)
			}
			checkTable(t, "lang/"+l.name+"/"+name, string(b))
		}
	}
}

func checkTable(t *testing.T, name, table string) {
	t.Helper()
	cols := 0
	for n, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n") {
		at := fmt.Sprintf("%s:%d", name, n+1)
		if !utf8.ValidString(line) {
			t.Errorf("%s: not UTF-8", at)
			continue
		}
		if i := strings.IndexFunc(line, hidden); i >= 0 {
			t.Errorf("%s: hidden character %U at byte %d", at, []rune(line[i:])[0], i)
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		got := strings.Count(line, "\t") + 1
		if cols == 0 {
			cols = got
		}
		if got != cols {
			t.Errorf("%s: %d columns, the header has %d", at, got, cols)
		}
	}
}

// hidden reports what must not be in a table: controls, marks of direction and
// marks of byte order. Joiners are part of some spellings.
func hidden(r rune) bool {
	return unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d'
}

// TestLookup finds the forms of a row that no other row has, with what they
// mean.
func TestLookup(t *testing.T) {
	for _, c := range []struct {
		language    int
		word, lemma string
		form        lang.Form
		clitic      lang.Clitic
	}{
		{0, "نفى", "نفى", lang.Perfect, 0},
		{0, "سيؤكد", "أكد", lang.Imperfect, lang.Will},
		{0, "مشيرا", "أشار", lang.Participle, 0},
		{0, "قوله", "قال", lang.Masdar, lang.Suffix},
		{1, "warned", "warn", lang.Perfect, 0},
		{1, "denies", "deny", lang.Imperfect, 0},
		{1, "adding", "add", lang.Gerund, 0},
	} {
		p := languages[c.language].pack(t)
		found := false
		for _, r := range p.Lookup(text.Hash(c.word)) {
			if r.Class == lang.Cue && r.Form == c.form && r.Clitic&c.clitic == c.clitic && p.Cues[r.Row].Lemma == c.lemma {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: %s is not read as a form of %s", p.Name, c.word, c.lemma)
		}
	}
	if p := languages[0].pack(t); len(p.Lookup(text.Hash("قطمغشصض"))) > 0 {
		t.Error("a word of no language has readings")
	}
}

// TestPhrases finds entries of several words, the longest first, and the one
// that ends in a preposition only where the next word begins with it.
func TestPhrases(t *testing.T) {
	for _, c := range []struct {
		language int
		sentence string
		want     string
		n        int
	}{
		{0, "نقلا عن مصدر", "نقلا عن", 2},
		{0, "وفقا لبيان", "وفقا ل", 1},
		{0, "وفقا بيان", "", 0},
		{1, "according to the ministry", "according to", 2},
	} {
		p := languages[c.language].pack(t)
		doc, err := text.New(c.sentence)
		if err != nil {
			t.Fatal(err)
		}
		ph, n := p.PhraseAt(doc, 0, doc.Tokens[0].Hash)
		got := ""
		if n > 0 && ph.Reading.Class == lang.Cue {
			got = p.Cues[ph.Reading.Row].Lemma
		}
		if got != c.want || n != c.n {
			t.Errorf("%s: %q begins with %q of %d words, want %q of %d", p.Name, c.sentence, got, n, c.want, c.n)
		}
	}
}
