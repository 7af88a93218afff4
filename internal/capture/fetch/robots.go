package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"

	"github.com/isnad/isnad/internal/capture/coding"
)

// maxRobots is how much of a robots.txt counts (RFC 9309, 2.5: at least 500 KiB).
const maxRobots = 512 << 10

// robots is what a server asks of programs.
type robots struct {
	group *robotstxt.Group // nil where all is allowed
	err   error            // why it could not be read
}

// ask reports whether robots.txt lets an address be fetched.
func (f *Fetcher) ask(ctx context.Context, h *host, u *url.URL) error {
	h.once.Lock()
	defer h.once.Unlock()
	if h.robots == nil {
		r := f.read(ctx, h, u)
		if r.err != nil {
			return r.err // asked again the next time
		}
		h.robots = r
	}
	if g := h.robots.group; g != nil && !g.Test(robotsPath(u)) {
		return errForbidden
	}
	return nil
}

// read gets robots.txt. Where there is none everything may be fetched; where the
// server fails to tell, nothing may (RFC 9309, 2.3.1).
func (f *Fetcher) read(ctx context.Context, h *host, u *url.URL) *robots {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	var tape bytes.Buffer
	for range maxRedirects / 2 {
		if err := f.turn(ctx, h); err != nil {
			return &robots{err: err}
		}
		r, err := f.hop(ctx, at, Known{}, &tape)
		s, isStatus := errors.AsType[*Status](err)
		switch {
		case isStatus && s.Code < 500 && s.Code != http.StatusTooManyRequests:
			return &robots{}
		case isStatus:
			return &robots{err: fmt.Errorf("%w: %w", errRobots, err)}
		case isLarge(err):
			return &robots{}
		case err != nil:
			return &robots{err: err}
		case r.next == nil:
			return f.rules(h, r)
		}
		at = r.next
	}
	return &robots{}
}

func (f *Fetcher) rules(h *host, r *reply) *robots {
	body, err := coding.Decode(r.body, r.header.Get("Content-Encoding"), f.MaxBytes)
	if err != nil {
		return &robots{}
	}
	data, err := robotstxt.FromBytes(escapeRules(body[:min(len(body), maxRobots)]))
	if err != nil {
		return &robots{}
	}
	name, _, _ := strings.Cut(f.Agent, "/")
	g := data.FindGroup(name)
	if g.CrawlDelay > f.Pause {
		h.pace.SetLimit(rate.Every(min(g.CrawlDelay, maxWait)))
	}
	return &robots{group: g}
}

// robotsPath is the part of an address that rules are about.
func robotsPath(u *url.URL) string {
	p := escapeText(u.EscapedPath())
	if p == "" {
		p = "/"
	}
	if u.RawQuery != "" {
		p += "?" + escapeText(u.RawQuery)
	}
	return p
}

// escapeRules writes every rule as addresses are written (RFC 9309, 2.2.2): what
// is not ASCII in percent codes, and those in capitals.
func escapeRules(body []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(body) {
		out.WriteString(escapeText(string(line)))
	}
	return out.Bytes()
}

func escapeText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80:
			fmt.Fprintf(&b, "%%%02X", c)
		case c == '%' && i+2 < len(s):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
