package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
)

// logLine is an entry of the log as the page tells it.
type logLine struct {
	No      int64
	At      time.Time
	Kind    string
	What    string
	By      string
	Reason  string
	Undoing bool // it can be undone
	Undone  bool
}

// logPage is what the page of the log shows.
type logPage struct {
	Lines      []logLine // newest first
	More       string
	Checkpoint string
}

// pageLines is how many entries of the log a page shows.
const pageLines = 100

// log shows what happened, by machine and by people.
func (s *site) log(r *request) error {
	end, err := s.Archive.Size(r.r.Context())
	if err != nil {
		return err
	}
	if n, err := strconv.ParseInt(r.r.FormValue("before"), 10, 64); err == nil {
		end = min(max(n, 0), end)
	}
	undone, err := s.undone(r)
	if err != nil {
		return err
	}
	var p logPage
	for e, err := range s.Archive.Log(r.r.Context(), max(end-pageLines, 0)) {
		if err != nil {
			return err
		}
		if e.No >= end {
			break
		}
		p.Lines = append(p.Lines, r.line(&e, undone))
	}
	slices.Reverse(p.Lines)
	if end > pageLines {
		p.More = "/log?before=" + strconv.FormatInt(end-pageLines, 10)
	}
	checkpoint, _, err := s.Archive.Checkpoint(r.r.Context())
	if err != nil {
		return err
	}
	p.Checkpoint = string(checkpoint)
	return r.show(http.StatusOK, "log", r.T("nav.log"), &p)
}

// undone are the decisions that others have taken back.
func (s *site) undone(r *request) (map[int64]bool, error) {
	list, err := s.Archive.Decisions(r.r.Context())
	if err != nil {
		return nil, err
	}
	m := map[int64]bool{}
	for _, d := range list {
		m[d.No] = d.Undone
	}
	return m, nil
}

func (r *request) line(e *desk.Entry, undone map[int64]bool) logLine {
	l := logLine{No: e.No, At: e.At, Kind: e.Kind}
	if o, ok := e.Origin(); ok {
		l.What, l.Reason = o.Name(), o.Reason
	}
	if d, err := e.Decision(); err == nil {
		l.By, l.Reason = d.By, d.Note
		l.What = r.T("decide." + d.Verb)
		for _, a := range d.On {
			if a.Quote != "" {
				l.What += " «" + a.Quote + "»"
			} else if d.Verb == isnad.Undo {
				l.What += " " + a.ID
			}
		}
		l.Undone = undone[e.No]
		l.Undoing = !l.Undone
	}
	return l
}
