package desk_test

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/words"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/internal/sample"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
)

// articleBytes is the length that pieces are joined to: that of a news article.
const articleBytes = 3500

// articles are the project's own texts in a language, joined to documents.
func articles(tb testing.TB, language string) []string {
	tb.Helper()
	var pieces []string
	for _, name := range map[string][]string{"ar": {"gold.ar.txt", "gold2.ar.txt"}, "en": {"gold.en.txt"}}[language] {
		f, err := os.Open("../../reader/testdata/" + name)
		if err != nil {
			tb.Fatal(err)
		}
		docs, err := gold.Parse(f)
		f.Close()
		if err != nil {
			tb.Fatal(err)
		}
		for i := range docs {
			pieces = append(pieces, docs[i].Text)
		}
	}
	own, err := sample.Articles()
	if err != nil {
		tb.Fatal(err)
	}
	for _, a := range own {
		if strings.Contains(a.Name, "."+language+".") {
			_, body, _ := strings.Cut(a.Text, "\n\n")
			pieces = append(pieces, body)
		}
	}
	var out []string
	var doc strings.Builder
	for _, p := range pieces {
		doc.WriteString(p)
		doc.WriteByte('\n')
		if doc.Len() > articleBytes {
			out = append(out, doc.String())
			doc.Reset()
		}
	}
	return append(out, doc.String())
}

// jsonLines is the documents as input of isnad read --in jsonl.
func jsonLines(tb testing.TB, docs []string) string {
	tb.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, d := range docs {
		if err := enc.Encode(map[string]string{"text": d, "published": "2024-10-12T16:40:00Z"}); err != nil {
			tb.Fatal(err)
		}
	}
	return b.String()
}

// cpu is the time that this process has spent on a processor.
func cpu(tb testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// batchBytes is how much is read between two looks at the clock.
const batchBytes = 2 << 20

// BenchmarkRead goes the whole way, from JSON lines to JSON lines, beside the
// segmentation of the same texts into words by uax29, which does nothing with
// the words. The two take turns on one processor, and the best turn of each
// counts, so that other work on the machine weighs on neither.
func BenchmarkRead(b *testing.B) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, language := range []string{"ar", "en"} {
		b.Run(language, func(b *testing.B) {
			docs := articles(b, language)
			size := len(strings.Join(docs, ""))
			times := batchBytes/size + 1
			in := strings.Repeat(jsonLines(b, docs), times)
			d := newDesk(b)
			var own, peer float64
			speed := func(best *float64, work func()) {
				start := cpu(b)
				work()
				*best = max(*best, float64(size*times)/1e6/(cpu(b)-start).Seconds())
			}
			b.SetBytes(int64(size * times))
			b.ReportAllocs()
			for b.Loop() {
				speed(&own, func() { run(b, d, in) })
				b.StopTimer()
				speed(&peer, func() { segment(docs, times) })
				b.StartTimer()
			}
			b.ReportMetric(own, "MB/CPU-s")
			b.ReportMetric(peer, "uax29-MB/CPU-s")
			b.ReportMetric(own/peer, "ratio")
		})
	}
}

func newDesk(tb testing.TB) *desk.Desk {
	tb.Helper()
	d, err := desk.New(packs(tb)...)
	if err != nil {
		tb.Fatal(err)
	}
	d.Form, d.Out = export.JSONL, io.Discard
	d.Report = func(item capture.Item, err error, _ []string) {
		if err != nil {
			tb.Errorf("%s: %v", item.Name, err)
		}
	}
	return d
}

func run(tb testing.TB, d *desk.Desk, in string) {
	tb.Helper()
	inputs := capture.Inputs{Paths: []string{"-"}, Form: capture.JSONL, Stdin: strings.NewReader(in)}
	if err := d.Run(context.Background(), inputs.Items()); err != nil {
		tb.Fatal(err)
	}
}

func segment(docs []string, times int) {
	for range times {
		for _, d := range docs {
			for seg := words.FromString(d); seg.Next(); {
				_ = seg.Value()
			}
		}
	}
}

// packs are the languages.
func packs(tb testing.TB) []*lang.Pack {
	tb.Helper()
	arabic, err := ar.Load()
	if err != nil {
		tb.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return []*lang.Pack{arabic, english}
}
