package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/isnad/isnad/internal/archive"
)

// Stats counts what an archive holds.
type Stats struct {
	Entries   int64 `json:"entries"` // of the log
	Captures  int64 `json:"captures"`
	Bytes     int64 `json:"bytes"` // of captured bodies
	Decisions int64 `json:"decisions"`
	Pending   int64 `json:"pending"` // entries that are not filed yet
	archive.Counts
	Parties  int64     `json:"parties"`
	Failures []Failure `json:"failures"`
}

// Failure is an input that failed and was not captured since, or a capture
// that no document could be made of.
type Failure struct {
	Input  string `json:"input"`
	Record string `json:"record,omitempty"`
	Reason string `json:"reason"`
	// Capture is the entry of a capture that could not be read; -1 where nothing
	// was kept.
	Capture int64 `json:"capture"`
}

// Stats counts.
func (k *Archivist) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	for e, err := range k.Log(ctx, 0) {
		if err != nil {
			return s, err
		}
		s.Entries++
		switch e.Kind {
		case kindCapture:
			s.Captures++
			if o, ok := e.Origin(); ok {
				s.Bytes += o.Size
			}
		case kindDecision:
			s.Decisions++
		}
	}
	mark, err := k.archive.Index().Mark(ctx, spaceCursor, "read")
	if err != nil {
		return s, err
	}
	done, err := toNumber(mark)
	if err != nil {
		return s, err
	}
	s.Pending = s.Entries - max(done, 0)
	if in, ok := k.archive.(archive.Inspector); ok {
		if s.Counts, err = in.Counts(ctx); err != nil {
			return s, err
		}
	}
	roster, err := k.Roster(ctx)
	if err != nil {
		return s, err
	}
	s.Parties = int64(len(roster.about))
	s.Failures, err = k.Failures(ctx)
	return s, err
}

// Failures lists what failed and is still to be had: those of inputs by name,
// then captures that could not be read.
func (k *Archivist) Failures(ctx context.Context) ([]Failure, error) {
	list := []Failure{}
	for n, err := range k.archive.Index().Marks(ctx, spaceFailed) {
		if err != nil {
			return nil, err
		}
		number, reason, _ := strings.Cut(string(n.Value), " ")
		f, _, err := k.failure(ctx, number, reason)
		if err != nil {
			return nil, err
		}
		f.Capture = -1
		list = append(list, f)
	}
	for n, err := range k.archive.Index().Marks(ctx, spaceUnread) {
		if err != nil {
			return nil, err
		}
		f, entry, err := k.failure(ctx, n.Key, string(n.Value))
		if err != nil {
			return nil, err
		}
		f.Capture = entry
		list = append(list, f)
	}
	return list, nil
}

// failure is the failure that an entry tells of.
func (k *Archivist) failure(ctx context.Context, number, reason string) (f Failure, entry int64, err error) {
	if entry, err = strconv.ParseInt(number, 10, 64); err != nil {
		return f, 0, fmt.Errorf("mark of a failure: %w", err)
	}
	e, err := k.entry(ctx, entry)
	if err != nil {
		return f, 0, err
	}
	o, _ := e.Origin()
	return Failure{Input: o.Input, Record: o.Record, Reason: reason}, entry, nil
}

// Reread tries captures again that no document could be made of, and reports
// how many of them are read now.
func (k *Archivist) Reread(ctx context.Context) (read int, err error) {
	failures, err := k.Failures(ctx)
	if err != nil {
		return 0, err
	}
	err = k.alone(ctx, func() error {
		press := k.desk.newPress()
		var batch []*filing
		for _, f := range failures {
			if f.Capture < 0 {
				continue
			}
			e, err := k.entry(ctx, f.Capture)
			if err != nil {
				return err
			}
			if again := k.read(ctx, press, step{entry: e}); again.fatal != nil {
				return again.fatal
			} else if again.err == nil {
				batch = append(batch, again)
			}
		}
		read = len(batch)
		return k.putLate(ctx, batch)
	})
	return read, err
}

// putLate files captures that Sync has gone past.
func (k *Archivist) putLate(ctx context.Context, batch []*filing) error {
	people, err := k.people(ctx, batch, nil)
	if err != nil || len(batch) == 0 {
		return err
	}
	changed := people.learn(batch)
	err = k.archive.Write(ctx, func(tx *archive.Tx) error {
		for _, f := range batch {
			if err := errors.Join(f.put(tx), tx.SetMark(spaceUnread, entryKey(f.entry), nil)); err != nil {
				return err
			}
		}
		return putParties(tx, changed, nil)
	})
	if err != nil {
		k.parties = nil
	}
	return err
}
