package lang_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/internal/linear"
	"github.com/isnad/isnad/internal/train"
	"github.com/isnad/isnad/lang/ar"
)

var update = flag.Bool("update", false, "learn ar/decide.tsv from all Arabic annotation instead of comparing with it")

const annotation = "../reader/testdata/"

// TestWeights learns the weights of the Arabic reader anew, from the files that
// their first line names, and compares. With -update it learns them from all of
// the project's Arabic annotation and writes them: run that after a change of
// the annotation, of a table or of what the reader asks.
func TestWeights(t *testing.T) {
	if runtime.GOARCH != "amd64" && !*update {
		t.Skip("other processors round sums of products in another way")
	}
	if *update {
		all, err := filepath.Glob(annotation + "gold*.ar.txt")
		if err != nil {
			t.Fatal(err)
		}
		for i := range all {
			all[i] = filepath.Base(all[i])
		}
		if err := os.WriteFile("ar/decide.tsv", learn(t, all), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("ar/decide.tsv")
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := bytes.Cut(want, []byte("\n"))
	names := regexp.MustCompile(`gold\w*\.ar\.txt`).FindAllString(string(head), -1)
	if len(names) == 0 {
		t.Fatalf("lang/ar/decide.tsv does not say what it is learned from: %s", head)
	}
	if !bytes.Equal(rows(learn(t, names)), rows(want)) {
		t.Errorf("lang/ar/decide.tsv is not what %s teach now: run go test ./lang -run Weights -update", strings.Join(names, " and "))
	}
}

// rows are the lines behind the first.
func rows(table []byte) []byte {
	_, rest, _ := bytes.Cut(table, []byte("\n"))
	return rest
}

func learn(t *testing.T, names []string) []byte {
	t.Helper()
	pack, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	var docs []gold.Doc
	for _, name := range names {
		docs = append(docs, annotated(t, annotation+name)...)
	}
	from := strings.Join(names, ", ")
	if i := strings.LastIndex(from, ", "); i >= 0 {
		from = from[:i] + " and" + from[i+1:]
	}
	weights, err := train.Arabic(pack, docs, "Learned from reader/testdata/"+from+", the project's own annotation.")
	if err != nil {
		t.Fatal(err)
	}
	return weights
}

func annotated(t *testing.T, name string) []gold.Doc {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := gold.Parse(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return docs
}

// TestProvenance checks that the English weights say what they are learned from.
func TestProvenance(t *testing.T) {
	b, err := os.ReadFile("en/weights.bin")
	if err != nil {
		t.Fatal(err)
	}
	m, err := linear.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Provenance, "PolNeAR") {
		t.Errorf("lang/en/weights.bin says it is learned from %q; if that is so, README.md, README.ar.md and doc/architecture.md have to say so too", m.Provenance)
	}
}
