package archive

import (
	"context"
	"errors"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Finding is something that is not as it was written.
type Finding struct {
	Part    string // "checkpoint", "log", "tree", "blob", "index" or "file"
	Name    string // which one: the number of an entry, a blob, a row
	Problem string
}

func (f Finding) String() string {
	if f.Name == "" {
		return f.Part + ": " + f.Problem
	}
	return f.Part + " " + f.Name + ": " + f.Problem
}

// Checked counts what was recomputed.
type Checked struct {
	Entries, Blobs, Bytes int64 // Bytes of unpacked blobs
	Findings              int
	Checkpoint            []byte // the newest one, as it is in the archive
}

// Verify recomputes the tree from the entries and every blob's hash, compares
// them with the signed checkpoint, checks that what entries stand on is there,
// and has the backend check the rest. Everything that is wrong is reported, in
// the order of the log and then of the blobs; the error is about not being able
// to go on.
func Verify(ctx context.Context, a Archive, p *Packer, report func(Finding)) (Checked, error) {
	v := &verifier{a: a, packer: p, kept: make(map[uint64]struct{})}
	v.report = func(part, name, format string, args ...any) {
		v.sum.Findings++
		report(Finding{part, name, fmt.Sprintf(format, args...)})
	}
	for _, step := range []func(context.Context) error{v.blobs, v.log, v.storage} {
		if err := step(ctx); err != nil {
			return v.sum, err
		}
	}
	return v.sum, ctx.Err()
}

type verifier struct {
	a      Archive
	packer *Packer
	report func(part, name, format string, args ...any)
	sum    Checked
	kept   map[uint64]struct{} // first bytes of the identifiers of sound blobs
	stack  []node
	wanted []tlog.Hash // stored hashes read ahead
	at     int64       // index of the first of wanted
}

// node is the root of a complete subtree of 1<<level entries.
type node struct {
	hash  tlog.Hash
	level int
}

// blobs opens every blob.
func (v *verifier) blobs(ctx context.Context) error {
	for b, err := range v.a.Blobs().All(ctx) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if b.ID == (BlobID{}) {
				return err
			}
			v.report("blob", b.ID.String(), "%v", err)
			continue
		}
		data, err := v.packer.Open(b)
		if err != nil {
			v.report("blob", b.ID.String(), "%v", errors.Unwrap(err))
			continue
		}
		v.sum.Blobs++
		v.sum.Bytes += int64(len(data))
		v.kept[short(b.ID)] = struct{}{}
	}
	return nil
}

func short(id BlobID) uint64 {
	var n uint64
	for _, b := range id[:8] {
		n = n<<8 | uint64(b)
	}
	return n
}

// log recomputes the tree and compares it with the checkpoint.
func (v *verifier) log(ctx context.Context) error {
	size, err := v.a.Log().Size(ctx)
	if err != nil {
		return err
	}
	point, signed := v.checkpoint(ctx)
	v.sum.Checkpoint = signed
	for entry, err := range v.a.Log().Entries(ctx, 0) {
		if err != nil {
			return err
		}
		if v.sum.Entries == size { // a write since
			break
		}
		if err := v.entry(ctx, entry); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			v.report("tree", fmt.Sprint(v.sum.Entries-1), "%v", err)
			return nil
		}
		if point != nil && v.sum.Entries == point.Size && v.root() != point.Root {
			v.report("checkpoint", "", "the first %d entries do not give the root that was signed: the log was altered", point.Size)
		}
	}
	if v.sum.Entries != size {
		v.report("log", fmt.Sprint(v.sum.Entries), "missing, although the log counts %d entries", size)
	}
	if point != nil && point.Size > v.sum.Entries {
		v.report("checkpoint", "", "%d entries were signed, the log has %d: the last %d were removed", point.Size, v.sum.Entries, point.Size-v.sum.Entries)
	}
	if point != nil && point.Size < size {
		v.report("checkpoint", "", "%d entries were signed, the log has %d: the others were not added by this program", point.Size, size)
	}
	return nil
}

// checkpoint reads and verifies the stored checkpoint; nil where it is not sound.
func (v *verifier) checkpoint(ctx context.Context) (*Checkpoint, []byte) {
	key, err := v.a.Log().Key(ctx)
	if err != nil {
		v.report("checkpoint", "", "%v", err)
		return nil, nil
	}
	signed, err := v.a.Log().Checkpoint(ctx)
	if err != nil {
		v.report("checkpoint", "", "%v", err)
		return nil, nil
	}
	point, err := ParseCheckpoint(signed, key)
	if err != nil {
		v.report("checkpoint", "", "%v", err)
		return nil, signed
	}
	return &point, signed
}

// entry takes the next entry into the tree and looks after its blobs.
func (v *verifier) entry(ctx context.Context, entry []byte) error {
	n := v.sum.Entries
	v.sum.Entries++
	name := fmt.Sprint(n)
	if err := v.grow(ctx, n, Leaf(entry)); err != nil {
		return err
	}
	r, err := ParseRecord(entry)
	if err != nil {
		v.report("log", name, "%v", err)
		return nil
	}
	for _, id := range r.Blobs {
		if _, kept := v.kept[short(id)]; kept {
			continue
		}
		has, err := v.a.Blobs().Has(ctx, id)
		if err != nil {
			return err
		}
		if has {
			v.report("log", name, "stands on blob %s, which was altered", id)
		} else {
			v.report("log", name, "stands on blob %s, which is missing", id)
		}
	}
	return nil
}

// grow adds a leaf and compares every hash that it completes with the stored
// one. After a difference it goes on with the stored hash, so that one altered
// byte is one finding.
func (v *verifier) grow(ctx context.Context, n int64, leaf tlog.Hash) error {
	stored, err := v.stored(ctx, n)
	if err != nil {
		return err
	}
	if stored[0] != leaf {
		v.report("log", fmt.Sprint(n), "its bytes do not have the hash that the tree has for it: one of them was altered")
	}
	v.stack = append(v.stack, node{stored[0], 0})
	for _, want := range stored[1:] {
		last := len(v.stack) - 1
		left, right := v.stack[last-1], v.stack[last]
		if got := tlog.NodeHash(left.hash, right.hash); got != want {
			first := (n + 1) - 1<<(left.level+1)
			v.report("tree", fmt.Sprintf("%d to %d", first, n), "the hash over these entries was altered")
		}
		v.stack = append(v.stack[:last-1], node{want, left.level + 1})
	}
	return nil
}

// readAhead is the number of stored hashes that are read at a time.
const readAhead = 4096

// stored gives the hashes that entry n added to the tree, the leaf first.
func (v *verifier) stored(ctx context.Context, n int64) ([]tlog.Hash, error) {
	first := tlog.StoredHashIndex(0, n)
	count := int64(bits.TrailingZeros64(uint64(n+1)) + 1)
	if end := v.at + int64(len(v.wanted)); first+count > end {
		size, err := v.a.Log().Size(ctx)
		if err != nil {
			return nil, err
		}
		hashes, err := v.hashes(ctx, first, min(first+readAhead, tlog.StoredHashCount(size)))
		if err != nil { // perhaps a later one
			hashes, err = v.hashes(ctx, first, first+count)
		}
		if err != nil {
			return nil, err
		}
		v.wanted, v.at = hashes, first
	}
	return v.wanted[first-v.at : first-v.at+count], nil
}

// hashes reads the stored hashes from first to end, half-open.
func (v *verifier) hashes(ctx context.Context, first, end int64) ([]tlog.Hash, error) {
	at := make([]int64, 0, end-first)
	for i := first; i < end; i++ {
		at = append(at, i)
	}
	return v.a.Log().Hashes(ctx, at)
}

// root is the root of the tree of all entries so far.
func (v *verifier) root() tlog.Hash {
	last := len(v.stack) - 1
	root := v.stack[last].hash
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(v.stack[i].hash, root)
	}
	return root
}

// storage has the backend check its own structures.
func (v *verifier) storage(ctx context.Context) error {
	in, ok := v.a.(Inspector)
	if !ok {
		return nil
	}
	return in.Inspect(ctx, func(f Finding) { v.report(f.Part, f.Name, "%s", f.Problem) })
}
