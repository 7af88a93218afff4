package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
)

// intervals are how often something can be looked at, by the key of its name.
var intervals = []struct {
	Key   string
	Every time.Duration
}{{"every.quarter", 15 * time.Minute}, {"every.hour", time.Hour}, {"every.day", 24 * time.Hour}}

// every tells an interval in whole days, or else hours, or minutes.
func (r *request) every(d time.Duration) string {
	for _, i := range intervals {
		if i.Every == d {
			return r.T(i.Key)
		}
	}
	switch {
	case d%(24*time.Hour) == 0:
		return r.N("every.days", int(d/(24*time.Hour)))
	case d%time.Hour == 0:
		return r.N("every.hours", int(d/time.Hour))
	}
	return r.N("every.minutes", int(d.Round(time.Minute)/time.Minute))
}

// sourcesPage is what the page of sources shows.
type sourcesPage struct {
	List      []desk.Watched
	Intervals []string
	Failures  []desk.Failure
}

// sources shows what is watched, and how it goes.
func (s *site) sources(r *request) error {
	list, err := s.Archive.Watching(r.r.Context())
	if err != nil {
		return err
	}
	p := sourcesPage{List: list}
	for _, i := range intervals {
		p.Intervals = append(p.Intervals, i.Key)
	}
	if p.Failures, err = s.Archive.Failures(r.r.Context()); err != nil {
		return err
	}
	return r.show(http.StatusOK, "sources", r.T("nav.sources"), &p)
}

// watch begins to watch an address, pauses, resumes or ends it.
func (s *site) watch(r *request) error {
	if err := r.r.ParseForm(); err != nil {
		return badForm(err)
	}
	address := strings.TrimSpace(r.r.PostForm.Get("url"))
	var err error
	switch r.r.PostForm.Get("do") {
	case "stop":
		err = s.Archive.Unwatch(r.r.Context(), address)
	case "pause":
		err = s.Archive.Pause(r.r.Context(), address)
	case "resume":
		err = s.Archive.Resume(r.r.Context(), address)
	default:
		err = s.begin(r, address, r.r.PostForm.Get("every"))
	}
	if err != nil {
		return err
	}
	http.Redirect(r.w, r.r, "/sources", http.StatusSeeOther)
	return nil
}

func (s *site) begin(r *request, address, every string) error {
	for _, i := range intervals {
		if i.Key == every {
			return s.Archive.Watch(r.r.Context(), address, i.Every)
		}
	}
	return &fault.Error{Kind: fault.Invalid, Input: address, Err: fmt.Errorf("no interval %q", every)}
}

// recentEntries is how far back in the log the first page looks for changes.
const recentEntries = 500

// changes are the newest changes of watched pages, the newest first.
func (s *site) changes(r *request) ([]desk.Change, error) {
	size, err := s.Archive.Size(r.r.Context())
	if err != nil {
		return nil, err
	}
	var list []desk.Change
	for c, err := range s.Archive.Changes(r.r.Context(), max(size-recentEntries, 0)) {
		if err != nil {
			return nil, err
		}
		list = append([]desk.Change{c}, list[:min(len(list), maxNew-1)]...)
	}
	return list, nil
}
