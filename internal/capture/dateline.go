package capture

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds on passages that may be dates.
const (
	maxDateline  = 160 // runes
	maxDatelines = 8
	nearLines    = 12 // before the article that may belong to it
)

// datelines gives the short passages with a year in them that stand between
// the title and the text of an article, around the text, or are called a date
// by the page. What stands above the title, where portals show today's date,
// and at the foot, where the year of a copyright is, is left out.
func datelines(body *html.Node, text, title string) []string {
	f := newFlattener(body, open)
	lines := linesOf(f.blocks)
	first, last, top := extent(lines, text, title)
	var near, named []string
	for i, l := range lines {
		if utf8.RuneCountInString(l.text) > maxDateline || !hasYear(l.text) || isRights(l.text) || isBelow(l.node) {
			continue
		}
		switch {
		case i > top && i >= first-nearLines && i <= first+1, i == last+1:
			near = append(near, l.text)
		case standsIn(l.node, dateNames) && !standsBeside(l.node):
			named = append(named, l.text)
		}
	}
	near = append(near, named...)
	return near[:min(len(near), maxDatelines)]
}

// linesOf cuts blocks into their lines.
func linesOf(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		for line := range strings.Lines(b.text) {
			out = append(out, block{text: strings.TrimSpace(line), node: b.node})
		}
	}
	return out
}

// extent finds the first and last line of the text, and the title before it,
// or -1.
func extent(lines []block, text, title string) (first, last, top int) {
	first, last, top = len(lines), -1, -1
	inText := make(map[string]bool)
	for line := range strings.Lines(text) {
		inText[strings.TrimSpace(line)] = true
	}
	for i, l := range lines {
		if len(l.text) >= 60 && inText[l.text] {
			first, last = min(first, i), i
		}
		if i <= first && (l.node.DataAtom == atom.H1 || isPartOf(l.text, title)) {
			top = i
		}
	}
	return first, last, top
}

// hasYear reports whether a number that may be a year, of either calendar and
// in either digits, stands in s.
func hasYear(s string) bool {
	digits, year := 0, 0
	for _, r := range s + " " {
		d := digit(r)
		if d >= 0 {
			digits, year = digits+1, year%1000*10+d
			continue
		}
		if digits == 4 && (year >= 1350 && year < 1500 || year >= 1900 && year < 2100) {
			return true
		}
		digits, year = 0, 0
	}
	return false
}

// digit is the value of a digit of Latin, Arabic or Persian writing, or -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '۰' && r <= '۹':
		return int(r - '۰')
	}
	return -1
}

// isRights reports a line about copyright, whose year dates nothing.
func isRights(s string) bool {
	s = strings.ToLower(s)
	for _, w := range []string{"©", "(c)", "copyright", "rights reserved", "الحقوق محفوظة", "حقوق النشر", "جميع الحقوق"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func isBelow(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Footer || attr(n, "role") == "contentinfo" || hasName(n, footNames) {
			return true
		}
	}
	return false
}

func standsIn(n *html.Node, names map[string]bool) bool {
	for range 3 {
		if n == nil {
			return false
		}
		if hasName(n, names) {
			return true
		}
		n = n.Parent
	}
	return false
}
