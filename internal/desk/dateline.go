package desk

import (
	"fmt"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/text"
)

// date finds the time of publication in what a document says in words, where
// nothing else told it, and says so. Words that do not give the day count for
// nothing.
func (d *Desk) date(doc *capture.Document) error {
	if !doc.Published.IsZero() {
		return nil
	}
	for _, line := range doc.Datelines {
		t, err := text.New(line)
		if err != nil {
			return fmt.Errorf("date line %q: %w", line, err)
		}
		for _, found := range d.times.Find(t, doc.Published) {
			if p := found.Interval.Precision; p == isnad.NoPrecision || p > isnad.DayPrecision {
				continue
			}
			doc.Published, doc.Dated = found.Interval.Start, "words on the page"
			doc.Notes = append(doc.Notes, fmt.Sprintf("published %s by the words “%s”",
				doc.Published.Format("2006-01-02"), line[found.Span.Start:found.Span.End]))
			return nil
		}
	}
	if len(doc.Datelines) > 0 {
		doc.Notes = append(doc.Notes, fmt.Sprintf("“%s” is not a date that can be read", doc.Datelines[0]))
	}
	return nil
}
