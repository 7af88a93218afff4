package desk

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// press reads documents one at a time and reuses its buffers.
type press struct {
	desk   *Desk
	text   text.Text
	reader *reader.Reader
	out    sheet
	writer export.Writer
}

// sheet gathers an output.
type sheet struct{ bytes []byte }

func (s *sheet) Write(p []byte) (int, error) {
	s.bytes = append(s.bytes, p...)
	return len(p), nil
}

func (d *Desk) newPress() *press {
	return &press{desk: d, reader: reader.New(d.packs...)}
}

// short writes a document that is in memory to p.out.
func (p *press) short(head *export.Head, raw string) error {
	part := &export.Part{Line: 1}
	if err := p.read(part, raw, head, nil); err != nil {
		return err
	}
	if err := p.writer.Begin(head); err != nil {
		return err
	}
	if err := p.writer.Part(part); err != nil {
		return err
	}
	return p.writer.End()
}

// head is what a document says of itself, completed by what the desk was told.
func (d *Desk) head(doc *capture.Document) *export.Head {
	h := &export.Head{Document: doc.Document, Shared: doc.Shared}
	h.Text = ""
	if d.Lang != "" {
		h.Lang = d.Lang
	}
	if h.Published.IsZero() {
		h.Published = d.Published
	}
	return h
}

// read fills part with what is in a text, and head with its language. What is
// made of the attributions is made of them as revise leaves them, which may be nil.
func (p *press) read(part *export.Part, raw string, head *export.Head, revise func(*export.Part)) error {
	if err := p.text.Reset(raw); err != nil {
		return fmt.Errorf("%s: %w", head.ID, err)
	}
	if head.Lang == "" {
		head.Lang = language(&p.text)
	}
	part.Text = raw
	part.Attributions = p.reader.Read(&p.text)
	if revise != nil {
		revise(part)
	}
	part.Parties, part.Tellers = p.desk.names.Resolve(&p.text, part.Attributions, &head.Document)
	part.Times = p.desk.times.Find(&p.text, head.Published)
	saidWhen(&p.text, part.Attributions, part.Times)
	return nil
}

// language is the language of a text by its script, or "" where it has no
// letter of either.
func language(t *text.Text) string {
	ar, la := 0, 0
	for _, tok := range t.Tokens {
		switch {
		case tok.Flags&text.Arabic != 0:
			ar++
		case tok.Flags&text.Latin != 0:
			la++
		}
	}
	switch {
	case ar+la == 0:
		return ""
	case la > ar:
		return "en"
	}
	return "ar"
}

// long writes a document window by window.
func (d *Desk) long(ctx context.Context, w io.Writer, j *job) error {
	defer j.long.Close()
	head, body := j.head, j.long.Long
	head.Long = body.Reader
	p := d.newPress()
	p.writer = d.Form.New(w)
	next := export.Part{Line: 1}
	for raw, err := range windows(body.Reader(), windowBytes) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		part := next
		if err := p.read(&part, raw, head, nil); err != nil {
			return err
		}
		if next.At == 0 {
			if err := p.writer.Begin(head); err != nil {
				return err
			}
		}
		if err := p.writer.Part(&part); err != nil {
			return err
		}
		d.progress(j.item.Size * int64(len(raw)) / body.Size())
		next.At += len(raw)
		next.Line += strings.Count(raw, "\n")
		next.First += len(part.Attributions)
		next.FirstTime += len(part.Times)
	}
	return p.writer.End()
}
