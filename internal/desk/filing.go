package desk

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/names"
	"github.com/isnad/isnad/text"
)

// filing is what is filed of one entry of the log.
type filing struct {
	entry      int64
	name       string           // of the input
	last       bool             // of its batch
	decision   bool             // about parties
	again      bool             // filed before, and read again after a decision
	doc        archive.Document // without ID where there is none
	statements []archive.Statement
	names      []spoken
	err        error // why no document could be made
	fatal      error // why there is no going on
}

// spoken is a name of the document that a ledger should know.
type spoken struct {
	id     string
	name   string
	kind   isnad.PartyKind
	titles []string
}

// read makes the filing of an entry.
func (k *Archivist) read(ctx context.Context, p *press, s step) *filing {
	f := &filing{entry: s.entry.No, last: s.last, decision: s.parties, again: s.again, fatal: s.err}
	if s.err != nil || s.entry.Kind != kindCapture {
		return f
	}
	// One that cannot be interrupted costs the driver less, and is short.
	var held []byte
	if len(s.entry.Blobs) > 0 {
		held = k.recent.take(s.entry.Blobs[0])
	}
	c, err := k.load(context.WithoutCancel(ctx), &s.entry, held)
	if k := fault.Of(err); err != nil && k == fault.Unavailable {
		f.fatal = err
		return f
	}
	if err != nil { // damaged: verify tells more, and the others can be filed
		o, _ := s.entry.Origin()
		return &filing{entry: f.entry, name: o.Name(), last: f.last, err: err}
	}
	f.name = c.Name()
	f.doc.ID = docID(s.entry.Blobs[0])
	if err := f.extract(p, c, s.revised); err != nil {
		return &filing{entry: f.entry, name: f.name, last: f.last, err: err}
	}
	f.doc.Capture, f.doc.Captured, f.doc.Reader = f.entry, s.entry.At, k.reader
	return f
}

// extract makes the document of a capture and reads it. What goes wrong with
// one document, be it in the reader itself, must not keep others from being filed.
func (f *filing) extract(p *press, c *capture.Capture, r revisions) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: the reader failed: %v", fault.Name(f.name), r)
		}
	}()
	doc, err := capture.Extract(c)
	if err != nil {
		return err
	}
	if err := f.fill(p, doc, r); err != nil {
		return err
	}
	if n := len(f.statements); n > archive.MaxStatements {
		return &fault.Error{Kind: fault.Invalid, Input: f.name, Err: fmt.Errorf("%d statements are more than an archive files of one document (%d)", n, archive.MaxStatements)}
	}
	for i := range f.statements {
		if err := f.statements[i].Check(f.doc.Text); err != nil {
			return fmt.Errorf("%s: statement %d: %w", fault.Name(f.name), i, err)
		}
	}
	return nil
}

// docID is the identifier of the document made of a body: the same in every
// archive.
func docID(body archive.BlobID) string { return hex.EncodeToString(body[:16]) }

// fill reads a document, in windows where it is long.
func (f *filing) fill(p *press, doc *capture.Document, r revisions) error {
	if err := p.desk.date(doc); err != nil {
		return err
	}
	head := p.desk.head(doc)
	next := export.Part{Line: 1}
	for raw := range pieces(doc.Text) {
		part := next
		var revised []string
		err := p.read(&part, raw, head, func(part *export.Part) { revised = r.apply(f.doc.ID, part) })
		if err != nil {
			return err
		}
		f.add(p, &part, revised)
		next.At += len(raw)
		next.First += len(part.Attributions)
	}
	head.ID, head.Text = f.doc.ID, doc.Text
	f.doc.Document = head.Document
	f.doc.Narrative = narrative(doc.Text, f.statements)
	return nil
}

// pieces are the windows of a text that is in memory.
func pieces(raw string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if len(raw) <= windowBytes {
			if raw != "" {
				yield(raw)
			}
			return
		}
		for at := 0; at < len(raw); {
			end := len(raw)
			if end-at > windowBytes {
				end = at + lastCut(raw[at:at+windowBytes])
			}
			if !yield(raw[at:end]) {
				return
			}
			at = end
		}
	}
}

// add takes over what was read in a part. revised holds the identifiers that
// decisions name its attributions by.
func (f *filing) add(p *press, part *export.Part, revised []string) {
	entries := names.EntriesOf(&p.text, part.Attributions, part.Parties, part.Tellers)
	ids := make([]string, len(entries))
	scope := fmt.Sprint(f.doc.ID, part.At) // tells documents, and their parts, apart
	for i := range entries {
		e := &entries[i]
		n := p.desk.names.Name(scope, i, e)
		ids[i] = partyID(n.ID)
		if n.Common {
			f.names = append(f.names, spoken{ids[i], e.Name, e.Kind, n.Titles})
		}
	}
	for i, a := range part.Attributions {
		s := archive.Statement{Names: f.namesOf(part, i), Tellers: tellers(part, i, ids)}
		if k := part.When(i); k >= 0 {
			s.Said = part.Times[k].Interval
		}
		s.Attribution = moved(a, part.At, part.First)
		if own := archive.StatementID(f.doc.ID, &s.Attribution); len(revised) > 0 && revised[i] != own {
			s.As = revised[i]
		}
		f.statements = append(f.statements, s)
	}
}

// tellers are the parties of the chain of attribution i, the outermost first.
// What it lies in may stand behind it: "X", the agency said, citing an officer.
func tellers(part *export.Part, i int, ids []string) (list []string) {
	for n := len(part.Attributions[i].Chain); i >= 0 && len(list) < n; i = part.Attributions[i].Parent {
		own := ""
		if t := part.Teller(i); t >= 0 {
			own = ids[t]
		}
		list = append(list, own)
	}
	slices.Reverse(list)
	return list
}

// partyID writes the number of a name.
func partyID(n uint64) string { return fmt.Sprintf("%016x", n) }

// namesOf are the names that the teller of attribution i is found by: that of
// its party and the words of the text.
func (f *filing) namesOf(part *export.Part, i int) (list []string) {
	if t := part.Teller(i); t >= 0 {
		list = append(list, part.Parties[t].Name)
	}
	if s := part.Quote(part.Attributions[i].Own().Source); s != "" && !slices.Contains(list, s) {
		list = append(list, s)
	}
	return list
}

// moved is an attribution of a part as one of the document. Links above its
// own are shared with its parents, which were moved before.
func moved(a isnad.Attribution, by, first int) isnad.Attribution {
	if a.Parent >= 0 {
		a.Parent += first
	}
	if by == 0 {
		return a
	}
	own := a.Own()
	for _, spans := range [][]text.Span{own.Cue, own.Source, a.Content, a.When} {
		for i := range spans {
			spans[i].Start += by
			spans[i].End += by
		}
	}
	return a
}

// narrative is what a text says outside of all contents.
func narrative(raw string, list []archive.Statement) (out []text.Span) {
	var inside []text.Span
	for i := range list {
		inside = append(inside, list[i].Content...)
	}
	slices.SortFunc(inside, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
	at := 0
	add := func(end int) {
		if at >= end {
			return
		}
		piece := raw[at:end]
		trimmed := strings.TrimSpace(piece)
		if trimmed == "" {
			return
		}
		start := at + strings.Index(piece, trimmed)
		out = append(out, text.Span{Start: start, End: start + len(trimmed)})
	}
	for _, s := range inside {
		add(s.Start)
		at = max(at, s.End)
	}
	add(len(raw))
	return out
}
