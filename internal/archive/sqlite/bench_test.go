package sqlite_test

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/archivetest"
	"github.com/isnad/isnad/internal/fold"
)

// statements is how many the search benchmark looks through.
var statements = flag.Int("statements", 20000, "statements of the search benchmark")

// perDocument is how many of them a document has.
const perDocument = 10

// batch is the number of documents of one transaction.
const batch = 1000

// capture is one generated document with what is stored of it.
type capture struct {
	doc  archive.Document
	list []archive.Statement
	blob archive.Blob
}

func captures(n int) []capture {
	g := archivetest.NewGenerator(1)
	list := make([]capture, n)
	for i := range list {
		list[i].doc, list[i].list = g.Document(perDocument)
	}
	return list
}

// pack packs the blobs of a batch, as those who extract do beside the writer.
func pack(b *testing.B, p *archive.Packer, part []capture) {
	for i := range part {
		var err error
		if part[i].blob, err = p.Pack([]byte(part[i].doc.Text)); err != nil {
			b.Error(err)
		}
	}
}

// add stores and indexes a capture that was packed.
func add(tx *archive.Tx, c *capture) error {
	blob := c.blob
	if _, err := tx.Put(blob); err != nil {
		return err
	}
	n, err := tx.Append(archive.Record{Kind: "capture", At: c.doc.Captured, Blobs: []archive.BlobID{blob.ID}, Data: json.RawMessage(`{"url":"https://example.org/` + c.doc.ID + `"}`)})
	if err != nil {
		return err
	}
	c.doc.Capture = n
	if _, err := tx.PutDocument(c.doc); err != nil {
		return err
	}
	return tx.PutStatements(c.doc.ID, c.list)
}

// cpu is the processor time that the process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkAdd compares storing and indexing with putting the same text into a
// bare FTS5 table; the ratio is of processor time, which a busy machine spoils less.
func BenchmarkAdd(b *testing.B) {
	f := folder(b)
	p, err := archive.NewPacker()
	if err != nil {
		b.Fatal(err)
	}
	var ours, wall, bare, bareWall time.Duration
	docs := 0
	for b.Loop() {
		list := captures(5000)
		docs += len(list)
		start, before := time.Now(), cpu()
		bareFTS(b, list)
		bare, bareWall = bare+cpu()-before, bareWall+time.Since(start)
		a := create(b, filepath.Join(b.TempDir(), "a.isnad"), f)
		start, before = time.Now(), cpu()
		next := make(chan []capture, 1)
		go func() {
			defer close(next)
			for part := range slices.Chunk(list, batch) {
				pack(b, p, part)
				next <- part
			}
		}()
		for part := range next {
			write(b, a, part)
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
		ours, wall = ours+cpu()-before, wall+time.Since(start)
	}
	b.ReportMetric(float64(docs)/ours.Seconds(), "docs/cpu-s")
	b.ReportMetric(float64(docs)/bare.Seconds(), "bare-docs/cpu-s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare-cpu")
	b.ReportMetric(bareWall.Seconds()/wall.Seconds(), "of-bare")
	b.ReportMetric(float64(docs)/wall.Seconds(), "docs/s")
}

// write adds a batch in one transaction.
func write(b *testing.B, a archive.Archive, part []capture) {
	err := a.Write(ctx, func(tx *archive.Tx) error {
		for i := range part {
			if err := add(tx, &part[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// bareFTS puts the same text into a table of FTS5 as it comes.
func bareFTS(b *testing.B, list []capture) {
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-65536)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE VIRTUAL TABLE t USING fts5(body)"); err != nil {
		b.Fatal(err)
	}
	for part := range slices.Chunk(list, batch) {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		insert, err := tx.Prepare("INSERT INTO t (body) VALUES (?)")
		if err != nil {
			b.Fatal(err)
		}
		for i := range part {
			if _, err := insert.Exec(part[i].doc.Text); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch prints the latency of each kind of query, and the processor
// time of the mean one, which a busy machine spoils less. With
// -statements 1000000 it takes some minutes to fill the archive.
func BenchmarkSearch(b *testing.B) {
	f := folder(b)
	p, err := archive.NewPacker()
	if err != nil {
		b.Fatal(err)
	}
	a := create(b, filepath.Join(b.TempDir(), "a.isnad"), f)
	g := archivetest.NewGenerator(1)
	start := time.Now()
	early := cpu()
	var first, last time.Duration
	for done := 0; done < *statements; done += batch * perDocument {
		before := cpu()
		part := make([]capture, batch)
		for i := range part {
			part[i].doc, part[i].list = g.Document(perDocument)
		}
		pack(b, p, part)
		write(b, a, part)
		if last = cpu() - before; first == 0 {
			first = last
		}
	}
	b.Logf("filled with %d statements in %v, %v of processor time (with making them); first batch %v, last %v", *statements, time.Since(start), cpu()-early, first, last)
	for _, kind := range searches(g) {
		b.Run(kind.name, func(b *testing.B) {
			var times []time.Duration
			i, start := 0, cpu()
			for b.Loop() {
				s := kind.search(i)
				i++
				before := time.Now()
				if _, err := a.Index().Search(ctx, s); err != nil {
					b.Fatal(err)
				}
				times = append(times, time.Since(before))
			}
			slices.Sort(times)
			b.ReportMetric(float64((cpu()-start).Microseconds())/1000/float64(len(times)), "cpu-ms")
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(times[len(times)-1].Microseconds())/1000, "max-ms")
		})
	}
}

type kindOfSearch struct {
	name   string
	search func(i int) archive.Search
}

// searches are the kinds of queries, with words from common to rare.
func searches(g *archivetest.Generator) []kindOfSearch {
	match := func(in archive.Field, words ...string) archive.Expr {
		return archive.Expr{Op: archive.Match, In: in, Words: words}
	}
	form := func(i int) string { return fold.Words(g.Word(i))[0].Form }
	word := func(i int) archive.Expr { return match(archive.Text, form(i*i*7%20011)) }
	common := func(i int) archive.Expr { return match(archive.Text, form(i%50)) }
	both := func(kids ...archive.Expr) *archive.Expr { return &archive.Expr{Op: archive.All, Kids: kids} }
	filter := func(i int) archive.Expr {
		return []archive.Expr{
			match(archive.Tag, archive.TagParty(fmt.Sprintf("party-%d", i%200))),
			match(archive.Tag, archive.TagStance(isnad.Stance(i%15))),
			match(archive.Tag, archive.TagPolarity(isnad.Denies)),
			match(archive.Tag, archive.TagLang("en")),
			match(archive.Tag, archive.TagPublisher("صحيفه"), archive.TagPublisher(fold.Words(g.Outlet(i % 40))[1].Form)),
		}[i%5]
	}
	speaker := func(i int) archive.Expr {
		var names []string
		for _, w := range fold.Words(g.Speaker(i % 200)) {
			names = append(names, w.Form)
		}
		return match(archive.Speaker, names...)
	}
	from := time.Date(2019, 3, 2, 0, 0, 0, 0, time.UTC)
	return []kindOfSearch{
		{"newest", func(i int) archive.Search { e := word(i); return archive.Search{Expr: &e} }},
		{"newest-common", func(i int) archive.Search { e := common(i); return archive.Search{Expr: &e} }},
		{"newest-two-words", func(i int) archive.Search { return archive.Search{Expr: both(common(i), word(i+3))} }},
		{"newest-phrase", func(i int) archive.Search {
			e := match(archive.Exact, form(i%40), form(i*3%500))
			return archive.Search{Expr: &e}
		}},
		{"filter", func(i int) archive.Search { e := filter(i); return archive.Search{Expr: &e} }},
		{"filter-word", func(i int) archive.Search { return archive.Search{Expr: both(filter(i), word(i))} }},
		{"filter-common", func(i int) archive.Search { return archive.Search{Expr: both(filter(i), common(i))} }},
		{"two-filters-word", func(i int) archive.Search { return archive.Search{Expr: both(filter(i), filter(i+1), common(i))} }},
		{"speaker-word", func(i int) archive.Search { return archive.Search{Expr: both(speaker(i), common(i))} }},
		{"oldest-days", func(i int) archive.Search {
			e := common(i)
			return archive.Search{Expr: &e, To: from.Add(time.Duration(i%72) * time.Hour)}
		}},
		{"not", func(i int) archive.Search {
			return archive.Search{Expr: both(word(i), archive.Expr{Op: archive.Not, Kids: []archive.Expr{common(i)}})}
		}},
		{"rank-common", func(i int) archive.Search { e := common(i); return archive.Search{Expr: &e, Rank: true} }},
		{"rank-two-words", func(i int) archive.Search {
			return archive.Search{Expr: &archive.Expr{Op: archive.Any, Kids: []archive.Expr{common(i), word(i)}}, Rank: true}
		}},
	}
}
