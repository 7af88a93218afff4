package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/coding"
)

// once makes a request and follows where it leads.
func (f *Fetcher) once(ctx context.Context, first *url.URL, known Known) (*Page, error) {
	var tape bytes.Buffer
	seen := map[string]bool{first.String(): true}
	for u, hops := first, 0; ; hops++ {
		if err := f.permit(ctx, u); err != nil {
			return nil, err
		}
		r, err := f.hop(ctx, u, known, &tape)
		switch {
		case err != nil:
			return nil, err
		case r.next == nil && isLogin(u) && !isLogin(first):
			return nil, errLogin
		case r.next == nil:
			return f.page(u, r, tape.Bytes())
		case seen[r.next.String()]:
			return nil, &loop{r.next.String()}
		case hops == maxRedirects:
			return nil, fmt.Errorf("%w, more than %d times", errRedirects, maxRedirects)
		}
		u = r.next
		seen[u.String()] = true
	}
}

// permit waits for the turn of a host and asks its robots.txt.
func (f *Fetcher) permit(ctx context.Context, u *url.URL) error {
	h := f.host(u)
	if !f.IgnoreRobots {
		if err := f.ask(ctx, h, u); err != nil {
			return err
		}
	}
	return f.turn(ctx, h)
}

// turn waits until the host may be asked again.
func (f *Fetcher) turn(ctx context.Context, h *host) error {
	if d := h.pace.Reserve().Delay(); d > 0 {
		return f.Sleep(ctx, d)
	}
	return nil
}

// reply is a response that was read whole.
type reply struct {
	status int
	header http.Header
	body   []byte
	next   *url.URL // where it sends on to
}

// hop makes one request over a connection of its own, so that what goes over it
// can be written to tape.
func (f *Fetcher) hop(ctx context.Context, u *url.URL, known Known, tape *bytes.Buffer) (*reply, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, f.Timeout, errSlow)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", f.Agent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	req.Header.Set("Accept-Encoding", "gzip, br, zstd")
	req.Header.Set("Accept-Language", "ar,en;q=0.8,*;q=0.5")
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.Modified != "" {
		req.Header.Set("If-Modified-Since", known.Modified)
	}
	w := &wire{}
	res, err := f.transport(w).RoundTrip(req)
	if err != nil {
		return nil, causeOf(ctx, err)
	}
	defer res.Body.Close()
	w.write(tape)
	r := &reply{status: res.StatusCode, header: res.Header}
	if r.next, err = follow(u, res); err != nil || r.next != nil {
		return r, err
	}
	if r.status == http.StatusNotModified {
		return r, nil
	}
	if r.status/100 != 2 {
		return nil, &Status{Code: r.status, wait: retryAfter(res.Header, time.Now())}
	}
	if res.ContentLength > f.MaxBytes {
		return nil, &tooLarge{res.ContentLength, f.MaxBytes}
	}
	if r.body, err = io.ReadAll(io.LimitReader(res.Body, f.MaxBytes+1)); err != nil {
		return nil, causeOf(ctx, err)
	}
	if int64(len(r.body)) > f.MaxBytes {
		return nil, &tooLarge{-1, f.MaxBytes}
	}
	return r, nil
}

// causeOf prefers why ctx ended to what failed because of it.
func causeOf(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// follow is where a redirect leads, or nil.
func follow(u *url.URL, res *http.Response) (*url.URL, error) {
	switch res.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	next, err := u.Parse(res.Header.Get("Location"))
	if err != nil || res.Header.Get("Location") == "" {
		return nil, fmt.Errorf("%w: to %q, which is no address", errRedirects, res.Header.Get("Location"))
	}
	if next, err = Parse(next.String()); err != nil {
		return nil, fmt.Errorf("%w: to %s, and only http and https are fetched", errRedirects, res.Header.Get("Location"))
	}
	return next, nil
}

// retryAfter is the wait that a response asks for, in seconds or until a time.
func retryAfter(h http.Header, now time.Time) time.Duration {
	s := h.Get("Retry-After")
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return time.Duration(min(n, 1<<30)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil && t.After(now) {
		return t.Sub(now)
	}
	return 0
}

// page makes the capture of a reply.
func (f *Fetcher) page(u *url.URL, r *reply, head []byte) (*Page, error) {
	p := &Page{Address: u.String(), Known: Known{ETag: r.header.Get("ETag"), Modified: r.header.Get("Last-Modified")}}
	if r.status == http.StatusNotModified {
		return p, nil
	}
	body, err := coding.Decode(r.body, r.header.Get("Content-Encoding"), f.MaxBytes)
	switch {
	case errors.Is(err, coding.ErrTooLarge):
		return nil, &tooLarge{-1, f.MaxBytes}
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errBroken, err)
	case len(bytes.TrimSpace(body)) == 0:
		return nil, errEmpty
	}
	p.Capture = &capture.Capture{
		URL: u.String(), Media: mediaOf(r.header.Get("Content-Type"), body), At: time.Now().UTC().Truncate(time.Second),
		Header: bytes.Clone(head), Body: body,
	}
	if err := isPage(p.Capture); err != nil {
		return nil, err
	}
	return p, nil
}

// transport makes the transport of one request.
func (f *Fetcher) transport(w *wire) http.RoundTripper {
	dialer := &net.Dialer{Timeout: f.Timeout / 2}
	if !f.AllowPrivate {
		dialer.Control = ssrf.New(ssrf.WithAnyPort()).Safe
	}
	dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dialer.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &tapped{c, w}, nil
	}
	return &http.Transport{
		DialContext: dial, DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: maxHead,
		DialTLSContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			name, _, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, errors.Join(err, c.Close())
			}
			t := tls.Client(c, &tls.Config{ServerName: name, NextProtos: []string{"http/1.1"}, RootCAs: f.roots})
			if err := t.HandshakeContext(ctx); err != nil {
				return nil, errors.Join(err, c.Close())
			}
			return &tapped{t, w}, nil
		},
	}
}

// wire notes the heads of what goes over a connection, as they were.
type wire struct{ sent, got bytes.Buffer }

type tapped struct {
	net.Conn
	w *wire
}

func (t *tapped) Write(p []byte) (int, error) {
	note(&t.w.sent, p)
	return t.Conn.Write(p)
}

func (t *tapped) Read(p []byte) (int, error) {
	n, err := t.Conn.Read(p)
	note(&t.w.got, p[:n])
	return n, err
}

var endOfHead = "\r\n\r\n"

// note adds bytes until a head is whole.
func note(b *bytes.Buffer, p []byte) {
	if b.Len() < maxHead && !strings.Contains(b.String(), endOfHead) {
		b.Write(p)
	}
}

// write adds both heads to a tape.
func (w *wire) write(tape *bytes.Buffer) {
	for _, b := range []*bytes.Buffer{&w.sent, &w.got} {
		head, _, _ := strings.Cut(b.String(), endOfHead)
		tape.WriteString(head + endOfHead)
	}
}
