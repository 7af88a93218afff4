package web

import (
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/archive/sqlite"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/desk/desktest"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang/ar"
)

var articleCount = flag.Int("articles", 500, "articles of the benchmark of pages")

// benchSite is a workspace on an archive in a file, with generated articles.
func benchSite(b *testing.B) (http.Handler, *desk.Archivist) {
	b.Helper()
	dir := b.TempDir()
	if err := desktest.New(1).Folder(dir, *articleCount); err != nil {
		b.Fatal(err)
	}
	folder, err := fold.New(ar.Stems())
	if err != nil {
		b.Fatal(err)
	}
	a, err := sqlite.Create(b.Context(), filepath.Join(b.TempDir(), "a.isnad"), sqlite.Options{Folder: folder})
	if err != nil {
		b.Fatal(err)
	}
	d := newDesk(b)
	k, err := d.Keep(a, folder, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { k.Close() })
	in := capture.Inputs{Paths: []string{dir}}
	err = k.Add(b.Context(), in.Sources(), func([]desk.Receipt) error { return nil }, func(desk.Progress) {})
	if err != nil {
		b.Fatal(err)
	}
	arabic, english := packs(b)
	book, err := claim.New(ar.Stems(), arabic, english)
	if err != nil {
		b.Fatal(err)
	}
	h, err := New(Config{Host: host, Reader: d, Archive: k, Claims: NewClaims(b.Context(), k, book), Context: b.Context(), Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	return h, k
}

// gathered waits until the claims of an archive are there.
func gathered(b *testing.B, h http.Handler) {
	b.Helper()
	for {
		if code, _ := get(b, h, "/claims", "en"); code == http.StatusOK {
			return
		}
	}
}

// somePages are the addresses of pages of every kind.
func somePages(b *testing.B, h http.Handler) map[string]string {
	b.Helper()
	gathered(b, h)
	pages := map[string]string{"desk": "/", "read": "/read", "review": "/review", "search": "/search?q=speaker:" + "وزير", "parties": "/parties", "log": "/log", "claims": "/claims?all=1"}
	for _, from := range []string{"/search", "/parties", "/claims?all=1"} {
		_, page := get(b, h, from, "ar")
		for _, name := range []string{"document", "party", "claim"} {
			_, rest, ok := strings.Cut(page, `href="/`+name+"/")
			if end := strings.IndexAny(rest, `"#`); ok && end > 0 {
				pages[name] = "/" + name + "/" + rest[:end]
			}
		}
	}
	return pages
}

// BenchmarkPages asks for pages of every kind, and reports the time that 95 of
// 100 answers take at most, in milliseconds, and their size.
func BenchmarkPages(b *testing.B) {
	h, _ := benchSite(b)
	for name, path := range somePages(b, h) {
		b.Run(name, func(b *testing.B) {
			var times []time.Duration
			size := 0
			for b.Loop() {
				start := time.Now()
				code, page := get(b, h, path, "ar")
				times, size = append(times, time.Since(start)), len(page)
				if code != http.StatusOK {
					b.Fatalf("%s: status %d", path, code)
				}
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)*95/100])/1e6, "p95-ms")
			b.ReportMetric(float64(size)/1000, "kB")
		})
	}
}

// BenchmarkClaim compares the page of a claim with a handler that gives the
// same bytes from memory.
func BenchmarkClaim(b *testing.B) {
	h, _ := benchSite(b)
	path := somePages(b, h)["claim"]
	if path == "" {
		b.Skip("no claim among these articles: give more with -articles")
	}
	_, page := get(b, h, path, "ar")
	still := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, page) })
	var own, peer time.Duration
	for b.Loop() {
		start := time.Now()
		get(b, h, path, "ar")
		own += time.Since(start)
		start = time.Now()
		get(b, still, path, "ar")
		peer += time.Since(start)
	}
	b.ReportMetric(peer.Seconds()/own.Seconds(), "of-memory")
}

// TestCrowd has fifty readers on all pages while documents are added.
func TestCrowd(t *testing.T) {
	c := newConfig(t, "قال وزير المياه سليم الحداد إن المحطة لن تتوقف يوما واحدا.\n")
	h, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	paths := append(addresses(t, h), "/", "/search", "/parties", "/log", "/claims")
	var readers sync.WaitGroup
	for range 50 {
		readers.Go(func() {
			for _, p := range paths {
				r := httptest.NewRequest(http.MethodGet, "http://"+host+p, nil)
				w := httptest.NewRecorder()
				if h.ServeHTTP(w, r); w.Code != http.StatusOK {
					t.Errorf("%s: status %d", p, w.Code)
				}
			}
		})
	}
	for i := range 20 {
		source := capture.BytesSource("a", []byte("The council said that item "+string(rune('a'+i))+" was closed.\n"), time.Now())
		err := c.Archive.Receive(t.Context(), slices.Values([]capture.Source{source}), func([]desk.Receipt) error { return nil })
		if err == nil {
			err = c.Archive.Sync(t.Context(), nil)
		}
		if err != nil {
			t.Error(err)
		}
	}
	readers.Wait()
}
