package lang_test

import (
	"bytes"
	"flag"
	"os"
	"runtime"
	"testing"

	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/internal/train"
	"github.com/isnad/isnad/lang/ar"
)

var update = flag.Bool("update", false, "write ar/decide.tsv instead of comparing with it")

// TestWeights learns the weights of the Arabic reader anew from the project's
// own annotation, of which they are made. With -update it writes them: run that
// after a change of the annotation, of a table or of what the reader asks.
func TestWeights(t *testing.T) {
	if runtime.GOARCH != "amd64" && !*update {
		t.Skip("other processors round sums of products in another way")
	}
	pack, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	var docs []gold.Doc
	for _, name := range []string{"gold.ar.txt", "gold2.ar.txt"} {
		docs = append(docs, annotated(t, "../reader/testdata/"+name)...)
	}
	got, err := train.Arabic(pack, docs, "Learned from reader/testdata/gold.ar.txt and gold2.ar.txt, the project's own annotation.")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("ar/decide.tsv", got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("ar/decide.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("lang/ar/decide.tsv is not what the annotation teaches now: run go test ./lang -run Weights -update")
	}
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
