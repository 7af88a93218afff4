package capture

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner reads the JSON (RFC 8259) of one line at a time from a stream, in
// bounded memory. No call but nextLine goes beyond the end of the line, so
// that a malformed line spoils nothing but itself.
type scanner struct {
	r     *bufio.Reader
	read  int64 // bytes taken from r
	line  int   // number, from 1
	start int64 // read at the start of the line
	fail  error // of r, other than its end
	value []byte
	room  [utf8.UTFMax]byte // for what an escape stands for
}

// maxNesting bounds values that are passed over.
const maxNesting = 200

// eol stands for the end of a line, or of the stream.
const eol = '\n'

// nextLine goes behind the end of the current line, if there is one, and
// reports whether another begins there.
func (s *scanner) nextLine() bool {
	for s.line > 0 {
		skipped, err := s.r.ReadSlice(eol)
		s.read += int64(len(skipped))
		if err == nil {
			break
		}
		if err != bufio.ErrBufferFull {
			s.setFail(err)
			return false
		}
	}
	s.line++
	s.start = s.read
	_, err := s.r.Peek(1)
	s.setFail(err)
	return err == nil
}

func (s *scanner) setFail(err error) {
	if err != nil && err != io.EOF {
		s.fail = err
	}
}

// peek is the next byte of the line, or eol.
func (s *scanner) peek() byte {
	p, err := s.r.Peek(1)
	if err != nil {
		s.setFail(err)
		return eol
	}
	return p[0]
}

func (s *scanner) skipBytes(n int) {
	n, _ = s.r.Discard(n)
	s.read += int64(n)
}

// token is the next byte that is not white space.
func (s *scanner) token() byte {
	for {
		switch c := s.peek(); c {
		case ' ', '\t', '\r':
			s.skipBytes(1)
		default:
			return c
		}
	}
}

func (s *scanner) blank() bool { return s.token() == eol }

func (s *scanner) lineEnd() error {
	if s.token() != eol {
		return s.unexpected("the end of the line")
	}
	return nil
}

func (s *scanner) expect(c byte) error {
	if s.token() != c {
		return s.unexpected(strconv.QuoteRune(rune(c)))
	}
	s.skipBytes(1)
	return nil
}

// unexpected says what was found in place of what was wanted; bytes count from
// the start of the line.
func (s *scanner) unexpected(want string) error {
	at := s.read - s.start
	c := s.peek()
	if c == eol {
		return fmt.Errorf("not JSON: the line ends at byte %d, where %s is wanted", at, want)
	}
	found := strconv.QuoteRune(rune(c))
	if c >= utf8.RuneSelf {
		found = fmt.Sprintf("byte 0x%02X", c)
	}
	return fmt.Errorf("not JSON: %s at byte %d, where %s is wanted", found, at, want)
}

// object reads an object; value is called to read the value of each key.
func (s *scanner) object(value func(key string) error) error {
	if err := s.expect('{'); err != nil {
		return err
	}
	if s.token() == '}' {
		s.skipBytes(1)
		return nil
	}
	for {
		key, err := s.short()
		if err != nil {
			return err
		}
		if err := s.expect(':'); err != nil {
			return err
		}
		if err := value(key); err != nil {
			return err
		}
		if s.token() == '}' {
			s.skipBytes(1)
			return nil
		}
		if err := s.expect(','); err != nil {
			return err
		}
	}
}

// short reads a string of at most maxField bytes.
func (s *scanner) short() (string, error) {
	s.value = s.value[:0]
	err := s.str(func(p []byte) error {
		if len(s.value)+len(p) > maxField {
			return fmt.Errorf("longer than %d bytes", maxField)
		}
		s.value = append(s.value, p...)
		return nil
	})
	return string(s.value), err
}

// scalar reads a string, the digits of a number, or null as "".
func (s *scanner) scalar() (string, error) {
	switch c := s.token(); {
	case c == '"':
		return s.short()
	case c == 'n':
		return "", s.literal("null")
	case c == '-' || c >= '0' && c <= '9':
		return s.number()
	}
	return "", s.unexpected("a string")
}

// number reads a number without judging more than its alphabet.
func (s *scanner) number() (string, error) {
	s.value = s.value[:0]
	for {
		c := s.peek()
		if !(c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E') {
			break
		}
		if len(s.value) == maxField {
			return "", fmt.Errorf("longer than %d bytes", maxField)
		}
		s.value = append(s.value, c)
		s.skipBytes(1)
	}
	if _, err := strconv.ParseFloat(string(s.value), 64); err != nil && !errors.Is(err, strconv.ErrRange) {
		return "", s.unexpected("a number")
	}
	return string(s.value), nil
}

func (s *scanner) literal(word string) error {
	for i := range len(word) {
		if s.peek() != word[i] {
			return s.unexpected(word)
		}
		s.skipBytes(1)
	}
	return nil
}

// skip passes over a value.
func (s *scanner) skip(depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("nested more than %d deep", maxNesting)
	}
	switch c := s.token(); c {
	case '"':
		return s.str(func([]byte) error { return nil })
	case '{':
		return s.object(func(string) error { return s.skip(depth + 1) })
	case '[':
		return s.skipArray(depth)
	case 't':
		return s.literal("true")
	case 'f':
		return s.literal("false")
	case 'n':
		return s.literal("null")
	default:
		if c == '-' || c >= '0' && c <= '9' {
			_, err := s.number()
			return err
		}
		return s.unexpected("a value")
	}
}

func (s *scanner) skipArray(depth int) error {
	s.skipBytes(1)
	if s.token() == ']' {
		s.skipBytes(1)
		return nil
	}
	for {
		if err := s.skip(depth + 1); err != nil {
			return err
		}
		if s.token() == ']' {
			s.skipBytes(1)
			return nil
		}
		if err := s.expect(','); err != nil {
			return err
		}
	}
}

// str reads a string and gives its decoded bytes to add, piece by piece. A
// lone surrogate becomes U+FFFD.
func (s *scanner) str(add func([]byte) error) error {
	if s.token() != '"' {
		return s.unexpected("a string")
	}
	s.skipBytes(1)
	for {
		c := s.peek()
		chunk, _ := s.r.Peek(s.r.Buffered())
		if n := plainBytes(chunk); n > 0 {
			if err := add(chunk[:n]); err != nil {
				return err
			}
			s.skipBytes(n)
			continue
		}
		var err error
		switch {
		case c == '"':
			s.skipBytes(1)
			return nil
		case c == '\\':
			err = s.escape(add)
		case c >= utf8.RuneSelf:
			err = s.rune(add)
		default:
			err = s.unexpected("the end of a string")
		}
		if err != nil {
			return err
		}
	}
}

// rune reads a rune that may go on behind what is in the buffer.
func (s *scanner) rune(add func([]byte) error) error {
	p, _ := s.r.Peek(1)
	for len(p) < utf8.UTFMax && !utf8.FullRune(p) {
		longer, err := s.r.Peek(len(p) + 1)
		if err != nil {
			break
		}
		p = longer
	}
	r, n := utf8.DecodeRune(p)
	if r == utf8.RuneError && n <= 1 {
		return &encodingError{at: s.read - s.start}
	}
	err := add(p[:n])
	s.skipBytes(n)
	return err
}

// escape reads an escape sequence.
func (s *scanner) escape(add func([]byte) error) error {
	s.skipBytes(1)
	c := s.peek()
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		s.skipBytes(1)
		return s.unicode(add)
	default:
		return s.unexpected("an escape")
	}
	s.skipBytes(1)
	s.room[0] = c
	return add(s.room[:1])
}

// unicode reads the digits behind \u, and the second half of a pair.
func (s *scanner) unicode(add func([]byte) error) error {
	digits, _ := s.r.Peek(4)
	r, ok := hex(digits)
	if !ok {
		return s.unexpected("four hexadecimal digits")
	}
	s.skipBytes(4)
	if utf16.IsSurrogate(r) {
		first := r
		r = utf8.RuneError
		if next, _ := s.r.Peek(6); len(next) == 6 && next[0] == '\\' && next[1] == 'u' {
			second, _ := hex(next[2:])
			if r = utf16.DecodeRune(first, second); r != utf8.RuneError {
				s.skipBytes(6)
			}
		}
	}
	return add(utf8.AppendRune(s.room[:0], r))
}

func hex(digits []byte) (rune, bool) {
	if len(digits) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(digits), 16, 32)
	return rune(n), err == nil
}
