package sqlite_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/archivetest"
	"github.com/isnad/isnad/internal/archive/sqlite"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/fold"
)

// tamper changes the closed file with SQL.
func tamper(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func TestTampering(t *testing.T) {
	f := folder(t)
	p, err := archive.NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	path, data := filled(t, f, 40)
	for _, test := range []struct{ sql, want string }{
		{"UPDATE entries SET data = CAST(replace(data, '0000017', '0000018') AS BLOB) WHERE n = 17", "log 17:"},
		{"UPDATE nodes SET hash = zeroblob(32) WHERE n = 2", "tree 0 to 1:"},
		{"DELETE FROM nodes WHERE n = 2", "hash 2 of the tree is missing"},
		{"DELETE FROM entries WHERE n >= 36", "the last 4 were removed"},
		{"DELETE FROM entries WHERE n = 7", "entry 7 of the log is missing"},
		{"INSERT INTO entries SELECT 40, data FROM entries WHERE n = 1", "hash 78 of the tree is missing"},
		{"UPDATE blobs SET packed = CAST(packed || x'00' AS BLOB) WHERE n = 3", "its row (number 3) was altered"},
		{"DELETE FROM blobs WHERE n = 5", "log 4: stands on blob"},
		{"UPDATE statements SET polarity = 2 - polarity WHERE ord = 1 AND doc = 4", "statement 1 of document 4"},
		{"DELETE FROM statements WHERE doc = 6 AND ord = 2", "document 6"},
		{"UPDATE docs SET published = published + 60 WHERE no = 9", "document 9"},
		{"DELETE FROM docs WHERE no = 40", "index docs:"},
		{"UPDATE pieces SET packed = zeroblob(50) WHERE n = 2 << 20", "text of document 2"},
		{"DELETE FROM marks", "index marks:"},
		{"UPDATE marks SET value = x'3431'", "mark cursor read"},
		{"DELETE FROM parties", "index parties:"},
		{"UPDATE parties SET name = 'x'", "party p"},
		{"UPDATE words_idx SET pgno = pgno + 2 WHERE segid = (SELECT max(segid) FROM words_idx)", "words_idx"},
		{"INSERT INTO words (rowid, form) VALUES (1, 'x')", "words block"},
		{"UPDATE meta SET value = x'78' WHERE key = 'key.public'", "checkpoint"},
		{"CREATE TABLE more (x)", "does not belong"},
		{"CREATE TRIGGER silent BEFORE INSERT ON entries BEGIN SELECT raise(IGNORE); END", "does not belong"},
	} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		tamper(t, path, test.sql)
		list := verify(t, path, f, p)
		if !slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, test.want) }) {
			t.Errorf("%s:\nfound %q, want %q", test.sql, list, test.want)
		}
	}
}

// TestRemovedEntries removes the last entries as one who holds the key would:
// with a new checkpoint over what is left. The archive is in order by itself,
// but an earlier checkpoint convicts it.
func TestRemovedEntries(t *testing.T) {
	f := folder(t)
	path := filepath.Join(t.TempDir(), "a.isnad")
	a := create(t, path, f)
	archivetest.Fill(t, a, archivetest.NewGenerator(1), 30)
	short := copyCrashed(t, path)
	archivetest.Fill(t, a, archivetest.NewGenerator(2), 10)
	signed, err := a.Log().Checkpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, short, sqlite.Options{Folder: f})
	archivetest.Verified(t, b)
	key, err := b.Log().Key(ctx)
	if err != nil {
		t.Fatal(err)
	}
	point, err := archive.ParseCheckpoint(signed, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := archive.Extends(ctx, b.Log(), point); fault.Of(err) != fault.Conflict || !strings.Contains(err.Error(), "the last 10 were removed") {
		t.Errorf("removed entries: %v", err)
	}
	archivetest.Fill(t, b, archivetest.NewGenerator(9), 20)
	if err := archive.Extends(ctx, b.Log(), point); fault.Of(err) != fault.Conflict || !strings.Contains(err.Error(), "rewritten") {
		t.Errorf("replaced entries: %v", err)
	}
}

// TestTornLog cuts the write-ahead log of a crashed process at many points:
// what is left is a whole number of batches, in order.
func TestTornLog(t *testing.T) {
	f := folder(t)
	path := filepath.Join(t.TempDir(), "a.isnad")
	a := create(t, path, f)
	archivetest.Fill(t, a, archivetest.NewGenerator(1), 40)
	crashed := copyCrashed(t, path)
	wal, err := os.ReadFile(crashed + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	main, err := os.ReadFile(crashed)
	if err != nil {
		t.Fatal(err)
	}
	last := int64(-1)
	for i := range 24 {
		cut := len(wal) * i / 23
		if err := errors.Join(os.WriteFile(crashed, main, 0o644), os.WriteFile(crashed+"-wal", wal[:cut], 0o644)); err != nil {
			t.Fatal(err)
		}
		b := open(t, crashed, sqlite.Options{Folder: f})
		sum := archivetest.Verified(t, b)
		if sum.Entries%10 != 0 || sum.Entries < last {
			t.Errorf("of %d bytes of %d, %d entries are left after %d", cut, len(wal), sum.Entries, last)
		}
		last = sum.Entries
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if last != 40 {
		t.Errorf("of the whole log, %d entries are left", last)
	}
}

func TestFullDisk(t *testing.T) {
	f := folder(t)
	path := filepath.Join(t.TempDir(), "a.isnad")
	a := create(t, path, f)
	archivetest.Fill(t, a, archivetest.NewGenerator(1), 20)
	if err := a.LimitPages(ctx, 4); err != nil {
		t.Fatal(err)
	}
	p, err := archive.NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	g := archivetest.NewGenerator(2)
	err = a.Write(ctx, func(tx *archive.Tx) error {
		for range 200 {
			if err := archivetest.Add(tx, p, g); err != nil {
				return err
			}
		}
		return nil
	})
	if fault.Of(err) != fault.Unavailable || !strings.Contains(err.Error(), "disk is full") || fault.Hint(err) == "" {
		t.Errorf("on a full disk: %v", err)
	}
	if sum := archivetest.Verified(t, a); sum.Entries != 20 {
		t.Errorf("there are %d entries", sum.Entries)
	}
	if err := a.LimitPages(ctx, 100000); err != nil {
		t.Fatal(err)
	}
	g = archivetest.NewGenerator(3)
	archivetest.Fill(t, a, g, 10)
	if sum := archivetest.Verified(t, a); sum.Entries != 30 {
		t.Errorf("with room again there are %d entries", sum.Entries)
	}
}

func TestTwoProcesses(t *testing.T) {
	f := folder(t)
	path := filepath.Join(t.TempDir(), "a.isnad")
	a := create(t, path, f)
	archivetest.Fill(t, a, archivetest.NewGenerator(1), 10)
	b := open(t, path, sqlite.Options{Folder: f, Wait: 50 * time.Millisecond})
	err := a.Write(ctx, func(tx *archive.Tx) error {
		err := b.Write(ctx, func(*archive.Tx) error { return nil })
		if fault.Of(err) != fault.Unavailable || !strings.Contains(err.Error(), "another process is writing") {
			t.Errorf("a second writer: %v", err)
		}
		if n, err := b.Log().Size(ctx); n != 10 || err != nil {
			t.Errorf("a reader beside the writer sees %d entries: %v", n, err)
		}
		_, err = tx.Append(archive.Record{Kind: "a"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // in turns, both see what the other wrote
		for _, one := range []archive.Archive{b, a} {
			if err := one.Write(ctx, func(tx *archive.Tx) error { _, err := tx.Append(archive.Record{Kind: "b"}); return err }); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if sum := archivetest.Verified(t, b); sum.Entries != 17 {
		t.Errorf("there are %d entries", sum.Entries)
	}
}

func TestOpenRefuses(t *testing.T) {
	f := folder(t)
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	_, data := filled(t, f, 2)
	newer := slices.Clone(data)
	binary.BigEndian.PutUint32(newer[60:], sqlite.Schema+1)
	alien := filepath.Join(dir, "other.db")
	tamper(t, alien, "CREATE TABLE t (x)")
	for _, test := range []struct {
		path string
		kind fault.Kind
		want string
	}{
		{filepath.Join(dir, "none.isnad"), fault.NotFound, "no such archive"},
		{file("text.isnad", []byte("نص وليس كتابا")), fault.Invalid, "not an archive"},
		{file("empty.isnad", nil), fault.Invalid, "not an archive"},
		{file("newer.isnad", newer), fault.Invalid, "has format 2, this program knows format 1"},
		{alien, fault.Invalid, "not an archive"},
		{file("cut.isnad", data[:len(data)/2]), fault.Invalid, "damaged"},
		{dir, fault.Invalid, "not an archive"},
	} {
		before, _ := os.ReadFile(test.path)
		a, err := sqlite.Open(ctx, test.path, sqlite.Options{Folder: f})
		if err == nil {
			err = a.Write(ctx, func(tx *archive.Tx) error { _, err := tx.PutDocument(archive.Document{}); return err })
			a.Close()
		}
		if fault.Of(err) != test.kind || !strings.Contains(fmt.Sprint(err), test.want) || fault.Hint(err) == "" {
			t.Errorf("%s: %v (%v, hint %q), want %v: %s", test.path, err, fault.Of(err), fault.Hint(err), test.kind, test.want)
		}
		if after, _ := os.ReadFile(test.path); test.want != "damaged" && string(after) != string(before) {
			t.Errorf("%s was changed", test.path)
		}
	}
	if _, err := sqlite.Create(ctx, filepath.Join(dir, "text.isnad"), sqlite.Options{Folder: f}); fault.Of(err) != fault.Conflict {
		t.Errorf("creating over a file: %v", err)
	}
	if _, err := sqlite.Create(ctx, filepath.Join(dir, "no", "folder.isnad"), sqlite.Options{Folder: f}); fault.Of(err) != fault.Unavailable {
		t.Errorf("creating in no folder: %v (%v)", err, fault.Of(err))
	}
}

func TestReadOnly(t *testing.T) {
	f := folder(t)
	path, data := filled(t, f, 10)
	if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(filepath.Dir(path), 0o555)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Dir(path), 0o755) })
	a := open(t, path, sqlite.Options{Folder: f, ReadOnly: true})
	archivetest.Verified(t, a)
	err := a.Write(ctx, func(*archive.Tx) error { return nil })
	if fault.Of(err) != fault.Invalid {
		t.Errorf("writing: %v", err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(data) {
		t.Errorf("the file was changed: %v", err)
	}
}

func TestOtherFolding(t *testing.T) {
	f := folder(t)
	path, _ := filled(t, f, 10)
	other, err := fold.New("word\nجسر\n")
	if err != nil {
		t.Fatal(err)
	}
	a := open(t, path, sqlite.Options{Folder: other})
	if _, err := a.Index().Search(ctx, archive.Search{}); fault.Of(err) != fault.Conflict || !strings.Contains(fault.Hint(err), "rebuild") {
		t.Errorf("searching: %v", err)
	}
	p, err := archive.NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	g := archivetest.NewGenerator(4)
	if err := a.Write(ctx, func(tx *archive.Tx) error { return archivetest.Add(tx, p, g) }); fault.Of(err) != fault.Conflict {
		t.Errorf("adding: %v", err)
	}
	if err := a.Write(ctx, func(tx *archive.Tx) error { return errors.Join(tx.Drop(), archivetest.Add(tx, p, g)) }); err != nil {
		t.Errorf("after a drop: %v", err)
	}
	if found, err := a.Index().Search(ctx, archive.Search{}); err != nil || len(found.Hits) != 3 {
		t.Errorf("searching after a drop: %v", err)
	}
	archivetest.Verified(t, a)
}

func TestWriteEndsWithContext(t *testing.T) {
	f := folder(t)
	a := create(t, filepath.Join(t.TempDir(), "a.isnad"), f)
	err := a.Write(ctx, func(*archive.Tx) error {
		short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
		defer cancel()
		err := a.Write(short, func(*archive.Tx) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting for a turn: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
