package export

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/text"
)

// Hits writes the answer to a search for a terminal: for each hit who said it
// where and when, and the passage of the stored text with the words that
// matched in bold, or between asterisks where there is no colour.
func Hits(w io.Writer, style Style, hits []archive.Hit) error {
	p := &plainWriter{w: w, style: style}
	for i := range hits {
		if i > 0 {
			p.buf.WriteByte('\n')
		}
		p.hit(&hits[i])
	}
	return p.flush()
}

func (p *plainWriter) hit(h *archive.Hit) {
	if s := h.Statement; s != nil {
		names := []string{"(not told)"}
		if len(s.Names) > 0 {
			names = s.Names[:1]
		}
		fmt.Fprintf(&p.buf, "%s  %s\n", p.paint(bold, joinShown(names, "")), p.act(&s.Attribution))
	} else {
		fmt.Fprintf(&p.buf, "%s\n", p.paint(bold, joinShown([]string{h.Doc.Title}, "")))
	}
	on, off := "*", "*"
	if p.style.Color {
		on, off = "\x1b["+bold+"m", "\x1b[0m"
	}
	open, shut := isolates(h.Passage)
	fmt.Fprintf(&p.buf, "  %s%s%s\n", open, marked(h.Passage, h.Marks, on, off), shut)
	about := []string{h.Doc.Publisher, published(h.Doc.Published), h.Doc.URL, h.Doc.ID}
	if h.Doc.Published.IsZero() {
		about[1] = "captured " + h.Doc.Captured.Format(time.DateOnly)
	}
	if h.Statement != nil {
		about = append([]string{h.Doc.Title}, about...)
	}
	fmt.Fprintf(&p.buf, "  %s\n", p.paint(dim, joinShown(about, " · ")))
}

// Line is a passage made fit for one line of a terminal, for messages.
func Line(s string) string { return isolate(visible(s)) }

// marked is visible for a passage, with marks around some of its spans.
func marked(s string, marks []text.Span, on, off string) string {
	var b strings.Builder
	spaced, inside := false, false
	for i, r := range s {
		if inside && i >= marks[0].End {
			b.WriteString(off)
			marks, inside = marks[1:], false
		}
		if unicode.IsSpace(r) {
			spaced = b.Len() > 0
			continue
		}
		if spaced {
			b.WriteByte(' ')
			spaced = false
		}
		if !inside && len(marks) > 0 && i >= marks[0].Start {
			b.WriteString(on)
			inside = true
		}
		if isControl(r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
			continue
		}
		b.WriteRune(r)
	}
	if inside {
		b.WriteString(off)
	}
	return b.String()
}
