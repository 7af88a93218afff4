package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/isnad/isnad/internal/capture/coding"
)

// Payload is what a record holds.
type Payload struct {
	// Head is the head of an HTTP message as it is, from the first line to the
	// empty one; nil where the record holds none.
	Head []byte
	// Status is that of an HTTP response, 0 elsewhere.
	Status int
	// Media is the Content-Type of Body; it may be empty.
	Media string
	// Body is without the chunks and codings it was sent in, once it is opened.
	Body []byte
	// Notes say what is wrong without making the payload unreadable, such as
	// digests that do not fit. They are there once it is opened.
	Notes []string

	// Cut says that the block has more bytes than there was room for, and that
	// only its beginning is here.
	Cut bool

	record *Record
	block  []byte
}

// headRoom is how much is read of a block that is too large, for its head.
const headRoom = 64 << 10

// Payload reads the whole block into buf, whose bytes are those of the payload
// then; of one that has more than limit bytes the beginning alone. It fails with
// a [Damage] where the block cannot be read.
func (r *Record) Payload(buf *bytes.Buffer, limit int64) (*Payload, error) {
	buf.Reset()
	var in io.Reader = r
	if r.Length > limit {
		in = io.LimitReader(r, headRoom)
	}
	if _, err := buf.ReadFrom(in); err != nil {
		return nil, err
	}
	p := &Payload{Cut: r.Length > limit, Body: buf.Bytes(), Media: r.Field("Content-Type"), record: r, block: buf.Bytes()}
	if r.isHTTP() {
		p.Head, p.Body = splitHead(p.block)
		p.Media, p.Status = headField(p.Head, "Content-Type"), status(p.Head)
	}
	return p, nil
}

// Keep makes the payload independent of the buffer it was read into.
func (p *Payload) Keep() {
	n := len(p.Head)
	p.block = bytes.Clone(p.block)
	p.Body = p.block[n:]
	if p.Head != nil {
		p.Head = p.block[:n:n]
	}
}

// Open checks the digests and undoes chunks and codings, once, from any
// goroutine. It fails where more than limit bytes would come of it.
func (p *Payload) Open(limit int64) error {
	p.Check()
	err := error(nil)
	if p.Cut {
		err = fmt.Errorf("its block of %d bytes is more than the %d that are read", p.record.Length, limit)
	} else {
		err = p.decode(limit)
	}
	if err != nil {
		return &Damage{p.record.No, p.record.Offset, err}
	}
	return nil
}

// Check checks the digests and undoes chunks, once.
func (p *Payload) Check() {
	r := p.record
	if p.Cut {
		return
	}
	p.note(checkDigest("block", r.Field("WARC-Block-Digest"), p.block))
	if why := r.Field("WARC-Truncated"); why != "" {
		p.note("cut short when it was captured: " + why)
	}
	raw := p.Body
	if strings.Contains(strings.ToLower(headField(p.Head, "Transfer-Encoding")), "chunked") {
		var err error
		if p.Body, err = coding.Dechunk(raw); err != nil {
			p.note("chunks: " + err.Error())
		}
	}
	if r.Type != "revisit" { // whose digest is that of what it repeats
		p.note(checkDigest("payload", r.Field("WARC-Payload-Digest"), p.Body, raw))
	}
}

func (p *Payload) note(s string) {
	if s != "" {
		p.Notes = append(p.Notes, s)
	}
}

// isHTTP goes by the type of the block, which old writers leave out.
func (r *Record) isHTTP() bool {
	media := strings.ToLower(r.Field("Content-Type"))
	switch r.Type {
	case "response", "request", "revisit":
		return strings.HasPrefix(media, "application/http") || media == "" && strings.HasPrefix(strings.ToLower(r.URI), "http")
	}
	return false
}

// decode undoes the content codings. Bodies that were unpacked before they were
// archived, under a head that was left as it was, are taken as they are.
func (p *Payload) decode(limit int64) error {
	list := headField(p.Head, "Content-Encoding")
	if list == "" || len(p.Body) == 0 {
		return nil
	}
	out, err := coding.Decode(p.Body, list, limit)
	switch {
	case errors.Is(err, coding.ErrTooLarge):
		return err
	case err != nil && len(out) == 0:
		p.note(fmt.Sprintf("not in its Content-Encoding (%v); taken as it is", err))
		return nil
	case err != nil:
		p.note(fmt.Sprintf("unpacked in part: %v", err))
	}
	p.Body = out
	return nil
}

// splitHead cuts a message behind the empty line; one without is all head.
func splitHead(block []byte) (head, body []byte) {
	end := len(block)
	for _, mark := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(block[:end], []byte(mark)); i >= 0 {
			end = i + len(mark)
		}
	}
	return block[:end], block[end:]
}

// headField is the first value of a field of an HTTP head.
func headField(head []byte, name string) string {
	for line := range bytes.Lines(head) {
		key, value, ok := bytes.Cut(line, []byte(":"))
		if ok && strings.EqualFold(string(key), name) {
			return string(bytes.TrimSpace(value))
		}
	}
	return ""
}

// status is the number in a first line such as "HTTP/1.1 200 OK".
func status(head []byte) int {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if f := strings.Fields(string(line)); len(f) > 1 && strings.HasPrefix(f[0], "HTTP/") {
		n, err := strconv.Atoi(f[1])
		if err == nil && n >= 100 && n <= 999 {
			return n
		}
	}
	return 0
}
