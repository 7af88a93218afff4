package web

import (
	"encoding/json"
	"errors"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/text"
)

// goldLine is a document as training gold: its text and what people confirmed
// or corrected in it.
type goldLine struct {
	ID           string            `json:"id"`
	Text         string            `json:"text"`
	Lang         string            `json:"lang,omitempty"`
	Attributions []goldAttribution `json:"attributions"`
}

type goldAttribution struct {
	Cue      [][2]int `json:"cue"`
	Source   [][2]int `json:"source"`
	Content  [][2]int `json:"content"`
	Kind     string   `json:"kind"`
	Stance   string   `json:"stance"`
	Polarity string   `json:"polarity"`
	Negated  bool     `json:"negated"`
}

// corrections gives the documents in which people decided about statements, a
// line each, with the statements that stand.
func (s *site) corrections(r *request) error {
	list, err := s.Archive.Decisions(r.r.Context())
	if err != nil {
		return err
	}
	r.w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	r.w.Header().Set("Content-Disposition", "attachment; filename=corrections.jsonl")
	done := map[string]bool{}
	enc := json.NewEncoder(r.w)
	for _, d := range list {
		if d.Undone || len(d.On) == 0 || d.On[0].Capture == "" {
			continue
		}
		id := desk.DocumentID(d.On[0].Capture)
		if done[id] {
			continue
		}
		done[id] = true
		k, err := s.kept(r.r.Context(), id)
		if e, ok := errors.AsType[*fault.Error](err); ok && e.Kind == fault.NotFound {
			continue // the decision outlives a document that is no longer read as one
		}
		if err != nil {
			return err
		}
		if err := enc.Encode(gold(k)); err != nil {
			return err
		}
	}
	return nil
}

func gold(k *desk.Kept) goldLine {
	l := goldLine{ID: k.ID, Text: k.Text, Lang: k.Lang, Attributions: []goldAttribution{}}
	for i := range k.Statements {
		st := &k.Statements[i]
		if v := k.Last(st.ID).Verb; v != isnad.Confirm && v != isnad.Correct {
			continue
		}
		own := st.Own()
		l.Attributions = append(l.Attributions, goldAttribution{
			Cue: pairs(own.Cue), Source: pairs(own.Source), Content: pairs(st.Content),
			Kind: st.Kind.String(), Stance: st.Stance.String(), Polarity: st.Polarity.String(), Negated: st.Negated,
		})
	}
	return l
}

func pairs(spans []text.Span) [][2]int {
	list := make([][2]int, len(spans))
	for i, s := range spans {
		list[i] = [2]int{s.Start, s.End}
	}
	return list
}
