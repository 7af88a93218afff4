package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/fault"
)

// State is what became of a source.
type State string

// States.
const (
	Captured  State = "captured"
	Duplicate State = "duplicate" // its bytes are in the archive already
	Failed    State = "failed"
	Skipped   State = "skipped" // left out on purpose
)

// Receipt says what became of one source.
type Receipt struct {
	Input, Record string
	Offset        int64
	Size          int64 // bytes of input that the source stands for
	State         State
	Capture       int64 // entry of the log, where captured
	Of            int64 // where a duplicate, the entry of the capture with the same bytes
	Err           error // why it failed or was left out
	Notes         []string
}

// received is a source on its way into the archive.
type received struct {
	receipt Receipt
	at      time.Time
	blobs   []archive.Blob // the body, and the header where there is one
	origin  origin
}

// Bounds of one batch, which is made durable at once.
const (
	batchItems = 1000
	batchSize  = 16 << 20 // bytes as packed
	batchWait  = 500 * time.Millisecond
)

// Receive preserves sources. What becomes of each is told to ack in order, a
// batch at a time and not before it is on durable storage. Bytes that are there
// already are not kept twice: the receipt says which capture has them.
func (k *Archivist) Receive(ctx context.Context, sources iter.Seq[capture.Source], ack func([]Receipt) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	l := line[capture.Source, *received]{
		workers: k.desk.workers(), items: batchItems, weight: inFlight,
		weigh:  func(s capture.Source) int64 { return s.Size },
		worker: func() func(capture.Source) *received { return k.pack },
	}
	results := l.run(ctx, sources)
	for {
		batch, more := gather(ctx, results)
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		if len(batch) > 0 {
			if err := k.keep(ctx, batch); err != nil {
				return err
			}
			receipts := make([]Receipt, len(batch))
			for i, r := range batch {
				receipts[i] = r.receipt
			}
			if err := ack(receipts); err != nil {
				return err
			}
		}
		if !more {
			return nil
		}
	}
}

// inFlight bounds the bytes that are loaded and not yet stored.
const inFlight = 64 << 20

// gather takes what comes until a batch is full or has waited long enough.
func gather(ctx context.Context, results <-chan *received) (batch []*received, more bool) {
	var late <-chan time.Time
	size := int64(0)
	for len(batch) < batchItems && size < batchSize {
		select {
		case r, ok := <-results:
			if !ok {
				return batch, false
			}
			if batch = append(batch, r); late == nil {
				late = time.After(batchWait)
			}
			for _, b := range r.blobs {
				size += int64(len(b.Packed))
			}
		case <-late:
			return batch, true
		case <-ctx.Done():
			return nil, false
		}
	}
	return batch, true
}

// pack loads a source and makes its bytes ready for storing.
func (k *Archivist) pack(s capture.Source) *received {
	r := &received{
		receipt: Receipt{Input: s.Input, Record: s.Record, Offset: s.Offset, Size: s.Size},
		origin:  origin{Input: s.Input, Record: s.Record, Offset: s.Offset},
	}
	c, err := s.Load()
	if err == nil {
		err = r.pack(k.packer, c)
	}
	if err == nil {
		k.recent.put(r.blobs[0].ID, c.Body)
		return r
	}
	r.receipt.State, r.receipt.Err = Failed, err
	if _, ok := errors.AsType[*capture.Skipped](err); ok {
		r.receipt.State = Skipped
	}
	r.origin.Reason, r.origin.Hint = oneLine(err), fault.Hint(err)
	return r
}

func (r *received) pack(p *archive.Packer, c *capture.Capture) error {
	r.at, r.origin.URL, r.origin.Media, r.origin.Size = c.At, c.URL, c.Media, int64(len(c.Body))
	r.origin.Notes = c.Cautions()
	r.receipt.Notes = r.origin.Notes
	for _, data := range [][]byte{c.Body, c.Header} {
		if data == nil && len(r.blobs) > 0 {
			break
		}
		b, err := p.Pack(data)
		if err != nil {
			return err
		}
		r.blobs = append(r.blobs, b)
	}
	return nil
}

// keep stores a batch in one transaction.
func (k *Archivist) keep(ctx context.Context, batch []*received) error {
	return k.archive.Write(ctx, func(tx *archive.Tx) error {
		for _, r := range batch {
			var err error
			switch r.receipt.State {
			case Skipped:
			case Failed:
				err = k.noteFailure(tx, r)
			default:
				err = k.noteCapture(tx, r)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (k *Archivist) noteCapture(tx *archive.Tx, r *received) error {
	body := r.blobs[0].ID.String()
	mark, err := tx.Mark(spaceBody, body)
	if err != nil {
		return err
	}
	first, err := toNumber(mark)
	if err != nil {
		return err
	}
	if first >= 0 {
		r.receipt.State, r.receipt.Of = Duplicate, first
		k.recent.take(r.blobs[0].ID)
		return errors.Join(k.noteAgain(tx, r), tx.SetMark(spaceFailed, r.origin.name(), nil))
	}
	ids := make([]archive.BlobID, len(r.blobs))
	for i, b := range r.blobs {
		ids[i] = b.ID
		if _, err := tx.Put(b); err != nil {
			return err
		}
	}
	n, err := k.append(tx, kindCapture, r.at, ids, &r.origin)
	if err != nil {
		return err
	}
	r.receipt.State, r.receipt.Capture = Captured, n
	return errors.Join(tx.SetMark(spaceBody, body, number(n)), r.seen(tx, n), tx.SetMark(spaceFailed, r.origin.name(), nil))
}

// noteAgain puts into the log that known bytes were found at an address where
// they have not been found before.
func (k *Archivist) noteAgain(tx *archive.Tx, r *received) error {
	if r.origin.URL == "" {
		return nil
	}
	mark, err := tx.Mark(spaceSeen, seenKey(r.blobs[0].ID, r.origin.URL))
	if err != nil || mark != nil {
		return err
	}
	n, err := k.append(tx, kindAgain, r.at, []archive.BlobID{r.blobs[0].ID}, &r.origin)
	return errors.Join(err, r.seen(tx, n))
}

// seen notes the entry that has the bytes at their address.
func (r *received) seen(tx *archive.Tx, entry int64) error {
	if r.origin.URL == "" {
		return nil
	}
	return errors.Join(tx.SetMark(spaceSeen, seenKey(r.blobs[0].ID, r.origin.URL), number(entry)),
		tx.SetMark(spaceAddress+r.origin.URL, entryKey(entry), number(entry)))
}

func seenKey(body archive.BlobID, url string) string { return body.String() + " " + url }

// noteFailure puts a failure into the log, unless the same is there already
// and the input has not been captured since.
func (k *Archivist) noteFailure(tx *archive.Tx, r *received) error {
	name := r.origin.name()
	mark, err := tx.Mark(spaceFailed, name)
	if _, reason, _ := strings.Cut(string(mark), " "); err != nil || reason == r.origin.Reason {
		return err
	}
	n, err := k.append(tx, kindFailure, r.at, nil, &r.origin)
	if err != nil {
		return err
	}
	return tx.SetMark(spaceFailed, name, failedMark(n, r.origin.Reason))
}

// failedMark holds the entry of a failure and its reason.
func failedMark(entry int64, reason string) []byte { return fmt.Appendf(nil, "%d %s", entry, reason) }

// append adds an entry to the log; one without a time gets the present one.
func (k *Archivist) append(tx *archive.Tx, kind string, at time.Time, blobs []archive.BlobID, data any) (int64, error) {
	raw, err := json.Marshal(data)
	if err != nil {
		return 0, err
	}
	if at.IsZero() {
		at = k.now().UTC().Truncate(time.Second)
	}
	return tx.Append(archive.Record{Kind: kind, At: at, Blobs: blobs, Data: raw})
}
