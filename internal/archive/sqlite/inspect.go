package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/isnad/isnad/internal/archive"
)

// Inspect checks the structure of the file, the tables against the ones this
// program makes, every row of the index against its digest, and the counts.
func (a *Archive) Inspect(ctx context.Context, report func(archive.Finding)) error {
	conn, done, err := a.snapshot(ctx)
	if err != nil {
		return explain(a.path, err)
	}
	defer done()
	in := &inspection{a: a, q: conn, report: report}
	for _, step := range []func(context.Context) error{
		in.structure, in.schema, in.meta, in.documents, in.parties, in.marks, in.blocks, in.totals,
	} {
		if err := step(ctx); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			in.say("file", "", "cannot be read further: %v", err)
		}
	}
	return nil
}

type inspection struct {
	a      *Archive
	q      *sql.Conn
	report func(archive.Finding)
	counts totals // what was counted, and digested
}

func (in *inspection) say(part, name, format string, args ...any) {
	in.report(archive.Finding{Part: part, Name: name, Problem: fmt.Sprintf(format, args...)})
}

// each calls f for every row of a query.
func each(ctx context.Context, q querier, query string, f func(*sql.Rows) error) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// structure has SQLite check pages, cells, the order of keys and the indexes.
func (in *inspection) structure(ctx context.Context) error {
	return each(ctx, in.q, "PRAGMA integrity_check(20)", func(rows *sql.Rows) error {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			in.say("file", "", "%s", line)
		}
		return nil
	})
}

// schema compares the definitions of the tables.
func (in *inspection) schema(ctx context.Context) error {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, schemaSQL+derivedSQL); err != nil {
		return err
	}
	want, err := definitions(ctx, db)
	if err != nil {
		return err
	}
	got, err := definitions(ctx, in.q)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			in.say("file", name, "the definition of this table was altered")
		}
		delete(got, name)
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		in.say("file", name, "this table does not belong to an archive")
	}
	return nil
}

func definitions(ctx context.Context, q querier) (map[string]string, error) {
	all := make(map[string]string)
	return all, each(ctx, q, "SELECT type || ' ' || name || ' ' || tbl_name, coalesce(sql, '') FROM sqlite_schema", func(rows *sql.Rows) error {
		var name, def string
		if err := rows.Scan(&name, &def); err != nil {
			return err
		}
		all[name] = def
		return nil
	})
}

func (in *inspection) meta(ctx context.Context) error {
	keys := map[string]bool{keySecret: false, keyPublic: false, keyCheckpoint: false, keyFold: false}
	err := each(ctx, in.q, "SELECT key, value, sum FROM meta", func(rows *sql.Rows) error {
		var key string
		var value []byte
		var want int64
		if err := rows.Scan(&key, &value, &want); err != nil {
			return err
		}
		if sum(key, string(value)) != want {
			in.say("file", key, "this row of the table meta was altered")
		}
		keys[key] = true
		return nil
	})
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		if !keys[key] {
			in.say("file", key, "this row of the table meta is missing")
		}
	}
	return err
}

// documents reads every document with its text and statements.
func (in *inspection) documents(ctx context.Context) error {
	pieces := int64(0)
	for no := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var next int64
		err := in.q.QueryRowContext(ctx, "SELECT no FROM docs WHERE no > ? ORDER BY no LIMIT 1", no).Scan(&next)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err != nil {
			return err
		}
		no = next
		in.counts.docs++
		n, err := in.document(ctx, no)
		pieces += n
		if err != nil {
			in.say("index", fmt.Sprintf("document %d", no), "%v", err)
		}
	}
	var havePieces, haveStatements int64
	err := in.q.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM pieces), (SELECT count(*) FROM statements)").Scan(&havePieces, &haveStatements)
	if err == nil && havePieces != pieces {
		in.say("index", "", "%d pieces of text belong to documents, there are %d", pieces, havePieces)
	}
	if err == nil && haveStatements != in.counts.statements {
		in.say("index", "", "%d statements belong to documents, there are %d", in.counts.statements, haveStatements)
	}
	return err
}

// document reads one and returns the number of its pieces.
func (in *inspection) document(ctx context.Context, no int64) (pieces int64, err error) {
	r, err := readDoc(ctx, in.q, "no = ?", no)
	if err != nil {
		return 0, err
	}
	in.counts.statements += r.count
	pieces = (r.size + pieceSize - 1) / pieceSize
	if err := r.loadText(ctx, in.q, in.a.packer); err != nil {
		return pieces, err
	}
	if err := r.loadStatements(ctx, in.q); err != nil {
		return pieces, err
	}
	for i := range r.Statements {
		if err := r.Statements[i].Check(r.Text); err != nil {
			return pieces, fmt.Errorf("statement %d: %w", i, err)
		}
	}
	return pieces, nil
}

func (in *inspection) parties(ctx context.Context) error {
	for _, err := range in.a.Index().Parties(ctx) {
		if err != nil {
			in.say("index", "", "%v", err)
			return nil
		}
		in.counts.parties++
	}
	return nil
}

func (in *inspection) marks(ctx context.Context) error {
	return each(ctx, in.q, "SELECT space, key, value, sum FROM marks", func(rows *sql.Rows) error {
		var space, key string
		var value []byte
		var want int64
		if err := rows.Scan(&space, &key, &value, &want); err != nil {
			return err
		}
		in.counts.marks++
		if sum(space, key, value) != want {
			in.say("index", "mark "+space+" "+key, "was altered")
		}
		return nil
	})
}

// blocks compares the blocks of the search tables with their digests.
func (in *inspection) blocks(ctx context.Context) error {
	for tbl, name := range [...]string{"words", "voices"} {
		query := "SELECT coalesce(b.id, s.id), b.block, s.sum FROM " + name + "_data b FULL JOIN (SELECT id, sum FROM sums WHERE tbl = " +
			fmt.Sprint(tbl) + ") s ON s.id = b.id"
		err := each(ctx, in.q, query, func(rows *sql.Rows) error {
			var id int64
			var block []byte
			var want sql.NullInt64
			if err := rows.Scan(&id, &block, &want); err != nil {
				return err
			}
			if !want.Valid || sum(id, block) != want.Int64 {
				in.say("index", fmt.Sprintf("%s block %d", name, id), "was altered")
			}
			return nil
		})
		if err != nil {
			return err
		}
		total := &in.counts.words
		if tbl == 1 {
			total = &in.counts.voices
		}
		if err := in.heads(ctx, name, total); err != nil {
			return err
		}
	}
	return nil
}

// heads digests the table that finds the blocks, and looks at the settings.
func (in *inspection) heads(ctx context.Context, name string, total *int64) error {
	err := each(ctx, in.q, "SELECT segid, term, pgno FROM "+name+"_idx", func(rows *sql.Rows) error {
		var segid, pgno int64
		var term []byte
		if err := rows.Scan(&segid, &term, &pgno); err != nil {
			return err
		}
		*total += sum(segid, term, pgno)
		return nil
	})
	if err != nil {
		return err
	}
	settings := make(map[string]any)
	err = each(ctx, in.q, "SELECT k, v FROM "+name+"_config", func(rows *sql.Rows) error {
		var k string
		var v any
		if err := rows.Scan(&k, &v); err != nil {
			return err
		}
		settings[k] = v
		return nil
	})
	if err == nil && fmt.Sprint(settings) != ftsSettings {
		in.say("index", name+" settings", "were altered: %v", settings)
	}
	return err
}

// ftsSettings are what the tables _config hold: the version of FTS5's format
// and what derived.sql sets.
const ftsSettings = "map[automerge:8 version:4]"

func (in *inspection) totals(ctx context.Context) error {
	t, sound, err := readTotals(ctx, in.q)
	if err != nil {
		return err
	}
	if !sound {
		in.say("index", "totals", "was altered")
	}
	have, want := in.counts.fields(), t.fields()
	for i := range want {
		if *have[i].value != *want[i].value {
			in.say("index", want[i].name, "does not agree with the total: rows were altered, added or removed")
		}
	}
	return nil
}

// tableOrders are the derived tables with the order of their rows.
var tableOrders = [...][2]string{
	{"docs", "no"},
	{"pieces", "n"},
	{"statements", "place"},
	{"parties", "id"},
	{"marks", "space, key"},
	{"words_data", "id"},
	{"words_idx", "segid, term"},
	{"words_config", "k"},
	{"voices_data", "id"},
	{"voices_idx", "segid, term"},
	{"voices_config", "k"},
	{"sums", "tbl, id"},
	{"totals", "name"},
}

// Tables digests every derived table.
func (a *Archive) Tables(ctx context.Context) ([]archive.Table, error) {
	conn, done, err := a.snapshot(ctx)
	if err != nil {
		return nil, explain(a.path, err)
	}
	defer done()
	var tables []archive.Table
	for _, t := range tableOrders {
		table, err := digestTable(ctx, conn, t[0], t[1])
		if err != nil {
			return nil, explain(a.path, err)
		}
		tables = append(tables, table)
	}
	return tables, nil
}

// Counts reads the counts that every write keeps up.
func (a *Archive) Counts(ctx context.Context) (archive.Counts, error) {
	t, _, err := readTotals(ctx, a.read)
	return archive.Counts{Documents: t.docs, Statements: t.statements, Names: t.parties}, explain(a.path, err)
}

func digestTable(ctx context.Context, q querier, name, order string) (archive.Table, error) {
	t := archive.Table{Name: name}
	h := sha256.New()
	var buf [9]byte
	var values []any
	err := each(ctx, q, "SELECT * FROM "+name+" ORDER BY "+order, func(rows *sql.Rows) error {
		if values == nil {
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			values = make([]any, len(columns))
		}
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for _, v := range values {
			digest(h, &buf, v)
		}
		t.Rows++
		return nil
	})
	h.Sum(t.Digest[:0])
	return t, err
}
