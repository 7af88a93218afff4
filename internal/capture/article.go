package capture

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The main text of a page is found in three steps: what by its element, class
// or id, or as one of a list of teasers, cannot belong to it is left out; the
// rest is flattened into blocks (paragraphs, headings, list items); and from
// what the author calls the body of the article, or from the body of the page,
// the walk goes down to the element that holds most of the running text for as
// long as one does. Where little is found that way, less is left out, and then
// the data that the page carries for scripts is looked at.
//
// F1 of shingles of four words, this to go-trafilatura 1.12.2 to go-readability:
// .964, .960, .934 on the 181 pages of article-extraction-benchmark, .950, .937,
// .903 on the 181 of the tests of Fundus, .940, .930, .914 on the 711 articles of
// the development part of WCXB, and .950, .951, .923 on the 257 of its test part,
// which nothing here was fitted to. The libraries would cost 270 ms and 50 MB at every
// start of the program, for tables of dates.

// mainPart is what was found of the article on a page.
type mainPart struct {
	text      string   // paragraphs apart by an empty line
	datelines []string // short passages about it that may be dates
}

// readPage finds the main part of a page; title is its title, which is no text.
func readPage(root *html.Node, title string) mainPart {
	body := find(root, atom.Body)
	if body == nil {
		return mainPart{}
	}
	var best mainPart
	for c := strict; c <= all && len(best.text) < littleText; c++ {
		if got := readWith(body, c, title); len(got.text) > 2*len(best.text) {
			best = got
		}
	}
	best.datelines = datelines(body, best.text, title)
	return best
}

// littleText is the number of bytes below which an article is looked for with
// less care.
const littleText = 250

func readWith(body *html.Node, c care, title string) mainPart {
	f := newFlattener(body, c)
	root := mainNode(body, f.blocks)
	lead := leadOf(f.blocks, root)
	var out []string
	heading := ""
	for i := range f.blocks {
		b := &f.blocks[i]
		switch {
		case i != lead && !isUnder(b.node, root):
		case !b.belongs():
			if b.linked() > 0.6 {
				heading = ""
			}
		case b.isHeading() && i != lead:
			heading = b.text
		default:
			text := b.text
			if len(out) == 0 {
				text = withoutTop(text, title)
			}
			if text == "" || text == title {
				continue
			}
			if heading != "" && heading != title {
				out = append(out, heading)
			}
			heading = ""
			out = append(out, text)
		}
	}
	return mainPart{text: strings.Join(out, "\n\n")}
}

// leadOf is the block before the article that its author calls a lead, or -1.
func leadOf(blocks []block, root *html.Node) int {
	lead := -1
	for i := range blocks {
		b := &blocks[i]
		if isUnder(b.node, root) {
			return lead
		}
		if b.weight() >= 40 && root.Parent != nil && isUnder(b.node, root.Parent) && standsIn(b.node, leadNames) {
			lead = i
		}
	}
	return -1
}

// withoutTop takes lines off a first paragraph that repeat the title or date it.
func withoutTop(s, title string) string {
	for {
		line, rest, ok := strings.Cut(s, "\n")
		line = strings.TrimSpace(line)
		if !ok || !isPartOf(line, title) && (utf8.RuneCountInString(line) > 100 || !hasYear(line) || endsSentence(line)) {
			return s
		}
		s = strings.TrimSpace(rest)
	}
}

// isPartOf reports whether a line is the title, or most of what a page calls
// its title.
func isPartOf(line, title string) bool {
	return line == title || len(line) >= 20 && strings.Contains(title, line)
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
	if n := namedBody(body, weight); n != nil {
		at = n
	}
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

// namedBody is the element that its author calls the body of an article, where
// one alone has much of the running text.
func namedBody(body *html.Node, weight map[*html.Node]int) *html.Node {
	var best *html.Node
	for n := range body.Descendants() {
		w := weight[n]
		if w > 0 && w*100 >= namedEnough*weight[body] && isNamedBody(n) && (best == nil || w > weight[best]) {
			best = n
		}
	}
	return best
}

// namedEnough is the share, in percent, of the running text of a page that an
// element must have to be taken for the article by its name.
const namedEnough = 40

func isNamedBody(n *html.Node) bool {
	if n.Type != html.ElementNode || isLeaf(n) || n.DataAtom == atom.Body {
		return false
	}
	if attr(n, "itemprop") == "articleBody" {
		return true
	}
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for name := range strings.FieldsSeq(a.Val) {
			of, part := false, false
			for w := range nameWords(name) {
				of = of || articleWords[w]
				part = part || bodyWords[w]
			}
			if of && part {
				return true
			}
		}
	}
	return false
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

// isNoText reports elements that hold no running text.
func isNoText(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Button, atom.Input,
		atom.Select, atom.Textarea, atom.Nav, atom.Figure, atom.Picture, atom.Video, atom.Audio, atom.Canvas,
		atom.Head, atom.Dialog, atom.Menu, atom.Address:
		return true
	}
	return false
}

// isHidden reports elements that are not shown, or by their role no text.
func isHidden(n *html.Node) bool {
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert":
		return true
	}
	style := strings.ReplaceAll(attr(n, "style"), " ", "")
	return hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" || strings.Contains(style, "display:none")
}
