package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/transform"

	"github.com/isnad/isnad/internal/capture/pdf"
	"github.com/isnad/isnad/internal/fault"
)

// Capture is the bytes of one fetch, file or record of a container, with
// where, when and how they were got. It is what an archive preserves, and all
// that [Extract] makes a document of, at once and years later.
type Capture struct {
	Input string // what was named: a path, an address, "-"
	// Record tells which part of Input it is, where that is a container: the
	// number of a line or record, or a path inside; else empty.
	Record string
	Offset int64     // byte of Input where the record begins
	URL    string    // where the bytes are from; empty where unknown
	Media  string    // as in a Content-Type, with its charset where told
	At     time.Time // when they were got; zero where nothing tells
	Header []byte    // request and response headers as they were; nil if none
	Body   []byte
	// Notes say what is wrong with the record, such as digests that do not fit.
	Notes []string
}

// Cautions are what whoever uses the capture has to know: its notes, and what
// goes for all captures of its form.
func (c *Capture) Cautions() []string {
	if mediaType(c.Media) == mediaPDF {
		return append(c.Notes[:len(c.Notes):len(c.Notes)], pdf.Advice)
	}
	return c.Notes
}

// Source is one input, or one record of a container, to be loaded when its
// turn comes. Load may be called once, from any goroutine. Its error says why
// the input failed; a [Skipped] is no failure.
type Source struct {
	Input, Record string
	Offset        int64
	Size          int64 // bytes of input that it stands for
	Load          func() (*Capture, error)

	skip *Skipped // where it is left out
}

// Media types of what is read; forms of containers have none of their own.
const (
	mediaText = "text/plain"
	mediaHTML = "text/html"
	mediaJSON = "application/json" // one object, as in a line of JSONL

	mediaXHTML = "application/xhtml+xml"
)

// MaxBody is the largest number of bytes of one capture.
const MaxBody = 64 << 20

// Sources gives every input in order, as [Inputs.Items] does, but as bytes to
// be preserved: of a container, one source a record.
func (in *Inputs) Sources() iter.Seq[Source] {
	return func(yield func(Source) bool) {
		in.leaves(func(l leaf) bool {
			switch {
			case l.err != nil:
				return yield(Source{Input: l.name, Load: func() (*Capture, error) { return nil, l.err }})
			case l.in != nil:
				return in.streamSources(l.name, in.Form, l.in, yield)
			}
			return in.fileSources(l, yield)
		})
	}
}

// fileSources gives a file as one source, or the records in it.
func (in *Inputs) fileSources(l leaf, yield func(Source) bool) bool {
	form := in.Form
	if form == Auto {
		form = formOf(l.name)
	}
	if form == Text || form == HTML || form == PDF || form == DOCX {
		return yield(Source{Input: l.name, Size: l.size, Load: func() (*Capture, error) {
			f, err := os.Open(l.name)
			if err != nil {
				return nil, unreadable(l.name, err)
			}
			defer f.Close()
			return whole(l.name, form, f)
		}})
	}
	f, err := os.Open(l.name)
	if err != nil {
		return yield(Source{Input: l.name, Load: func() (*Capture, error) { return nil, unreadable(l.name, err) }})
	}
	defer f.Close()
	return in.streamSources(l.name, form, f, yield)
}

// streamSources gives the sources of an open input.
func (in *Inputs) streamSources(name string, form Form, r io.Reader, yield func(Source) bool) bool {
	form, r = tell(form, r)
	switch form {
	case JSONL:
		return lineSources(name, r, yield)
	case WARC:
		return warcSources(name, r, yield)
	case WACZ:
		return waczSources(name, r, yield)
	case Feed:
		return feedSources(name, r, yield)
	}
	c, err := whole(name, form, r)
	s := Source{Input: name, Load: func() (*Capture, error) { return c, err }}
	if c != nil {
		s.Size = int64(len(c.Body))
	}
	return yield(s)
}

// whole captures an input as it is.
func whole(name string, form Form, r io.Reader) (*Capture, error) {
	c := &Capture{Input: name, Media: mediaOf(form)}
	body, complete, err := readHead(name, r, MaxBody)
	switch {
	case err != nil:
		return nil, err
	case !complete:
		return nil, tooLong(name)
	}
	c.Body = body
	return c, nil
}

// mediaOf is the media type of a form that is one document.
func mediaOf(f Form) string {
	switch f {
	case HTML:
		return mediaHTML
	case PDF:
		return mediaPDF
	case DOCX:
		return mediaDOCX
	}
	return mediaText
}

func tooLong(name string) error {
	return &fault.Error{
		Kind: fault.Invalid, Input: name, Err: fmt.Errorf("more than %d MB in one piece", MaxBody>>20), Hint: "split the input",
	}
}

// lineSources gives one source a line of JSON lines; blank lines are none. A
// file in another encoding than UTF-8 is captured as it reads in that.
func lineSources(name string, r io.Reader, yield func(Source) bool) bool {
	in := bufio.NewReaderSize(r, sampleBytes)
	c, err := detect(peekSome(in))
	if err != nil {
		return yield(Source{Input: name, Load: func() (*Capture, error) { return nil, notText(name, err) }})
	}
	at, _ := in.Discard(c.bom)
	if c.decoder != nil {
		in = bufio.NewReaderSize(transform.NewReader(in, c.decoder.NewDecoder()), sampleBytes)
	}
	offset := int64(at)
	for n := 1; ; n++ {
		line, size, err := nextLine(in)
		s := Source{Input: name, Record: strconv.Itoa(n), Offset: offset, Size: size}
		offset += size
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			s.Load = func() (*Capture, error) { return nil, unreadable(name, err) }
			return yield(s)
		case size > MaxBody:
			s.Load = func() (*Capture, error) { return nil, tooLong(s.name()) }
			line = []byte{'.'}
		default:
			s.Load = func() (*Capture, error) { return s.line(line) }
		}
		if len(bytes.TrimSpace(line)) > 0 && !yield(s) {
			return false
		}
		if err != nil {
			return true
		}
	}
}

// nextLine reads a line without its end and counts its bytes with it; of a
// line longer than [MaxBody] nothing is kept.
func nextLine(r *bufio.Reader) (line []byte, size int64, err error) {
	for {
		p, err := r.ReadSlice(eol)
		if size += int64(len(p)); size <= MaxBody {
			line = append(line, p...)
		} else {
			line = nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(line, "\r\n"), size, err
		}
	}
}

// line captures a line, unless it is none that a document can be made of.
func (s *Source) line(body []byte) (*Capture, error) {
	c := &Capture{Input: s.Input, Record: s.Record, Offset: s.Offset, Media: mediaJSON, Body: body}
	if _, err := Extract(c); err != nil {
		return nil, err
	}
	return c, nil
}

// name is how messages call it.
func (s *Source) name() string { return recordName(s.Input, s.Record) }

// Name is how messages call the capture.
func (c *Capture) Name() string { return recordName(c.Input, c.Record) }

func recordName(input, record string) string {
	if record == "" {
		return input
	}
	return input + ":" + record
}

// Extract makes the document of a capture, with the whole text in memory. The
// same capture always gives the same document. The error says why none can be
// made; the capture is evidence all the same.
func Extract(c *Capture) (*Document, error) {
	d, err := extract(c, mediaType(c.Media))
	if err != nil {
		return nil, err
	}
	if d.URL == "" {
		d.URL = c.URL
	}
	return d, nil
}

// mediaType is a Content-Type without its parameters, which servers often
// spell wrong.
func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}

// mediaCharset is the encoding that a Content-Type names, in small letters.
func mediaCharset(s string) string {
	_, name, _ := strings.Cut(strings.ToLower(s), "charset=")
	name, _, _ = strings.Cut(name, ";")
	return strings.Trim(name, " \"'")
}

func extract(c *Capture, media string) (*Document, error) {
	switch media {
	case mediaText:
		return extractText(c)
	case mediaHTML, mediaXHTML:
		return loadHTML(c.Name(), mediaCharset(c.Media), bytes.NewReader(c.Body))
	case mediaJSON:
		return extractJSON(c)
	case mediaEntry:
		return extractEntry(c)
	case mediaPDF:
		return extractPDF(c)
	case mediaDOCX:
		return extractDOCX(c)
	}
	return nil, notText(c.Name(), fmt.Errorf("nothing reads %s yet", media))
}

func extractText(c *Capture) (*Document, error) {
	text, notes, err := decodeShort(c.Name(), c.Body)
	if err != nil {
		return nil, err
	}
	meta, more, n := splitHeader(text)
	meta.Text = text[n:]
	return newDocument(c.Name(), meta, nil, append(notes, more...)), nil
}

func extractJSON(c *Capture) (*Document, error) {
	l, err := newLines(c.Input, bytes.NewReader(c.Body))
	if err != nil {
		return nil, err
	}
	l.json.nextLine()
	if n, err := strconv.Atoi(c.Record); err == nil {
		l.json.line = n // for messages
	}
	d, err := l.document(c.Name())
	if err != nil || d.Long == nil {
		return d, err
	}
	text, err := io.ReadAll(d.Long.Reader())
	if err = errors.Join(err, d.Close()); err != nil {
		return nil, err
	}
	d.Text, d.Long = string(text), nil
	return d, nil
}

// BytesSource is the source of a document that is in memory already.
func BytesSource(name string, body []byte, at time.Time) Source {
	form := formOf(name)
	if form != HTML && sniff(bufio.NewReaderSize(bytes.NewReader(body), 4<<10)) == HTML {
		form = HTML
	}
	return Source{Input: name, Size: int64(len(body)), Load: func() (*Capture, error) {
		c, err := whole(name, form, bytes.NewReader(body))
		if c != nil {
			c.At = at
		}
		return c, err
	}}
}
