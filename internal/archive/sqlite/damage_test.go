package sqlite_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/archivetest"
	"github.com/isnad/isnad/internal/archive/sqlite"
	"github.com/isnad/isnad/internal/fold"
)

// filled makes a closed archive of n captures and returns its bytes.
func filled(t *testing.T, f *fold.Folder, n int) (path string, data []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.isnad")
	a := create(t, path, f)
	archivetest.Fill(t, a, archivetest.NewGenerator(1), n)
	err := a.Write(ctx, func(tx *archive.Tx) error {
		return errors.Join(tx.PutParty(archive.Party{ID: "p", Name: "هيئة الجسور"}), tx.SetMark("cursor", "read", []byte("40")))
	})
	if err := errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	data, err = os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, data
}

// verify opens a file and lists what is wrong with it; an error in opening or
// verifying counts as found.
func verify(t *testing.T, path string, f *fold.Folder, p *archive.Packer) []string {
	t.Helper()
	a, err := sqlite.Open(ctx, path, sqlite.Options{Folder: f, ReadOnly: true})
	if err != nil {
		return []string{err.Error()}
	}
	defer a.Close()
	var list []string
	if _, err := archive.Verify(ctx, a, p, func(f archive.Finding) { list = append(list, f.String()) }); err != nil {
		list = append(list, err.Error())
	}
	return list
}

// content marks the bytes of the file that hold a row: all but the unused room
// of pages, free pages, and numbers of the header that only SQLite's caches use.
func content(data []byte) []bool {
	page := int(binary.BigEndian.Uint16(data[16:]))
	used := make([]bool, len(data))
	for at := 0; at < len(data); at += page {
		mark(data, used, at, page)
	}
	for i := range 100 {
		used[i] = i < 24 || i >= 60 && i < 72
	}
	return used
}

func mark(data []byte, used []bool, at, page int) {
	head := at
	if at == 0 {
		head = 100
	}
	kind := data[head]
	if kind != 2 && kind != 5 && kind != 10 && kind != 13 { // overflow or free
		for i := range page {
			used[at+i] = true
		}
		return
	}
	size := 8
	if kind == 2 || kind == 5 {
		size = 12
	}
	cells := int(binary.BigEndian.Uint16(data[head+3:]))
	start := int(binary.BigEndian.Uint16(data[head+5:]))
	for i := head; i < head+size+2*cells; i++ {
		used[i] = true
	}
	for i := at + start; i < at+page; i++ {
		used[i] = true
	}
	for free := int(binary.BigEndian.Uint16(data[head+1:])); free != 0; {
		next, n := int(binary.BigEndian.Uint16(data[at+free:])), int(binary.BigEndian.Uint16(data[at+free+2:]))
		for i := at + free + 4; i < at+free+n; i++ {
			used[i] = false
		}
		free = next
	}
}

func TestFlips(t *testing.T) {
	f := folder(t)
	path, data := filled(t, f, 40)
	p, err := archive.NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	if list := verify(t, path, f, p); len(list) > 0 {
		t.Fatalf("untouched: %v", list)
	}
	used := content(data)
	rnd := rand.New(rand.NewPCG(1, 1))
	flips, missed, want := 0, 0, 300
	if testing.Short() {
		want = 30
	}
	for flips < want {
		at := rnd.IntN(len(data))
		if !used[at] {
			continue
		}
		flips++
		altered := bytes.Clone(data)
		altered[at] ^= 1 << rnd.IntN(8)
		if err := os.WriteFile(path, altered, 0o644); err != nil {
			t.Fatal(err)
		}
		if list := verify(t, path, f, p); len(list) == 0 {
			missed++
			t.Errorf("byte %d (page %d, offset %d, was %#x): not found", at, at/8192+1, at%8192, data[at])
		}
	}
	t.Logf("%d of %d flips found", flips-missed, flips)
}
