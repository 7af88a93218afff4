package web

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
)

// queuePage is what the page of the statements shows that wait for somebody to
// decide about them.
type queuePage struct {
	List []waiting
	Last *desk.Decided // the newest decision that stands; nil where there is none
}

// waiting is a statement that nobody has decided about.
type waiting struct {
	Title, Address            string
	Who, Side, Sign, Stance   string
	Before, Quote, After, Dir string // the quote in its sentence
	Confidence                int    // per cent
	Form                      *decisionForm
}

// maxWaiting is how many statements the page of those that wait shows.
const maxWaiting = 20

// queue shows what waits for a decision, the least certain first.
func (s *site) queue(r *request) error {
	roster, err := s.names(r.r.Context())
	if err != nil {
		return err
	}
	list, err := s.Archive.Queue(r.r.Context(), roster, maxWaiting)
	if err != nil {
		return err
	}
	p := &queuePage{}
	for i := range list {
		p.List = append(p.List, r.waiting(&list[i]))
	}
	decisions, err := s.Archive.Decisions(r.r.Context())
	if err != nil {
		return err
	}
	for i := len(decisions) - 1; i >= 0 && p.Last == nil; i-- {
		if d := &decisions[i]; !d.Undone && len(d.On) > 0 && d.On[0].Capture != "" {
			p.Last = d
		}
	}
	return r.show(http.StatusOK, "review", r.T("nav.review"), p)
}

// around is how much of a text is shown on each side of a passage, in bytes.
const around = 160

func (r *request) waiting(w *desk.Waiting) waiting {
	x := waiting{
		Title: cmp.Or(w.Source.Title, w.Source.ID), Address: passage(w.Source.ID, w.At+1), Who: cmp.Or(first(w.Names), r.T("claim.notnamed")),
		Side: sideClasses[w.Polarity], Sign: sideSigns[w.Polarity], Stance: export.StanceNames(r.Lang())[w.Stance],
		Quote: w.Words, Dir: export.Direction(w.Words), Confidence: int(w.Confidence*100 + .5), Form: newForm(w.Source, w.Statement, w.At),
	}
	text, to := w.Source.Text, w.Content[len(w.Content)-1].End
	x.Before, x.After = lastWords(text[:w.Content[0].Start]), firstWords(text[to:])
	x.Before = shown(x.Before) + x.Before[len(strings.TrimRight(x.Before, " ")):]
	x.After = x.After[:len(x.After)-len(strings.TrimLeft(x.After, " "))] + shown(x.After)
	x.Form.Seen, x.Form.Back = -1, "/review"
	return x
}

// lastWords are the words at the end of a text, within its paragraph.
func lastWords(s string) string {
	s = s[strings.LastIndexByte(s, '\n')+1:]
	if len(s) <= around {
		return s
	}
	s = s[len(s)-around:]
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return "…" + s[i:]
	}
	return ""
}

// firstWords are the words at the beginning of a text, within its paragraph.
func firstWords(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if len(s) <= around {
		return s
	}
	if i := strings.LastIndexByte(s[:around], ' '); i >= 0 {
		return s[:i] + " …"
	}
	return ""
}
