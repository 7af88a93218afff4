package reader_test

import (
	"strings"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// share is the share of words that two lists of spans have in common.
func share(t *text.Text, a, b []text.Span) float64 {
	both, all := 0, 0
	for _, tok := range t.Tokens {
		if tok.Kind > text.Number {
			continue
		}
		s := text.Span{Start: int(tok.Start), End: int(tok.End)}
		in, out := touches(a, s), touches(b, s)
		if in && out {
			both++
		}
		if in || out {
			all++
		}
	}
	if all == 0 {
		return 1
	}
	return float64(both) / float64(all)
}

func touches(spans []text.Span, s text.Span) bool {
	for _, x := range spans {
		if x.Overlaps(s) {
			return true
		}
	}
	return false
}

// proves reports that a reading holds the attribution of the row that the
// example shows.
func proves(t *text.Text, x reader.Truth, row string, found []isnad.Attribution) bool {
	for i := range found {
		a := &found[i]
		if a.Why.CueRow == row && share(t, a.Content, x.Content) >= 0.7 && (len(x.Source) == 0 || share(t, a.Own().Source, x.Source) >= 0.6) {
			return true
		}
	}
	return false
}

// TestExamples reads the sentence that proves each row of a pack.
func TestExamples(t *testing.T) {
	for _, pack := range []struct {
		load  func() (*lang.Pack, error)
		least float64 // share of rows whose sentence is read as marked
	}{
		{en.Load, 0.98},
	} {
		p, err := pack.load()
		if err != nil {
			t.Fatal(err)
		}
		r := reader.New(p)
		right, all := 0, 0
		for i := range p.Cues {
			row := &p.Cues[i]
			sentence, x := reader.Example(i, row.Example)
			doc, err := text.New(sentence)
			if err != nil {
				t.Fatalf("%s: %v", row.ID, err)
			}
			found := r.Read(doc)
			all++
			if proves(doc, x, p.Name+"/"+row.ID, found) {
				right++
				continue
			}
			t.Logf("%s: %s\n\tread as %s", row.ID, row.Example, describe(doc, found))
		}
		t.Logf("%s: %d of %d rows", p.Name, right, all)
		if float64(right) < pack.least*float64(all) {
			t.Errorf("%s: %d of %d rows are read as their sentences are marked, want a share of %.2f", p.Name, right, all, pack.least)
		}
	}
}

func describe(t *text.Text, found []isnad.Attribution) string {
	var b strings.Builder
	for i := range found {
		a := &found[i]
		b.WriteString(a.Why.CueRow)
		for _, s := range a.Own().Source {
			b.WriteString(" {" + s.Of(t.Raw) + "}")
		}
		for _, s := range a.Content {
			b.WriteString(" [" + s.Of(t.Raw) + "]")
		}
		b.WriteString("; ")
	}
	return b.String()
}
