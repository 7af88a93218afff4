package train

import (
	"bytes"
	"slices"
	"testing"

	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/lang/en"
)

// TestEnglishRepeats learns twice from a few sentences.
func TestEnglishRepeats(t *testing.T) {
	pack, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	pack.Cues = slices.Clone(pack.Cues)
	for i := 20; i < len(pack.Cues); i++ {
		pack.Cues[i].Example = ""
	}
	doc := gold.Doc{ID: "1", Text: "The mayor said that the bridge was open.", Attributions: []gold.Attribution{
		{Cue: gold.Spans{{10, 14}}, Source: gold.Spans{{0, 9}}, Content: gold.Spans{{15, 39}}},
	}}
	var first []byte
	for range 2 {
		b, err := English(pack, []gold.Doc{doc}, "made for a test")
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(first, b) {
			t.Error("the same texts gave other weights")
		}
		first = b
	}
}
