package export

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Style is how text for a terminal is laid out.
type Style struct {
	Color bool
	Width int // columns; 0 for 80
}

// Plain is text to be read in a terminal.
func Plain(s Style) Form {
	return Form{Name: "text", Between: "\n", New: func(w io.Writer) Writer {
		return &plainWriter{w: w, style: s}
	}}
}

type plainWriter struct {
	w     io.Writer
	style Style
	buf   bytes.Buffer
	count int
}

func (p *plainWriter) Begin(h *Head) error {
	p.count = 0
	fmt.Fprintln(&p.buf, isolate(clean(h.ID)))
	return p.flush()
}

func (p *plainWriter) Part(part *Part) error {
	lines := newLineCounter(part)
	for i := range part.Attributions {
		a := &part.Attributions[i]
		fmt.Fprintf(&p.buf, "%5d  %s %s\n", lines.lineOf(a.Content[0].Start), a.Polarity, a.Stance)
		fmt.Fprintf(&p.buf, "       %s\n", strings.Join(part.Chain(i), " ← "))
		for _, s := range a.Content {
			fmt.Fprintf(&p.buf, "       %s\n", isolate(clean(s.Of(part.Text))))
		}
	}
	p.count += len(part.Attributions)
	return p.flush()
}

func (p *plainWriter) End() error { return p.flush() }

func (p *plainWriter) flush() error {
	_, err := p.buf.WriteTo(p.w)
	return err
}

// lineCounter tells line numbers of a part; asking in ascending order is cheap.
type lineCounter struct {
	text     string
	at, line int
}

func newLineCounter(p *Part) *lineCounter { return &lineCounter{text: p.Text, line: p.Line} }

func (c *lineCounter) lineOf(at int) int {
	if at < c.at {
		return c.line - strings.Count(c.text[at:c.at], "\n")
	}
	c.line += strings.Count(c.text[c.at:at], "\n")
	c.at = at
	return c.line
}

// isolate keeps a run of right-to-left text from reordering what stands
// beside it: it is put between FIRST STRONG ISOLATE and POP DIRECTIONAL
// ISOLATE (UAX 9, 2.4.2).
func isolate(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac) }) {
		return s
	}
	return "\u2068" + s + "\u2069"
}

// clean makes a passage fit for a line of a terminal: white space becomes one
// space, control characters a visible sign, controls of direction are named.
func clean(s string) string {
	var b strings.Builder
	spaced := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			spaced = b.Len() > 0
			continue
		case spaced:
			b.WriteByte(' ')
			spaced = false
		}
		switch {
		case r < ' ':
			b.WriteRune('\u2400' + r)
		case r == 0x7F, r >= 0x80 && r < 0xA0:
			b.WriteRune(unicode.ReplacementChar)
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
