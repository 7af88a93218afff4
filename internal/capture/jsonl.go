package capture

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"

	"golang.org/x/text/transform"

	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/scratch"
)

// maxField bounds every string of a line but its text.
const maxField = 64 << 10

// lines reads JSON lines of any length: {"id", "text", "lang"?, "title"?,
// "published"?, "publisher"?, "url"?, "author"?}; other keys are passed over.
// A malformed line is an error of that line, and the next one is read.
type lines struct {
	name  string
	notes []string // about the whole input; the first line carries them
	json  scanner
	room  []byte // of the text before, for the next one
}

// newLines judges the encoding by what can be read at once.
func newLines(name string, r io.Reader) (*lines, error) {
	in := bufio.NewReaderSize(r, sampleBytes)
	c, err := detect(peekSome(in))
	if err != nil {
		return nil, notText(name, err)
	}
	in.Discard(c.bom)
	l := &lines{name: name, notes: c.notes(), json: scanner{r: in}}
	if c.decoder != nil {
		l.json.r = bufio.NewReaderSize(transform.NewReader(in, c.decoder.NewDecoder()), sampleBytes)
	}
	return l, nil
}

// peekSome looks at what can be read at once, but no less than a byte order
// mark. An error shows again when it is read.
func peekSome(r *bufio.Reader) []byte {
	_, _ = r.Peek(4)
	p, _ := r.Peek(r.Buffered())
	return p
}

// items gives one item a line; blank lines are none.
func (l *lines) items(yield func(Item) bool) bool {
	for l.json.nextLine() {
		before := l.json.read
		if l.json.blank() {
			continue
		}
		name := l.name + ":" + strconv.Itoa(l.json.line)
		d, err := l.document(name)
		size := l.json.read - before
		if !yield(Item{Name: name, Size: size, Load: func() (*Document, error) { return d, err }}) {
			return false
		}
	}
	if err := l.json.fail; err != nil {
		return yield(failed(l.name, unreadable(l.name, err)))
	}
	return true
}

// document reads the line as a document, which goes by name unless it says
// otherwise.
func (l *lines) document(name string) (*Document, error) {
	d := &Document{Shared: true}
	hasText := false
	err := l.json.object(func(key string) error {
		hasText = hasText || key == "text"
		return l.field(d, key)
	})
	switch {
	case err == nil && !hasText:
		err = errors.New(`no "text"`)
	case err == nil:
		err = l.json.lineEnd()
	}
	if err != nil {
		return nil, errors.Join(l.wrap(err), d.Close())
	}
	d.Notes = append(l.notes, d.Notes...)
	l.notes = nil
	d.ID = cmp.Or(d.ID, name)
	setCredit(&d.Document)
	return d, nil
}

// field reads the value of a key.
func (l *lines) field(d *Document, key string) error {
	if key == "text" {
		return l.text(d)
	}
	if !isField(key) {
		return l.json.skip(0)
	}
	value, err := l.json.scalar()
	if err != nil {
		return fmt.Errorf("%q: %w", key, err)
	}
	if _, note := setField(&d.Document, key, value); note != "" {
		d.Notes = append(d.Notes, note)
	}
	return nil
}

// text reads the text, into a temporary file where it is long.
func (l *lines) text(d *Document) error {
	if err := d.Close(); err != nil { // of the text that a line gives first
		return err
	}
	d.Long = nil
	s := longString{buf: l.room[:0]}
	if err := l.json.str(s.add); err != nil {
		return errors.Join(fmt.Errorf(`"text": %w`, err), s.close())
	}
	var err error
	d.Text, d.Long, err = s.end()
	l.room = s.buf
	return err
}

func (l *lines) wrap(err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Input: l.name, Err: fmt.Errorf("line %d: %w", l.json.line, err)}
}

// longString gathers a string, on disk once it has more than LongBytes.
type longString struct {
	buf  []byte
	file *scratch.File
	size int64 // of the file
}

func (s *longString) add(p []byte) error {
	s.buf = append(s.buf, p...)
	if len(s.buf) <= LongBytes {
		return nil
	}
	return s.spill()
}

func (s *longString) spill() (err error) {
	if s.file == nil {
		if s.file, err = scratch.New(); err != nil {
			return err
		}
	}
	n, err := s.file.Write(s.buf)
	s.size += int64(n)
	s.buf = s.buf[:0]
	return err
}

// end gives the string, or where it is kept.
func (s *longString) end() (string, *Long, error) {
	if s.file == nil {
		return string(s.buf), nil, nil
	}
	if err := s.spill(); err != nil {
		return "", nil, errors.Join(err, s.close())
	}
	return "", &Long{file: s.file, size: s.size}, nil
}

func (s *longString) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
