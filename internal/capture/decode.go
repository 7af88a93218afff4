package capture

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/isnad/isnad/internal/fault"
)

// sampleBytes is how much of an input its encoding is judged by.
const sampleBytes = 64 << 10

// charset is an encoding as it was found in an input.
type charset struct {
	decoder encoding.Encoding // nil for UTF-8
	bom     int               // bytes of byte order mark to leave out
	note    string            // what to tell about it; empty for UTF-8
}

// detect judges the encoding of an input by its first bytes. The error says
// what an input that is not text looks like.
func detect(sample []byte) (charset, error) {
	switch {
	case bytes.HasPrefix(sample, []byte("\xEF\xBB\xBF")):
		return charset{bom: 3}, nil
	case bytes.HasPrefix(sample, []byte("\xFF\xFE")):
		return asUTF16(unicode.LittleEndian, 2, "by its byte order mark"), nil
	case bytes.HasPrefix(sample, []byte("\xFE\xFF")):
		return asUTF16(unicode.BigEndian, 2, "by its byte order mark"), nil
	case looksUTF16(sample, 0, 1):
		return asUTF16(unicode.LittleEndian, 0, "unlabelled; found by its letters"), nil
	case looksUTF16(sample, 1, 0):
		return asUTF16(unicode.BigEndian, 0, "unlabelled; found by its letters"), nil
	}
	if what := binary(sample); what != "" {
		return charset{}, errors.New(what)
	}
	if looksWindows1256(sample) {
		return charset{
			decoder: charmap.Windows1256,
			note:    "read as windows-1256 (unlabelled; not valid UTF-8, found by its letters)",
		}, nil
	}
	return charset{}, nil
}

func (c charset) notes() []string {
	if c.note == "" {
		return nil
	}
	return []string{c.note}
}

func asUTF16(e unicode.Endianness, bom int, how string) charset {
	name := "UTF-16LE"
	if e == unicode.BigEndian {
		name = "UTF-16BE"
	}
	return charset{
		decoder: unicode.UTF16(e, unicode.IgnoreBOM), bom: bom,
		note: fmt.Sprintf("read as %s (%s)", name, how),
	}
}

// looksUTF16 reports whether nearly all pairs of bytes make a letter, digit or
// sign of Arabic or Latin writing, low and high being the places of the low
// and the high byte in a pair, and at least one in eight has a high byte that
// text of single bytes does not contain: NUL or 0x06.
func looksUTF16(sample []byte, low, high int) bool {
	pairs := len(sample) / 2
	if pairs < 2 {
		return false
	}
	plausible, marked := 0, 0
	for i := range pairs {
		l, h := sample[2*i+low], sample[2*i+high]
		switch {
		case h == 0x06, h == 0 && (l >= ' ' && l < 0x7F || l >= 0xA0 || l == '\n' || l == '\r' || l == '\t'):
			plausible++
			marked++
		case h == 0x20, h >= 0xFB:
			plausible++
		}
	}
	return plausible*20 >= pairs*19 && marked*8 >= pairs
}

// binary says what an input is that is not text, or "".
func binary(sample []byte) string {
	for _, m := range []struct{ magic, what string }{
		{"%PDF-", "a PDF, not text: read it with --in pdf"},
		{"PK\x03\x04", "an archive or office document, not text: extract its text first"},
		{"\x1F\x8B", "compressed with gzip: unpack it first"},
		{"\x89PNG", "a picture, not text"},
		{"\xFF\xD8\xFF", "a picture, not text"},
		{"GIF8", "a picture, not text"},
	} {
		if bytes.HasPrefix(sample, []byte(m.magic)) {
			return m.what
		}
	}
	if i := bytes.IndexByte(sample, 0); i >= 0 {
		return nulMessage(int64(i))
	}
	controls := 0
	for _, c := range sample {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			controls++
		}
	}
	if controls*20 > len(sample) {
		return fmt.Sprintf("binary data, not text: %d of the first %d bytes are control characters", controls, len(sample))
	}
	return ""
}

func nulMessage(at int64) string {
	return fmt.Sprintf("binary data, not text: NUL at byte %d", at)
}

// looksWindows1256 reports whether a sample that is not UTF-8 reads as Arabic
// in windows-1256. Where most bytes above ASCII form UTF-8 it is damaged UTF-8
// instead. Otherwise those bytes must come in runs, as letters of words do,
// and alef (0xC7) and lam (0xE1) must be as frequent as Arabic has them, about
// one letter in four; other alphabets of one byte have rare letters there.
func looksWindows1256(sample []byte) bool {
	valid, invalid, high, runs, alefLam := 0, 0, 0, 0, 0
	for i := 0; i < len(sample); {
		r, n := utf8.DecodeRune(sample[i:])
		if n > 1 {
			valid += n
		} else if r == utf8.RuneError && len(sample)-i >= utf8.UTFMax {
			invalid++
		}
		i += n
	}
	for i, c := range sample {
		if c < 0x80 {
			continue
		}
		high++
		if i == 0 || sample[i-1] < 0x80 {
			runs++
		}
		if c == 0xC7 || c == 0xE1 {
			alefLam++
		}
	}
	return invalid > valid && high >= 2*runs && alefLam*8 >= high
}

// decodeShort decodes a whole input that is in memory.
func decodeShort(name string, raw []byte) (string, []string, error) {
	c, err := detect(raw[:min(len(raw), sampleBytes)])
	if err != nil {
		return "", nil, notText(name, err)
	}
	raw = raw[c.bom:]
	if c.decoder == nil {
		var chk checker
		if _, err := chk.Write(raw); err != nil {
			return "", nil, badText(name, err, c.bom)
		}
		if err := chk.end(); err != nil {
			return "", nil, badText(name, err, c.bom)
		}
		return string(raw), nil, nil
	}
	out, err := c.decoder.NewDecoder().Bytes(raw)
	if err != nil {
		return "", nil, notText(name, err)
	}
	if i := bytes.IndexByte(out, 0); i >= 0 {
		return "", nil, notText(name, errors.New(nulMessage(int64(i))))
	}
	return string(out), c.notes(), nil
}

func notText(name string, err error) error {
	return &fault.Error{Kind: fault.Invalid, Input: name, Err: err}
}

// badText is the error of a text that a checker refused; bom is what stands
// before the text in the input.
func badText(name string, err error, bom int) error {
	if e, ok := errors.AsType[*encodingError](err); ok {
		e.at += int64(bom)
	}
	return &fault.Error{Kind: fault.Invalid, Input: name, Err: err}
}

// encodingError says at which byte of an input its text stops being UTF-8, or
// being text.
type encodingError struct {
	at  int64
	nul bool
}

func (e *encodingError) Error() string {
	if e.nul {
		return nulMessage(e.at)
	}
	return fmt.Sprintf("invalid UTF-8 at byte %d: convert the text to UTF-8 first", e.at)
}

// checker refuses what is not UTF-8 or has a NUL, over any number of writes.
type checker struct {
	seen  int64
	carry []byte // the beginning of a rune that the next write completes
}

func (c *checker) Write(p []byte) (int, error) {
	n := len(p)
	if i := bytes.IndexByte(p, 0); i >= 0 {
		return 0, &encodingError{at: c.seen + int64(len(c.carry)+i), nul: true}
	}
	for len(c.carry) > 0 && len(p) > 0 && !utf8.FullRune(c.carry) {
		c.carry = append(c.carry, p[0])
		p = p[1:]
	}
	if len(c.carry) > 0 && utf8.FullRune(c.carry) {
		if !utf8.Valid(c.carry) {
			return 0, &encodingError{at: c.seen}
		}
		c.seen += int64(len(c.carry))
		c.carry = c.carry[:0]
	}
	whole := len(p) - partial(p)
	if n := validUTF8(p[:whole]); n < whole {
		return 0, &encodingError{at: c.seen + int64(n)}
	}
	c.seen += int64(whole)
	c.carry = append(c.carry, p[whole:]...)
	return n, nil
}

// end reports a rune that the end of the text cuts.
func (c *checker) end() error {
	if len(c.carry) > 0 {
		return &encodingError{at: c.seen}
	}
	return nil
}

// partial is the number of bytes at the end that begin a rune without
// completing it.
func partial(p []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(p); i++ {
		if c := p[len(p)-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(p[len(p)-i:]) {
				return i
			}
			return 0
		}
	}
	return 0
}
