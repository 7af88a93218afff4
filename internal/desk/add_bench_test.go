package desk_test

import (
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/archive/sqlite"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/desk/desktest"
)

var articleCount = flag.Int("articles", 2000, "articles of the benchmark of adding")

// BenchmarkAdd adds a folder of generated articles to an archive in a file,
// beside putting the same texts into a bare table of FTS5. The last 2000 are
// also told apart from the first.
func BenchmarkAdd(b *testing.B) {
	debug.SetMemoryLimit(160 << 20)
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	dir := b.TempDir()
	if err := desktest.New(1).Folder(dir, *articleCount); err != nil {
		b.Fatal(err)
	}
	var ours, bare, wall, bareWall time.Duration
	for b.Loop() {
		start, before := time.Now(), cpu(b)
		bareTable(b, dir)
		bare, bareWall = bare+cpu(b)-before, bareWall+time.Since(start)
		a, err := sqlite.Create(ctx, filepath.Join(b.TempDir(), "a.isnad"), sqlite.Options{Folder: folder(b)})
		if err != nil {
			b.Fatal(err)
		}
		k := archivist(b, a)
		start, before = time.Now(), cpu(b)
		var marks []time.Duration // processor time after every batch filed
		in := capture.Inputs{Paths: []string{dir}}
		err = k.Add(ctx, in.Sources(), func([]desk.Receipt) error { return nil }, func(desk.Progress) { marks = append(marks, cpu(b)-before) })
		if err != nil {
			b.Fatal(err)
		}
		if err := k.Close(); err != nil {
			b.Fatal(err)
		}
		ours, wall = ours+cpu(b)-before, wall+time.Since(start)
		if n := len(marks); n >= 20 {
			b.ReportMetric(float64(marks[n-1]-marks[n-11])/float64(marks[9]), "last-10-of-first-10")
		}
	}
	docs := float64(*articleCount * b.N)
	b.ReportMetric(docs/wall.Seconds(), "docs/s")
	b.ReportMetric(docs/ours.Seconds(), "docs/cpu-s")
	b.ReportMetric(bare.Seconds()/ours.Seconds(), "of-bare-cpu")
	b.ReportMetric(bareWall.Seconds()/wall.Seconds(), "of-bare")
}

// bareTable puts the texts of a folder into a table of FTS5 as they come.
func bareTable(b *testing.B, dir string) {
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-65536)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE VIRTUAL TABLE t USING fts5(body)"); err != nil {
		b.Fatal(err)
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		b.Fatal(err)
	}
	for part := range slices.Chunk(names, 1000) {
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		insert, err := tx.Prepare("INSERT INTO t (body) VALUES (?)")
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range part {
			raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				b.Fatal(err)
			}
			_, body, _ := strings.Cut(string(raw), "\n\n")
			if _, err := insert.Exec(body); err != nil {
				b.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}
