package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/text"
	"golang.org/x/mod/sumdb/tlog"
)

type span = text.Span

// tx is the transaction under way on the writing connection.
type tx struct {
	a       *Archive
	w       *writer
	ctx     context.Context
	size    int64 // entries of the log
	grown   bool
	fold    string // the folding of the index
	fresh   map[int64]tlog.Hash
	totals  totals
	before  totals
	waiting []pending
	bytes   int     // of waiting
	last    *docRow // the document put last
}

// pending is a row that the search tables are still to get or to lose. They
// take rows fastest in the order of their places.
type pending struct {
	place  int64
	remove bool
	voice  bool
	row    archive.Row
}

// maxWaiting bounds the rows that wait, in bytes.
const maxWaiting = 32 << 20

func (t *tx) load() error {
	t.fresh = make(map[int64]tlog.Hash)
	if err := t.w.scan(t.ctx, "SELECT coalesce(max(n) + 1, 0) FROM entries", nil, &t.size); err != nil {
		return err
	}
	var err error
	t.totals, _, err = readTotals(t.ctx, t.w.conn)
	t.before = t.totals
	return err
}

// finish writes what waits and what sums up the transaction.
func (t *tx) finish() error {
	if err := t.flush(); err != nil {
		return err
	}
	if err := t.w.digests(t.ctx, &t.totals); err != nil {
		return err
	}
	if t.totals != t.before {
		if err := t.w.store(t.ctx, &t.totals); err != nil {
			return err
		}
	}
	if !t.grown {
		return nil
	}
	return t.sign()
}

func (t *tx) setMeta(key, value string) error {
	return t.w.exec(t.ctx, setMeta, key, []byte(value), sum(key, value))
}

func (t *tx) Append(r archive.Record) (int64, error) {
	entry, err := r.Encode()
	if err != nil {
		return 0, err
	}
	n := t.size
	hashes, err := tlog.StoredHashesForRecordHash(n, archive.Leaf(entry), tlog.HashReaderFunc(t.hashes))
	if err != nil {
		return 0, err
	}
	if err := t.w.exec(t.ctx, "INSERT INTO entries (n, data) VALUES (?, ?)", n, entry); err != nil {
		return 0, err
	}
	first := tlog.StoredHashIndex(0, n)
	for i, h := range hashes {
		at := first + int64(i)
		if err := t.w.exec(t.ctx, "INSERT INTO nodes (n, hash) VALUES (?, ?)", at, h[:]); err != nil {
			return 0, err
		}
		t.fresh[at] = h
	}
	t.size, t.grown = n+1, true
	return n, nil
}

// hashes reads stored hashes, those of this transaction from memory.
func (t *tx) hashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	var missing []int64
	for i, n := range at {
		h, ok := t.fresh[n]
		if !ok {
			missing = append(missing, n)
		}
		out[i] = h
	}
	if len(missing) == 0 {
		return out, nil
	}
	found, err := readHashes(t.ctx, t.w.conn, missing)
	if err != nil {
		return nil, err
	}
	for i, n := range at {
		if k := slices.Index(missing, n); k >= 0 {
			out[i] = found[k]
		}
	}
	return out, nil
}

func (t *tx) Put(b archive.Blob) (bool, error) {
	var n int64
	err := t.w.scan(t.ctx, "SELECT n FROM blobs WHERE id = ?", []any{b.ID[:]}, &n)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if err := t.w.scan(t.ctx, "SELECT coalesce(max(n), 0) + 1 FROM blobs", nil, &n); err != nil {
		return false, err
	}
	return true, t.w.exec(t.ctx, "INSERT INTO blobs (n, id, size, packed, sum) VALUES (?, ?, ?, ?, ?)",
		n, b.ID[:], b.Size, b.Packed, sum(n, b.ID[:], b.Size, b.Packed))
}

// current says whether rows of this program may join those of the index.
func (t *tx) current() error {
	if t.fold == t.a.opt.Folder.ID() {
		return nil
	}
	return staleIndex(t.a.path)
}

func staleIndex(path string) error {
	return &fault.Error{
		Kind: fault.Conflict, Input: path, Err: errors.New("the index was made with other tables of stems"), Hint: "run isnad rebuild",
	}
}

func (t *tx) PutDocument(d archive.Document) (int64, error) {
	if err := t.current(); err != nil {
		return 0, err
	}
	r := docRow{Filed: archive.Filed{Document: d}, size: int64(len(d.Text))}
	switch old, err := readDoc(t.ctx, t.w.conn, "id = ?", d.ID); {
	case errors.Is(err, sql.ErrNoRows):
		if err := t.w.scan(t.ctx, "SELECT coalesce(max(no), 0) + 1 FROM docs", nil, &r.No); err != nil {
			return 0, err
		}
		t.totals.docs++
	case err != nil:
		return 0, err
	default:
		r.No = old.No
		if err := t.remove(old); err != nil {
			return 0, err
		}
	}
	r.place = d.Place(t.slots(1))
	if err := t.putPieces(r.No, d.Text); err != nil {
		return 0, err
	}
	if err := t.putDoc(&r); err != nil {
		return 0, err
	}
	t.last = &r
	return r.No, t.wait(pending{place: r.place, voice: true, row: t.w.rows.Document(&d)})
}

// slots gives out n numbers and returns the first.
func (t *tx) slots(n int) int64 {
	first := t.totals.slot
	t.totals.slot += int64(n)
	return first
}

// remove takes a document with its statements out of the index.
func (t *tx) remove(old *docRow) error {
	if err := old.loadText(t.ctx, t.w.conn, t.a.packer); err != nil {
		return err
	}
	if err := t.removeStatements(old); err != nil {
		return err
	}
	if err := t.wait(pending{place: old.place, remove: true, voice: true, row: t.w.rows.Document(&old.Document)}); err != nil {
		return err
	}
	return t.w.exec(t.ctx, "DELETE FROM pieces WHERE n >= ? AND n < ?", old.No<<pieceBits, (old.No+1)<<pieceBits)
}

// removeStatements takes the statements of a document with its text out.
func (t *tx) removeStatements(old *docRow) error {
	if old.count == 0 {
		return nil
	}
	if err := old.loadStatements(t.ctx, t.w.conn); err != nil {
		return err
	}
	for i := range old.Statements {
		row := t.w.rows.Statement(&old.Document, &old.Statements[i])
		if err := t.wait(pending{place: old.first + int64(i), remove: true, row: row}); err != nil {
			return err
		}
	}
	t.totals.statements -= old.count
	return t.w.exec(t.ctx, "DELETE FROM statements WHERE place >= ? AND place < ?", old.first, old.first+old.count)
}

func (t *tx) putPieces(no int64, raw string) error {
	if len(raw) > maxText {
		return &fault.Error{
			Kind: fault.Invalid, Err: fmt.Errorf("a text of %d bytes is longer than the index takes (%d)", len(raw), maxText), Hint: "split the document",
		}
	}
	for i := 0; i*pieceSize < len(raw); i++ {
		piece := raw[i*pieceSize : min((i+1)*pieceSize, len(raw))]
		n, packed := no<<pieceBits|int64(i), t.a.packer.Squeeze([]byte(piece))
		if err := t.w.exec(t.ctx, "INSERT INTO pieces (n, size, packed, sum) VALUES (?, ?, ?, ?)",
			n, len(piece), packed, sum(n, len(piece), packed)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) putDoc(r *docRow) error {
	values := r.values()
	return t.w.exec(t.ctx, "INSERT OR REPLACE INTO docs ("+docColumns+", sum) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", append(values, sum(values...))...)
}

func (t *tx) PutStatements(id string, list []archive.Statement) error {
	if err := t.current(); err != nil {
		return err
	}
	r, err := t.document(id)
	if err != nil {
		return err
	}
	if err := t.removeStatements(r); err != nil {
		return err
	}
	r.Statements = nil
	r.first, r.count = r.Place(t.slots(len(list))), int64(len(list))
	for i := range list {
		if err := list[i].Check(r.Text); err != nil {
			return &fault.Error{Kind: fault.Invalid, Input: id, Err: fmt.Errorf("statement %d: %w", i, err)}
		}
		if err := t.putStatement(r, i, &list[i]); err != nil {
			return err
		}
	}
	t.totals.statements += r.count
	return t.putDoc(r)
}

// document finds a document with its text.
func (t *tx) document(id string) (*docRow, error) {
	if t.last != nil && t.last.ID == id {
		return t.last, nil
	}
	r, err := readDoc(t.ctx, t.w.conn, "id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &fault.Error{Kind: fault.NotFound, Input: id, Err: errors.New("no such document is filed")}
	}
	if err != nil {
		return nil, err
	}
	return r, r.loadText(t.ctx, t.w.conn, t.a.packer)
}

func (t *tx) putStatement(r *docRow, i int, s *archive.Statement) error {
	place := r.first + int64(i)
	values := []any{
		place, r.No, int64(i), int64(s.Stance), int64(s.Polarity), seconds(s.Said.Start), seconds(s.Said.End), archive.EncodeStatement(nil, s),
	}
	if err := t.w.exec(t.ctx, "INSERT INTO statements (place, doc, ord, stance, polarity, said_from, said_to, body, sum) VALUES (?,?,?,?,?,?,?,?,?)",
		append(values, sum(values...))...); err != nil {
		return err
	}
	return t.wait(pending{place: place, row: t.w.rows.Statement(&r.Document, s)})
}

// seconds is a time as a column holds it.
func seconds(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.Unix()
}

// wait keeps a row for the end of the transaction.
func (t *tx) wait(p pending) error {
	t.waiting = append(t.waiting, p)
	t.bytes += len(p.row.Form) + len(p.row.Stem) + len(p.row.Speaker) + len(p.row.Tags)
	if t.bytes < maxWaiting {
		return nil
	}
	return t.flush()
}

const (
	addWord    = "INSERT INTO words (rowid, form, stem, speaker, tags) VALUES (?, ?, ?, ?, ?)"
	removeWord = "INSERT INTO words (words, rowid, form, stem, speaker, tags) VALUES ('delete', ?, ?, ?, ?, ?)"
	addVoice   = "INSERT INTO voices (rowid, form, stem, speaker, tags) VALUES (?, ?, ?, ?, ?)"
	dropVoice  = "INSERT INTO voices (voices, rowid, form, stem, speaker, tags) VALUES ('delete', ?, ?, ?, ?, ?)"
)

func (p *pending) statement() string {
	switch {
	case p.voice && p.remove:
		return dropVoice
	case p.voice:
		return addVoice
	case p.remove:
		return removeWord
	}
	return addWord
}

// flush gives the search tables their rows in the order of their places. A
// place is given out once, so a row that goes was there before or comes first.
func (t *tx) flush() error {
	slices.SortStableFunc(t.waiting, func(a, b pending) int { return cmp.Compare(a.place, b.place) })
	for i := range t.waiting {
		p := &t.waiting[i]
		if err := t.w.exec(t.ctx, p.statement(), p.place, p.row.Form, p.row.Stem, p.row.Speaker, p.row.Tags); err != nil {
			return err
		}
	}
	t.waiting, t.bytes = t.waiting[:0], 0
	return nil
}

func (t *tx) PutParty(p archive.Party) error {
	var n int
	if err := t.w.scan(t.ctx, "SELECT count(*) FROM parties WHERE id = ?", []any{p.ID}, &n); err != nil {
		return err
	}
	if n == 0 {
		t.totals.parties++
	}
	names, err := json.Marshal(p.Names)
	if err != nil {
		return err
	}
	values := []any{p.ID, p.Name, int64(p.Kind), string(names)}
	return t.w.exec(t.ctx, "INSERT OR REPLACE INTO parties (id, name, kind, names, sum) VALUES (?,?,?,?,?)", append(values, sum(values...))...)
}

// Drop makes the derived tables anew.
func (t *tx) Drop() error {
	t.waiting, t.bytes, t.last = nil, 0, nil
	for query, s := range t.w.stmts {
		if err := s.Close(); err != nil {
			return err
		}
		delete(t.w.stmts, query)
	}
	for _, table := range derivedTables {
		if _, err := t.w.conn.ExecContext(t.ctx, "DROP TABLE "+table); err != nil {
			return err
		}
	}
	t.w.forget()
	if _, err := t.w.conn.ExecContext(t.ctx, derivedSQL); err != nil {
		return err
	}
	t.totals, t.fold = totals{}, t.a.opt.Folder.ID()
	return t.setMeta(keyFold, t.fold)
}

// derivedTables are the tables of derived.sql.
var derivedTables = []string{"docs", "pieces", "statements", "parties", "marks", "words", "voices", "sums", "totals"}

func (t *tx) Mark(space, key string) ([]byte, error) {
	return readMark(t.ctx, t.w.conn, space, key)
}

func (t *tx) SetMark(space, key string, value []byte) error {
	old, err := t.Mark(space, key)
	if err != nil {
		return err
	}
	if value == nil {
		if old != nil {
			t.totals.marks--
		}
		return t.w.exec(t.ctx, "DELETE FROM marks WHERE space = ? AND key = ?", space, key)
	}
	if old == nil {
		t.totals.marks++
	}
	return t.w.exec(t.ctx, "INSERT OR REPLACE INTO marks (space, key, value, sum) VALUES (?, ?, ?, ?)", space, key, value, sum(space, key, value))
}
