package capture

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipOf makes a ZIP file of names and contents, one after the other; web
// archives are stored as they are.
func zipOf(parts ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if strings.HasSuffix(parts[i], ".gz") {
			h.Method = zip.Store
		}
		f, _ := w.CreateHeader(h)
		_, _ = f.Write([]byte(parts[i+1]))
	}
	_ = w.Close()
	return b.Bytes()
}

func packageOf(path, body string) string {
	return fmt.Sprintf(`{"resources":[{"path":%q,"hash":"sha256:%x"}]}`, path, sha256.Sum256([]byte(body)))
}

func TestWACZ(t *testing.T) {
	records := exampleWARC()
	packed := gzipped(records[0]) + gzipped(records[1])
	plain := records[9]
	name := filepath.Join(t.TempDir(), "a.wacz")
	if err := os.WriteFile(name, zipOf(
		"datapackage.json", packageOf("archive/a.warc.gz", packed+"x"), "archive/a.warc.gz", packed, "archive/b.warc", plain,
		"../c.warc", plain, "pages/pages.jsonl", "{}",
	), 0o600); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []*Inputs{{Paths: []string{name}}, {Paths: []string{"-"}, Stdin: bytes.NewReader(raw)}} {
		var got []string
		for s := range in.Sources() {
			c, err := s.Load()
			if err != nil {
				got = append(got, fmt.Sprintf("%s %v", s.Record, err))
				continue
			}
			if !bytes.HasPrefix(raw[c.Offset:], []byte("\x1F\x8B")) && c.Offset != 0 {
				t.Errorf("%s: no record at byte %d", c.Record, c.Offset)
			}
			got = append(got, fmt.Sprintf("%s %s %.20s", c.Record, c.URL, c.Body))
		}
		for i, want := range []string{
			"archive/a.warc.gz ", "archive/a.warc.gz:1 ", "archive/a.warc.gz:2 http://a.example/1 <p>", "archive/b.warc:1 http://a.example/4 The well", "../c.warc ",
		} {
			if i >= len(got) || !strings.HasPrefix(got[i], want) {
				t.Fatalf("source %d: %q, want %q", i, got, want)
			}
		}
		if len(got) != 5 || !strings.Contains(got[0], "wrong digest: datapackage.json says sha256:") || !strings.Contains(got[4], "its name leads out") {
			t.Errorf("%q", got)
		}
	}
}

func TestWACZNothing(t *testing.T) {
	for _, c := range []struct {
		raw  []byte
		want []string
	}{
		{zipOf("datapackage.json", "{}"), []string{"no web archive in it"}},
		{zipOf("archive/a.warc", exampleWARC()[9]), []string{"no datapackage.json in it", "The well"}},
		{zipOf("datapackage.json", "[", "archive/a.warc", exampleWARC()[9]), []string{"datapackage.json: ", "The well"}},
		{[]byte("PK\x03\x04 archive/"), []string{"not a WACZ that can be read"}},
		{zipOf("datapackage.json", packageOf("a", ""), "archive/a.warc", strings.Repeat("\x00", 5<<20)), []string{"times its size"}},
	} {
		got := loadAll(&Inputs{Paths: []string{"-"}, Form: WACZ, Stdin: bytes.NewReader(c.raw)})
		for i, want := range c.want {
			if len(got) != len(c.want) || !strings.Contains(got[i], want) {
				t.Errorf("%q: want %q", got, c.want)
				break
			}
		}
	}
}

func FuzzWACZ(f *testing.F) {
	records := exampleWARC()
	f.Add("archive/a.warc.gz", []byte(gzipped(records[1])), packageOf("archive/a.warc.gz", "x"))
	f.Add("archive/a.warc", []byte(records[1]+records[2]), "[]")
	f.Fuzz(func(t *testing.T, name string, archive []byte, list string) {
		in := &Inputs{Paths: []string{"-"}, Form: WACZ, Stdin: bytes.NewReader(zipOf(name, string(archive), "datapackage.json", list))}
		for s := range in.Sources() {
			if c, err := s.Load(); err == nil {
				_, _ = Extract(c) // an error is an answer
			}
		}
	})
}
