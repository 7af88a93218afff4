package archivetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/isnad/isnad/internal/archive"
)

// Outcome is what really became of a write that reported an error.
type Outcome uint8

// The outcomes.
const (
	Lost      Outcome = iota // nothing was stored
	Persisted                // everything was, but the answer never came
)

// ErrFault is the error of the writes that [Faulty] fails.
var ErrFault = errors.New("injected fault")

// Faulty passes everything on to an archive but fails single writes.
type Faulty struct {
	archive.Archive
	// Fail maps the number of a write, from 0, to its outcome.
	Fail   map[int]Outcome
	writes int
}

// Write fails as it was told to.
func (f *Faulty) Write(ctx context.Context, do func(*archive.Tx) error) error {
	outcome, fails := f.Fail[f.writes]
	f.writes++
	if !fails {
		return f.Archive.Write(ctx, do)
	}
	if outcome == Persisted {
		if err := f.Archive.Write(ctx, do); err != nil {
			return err
		}
		return ErrFault
	}
	return f.Archive.Write(ctx, func(tx *archive.Tx) error { return errors.Join(do(tx), ErrFault) })
}

// testFaults runs a job of twelve steps that notes in a mark how far it is, as
// stages do, and repeats a step after an error: whatever became of the failed
// write, the result is that of an undisturbed run.
func testFaults(t *testing.T, b Backend) {
	for _, outcome := range []Outcome{Lost, Persisted} {
		for _, at := range []int{0, 1, 5, 11} {
			a := b.New(t)
			f := &Faulty{Archive: a, Fail: map[int]Outcome{at: outcome, at + 3: outcome}}
			for range 40 {
				done, err := step(t, f)
				if err != nil && !errors.Is(err, ErrFault) {
					t.Fatal(err)
				}
				if done {
					break
				}
			}
			if sum := Verified(t, a); sum.Entries != 12 || sum.Blobs != 12 {
				t.Errorf("write %d, outcome %d: %d entries and %d blobs, want 12", at, outcome, sum.Entries, sum.Blobs)
			}
			if n := len(find(t, a, archive.Search{Limit: 100})); n != 12*3 {
				t.Errorf("write %d, outcome %d: %d statements, want 36", at, outcome, n)
			}
		}
	}
}

// step does the next step of the job that the mark leads to.
func step(t *testing.T, a archive.Archive) (done bool, err error) {
	v, err := a.Index().Mark(ctx, "job", "next")
	must(t, err)
	next := 0
	if v != nil {
		_, err = fmt.Sscan(string(v), &next)
		must(t, err)
	}
	if next == 12 {
		return true, nil
	}
	g := NewGenerator(uint64(next))
	g.n = next
	p := packer(t)
	return false, a.Write(ctx, func(tx *archive.Tx) error {
		if err := Add(tx, p, g); err != nil {
			return err
		}
		return tx.SetMark("job", "next", []byte(fmt.Sprint(next+1)))
	})
}
