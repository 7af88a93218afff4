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
	a        *Archive
	w        *writer
	ctx      context.Context
	ended    func() error // why the transaction should go no further, or nil
	size     int64        // entries of the log
	grown    bool
	fold     string // the folding of the index
	fresh    map[int64]tlog.Hash
	totals   totals
	before   totals
	waiting  []*pending
	bytes    int // of their texts
	maker    maker
	last     *docRow         // the document put last
	textless map[string]bool // documents whose text waits
}

// pending is a row that the search tables are still to get or to lose. They
// take rows fastest in the order of their places; meanwhile another goroutine
// makes the rows.
type pending struct {
	place     int64
	remove    bool
	doc       *archive.Document
	statement *archive.Statement // nil for the document's own voice
	no        int64              // of a document that is new, or 0
	row       archive.Row
	pieces    [][]byte // of its text, packed
}

// maxWaiting bounds the rows that wait, in bytes.
const maxWaiting = 32 << 20

func (t *tx) load() error {
	t.fresh, t.textless = make(map[int64]tlog.Hash), make(map[string]bool)
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
	if err := errors.Join(t.ended(), t.current()); err != nil {
		return 0, err
	}
	if len(d.Text) > maxText {
		return 0, &fault.Error{
			Kind: fault.Invalid, Input: d.ID, Err: fmt.Errorf("a text of %d bytes is longer than the index takes (%d)", len(d.Text), maxText),
			Hint: "split the document",
		}
	}
	r := docRow{Filed: archive.Filed{Document: d}, size: int64(len(d.Text))}
	switch old, err := t.find(d.ID); {
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
	var err error
	if r.place, err = d.Places(1, t.newest(newestDoc)); err != nil {
		return 0, err
	}
	if err := t.putDoc(&r); err != nil {
		return 0, err
	}
	t.last, t.textless[d.ID] = &r, true
	return r.No, t.wait(pending{place: r.place, doc: &r.Document, no: r.No}, len(d.Text))
}

// newest finds the highest place of a table below an end.
func (t *tx) newest(query string) func(end int64) (int64, error) {
	return func(end int64) (last int64, err error) {
		return last, t.w.scan(t.ctx, query, []any{end}, &last)
	}
}

const (
	newestDoc       = "SELECT coalesce(max(place), -1) FROM docs WHERE place < ?"
	newestStatement = "SELECT coalesce(max(place), -1) FROM statements WHERE place < ?"
)

// remove takes a document with its statements out of the index.
func (t *tx) remove(old *docRow) error {
	if err := old.loadText(t.ctx, t.w.conn, t.a.packer); err != nil {
		return err
	}
	if err := t.removeStatements(old); err != nil {
		return err
	}
	if err := t.wait(pending{place: old.place, remove: true, doc: &old.Document}, len(old.Text)); err != nil {
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
		s := &old.Statements[i]
		if err := t.wait(pending{place: old.first + int64(i), remove: true, doc: &old.Document, statement: s}, s.Extent().Len()); err != nil {
			return err
		}
	}
	t.totals.statements -= old.count
	return t.w.exec(t.ctx, "DELETE FROM statements WHERE place >= ? AND place < ?", old.first, old.first+old.count)
}

// putPieces stores the text that was packed.
func (t *tx) putPieces(p *pending) error {
	for i, packed := range p.pieces {
		n, size := p.no<<pieceBits|int64(i), min(pieceSize, len(p.doc.Text)-i*pieceSize)
		if err := t.w.exec(t.ctx, "INSERT INTO pieces (n, size, packed, sum) VALUES (?, ?, ?, ?)",
			n, size, packed, sum(n, size, packed)); err != nil {
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
	if len(list) > archive.MaxStatements {
		return &fault.Error{
			Kind: fault.Invalid, Input: id, Err: fmt.Errorf("%d statements are more than the index takes of one document (%d)", len(list), archive.MaxStatements),
			Hint: "split the document",
		}
	}
	r.Statements, r.count = nil, int64(len(list))
	if r.first, err = r.Places(len(list), t.newest(newestStatement)); err != nil {
		return err
	}
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
	r, err := t.find(id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &fault.Error{Kind: fault.NotFound, Input: id, Err: errors.New("no such document is filed")}
	}
	if err != nil {
		return nil, err
	}
	return r, r.loadText(t.ctx, t.w.conn, t.a.packer)
}

// find finds the row of a document whose text can be read; sql.ErrNoRows
// where there is none.
func (t *tx) find(id string) (*docRow, error) {
	if t.textless[id] {
		if err := t.flush(); err != nil {
			return nil, err
		}
	}
	r, d := new(docRow), new(docTargets)
	if err := t.w.scan(t.ctx, selectDoc+"id = ?", []any{id}, d.into(r)...); err != nil {
		return nil, err
	}
	return r, d.complete(r)
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
	return t.wait(pending{place: place, doc: &r.Document, statement: s}, s.Extent().Len())
}

// seconds is a time as a column holds it.
func seconds(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.Unix()
}

// wait keeps a row of about so many bytes for the end of the transaction.
func (t *tx) wait(p pending, size int) error {
	t.waiting = append(t.waiting, &p)
	t.maker.add(&p)
	if t.bytes += size; t.bytes < maxWaiting {
		return nil
	}
	return t.flush()
}

// maker makes rows, and packs texts, in a goroutine of its own, one after the other.
type maker struct {
	rows   *archive.Rows
	packer *archive.Packer
	jobs   chan *pending // nil while nothing is under way
	done   chan struct{}
}

func (m *maker) add(p *pending) {
	if m.jobs == nil {
		m.jobs, m.done = make(chan *pending, 256), make(chan struct{})
		go func(jobs <-chan *pending, done chan<- struct{}) {
			defer close(done)
			for p := range jobs {
				p.make(m.rows, m.packer)
			}
		}(m.jobs, m.done)
	}
	m.jobs <- p
}

// finish waits until all rows are made.
func (m *maker) finish() {
	if m.jobs != nil {
		close(m.jobs)
		<-m.done
		m.jobs = nil
	}
}

func (p *pending) make(rows *archive.Rows, packer *archive.Packer) {
	if p.no != 0 {
		for raw := range slices.Chunk([]byte(p.doc.Text), pieceSize) {
			p.pieces = append(p.pieces, packer.Squeeze(raw))
		}
	}
	if p.statement == nil {
		p.row = rows.Document(p.doc)
	} else {
		p.row = rows.Statement(p.doc, p.statement)
	}
}

const (
	addWord    = "INSERT INTO words (rowid, form, stem, speaker, tags) VALUES (?, ?, ?, ?, ?)"
	removeWord = "INSERT INTO words (words, rowid, form, stem, speaker, tags) VALUES ('delete', ?, ?, ?, ?, ?)"
	addVoice   = "INSERT INTO voices (rowid, form, stem, speaker, tags) VALUES (?, ?, ?, ?, ?)"
	dropVoice  = "INSERT INTO voices (voices, rowid, form, stem, speaker, tags) VALUES ('delete', ?, ?, ?, ?, ?)"
)

func (p *pending) query() string {
	switch {
	case p.statement == nil && p.remove:
		return dropVoice
	case p.statement == nil:
		return addVoice
	case p.remove:
		return removeWord
	}
	return addWord
}

// flush gives the search tables their rows in the order of their places; of
// one place, in the order of the transaction.
func (t *tx) flush() error {
	t.maker.finish()
	slices.SortStableFunc(t.waiting, func(a, b *pending) int { return cmp.Compare(a.place, b.place) })
	for _, p := range t.waiting {
		if err := t.ended(); err != nil {
			return err
		}
		if err := t.putPieces(p); err != nil {
			return err
		}
		if err := t.w.exec(t.ctx, p.query(), p.place, p.row.Form, p.row.Stem, p.row.Speaker, p.row.Tags); err != nil {
			return err
		}
	}
	t.waiting, t.bytes = nil, 0
	clear(t.textless)
	return nil
}

func (t *tx) PutParty(p archive.Party) error {
	known, err := t.hasParty(p.ID)
	if err != nil {
		return err
	}
	if !known {
		t.totals.parties++
	}
	names, err := json.Marshal(p.Names)
	if err != nil {
		return err
	}
	values := []any{p.ID, p.Name, int64(p.Kind), string(names), p.Of}
	return t.w.exec(t.ctx, "INSERT OR REPLACE INTO parties (id, name, kind, names, party, sum) VALUES (?,?,?,?,?,?)", append(values, sum(values...))...)
}

func (t *tx) hasParty(id string) (bool, error) {
	var n int
	err := t.w.scan(t.ctx, "SELECT count(*) FROM parties WHERE id = ?", []any{id}, &n)
	return n > 0, err
}

func (t *tx) RemoveParty(id string) error {
	known, err := t.hasParty(id)
	if err != nil || !known {
		return err
	}
	t.totals.parties--
	return t.w.exec(t.ctx, "DELETE FROM parties WHERE id = ?", id)
}

// Drop makes the derived tables anew.
func (t *tx) Drop() error {
	t.maker.finish()
	t.waiting, t.bytes, t.last = nil, 0, nil
	clear(t.textless)
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
		if old == nil {
			return nil
		}
		t.totals.marks--
		return t.w.exec(t.ctx, "DELETE FROM marks WHERE space = ? AND key = ?", space, key)
	}
	if old == nil {
		t.totals.marks++
	}
	return t.w.exec(t.ctx, "INSERT OR REPLACE INTO marks (space, key, value, sum) VALUES (?, ?, ?, ?)", space, key, value, sum(space, key, value))
}
