package when

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := New(pack("ar"), pack("en"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pack has the tables only: New asks for no more.
func pack(name string) *lang.Pack { return &lang.Pack{Name: name, Dir: os.DirFS("../lang/" + name)} }

// sentence is a row of testdata with the phrases to be found.
type sentence struct {
	line   int
	anchor time.Time
	text   string
	want   []string
}

func readSentences(t testing.TB, file string) []sentence {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []sentence
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		c := strings.Split(sc.Text(), "\t")
		if strings.HasPrefix(sc.Text(), "#") || c[0] == "anchor" {
			continue
		}
		if len(c) != 6 {
			t.Fatalf("%s:%d: %d columns, need 6", file, n, len(c))
		}
		if c[1] != "" {
			s := sentence{line: n, text: c[1]}
			if c[0] != "-" {
				if s.anchor, err = time.Parse(time.RFC3339, c[0]); err != nil {
					t.Fatalf("%s:%d: %v", file, n, err)
				}
			}
			out = append(out, s)
		}
		if c[2] != "-" {
			last := &out[len(out)-1]
			last.want = append(last.want, strings.Join(c[2:], " | "))
		}
	}
	return out
}

func show(raw string, x isnad.Time) string {
	clock := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Format("2006-01-02T15:04")
	}
	return fmt.Sprintf("%s | %s | %s | %s", x.Span.Of(raw), clock(x.Interval.Start), clock(x.Interval.End), x.Interval.Precision)
}

func TestSentences(t *testing.T) {
	r := newReader(t)
	for _, file := range []string{"testdata/ar.tsv", "testdata/en.tsv"} {
		for _, s := range readSentences(t, file) {
			tx, err := text.New(s.text)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, x := range r.Find(tx, s.anchor) {
				got = append(got, show(s.text, x))
			}
			if g, w := strings.Join(got, "\n\t"), strings.Join(s.want, "\n\t"); g != w {
				t.Errorf("%s:%d: %s\ngot\n\t%s\nwant\n\t%s", file, s.line, s.text, g, w)
			}
		}
	}
}
