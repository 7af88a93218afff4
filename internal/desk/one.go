package desk

import (
	"context"
	"io"
	"slices"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/export"
)

// Read is one document with all that was read in it.
type Read struct {
	Head  export.Head
	Parts []export.Part // several where the document is long
	Notes []string      // what was done to the input beyond reading it
}

// ReadOne reads one item and keeps the result in memory. It may be called by
// several goroutines at once, which the desk's other methods do not notice.
func (d *Desk) ReadOne(ctx context.Context, item capture.Item) (*Read, error) {
	var got Read
	var failed error
	one := *d
	one.Workers, one.Out, one.Progress = 1, io.Discard, nil
	one.Form = export.Form{New: func(io.Writer) export.Writer { return (*readWriter)(&got) }}
	one.Report = func(_ capture.Item, err error, notes []string) { failed, got.Notes = err, notes }
	if err := one.Run(ctx, slices.Values([]capture.Item{item})); err != nil {
		return nil, err
	}
	if failed != nil {
		return nil, failed
	}
	return &got, nil
}

// readWriter keeps what is written.
type readWriter Read

// Begin keeps the head.
func (r *readWriter) Begin(h *export.Head) error {
	r.Head = *h
	return nil
}

// Part keeps a copy of the part, whose slices are used again.
func (r *readWriter) Part(p *export.Part) error {
	c := *p
	c.Attributions, c.Tellers = slices.Clone(p.Attributions), slices.Clone(p.Tellers)
	c.Parties, c.Times = slices.Clone(p.Parties), slices.Clone(p.Times)
	r.Parts = append(r.Parts, c)
	return nil
}

// End has nothing to write.
func (r *readWriter) End() error { return nil }
