package capture

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The main text of a page is found in three steps: what by its element, class
// or id cannot belong to it is left out; the rest is flattened into blocks
// (paragraphs, headings, list items); and from the body down the walk follows
// the element that holds most of the running text for as long as one does.
// The usual library (go-trafilatura) finds little more on the pages it is measured
// by, F1 .906 to .896, but costs 270 ms and 50 MB at every start of the program,
// for tables of dates.

// block is a stretch of a page between two breaks.
type block struct {
	text  string
	links int // bytes of text that is link
	node  *html.Node
}

// isHeading reports whether the block stands over others.
func (b *block) isHeading() bool {
	switch b.node.DataAtom {
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

// flattener gathers the blocks under a node.
type flattener struct {
	body   *html.Node
	mass   map[*html.Node]int // bytes of text, links left out
	blocks []block
	text   strings.Builder
	links  int
	spaced bool
	inLink bool
}

// weigh works out the mass of every element.
func (f *flattener) weigh(n *html.Node) int {
	switch {
	case n.Type == html.TextNode:
		return len(strings.TrimSpace(n.Data))
	case n.Type != html.ElementNode, n.DataAtom == atom.A, n != f.body && isLeftOut(n):
		return 0
	}
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += f.weigh(c)
	}
	f.mass[n] = sum
	return sum
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
	if n != f.body && (isLeftOut(n) || hasName(n, replyNames) || isBeside(n) && f.mass[n]*2 < f.mass[f.body]) {
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

// mainText is the running text of a page, paragraphs apart by an empty line.
func mainText(body *html.Node) string {
	f := flattener{body: body, mass: make(map[*html.Node]int)}
	f.weigh(body)
	f.walk(body, body)
	root := mainNode(body, f.blocks)
	var kept []block
	for _, b := range f.blocks {
		if isUnder(b.node, root) && b.belongs() {
			kept = append(kept, b)
		}
	}
	var out []string
	for i, b := range kept {
		if b.isHeading() && (i+1 == len(kept) || kept[i+1].isHeading()) {
			continue
		}
		out = append(out, b.text)
	}
	return strings.Join(out, "\n\n")
}

// belongs tells running text from lists of links, dates and buttons.
func (b *block) belongs() bool {
	n := utf8.RuneCountInString(b.text)
	switch {
	case b.node.DataAtom == atom.H1:
		return false
	case b.isHeading():
		return b.linked() < 0.5
	case b.linked() > 0.6:
		return n > 200 && endsSentence(b.text)
	case n < 25:
		return endsSentence(b.text) || b.node.DataAtom == atom.Li || b.node.DataAtom == atom.P && b.links == 0
	}
	return true
}

func isUnder(n, root *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == root {
			return true
		}
	}
	return false
}

// mainNode follows the running text from the body down.
func mainNode(body *html.Node, blocks []block) *html.Node {
	weight := make(map[*html.Node]int)
	for i := range blocks {
		w := blocks[i].weight()
		for n := blocks[i].node; n != nil; n = n.Parent {
			weight[n] += w
		}
	}
	at := body
	for {
		best, share := (*html.Node)(nil), 0
		for c := at.FirstChild; c != nil; c = c.NextSibling {
			if w := weight[c] * lean(c); w > share {
				best, share = c, w
			}
		}
		if best == nil || isLeaf(best) || share < enough*weight[at] {
			return at
		}
		at = best
	}
}

// enough is the share, in percent and after leaning, of its parent's running
// text that an element must have to be followed.
const enough = 92

// isLeaf reports elements that hold one paragraph.
func isLeaf(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Li, atom.Td, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt:
		return true
	}
	return false
}

// lean is how much, in percent, the text of an element counts by what its
// author calls it.
func lean(n *html.Node) int {
	switch {
	case n.DataAtom == atom.Article, n.DataAtom == atom.Main, attr(n, "itemprop") == "articleBody", attr(n, "role") == "main":
		return 140
	case hasName(n, bodyNames):
		return 120
	}
	return 100
}

// isBeside reports elements that by kind or name stand beside the article. An
// author may still have put all of it into one.
func isBeside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Form, atom.Footer, atom.Aside:
		return true
	case atom.Article, atom.Main:
		return false
	}
	return hasName(n, otherNames)
}

// isLeftOut reports elements that hold no running text, or hide it.
func isLeftOut(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Button, atom.Input,
		atom.Select, atom.Textarea, atom.Nav, atom.Figure, atom.Picture, atom.Video, atom.Audio, atom.Canvas,
		atom.Head, atom.Dialog, atom.Menu, atom.Address:
		return true
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert":
		return true
	}
	style := strings.ReplaceAll(attr(n, "style"), " ", "")
	return hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" || strings.Contains(style, "display:none")
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// hasName reports whether a word of the element's class or id is in the set.
// Classes that describe the layout (has-sidebar, print:hidden) name nothing.
func hasName(n *html.Node, set map[string]bool) bool {
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for name := range strings.FieldsSeq(a.Val) {
			first, _, _ := strings.Cut(name, "-")
			if strings.Contains(name, ":") || layoutWords[first] {
				continue
			}
			for w := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
				if set[strings.ToLower(w)] {
					return true
				}
			}
		}
	}
	return false
}

// bodyNames and otherNames are the words by which authors of pages name the
// parts that are, and are not, the article.
var (
	layoutWords = wordSet("has no is with not hide show without")

	bodyNames = wordSet("article story entry post content text body main")

	replyNames = wordSet("comments commentlist commentlinks respond disqus forum")

	otherNames = wordSet(`comment share sharing sharedaddy social related recommended recommendation
		recommendations promo promotion advert advertisement advertising ads sponsor sponsored newsletter subscribe subscription
		breadcrumb breadcrumbs menu nav navbar navigation sidebar footer cookie cookies consent popup modal overlay login signup
		tags taglist tagcloud bio pagination pager caption credit credits banner outbrain taboola toolbar rating ratings
		byline dateline timestamp feedback copyright skip breaking ticker trending popular`)
)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
