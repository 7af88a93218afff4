package desk

import (
	"context"

	"github.com/isnad/isnad/internal/archive"
)

// Rebuild makes the index anew from log and blobs. Interrupted, it is taken up
// by the next Sync.
func (k *Archivist) Rebuild(ctx context.Context, report func(Progress)) error {
	err := k.alone(ctx, func() error {
		k.parties = nil
		return k.drop(ctx)
	})
	if err != nil {
		return err
	}
	return k.Sync(ctx, report)
}

// drop empties the index but for the marks that receiving and deciding set.
func (k *Archivist) drop(ctx context.Context) error {
	watched := make(map[string]*Watched)
	for next, first := int64(0), true; ; first = false {
		set, end, err := k.notes(ctx, next, watched)
		if err != nil || !first && end == next {
			return err
		}
		err = k.archive.Write(ctx, func(tx *archive.Tx) error {
			if first {
				if err := tx.Drop(); err != nil {
					return err
				}
			}
			for _, n := range set {
				if err := tx.SetMark(n.space, n.key, n.value); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		next = end // another process may have added to the log meanwhile
	}
}

// note is a mark to be set.
type note struct {
	space, key string
	value      []byte
}

// notes are the marks of the entries from one on, and the end of the log. What
// is watched is gathered in watched.
func (k *Archivist) notes(ctx context.Context, from int64, watched map[string]*Watched) (list []note, end int64, err error) {
	end = from
	for e, err := range k.Log(ctx, from) {
		if err != nil {
			return nil, 0, err
		}
		end = e.No + 1
		o, known := e.Origin()
		if url := e.watched(watched); url != "" {
			n, err := watchNote(url, watched[url])
			if err != nil {
				return nil, 0, err
			}
			list = append(list, n)
		}
		if c, ok := e.change(); ok {
			list = append(list, note{spaceAddress + c.URL, entryKey(e.No), number(c.To)})
		}
		switch {
		case e.Kind == kindDecision:
			list = append(list, note{spaceDecision, entryKey(e.No), []byte{1}})
		case e.Kind == kindFailure && known:
			list = append(list, note{spaceFailed, o.Name(), failedMark(e.No, o.Reason)})
		case known && len(e.Blobs) > 0:
			if e.Kind == kindCapture {
				list = append(list, note{spaceBody, e.Blobs[0].String(), number(e.No)})
			}
			if o.URL != "" {
				list = append(list, note{spaceSeen, seenKey(e.Blobs[0], o.URL), number(e.No)},
					note{spaceAddress + o.URL, entryKey(e.No), number(e.No)})
			}
			list = append(list, note{spaceFailed, o.Name(), nil})
		}
	}
	return list, end, nil
}

// Tables digests the derived tables.
func (k *Archivist) Tables(ctx context.Context) ([]archive.Table, error) {
	in, ok := k.archive.(archive.Inspector)
	if !ok {
		return nil, nil
	}
	return in.Tables(ctx)
}
