package web

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fault"
)

// maxParties is how many parties the list shows.
const maxParties = 250

// partiesPage is what the list of parties shows.
type partiesPage struct {
	Ask  string
	List []isnad.Identity
	All  int // parties that fit what is asked for
}

// partyPage is what the page of a party shows.
type partyPage struct {
	isnad.Identity
	Hits []hit // newest first
	More string
	Back string
}

// parties lists the parties, or those whose name holds what is asked for.
func (s *site) parties(r *request) error {
	roster, err := s.names(r.r.Context())
	if err != nil {
		return err
	}
	ask := r.r.FormValue("q")
	var list []isnad.Identity
	for _, p := range roster.Identities() {
		if ask == "" || s.Archive.Alike(ask, &p) {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b isnad.Identity) int {
		return cmp.Or(cmp.Compare(len(b.Names), len(a.Names)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return r.show(http.StatusOK, "parties", r.T("nav.parties"), &partiesPage{ask, list[:min(len(list), maxParties)], len(list)})
}

// party shows all that a party said, by time.
func (s *site) party(r *request) error {
	roster, err := s.names(r.r.Context())
	if err != nil {
		return err
	}
	id, known := roster.Identity(r.r.PathValue("id"))
	if !known {
		return wrong(fault.NotFound, "wrong.party")
	}
	found, err := s.Archive.Said(r.r.Context(), roster, id.ID, pageHits)
	if err != nil {
		return err
	}
	p := partyPage{Identity: id, Back: r.r.URL.Path}
	for i := range found.Hits {
		p.Hits = append(p.Hits, r.hit(&found.Hits[i]))
	}
	return r.show(http.StatusOK, "parties", id.Name, &p)
}
