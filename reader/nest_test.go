package reader_test

import (
	"strings"
	"testing"

	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// TestDeepChain reads a sentence of nothing but cues, each inside the content
// of the one before it: the chains stay short.
func TestDeepChain(t *testing.T) {
	pack, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := text.New(strings.Repeat("قال سالم إن ", 500) + "الباب مفتوح.")
	if err != nil {
		t.Fatal(err)
	}
	found := reader.New(pack).Read(doc)
	deepest := 0
	for i := range found {
		deepest = max(deepest, len(found[i].Chain))
	}
	if len(found) < 100 || deepest < 5 || deepest > 16 {
		t.Errorf("%d findings, the longest chain of %d: want hundreds, and at most 16", len(found), deepest)
	}
}
