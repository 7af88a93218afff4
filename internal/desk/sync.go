package desk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/capture"
)

// Unread is a capture that no document could be made of. It is kept as evidence.
type Unread struct {
	Capture int64 // entry of the log
	Name    string
	Err     error
}

// Progress tells how far filing has come.
type Progress struct {
	Done, All int64 // entries of the log
	Unread    []Unread
}

// step is an entry of the log on its way to the index. For a decision that
// changes what a document says, entry is the capture that is read again.
type step struct {
	entry   Entry
	size    int64 // bytes of its body
	last    bool  // of its batch
	parties bool  // it decides about parties
	again   bool  // the document was filed before
	revised revisions
	err     error
}

// Sync brings the index up to the end of the log: it extracts, reads and
// resolves what was captured since the last time, and follows decisions. A
// second Sync does nothing. report is called after every batch.
//
// Batches end at the same entries however often Sync is interrupted, so that
// the index does not depend on it.
func (k *Archivist) Sync(ctx context.Context, report func(Progress)) error {
	return k.sync(ctx, true, report)
}

// sync files whole batches, and where all is set the rest as well.
func (k *Archivist) sync(ctx context.Context, all bool, report func(Progress)) error {
	return k.alone(ctx, func() error {
		for {
			err := k.file(ctx, all, report)
			if !errors.Is(err, errMoved) {
				return err
			}
			k.parties = nil // another process has named more
		}
	})
}

func (k *Archivist) file(ctx context.Context, all bool, report func(Progress)) error {
	mark, err := k.archive.Index().Mark(ctx, spaceCursor, "read")
	if err != nil {
		return err
	}
	from, err := toNumber(mark)
	if err != nil {
		return err
	}
	from = max(from, 0)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	l := line[step, *filing]{
		workers: k.desk.workers(), items: 2 * batchItems, weight: inFlight / 2,
		weigh: func(s step) int64 { return s.size },
		worker: func() func(step) *filing {
			p := k.desk.newPress()
			return func(s step) *filing { return k.read(ctx, p, s) }
		},
	}
	var batch []*filing
	for f := range l.run(ctx, k.steps(ctx, from, all)) {
		if f.fatal != nil {
			return f.fatal
		}
		if batch = append(batch, f); !f.last {
			continue
		}
		if err := k.put(ctx, from, batch, report); err != nil {
			return err
		}
		from, batch = from+int64(len(batch)), nil
	}
	return ctx.Err()
}

// steps gives the entries from one on, in whole batches. Where a batch ends
// depends on the entries before it alone; what is read again after a decision
// is a batch of its own.
func (k *Archivist) steps(ctx context.Context, from int64, all bool) iter.Seq[step] {
	decided := sync.OnceValues(func() ([]Decided, error) { return k.Decisions(ctx) })
	return func(yield func(step) bool) {
		var batch []step
		size := int64(0)
		give := func() bool {
			batch[len(batch)-1].last = true
			for _, s := range batch {
				if !yield(s) {
					return false
				}
			}
			batch, size = batch[:0], 0
			return true
		}
		for e, err := range k.Log(ctx, from) {
			if err != nil {
				yield(step{err: err})
				return
			}
			s := k.step(ctx, e, decided)
			if s.again && len(batch) > 0 && !give() {
				return
			}
			batch, size = append(batch, s), size+s.size
			if (s.again || len(batch) == batchItems || size >= batchSize) && !give() {
				return
			}
		}
		if all && len(batch) > 0 {
			give()
		}
	}
}

// step is what an entry asks for, as the decisions up to it have it.
func (k *Archivist) step(ctx context.Context, e Entry, decided func() ([]Decided, error)) step {
	s := step{entry: e, size: 1}
	if o, ok := e.Origin(); ok {
		s.size = max(o.Size, 1)
	}
	if e.Kind != kindDecision {
		return s
	}
	list, err := decided()
	if err != nil {
		s.err = err
		return s
	}
	d := decisionOf(list, e.No)
	if s.parties = d.Verb == isnad.SameParty || d.Verb == isnad.OtherParty; !revises(d.Verb) || len(d.On) == 0 {
		return s
	}
	body := d.On[0].Capture
	mark, err := k.archive.Index().Mark(ctx, spaceBody, body)
	n, bad := toNumber(mark)
	if err = errors.Join(err, bad); err == nil && n >= 0 {
		s.entry, err = k.entry(ctx, n)
		s.again, s.revised = true, revisionsOf(list, body, e.No)
	}
	s.err = err
	return s
}

// decisionOf is the decision that an entry is, or the one that it undoes in the
// end, or undoes the undoing of.
func decisionOf(list []Decided, no int64) Decided {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].No != no {
			continue
		}
		n, err := list[i].target()
		if list[i].Verb != isnad.Undo || err != nil {
			return list[i]
		}
		no = n
	}
	return Decided{}
}

// put files a batch that begins with entry from, in one transaction.
func (k *Archivist) put(ctx context.Context, from int64, batch []*filing, report func(Progress)) error {
	progress := Progress{Done: from + int64(len(batch))}
	gone, err := k.gone(ctx, batch)
	if err != nil {
		return err
	}
	people, err := k.people(ctx, batch, gone)
	if err != nil {
		return err
	}
	changed := people.learn(batch)
	err = k.archive.Write(ctx, func(tx *archive.Tx) error {
		progress.Unread = nil
		if mark, err := tx.Mark(spaceCursor, "read"); err != nil {
			return err
		} else if at, err := toNumber(mark); err != nil || max(at, 0) != from {
			return errors.Join(err, errMoved)
		}
		for _, f := range batch {
			if err := f.put(tx); err != nil {
				return fmt.Errorf("entry %d: %w", f.entry, err)
			}
			if f.err != nil {
				progress.Unread = append(progress.Unread, Unread{f.entry, f.name, f.err})
			}
		}
		if err := putParties(tx, changed, gone); err != nil {
			return err
		}
		return tx.SetMark(spaceCursor, "read", number(progress.Done))
	})
	if err != nil {
		k.parties = nil // they are ahead of the archive
		return err
	}
	if report == nil {
		return nil
	}
	if progress.All, err = k.archive.Log().Size(ctx); err != nil {
		return err
	}
	report(progress)
	return nil
}

func putParties(tx *archive.Tx, list []archive.Party, gone map[string]bool) error {
	for _, p := range list {
		if err := tx.PutParty(p); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(gone)) {
		if err := tx.RemoveParty(id); err != nil {
			return err
		}
	}
	return nil
}

// put files what one entry led to.
func (f *filing) put(tx *archive.Tx) error {
	switch {
	case f.err != nil:
		return tx.SetMark(spaceUnread, entryKey(f.entry), []byte(oneLine(f.err)))
	case f.doc.ID == "":
		return nil
	}
	if _, err := tx.PutDocument(f.doc); err != nil {
		return err
	}
	return tx.PutStatements(f.doc.ID, f.statements)
}

// entryKey makes keys that sort as their numbers.
func entryKey(entry int64) string { return fmt.Sprintf("%019d", entry) }

// Add receives sources and files them. receipts is called with what became of
// each source, as soon as it is durable, and filed after every batch that was filed;
// never both at once.
func (k *Archivist) Add(ctx context.Context, sources iter.Seq[capture.Source], receipts func([]Receipt) error, filed func(Progress)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	k.recent.begin()
	defer k.recent.end()
	calls := make(chan struct{}, 1) // holds a token while a callback runs
	one := func(p Progress) {
		calls <- struct{}{}
		defer func() { <-calls }()
		filed(p)
	}
	more := make(chan struct{}, 1)
	done := make(chan error, 1)
	go func() {
		var err error
		for range more {
			if err = k.sync(ctx, false, one); err != nil {
				cancel(err)
				break
			}
		}
		done <- err
	}()
	err := k.Receive(ctx, sources, func(list []Receipt) error {
		calls <- struct{}{}
		err := receipts(list)
		<-calls
		select {
		case more <- struct{}{}:
		default:
		}
		return err
	})
	close(more)
	if failed := <-done; failed != nil {
		return failed
	}
	if err != nil {
		return err
	}
	return k.sync(ctx, true, one)
}
