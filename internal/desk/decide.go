package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
)

// spaceDecision lists the entries that are decisions.
const spaceDecision = "decision"

// Decided is a decision with its entry of the log.
type Decided struct {
	No int64
	isnad.Decision
	Undone bool // a later one takes it back
}

// Decisions are all decisions, in the order they were taken.
func (k *Archivist) Decisions(ctx context.Context) ([]Decided, error) {
	var list []Decided
	place := make(map[int64]int)
	for mark, err := range k.archive.Index().Marks(ctx, spaceDecision) {
		if err != nil {
			return nil, err
		}
		n, err := strconv.ParseInt(mark.Key, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("mark of a decision: %w", err)
		}
		e, err := k.entry(ctx, n)
		if err != nil {
			return nil, err
		}
		d := Decided{No: n}
		if err := json.Unmarshal(e.Data, &d.Decision); err != nil {
			return nil, &fault.Error{Kind: fault.Invalid, Err: fmt.Errorf("entry %d: not a decision: %w", n, err)}
		}
		place[n] = len(list)
		list = append(list, d)
		takeBack(list, place, len(list)-1, true)
	}
	return list, nil
}

// takeBack does what decision i does to another where it undoes one, or the
// opposite where it is undone itself.
func takeBack(list []Decided, place map[int64]int, i int, undone bool) {
	if list[i].Verb != isnad.Undo {
		return
	}
	n, err := list[i].target()
	if t, ok := place[n]; err == nil && ok && t < i {
		list[t].Undone = undone
		takeBack(list, place, t, !undone)
	}
}

// target is the entry that an undoing is about.
func (d *Decided) target() (int64, error) {
	if len(d.On) != 1 {
		return 0, errors.New("an undoing is about one decision")
	}
	return strconv.ParseInt(d.On[0].ID, 10, 64)
}

// Decide takes a decision down, durably, follows it, and returns its entry of
// the log. One without a time is of now.
func (k *Archivist) Decide(ctx context.Context, d isnad.Decision) (int64, error) {
	if d.At.IsZero() {
		d.At = k.now().UTC()
	}
	if err := k.check(ctx, &d); err != nil {
		return 0, err
	}
	var n int64
	err := k.archive.Write(ctx, func(tx *archive.Tx) (err error) {
		if n, err = k.append(tx, kindDecision, d.At, nil, &d); err != nil {
			return err
		}
		return tx.SetMark(spaceDecision, entryKey(n), []byte{1})
	})
	if err != nil {
		return 0, err
	}
	return n, k.Sync(ctx, nil)
}

// check refuses a decision that cannot be followed.
func (k *Archivist) check(ctx context.Context, d *isnad.Decision) error {
	refuse := func(kind fault.Kind, format string, args ...any) error {
		return &fault.Error{Kind: kind, Err: fmt.Errorf(format, args...)}
	}
	switch d.Verb {
	case isnad.SameParty, isnad.OtherParty:
		if len(d.On) != 2 || d.On[0].Quote == "" || d.On[1].Quote == "" {
			return refuse(fault.Invalid, "a decision about parties needs two names")
		}
	case isnad.SameClaim, isnad.OtherClaim:
		if len(d.On) < 2 || slices.ContainsFunc(d.On, func(a isnad.Anchor) bool { return a.ID == "" || a.Capture == "" }) {
			return refuse(fault.Invalid, "a decision about what is one claim names two statements or more")
		}
	case isnad.Verdict:
		if len(d.On) == 0 || d.On[0].ID == "" {
			return refuse(fault.Invalid, "a verdict is about a claim")
		}
	case isnad.Confirm, isnad.Reject, isnad.Correct:
		if len(d.On) != 1 || d.On[0].ID == "" {
			return refuse(fault.Invalid, "a decision to %q is about one thing", d.Verb)
		}
		if d.Verb == isnad.Correct && d.Change == nil {
			return refuse(fault.Invalid, "a correction says how it has to be")
		}
	case isnad.Undo:
		target, err := (&Decided{Decision: *d}).target()
		if err != nil {
			return refuse(fault.Invalid, "what to undo is named by its number in the log: %w", err)
		}
		list, err := k.Decisions(ctx)
		if err != nil {
			return err
		}
		for _, other := range list {
			if other.No == target && other.Undone {
				return refuse(fault.Conflict, "decision %d is undone already", target)
			}
			if other.No == target {
				return nil
			}
		}
		return refuse(fault.NotFound, "entry %d of the log is no decision", target)
	}
	return nil
}

// KnowNames refuses names that nobody in the archive goes by.
func (k *Archivist) KnowNames(ctx context.Context, list ...string) error {
	missing := make(map[uint64]string)
	ledger := k.desk.names.NewLedger()
	for _, n := range list {
		missing[ledger.Spelling(n)] = n
	}
	for p, err := range k.archive.Index().Parties(ctx) {
		if err != nil {
			return err
		}
		for _, n := range append([]string{p.Name}, p.Names...) {
			delete(missing, ledger.Spelling(n))
		}
		if len(missing) == 0 {
			return nil
		}
	}
	for _, n := range missing {
		return &fault.Error{Kind: fault.NotFound, Input: n, Err: errors.New("nobody in the archive goes by this name"), Hint: "isnad party list shows the names"}
	}
	return nil
}

// Decision is what an entry says was decided.
func (e *Entry) Decision() (d isnad.Decision, err error) {
	if e.Kind != kindDecision {
		return d, fmt.Errorf("entry %d is no decision", e.No)
	}
	err = json.Unmarshal(e.Data, &d)
	return d, err
}
