package reader_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
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
// example shows. Co-ordinated contents of one cue count as one. Where a verb
// says who speaks in an according-to phrase (حسب ما أعلنت البلدية), its row
// stands for that of the phrase in front of it.
func proves(t *text.Text, x reader.Truth, row *lang.CueRow, id string, found []isnad.Attribution) bool {
	for i := range found {
		a := &found[i]
		verb := row.Type == lang.AccPhrase && a.Why.Rule == "according-verb"
		if a.Why.CueRow != id && !verb {
			continue
		}
		content := append(slices.Clone(a.Content), bare(t, x.Content)...)
		for k := i + 1; k < len(found) && slices.Equal(found[k].Own().Cue, a.Own().Cue); k++ {
			content = append(content, found[k].Content...)
		}
		if share(t, content, x.Content) >= 0.7 && (len(x.Source) == 0 || share(t, a.Own().Source, x.Source) >= 0.6) {
			return true
		}
	}
	return false
}

// bare is the complementizer that a marked content begins with and a read one
// leaves out, if it is one that does.
func bare(t *text.Text, content []text.Span) []text.Span {
	for _, tok := range t.Tokens {
		if len(content) > 0 && int(tok.Start) == content[0].Start {
			switch word := t.Raw[tok.Start:tok.End]; word {
			case "أن", "إن", "بأن":
				return []text.Span{{Start: int(tok.Start), End: int(tok.End)}}
			}
		}
	}
	return nil
}

// TestExamples reads the sentence that proves each row of a pack.
func TestExamples(t *testing.T) {
	for _, pack := range []struct {
		load       func() (*lang.Pack, error)
		confidence float64 // of the findings that count
		least      float64 // share of rows whose sentence is read as marked
	}{
		{ar.Load, 0, 0.98},
		{en.Load, 0.5, 0.98},
	} {
		p, err := pack.load()
		if err != nil {
			t.Fatal(err)
		}
		r := reader.New(p)
		r.Least = pack.confidence
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
			if proves(doc, x, row, p.Name+"/"+row.ID, found) {
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

// TestSaid reads the sentence that proves each row of what makes another act of
// a cue.
func TestSaid(t *testing.T) {
	for _, load := range []func() (*lang.Pack, error){ar.Load, en.Load} {
		p, err := load()
		if err != nil {
			t.Fatal(err)
		}
		r := reader.New(p)
		for i, row := range p.Saids() {
			sentence, x := reader.Example(i, row.Example)
			doc, err := text.New(sentence)
			if err != nil {
				t.Fatalf("%s: %v", row.Row, err)
			}
			ok := false
			found := r.Read(doc)
			for k := range found {
				a := &found[k]
				ok = ok || a.Stance == row.Stance && share(doc, a.Content, x.Content) >= 0.7 && share(doc, a.Own().Source, x.Source) >= 0.6
			}
			if !ok {
				t.Errorf("%s/%s: %s\n\tread as %s", p.Name, row.Row, row.Example, describe(doc, found))
			}
		}
	}
}

func describe(t *text.Text, found []isnad.Attribution) string {
	var b strings.Builder
	for i := range found {
		a := &found[i]
		b.WriteString(a.Why.CueRow + " " + a.Stance.String())
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
