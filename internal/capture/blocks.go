package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is a stretch of a page between two breaks.
type block struct {
	text  string
	links int // bytes of text that is link
	node  *html.Node
}

// isHeading reports whether the block stands over others.
func (b *block) isHeading() bool { return isHeading(b.node) }

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// linked is the share of the block that is link.
func (b *block) linked() float64 { return float64(b.links) / float64(len(b.text)) }

// weight is how much the block counts as running text.
func (b *block) weight() int {
	switch n := utf8.RuneCountInString(b.text); {
	case b.isHeading() || b.linked() > 0.5:
		return 0
	case n >= 80 || n >= 25 && endsSentence(b.text):
		return n
	default:
		return n / 5
	}
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"'»”’)] "))
	return strings.ContainsRune(".!?؟…:؛;", r)
}

// care is how much is left out by what it is called. A page whose author names
// things otherwise has little text with most care.
type care uint8

const (
	strict care = iota // what stands beside the article, by name or as a list
	open               // what is hidden
	all                // what is never text
)

// flattener gathers the blocks under a node.
type flattener struct {
	body   *html.Node
	care   care
	mass   map[*html.Node]int // bytes of text, links left out
	linked map[*html.Node]int // bytes of text that is link
	teaser map[*html.Node]bool
	holds  map[*html.Node]bool // elements around an article by its name
	blocks []block
	text   strings.Builder
	links  int
	spaced bool
	inLink bool
}

func newFlattener(body *html.Node, c care) *flattener {
	f := &flattener{
		body: body, care: c, mass: make(map[*html.Node]int), linked: make(map[*html.Node]int),
		teaser: make(map[*html.Node]bool), holds: make(map[*html.Node]bool),
	}
	f.weigh(body, false)
	f.walk(body, body)
	return f
}

// weigh works out mass and linked of every element, and which are teasers.
func (f *flattener) weigh(n *html.Node, inLink bool) (mass, linked int) {
	switch {
	case n.Type == html.TextNode:
		if size := len(strings.TrimSpace(n.Data)); inLink {
			return 0, size
		} else {
			return size, 0
		}
	case n.Type != html.ElementNode, f.isLeftOut(n):
		return 0, 0
	}
	inLink = inLink || n.DataAtom == atom.A
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m, l := f.weigh(c, inLink)
		mass, linked = mass+m, linked+l
	}
	f.mass[n], f.linked[n] = mass, linked
	if isNamedBody(n) && mass > littleText {
		for p := n.Parent; p != nil && !f.holds[p]; p = p.Parent {
			f.holds[p] = true
		}
	}
	f.markTeasers(n)
	return mass, linked
}

// markTeasers finds lists of teasers: children of one kind and class of which
// most are a link with little text beside it.
func (f *flattener) markTeasers(n *html.Node) {
	type kind struct{ tag, class string }
	var all, thin map[kind]int
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || isInline(c) || isLeaf(c) && !isCard(c) || c.DataAtom == atom.Br || f.mass[c]+f.linked[c] == 0 {
			continue
		}
		if all == nil {
			all, thin = make(map[kind]int), make(map[kind]int)
		}
		k := kind{c.Data, attr(c, "class")}
		all[k]++
		if f.isThin(c) {
			thin[k]++
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		k := kind{c.Data, attr(c, "class")}
		if c.Type == html.ElementNode && all[k] >= 3 && thin[k]*4 >= all[k]*3 {
			f.teaser[c] = true
		}
	}
}

// isCard reports an item of a list that is more than a line: it has a heading
// or a picture.
func isCard(n *html.Node) bool {
	if n.DataAtom != atom.Li {
		return false
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.Img || isHeading(c) {
			return true
		}
	}
	return false
}

func (f *flattener) isThin(n *html.Node) bool {
	return f.linked[n] >= 15 && f.mass[n] <= 600 && f.linked[n]*4 >= f.mass[n]
}

func (f *flattener) walk(n *html.Node, parent *html.Node) {
	switch n.Type {
	case html.TextNode:
		f.add(n.Data)
		return
	case html.ElementNode:
	default:
		return
	}
	if n.DataAtom == atom.Br {
		f.lineBreak(parent)
		return
	}
	if f.isLeftOut(n) || f.isBeside(n) {
		return
	}
	inner := parent
	if !isInline(n) {
		f.flush(parent)
		inner = n
	}
	outer := f.inLink
	f.inLink = f.inLink || n.DataAtom == atom.A
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.walk(c, inner)
	}
	f.inLink = outer
	if inner == n {
		f.flush(n)
	}
}

func (f *flattener) isLeftOut(n *html.Node) bool {
	return n != f.body && (isNoText(n) || f.care < all && isHidden(n))
}

func (f *flattener) isBeside(n *html.Node) bool {
	return f.care == strict && n != f.body &&
		(f.teaser[n] || hasName(n, replyNames) || isBeside(n) && f.mass[n]*2 < f.mass[f.body] && !f.holds[n])
}

// add appends text with its white space collapsed.
func (f *flattener) add(s string) {
	before := f.text.Len()
	for _, r := range s {
		if unicode.IsSpace(r) {
			f.spaced = true
			continue
		}
		if f.spaced && f.text.Len() > 0 && !strings.HasSuffix(f.text.String(), "\n") {
			f.text.WriteByte(' ')
		}
		f.spaced = false
		f.text.WriteRune(r)
	}
	if f.inLink {
		f.links += f.text.Len() - before
	}
}

// lineBreak ends a line; a second one in a row ends the block.
func (f *flattener) lineBreak(parent *html.Node) {
	if strings.HasSuffix(f.text.String(), "\n") {
		f.flush(parent)
		return
	}
	if f.text.Len() > 0 {
		f.text.WriteByte('\n')
	}
}

func (f *flattener) flush(n *html.Node) {
	if s := strings.TrimSpace(f.text.String()); s != "" {
		f.blocks = append(f.blocks, block{text: s, links: min(f.links, len(s)), node: n})
	}
	f.text.Reset()
	f.links, f.spaced = 0, false
}

func isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font,
		atom.I, atom.Ins, atom.Kbd, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strong, atom.Sub, atom.Sup,
		atom.Time, atom.U, atom.Var, atom.Wbr:
		return true
	}
	return n.DataAtom == 0 && strings.Contains(n.Data, "-") // custom elements
}
