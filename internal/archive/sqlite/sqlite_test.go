package sqlite_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/archivetest"
	"github.com/isnad/isnad/internal/archive/sqlite"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang/ar"
)

var ctx = context.Background()

func folder(t testing.TB) *fold.Folder {
	t.Helper()
	f, err := fold.New(ar.Stems())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func create(t testing.TB, path string, f *fold.Folder) *sqlite.Archive {
	t.Helper()
	a, err := sqlite.Create(ctx, path, sqlite.Options{Folder: f})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func open(t testing.TB, path string, opt sqlite.Options) *sqlite.Archive {
	t.Helper()
	a, err := sqlite.Open(ctx, path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func TestArchive(t *testing.T) {
	f := folder(t)
	paths := make(map[archive.Archive]string)
	archivetest.Run(t, archivetest.Backend{
		Folder: f,
		New: func(t *testing.T) archive.Archive {
			path := filepath.Join(t.TempDir(), "كتاب #1?.isnad")
			a := create(t, path, f)
			paths[a] = path
			return a
		},
		Reopen: func(t *testing.T, a archive.Archive, closes bool) archive.Archive {
			path := paths[a]
			if closes {
				if err := a.Close(); err != nil {
					t.Fatal(err)
				}
				onlyFile(t, path)
			} else {
				path = copyCrashed(t, path)
			}
			return open(t, path, sqlite.Options{Folder: f})
		},
	})
}

// onlyFile fails if anything is left beside the archive.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("beside the archive there is something else: %v", entries)
	}
}

// copyCrashed copies what a killed process leaves: the file and its
// write-ahead log as they are on the disk.
func copyCrashed(t testing.TB, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "crashed.isnad")
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + end)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+end, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return to
}
