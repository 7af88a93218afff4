package fetch

import (
	"compress/gzip"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/fault"
)

const article = `<html><title>عنوان</title><p>قال المدير إن المحطة تعمل وإن المضخات وصلت كلها إلى المستودع.</p></html>`

// waits notes what was waited for, and does not wait.
type waits struct {
	mu   sync.Mutex
	list []time.Duration
}

func (w *waits) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, d)
	return ctx.Err()
}

// local is a fetcher that may ask this machine.
func local(w *waits, c Config) *Fetcher {
	c.AllowPrivate, c.Sleep, c.Pause = true, w.sleep, max(c.Pause, time.Nanosecond)
	return New(c)
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestFetchKeepsTheExchange(t *testing.T) {
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			http.NotFound(w, r)
		case "/old":
			http.Redirect(w, r, "/new#part", http.StatusMovedPermanently)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("ETag", `"one"`)
			fmt.Fprint(w, article)
		}
	})
	p, err := local(new(waits), Config{}).Fetch(t.Context(), at+"/old#top", Known{})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Capture
	if c.Input != at+"/old#top" || c.URL != at+"/new" || string(c.Body) != article || p.ETag != `"one"` || c.At.IsZero() {
		t.Errorf("%+v", c)
	}
	for _, want := range []string{
		"GET /old HTTP/1.1\r\n", "HTTP/1.1 301 Moved Permanently\r\n", "GET /new HTTP/1.1\r\n", "User-Agent: isnad/1",
		"HTTP/1.1 200 OK\r\n", "Etag: \"one\"\r\n",
	} {
		if !strings.Contains(string(c.Header), want) {
			t.Errorf("heads have no %q:\n%s", want, c.Header)
		}
	}
	if strings.Contains(string(c.Header), "robots.txt") || strings.Contains(string(c.Header), "<title>") {
		t.Errorf("heads have more than the exchange:\n%s", c.Header)
	}
}

func TestUnlabelledCharset(t *testing.T) {
	raw, err := charmap.Windows1256.NewEncoder().String(article)
	if err != nil {
		t.Fatal(err)
	}
	at := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, raw)
	})
	p, err := local(new(waits), Config{IgnoreRobots: true}).Fetch(t.Context(), at, Known{})
	if err != nil {
		t.Fatal(err)
	}
	if d, err := capture.Extract(p.Capture); err != nil || d.Title != "عنوان" || !strings.Contains(d.Text, "المضخات") {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestUnchanged(t *testing.T) {
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		if r.Header.Get("If-None-Match") == `"one"` && r.Header.Get("If-Modified-Since") == "then" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, article)
	})
	p, err := local(new(waits), Config{IgnoreRobots: true}).Fetch(t.Context(), at, Known{ETag: `"one"`, Modified: "then"})
	if err != nil || p.Capture != nil || p.ETag != `"one"` {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestReasons checks that each failure says what happened and what to do.
func TestReasons(t *testing.T) {
	for _, c := range []struct {
		name   string
		serve  http.HandlerFunc
		kind   fault.Kind
		reason string
		hint   string
	}{
		{"gone", func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, fault.NotFound, "404 Not Found", "web archive"},
		{"forbidden", status(403), fault.Unavailable, "403 Forbidden", "browser"},
		{"to pay", status(402), fault.Unavailable, "402", "browser"},
		{"busy", status(503), fault.Unavailable, "503", "later"},
		{"empty", text("text/html", " \n "), fault.Unavailable, "nothing", "save"},
		{"picture", text("image/png", "\x89PNG\r\n\x1a\n"), fault.Invalid, "image/png", "page"},
		{"archive without a type", text("", "PK\x03\x04aaaa"), fault.Invalid, "application/zip", "page"},
		{"large", text("text/html", strings.Repeat("x", 4<<20)), fault.Invalid, "than", "file"},
		{"login form", text("text/html", `<form><input name=u><input type="password"></form>`), fault.Unavailable, "log in", "save"},
		{"broken packing", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "no gzip at all")
		}, fault.Unavailable, "unpacked", "later"},
		{"bomb", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = io.Copy(z, io.LimitReader(zeros{}, 64<<20))
			z.Close()
		}, fault.Invalid, "larger than 1 MB", "file"},
		{"cut short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "half")
		}, fault.Unavailable, "EOF", "later"},
		{"circle", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, map[string]string{"/": "/b"}[r.URL.Path]+"", http.StatusFound)
		}, fault.Unavailable, "circle", ""},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, fault.Unavailable, "more than 10 times", ""},
		{"to another scheme", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, fault.Unavailable, "file:///etc/passwd", ""},
		{"to a login", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/users/login" {
				fmt.Fprint(w, article)
				return
			}
			http.Redirect(w, r, "/users/login?next=/", http.StatusFound)
		}, fault.Unavailable, "log in", "save"},
		{"silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, fault.Unavailable, "too long", "later"},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := serve(t, c.serve)
			f := local(new(waits), Config{IgnoreRobots: true, MaxBytes: 1 << 20, Timeout: 2 * time.Second})
			if c.name == "silent" {
				f.Timeout = 50 * time.Millisecond
			}
			_, err := f.Fetch(t.Context(), at+"/", Known{})
			if err == nil || fault.Of(err) != c.kind || !strings.Contains(err.Error(), c.reason) || !strings.Contains(fault.Hint(err), c.hint) ||
				!strings.Contains(err.Error(), at) {
				t.Errorf("%v: %v (hint %q)", fault.Of(err), err, fault.Hint(err))
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func text(media, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = []string{media}
		fmt.Fprint(w, body)
	}
}

func TestAddresses(t *testing.T) {
	f := local(new(waits), Config{})
	for address, reason := range map[string]string{
		"ftp://a.example/":          "only http",
		"//a.example/":              "only http",
		"http://":                   "without a host",
		"http://u:p@a.example/":     "password",
		"http://a b/":               "not an address",
		"gopher://127.0.0.1:70/_x":  "only http",
		"http://%zz/":               "not an address",
		"http://no.such.invalid/":   "no host named",
		"javascript:alert(1)":       "only http",
		"http://[::1%25lo]:bad/x":   "not an address",
		"http://127.0.0.1:1/closed": "cannot be reached",
	} {
		if _, err := f.Fetch(t.Context(), address, Known{}); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestPrivate checks that no address is dialled that is not public, in any
// writing, and not behind a redirect or a name either.
func TestPrivate(t *testing.T) {
	asked := false
	at := serve(t, func(http.ResponseWriter, *http.Request) { asked = true })
	_, port, err := net.SplitHostPort(strings.TrimPrefix(at, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	f := New(Config{Sleep: new(waits).sleep, IgnoreRobots: true})
	for _, host := range []string{
		"127.0.0.1", "localhost", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
		"224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1",
		"[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]",
		"[2002:7f00:1::1]", "[2002:a00:1::]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "[2001::1]", "[2001:db8::1]",
		"[::127.0.0.1]", "[100::1]",
	} {
		_, err := f.Fetch(t.Context(), "http://"+host+":"+port+"/", Known{})
		if err == nil || !strings.Contains(err.Error(), "not a public one") || !strings.Contains(fault.Hint(err), "--allow-private") {
			t.Errorf("%s: %v", host, err)
		}
	}
	if asked {
		t.Error("this machine was asked")
	}
}

func TestRobots(t *testing.T) {
	var asked atomic.Int32
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			_, _ = io.WriteString(w, "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /خاص/\nDisallow: /b%d8%a7/\nAllow: /\nCrawl-delay: 7\n")
			return
		}
		fmt.Fprint(w, article)
	})
	w := new(waits)
	f := local(w, Config{})
	for path, allowed := range map[string]bool{
		"/a": true, "/خاص/x": false, "/%D8%AE%D8%A7%D8%B5/x": false, "/%d8%ae%d8%a7%d8%b5/x": false, "/با/": true, "/b%D8%A7/": false,
	} {
		_, err := f.Fetch(t.Context(), at+path, Known{})
		if (err == nil) != allowed || err != nil && !strings.Contains(fault.Hint(err), "--ignore-robots") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("robots.txt was asked for %d times", asked.Load())
	}
	if len(w.list) == 0 || w.list[len(w.list)-1] < 6*time.Second {
		t.Errorf("Crawl-delay is not kept: %v", w.list)
	}
	if _, err := local(w, Config{IgnoreRobots: true}).Fetch(t.Context(), at+"/خاص/x", Known{}); err != nil {
		t.Error(err)
	}
}

func TestRobotsThatFail(t *testing.T) {
	code := 500
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			w.WriteHeader(code)
			return
		}
		fmt.Fprint(w, article)
	})
	f := local(new(waits), Config{})
	if _, err := f.Fetch(t.Context(), at, Known{}); err == nil || !strings.Contains(err.Error(), "robots.txt cannot be read") {
		t.Errorf("%v", err)
	}
	code = 403
	if _, err := f.Fetch(t.Context(), at, Known{}); err != nil {
		t.Error(err)
	}
}

// TestTries checks that a busy server is asked again, when it says.
func TestTries(t *testing.T) {
	n := 0
	at := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		switch n++; n {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(429)
		case 2:
			w.WriteHeader(502)
		default:
			fmt.Fprint(w, article)
		}
	})
	w := new(waits)
	f := local(w, Config{IgnoreRobots: true})
	if _, err := f.Fetch(t.Context(), at, Known{}); err != nil || n != 3 {
		t.Fatalf("%d tries, %v", n, err)
	}
	var long []time.Duration
	for _, d := range w.list {
		if d > time.Millisecond {
			long = append(long, d)
		}
	}
	if len(long) != 2 || long[0] != 7*time.Second || long[1] < time.Second || long[1] >= 3*time.Second {
		t.Errorf("waited %v", long)
	}
	far := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat))
		w.WriteHeader(503)
	})
	if _, err := f.Fetch(t.Context(), far, Known{}); err == nil || !strings.Contains(fault.Hint(err), "come back in") {
		t.Errorf("%v, %q", err, fault.Hint(err))
	}
}

func TestPace(t *testing.T) {
	at := serve(t, text("text/html", article))
	w := new(waits)
	f := local(w, Config{IgnoreRobots: true, Pause: time.Minute})
	for range 3 {
		if _, err := f.Fetch(t.Context(), at, Known{}); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.list) != 2 || w.list[0] < 50*time.Second || w.list[1] < 100*time.Second {
		t.Errorf("waited %v", w.list)
	}
}

func TestEncrypted(t *testing.T) {
	s := httptest.NewUnstartedServer(text("text/html", article))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	f := local(new(waits), Config{IgnoreRobots: true})
	if _, err := f.Fetch(t.Context(), s.URL, Known{}); err == nil || !strings.Contains(fault.Hint(err), "certificate") {
		t.Errorf("%v", err)
	}
	f.roots = x509.NewCertPool()
	f.roots.AddCert(s.Certificate())
	p, err := f.Fetch(t.Context(), s.URL, Known{})
	if err != nil || !strings.HasPrefix(string(p.Capture.Header), "GET / HTTP/1.1\r\n") {
		t.Errorf("%v", err)
	}
}

func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	at := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := local(new(waits), Config{IgnoreRobots: true}).Fetch(ctx, at, Known{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// FuzzRobots checks that rules in any form are read, and that an address asks
// the same in both of its writings.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /خاص/*$\nCrawl-delay: 1e9\n", "/خاص/x")
	f.Fuzz(func(t *testing.T, body, path string) {
		fetcher := New(Config{})
		h := fetcher.host(&url.URL{Scheme: "http", Host: "a.example"})
		r := fetcher.rules(h, &reply{body: []byte(body)})
		a, errA := url.Parse("http://a.example/" + url.PathEscape(path))
		if r.group == nil || errA != nil {
			return
		}
		lower := strings.ToLower(a.EscapedPath())
		if b, err := url.Parse("http://a.example" + lower); err == nil && b.Path == a.Path && r.group.Test(robotsPath(a)) != r.group.Test(robotsPath(b)) {
			t.Errorf("%q and %q differ", a, b)
		}
	})
}
