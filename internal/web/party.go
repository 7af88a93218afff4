package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fault"
)

// maxParties is how many parties the list shows, and maxContradicted how many
// claims the page of one.
const (
	maxParties      = 250
	maxContradicted = 12
)

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
	Back string
	// For is the body that the party speaks for, By are those who speak for it.
	For, By []isnad.Identity
	// Contradicted are the disputes that it is in, by claim.
	Contradicted []contradicted
	// MoreClaims are those that the page has no room for.
	MoreClaims int
	Gathering  bool // the claims are still being worked out
}

// contradicted are disputes of a claim.
type contradicted struct {
	Claim    *isnad.Claim
	Disputes []disputed
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
	if s.Claims != nil {
		if err := s.stand(r, &p, roster.Identity); err != nil {
			return err
		}
	}
	return r.show(http.StatusOK, "parties", id.Name, &p)
}

// stand puts on the page of a party who speaks for it and what contradicts what.
func (s *site) stand(r *request, p *partyPage, identity func(string) (isnad.Identity, bool)) error {
	known, err := s.Claims.Standing(r.r.Context(), p.ID)
	if p.Gathering = errors.Is(err, errGathering); err != nil {
		if p.Gathering {
			return nil
		}
		return err
	}
	of := func(ids ...string) (list []isnad.Identity) {
		for _, id := range ids {
			if other, ok := identity(id); ok {
				list = append(list, other)
			}
		}
		return list
	}
	p.For, p.By = of(known.For), of(known.By...)
	p.MoreClaims = max(0, len(known.Claims)-maxContradicted)
	for i := range known.Claims[:len(known.Claims)-p.MoreClaims] {
		b := &known.Claims[i]
		p.Contradicted = append(p.Contradicted, contradicted{&b.Claim, r.disputesOf(b, p.ID)})
	}
	return nil
}

// disputesOf are the disputes on a board that a party is in.
func (r *request) disputesOf(b *Board, party string) []disputed {
	cards := map[string]*card{}
	for _, m := range b.Claim.Members {
		c := r.card(b, m)
		cards[c.ID] = &c
	}
	own := *b
	own.Claim.Disputes = nil
	for _, d := range b.Claim.Disputes {
		if slices.Contains(d.Parties, party) {
			own.Claim.Disputes = append(own.Claim.Disputes, d)
		}
	}
	return r.disputes(&own, cards)
}
