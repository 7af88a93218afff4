// Package coding undoes the codings that a body was sent in: gzip, deflate,
// Brotli, zstd (RFC 9110, section 8.4.1), and the chunks of HTTP/1.1.
//
// # Invariant
//
// No more is unpacked than the caller has room for, whatever the body claims.
package coding

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// Limits on what a body may ask for.
const (
	maxCodings = 4
	maxWindow  = 64 << 20
)

// ErrTooLarge is the error of a body that unpacks to more than there is room
// for.
var ErrTooLarge = errors.New("unpacks to more than there is room for")

// Decode undoes the codings that list names, as Content-Encoding does, the last
// one first, into at most limit bytes. Where a body ends too early or is
// damaged, what came before is returned with the error.
func Decode(body []byte, list string, limit int64) ([]byte, error) {
	names := strings.Split(list, ",")
	if len(names) > maxCodings {
		return nil, fmt.Errorf("%d codings of one body are too many", len(names))
	}
	for i := len(names) - 1; i >= 0; i-- {
		var err error
		if body, err = decode(body, strings.ToLower(strings.TrimSpace(names[i])), limit); err != nil {
			return body, err
		}
	}
	return body, nil
}

func decode(body []byte, name string, limit int64) ([]byte, error) {
	r, err := open(body, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if r == nil {
		return body, nil
	}
	out, err := io.ReadAll(io.LimitReader(r, limit+1))
	if c, ok := r.(*zstd.Decoder); ok {
		c.Close()
	}
	switch {
	case int64(len(out)) > limit:
		return nil, fmt.Errorf("%s: %w (%d bytes)", name, ErrTooLarge, limit)
	case errors.Is(err, io.ErrUnexpectedEOF):
		err = errors.New("it is cut short")
	}
	if err != nil {
		return out, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

// open is a reader that undoes one coding; nil for one that does nothing.
func open(body []byte, name string) (io.Reader, error) {
	in := bytes.NewReader(body)
	switch name {
	case "", "identity", "none":
		return nil, nil
	case "gzip", "x-gzip":
		return gzip.NewReader(in)
	case "deflate":
		// Many senders leave out the frame of zlib.
		if z, err := zlib.NewReader(in); err == nil {
			return z, nil
		}
		in.Reset(body)
		return flate.NewReader(in), nil
	case "br":
		return brotli.NewReader(in), nil
	case "zstd":
		return zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	}
	return nil, errors.New("no coding that can be undone")
}

// Dechunk joins the chunks of a body in HTTP/1.1 (RFC 9112, section 7.1). A body
// that does not begin with a chunk is returned as it is: archives often keep
// the header of chunks that are gone. Where a later chunk is damaged, what
// came before is returned with the error.
func Dechunk(body []byte) ([]byte, error) {
	size, rest, ok := chunk(body)
	if !ok {
		return body, nil
	}
	out := make([]byte, 0, len(body))
	for size > 0 {
		if size > int64(len(rest)) {
			return append(out, rest...), errors.New("the last chunk is cut short")
		}
		out = append(out, rest[:size]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(rest[size:], []byte("\r")), []byte("\n"))
		at := len(body) - len(rest)
		if size, rest, ok = chunk(rest); !ok {
			return out, fmt.Errorf("no size of a chunk at byte %d of the body", at)
		}
	}
	return out, nil
}

// chunk reads the line that says how large a chunk is.
func chunk(p []byte) (size int64, rest []byte, ok bool) {
	line, rest, ok := bytes.Cut(p, []byte("\n"))
	if !ok {
		return 0, nil, false
	}
	digits, _, _ := bytes.Cut(line, []byte(";"))
	size, err := strconv.ParseInt(string(bytes.TrimSpace(digits)), 16, 64)
	return size, rest, err == nil && size >= 0
}
