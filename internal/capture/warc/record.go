package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// maxHeader is the number of bytes that the header of a record may have.
const maxHeader = 256 << 10

// Record is one record. Its block can be read until the next call of
// [Reader.Next].
type Record struct {
	// No is the number of the record in its archive, from 1, and Offset the byte
	// at which it begins, or its member does where the archive is packed.
	No     int
	Offset int64
	// Header holds the header as it is, from the version to the empty line.
	Header []byte
	// Type is response, resource, conversion, request, revisit, metadata,
	// warcinfo or continuation; others may come.
	Type string
	// ID and URI are without the angle brackets that some writers put around.
	ID, URI string
	// Date is when it was captured; zero where that cannot be read.
	Date time.Time
	// Length is the number of bytes of the block.
	Length int64

	fields []field
	reader *Reader
	left   int64
	err    error // of the end of the block
}

type field struct{ name, value string }

// Field is the first value of a field, "" where there is none.
func (r *Record) Field(name string) string {
	for _, f := range r.fields {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// parseHeader reads a header whose first byte is the next of r.
func parseHeader(r *bufio.Reader) (*Record, error) {
	rec := new(Record)
	for n := 0; ; n++ {
		line, err := rec.line(r)
		switch {
		case n == 0 && !isVersion(line):
			return rec, fmt.Errorf("begins with %s, not with WARC/1.0 or its like", quote(string(rec.Header)))
		case err != nil:
			return rec, err
		case n == 0:
		case line == "":
			return rec, rec.fill()
		case line[0] == ' ' || line[0] == '\t':
			if len(rec.fields) == 0 {
				return rec, errors.New("the first header line is a continuation")
			}
			last := &rec.fields[len(rec.fields)-1]
			last.value = strings.TrimSpace(last.value + " " + strings.TrimSpace(line))
		default:
			name, value, ok := strings.Cut(line, ":")
			if !ok {
				return rec, fmt.Errorf("header line %s has no colon", quote(line))
			}
			rec.fields = append(rec.fields, field{strings.TrimSpace(name), strings.TrimSpace(value)})
		}
	}
}

// line reads a line of the header, without its end.
func (r *Record) line(in *bufio.Reader) (string, error) {
	from := len(r.Header)
	for {
		p, err := in.ReadSlice('\n')
		if len(r.Header)+len(p) > maxHeader {
			return "", fmt.Errorf("a header of more than %d bytes", maxHeader)
		}
		r.Header = append(r.Header, p...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == io.EOF:
			return string(r.Header[from:]), errors.New("the header is cut short")
		case err != nil:
			return "", err
		}
		return string(bytes.TrimRight(r.Header[from:], "\r\n")), nil
	}
}

func isVersion(line string) bool {
	rest, ok := strings.CutPrefix(line, "WARC/")
	return ok && rest != "" && (rest[0] == '0' || rest[0] == '1')
}

// quote shows the beginning of what was found.
func quote(s string) string { return strconv.Quote(s[:min(len(s), 40)]) }

// fill takes what every record has from the fields.
func (r *Record) fill() error {
	r.Type = strings.ToLower(r.Field("WARC-Type"))
	r.ID, r.URI = bare(r.Field("WARC-Record-ID")), bare(r.Field("WARC-Target-URI"))
	if t, err := time.Parse(time.RFC3339, r.Field("WARC-Date")); err == nil {
		r.Date = t
	}
	length := r.Field("Content-Length")
	n, err := strconv.ParseInt(length, 10, 64)
	switch {
	case length == "":
		return errors.New("no Content-Length")
	case err != nil || n < 0:
		return fmt.Errorf("Content-Length %s is no number of bytes", quote(length))
	case r.Type == "":
		return errors.New("no WARC-Type")
	}
	r.Length, r.left = n, n
	return nil
}

func bare(s string) string {
	if len(s) > 1 && s[0] == '<' && s[len(s)-1] == '>' {
		return s[1 : len(s)-1]
	}
	return s
}

// Read reads the block. It fails where the block is cut short, cannot be
// unpacked, or does not end where its length says.
func (r *Record) Read(p []byte) (int, error) {
	if r.left == 0 {
		if r.err == nil {
			r.err = r.reader.blockEnd(r)
		}
		return 0, r.err
	}
	n, err := r.reader.in.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	if err == io.EOF {
		err = fmt.Errorf("the block ends after %d of %d bytes", r.Length-r.left, r.Length)
	}
	if err != nil {
		r.err = r.reader.fail(r, err)
		r.left = 0
	}
	return n, r.err
}
