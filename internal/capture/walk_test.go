package capture

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/isnad/isnad/internal/fault"
)

// tree writes files into a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// load loads all items and tells what became of each, by the last element of
// its name.
func loadAll(in *Inputs) (got []string) {
	for item := range in.Items() {
		d, err := item.Load()
		name := filepath.Base(item.Name)
		switch {
		case err != nil:
			got = append(got, name+"! "+err.Error())
		default:
			got = append(got, name+" "+d.Text)
			d.Close()
		}
	}
	return got
}

func TestItemsOfAFolder(t *testing.T) {
	dir := tree(t, map[string]string{
		"b.txt": "B", "a/z.txt": "Z", "a/y.html": "<p>A paragraph that is long enough to be read as one.</p>", "c.jsonl": `{"text":"C1"}` + "\n" + `{"text":"C2"}`,
		"d.png": "%PDF-", ".hidden.txt": "no", ".git/x.txt": "no", "a.txt": "A",
	})
	in := &Inputs{Paths: []string{dir}}
	want := []string{
		"y.html A paragraph that is long enough to be read as one.", "z.txt Z", "a.txt A", "b.txt B", "c.jsonl:1 C1", "c.jsonl:2 C2",
		filepath.Base(dir) + "! " + dir + ": left out 1 that are not .txt, .html, .pdf, .docx, .jsonl, .xml, .warc or .wacz (--in takes all)",
	}
	if got := loadAll(in); !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if size := in.Size(); size != 1+1+1+57+27 {
		t.Errorf("size %d", size)
	}
	in.Form = Text
	if got := loadAll(in); !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "d.png! ") && strings.Contains(s, "a PDF") }) {
		t.Errorf("--in text leaves files out: %q", got)
	}
}

func TestItemsOfNothing(t *testing.T) {
	for item := range (&Inputs{Paths: []string{filepath.Join(t.TempDir(), "gone.txt")}}).Items() {
		_, err := item.Load()
		if fault.Of(err) != fault.NotFound || fault.Hint(err) == "" || strings.Contains(err.Error(), "stat") {
			t.Errorf("%v: %v", fault.Of(err), err)
		}
	}
}

func TestItemsStopWhenAsked(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "A", "b.txt": "B", "c.jsonl": "{}\n{}"})
	for stop := 1; stop < 4; stop++ {
		n := 0
		for range (&Inputs{Paths: []string{dir, dir}}).Items() {
			if n++; n == stop {
				break
			}
		}
	}
}

func TestFormBySniffing(t *testing.T) {
	for raw, want := range map[string]string{
		`{"id":"x","text":"from a line"}`:                                   "from a line",
		" <!DOCTYPE html><p>A paragraph that is long enough to be one.</p>": "A paragraph that is long enough to be one.",
		"{ braces of prose }":                                               "{ braces of prose }",
		"\uFEFF" + `{"text":"behind a mark"}`:                               "behind a mark",
		"":                                                                  "",
	} {
		for item := range (&Inputs{Paths: []string{"-"}, Stdin: strings.NewReader(raw)}).Items() {
			d, err := item.Load()
			if err != nil || d.Text != want {
				t.Errorf("%q: %v, %v", raw, d, err)
			}
		}
	}
}

// TestLongText loads long inputs by every way and reads them back.
func TestLongText(t *testing.T) {
	body := strings.Repeat(arabicText, 3000)
	header := "title: طويل\n\n"
	for _, c := range []struct{ name, raw, note string }{
		{"UTF-8", header + body, ""},
		{"mark", "\uFEFF" + header + body, ""},
		{"windows-1256", string(encode(t, charmap.Windows1256, header+body)), "windows-1256"},
	} {
		path := filepath.Join(tree(t, map[string]string{"a.txt": c.raw}), "a.txt")
		for _, in := range []*Inputs{{Paths: []string{path}}, {Paths: []string{"-"}, Stdin: strings.NewReader(c.raw)}} {
			for item := range in.Items() {
				d, err := item.Load()
				if err != nil {
					t.Fatalf("%s: %v", c.name, err)
				}
				if d.Long == nil || d.Title != "طويل" || strings.Join(d.Notes, "") != "" != (c.note != "") {
					t.Errorf("%s: %+v", c.name, d)
				}
				got, err := io.ReadAll(d.Long.Reader())
				if err != nil || string(got) != body || d.Long.Size() != int64(len(body)) {
					t.Errorf("%s: read back %d bytes of %d, %v", c.name, len(got), len(body), err)
				}
				if err := d.Close(); err != nil {
					t.Errorf("%s: close: %v", c.name, err)
				}
			}
			if _, err := os.Stat(path); err != nil {
				t.Fatalf("%s: the input is gone: %v", c.name, err)
			}
		}
	}
}

func TestLongTextRefused(t *testing.T) {
	body := strings.Repeat(arabicText, 3000)
	for name, c := range map[string]struct{ raw, want string }{
		"bad byte far in": {body + "\xFF", "invalid UTF-8 at byte"},
		"NUL far in":      {body + "\x00", "NUL at byte"},
		"cut rune":        {body + "\xD9", "invalid UTF-8 at byte"},
	} {
		path := filepath.Join(tree(t, map[string]string{"a.txt": c.raw}), "a.txt")
		for _, in := range []*Inputs{{Paths: []string{path}}, {Paths: []string{"-"}, Stdin: strings.NewReader(c.raw)}} {
			for item := range in.Items() {
				_, err := item.Load()
				if err == nil || !strings.Contains(err.Error(), c.want) || fault.Of(err) != fault.Invalid {
					t.Errorf("%s: %v", name, err)
				}
				if e, ok := errors.AsType[*encodingError](err); ok && e.at != int64(len(body)) {
					t.Errorf("%s: at %d, want %d", name, e.at, len(body))
				}
			}
		}
	}
}
