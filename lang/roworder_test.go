package lang_test

import (
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/sample"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/internal/inflect"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// TestRowOrder puts a row at the head of a table of cues, and moves one from its
// head to its end. What is read with the other rows must not change: nothing may
// know a row by its number.
func TestRowOrder(t *testing.T) {
	rows := map[string]string{
		"ar": "برطم\tيبرطم\t-\t-\t-\tsay\taffirm\tclause\tبرطم {الحارس} [أن البوابة مغلقة منذ الصباح].",
		"en": "burble\t-\t-\t-\tsay\taffirm\tclause\t{The guard} burbled [that the gate had been shut since morning].",
	}
	changes := map[string]func(l language, rows []string) []string{
		"added": func(l language, old []string) []string { return slices.Concat([]string{rows[l.name]}, old) },
		"moved": func(_ language, old []string) []string { return slices.Concat(old[1:], old[:1]) },
	}
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range languages {
		before := reader.New(l.pack(t))
		for name, change := range changes {
			after := reader.New(changed(t, l, change))
			found := 0
			for _, a := range articles {
				doc, err := text.New(a.Text)
				if err != nil {
					t.Fatal(err)
				}
				was, is := withoutRows(before.Read(doc)), withoutRows(after.Read(doc))
				if found += len(was); !reflect.DeepEqual(was, is) {
					t.Errorf("%s: a row that is %s in lang/%s/cues.tsv changes what is read with others", a.Name, name, l.name)
				}
			}
			if found == 0 {
				t.Errorf("nothing is read in %s", l.name)
			}
		}
	}
}

// changed is a pack whose rows of cues.tsv are changed.
func changed(t *testing.T, l language, change func(l language, rows []string) []string) *lang.Pack {
	t.Helper()
	dir := fstest.MapFS{}
	names, err := fs.Glob(l.dir(), "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(l.dir(), name)
		if err != nil {
			t.Fatal(err)
		}
		dir[name] = &fstest.MapFile{Data: b}
	}
	lines := strings.Split(strings.TrimSpace(string(dir["cues.tsv"].Data)), "\n")
	head := slices.IndexFunc(lines, func(s string) bool { return !strings.HasPrefix(s, "#") }) + 1
	lines = slices.Concat(lines[:head], change(l, lines[head:]))
	dir["cues.tsv"] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	forms, err := inflect.Forms(l.name, dir)
	if err != nil {
		t.Fatal(err)
	}
	dir["forms.bin"] = &fstest.MapFile{Data: encoded(t, forms)}
	p, err := lang.Load(l.name, dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func withoutRows(list []isnad.Attribution) []isnad.Attribution {
	for i := range list {
		list[i].Why.CueRow = ""
	}
	return list
}
