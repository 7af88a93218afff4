package desk

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/isnad/isnad/internal/archive"
)

// Moved is a statement that is read otherwise than it is filed.
type Moved struct {
	Doc  string `json:"doc"`
	At   int    `json:"at"`   // byte of the text where its cue or content begins
	What string `json:"what"` // gone, new, or what changed: "stance: say, now deny"
	// Words is the stretch of the text from its first word to its last.
	Words string `json:"words"`
}

// Compare reads every filed document again and reports in order what is read
// otherwise. It changes nothing.
func (k *Archivist) Compare(ctx context.Context, report func(Moved)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	decided, err := k.Decisions(ctx)
	if err != nil {
		return err
	}
	type again struct {
		moved []Moved
		err   error
	}
	l := line[archive.Filed, again]{
		workers: k.desk.workers(), items: batchItems, weight: inFlight / 2,
		weigh: func(f archive.Filed) int64 { return int64(len(f.Text)) + 1 },
		worker: func() func(archive.Filed) again {
			p := k.desk.newPress()
			return func(f archive.Filed) again {
				e, err := k.entry(ctx, f.Capture)
				if err != nil {
					return again{err: err}
				}
				now := k.read(ctx, p, step{entry: e, revised: revisionsOf(decided, e.Blobs[0].String(), math.MaxInt64)})
				return again{moved: compare(&f, now), err: now.fatal}
			}
		},
	}
	var failed error
	filed := func(yield func(archive.Filed) bool) {
		for f, err := range k.Documents(ctx, 0) {
			if failed = err; err != nil || !yield(f) {
				return
			}
		}
	}
	for a := range l.run(ctx, filed) {
		if a.err != nil {
			return a.err
		}
		for _, m := range a.moved {
			report(m)
		}
	}
	if failed != nil {
		return failed
	}
	return ctx.Err()
}

// compare lists what is different, in the order of the text.
func compare(f *archive.Filed, now *filing) (out []Moved) {
	add := func(raw string, s *archive.Statement, what string) {
		e := s.Extent()
		out = append(out, Moved{f.ID, e.Start, what, e.Of(raw)})
	}
	if now.err != nil {
		return []Moved{{f.ID, 0, "gone: " + oneLine(now.err), ""}}
	}
	before := make(map[string]*archive.Statement)
	for i := range f.Statements {
		before[f.Statements[i].ID(f.ID)] = &f.Statements[i]
	}
	for i := range now.statements {
		s := &now.statements[i]
		id := s.ID(f.ID)
		if old := before[id]; old == nil {
			add(now.doc.Text, s, "new")
		} else if what := changed(old, s); what != "" {
			add(now.doc.Text, s, what)
		}
		delete(before, id)
	}
	for i := range f.Statements {
		s := &f.Statements[i]
		if before[s.ID(f.ID)] == s {
			add(f.Text, s, "gone")
		}
	}
	slices.SortStableFunc(out, func(a, b Moved) int { return a.At - b.At })
	return out
}

// changed says what is different in two readings of the same words, or "".
func changed(a, b *archive.Statement) string {
	for _, c := range []struct {
		what     string
		was, now any
	}{
		{"stance", a.Stance, b.Stance},
		{"polarity", a.Polarity, b.Polarity},
		{"teller", fmt.Sprint(a.Tellers), fmt.Sprint(b.Tellers)},
		{"said", a.Said.Start.Unix(), b.Said.Start.Unix()},
	} {
		if c.was != c.now {
			return fmt.Sprintf("%s: %v, now %v", c.what, c.was, c.now)
		}
	}
	return ""
}
