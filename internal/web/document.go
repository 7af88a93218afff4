package web

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
)

// kept is a document of the archive on its way to a page.
type kept struct{ *desk.Kept }

// part is a kept document as it is laid out: spans as they were read, parties
// by their names over all documents.
func (k kept) part() *export.Part {
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
func (k kept) number(p *export.Part, known map[string]int, party string) int {
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
	k, err := s.kept(r.r.Context(), r.r.PathValue("id"))
	if err != nil {
		return err
	}
	h, err := s.history(r.r.Context(), k)
	if err != nil {
		return err
	}
	part := kept{k}.part()
	part.Edited = h.Edited
	f := export.NewFragment(r.Lang(), part, func(b []byte, i int) []byte {
		return r.appendDecisions(r.appendLinks(r.appendEdited(b, h, i), k, i), k, i)
	})
	a := &article{
		Head: &export.Head{Document: k.Document}, Title: cmp.Or(k.Title, k.Origin.Name()), Statements: len(part.Attributions), Kept: k, Versions: len(h.Versions),
		Text: templ.Raw(string(f.Text)), List: templ.Raw(string(f.List)),
	}
	return r.show(http.StatusOK, "search", a.Title, a)
}

// kept finds a document, with the names that the archive has now.
func (s *site) kept(ctx context.Context, id string) (*desk.Kept, error) {
	roster, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	return s.Archive.Kept(ctx, id, roster)
}

// appendLinks appends what leads on from a statement.
func (r *request) appendLinks(b []byte, k *desk.Kept, i int) []byte {
	if r.site.Claims != nil {
		if id := r.site.Claims.Of(r.r.Context(), k.Statements[i].ID); id != "" {
			b = fmt.Appendf(b, `<p class="soft"><a href="/claim/%s">%s</a></p>`, url.PathEscape(id), html.EscapeString(r.T("claim.all")))
		}
	}
	id := k.Statements[i].Teller()
	if id == "" || k.Parties[id].Name == "" {
		return b
	}
	return fmt.Appendf(b, `<p class="soft"><a href="/party/%s">%s</a></p>`, url.PathEscape(id), html.EscapeString(r.T("party.all")))
}
