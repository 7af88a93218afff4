package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
)

type index struct{ a *Archive }

// The pieces of a text: piece i of document no has the number no<<pieceBits|i.
const (
	pieceBits = 20
	pieceSize = 64 << 10
	maxText   = 1 << 30 // of one document, in bytes
)

// docColumns are the columns of docs but the digest.
const docColumns = "no, id, place, capture, captured, published, lang, title, publisher, author, url, reader, narrative, size, first, count"

const selectDoc = "SELECT " + docColumns + ", sum FROM docs WHERE "

// docRow is a row of docs.
type docRow struct {
	archive.Filed
	place, first, count int64
	size                int64 // of the text, in bytes
}

// values are what the row holds, in the order of docColumns.
func (r *docRow) values() []any {
	return []any{
		r.No, r.ID, r.place, r.Capture, seconds(r.Captured), seconds(r.Published), r.Lang, r.Title, r.Publisher, r.Author, r.URL,
		r.Reader, encodeSpans(r.Narrative), r.size, r.first, r.count,
	}
}

// docTargets is where a row of docs is scanned to.
type docTargets struct {
	captured, published sql.NullInt64
	narrative           []byte
	sum                 int64
}

func (d *docTargets) into(r *docRow) []any {
	return []any{
		&r.No, &r.ID, &r.place, &r.Capture, &d.captured, &d.published, &r.Lang, &r.Title, &r.Publisher, &r.Author, &r.URL,
		&r.Reader, &d.narrative, &r.size, &r.first, &r.count, &d.sum,
	}
}

// complete sets what was not scanned in place, and checks the digest.
func (d *docTargets) complete(r *docRow) error {
	r.Captured, r.Published = moment(d.captured), moment(d.published)
	var err error
	if r.Narrative, err = decodeSpans(d.narrative); err != nil {
		return err
	}
	if sum(r.values()...) != d.sum {
		return altered("document", r.No)
	}
	return nil
}

func moment(at sql.NullInt64) time.Time {
	if !at.Valid {
		return time.Time{}
	}
	return time.Unix(at.Int64, 0).UTC()
}

func altered(what string, n any) error {
	return &fault.Error{
		Kind: fault.Invalid, Err: fmt.Errorf("the row of %s %v in the index was altered", what, n), Hint: "verify the archive, then run isnad rebuild",
	}
}

// readDoc reads a row of docs; sql.ErrNoRows where there is none.
func readDoc(ctx context.Context, q querier, where string, arg any) (*docRow, error) {
	r, d := new(docRow), new(docTargets)
	err := q.QueryRowContext(ctx, selectDoc+where, arg).Scan(d.into(r)...)
	if err != nil {
		return nil, err
	}
	return r, d.complete(r)
}

// loadText reads the whole text.
func (r *docRow) loadText(ctx context.Context, q querier, p *archive.Packer) error {
	var err error
	r.Text, err = readText(ctx, unprepared{q}, p, r.No, 0, r.size)
	if err == nil && int64(len(r.Text)) != r.size {
		err = altered("text of document", r.No)
	}
	return err
}

const selectPieces = "SELECT n, size, packed, sum FROM pieces WHERE n BETWEEN ? AND ? ORDER BY n"

// pieceReader runs selectPieces; a prepared statement does.
type pieceReader interface {
	QueryContext(ctx context.Context, args ...any) (*sql.Rows, error)
}

// unprepared runs it for a single reading.
type unprepared struct{ q querier }

func (u unprepared) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	return u.q.QueryContext(ctx, selectPieces, args...)
}

// readText reads the pieces that hold the bytes from start to end of a
// document's text, as far as there are any: the result begins with the piece
// that start lies in.
func readText(ctx context.Context, pieces pieceReader, p *archive.Packer, no, start, end int64) (string, error) {
	first := no<<pieceBits | start/pieceSize
	last := no<<pieceBits | max(end-1, 0)/pieceSize
	rows, err := pieces.QueryContext(ctx, first, last)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var b strings.Builder
	for next := first; rows.Next(); next++ {
		var n, size, want int64
		var packed []byte
		if err := rows.Scan(&n, &size, &packed, &want); err != nil {
			return "", err
		}
		if n != next || sum(n, size, packed) != want {
			return "", altered("text of document", no)
		}
		piece, err := p.Expand(packed, size)
		if err != nil {
			return "", fmt.Errorf("text of document %d: %w", no, err)
		}
		b.Write(piece)
	}
	return b.String(), rows.Err()
}

const statementColumns = "place, doc, ord, stance, polarity, said_from, said_to, body, sum"

// statementRow is a row of statements.
type statementRow struct {
	place, doc, ord, stance, polarity, sum int64
	from, to                               sql.NullInt64
	body                                   []byte
}

func (s *statementRow) into() []any {
	return []any{&s.place, &s.doc, &s.ord, &s.stance, &s.polarity, &s.from, &s.to, &s.body, &s.sum}
}

// decode checks the digest and reads the statement.
func (s *statementRow) decode() (archive.Statement, error) {
	null := func(n sql.NullInt64) any {
		if !n.Valid {
			return nil
		}
		return n.Int64
	}
	if sum(s.place, s.doc, s.ord, s.stance, s.polarity, null(s.from), null(s.to), s.body) != s.sum {
		return archive.Statement{}, altered("statement", fmt.Sprintf("%d of document %d", s.ord, s.doc))
	}
	return archive.DecodeStatement(s.body)
}

// loadStatements reads all statements of the document.
func (r *docRow) loadStatements(ctx context.Context, q querier) error {
	if r.count == 0 {
		return nil
	}
	rows, err := q.QueryContext(ctx, "SELECT "+statementColumns+" FROM statements WHERE place >= ? AND place < ? ORDER BY place", r.first, r.first+r.count)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row statementRow
		if err := rows.Scan(row.into()...); err != nil {
			return err
		}
		s, err := row.decode()
		if err != nil {
			return err
		}
		if row.doc != r.No || row.ord != int64(len(r.Statements)) {
			return altered("statement", fmt.Sprintf("%d of document %d", len(r.Statements), r.No))
		}
		r.Statements = append(r.Statements, s)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if int64(len(r.Statements)) != r.count {
		return altered("statement", fmt.Sprintf("%d of document %d", len(r.Statements), r.No))
	}
	return nil
}

func (x index) Document(ctx context.Context, id string) (archive.Filed, error) {
	filed, err := x.filed(ctx, "id = ?", id)
	if errors.Is(err, sql.ErrNoRows) {
		return archive.Filed{}, &fault.Error{Kind: fault.NotFound, Input: id, Err: errors.New("no such document is filed")}
	}
	return filed, explain(x.a.path, err)
}

// filed reads a document with all that belongs to it, as of one moment.
func (x index) filed(ctx context.Context, where string, arg any) (archive.Filed, error) {
	conn, done, err := x.a.snapshot(ctx)
	if err != nil {
		return archive.Filed{}, err
	}
	defer done()
	r, err := readDoc(ctx, conn, where, arg)
	if err != nil {
		return archive.Filed{}, err
	}
	if err := r.loadText(ctx, conn, x.a.packer); err != nil {
		return archive.Filed{}, err
	}
	err = r.loadStatements(ctx, conn)
	return r.Filed, err
}

// snapshot is a connection that sees one state of the file until done.
func (a *Archive) snapshot(ctx context.Context) (conn *sql.Conn, done func(), err error) {
	if conn, err = a.read.Conn(ctx); err != nil {
		return nil, nil, err
	}
	if _, err = conn.ExecContext(ctx, "BEGIN"); err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return conn, func() {
		conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		conn.Close()
	}, nil
}

func (x index) Documents(ctx context.Context, from int64) iter.Seq2[archive.Filed, error] {
	return func(yield func(archive.Filed, error) bool) {
		for next := from; ; {
			filed, err := x.filed(ctx, "no >= ? ORDER BY no LIMIT 1", next)
			if errors.Is(err, sql.ErrNoRows) {
				return
			}
			if !yield(filed, explain(x.a.path, err)) || err != nil {
				return
			}
			next = filed.No + 1
		}
	}
}

func (x index) Parties(ctx context.Context) iter.Seq2[archive.Party, error] {
	return func(yield func(archive.Party, error) bool) {
		for last := ""; ; {
			list, err := x.parties(ctx, last)
			for _, p := range list {
				if !yield(p, nil) {
					return
				}
				last = p.ID
			}
			if err != nil {
				yield(archive.Party{}, explain(x.a.path, err))
				return
			}
			if len(list) == 0 {
				return
			}
		}
	}
}

// parties reads the next parties after an identifier.
func (x index) parties(ctx context.Context, after string) ([]archive.Party, error) {
	rows, err := x.a.read.QueryContext(ctx, "SELECT id, name, kind, names, party, sum FROM parties WHERE id > ? ORDER BY id LIMIT ?", after, chunk)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []archive.Party
	for rows.Next() {
		var p archive.Party
		var names string
		var kind, want int64
		if err := rows.Scan(&p.ID, &p.Name, &kind, &names, &p.Of, &want); err != nil {
			return list, err
		}
		if sum(p.ID, p.Name, kind, names, p.Of) != want {
			return list, altered("party", p.ID)
		}
		p.Kind = isnad.PartyKind(kind)
		if err := json.Unmarshal([]byte(names), &p.Names); err != nil {
			return list, fmt.Errorf("names of party %s: %w", p.ID, err)
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

func (x index) Mark(ctx context.Context, space, key string) ([]byte, error) {
	value, err := readMark(ctx, x.a.read, space, key)
	return value, explain(x.a.path, err)
}

func (x index) Marks(ctx context.Context, space string) iter.Seq2[archive.Note, error] {
	return func(yield func(archive.Note, error) bool) {
		for last := ""; ; {
			list, err := x.marks(ctx, space, last)
			for _, n := range list {
				if !yield(n, nil) {
					return
				}
				last = n.Key
			}
			if err != nil {
				yield(archive.Note{}, explain(x.a.path, err))
				return
			}
			if len(list) == 0 {
				return
			}
		}
	}
}

// marks reads the next marks of a space after a key.
func (x index) marks(ctx context.Context, space, after string) ([]archive.Note, error) {
	rows, err := x.a.read.QueryContext(ctx, "SELECT key, value, sum FROM marks WHERE space = ? AND key > ? ORDER BY key LIMIT ?", space, after, chunk)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []archive.Note
	for rows.Next() {
		var n archive.Note
		var want int64
		if err := rows.Scan(&n.Key, &n.Value, &want); err != nil {
			return list, err
		}
		if sum(space, n.Key, n.Value) != want {
			return list, altered("mark", space+" "+n.Key)
		}
		list = append(list, n)
	}
	return list, rows.Err()
}

func readMark(ctx context.Context, q querier, space, key string) ([]byte, error) {
	var value []byte
	var want int64
	err := q.QueryRowContext(ctx, "SELECT value, sum FROM marks WHERE space = ? AND key = ?", space, key).Scan(&value, &want)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if sum(space, key, value) != want {
		return nil, altered("mark", space+" "+key)
	}
	return value, nil
}
