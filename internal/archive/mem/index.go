package mem

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
)

type index struct{ a *Archive }

func (x index) Document(_ context.Context, id string) (archive.Filed, error) {
	x.a.mu.RLock()
	defer x.a.mu.RUnlock()
	d := x.a.docs[id]
	if d == nil {
		return archive.Filed{}, &fault.Error{Kind: fault.NotFound, Input: id, Err: fmt.Errorf("no such document")}
	}
	return d.filed, nil
}

func (x index) Documents(_ context.Context, from int64) iter.Seq2[archive.Filed, error] {
	return func(yield func(archive.Filed, error) bool) {
		for no := max(from, 1); ; no++ {
			x.a.mu.RLock()
			var d *doc
			if no < int64(len(x.a.numbers)) {
				d = x.a.numbers[no]
			}
			x.a.mu.RUnlock()
			if d == nil || !yield(d.filed, nil) {
				return
			}
		}
	}
}

func (x index) Parties(context.Context) iter.Seq2[archive.Party, error] {
	x.a.mu.RLock()
	parties := slices.SortedFunc(maps.Values(x.a.parties), func(a, b archive.Party) int { return cmp.Compare(a.ID, b.ID) })
	x.a.mu.RUnlock()
	return func(yield func(archive.Party, error) bool) {
		for _, p := range parties {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func (x index) Mark(_ context.Context, space, key string) ([]byte, error) {
	x.a.mu.RLock()
	defer x.a.mu.RUnlock()
	return x.a.marks[[2]string{space, key}], nil
}

func (x index) Marks(_ context.Context, space string) iter.Seq2[archive.Note, error] {
	x.a.mu.RLock()
	var list []archive.Note
	for k, v := range x.a.marks {
		if k[0] == space {
			list = append(list, archive.Note{Key: k[1], Value: v})
		}
	}
	x.a.mu.RUnlock()
	slices.SortFunc(list, func(a, b archive.Note) int { return cmp.Compare(a.Key, b.Key) })
	return func(yield func(archive.Note, error) bool) {
		for _, n := range list {
			if !yield(n, nil) {
				return
			}
		}
	}
}

// candidate is a row that matched.
type candidate struct {
	place int64
	doc   *doc
	ord   int // -1 for the document itself
}

func (x index) Search(_ context.Context, s archive.Search) (archive.Found, error) {
	x.a.mu.RLock()
	defer x.a.mu.RUnlock()
	list := x.matching(&s)
	var found archive.Found
	size := s.Size()
	if s.Rank {
		found.Bounded = len(list) > archive.RankedAmong
		list = list[:min(len(list), archive.RankedAmong)]
	} else if len(list) > size {
		list = list[:size]
		found.Next = list[size-1].place
	}
	for _, c := range list {
		found.Hits = append(found.Hits, x.hit(c))
	}
	archive.Finish(x.a.folder, &s, &found, nil)
	return found, nil
}

// matching lists what matches, the newest first.
func (x index) matching(s *archive.Search) []candidate {
	parts := s.Parts()
	var list []candidate
	add := func(place int64, row *archive.Row, c candidate) {
		for _, p := range parts {
			if place >= p.First && place < p.End && (p.Expr == nil || p.Expr.Match(row)) {
				c.place = place
				list = append(list, c)
			}
		}
	}
	for _, d := range x.a.numbers[1:] {
		if s.Documents {
			add(d.place, &d.row, candidate{doc: d, ord: -1})
			continue
		}
		for i := range d.rows {
			add(d.places[i], &d.rows[i], candidate{doc: d, ord: i})
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(b.place, a.place) })
	return list
}

func (x index) hit(c candidate) archive.Hit {
	h := archive.Hit{Place: c.place, Doc: c.doc.filed.Document, No: c.doc.filed.No, Ord: c.ord}
	if c.ord >= 0 {
		s := c.doc.filed.Statements[c.ord]
		h.Statement = &s
	}
	h.Passage = h.Doc.Text
	h.Doc.Text = ""
	return h
}
