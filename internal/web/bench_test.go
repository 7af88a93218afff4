package web

import (
	"crypto/rand"
	"flag"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

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
	pages := map[string]string{"desk": "/", "read": "/read", "review": "/review", "search": "/search?q=speaker:" + "وزير", "parties": "/parties", "log": "/log", "sources": "/sources", "claims": "/claims?all=1"}
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

// BenchmarkPages asks for pages of every kind as a browser on this machine does
// and reports, by page: the time to the first byte and that of the load in
// Chromium, which 95 of 100 take at most; what goes over the wire; the page of a
// claim beside a handler that gives the same bytes from memory; and fifty
// readers of all pages beside one who adds.
func BenchmarkPages(b *testing.B) {
	h, k := benchSite(b)
	pages := somePages(b, h)
	stats, err := k.Stats(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d statements in %d documents, %d names", stats.Statements, stats.Documents, stats.Names)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { r.Host = host; h.ServeHTTP(w, r) }))
	b.Cleanup(server.Close)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		b.Run(name, func(b *testing.B) { firstByte(b, server, pages[name]) })
	}
	b.Run("claim-beside-memory", func(b *testing.B) { besideMemory(b, h, pages["claim"]) })
	b.Run("crowd", func(b *testing.B) { crowd(b, server, k, slices.Collect(maps.Values(pages))) })
	b.Run("render", func(b *testing.B) { render(b, server, pages) })
}

// p95 is what 95 of 100 times are not longer than, in milliseconds.
func p95(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)*95/100]) / 1e6
}

// firstByte measures one page.
func firstByte(b *testing.B, server *httptest.Server, path string) {
	var times []time.Duration
	size := 0
	for b.Loop() {
		first, n := fetched(b, server, path)
		times, size = append(times, first), n
	}
	for _, file := range []string{"/static/page.css", "/static/site.css", "/static/site.js"} {
		_, n := fetched(b, server, file)
		size += n
	}
	b.ReportMetric(p95(times), "p95-first-byte-ms")
	b.ReportMetric(float64(size)/1000, "wire-kB")
}

// fetched gives the time to the first byte of a page and its bytes on the wire.
func fetched(b testing.TB, server *httptest.Server, path string) (time.Duration, int) {
	var begin time.Time
	var first time.Duration
	trace := &httptrace.ClientTrace{GotFirstResponseByte: func() { first = time.Since(begin) }}
	r, err := http.NewRequestWithContext(httptrace.WithClientTrace(b.Context(), trace), http.MethodGet, server.URL+path, nil)
	if err != nil {
		b.Error(err)
		return 0, 0
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.AddCookie(&http.Cookie{Name: "lang", Value: "ar"})
	begin = time.Now()
	a, err := server.Client().Do(r)
	if err != nil {
		b.Error(err)
		return 0, 0
	}
	defer a.Body.Close()
	n, err := io.Copy(io.Discard, a.Body)
	if err != nil || a.StatusCode != http.StatusOK {
		b.Errorf("%s: status %d, %v", path, a.StatusCode, err)
	}
	return first, int(n)
}

// besideMemory compares the page of a claim with a handler that gives the same
// bytes from memory.
func besideMemory(b *testing.B, h http.Handler, path string) {
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

// crowd has fifty readers ask for all pages while documents are added.
func crowd(b *testing.B, server *httptest.Server, k *desk.Archivist, paths []string) {
	for b.Loop() {
		var mu sync.Mutex
		var times []time.Duration
		var readers sync.WaitGroup
		for range 50 {
			readers.Go(func() {
				for _, p := range paths {
					first, _ := fetched(b, server, p)
					mu.Lock()
					times = append(times, first)
					mu.Unlock()
				}
			})
		}
		for range 5 {
			source := capture.BytesSource("a", []byte("The council said that item "+rand.Text()+" was closed.\n"), time.Now())
			err := k.Receive(b.Context(), slices.Values([]capture.Source{source}), func([]desk.Receipt) error { return nil })
			if err == nil {
				err = k.Sync(b.Context(), nil)
			}
			if err != nil {
				b.Error(err)
			}
		}
		readers.Wait()
		b.ReportMetric(p95(times), "p95-first-byte-ms")
	}
}

// render loads every page in Chromium.
func render(b *testing.B, server *httptest.Server, pages map[string]string) {
	ctx := newBrowser(b)
	times := map[string][]time.Duration{}
	for b.Loop() {
		for _, name := range slices.Sorted(maps.Keys(pages)) {
			var took float64
			err := chromedp.Run(ctx, inLanguage(server.URL, "ar"), visit(server.URL+pages[name]), chromedp.WaitReady("#main"),
				chromedp.Evaluate(`performance.getEntriesByType("navigation")[0].loadEventEnd`, &took))
			if err != nil {
				b.Fatal(err)
			}
			times[name] = append(times[name], time.Duration(took*1e6))
		}
	}
	for name, list := range times {
		b.ReportMetric(p95(list), name+"-p95-ms")
	}
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
