package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDamaged alters archives in ways that verify or opening has to tell.
func TestDamaged(t *testing.T) {
	article := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(article, []byte("title: x\n\nقال سالم الوردي إن المحطة تعمل. ونفى كريم الحداد إغلاق الجسر."), 0o644); err != nil {
		t.Fatal(err)
	}
	k := newKilled(t, article)
	k.finish()
	sound, err := os.ReadFile(k.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ command, sql, want string }{
		{"verify", "UPDATE blobs SET packed = CAST(substr(packed, 1, 20) || x'00' || substr(packed, 22) AS BLOB)", "blob "},
		{"verify", "UPDATE entries SET data = CAST(replace(data, 'a.txt', 'b.txt') AS BLOB)", "log 0: its bytes do not have the hash"},
		{"verify", "UPDATE docs SET capture = 7", "document 1"},
		{"verify", "UPDATE statements SET polarity = 2", "statement 0 of document 1"},
		{"verify", "DELETE FROM pieces", "document 1"},
		{"search", "PRAGMA user_version = 99", "the archive has format 99, this program knows format 1"},
		{"add", "PRAGMA user_version = 99", "the archive has format 99"},
		{"add", "PRAGMA application_id = 1", "not an archive of isnad"},
	} {
		if err := os.WriteFile(k.path, sound, 0o644); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", k.path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(test.sql); err != nil {
			t.Fatal(err)
		}
		db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
		db.Close()
		args := []string{}
		if test.command == "add" {
			args = append(args, article)
		}
		out, err := k.command(test.command, args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), test.want) {
			t.Errorf("%s after %s: %v: %s", test.command, test.sql, err, out)
		}
	}
}

// TestTwoAtOnce adds the same inputs with two processes at one time: both end
// well, and nothing is there twice.
func TestTwoAtOnce(t *testing.T) {
	in := killInput(t)
	k := newKilled(t, in)
	a, b := k.command("add", in), k.command("add", in)
	for _, c := range []interface{ Start() error }{a, b} {
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
	}
	a.Wait()
	b.Wait()
	for _, s := range []int{a.ProcessState.ExitCode(), b.ProcessState.ExitCode()} {
		if s != 1 { // some inputs fail
			t.Errorf("exit status %d", s)
		}
	}
	k.check()
	k.output("search", "الجسر")
}
