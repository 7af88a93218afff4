package zipped

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
)

// pack makes a ZIP file of names and contents, one after the other.
func pack(method uint16, files ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, _ := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		_, _ = f.Write([]byte(files[i+1]))
	}
	_ = w.Close()
	return b.Bytes()
}

func open(t *testing.T, raw []byte) *Archive {
	t.Helper()
	a, err := Open(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestRead(t *testing.T) {
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		raw := pack(method, "a.txt", "first", "b/c.txt", strings.Repeat("said ", 100))
		a := open(t, raw)
		if got, err := a.Read(a.Find("a.txt"), 5); err != nil || string(got) != "first" {
			t.Errorf("a.txt: %q, %v", got, err)
		}
		if _, err := a.Read(a.Find("b/c.txt"), 499); err == nil || !strings.Contains(err.Error(), "b/c.txt: unpacks to more than 499 bytes") {
			t.Errorf("too long: %v", err)
		}
		r, at, err := a.Reader(a.Find("a.txt"))
		if _, seeks := r.(io.Seeker); err != nil || seeks != (method == zip.Store) || seeks && !bytes.HasPrefix(raw[at:], []byte("first")) {
			t.Errorf("method %d: at %d, seeks %v, %v", method, at, seeks, err)
		}
	}
	if open(t, pack(zip.Store)).Find("a.txt") != nil {
		t.Error("found what is not there")
	}
}

func TestHostile(t *testing.T) {
	bomb := pack(zip.Deflate, "bomb", strings.Repeat("\x00", minRatio+1))
	a := open(t, bomb)
	if _, err := a.Read(a.Files[0], 1<<30); err == nil || !strings.Contains(err.Error(), "times its size") {
		t.Errorf("a bomb: %v", err)
	}
	locked := pack(zip.Store, "a", "b")
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} {
		locked[bytes.Index(locked, []byte(mark))+map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[mark]] |= 1
	}
	a = open(t, locked)
	if _, err := a.Read(a.Files[0], 10); err == nil || !strings.Contains(err.Error(), "encrypted") {
		t.Errorf("encrypted: %v", err)
	}
	over := pack(zip.Store, "a", "bbbb")
	binary.LittleEndian.PutUint32(over[bytes.Index(over, []byte("PK\x01\x02"))+20:], 1<<30)
	if _, err := Open(bytes.NewReader(over), int64(len(over))); err == nil || !strings.Contains(err.Error(), "overlap") {
		t.Errorf("overlapping: %v", err)
	}
	many := pack(zip.Store, make([]string, 2*(maxDirectory/46+1))...)
	if _, err := Open(bytes.NewReader(many), int64(len(many))); err == nil || !strings.Contains(err.Error(), "directory has more than") {
		t.Errorf("a large directory: %v", err)
	}
	if _, err := Open(strings.NewReader("PK\x03\x04"), 4); err == nil {
		t.Error("half a file: no error")
	}
}

func TestLocal(t *testing.T) {
	for name, want := range map[string]bool{
		"archive/a.warc.gz": true, "a..b": true, "../a": false, "a/../../b": false, "/etc/passwd": false, `a\..\b`: false, "C:a": false, "": false,
	} {
		if Local(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(pack(zip.Deflate, "a.txt", "first", "b/c.txt", "second"))
	f.Add(pack(zip.Store, "../a", "first"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := Open(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			return
		}
		for _, f := range a.Files {
			if got, _ := a.Read(f, 1<<16); len(got) > 1<<16 {
				t.Errorf("%d bytes", len(got))
			}
		}
	})
}
