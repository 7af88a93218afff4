package desk

import (
	"cmp"
	"context"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
)

// Waiting is a statement that nobody has decided about.
type Waiting struct {
	*isnad.Statement
	Source *isnad.Source // its document
	At     int           // its index there
}

// Queued is how many of the newest statements a queue looks through.
const Queued = 100

// Queue gives statements that nobody has decided about, the least certain
// first: at most limit of the newest Queued.
func (k *Archivist) Queue(ctx context.Context, r *Roster, limit int) ([]Waiting, error) {
	decided, err := k.decided(ctx)
	if err != nil {
		return nil, err
	}
	found, err := k.Search(ctx, Question{Limit: Queued})
	if err != nil {
		return nil, err
	}
	hits := slices.DeleteFunc(found.Hits, func(h archive.Hit) bool { return decided[h.Statement.ID(h.Doc.ID)] })
	slices.SortStableFunc(hits, func(a, b archive.Hit) int { return cmp.Compare(a.Statement.Confidence, b.Statement.Confidence) })
	var list []Waiting
	docs := map[string]*isnad.Source{}
	for _, h := range hits[:min(limit, len(hits))] {
		d := docs[h.Doc.ID]
		if d == nil {
			f, err := k.Document(ctx, h.Doc.ID)
			if err != nil {
				return nil, err
			}
			s := r.Source(&f)
			d, docs[h.Doc.ID] = &s, &s
		}
		list = append(list, Waiting{&d.Statements[h.Ord], d, h.Ord})
	}
	return list, nil
}

// decided are the statements that a decision stands about.
func (k *Archivist) decided(ctx context.Context) (map[string]bool, error) {
	list, err := k.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	for _, d := range list {
		if !d.Undone && len(d.On) > 0 && slices.Contains([]string{isnad.Confirm, isnad.Reject, isnad.Correct}, d.Verb) {
			ids[d.On[0].ID] = true
		}
	}
	return ids, nil
}
