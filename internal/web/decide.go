package web

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/text"
)

// maxNote bounds a note, in bytes.
const maxNote = 4 << 10

// decide takes a decision down and goes back to where it was taken.
func (s *site) decide(r *request) error {
	if err := r.r.ParseForm(); err != nil {
		return badForm(err)
	}
	form := r.r.PostForm
	d := isnad.Decision{By: strings.TrimSpace(form.Get("by")), Note: strings.TrimSpace(form.Get("note"))}
	if d.By == "" {
		d.By = r.name()
	}
	switch {
	case d.By == "":
		return wrong(fault.Invalid, "wrong.unsigned")
	case len(d.By) > maxName || len(d.Note) > maxNote:
		return wrong(fault.Invalid, "wrong.long", r.number(maxName), r.number(maxNote))
	}
	s.deciding.Lock()
	defer s.deciding.Unlock()
	if err := s.fill(r, &d); err != nil {
		return err
	}
	if _, err := s.Archive.Decide(r.r.Context(), d); err != nil {
		return err
	}
	s.changed()
	http.Redirect(r.w, r.r, localPath(form.Get("back")), http.StatusSeeOther)
	return nil
}

// fill says what a decision is about, by its verb.
func (s *site) fill(r *request, d *isnad.Decision) error {
	form := r.r.PostForm
	d.Verb = form.Get("verb")
	switch d.Verb {
	case isnad.Undo:
		d.On = []isnad.Anchor{{ID: form.Get("id")}}
		return nil
	case isnad.SameParty, isnad.OtherParty:
		d.On = []isnad.Anchor{{Quote: form.Get("name")}, {Quote: form.Get("other")}}
		return s.Archive.KnowNames(r.r.Context(), d.On[0].Quote, d.On[1].Quote)
	case isnad.Verdict:
		if s.Claims == nil {
			return errNoPage
		}
		b, err := s.Claims.Board(r.r.Context(), form.Get("id"))
		if err != nil {
			return err
		}
		if d.Note == "" {
			return wrong(fault.Invalid, "wrong.reasons")
		}
		st := b.Claim.Members[0].Statement
		d.On = []isnad.Anchor{{ID: b.Claim.ID, Quote: b.Claim.Proposition}, {ID: st.ID, Quote: st.Words}}
		return nil
	case isnad.SameClaim, isnad.OtherClaim:
		switch {
		case s.Claims == nil:
			return errNoPage
		case d.Verb == isnad.SameClaim:
			return s.fillSame(r, d)
		}
		return s.fillApart(r, d)
	case isnad.Confirm, isnad.Reject, isnad.Correct:
		return s.fillStatement(r, d)
	}
	return &fault.Error{Kind: fault.Invalid, Err: fmt.Errorf("nobody can decide to %q", d.Verb)}
}

// fillStatement is for decisions about a statement. Who decides on what
// somebody else has changed meanwhile is shown that first.
func (s *site) fillStatement(r *request, d *isnad.Decision) error {
	form := r.r.PostForm
	k, err := s.kept(r.r.Context(), form.Get("doc"))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(k.Statements, func(st isnad.Statement) bool { return st.ID == form.Get("id") })
	last := k.Last(form.Get("id"))
	if i < 0 && last.No < 0 {
		return wrong(fault.NotFound, "wrong.statement")
	}
	if i < 0 || strconv.FormatInt(last.No, 10) != form.Get("seen") {
		return wrong(fault.Conflict, "wrong.decided", last.By, r.T("decide."+last.Verb))
	}
	st := &k.Statements[i]
	d.On = []isnad.Anchor{{Capture: k.Hash, Quote: st.Words, ID: st.ID}}
	if d.Verb != isnad.Correct {
		return nil
	}
	if d.Change, err = correction(k, st, form.Get("content"), form.Get("source"), form.Get("stance")); err != nil {
		return err
	}
	d.Change.Within, err = within(k, st, form.Get("within"))
	return err
}

// within finds the statement that another is said to lie in, by its number
// from 1: nothing stands for none. What it lies in holds its words.
func within(k *desk.Kept, st *isnad.Statement, number string) (string, error) {
	number = strings.TrimSpace(number)
	switch {
	case number == parentNumber(st):
		return "", nil
	case number == "":
		return isnad.Outermost, nil
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(k.Statements) || k.Statements[n-1].ID == st.ID {
		return "", wrong(fault.Invalid, "wrong.within", short(number, 20))
	}
	return k.Statements[n-1].ID, nil
}

// parentNumber is the number of the statement that another lies in, as a form has
// it.
func parentNumber(st *isnad.Statement) string {
	if st.Parent < 0 {
		return ""
	}
	return strconv.Itoa(st.Parent + 1)
}

// correction makes a correction of what was typed: words of the document, as
// near to the old ones as they occur.
func correction(k *desk.Kept, st *isnad.Statement, content, source, stance string) (*isnad.Correction, error) {
	c := &isnad.Correction{}
	content = strings.ReplaceAll(content, "\r\n", "\n")
	at := st.Content[0].Start
	for piece := range strings.SplitSeq(content, pieceGap) {
		if content == st.Words {
			break // as it was
		}
		found, err := nearest(k.Text, piece, at)
		if err != nil {
			return nil, err
		}
		if n := len(c.Content); n > 0 && found.Start < c.Content[n-1].End {
			return nil, wrong(fault.Invalid, "wrong.words", short(piece, 80))
		}
		c.Content, at = append(c.Content, found), found.End
	}
	if own := st.Own(); source != sourceWords(k.Text, own) && source != "" {
		if at = st.Content[0].Start; len(own.Source) > 0 {
			at = own.Source[0].Start
		}
		found, err := nearest(k.Text, source, at)
		if err != nil {
			return nil, err
		}
		c.Source = []text.Span{found}
	}
	return c, c.Stance.UnmarshalText([]byte(stance))
}

// pieceGap stands between the pieces of a content that is broken up.
const pieceGap = " … "

// sourceWords are the words that a form shows of a source.
func sourceWords(text string, l *isnad.Link) string {
	if len(l.Source) == 0 {
		return ""
	}
	return l.Source[0].Of(text)
}

// nearest finds the occurrence of words in a text that begins nearest to a byte.
func nearest(in, words string, to int) (text.Span, error) {
	words = strings.TrimSpace(words)
	best := -1
	for at := 0; words != ""; {
		i := strings.Index(in[at:], words)
		if i < 0 {
			break
		}
		if at += i; best < 0 || abs(at-to) < abs(best-to) {
			best = at
		}
		at++
	}
	if best < 0 {
		return text.Span{}, wrong(fault.Invalid, "wrong.words", short(words, 80))
	}
	return text.Span{Start: best, End: best + len(words)}, nil
}

func abs(n int) int { return max(n, -n) }

// decisionForm is what stands below a statement.
type decisionForm struct {
	ID, Doc, Content, Source string
	Within                   string // number of the statement that it lies in
	Back                     string // where to go when the decision is taken
	Seen                     int64
	Stance                   isnad.Stance
	Decided                  []desk.Decided // about it, the newest last
}

// newForm is the form for statement i of a document.
func newForm(d *isnad.Source, st *isnad.Statement, i int) *decisionForm {
	return &decisionForm{
		ID: st.ID, Doc: d.ID, Content: st.Words, Source: sourceWords(d.Text, st.Own()), Within: parentNumber(st), Stance: st.Stance, Back: passage(d.ID, i+1),
	}
}

// appendDecisions appends what was decided about a statement, and the forms.
func (r *request) appendDecisions(b []byte, k *desk.Kept, i int) []byte {
	st := &k.Statements[i]
	f := newForm(&k.Source, st, i)
	f.Seen, f.Decided = k.Last(st.ID).No, k.Decided[st.ID]
	out := bytes.NewBuffer(b)
	if err := f.view(r).Render(r.r.Context(), out); err != nil {
		return append(b, html.EscapeString(err.Error())...)
	}
	return out.Bytes()
}

// stances are the words for speech acts.
func (r *request) stances() [15]string { return export.StanceNames(r.Lang()) }
