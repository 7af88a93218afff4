package lang_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

const (
	cueHeader    = "lemma\tpast\tparticiple\tprep\tstance\tpolarity\tframes\texample\n"
	phraseHeader = "phrase\ttype\tstance\tpolarity\tframes\texample\n"
	wordHeader   = "word\tclass\tagreement\tnote\n"
)

// small is a language of three rows.
func small(t testing.TB) fstest.MapFS {
	t.Helper()
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	forms := encoded(t, map[string][]lang.Reading{
		"says": {{Class: lang.Cue, Form: lang.Imperfect, Agr: lang.M}},
		"can":  {{Class: lang.Aux}, {Class: lang.Verb, Form: lang.Imperfect}},
	})
	return fstest.MapFS{
		"cues.tsv":    file("# remark\n" + cueHeader + "say\tsaid\t-\t-\tsay\taffirm\tclause,quote\t{She} says [it rains].\n"),
		"phrases.tsv": file(phraseHeader + "according to\tacc\treport\taffirm\t-\t[It rains], according to {her}.\n"),
		"words.tsv":   file(wordHeader + "press conference\tdocsource\t-\t-\n"),
		"forms.bin":   {Data: forms},
	}
}

// encoded is forms.bin of some forms.
func encoded(t testing.TB, words map[string][]lang.Reading) []byte {
	t.Helper()
	b, err := lang.Encode(words)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLoad(t *testing.T) {
	p, err := lang.Load("xx", small(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Cues) != 2 || p.Cues[0].ID != "cues.tsv:3" || p.Cues[0].Stance != isnad.Say || p.Cues[0].Frames != lang.Clause|lang.Quoted {
		t.Errorf("cues: %+v", p.Cues)
	}
	if r := p.Lookup(text.Hash("can")); len(r) != 2 || r[1].Class != lang.Verb {
		t.Errorf("can: %+v", r)
	}
	if r := p.Lookup(text.Hash("cannot")); len(r) != 0 {
		t.Errorf("cannot: %+v", r)
	}
}

// TestLoadErrors checks that a mistake in a table is told with its place.
func TestLoadErrors(t *testing.T) {
	for _, c := range []struct{ file, content, want string }{
		{"cues.tsv", cueHeader + "say\tsaid\n", "language xx: cues.tsv:2: 2 columns, need 8"},
		{"cues.tsv", cueHeader + "say\tsaid\t-\t-\tsing\taffirm\t-\tx\n", `language xx: cues.tsv:2: unknown stance "sing"`},
		{"cues.tsv", cueHeader + "\nsay\tsaid\t-\t-\tsay\tperhaps\t-\tx\n", `language xx: cues.tsv:3: unknown polarity "perhaps"`},
		{"cues.tsv", cueHeader + "say\tsaid\t-\t-\tsay\taffirm\tsong\tx\n", `language xx: cues.tsv:2: unknown frame "song"`},
		{"phrases.tsv", phraseHeader + "x\tidiom\tsay\taffirm\t-\tx\n", `language xx: phrases.tsv:2: unknown type "idiom"`},
		{"words.tsv", wordHeader + "x\tsound\t-\t-\n", `language xx: words.tsv:2: unknown word class "sound"`},
		{"words.tsv", wordHeader + "x\tprep\tq\t-\n", `language xx: words.tsv:2: unknown agreement "q"`},
		{"groups.tsv", "group\twords\nband\tx\n", `language xx: groups.tsv:2: unknown group "band"`},
		{"decide.tsv", "feature\tweight\nx\theavy\n", `language xx: decide.tsv:2: weight of "x"`},
		{"forms.bin", "ISNF", "run go generate ./lang/xx"},
	} {
		dir := small(t)
		dir[c.file] = &fstest.MapFile{Data: []byte(c.content)}
		_, err := lang.Load("xx", dir)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.file, err, c.want)
		}
	}
	for name := range maps.Keys(small(t)) {
		dir := small(t)
		delete(dir, name)
		if _, err := lang.Load("xx", dir); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// TestEncode looks up ten thousand words in a table of half of them.
func TestEncode(t *testing.T) {
	forms := map[string][]lang.Reading{}
	for i := range 5000 {
		list := []lang.Reading{{Class: lang.Verb, Form: lang.Form(i % 4)}}
		if i%3 == 0 {
			list = append(list, lang.Reading{Class: lang.Cue, Row: uint16(i % 2)})
		}
		forms[fmt.Sprint("w", i)] = list
	}
	dir := small(t)
	dir["forms.bin"] = &fstest.MapFile{Data: encoded(t, forms)}
	p, err := lang.Load("xx", dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10000 {
		got, want := p.Lookup(text.Hash(fmt.Sprint("w", i))), forms[fmt.Sprint("w", i)]
		if len(got) != len(want) {
			t.Fatalf("w%d: %d readings, want %d", i, len(got), len(want))
		}
		for k := range got {
			if got[k].Class != want[k].Class || got[k].Form != want[k].Form || got[k].Row != want[k].Row {
				t.Fatalf("w%d: %+v, want %+v", i, got[k], want[k])
			}
		}
	}
}

// FuzzForms reads what may not be a table of forms.
func FuzzForms(f *testing.F) {
	dir := small(f)
	good := dir["forms.bin"].Data
	f.Add(good)
	f.Add(good[:len(good)-2])
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x41
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		dir["forms.bin"] = &fstest.MapFile{Data: b}
		p, err := lang.Load("xx", dir)
		if err != nil {
			return
		}
		for _, w := range []string{"says", "can", "cannot"} {
			for _, r := range p.Lookup(text.Hash(w)) {
				if r.Class == lang.Cue && int(r.Row) >= len(p.Cues) {
					t.Fatalf("%s: row %d of %d", w, r.Row, len(p.Cues))
				}
			}
		}
	})
}

func TestNames(t *testing.T) {
	for c := lang.Cue; c <= lang.Human; c++ {
		if got, err := lang.ParseClass(c.String()); err != nil || got != c {
			t.Errorf("class %d is named %q, which is class %d (%v)", c, c, got, err)
		}
	}
	if _, err := lang.ParseClass(""); err == nil {
		t.Error("the empty string names a class")
	}
}
