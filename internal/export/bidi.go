package export

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
)

// Isolates of the bidirectional algorithm (UAX 9, 2.4) keep a passage from
// reordering what stands beside it in the line.
const (
	lri = "\u2066" // left to right
	rli = "\u2067" // right to left
	fsi = "\u2068" // by the first strong letter
	pdi = "\u2069" // ends the latest
)

func isRTL(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam) && unicode.IsLetter(r)
}

// isolate puts a name that has right-to-left letters between isolates.
func isolate(s string) string {
	if !strings.ContainsFunc(s, isRTL) {
		return s
	}
	return fsi + s + pdi
}

// isolates are what to put around every line of a passage, so that all of
// them have the direction of its first strong letter.
func isolates(s string) (open, shut string) {
	if !strings.ContainsFunc(s, isRTL) {
		return "", ""
	}
	if rightToLeft(s) {
		return rli, pdi
	}
	return lri, pdi
}

// rightToLeft reports the direction of the first strong letter (UAX 9, P2).
func rightToLeft(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return isRTL(r)
		}
	}
	return false
}

// visible makes a passage fit for a line: white space becomes one space, and
// what would control a terminal or the direction of a line is shown instead.
func visible(s string) string {
	var b strings.Builder
	spaced := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			spaced = b.Len() > 0
			continue
		}
		if spaced {
			b.WriteByte(' ')
			spaced = false
		}
		if isControl(r) {
			fmt.Fprintf(&b, "<U+%04X>", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isControl reports what would control a terminal or turn the direction of a
// line beyond the passage it stands in; white space is none.
func isControl(r rune) bool {
	switch {
	case r == '\t', r == '\n', r == '\r':
		return false
	case r < ' ', r >= 0x7F && r < 0xA0, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// wrap breaks a passage at spaces into lines of at most width columns; a word
// that is longer has a line of its own.
func wrap(s string, width int) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, column := 0, 0
		for at := 0; at < len(s); {
			word, _, _ := strings.Cut(s[at:], " ")
			w := columns(word)
			if column > 0 && column+1+w > width {
				if !yield(s[start : at-1]) {
					return
				}
				start, column = at, 0
			}
			if column > 0 {
				column++
			}
			column += w
			at += len(word) + 1
		}
		yield(s[start:])
	}
}

// columns is the width of a word: marks and joiners take none.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}
