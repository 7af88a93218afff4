package web

import (
	"errors"
	"net/http"

	"github.com/isnad/isnad/internal/desk"
)

// deskPage is what the first page shows.
type deskPage struct {
	Stats  desk.Stats
	Claims bool // there is something to look at
	// Gathering says that claims are not there yet.
	Gathering bool
	Disputed  []listed
	Newest    []hit
	Changes   []desk.Change
}

// home shows what is new and what waits: disputes, the newest statements,
// inputs that failed.
func (s *site) home(r *request) error {
	var p deskPage
	var err error
	if p.Stats, err = s.counts(r.r.Context()); err != nil {
		return err
	}
	if p.Claims = s.Claims != nil; p.Claims {
		boards, err := s.Claims.Disputed(r.r.Context(), false, maxNew)
		if p.Gathering = errors.Is(err, errGathering); err != nil && !p.Gathering {
			return err
		}
		for i := range boards {
			p.Disputed = append(p.Disputed, boards[i].listed())
		}
	}
	if p.Changes, err = s.changes(r); err != nil {
		return err
	}
	found, err := s.Archive.Search(r.r.Context(), desk.Question{Limit: maxNew})
	if err != nil {
		return err
	}
	for i := range found.Hits {
		p.Newest = append(p.Newest, r.hit(&found.Hits[i]))
	}
	return r.show(http.StatusOK, "desk", r.T("nav.desk"), &p)
}

// maxNew is how many findings of a kind the first page shows.
const maxNew = 12
