// Package export writes what was read: as JSON lines for programs, as text for
// a terminal, as a page for a browser.
//
// # Invariant
//
// A document comes as [Head], parts in order, end. A [Writer] keeps no part
// once it has returned, so that a document of any length is written in bounded
// memory; what the form puts behind the attributions waits in a temporary
// file. What is written depends on the readings only.
package export

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Head is what is known of a document before it is read.
type Head struct {
	isnad.Document // its Text is not looked at
	// Shared says that whoever reads the output has the text already.
	Shared bool
	// Long gives the text of a document that comes in several parts; nil for
	// one that comes in one.
	Long func() io.Reader
}

// Part is a stretch of a document with all that was read in it. Spans count
// bytes of its own Text; parents count its own attributions.
type Part struct {
	isnad.Reading
	At        int // byte of the document at which Text begins
	Line      int // number, from 1, of the line of the document Text begins in
	First     int // attributions in the parts before
	FirstTime int // times in the parts before
	// Edited are attributions whose words were others in an earlier capture: a
	// page puts ± to their number.
	Edited map[int]bool
}

// Writer writes documents, one after another.
type Writer interface {
	Begin(*Head) error
	Part(*Part) error
	End() error
}

// Form is a form of output.
type Form struct {
	Name string
	// Open writes what stands before the first document, whose head it is
	// given; nil if there is none.
	Open           func(w io.Writer, first *Head) error
	Between, Close string // stand between documents, and behind the last
	New            func(w io.Writer) Writer
}

// Teller is the index into Parties of the one attribution i is about, or -1.
func (p *Part) Teller(i int) int {
	if i >= len(p.Tellers) {
		return -1
	}
	return p.Tellers[i]
}

// When is the index into Times of the phrase that says when attribution i was
// said, or -1.
func (p *Part) When(i int) int {
	for _, s := range p.Attributions[i].When {
		k, _ := slices.BinarySearchFunc(p.Times, s.Start, func(t isnad.Time, at int) int { return cmp.Compare(t.Span.End, at+1) })
		if k < len(p.Times) && p.Times[k].Span.Overlaps(s) {
			return k
		}
	}
	return -1
}

// Chain names the tellers of attribution i, the outermost first: by the name
// of their party, else by the words of the text; "" for one that neither tells.
func (p *Part) Chain(i int) []string {
	var names []string
	for steps := 0; i >= 0 && steps < len(p.Attributions); steps++ {
		names = append(names, p.teller(i))
		i = p.Attributions[i].Parent
	}
	slices.Reverse(names)
	return names
}

func (p *Part) teller(i int) string {
	if n := p.Teller(i); n >= 0 {
		return p.Parties[n].Name
	}
	return p.Passage(p.Attributions[i].Own().Source)
}

// Passage is the words under spans, from the first to the last where they are
// pieces of one.
func (p *Part) Passage(spans []text.Span) string {
	if len(spans) == 0 {
		return ""
	}
	return p.Text[spans[0].Start:spans[len(spans)-1].End]
}

// Quote is the words under spans, with an ellipsis between pieces.
func (p *Part) Quote(spans []text.Span) string {
	if len(spans) == 1 {
		return spans[0].Of(p.Text)
	}
	var pieces []string
	for _, s := range spans {
		pieces = append(pieces, s.Of(p.Text))
	}
	return strings.Join(pieces, " … ")
}
