package mem

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"golang.org/x/mod/sumdb/tlog"
)

// tx changes the archive at once and keeps how to undo it.
type tx struct {
	a    *Archive
	undo []func()
}

func (t *tx) rollback() {
	for _, f := range slices.Backward(t.undo) {
		f()
	}
}

func (t *tx) onUndo(f func()) { t.undo = append(t.undo, f) }

func (t *tx) Append(r archive.Record) (int64, error) {
	entry, err := r.Encode()
	if err != nil {
		return 0, err
	}
	n := int64(len(t.a.entries))
	hashes, err := tlog.StoredHashesForRecordHash(n, archive.Leaf(entry), t.a.reader())
	if err != nil {
		return 0, err
	}
	before := len(t.a.hashes)
	t.a.entries = append(t.a.entries, entry)
	t.a.hashes = append(t.a.hashes, hashes...)
	t.onUndo(func() { t.a.entries, t.a.hashes = t.a.entries[:n], t.a.hashes[:before] })
	return n, nil
}

func (t *tx) Put(b archive.Blob) (bool, error) {
	if _, ok := t.a.blobs[b.ID]; ok {
		return false, nil
	}
	t.a.blobs[b.ID] = b
	t.a.order = append(t.a.order, b.ID)
	t.onUndo(func() {
		delete(t.a.blobs, b.ID)
		t.a.order = t.a.order[:len(t.a.order)-1]
	})
	return true, nil
}

func (t *tx) PutDocument(d archive.Document) (int64, error) {
	old := t.a.docs[d.ID]
	filed := &doc{filed: archive.Filed{Document: d, No: int64(len(t.a.numbers))}, row: t.a.rows.Document(&d)}
	var err error
	if filed.place, err = d.Places(1, t.newest(func(d *doc) []int64 { return []int64{d.place} })); err != nil {
		return 0, err
	}
	if old == nil {
		t.a.numbers = append(t.a.numbers, filed)
		t.onUndo(func() { t.a.numbers = t.a.numbers[:filed.filed.No] })
	} else {
		filed.filed.No = old.filed.No
		t.a.numbers[old.filed.No] = filed
		t.onUndo(func() { t.a.numbers[old.filed.No] = old })
	}
	t.a.docs[d.ID] = filed
	t.onUndo(func() {
		if delete(t.a.docs, d.ID); old != nil {
			t.a.docs[d.ID] = old
		}
	})
	return filed.filed.No, nil
}

func (t *tx) PutStatements(id string, list []archive.Statement) error {
	d := t.a.docs[id]
	if d == nil {
		return &fault.Error{Kind: fault.NotFound, Input: id, Err: fmt.Errorf("no such document")}
	}
	before := *d
	t.onUndo(func() { *d = before })
	d.filed.Statements, d.places, d.rows = slices.Clone(list), nil, nil
	for i := range list {
		if err := list[i].Check(d.filed.Text); err != nil {
			return &fault.Error{Kind: fault.Invalid, Input: id, Err: fmt.Errorf("statement %d: %w", i, err)}
		}
		d.rows = append(d.rows, t.a.rows.Statement(&d.filed.Document, &list[i]))
	}
	first, err := d.filed.Places(len(list), t.newest(func(d *doc) []int64 { return d.places }))
	for i := range list {
		d.places = append(d.places, first+int64(i))
	}
	return err
}

// newest finds the highest of some places below an end.
func (t *tx) newest(places func(*doc) []int64) func(end int64) (int64, error) {
	return func(end int64) (int64, error) {
		last := int64(-1)
		for _, d := range t.a.numbers[1:] {
			for _, p := range places(d) {
				if p < end {
					last = max(last, p)
				}
			}
		}
		return last, nil
	}
}

func (t *tx) PutParty(p archive.Party) error {
	old, was := t.a.parties[p.ID]
	t.a.parties[p.ID] = p
	t.onUndo(func() {
		if delete(t.a.parties, p.ID); was {
			t.a.parties[p.ID] = old
		}
	})
	return nil
}

func (t *tx) RemoveParty(id string) error {
	if old, was := t.a.parties[id]; was {
		delete(t.a.parties, id)
		t.onUndo(func() { t.a.parties[id] = old })
	}
	return nil
}

func (t *tx) Drop() error {
	before := t.a.state
	t.a.state = newState()
	t.onUndo(func() { t.a.state = before })
	return nil
}

func (t *tx) Mark(space, key string) ([]byte, error) { return t.a.marks[[2]string{space, key}], nil }

func (t *tx) SetMark(space, key string, value []byte) error {
	k := [2]string{space, key}
	marks, old := t.a.marks, t.a.marks[k]
	set := func(v []byte) {
		if marks[k] = v; v == nil {
			delete(marks, k)
		}
	}
	set(bytes.Clone(value))
	t.onUndo(func() { set(old) })
	return nil
}
