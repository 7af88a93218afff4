package capture

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sources loads all sources, and gives a line for each.
func sources(in *Inputs) []string {
	var out []string
	for s := range in.Sources() {
		line := filepath.Base(s.Input) + "#" + s.Record + " "
		c, err := s.Load()
		if err != nil {
			out = append(out, line+"error: "+err.Error())
			continue
		}
		d, err := Extract(c)
		if err != nil {
			out = append(out, line+c.Media+" error: "+err.Error())
			continue
		}
		out = append(out, line+c.Media+" "+d.Title+"|"+d.Text)
	}
	return out
}

// TestSources checks that a document made of a capture is the one that is read
// without one.
func TestSources(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("قال الوزير إن المحطة تعمل. ", 20000)
	for name, text := range map[string]string{
		"a.txt":   "title: عنوان\n\nقال الوزير إن المحطة تعمل.",
		"b.html":  "<title>t</title><p>قال الوزير إن المحطة تعمل وإن المضخات وصلت كلها.</p>",
		"c.jsonl": "\xEF\xBB\xBF{\"id\":\"one\",\"text\":\"x\"}\n\n{\"text\":\n{\"text\":\"" + long + "\"}",
		"d.txt":   "%PDF-1.4",
		"e.bin":   "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	in := &Inputs{Paths: []string{dir, filepath.Join(dir, "gone"), "-"}, Stdin: strings.NewReader("stdin")}
	got := sources(in)
	for i, want := range []string{
		"a.txt# text/plain عنوان|قال", "b.html# text/html t|قال", "c.jsonl#1 application/json |x", "c.jsonl#3 error: ",
		"c.jsonl#4 application/json |قال", "d.txt# text/plain error: ", filepath.Base(dir) + "# error: ", "gone# error: ", "-# text/plain |stdin",
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Fatalf("source %d: %.80q, want %s…", i, got[i:], want)
		}
	}
	if len(got) != 9 || !strings.HasSuffix(got[4], long) || !strings.Contains(got[3], "line 3: ") {
		t.Errorf("%d sources, %.200q", len(got), got[3])
	}
}
