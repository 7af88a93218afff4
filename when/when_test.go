package when

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

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

func TestNewErrors(t *testing.T) {
	const head = "word\tclass\tvalue\tbefore\tneeds\n"
	for _, c := range []struct{ table, want string }{
		{"May\tmonth\t5\t-\n", "language xx: time.tsv:2: 4 columns, need 5"},
		{"May\tmoon\t5\t-\t-\n", `unknown class "moon"`},
		{"May\tmonth\tfive\t-\t-\n", `value "five" is no small number`},
		{"May\tmonth\t5\tany\t-\n", `unknown set of prefixes "any": use all, name, conj or -`},
		{"May\tmonth\t5\t-\tluck\n", `unknown need "luck"`},
		{"Sunday\tweekday\tsunday\t-\t-\n", `value "sunday": use one of sun mon tue wed thu fri sat`},
		{" \tmonth\t5\t-\t-\n", "no word"},
	} {
		_, err := New(&lang.Pack{Name: "xx", Dir: fstest.MapFS{"time.tsv": {Data: []byte(head + c.table)}}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q in it", c.table, err, c.want)
		}
	}
	if _, err := New(&lang.Pack{Name: "xx", Dir: fstest.MapFS{}}); err == nil {
		t.Error("no error without a time.tsv")
	}
}

// TestLocation: intervals are on the calendar of the anchor's place, also
// across the day on which its clocks change.
func TestLocation(t *testing.T) {
	loc, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Skip(err)
	}
	anchor := time.Date(2024, 3, 31, 23, 30, 0, 0, loc)
	tx, err := text.New("Rain fell yesterday and today.")
	if err != nil {
		t.Fatal(err)
	}
	got := newReader(t).Find(tx, anchor)
	if len(got) != 2 {
		t.Fatalf("got %d phrases, want 2", len(got))
	}
	if d := got[1].Interval.End.Sub(got[1].Interval.Start); d != 23*time.Hour {
		t.Errorf("the day of the change has %v, want 23h", d)
	}
	if !got[0].Interval.End.Equal(got[1].Interval.Start) || got[0].Interval.Start.Location() != loc {
		t.Errorf("got %v to %v, then %v", got[0].Interval.Start, got[0].Interval.End, got[1].Interval.Start)
	}
}

// TestLongRun reads a run of dates that is longer than what is looked at at
// once: none is lost or found twice at the seams.
func TestLongRun(t *testing.T) {
	const n = 200
	tx, err := text.New(strings.Repeat("12 آذار 2021 ", n))
	if err != nil {
		t.Fatal(err)
	}
	got := newReader(t).Find(tx, time.Time{})
	if len(got) != n {
		t.Fatalf("got %d dates, want %d", len(got), n)
	}
	for i, x := range got {
		if s := x.Span.Of(tx.Raw); s != "12 آذار 2021" {
			t.Errorf("date %d is %q", i, s)
		}
	}
}

func FuzzFind(f *testing.F) {
	r := newReader(f)
	for _, file := range []string{"testdata/ar.tsv", "testdata/en.tsv"} {
		for _, s := range readSentences(f, file) {
			f.Add(s.text, s.anchor.Unix(), int16(180))
		}
	}
	f.Fuzz(func(t *testing.T, raw string, unix int64, minutes int16) {
		tx, err := text.New(raw)
		if err != nil {
			return
		}
		var anchor time.Time
		if unix != anchor.Unix() {
			anchor = time.Unix(unix, 0).In(time.FixedZone("", int(minutes)*60))
		}
		got := r.Find(tx, anchor)
		again := r.Find(tx, anchor)
		if !slices.Equal(got, again) {
			t.Fatalf("two readings of %q differ", raw)
		}
		end := 0
		for _, x := range got {
			checkTime(t, raw, x, end)
			end = x.Span.End
		}
	})
}

func checkTime(t *testing.T, raw string, x isnad.Time, after int) {
	s, iv := x.Span, x.Interval
	if s.Start < after || s.Empty() || s.End > len(raw) {
		t.Fatalf("span %v after byte %d of %d", s, after, len(raw))
	}
	if !utf8.RuneStart(raw[s.Start]) || s.End < len(raw) && !utf8.RuneStart(raw[s.End]) {
		t.Fatalf("span %v of %q cuts a rune", s, raw)
	}
	if (iv.Precision == isnad.NoPrecision) != iv.Start.IsZero() || iv.Start.IsZero() != iv.End.IsZero() {
		t.Fatalf("interval %v of %q is half empty", iv, s.Of(raw))
	}
	if !iv.Start.IsZero() && !iv.Start.Before(iv.End) {
		t.Fatalf("interval %v of %q ends before it begins", iv, s.Of(raw))
	}
}

// corpus is a text in which every sentence has a date or a trap: denser than
// any news.
func corpus(b *testing.B, file string) *text.Text {
	var all []string
	for _, s := range readSentences(b, file) {
		all = append(all, s.text)
	}
	tx, err := text.New(strings.Repeat(strings.Join(all, "\n")+"\n", 20))
	if err != nil {
		b.Fatal(err)
	}
	return tx
}

func BenchmarkFind(b *testing.B) {
	r := newReader(b)
	anchor := time.Date(2024, 10, 12, 16, 40, 0, 0, time.UTC)
	for _, l := range []string{"ar", "en"} {
		tx := corpus(b, "testdata/"+l+".tsv")
		b.Run(l, func(b *testing.B) {
			b.SetBytes(int64(len(tx.Raw)))
			b.ReportAllocs()
			for b.Loop() {
				r.Find(tx, anchor)
			}
		})
		b.Run(l+"/tokens", func(b *testing.B) {
			b.SetBytes(int64(len(tx.Raw)))
			var h uint64
			for b.Loop() {
				for i := range tx.Tokens {
					h ^= tx.Tokens[i].Hash
				}
			}
			if h == 1 {
				b.Log(h)
			}
		})
		b.Run(l+"/text", func(b *testing.B) {
			b.SetBytes(int64(len(tx.Raw)))
			var again text.Text
			for b.Loop() {
				if err := again.Reset(tx.Raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
