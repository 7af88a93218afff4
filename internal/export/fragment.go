package export

import "html"

// Fragment is a document as the inside of a page that another package makes:
// Text holds the paragraphs with their passages marked, List the statements as
// items of a list. Both are HTML in which everything from outside is escaped.
// A passage n is the element pn and links to the item sn, and back.
type Fragment struct{ Text, List []byte }

// PageStyle is the style sheet that a [Fragment] is made for.
func PageStyle() string { return pageStyle }

// NewFragment lays out a document in the words of a language of the interface.
// After, where it is not nil, appends HTML to the end of the item of a
// statement.
func NewFragment(language string, part *Part, after func(b []byte, statement int) []byte) Fragment {
	p := pageWriter{words: wordsOf(language)}
	f := Fragment{Text: p.marks.paragraphs(nil, &p, part)}
	for i := range part.Attributions {
		f.List = p.appendItem(f.List, part, i, after)
	}
	return f
}

// Visible makes a text fit for a line: white space becomes one space, and controls
// of direction are shown by name.
func Visible(s string) string { return visible(s) }

// Escape makes a text fit for HTML; controls of direction are shown by name.
func Escape(s string) string { return html.EscapeString(visible(s)) }

// Direction is the direction of a text by its first strong letter (UAX 9, P2):
// "rtl" or "ltr".
func Direction(s string) string {
	if rightToLeft(s) {
		return "rtl"
	}
	return "ltr"
}

// SideNames and StanceNames are the words of the interface for what an
// attribution does with its content, by number.
func SideNames(language string) [3]string { return wordsOf(language).sides }

// StanceNames are the words for speech acts.
func StanceNames(language string) [15]string { return wordsOf(language).stances }

// SourceNames are the words for kinds of sources.
func SourceNames(language string) [6]string { return wordsOf(language).sources }
