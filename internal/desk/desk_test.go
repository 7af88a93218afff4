package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
)

const (
	arabic  = "قال وزير المياه سليم الحداد، الخميس، إن المحطة «لن تتوقف يوما واحدا». وأضاف أن المضخات وصلت.\n\n"
	english = "The minister of water, Selim Haddad, said on Thursday that the station would not stop.\n\n"
)

// newDesk makes a desk that reports into the returned list.
func newDesk(t testing.TB, form export.Form, out io.Writer) (*Desk, *[]string) {
	t.Helper()
	a, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	e, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(a, e)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	d.Form, d.Out = form, out
	d.Report = func(i capture.Item, err error, notes []string) {
		told = append(told, fmt.Sprint(i.Name, " ", err, " ", notes))
	}
	return d, &told
}

func texts(texts ...string) iter.Seq[capture.Item] {
	return func(yield func(capture.Item) bool) {
		for i, s := range texts {
			if !yield(capture.TextItem(fmt.Sprint(i), s)) {
				return
			}
		}
	}
}

// reading is a line of output.
type reading struct {
	ID, Lang, Text, Published string
	Attributions              []struct {
		Cue, Source, Content [][2]int
		Parent               int
		Party                *int
		SourceResolved       *string `json:"source_resolved"`
		When                 *int
	}
	Parties []struct {
		N        int
		Name     string
		Mentions [][2]int
	}
	Times []struct {
		Span  [2]int
		Text  string
		Start *string
	}
}

func read(t testing.TB, d *Desk, items iter.Seq[capture.Item]) []reading {
	t.Helper()
	var out bytes.Buffer
	d.Form, d.Out = export.JSONL, &out
	if err := d.Run(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	var all []reading
	for line := range bytes.Lines(out.Bytes()) {
		var r reading
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%v in %.300s", err, line)
		}
		all = append(all, r)
	}
	return all
}

func TestRun(t *testing.T) {
	d, told := newDesk(t, export.JSONL, nil)
	got := read(t, d, texts("published: 2024-10-12\n\n"+arabic, "published: 2024-10-12\n\n"+english, "12345"))
	if len(got) != 3 || len(*told) != 3 {
		t.Fatalf("%d readings, told %q", len(got), *told)
	}
	if got[0].Lang != "ar" || got[1].Lang != "en" || got[2].Lang != "" {
		t.Errorf("languages %q, %q, %q", got[0].Lang, got[1].Lang, got[2].Lang)
	}
	r := got[0]
	if len(r.Attributions) == 0 || *r.Attributions[0].SourceResolved != "سليم الحداد" || *r.Times[0].Start != "2024-10-10" {
		t.Errorf("%+v", r)
	}
}

func TestLangAndPublishedOfTheDesk(t *testing.T) {
	d, _ := newDesk(t, export.JSONL, nil)
	d.Lang, d.Published = "ar", time.Date(2024, 10, 12, 0, 0, 0, 0, time.UTC)
	got := read(t, d, texts(english, "published: 2020-01-01\n\n"+arabic))
	if got[0].Lang != "ar" || got[0].Published != "2024-10-12" || got[1].Published != "2020-01-01" {
		t.Errorf("%+v", got)
	}
}

// TestOrder reads documents of very different length at the same time.
func TestOrder(t *testing.T) {
	var in []string
	for i := range 300 {
		in = append(in, strings.Repeat(arabic, 1+i*7919%97))
	}
	in[50] = strings.Repeat(arabic, 2*capture.LongBytes/len(arabic))
	d, told := newDesk(t, export.JSONL, nil)
	d.Workers = 5
	for i, r := range read(t, d, texts(in...)) {
		if r.ID != fmt.Sprint(i) || r.Text != in[i] || !strings.HasPrefix((*told)[i], r.ID+" ") {
			t.Fatalf("document %d came as %q", i, r.ID)
		}
	}
}

// TestFailuresDoNotStopTheOthers also checks that what failed leaves no trace
// in the output.
func TestFailuresDoNotStopTheOthers(t *testing.T) {
	for _, form := range []export.Form{export.JSONL, export.JSON, export.HTML, export.Plain(export.Style{})} {
		var whole, rest bytes.Buffer
		d, told := newDesk(t, form, &whole)
		if err := d.Run(t.Context(), texts("\xFF", arabic, "a\x00", english, "%PDF-")); err != nil {
			t.Fatal(err)
		}
		if len(*told) != 5 || !strings.Contains((*told)[0], "invalid UTF-8 at byte 0") {
			t.Errorf("told %q", *told)
		}
		d.Out = &rest
		ids := []string{"1", "3"}
		named := func(yield func(capture.Item) bool) {
			for i, s := range []string{arabic, english} {
				if !yield(capture.TextItem(ids[i], s)) {
					return
				}
			}
		}
		if err := d.Run(t.Context(), named); err != nil {
			t.Fatal(err)
		}
		if whole.String() != rest.String() {
			t.Errorf("%s differs where inputs failed", form.Name)
		}
	}
}

func TestNoDocumentIsStillAForm(t *testing.T) {
	var out bytes.Buffer
	d, _ := newDesk(t, export.JSON, &out)
	if err := d.Run(t.Context(), texts()); err != nil || !json.Valid(out.Bytes()) {
		t.Errorf("%q, %v", out.String(), err)
	}
	out.Reset()
	d.Form = export.HTML
	if err := d.Run(t.Context(), texts()); err != nil || !strings.HasPrefix(out.String(), "<!doctype html>") {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	endless := func(yield func(capture.Item) bool) {
		for yield(capture.TextItem("x", arabic)) {
			if n++; n == 20 {
				cancel()
			}
		}
	}
	d, _ := newDesk(t, export.JSONL, io.Discard)
	if err := d.Run(ctx, endless); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestRunEndsWithItsOutput(t *testing.T) {
	full := errors.New("disk full")
	for _, s := range []string{arabic, strings.Repeat(arabic, 2*capture.LongBytes/len(arabic))} {
		d, _ := newDesk(t, export.JSONL, failing{full})
		if err := d.Run(t.Context(), texts(s, s, s)); !errors.Is(err, full) {
			t.Errorf("%d bytes: %v", len(s), err)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestLongIsReadAsShort compares a long document with its windows read as
// documents of their own.
func TestLongIsReadAsShort(t *testing.T) {
	text := strings.Repeat(arabic+english, 3*capture.LongBytes/len(arabic+english))
	d, _ := newDesk(t, export.JSONL, nil)
	long := read(t, d, texts(text))[0]
	if long.Text != text {
		t.Fatal("the text is not whole")
	}
	at, before, times := 0, 0, 0
	for raw, err := range windows(strings.NewReader(text), windowBytes) {
		if err != nil {
			t.Fatal(err)
		}
		short := read(t, d, texts(raw))[0]
		for i, want := range short.Attributions {
			got := long.Attributions[before+i]
			if got.Content[0][0] != want.Content[0][0]+at || got.Cue[0][1] != want.Cue[0][1]+at {
				t.Fatalf("attribution %d: %v, want %v behind %d", before+i, got, want, at)
			}
			if want.Parent >= 0 && got.Parent != want.Parent+before {
				t.Fatalf("attribution %d: parent %d", before+i, got.Parent)
			}
			if got.Party != nil && long.Parties[*got.Party].Name != *got.SourceResolved {
				t.Fatalf("attribution %d: party %d is %q", before+i, *got.Party, long.Parties[*got.Party].Name)
			}
			if want.When != nil && *got.When != *want.When+times {
				t.Fatalf("attribution %d: when %d", before+i, *got.When)
			}
		}
		at += len(raw)
		before += len(short.Attributions)
		times += len(short.Times)
	}
	if len(long.Attributions) != before || len(long.Times) != times {
		t.Errorf("%d attributions and %d times, want %d and %d", len(long.Attributions), len(long.Times), before, times)
	}
	for _, p := range long.Parties {
		for _, m := range p.Mentions {
			if m[0] < 0 || m[1] > len(text) || !utf8.ValidString(text[m[0]:m[1]]) {
				t.Fatalf("mention %v of %q", m, p.Name)
			}
		}
	}
	for _, tm := range long.Times {
		if text[tm.Span[0]:tm.Span[1]] != tm.Text {
			t.Fatalf("time %v is not %q", tm.Span, tm.Text)
		}
	}
}

func TestWindows(t *testing.T) {
	for name, s := range map[string]string{
		"paragraphs": strings.Repeat("One. Two three.\n\n", 30),
		"lines":      strings.Repeat("One two three four\n", 30),
		"sentences":  strings.Repeat("One two. ", 60),
		"words":      strings.Repeat("كلمة ", 80),
		"one word":   strings.Repeat("ق", 300),
		"four bytes": strings.Repeat("𝄞", 100),
		"empty":      "",
	} {
		for _, r := range []io.Reader{strings.NewReader(s), iotest.OneByteReader(strings.NewReader(s)), iotest.DataErrReader(strings.NewReader(s))} {
			var all []string
			for w, err := range windows(r, 64) {
				if err != nil || len(w) == 0 || len(w) > 64 || !utf8.ValidString(w) {
					t.Errorf("%s: %q, %v", name, w, err)
				}
				all = append(all, w)
			}
			if strings.Join(all, "") != s {
				t.Errorf("%s: the windows do not make the text again", name)
			}
			if len(all) > 1 && strings.Contains(s, " ") && !strings.ContainsAny(all[0][len(all[0])-1:], " \n") {
				t.Errorf("%s: %q is cut within a word", name, all[0])
			}
		}
	}
	for _, err := range windows(iotest.ErrReader(io.ErrClosedPipe), 64) {
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%v", err)
		}
	}
}

func TestProgressAddsUp(t *testing.T) {
	d, _ := newDesk(t, export.JSONL, io.Discard)
	var sum, want int64
	d.Progress = func(n int64) { sum += n }
	in := []string{arabic, strings.Repeat(english, 3*capture.LongBytes/len(english)), "\xFF"}
	for _, s := range in {
		want += int64(len(s))
	}
	if err := d.Run(t.Context(), texts(in...)); err != nil {
		t.Fatal(err)
	}
	if sum < want-16 || sum > want {
		t.Errorf("progress of %d bytes, want %d", sum, want)
	}
}

// TestLongInBoundedMemory reads 24 MB in one line and watches the heap.
func TestLongInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(48 << 20)) // as isnad read sets one: garbage is no need
	line := strings.ReplaceAll(arabic+english, "\n", " ")
	n := 24 << 20 / len(line)
	d, _ := newDesk(t, export.JSONL, io.Discard)
	peak := watchHeap(t, func() {
		in := &capture.Inputs{Paths: []string{"-"}, Stdin: &repeated{line, n * len(line)}}
		if err := d.Run(t.Context(), in.Items()); err != nil {
			t.Error(err)
		}
	})
	if peak > 64<<20 {
		t.Errorf("the heap grew to %d MB", peak>>20)
	}
}

// repeated is a reader of left bytes of a string over and over.
type repeated struct {
	s    string
	left int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	at := len(r.s) - r.left%len(r.s)
	n := copy(p[:min(len(p), r.left)], r.s[at%len(r.s):])
	r.left -= n
	return n, nil
}

// watchHeap is the most that the heap held while f ran.
func watchHeap(t *testing.T, f func()) (peak uint64) {
	t.Helper()
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for tick := time.NewTicker(20 * time.Millisecond); ; {
			select {
			case <-stop:
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
	})
	f()
	close(stop)
	wg.Wait()
	return peak
}

func TestHostileTexts(t *testing.T) {
	deep := "قال الوزير: " + strings.Repeat("«قال ", 50) + "نعم" + strings.Repeat("»", 50) + "."
	d, told := newDesk(t, export.JSONL, nil)
	in := []string{
		deep, strings.Repeat("«", 5000) + "قال", "قال الوزير: «لن نتوقف.\n\nوأضاف: «نعم", strings.Repeat("\"", 9999), strings.Repeat("قال ", 9999),
		"ﻗﺎﻝ الوزيـــر\u202E إنَّ المحطةَ تعمل.", strings.Repeat("\n", 9999), "\u200D\u200F\u064B", "قال\u0000إن",
	}
	for _, r := range read(t, d, texts(in...)) {
		checkReading(t, &r)
	}
	if last := (*told)[len(in)-1]; !strings.Contains(last, "NUL at byte 6") {
		t.Errorf("told %q", last)
	}
}

// FuzzRun reads anything twice: the same output, spans within the text and on
// rune boundaries, children inside their parents.
func FuzzRun(f *testing.F) {
	f.Add(arabic + english)
	f.Add("نقلت وكالة الوادي عن الوزير قوله إن «المحطة \"تعمل».\n«لا» قال.")
	d, _ := newDesk(f, export.JSONL, nil)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return
		}
		one, two := read(t, d, texts("title: x\n\n"+s)), read(t, d, texts("title: x\n\n"+s))
		if fmt.Sprint(len(one), one) == "" || len(one) != len(two) {
			t.Fatal("not the same twice")
		}
		for k := range one {
			checkReading(t, &one[k])
			if a, b := mustJSON(one[k]), mustJSON(two[k]); !slices.Equal(a, b) {
				t.Errorf("not the same twice:\n%s\n%s", a, b)
			}
		}
	})
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func checkReading(t *testing.T, r *reading) {
	t.Helper()
	inText := func(s [2]int) {
		if s[0] < 0 || s[1] < s[0] || s[1] > len(r.Text) || !utf8.ValidString(r.Text[s[0]:s[1]]) {
			t.Errorf("span %v of %q", s, r.Text)
		}
	}
	for _, a := range r.Attributions {
		for _, s := range slices.Concat(a.Cue, a.Source, a.Content) {
			inText(s)
		}
		if a.Parent < 0 {
			continue
		}
		outer := r.Attributions[a.Parent].Content
		if a.Content[0][0] < outer[0][0] || a.Content[len(a.Content)-1][1] > outer[len(outer)-1][1] {
			t.Errorf("content %v is not inside its parent's %v in %q", a.Content, outer, r.Text)
		}
	}
	for _, p := range r.Parties {
		for _, s := range p.Mentions {
			inText(s)
		}
	}
	for _, tm := range r.Times {
		inText(tm.Span)
	}
}
