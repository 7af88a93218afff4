// Package fetch gets pages from the network, politely and within limits, and
// keeps the exchange as it was.
//
// # Invariant
//
// Only http and https are spoken, and unless [Config.AllowPrivate] is set no
// connection is made to an address that is not public: that is asked of every
// address that is dialled, so that redirects and names that change their address
// are covered. Time, size, redirects and repeats are bounded. What cannot be
// fetched is a [fault.Error] that says why and what to do.
package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/fault"
)

// Config is how a Fetcher behaves. Zero values stand for the defaults.
type Config struct {
	// Agent names the program to servers, and in robots.txt up to its slash.
	Agent string
	// AllowPrivate lets addresses be dialled that are not public.
	AllowPrivate bool
	// IgnoreRobots fetches what robots.txt asks not to be fetched.
	IgnoreRobots bool
	// Pause is the least time between two requests to a host; default 1 s. A
	// Crawl-delay of robots.txt counts where it is longer.
	Pause time.Duration
	// Timeout is for one request; default 30 s.
	Timeout time.Duration
	// MaxBytes bounds a body, as sent and unpacked; default [capture.MaxBody].
	MaxBytes int64
	// Tries is how often a request is made where the server is busy or does
	// not answer; default 3.
	Tries int
	// Sleep waits between tries; default a timer.
	Sleep func(ctx context.Context, d time.Duration) error

	roots *x509.CertPool // whose certificates count; nil for those of the system
}

// Bounds that are nobody's choice.
const (
	maxRedirects = 10
	maxHead      = 64 << 10 // bytes of the head of a request or response
	firstWait    = time.Second
	maxWait      = time.Minute
)

// Fetcher fetches. It may be used by several goroutines.
type Fetcher struct {
	Config
	mu    sync.Mutex // guards hosts
	hosts map[string]*host
}

// host is what is known of a server.
type host struct {
	pace   *rate.Limiter
	once   sync.Mutex // held while robots is asked for
	robots *robots    // nil until asked for
}

// New makes a fetcher.
func New(c Config) *Fetcher {
	if c.Agent == "" {
		c.Agent = "isnad/1 (+https://github.com/isnad/isnad)"
	}
	if c.Pause == 0 {
		c.Pause = time.Second
	}
	if c.Timeout == 0 {
		c.Timeout = 30 * time.Second
	}
	if c.MaxBytes == 0 {
		c.MaxBytes = capture.MaxBody
	}
	if c.Tries == 0 {
		c.Tries = 3
	}
	if c.Sleep == nil {
		c.Sleep = sleep
	}
	return &Fetcher{Config: c, hosts: make(map[string]*host)}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Known is what an earlier response said of the state of a page, to ask whether
// it has changed since.
type Known struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"` // Last-Modified, as it was
}

// Page is what was fetched.
type Page struct {
	Known
	// Capture is nil where the page has not changed since it was known.
	Capture *capture.Capture
	// Address is where redirects led.
	Address string
}

// Status is the error of a response that is none of success.
type Status struct {
	Code int
	wait time.Duration // what Retry-After asks for
}

func (s *Status) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the server answers %d %s", s.Code, http.StatusText(s.Code)))
}

// Gone reports the error of a page that was deleted: 404 or 410.
func Gone(err error) bool {
	s, ok := errors.AsType[*Status](err)
	return ok && (s.Code == http.StatusNotFound || s.Code == http.StatusGone)
}

// Fetch gets a page. Where known tells an earlier state that still holds, the
// page has no capture.
func (f *Fetcher) Fetch(ctx context.Context, address string, known Known) (*Page, error) {
	u, err := Parse(address)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		page, err := f.once(ctx, u, known)
		if err == nil {
			if page.Capture != nil {
				page.Capture.Input = address
			}
			return page, nil
		}
		wait, again := f.again(err, try)
		if !again {
			return nil, f.explain(address, err)
		}
		if err := f.Sleep(ctx, wait); err != nil {
			return nil, f.explain(address, err)
		}
	}
}

// again reports whether a request is worth repeating, and when.
func (f *Fetcher) again(err error, try int) (time.Duration, bool) {
	s, isStatus := errors.AsType[*Status](err)
	switch {
	case try >= f.Tries || isFinal(err):
		return 0, false
	case isStatus && s.Code != http.StatusTooManyRequests && s.Code < 500, isStatus && s.Code == http.StatusNotImplemented:
		return 0, false
	case isStatus && s.wait > maxWait:
		return 0, false
	case isStatus && s.wait > 0:
		return s.wait, true
	}
	wait := min(firstWait<<(try-1), maxWait)
	return wait/2 + rand.N(wait), true
}

// Parse reads an address that can be fetched; its fragment, which no server
// sees, is left out.
func Parse(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err
		}
		return nil, invalid(address, fmt.Errorf("not an address: %w", err), "write it as https://example.org/page")
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, invalid(address, fmt.Errorf("%q is not fetched, only http and https are", u.Scheme), "write it as https://example.org/page")
	case u.Hostname() == "":
		return nil, invalid(address, errors.New("an address without a host"), "write it as https://example.org/page")
	case u.User != nil:
		return nil, invalid(address, errors.New("an address with a name or password in it would be kept with it"), "leave that out")
	}
	u.Fragment = ""
	return u, nil
}

// IsAddress reports whether an argument is an address and not a file.
func IsAddress(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

func invalid(input string, err error, hint string) error {
	return &fault.Error{Kind: fault.Invalid, Input: input, Err: err, Hint: hint}
}

// host gives what is known of the server of an address.
func (f *Fetcher) host(u *url.URL) *host {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := u.Scheme + "://" + strings.ToLower(u.Host)
	h := f.hosts[key]
	if h == nil {
		h = &host{pace: rate.NewLimiter(rate.Every(f.Pause), 1)}
		f.hosts[key] = h
	}
	return h
}
