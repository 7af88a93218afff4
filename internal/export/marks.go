package export

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/isnad/isnad/text"
)

// maxNested bounds how many marks may lie in one another; passages beyond it
// are in the list only.
const maxNested = 12

// stretch is a span to be marked: a content, a source or a cue.
type stretch struct {
	text.Span
	statement int
	what      uint8
	room      uint8 // levels of contents inside it
	begun     bool  // its first piece has been written
}

// What a stretch is. The order is the one in which they enclose each other
// where their spans are the same.
const (
	aContent = iota
	aSource
	aCue
)

// marker marks the passages of a part. Stretches may cross one another and the
// ends of paragraphs: those that an end cuts are closed and opened anew.
type marker struct {
	all  []stretch
	open []*stretch
}

// paragraphs appends the text of a part, a paragraph a line.
func (m *marker) paragraphs(b []byte, p *pageWriter, part *Part) []byte {
	m.gather(part)
	at := 0
	for line := range strings.Lines(part.Text) {
		s := text.Span{Start: at, End: at + len(strings.TrimRight(line, "\r\n"))}
		at += len(line)
		if strings.TrimSpace(s.Of(part.Text)) == "" {
			continue
		}
		b = m.paragraph(b, p, part, s)
	}
	return b
}

func (m *marker) gather(part *Part) {
	m.all, m.open = m.all[:0], m.open[:0]
	for i := range part.Attributions {
		a := &part.Attributions[i]
		own := a.Own()
		for what, spans := range [][]text.Span{aContent: a.Content, aSource: own.Source, aCue: own.Cue} {
			for _, s := range spans {
				m.all = append(m.all, stretch{Span: s, statement: i, what: uint8(what)})
			}
		}
	}
	slices.SortStableFunc(m.all, func(a, b stretch) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.what, b.what),
			cmp.Compare(len(part.Attributions[a.statement].Chain), len(part.Attributions[b.statement].Chain)))
	})
	m.makeRoom()
}

// maxRoom is how many levels of nesting have a line of their own.
const maxRoom = 3

// makeRoom counts the levels inside every content, so that the lines below
// them do not meet.
func (m *marker) makeRoom() {
	var around []*stretch
	for i := range m.all {
		st := &m.all[i]
		if st.what != aContent {
			continue
		}
		around = slices.DeleteFunc(around, func(o *stretch) bool { return o.End <= st.Start })
		for k, o := range around {
			o.room = max(o.room, uint8(min(len(around)-k, maxRoom)))
		}
		if len(around) < maxNested {
			around = append(around, st)
		}
	}
}

// paragraph appends one paragraph; m.all begins with what begins in it.
func (m *marker) paragraph(b []byte, p *pageWriter, part *Part, s text.Span) []byte {
	dir, lang := "ltr", "en"
	if rightToLeft(s.Of(part.Text)) {
		dir, lang = "rtl", "ar"
	}
	b = fmt.Appendf(b, `<p dir="%s" lang="%s">`, dir, lang)
	b = m.reopen(b, p, part, 0)
	for at := s.Start; ; {
		b = m.closeEnded(b, p, part, at)
		if at == s.End {
			break
		}
		b = m.openBegun(b, p, part, at)
		next := s.End
		if len(m.all) > 0 {
			next = min(next, m.all[0].Start)
		}
		for _, st := range m.open {
			next = min(next, st.End)
		}
		b = appendPassage(b, part.Text[at:next])
		at = next
	}
	b = m.shut(b, 0)
	return append(b, "</p>\n"...)
}

// closeEnded closes what ends at a byte or before it, and what lies in that.
func (m *marker) closeEnded(b []byte, p *pageWriter, part *Part, at int) []byte {
	from := slices.IndexFunc(m.open, func(st *stretch) bool { return st.End <= at })
	if from < 0 {
		return b
	}
	b = m.shut(b, from)
	m.open = slices.DeleteFunc(m.open, func(st *stretch) bool { return st.End <= at })
	return m.reopen(b, p, part, from)
}

// openBegun opens what begins at a byte.
func (m *marker) openBegun(b []byte, p *pageWriter, part *Part, at int) []byte {
	for len(m.all) > 0 && m.all[0].Start <= at {
		st := &m.all[0]
		m.all = m.all[1:]
		if st.End > at && len(m.open) < maxNested {
			m.open = append(m.open, st)
			b = m.reopen(b, p, part, len(m.open)-1)
		}
	}
	return b
}

var tags = [...]string{aContent: "mark", aSource: "b", aCue: "i"}

// shut closes the elements of what is open from an index on.
func (m *marker) shut(b []byte, from int) []byte {
	for _, st := range slices.Backward(m.open[from:]) {
		b = append(append(append(b, "</"...), tags[st.what]...), '>')
	}
	return b
}

// reopen opens elements for what is open from an index on.
func (m *marker) reopen(b []byte, p *pageWriter, part *Part, from int) []byte {
	for _, st := range m.open[from:] {
		b = p.appendStretch(b, part, st)
		st.begun = true
	}
	return b
}

// appendStretch appends the start tag of a stretch; the first piece of a
// statement also carries its number.
func (p *pageWriter) appendStretch(b []byte, part *Part, st *stretch) []byte {
	switch st.what {
	case aSource:
		return append(b, `<b class="src">`...)
	case aCue:
		return append(b, `<i class="cue">`...)
	}
	a, n := &part.Attributions[st.statement], part.First+st.statement+1
	side := sideClasses[a.Polarity]
	if st.begun || st.Span != a.Content[0] {
		b = fmt.Appendf(b, `<mark class="%s r%d">`, side, st.room)
		return p.appendTip(b, part, st.statement)
	}
	edited := ""
	if part.Edited[st.statement] {
		edited = " ±"
	}
	b = fmt.Appendf(b, `<mark class="%s r%d" id="%sp%d"><a class="no" href="#%ss%d">%s%d%s</a>`,
		side, st.room, p.doc, n, p.doc, n, sideSigns[a.Polarity], n, edited)
	return p.appendTip(b, part, st.statement)
}

// appendPassage appends words of the text. They stay as they are, white space
// included; controls that HTML does not allow, or that would turn the
// direction of the line, are shown by name.
func appendPassage(b []byte, s string) []byte {
	from := 0
	for i, r := range s {
		if r != utf8.RuneError && r != '&' && r != '<' && r != '>' && !isControl(r) {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + utf8.RuneLen(r)
		switch {
		case isControl(r):
			b = fmt.Appendf(b, `<span class="ctl">U+%04X</span>`, r)
		default:
			b = append(b, html.EscapeString(string(r))...)
		}
	}
	return append(b, s[from:]...)
}
