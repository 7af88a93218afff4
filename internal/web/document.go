package web

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/text"
)

// Documents is where the page of a document gets what it shows.
type Documents interface {
	// Document finds a kept document; the error is of kind not found where
	// there is none.
	Document(ctx context.Context, id string) (*Kept, error)
}

// Kept is a document of the archive with what is known of it.
type Kept struct {
	isnad.Source
	Parties map[string]isnad.Identity // by identifier
	Claims  map[string]string         // the claim of each statement that is in one
	Proof   Proof
}

// Proof tells what a preserved page can be proved by.
type Proof struct {
	Hash       string // SHA-256 of the body, in hex
	URL        string
	Media      string
	Entry      int64 // number of the capture in the log, from 0
	Checkpoint string
}

// part is a kept document as it is laid out: spans as they were read, parties
// by their names over all documents.
func (k *Kept) part() *export.Part {
	p := &export.Part{Line: 1}
	p.Document = k.Document
	number := map[string]int{}
	for i := range k.Statements {
		s := &k.Statements[i]
		p.Attributions = append(p.Attributions, s.Attribution)
		p.Tellers = append(p.Tellers, k.number(p, number, s.Teller()))
		for _, span := range s.When {
			p.Times = append(p.Times, isnad.Time{Span: span, Interval: s.Said})
		}
	}
	slices.SortStableFunc(p.Times, func(a, b isnad.Time) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	p.Times = slices.CompactFunc(p.Times, func(a, b isnad.Time) bool { return a.Span == b.Span })
	return p
}

// number is the place of a party in the list of the part, which it enters
// where it is new; -1 for none.
func (k *Kept) number(p *export.Part, known map[string]int, party string) int {
	who, ok := k.Parties[party]
	if !ok {
		return -1
	}
	n, ok := known[party]
	if !ok {
		n = len(p.Parties)
		known[party] = n
		p.Parties = append(p.Parties, isnad.Party{Name: who.Name, Kind: who.Kind})
	}
	return n
}

// document shows a kept document.
func (s *site) document(r *request) error {
	k, err := s.Documents.Document(r.r.Context(), r.r.PathValue("id"))
	if err != nil {
		return err
	}
	part := k.part()
	f := export.NewFragment(r.Lang(), part, func(b []byte, i int) []byte { return r.appendLinks(b, k, i) })
	a := &article{
		Head: &export.Head{Document: k.Document}, Title: cmp.Or(k.Title, k.ID), Statements: len(part.Attributions), Kept: k,
		Text: template.HTML(f.Text), List: template.HTML(f.List),
	}
	return r.show(http.StatusOK, "document", "search", a.Title, a)
}

// appendLinks appends what leads on from a statement: its party and its claim.
func (r *request) appendLinks(b []byte, k *Kept, i int) []byte {
	s := &k.Statements[i]
	b = append(b, `<p class="soft">`...)
	if id := k.Claims[s.ID]; id != "" {
		b = appendLink(b, "/claim/", id, r.T("claim.kicker"))
	}
	if id := s.Teller(); id != "" {
		b = appendLink(b, "/party/", id, r.T("party.kicker"))
	}
	return append(b, "</p>"...)
}

var _ = text.Span{}
