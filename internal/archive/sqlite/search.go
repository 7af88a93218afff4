package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"github.com/isnad/isnad/internal/archive"
)

func (x index) Search(ctx context.Context, s archive.Search) (archive.Found, error) {
	if x.a.folding() != x.a.opt.Folder.ID() {
		return archive.Found{}, staleIndex(x.a.path)
	}
	found, err := x.search(ctx, &s)
	return found, explain(x.a.path, err)
}

func (x index) search(ctx context.Context, s *archive.Search) (archive.Found, error) {
	conn, done, err := x.a.snapshot(ctx)
	if err != nil {
		return archive.Found{}, err
	}
	defer done()
	var found archive.Found
	size := s.Size()
	limit := size + 1
	if s.Rank {
		limit = archive.RankedAmong + 1
	}
	look := searchStatements
	if s.Documents {
		look = searchDocuments
	}
	for _, p := range s.Parts() {
		hits, err := look(ctx, conn, p, limit-len(found.Hits))
		if err != nil {
			return archive.Found{}, err
		}
		if found.Hits = append(found.Hits, hits...); len(found.Hits) == limit {
			break
		}
	}
	switch {
	case len(found.Hits) < limit:
	case s.Rank:
		found.Bounded = true
		found.Hits = found.Hits[:limit-1]
	default:
		found.Hits = found.Hits[:size]
		found.Next = found.Hits[size-1].Place
	}
	if err := x.passages(ctx, conn, found.Hits); err != nil {
		return archive.Found{}, err
	}
	share, err := shares(ctx, conn, s)
	if err != nil {
		return archive.Found{}, err
	}
	archive.Finish(x.a.opt.Folder, s, &found, share)
	return found, nil
}

// searchStatements reads the newest statements that match, without passages.
func searchStatements(ctx context.Context, conn *sql.Conn, p archive.Part, limit int) ([]archive.Hit, error) {
	const columns = "s.place, s.doc, s.ord, s.stance, s.polarity, s.said_from, s.said_to, s.body, s.sum, " +
		"d.no, d.id, d.place, d.capture, d.captured, d.published, d.lang, d.title, d.publisher, d.author, d.url, " +
		"d.reader, d.narrative, d.size, d.first, d.count, d.sum"
	query := "SELECT " + columns + " FROM statements s CROSS JOIN docs d ON d.no = s.doc WHERE s.place >= ? AND s.place < ? ORDER BY s.place DESC LIMIT ?"
	args := []any{p.First, p.End, limit}
	if p.Expr != nil {
		query = "SELECT " + columns + " FROM words CROSS JOIN statements s ON s.place = words.rowid CROSS JOIN docs d ON d.no = s.doc" +
			" WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? ORDER BY words.rowid DESC LIMIT ?"
		args = append([]any{expression(p.Expr, false)}, args...)
	}
	rows, err := conn.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []archive.Hit
	for rows.Next() {
		var row statementRow
		var r docRow
		var d docTargets
		if err := rows.Scan(append(row.into(), d.into(&r)...)...); err != nil {
			return nil, err
		}
		if err := d.complete(&r); err != nil {
			return nil, err
		}
		statement, err := row.decode()
		if err != nil {
			return nil, err
		}
		hits = append(hits, archive.Hit{Place: row.place, Doc: r.Document, No: r.No, Statement: &statement, Ord: int(row.ord)})
	}
	return hits, rows.Err()
}

// searchDocuments reads the newest documents whose own voice matches.
func searchDocuments(ctx context.Context, conn *sql.Conn, p archive.Part, limit int) ([]archive.Hit, error) {
	e := p.Expr
	if e == nil {
		e = &archive.Expr{Op: archive.Match, In: archive.Tag, Words: []string{archive.TagDoc}}
	}
	places, err := matchingVoices(ctx, conn, e, p.First, p.End, limit)
	if err != nil {
		return nil, err
	}
	var hits []archive.Hit
	for _, place := range places {
		r, err := readDoc(ctx, conn, "place = ?", place)
		if err != nil {
			return nil, err
		}
		hits = append(hits, archive.Hit{Place: place, Doc: r.Document, No: r.No, Ord: -1})
	}
	return hits, nil
}

func matchingVoices(ctx context.Context, conn *sql.Conn, e *archive.Expr, first, end int64, limit int) ([]int64, error) {
	rows, err := conn.QueryContext(ctx, "SELECT rowid FROM voices WHERE voices MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
		expression(e, true), first, end, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var places []int64
	for rows.Next() {
		var place int64
		if err := rows.Scan(&place); err != nil {
			return nil, err
		}
		places = append(places, place)
	}
	return places, rows.Err()
}

// maxVoice is how much of a document is looked at for marks and rank, in bytes.
const maxVoice = 1 << 20

// passages loads the text that each hit stands in; statements of one document
// often share it.
func (x index) passages(ctx context.Context, conn *sql.Conn, hits []archive.Hit) error {
	type part struct{ doc, start, end int64 }
	known := make(map[part]string)
	read, err := conn.PrepareContext(ctx, selectPieces)
	if err != nil {
		return err
	}
	defer read.Close()
	for i := range hits {
		h := &hits[i]
		p := part{doc: h.No, end: maxVoice}
		if h.Statement != nil {
			e := h.Statement.Extent()
			p.start, p.end = int64(e.Start)/pieceSize*pieceSize, (int64(e.End)+pieceSize-1)/pieceSize*pieceSize
			p.end = min(p.end, p.start+maxVoice)
		}
		raw, ok := known[p]
		if !ok {
			if raw, err = readText(ctx, read, x.a.packer, p.doc, p.start, p.end); err != nil {
				return err
			}
			known[p] = raw
		}
		if h.Statement != nil && p.start+int64(len(raw)) < min(int64(h.Statement.Extent().End), p.end) {
			return altered("text of document", h.No)
		}
		h.Passage, h.At = raw, int(p.start)
	}
	return nil
}

// expression writes an expression in the language of FTS5. Every word is
// quoted, and no folded word holds a quotation mark.
func expression(e *archive.Expr, voices bool) string {
	var b strings.Builder
	writeExpression(&b, e, voices)
	return b.String()
}

func writeExpression(b *strings.Builder, e *archive.Expr, voices bool) {
	switch e.Op {
	case archive.All:
		writeAll(b, e.Kids, voices)
	case archive.Any:
		b.WriteByte('(')
		for i := range e.Kids {
			if i > 0 {
				b.WriteString(" OR ")
			}
			writeExpression(b, &e.Kids[i], voices)
		}
		b.WriteByte(')')
	case archive.Not:
		writeAll(b, []archive.Expr{*e}, voices)
	default:
		switch e.In {
		case archive.Exact:
			b.WriteString("{form speaker} : ")
		case archive.Speaker:
			b.WriteString("speaker : ")
		}
		b.WriteString(`"` + strings.ReplaceAll(strings.Join(e.Words, " "), `"`, " ") + `"`)
	}
}

// writeAll writes a conjunction. FTS5 has no negation on its own: what is
// negated is taken from the other kids or, where there are none, from all rows.
func writeAll(b *strings.Builder, kids []archive.Expr, voices bool) {
	b.WriteByte('(')
	n := 0
	for i := range kids {
		if kids[i].Op == archive.Not {
			continue
		}
		if n > 0 {
			b.WriteString(" AND ")
		}
		n++
		writeExpression(b, &kids[i], voices)
	}
	if n == 0 {
		b.WriteString(everything(voices))
	}
	for i := range kids {
		if kids[i].Op == archive.Not {
			b.WriteString(" NOT ")
			writeExpression(b, &kids[i].Kids[0], voices)
		}
	}
	b.WriteByte(')')
}

// everything matches every row: a statement has one of three polarities.
func everything(voices bool) string {
	if voices {
		return `"` + archive.TagDoc + `"`
	}
	return `("p:affirm" OR "p:deny" OR "p:neutral")`
}

// window is the number of newest statements in which the share of a word is counted.
const window = 20000

// shares counts how common each leaf of a ranked search is among the newest
// rows, which bounds the work; nil where it does not matter.
func shares(ctx context.Context, conn *sql.Conn, s *archive.Search) (func(*archive.Expr) float64, error) {
	if !s.Rank || s.Expr == nil || s.Documents {
		return nil, nil
	}
	leaves := s.Expr.Wanted(nil)
	if len(leaves) < 2 {
		return func(*archive.Expr) float64 { return 0.5 }, nil
	}
	var floor, rows int64
	err := conn.QueryRowContext(ctx, "SELECT coalesce(min(place), 0), count(*) FROM (SELECT place FROM statements ORDER BY place DESC LIMIT ?)", window).Scan(&floor, &rows)
	if err != nil {
		return nil, err
	}
	known := make(map[*archive.Expr]float64)
	for _, leaf := range leaves {
		var n int64
		err := conn.QueryRowContext(ctx, "SELECT count(*) FROM words WHERE words MATCH ? AND rowid >= ?", expression(leaf, false), floor).Scan(&n)
		if err != nil {
			return nil, err
		}
		known[leaf] = (float64(n) + 0.5) / (float64(rows) + 1)
	}
	return func(leaf *archive.Expr) float64 { return known[leaf] }, nil
}
