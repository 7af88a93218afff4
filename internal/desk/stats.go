package desk

import (
	"context"
	"fmt"
	"strconv"

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
		list = append(list, Failure{Input: n.Key, Reason: string(n.Value), Capture: -1})
	}
	for n, err := range k.archive.Index().Marks(ctx, spaceUnread) {
		if err != nil {
			return nil, err
		}
		entry, err := strconv.ParseInt(n.Key, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("mark of a capture: %w", err)
		}
		e, err := k.entry(ctx, entry)
		if err != nil {
			return nil, err
		}
		o, _ := e.Origin()
		list = append(list, Failure{Input: o.Name(), Reason: string(n.Value), Capture: entry})
	}
	return list, nil
}
