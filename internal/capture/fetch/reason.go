package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/fault"
)

// Reasons that a page cannot be had.
var (
	errSlow      = errors.New("it took too long")
	errEmpty     = errors.New("the server answers with nothing")
	errBroken    = errors.New("what the server sent cannot be unpacked")
	errForbidden = errors.New("its robots.txt asks not to fetch it")
	errRobots    = errors.New("its robots.txt cannot be read")
	errRedirects = errors.New("it leads from one address to the next")
	errLogin     = errors.New("it leads to a page to log in")
)

// loop is the error of redirects that come back.
type loop struct{ to string }

func (l *loop) Error() string { return "its redirects go round in a circle, back to " + l.to }

// tooLarge is the error of a body over the limit.
type tooLarge struct{ size, limit int64 }

func (t *tooLarge) Error() string {
	if t.size < 0 {
		return fmt.Sprintf("larger than %d MB", t.limit>>20)
	}
	return fmt.Sprintf("%d MB large, more than the %d that are fetched", t.size>>20, t.limit>>20)
}

func isLarge(err error) bool {
	_, ok := errors.AsType[*tooLarge](err)
	return ok
}

// notPage is the error of what is no text.
type notPage struct{ media string }

func (n *notPage) Error() string { return fmt.Sprintf("it is %s, not a page", n.media) }

// isFinal reports errors that another try would not mend.
func isFinal(err error) bool {
	_, isLoop := errors.AsType[*loop](err)
	_, isMedia := errors.AsType[*notPage](err)
	_, isFault := errors.AsType[*fault.Error](err)
	dns, isDNS := errors.AsType[*net.DNSError](err)
	return isLoop || isMedia || isFault || isLarge(err) || isDNS && dns.IsNotFound || isPrivate(err) || isCertificate(err) ||
		errors.Is(err, errEmpty) || errors.Is(err, errForbidden) || errors.Is(err, errRedirects) || errors.Is(err, errLogin) ||
		errors.Is(err, context.Canceled)
}

func isPrivate(err error) bool {
	return errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedNetwork) || errors.Is(err, ssrf.ErrProhibitedPort) ||
		errors.Is(err, ssrf.ErrInvalidHostPort)
}

func isCertificate(err error) bool {
	return strings.Contains(err.Error(), "x509:") || strings.Contains(err.Error(), "tls:")
}

// explain makes an error of a person's: what happened, and what can be done.
func (f *Fetcher) explain(address string, err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	e := &fault.Error{Kind: fault.Unavailable, Input: address, Err: err}
	if s, ok := errors.AsType[*Status](err); ok {
		e.Kind, e.Hint = adviseStatus(s)
		return e
	}
	_, isMedia := errors.AsType[*notPage](err)
	dns, isDNS := errors.AsType[*net.DNSError](err)
	switch {
	case errors.Is(err, context.Canceled):
		e.Hint = "it was stopped; the same command goes on from there"
	case isPrivate(err):
		e.Kind, e.Err = fault.Invalid, errors.New("its address is not a public one")
		e.Hint = "--allow-private fetches from this machine and its own network too"
	case isDNS && dns.IsNotFound:
		e.Kind, e.Err, e.Hint = fault.NotFound, fmt.Errorf("no host named %s", dns.Name), "check the address, or the connection to the network"
	case isLarge(err):
		e.Kind, e.Hint = fault.Invalid, "save it and add the part that matters as a file"
	case isMedia:
		e.Kind, e.Hint = fault.Invalid, "name the page that shows it"
	case isCertificate(err):
		e.Hint = "its certificate is not to be trusted; see it in a browser, save it and add the file"
	case errors.Is(err, errSlow):
		e.Err, e.Hint = fmt.Errorf("%w, more than %v", errSlow, f.Timeout), "try again later"
	case errors.Is(err, errForbidden), errors.Is(err, errRobots):
		e.Hint = "--ignore-robots fetches it all the same"
	case errors.Is(err, errLogin), errors.Is(err, errEmpty):
		e.Hint = "open it in a browser, save the page and add the file"
	default:
		e.Err, e.Hint = plainError(err), "check the address and the connection, or try again later"
	}
	return e
}

func adviseStatus(s *Status) (fault.Kind, string) {
	switch {
	case s.Code == http.StatusNotFound || s.Code == http.StatusGone:
		return fault.NotFound, "the page was deleted or never was; look for a copy in a web archive"
	case s.Code == http.StatusUnauthorized || s.Code == http.StatusForbidden || s.Code == http.StatusPaymentRequired ||
		s.Code == http.StatusUnavailableForLegalReasons:
		return fault.Unavailable, "the server does not give it to programs, or not here: open it in a browser, save the page and add the file"
	case s.wait > 0:
		return fault.Unavailable, fmt.Sprintf("the server asks to come back in %v", s.wait.Round(time.Second))
	}
	return fault.Unavailable, "try again later"
}

// plainError is an error without the words of the layers it came through.
func plainError(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	if e, ok := errors.AsType[*net.OpError](err); ok {
		return fmt.Errorf("cannot be reached: %w", e.Err)
	}
	return err
}

// mediaOf is the type of a body: what it is called, unless that says nothing or
// its first bytes say something else.
func mediaOf(label string, body []byte) string {
	media, _, _ := strings.Cut(label, ";")
	found := http.DetectContentType(body)
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "", "application/octet-stream", "unknown/unknown", "*/*":
		return found
	}
	if bytes.HasPrefix(body, []byte("%PDF-")) {
		return "application/pdf"
	}
	return label
}

// isPage fails on what no statement can be in, and on pages to log in.
func isPage(c *capture.Capture) error {
	media, _, _ := strings.Cut(strings.ToLower(c.Media), ";")
	media = strings.TrimSpace(media)
	kind, _, _ := strings.Cut(media, "/")
	switch kind {
	case "image", "video", "audio", "font", "model":
		return &notPage{media}
	}
	switch media {
	case "application/zip", "application/octet-stream", "application/javascript", "application/x-gzip", "application/gzip", "text/css", "text/javascript":
		return &notPage{media}
	case "text/html", "application/xhtml+xml":
		if isLoginForm(c) {
			return errLogin
		}
	}
	return nil
}

// isLogin reports the address of a page to log in.
func isLogin(u *url.URL) bool {
	for part := range strings.FieldsFuncSeq(strings.ToLower(u.Path), func(r rune) bool { return r == '/' || r == '.' || r == '_' }) {
		switch part {
		case "login", "log-in", "signin", "sign-in", "logon", "sso":
			return true
		}
	}
	return false
}

// fewWords is the number of bytes of text below which a page with a field for a
// password is one to log in.
const fewWords = 400

func isLoginForm(c *capture.Capture) bool {
	low := bytes.ToLower(c.Body)
	if !bytes.Contains(low, []byte(`type="password"`)) && !bytes.Contains(low, []byte(`type='password'`)) && !bytes.Contains(low, []byte(`type=password`)) {
		return false
	}
	d, err := capture.Extract(c)
	return err == nil && len(d.Text) < fewWords
}
