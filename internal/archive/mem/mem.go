// Package mem keeps an archive in memory, for tests and for work that is not
// to be kept.
//
// # Invariant
//
// One lock guards everything: a write holds it alone, so that readers see all
// of a write or nothing. A failed write is undone step by step.
package mem

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/fold"
	"golang.org/x/mod/sumdb/tlog"
)

// Archive is an archive in memory.
type Archive struct {
	folder *fold.Folder
	signer *archive.Signer

	mu         sync.RWMutex // guards what follows
	rows       *archive.Rows
	entries    [][]byte
	hashes     []tlog.Hash
	checkpoint []byte
	blobs      map[archive.BlobID]archive.Blob
	order      []archive.BlobID
	state
}

// state is what was derived.
type state struct {
	docs    map[string]*doc
	numbers []*doc // by number; nil before 1
	parties map[string]archive.Party
	marks   map[[2]string][]byte
}

type doc struct {
	filed  archive.Filed
	place  int64
	row    archive.Row
	places []int64
	rows   []archive.Row
}

func newState() state {
	return state{
		docs: make(map[string]*doc), numbers: []*doc{nil},
		parties: make(map[string]archive.Party), marks: make(map[[2]string][]byte),
	}
}

// New makes an empty archive that folds search words by f.
func New(f *fold.Folder) (*Archive, error) {
	signer, err := archive.NewSigner()
	if err != nil {
		return nil, err
	}
	a := &Archive{folder: f, signer: signer, rows: archive.NewRows(f), blobs: make(map[archive.BlobID]archive.Blob), state: newState()}
	a.checkpoint, err = signer.Sign(0, tlog.Hash{})
	return a, err
}

// Log is the log.
func (a *Archive) Log() archive.Log { return log{a} }

// Blobs is the preserved bytes.
func (a *Archive) Blobs() archive.Blobs { return blobs{a} }

// Index is the index.
func (a *Archive) Index() archive.Index { return index{a} }

// Close does nothing.
func (a *Archive) Close() error { return nil }

// Write runs one transaction.
func (a *Archive) Write(ctx context.Context, do func(*archive.Tx) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := &tx{a: a}
	done := false
	defer func() {
		if !done {
			t.rollback()
		}
	}()
	if err := do(&archive.Tx{Evidence: t, Derived: t, Marks: t}); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	root, err := tlog.TreeHash(int64(len(a.entries)), a.reader())
	if err != nil {
		return err
	}
	signed, err := a.signer.Sign(int64(len(a.entries)), root)
	if err != nil {
		return err
	}
	a.checkpoint = signed
	done = true
	return nil
}

// reader reads hashes under the lock.
func (a *Archive) reader() tlog.HashReader {
	return tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, n := range at {
			if n >= int64(len(a.hashes)) {
				return nil, &fault.Error{Kind: fault.NotFound, Err: fmt.Errorf("hash %d of the tree is missing", n)}
			}
			out[i] = a.hashes[n]
		}
		return out, nil
	})
}

type log struct{ a *Archive }

func (l log) Size(context.Context) (int64, error) {
	l.a.mu.RLock()
	defer l.a.mu.RUnlock()
	return int64(len(l.a.entries)), nil
}

func (l log) Entries(_ context.Context, from int64) iter.Seq2[[]byte, error] {
	l.a.mu.RLock()
	entries := l.a.entries[min(max(from, 0), int64(len(l.a.entries))):]
	l.a.mu.RUnlock()
	return func(yield func([]byte, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (l log) Hashes(_ context.Context, at []int64) ([]tlog.Hash, error) {
	l.a.mu.RLock()
	defer l.a.mu.RUnlock()
	return l.a.reader().ReadHashes(at)
}

func (l log) Checkpoint(context.Context) ([]byte, error) {
	l.a.mu.RLock()
	defer l.a.mu.RUnlock()
	return l.a.checkpoint, nil
}

func (l log) Key(context.Context) (string, error) { return l.a.signer.Public, nil }

type blobs struct{ a *Archive }

func (b blobs) Get(_ context.Context, id archive.BlobID) (archive.Blob, error) {
	b.a.mu.RLock()
	defer b.a.mu.RUnlock()
	blob, ok := b.a.blobs[id]
	if !ok {
		return archive.Blob{}, &fault.Error{Kind: fault.NotFound, Input: id.String(), Err: fmt.Errorf("no such blob")}
	}
	return blob, nil
}

func (b blobs) Has(_ context.Context, id archive.BlobID) (bool, error) {
	b.a.mu.RLock()
	defer b.a.mu.RUnlock()
	_, ok := b.a.blobs[id]
	return ok, nil
}

func (b blobs) All(ctx context.Context) iter.Seq2[archive.Blob, error] {
	b.a.mu.RLock()
	order := b.a.order
	b.a.mu.RUnlock()
	return func(yield func(archive.Blob, error) bool) {
		for _, id := range order {
			if !yield(b.Get(ctx, id)) {
				return
			}
		}
	}
}

// Inspect finds nothing: memory has no structure of its own to check.
func (a *Archive) Inspect(context.Context, func(archive.Finding)) error { return nil }

// Tables digests documents, statements, parties and marks.
func (a *Archive) Tables(context.Context) ([]archive.Table, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	docs, statements := archive.Table{Name: "documents"}, archive.Table{Name: "statements"}
	var docRows, statementRows bytes.Buffer
	for _, d := range a.numbers[1:] {
		docs.Rows++
		fmt.Fprintf(&docRows, "%d %d %v %v\n", d.filed.No, d.place, d.filed.Document, d.row)
		for i := range d.filed.Statements {
			statements.Rows++
			fmt.Fprintf(&statementRows, "%d %v %v\n", d.places[i], d.filed.Statements[i], d.rows[i])
		}
	}
	docs.Digest, statements.Digest = sha256.Sum256(docRows.Bytes()), sha256.Sum256(statementRows.Bytes())
	parties := archive.Table{Name: "parties", Rows: int64(len(a.parties))}
	marks := archive.Table{Name: "marks", Rows: int64(len(a.marks))}
	var partyRows, markRows bytes.Buffer
	for _, id := range slices.Sorted(maps.Keys(a.parties)) {
		fmt.Fprintf(&partyRows, "%v\n", a.parties[id])
	}
	for _, k := range slices.SortedFunc(maps.Keys(a.marks), compareKeys) {
		fmt.Fprintf(&markRows, "%q %q\n", k, a.marks[k])
	}
	parties.Digest, marks.Digest = sha256.Sum256(partyRows.Bytes()), sha256.Sum256(markRows.Bytes())
	return []archive.Table{docs, statements, parties, marks}, nil
}

// Counts counts.
func (a *Archive) Counts(context.Context) (archive.Counts, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	c := archive.Counts{Documents: int64(len(a.docs)), Names: int64(len(a.parties))}
	for _, d := range a.docs {
		c.Statements += int64(len(d.filed.Statements))
	}
	return c, nil
}

func compareKeys(a, b [2]string) int {
	return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1]))
}
