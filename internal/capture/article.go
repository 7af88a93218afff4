package capture

import (
	"strings"
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

// mainText is the running text of a page, paragraphs apart by an empty line.
func mainText(body *html.Node) string {
	best := ""
	for c := strict; c <= all && len(best) < littleText; c++ {
		if text := textWith(body, c); len(text) > 2*len(best) {
			best = text
		}
	}
	return best
}

// littleText is the number of bytes below which an article is looked for with
// less care.
const littleText = 250

func textWith(body *html.Node, c care) string {
	f := newFlattener(body, c)
	root := mainNode(body, f.blocks)
	var out []string
	heading := ""
	for _, b := range f.blocks {
		switch {
		case !isUnder(b.node, root):
		case !b.belongs():
			if b.linked() > 0.6 {
				heading = ""
			}
		case b.isHeading():
			heading = b.text
		default:
			if heading != "" {
				out = append(out, heading)
				heading = ""
			}
			out = append(out, b.text)
		}
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

