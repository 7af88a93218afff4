package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/isnad/isnad/internal/capture/warc"
	"github.com/isnad/isnad/internal/fault"
)

// isWARC reports the first bytes of a web archive, packed or not.
func isWARC(head []byte) bool {
	var r io.Reader = bytes.NewReader(head)
	switch {
	case bytes.HasPrefix(head, []byte("\x1F\x8B")):
		z, err := gzip.NewReader(r)
		if err != nil {
			return false
		}
		r = z
	case bytes.HasPrefix(head, []byte("\x5D\x2A\x4D\x18")): // a dictionary; only these archives have it
		return true
	case bytes.HasPrefix(head, []byte("\x28\xB5\x2F\xFD")):
		var h zstd.Header
		return h.Decode(head) == nil
	}
	var start [5]byte
	_, _ = io.ReadFull(r, start[:]) // what is no archive is something else
	return string(start[:]) == "WARC/"
}

// warcSources gives the records of a web archive. A record of a request is part
// of the capture of its response.
func warcSources(name string, r io.Reader, yield func(Source) bool) bool {
	c := crawl{input: name, in: warc.NewReader(r), yield: yield}
	return c.run()
}

// crawl goes through the records of a web archive.
type crawl struct {
	input  string
	within string // path of the archive in a container
	base   int64  // byte of input where it begins
	in     *warc.Reader
	yield  func(Source) bool
	buf    bytes.Buffer
	at     int64 // how far the sources reach
	asked  *message
	waits  *message // a response whose request may come
}

// message is one side of an exchange.
type message struct {
	record *warc.Record
	*warc.Payload
	request []byte
	source  Source
}

func (c *crawl) run() bool {
	for n := 0; ; n++ {
		rec, err := c.in.Next()
		if err == io.EOF {
			if n == 0 {
				return c.yield(c.source(0, 0).failing(c.invalid(errors.New("no record in it"))))
			}
			return c.flush()
		}
		if err == nil {
			err = c.record(rec)
		}
		if d, ok := errors.AsType[*warc.Damage](err); ok {
			if !c.flush() || !c.yield(c.source(d.No, d.Offset).failing(c.invalid(err))) {
				return false
			}
			continue
		}
		if errors.Is(err, errStop) {
			return false
		}
		if err != nil {
			return c.flush() && c.yield(c.source(0, 0).failing(unreadable(c.name(), err)))
		}
	}
}

// errStop says that no more is wanted.
var errStop = errors.New("stopped")

// record takes the next record.
func (c *crawl) record(rec *warc.Record) error {
	p, err := rec.Payload(&c.buf, MaxBody)
	if err != nil {
		return err
	}
	m := &message{record: rec, Payload: p, source: c.source(rec.No, rec.Offset)}
	if rec.Type == "request" {
		p.Keep()
		return c.request(m)
	}
	if why := leftOut(m); why != "" {
		p.Check()
		return c.give(m.source.skipped(why, p.Notes...))
	}
	p.Keep()
	if !c.flush() {
		return errStop
	}
	c.waits = m
	if c.asked != nil && c.asked.belongs(m) {
		m.request, c.asked = c.asked.Head, nil
	}
	return nil
}

func (c *crawl) give(s Source) error {
	if !c.flush() || !c.yield(s) {
		return errStop
	}
	return nil
}

// request takes a request, which stands before its response or behind it.
func (c *crawl) request(m *message) error {
	if c.waits != nil && c.waits.request == nil && m.belongs(c.waits) {
		c.waits.request = m.Head
	} else {
		c.asked = m
	}
	m.Check()
	return c.give(m.source.skipped("request", m.Notes...))
}

// belongs reports a request of a response.
func (m *message) belongs(response *message) bool {
	if of := m.record.Field("WARC-Concurrent-To"); of != "" {
		return strings.Trim(of, "<>") == response.record.ID
	}
	return m.record.URI == response.record.URI
}

// flush gives the response that waits.
func (c *crawl) flush() bool {
	m := c.waits
	if c.waits = nil; m == nil {
		return true
	}
	s := m.source
	s.Load = func() (*Capture, error) {
		if err := m.Open(MaxBody); err != nil {
			return nil, &fault.Error{Kind: fault.Invalid, Input: c.name(), Err: err}
		}
		got := &Capture{
			Input: s.Input, Record: s.Record, Offset: s.Offset, URL: m.record.URI, Media: m.media(), At: m.record.Date,
			Body: m.Body, Notes: m.Notes,
		}
		got.Header = append(append(got.Header, m.request...), m.Head...)
		if got.At.IsZero() {
			got.Notes = append(got.Notes, fmt.Sprintf("WARC-Date %q is no time that can be read", m.record.Field("WARC-Date")))
		}
		return got, nil
	}
	return c.yield(s)
}

// source is that of a record, without what it holds.
func (c *crawl) source(no int, offset int64) Source {
	record := strconv.Itoa(no)
	if no == 0 {
		record = ""
	}
	if c.within != "" {
		record = strings.TrimSuffix(c.within+":"+record, ":")
	}
	s := Source{Input: c.input, Record: record, Offset: c.base + offset, Size: max(c.in.At()-c.at, 0)}
	c.at += s.Size
	return s
}

func (c *crawl) name() string { return recordName(c.input, c.within) }

func (c *crawl) invalid(err error) error {
	return &fault.Error{Kind: fault.Invalid, Input: c.name(), Err: err}
}

// leftOut says why a record is no document, or "".
func leftOut(m *message) string {
	switch m.record.Type {
	case "response", "resource", "conversion":
	case "revisit":
		return "revisit, same as an earlier capture"
	default:
		return m.record.Type
	}
	switch media := mediaType(m.media()); {
	case m.record.Field("WARC-Segment-Number") != "":
		return "part of a record in segments"
	case m.Head != nil && m.Status == 0:
		return "response without an HTTP status"
	case m.Head != nil && (m.Status < 200 || m.Status > 299):
		return fmt.Sprintf("HTTP status %d", m.Status)
	case len(m.Body) == 0 && !m.Cut:
		return "empty body"
	case path.Base(m.record.URI) == "robots.txt":
		return "robots.txt"
	case !readable(media):
		return media
	}
	return ""
}

// readable reports a media type that [Extract] makes documents of.
func readable(media string) bool {
	switch media {
	case mediaText, mediaHTML, mediaXHTML, mediaPDF, mediaDOCX:
		return true
	}
	return false
}

// media is the type of a payload, by its first bytes where nothing says it.
func (m *message) media() string {
	if m.Media == "" {
		return http.DetectContentType(m.Body)
	}
	return m.Media
}
