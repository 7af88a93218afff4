package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"golang.org/x/mod/sumdb/tlog"
	"modernc.org/sqlite"
)

// querier is a database or a connection of one.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// writer is the one connection that changes the file.
type writer struct {
	db    *sql.DB
	turn  chan struct{} // holds one token; who has it may use the rest
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	rows  *archive.Rows
	// What the transaction did to the search tables, told by SQLite.
	dirty map[block]struct{}
	moved [2]int64 // by table: the digests of rows of _idx that came, less those that went
}

// block is a row of words_data (tbl 0) or voices_data (tbl 1).
type block struct{ tbl, id int64 }

// newWriter takes the connection of a database that has but one.
func newWriter(ctx context.Context, db *sql.DB) (*writer, error) {
	db.SetMaxOpenConns(1)
	w := &writer{db: db, turn: make(chan struct{}, 1), stmts: make(map[string]*sql.Stmt), dirty: make(map[block]struct{})}
	w.turn <- struct{}{}
	var err error
	if w.conn, err = db.Conn(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	err = w.conn.Raw(func(conn any) error {
		hooks, ok := conn.(sqlite.HookRegisterer)
		if !ok {
			return errors.New("the driver does not tell of changes")
		}
		hooks.RegisterPreUpdateHook(w.changed)
		return nil
	})
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

// Operations that SQLite tells of (sqlite.org/c3ref/c_alter_table.html).
const sqliteDelete = 9

// changed hears of every row that changes. The search tables are written by
// FTS5, so this is the one place where their digests can be kept up.
func (w *writer) changed(d sqlite.SQLitePreUpdateData) {
	switch d.TableName {
	case "words_data":
		w.touch(0, &d)
	case "voices_data":
		w.touch(1, &d)
	case "words_idx":
		w.move(0, &d)
	case "voices_idx":
		w.move(1, &d)
	}
}

func (w *writer) touch(tbl int64, d *sqlite.SQLitePreUpdateData) {
	w.dirty[block{tbl, d.OldRowID}] = struct{}{}
	w.dirty[block{tbl, d.NewRowID}] = struct{}{}
}

func (w *writer) move(tbl int64, d *sqlite.SQLitePreUpdateData) {
	row := make([]any, 3)
	if d.Op == sqliteDelete {
		if d.Old(row...) == nil {
			w.moved[tbl] -= sum(row...)
		}
		return
	}
	if d.New(row...) == nil { // FTS5 never updates such a row
		w.moved[tbl] += sum(row...)
	}
}

// forget drops what was heard.
func (w *writer) forget() {
	clear(w.dirty)
	w.moved = [2]int64{}
}

// openWriter opens the writing connection, with every commit synced.
func openWriter(ctx context.Context, a *Archive) (*writer, error) {
	name := dsn(a.path, "rw", a.opt.wait()) +
		"&_txlock=immediate&_pragma=synchronous(FULL)&_pragma=cache_size(-16384)&_pragma=temp_store(MEMORY)&_pragma=wal_autocheckpoint(2000)"
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	w, err := newWriter(ctx, db)
	if err != nil {
		return nil, err
	}
	w.rows = archive.NewRows(a.opt.Folder)
	return w, nil
}

// close empties the write-ahead log into the file.
func (w *writer) close() error {
	var errs []error
	if w.conn != nil {
		_, err := w.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		if c := code(err); c != busy && c != readOnly {
			errs = append(errs, err)
		}
		for _, s := range w.stmts {
			errs = append(errs, s.Close())
		}
		errs = append(errs, w.conn.Close())
	}
	return errors.Join(append(errs, w.db.Close())...)
}

// exec runs a statement that is prepared once.
func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	stmt, err := w.prepare(ctx, query)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(ctx, args...)
	return err
}

func (w *writer) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := w.stmts[query]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err == nil {
		w.stmts[query] = s
	}
	return s, err
}

// scan reads one row of a prepared query; sql.ErrNoRows where there is none.
func (w *writer) scan(ctx context.Context, query string, args []any, into ...any) error {
	stmt, err := w.prepare(ctx, query)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(into...)
}

// Write runs one transaction.
func (a *Archive) Write(ctx context.Context, do func(*archive.Tx) error) error {
	if a.write == nil {
		return &fault.Error{Kind: fault.Invalid, Input: a.path, Err: errors.New("the archive was opened for reading only")}
	}
	select {
	case <-a.write.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { a.write.turn <- struct{}{} }()
	return explain(a.path, a.transact(ctx, do))
}

func (a *Archive) transact(ctx context.Context, do func(*archive.Tx) error) error {
	w := a.write
	if err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	w.forget()
	committed := false
	defer func() {
		if !committed {
			// After some errors SQLite has rolled back already.
			w.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	// The driver starts a goroutine for every statement that could be
	// interrupted; instead, ctx is looked at between steps.
	t := &tx{a: a, w: w, ctx: context.WithoutCancel(ctx), ended: ctx.Err, fold: a.folding(), maker: maker{rows: w.rows, packer: a.packer}}
	defer t.maker.finish()
	if err := t.load(); err != nil {
		return err
	}
	if err := do(&archive.Tx{Evidence: t, Derived: t, Marks: t}); err != nil {
		return err
	}
	if err := t.finish(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.exec(context.WithoutCancel(ctx), "COMMIT"); err != nil {
		return err
	}
	committed = true
	a.fold.Store(t.fold)
	return nil
}

// totals are the counts that the table of this name holds.
type totals struct {
	docs, statements, parties, marks int64
	words, voices                    int64 // digests of the tables _idx
}

// fields are the columns by name, in a fixed order.
func (t *totals) fields() []struct {
	name  string
	value *int64
} {
	return []struct {
		name  string
		value *int64
	}{
		{"docs", &t.docs},
		{"statements", &t.statements},
		{"parties", &t.parties},
		{"marks", &t.marks},
		{"words_idx", &t.words},
		{"voices_idx", &t.voices},
	}
}

// readTotals reads the table totals; sound is false where its digest differs.
func readTotals(ctx context.Context, q querier) (t totals, sound bool, err error) {
	rows, err := q.QueryContext(ctx, "SELECT name, value FROM totals")
	if err != nil {
		return t, false, err
	}
	defer rows.Close()
	values := make(map[string]int64)
	for rows.Next() {
		var name string
		var value int64
		if err := rows.Scan(&name, &value); err != nil {
			return t, false, err
		}
		values[name] = value
	}
	for _, f := range t.fields() {
		*f.value = values[f.name]
	}
	return t, values["sum"] == t.sum() && len(values) == len(t.fields())+1, rows.Err()
}

func (t *totals) sum() int64 {
	var list []any
	for _, f := range t.fields() {
		list = append(list, f.name, *f.value)
	}
	return sum(list...)
}

// store writes the totals.
func (w *writer) store(ctx context.Context, t *totals) error {
	const set = "INSERT OR REPLACE INTO totals (name, value) VALUES (?, ?)"
	for _, f := range t.fields() {
		if err := w.exec(ctx, set, f.name, *f.value); err != nil {
			return err
		}
	}
	return w.exec(ctx, set, "sum", t.sum())
}

// blockQueries read a block of each search table.
var blockQueries = [...]string{"SELECT block FROM words_data WHERE id = ?", "SELECT block FROM voices_data WHERE id = ?"}

// digests brings the digests of the search tables up to date with what was
// heard since the last time.
func (w *writer) digests(ctx context.Context, t *totals) error {
	// A savepoint has FTS5 write what it would otherwise write on commit.
	if err := w.exec(ctx, "SAVEPOINT written"); err != nil {
		return err
	}
	if err := w.exec(ctx, "RELEASE written"); err != nil {
		return err
	}
	dirty := slices.SortedFunc(maps.Keys(w.dirty), func(a, b block) int { return cmp.Or(cmp.Compare(a.tbl, b.tbl), cmp.Compare(a.id, b.id)) })
	for _, d := range dirty {
		var data []byte
		err := w.scan(ctx, blockQueries[d.tbl], []any{d.id}, &data)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			err = w.exec(ctx, "DELETE FROM sums WHERE tbl = ? AND id = ?", d.tbl, d.id)
		case err == nil:
			err = w.exec(ctx, "INSERT OR REPLACE INTO sums (tbl, id, sum) VALUES (?, ?, ?)", d.tbl, d.id, sum(d.id, data))
		}
		if err != nil {
			return err
		}
	}
	t.words += w.moved[0]
	t.voices += w.moved[1]
	w.forget()
	return nil
}

// encodeSpans writes spans as pairs of varints.
func encodeSpans(spans []span) []byte {
	b := []byte{} // nil would be NULL
	at := 0
	for _, s := range spans {
		b = binary.AppendVarint(b, int64(s.Start-at))
		b = binary.AppendVarint(b, int64(s.Len()))
		at = s.End
	}
	return b
}

func decodeSpans(b []byte) ([]span, error) {
	var spans []span
	at := 0
	for len(b) > 0 {
		start, n := binary.Varint(b)
		length, m := binary.Varint(b[max(n, 0):])
		if n <= 0 || m <= 0 || length < 0 || at+int(start) < 0 {
			return nil, errors.New("the spans of a document are damaged")
		}
		b = b[n+m:]
		s := span{Start: at + int(start), End: at + int(start) + int(length)}
		spans = append(spans, s)
		at = s.End
	}
	return spans, nil
}

// sign puts a checkpoint over all entries.
func (t *tx) sign() error {
	hashes := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) { return t.hashes(at) })
	root, err := tlog.TreeHash(t.size, hashes)
	if err != nil {
		return err
	}
	signed, err := t.a.signer.Sign(t.size, root)
	if err != nil {
		return err
	}
	return t.setMeta(keyCheckpoint, string(signed))
}
