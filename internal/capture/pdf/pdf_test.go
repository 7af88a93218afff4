package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// need skips a test where the program is missing.
func need(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no pdftotext: install poppler-utils")
	}
	t.Skip("no pdftotext on this machine")
}

// file writes a PDF with one line of text a page, and what it says of itself.
func file(info string, pages ...string) []byte {
	var b strings.Builder
	var at []int
	object := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+2*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String()))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	object("<<" + info + ">>")
	for i, text := range pages {
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", 6+2*i))
		stream := "BT /F 12 Tf 72 700 Td (" + text + ") Tj ET"
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(stream), stream))
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return []byte(b.String())
}

func TestRead(t *testing.T) {
	need(t)
	d, err := Read(context.Background(), file("/Title(The well)/Author(S. Abdi)/CreationDate(D:20260301090000+02'00')", "The well works, the mayor said.", "He denied it."))
	if err != nil || d.Text != "The well works, the mayor said.\n\nHe denied it." || d.Pages != 2 || d.Title != "The well" || d.Author != "S. Abdi" ||
		!d.Created.Equal(time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", d, err)
	}
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"a scan":  {file("", ""), "no text in it"},
		"no PDF":  {[]byte("%PDF-1.4 nothing"), "pdftotext: "},
		"nothing": {nil, "pdftotext: "},
		"cut":     {file("", "x")[:100], "pdftotext: "},
	} {
		if _, err := Read(context.Background(), c.body); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ended, file("", "x")); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
}

func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Read(context.Background(), nil); !errors.Is(err, ErrMissing) {
		t.Errorf("no program: %v", err)
	}
}

func TestRunBounds(t *testing.T) {
	need(t)
	if _, err := run(context.Background(), file("", strings.Repeat("said ", 100)), 10, "pdftotext", "-", "-"); err == nil || !strings.Contains(err.Error(), "more than 10 bytes") {
		t.Errorf("a long text: %v", err)
	}
}

func TestParagraphs(t *testing.T) {
	for in, want := range map[string]string{
		"one\ntwo\n\nthree\n\f": "one two\n\nthree",
		"end\n\fbegin\n":        "end\n\nbegin",
		"\u202Bقال  العمدة\u202C\nإن\u00ADه\n":                     "قال العمدة إنه",
		"\u202Bوإن \u202A 25\u202Cمضخة\u202A ،\u202Cوأضاف\u202C\n": "وإن 25 مضخة، وأضاف",
		strings.Repeat("said ", 13) + "\n\n\fthe mayor.\n\nNext\n": strings.Repeat("said ", 13) + "the mayor.\n\nNext",
		"bad \xff\x00\n": "bad \uFFFD",
		"\f\f":           "",
	} {
		if got := paragraphs(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzGlue(f *testing.F) {
	f.Add("one\ntwo\n\f", "Title: x\nCreationDate: 2026-03-01T09:00:00+02\n")
	f.Fuzz(func(t *testing.T, text, info string) {
		if got := paragraphs(text); len(got) > 3*len(text) || strings.Contains(got, "\x00") {
			t.Errorf("%q", got)
		}
		new(Document).info([]byte(info))
	})
}
