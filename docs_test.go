package isnad_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/sample"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
)

var update = flag.Bool("update", false, "write the made parts of the README files instead of comparing them")

// parts are the stretches of the README files that are made, by the name in
// the remark that opens each. A remark "made ends here" closes it.
var parts = map[string]func(t *testing.T, file string) string{
	"demo ferry":  func(t *testing.T, _ string) string { return terminal(t, "3-ferry.en.txt") },
	"demo bridge": func(t *testing.T, _ string) string { return terminal(t, "1-bridge.ar.txt") },
	"scores":      scoreTable,
}

// TestDocs compares the pictures and figures of the README files with what the
// program shows now.
func TestDocs(t *testing.T) {
	for _, name := range []string{"README.md", "README.ar.md"} {
		have, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := []byte(remake(t, name, string(have)))
		switch {
		case bytes.Equal(have, want):
		case *update:
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
		default:
			t.Errorf("%s shows what is no longer so:\n%s\nRun: go test . -run Docs -update", name, diff.Diff(name, have, "made now", want))
		}
	}
}

var madePart = regexp.MustCompile(`(?s)(<!-- made: ([a-z ]+);[^>]*-->\n).*?(<!-- made ends here -->)`)

// remake puts every made part of a file anew.
func remake(t *testing.T, name, content string) string {
	t.Helper()
	n := 0
	out := madePart.ReplaceAllStringFunc(content, func(part string) string {
		m := madePart.FindStringSubmatch(part)
		build := parts[m[2]]
		if build == nil {
			t.Fatalf("%s: nothing makes %q", name, m[2])
		}
		n++
		return m[1] + build(t, name) + m[3]
	})
	if n < 2 {
		t.Fatalf("%s: %d made parts, want the demo and the scores", name, n)
	}
	return out
}

// terminal is what isnad demo shows of one of its articles.
func terminal(t *testing.T, name string) string {
	t.Helper()
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(articles, func(a sample.Article) bool { return a.Name == name })
	if i < 0 {
		t.Fatalf("no article %s", name)
	}
	arabic, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(arabic, english)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	d.Form, d.Out = export.Plain(export.Style{}), &out
	d.Report = func(_ capture.Item, err error, _ []string) {
		if err != nil {
			t.Fatal(err)
		}
	}
	item := capture.TextItem(name, articles[i].Text)
	if err := d.Run(context.Background(), slices.Values([]capture.Item{item})); err != nil {
		t.Fatal(err)
	}
	return "```text\n" + out.String() + "```\n"
}

// scoreHeads are the heads of the table of scores.
var scoreHeads = map[string]string{
	"README.md":    "| annotated texts | passages | content | attributions | precision | recall | F1 | F1 of content alone |\n",
	"README.ar.md": "| النصوص المشروحة | المقاطع | المضمون | الإسنادات | الدقة | الاستيعاب | F1 | F1 للمضمون وحده |\n",
}

// scoreTable is the first and the third row of each section of scores.txt.
func scoreTable(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile("reader/testdata/scores.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := scoreHeads[file] + "|---|---|---|---|---|---|---|---|\n"
	sections := strings.Split(string(b), "\n== ")[1:]
	if len(sections) == 0 {
		t.Fatal("reader/testdata/scores.txt has no sections")
	}
	for _, s := range sections {
		name, rest, _ := strings.Cut(s, "\n")
		documents := regexp.MustCompile(`(?m)^(\d+) documents`).FindStringSubmatch(rest)
		for _, row := range []string{"clause", "all"} {
			f := strings.Fields(regexp.MustCompile(`(?m)^` + row + ` .*$`).FindString(rest))
			if len(documents) != 2 || len(f) < 9 {
				t.Fatalf("reader/testdata/scores.txt: section %s has no row %s", name, row)
			}
			out += fmt.Sprintf("| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", name, documents[1], row, f[1], f[3], f[4], f[5], f[8])
		}
	}
	return out
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)[^)]*\)`)

// TestLinks follows the links of the documents to files of the project.
func TestLinks(t *testing.T) {
	files, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("doc/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, more...) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(b), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", name, m[1], err)
			}
		}
	}
}
