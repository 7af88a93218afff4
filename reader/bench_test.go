package reader_test

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/clipperhouse/uax29/v2/words"

	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// articles joins the project's own annotated texts to documents of the length
// of news articles.
func articles(b *testing.B, name string) []string {
	b.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	docs, err := gold.Parse(f)
	if err != nil {
		b.Fatal(err)
	}
	var out []string
	var doc strings.Builder
	for i := range docs {
		doc.WriteString(docs[i].Text)
		doc.WriteByte('\n')
		if doc.Len() > 3500 {
			out = append(out, doc.String())
			doc.Reset()
		}
	}
	return out
}

func bench(b *testing.B, docs []string, read func(string)) {
	n := 0
	for _, d := range docs {
		n += len(d)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	start := cpu(b)
	rounds := 0
	for b.Loop() {
		for _, d := range docs {
			read(d)
		}
		rounds++
	}
	b.ReportMetric(float64(n*rounds)/1e6/(cpu(b)-start).Seconds(), "MB/CPU-s")
}

// cpu is the time that this process has spent on a processor.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkPeer is the limit to compare with: uax29 segments the same texts
// into words and does nothing with them.
func BenchmarkPeer(b *testing.B) {
	for _, name := range []string{"gold.ar.txt", "gold.en.txt"} {
		b.Run(name, func(b *testing.B) {
			bench(b, articles(b, name), func(d string) {
				for seg := words.FromString(d); seg.Next(); {
					_ = seg.Value()
				}
			})
		})
	}
}

func BenchmarkTokens(b *testing.B) {
	for _, name := range []string{"gold.ar.txt", "gold.en.txt"} {
		b.Run(name, func(b *testing.B) {
			t := new(text.Text)
			bench(b, articles(b, name), func(d string) {
				if err := t.Reset(d); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for name, load := range map[string]func() (*lang.Pack, error){"gold.ar.txt": ar.Load, "gold.en.txt": en.Load} {
		b.Run(name, func(b *testing.B) {
			pack, err := load()
			if err != nil {
				b.Fatal(err)
			}
			r, t := reader.New(pack), new(text.Text)
			bench(b, articles(b, name), func(d string) {
				if err := t.Reset(d); err != nil {
					b.Fatal(err)
				}
				r.Read(t)
			})
		})
	}
}
