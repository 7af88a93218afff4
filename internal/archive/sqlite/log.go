package sqlite

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"golang.org/x/mod/sumdb/tlog"
)

type log struct{ a *Archive }

// chunk is the number of rows read at a time, so that no reader keeps a
// snapshot of the file for long.
const chunk = 256

func (l log) Size(ctx context.Context) (int64, error) {
	var n int64
	err := l.a.read.QueryRowContext(ctx, "SELECT coalesce(max(n) + 1, 0) FROM entries").Scan(&n)
	return n, explain(l.a.path, err)
}

func (l log) Entries(ctx context.Context, from int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for next := max(from, 0); ; {
			entries, err := l.entries(ctx, next)
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(nil, explain(l.a.path, err))
				return
			}
			if len(entries) == 0 {
				return
			}
			next += int64(len(entries))
		}
	}
}

// entries reads up to chunk entries; the error names the first one missing.
func (l log) entries(ctx context.Context, from int64) ([][]byte, error) {
	rows, err := l.a.read.QueryContext(ctx, "SELECT n, data FROM entries WHERE n >= ? ORDER BY n LIMIT ?", from, chunk)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var entries [][]byte
	for rows.Next() {
		var n int64
		var data []byte
		if err := rows.Scan(&n, &data); err != nil {
			return entries, err
		}
		if want := from + int64(len(entries)); n != want {
			return entries, &fault.Error{
				Kind: fault.Invalid, Input: l.a.path, Err: fmt.Errorf("entry %d of the log is missing", want), Hint: "verify the archive",
			}
		}
		entries = append(entries, data)
	}
	return entries, rows.Err()
}

func (l log) Hashes(ctx context.Context, at []int64) ([]tlog.Hash, error) {
	hashes, err := readHashes(ctx, l.a.read, at)
	return hashes, explain(l.a.path, err)
}

// readHashes reads stored hashes of the tree in the order of at.
func readHashes(ctx context.Context, q querier, at []int64) ([]tlog.Hash, error) {
	known := make(map[int64]tlog.Hash, len(at))
	for first := 0; first < len(at); first += chunk {
		if err := readSomeHashes(ctx, q, at[first:min(first+chunk, len(at))], known); err != nil {
			return nil, err
		}
	}
	hashes := make([]tlog.Hash, len(at))
	for i, n := range at {
		h, ok := known[n]
		if !ok {
			return nil, &fault.Error{Kind: fault.Invalid, Err: fmt.Errorf("hash %d of the tree is missing", n), Hint: "verify the archive"}
		}
		hashes[i] = h
	}
	return hashes, nil
}

func readSomeHashes(ctx context.Context, q querier, at []int64, known map[int64]tlog.Hash) error {
	var list strings.Builder
	for i, n := range at {
		if i > 0 {
			list.WriteByte(',')
		}
		list.WriteString(strconv.FormatInt(n, 10))
	}
	rows, err := q.QueryContext(ctx, "SELECT n, hash FROM nodes WHERE n IN ("+list.String()+")")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var b []byte
		if err := rows.Scan(&n, &b); err != nil {
			return err
		}
		if len(b) == tlog.HashSize {
			known[n] = tlog.Hash(b)
		}
	}
	return rows.Err()
}

func (l log) Checkpoint(ctx context.Context) ([]byte, error) {
	signed, err := l.a.meta(ctx, keyCheckpoint)
	return []byte(signed), explain(l.a.path, err)
}

func (l log) Key(ctx context.Context) (string, error) {
	key, err := l.a.meta(ctx, keyPublic)
	return key, explain(l.a.path, err)
}

type blobs struct{ a *Archive }

func (b blobs) Get(ctx context.Context, id archive.BlobID) (archive.Blob, error) {
	list, _, err := b.rows(ctx, "SELECT n, id, size, packed, sum FROM blobs WHERE id = ?", id[:])
	if err != nil {
		return archive.Blob{}, explain(b.a.path, err)
	}
	if len(list) == 0 {
		return archive.Blob{}, &fault.Error{Kind: fault.NotFound, Input: id.String(), Err: fmt.Errorf("the archive has no such blob")}
	}
	return list[0].Blob, list[0].err
}

func (b blobs) Has(ctx context.Context, id archive.BlobID) (bool, error) {
	var n int
	err := b.a.read.QueryRowContext(ctx, "SELECT count(*) FROM blobs WHERE id = ?", id[:]).Scan(&n)
	return n > 0, explain(b.a.path, err)
}

func (b blobs) All(ctx context.Context) iter.Seq2[archive.Blob, error] {
	return func(yield func(archive.Blob, error) bool) {
		for last := int64(-1 << 63); ; {
			list, end, err := b.rows(ctx, "SELECT n, id, size, packed, sum FROM blobs WHERE n > ? ORDER BY n LIMIT 1", last)
			for _, blob := range list {
				if !yield(blob.Blob, blob.err) {
					return
				}
			}
			if err != nil {
				yield(archive.Blob{}, explain(b.a.path, err))
				return
			}
			if len(list) == 0 {
				return
			}
			last = end
		}
	}
}

// stored is a blob as it was found, with what is wrong with its row.
type stored struct {
	archive.Blob
	err error
}

func (b blobs) rows(ctx context.Context, query string, arg any) (list []stored, last int64, err error) {
	rows, err := b.a.read.QueryContext(ctx, query, arg)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		var want int64
		var blob stored
		if err := rows.Scan(&last, &id, &blob.Size, &blob.Packed, &want); err != nil {
			return list, last, err
		}
		copy(blob.ID[:], id)
		if len(id) != len(blob.ID) || sum(last, id, blob.Size, blob.Packed) != want {
			blob.err = fmt.Errorf("its row (number %d) was altered", last)
		}
		list = append(list, blob)
	}
	return list, last, rows.Err()
}
