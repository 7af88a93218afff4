package export

import (
	_ "embed"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/isnad/isnad"
)

//go:embed page.css
var pageStyle string

// HTML is one page that needs nothing beside it: no script, no font, no
// picture. Passages are marked by side with a sign, the style of a line and a
// colour; what they rest on shows on hover and on focus, and stands in a list.
var HTML = Form{
	Name:  "html",
	Open:  openPage,
	Close: "</body>\n</html>\n",
	New:   func(w io.Writer) Writer { return &pageWriter{w: w} },
}

func openPage(w io.Writer, first *Head) error {
	words := wordsOf(first.Lang)
	title := first.Title
	if title == "" {
		title = "Isnad"
	}
	_, err := fmt.Fprintf(w, `<!doctype html>
<html lang="%s" dir="%s">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>%s</title>
<style>
%s</style>
</head>
<body>
`, words.lang, words.dir, html.EscapeString(visible(title)), pageStyle)
	return err
}

// pageWriter writes the article as it comes; the list of its statements waits.
type pageWriter struct {
	w     io.Writer
	words *pageWords
	buf   []byte
	doc   string // prefix of ids, so that those of several documents differ
	list  spool
	sides [3]int
	marks marker
}

func (p *pageWriter) Begin(h *Head) error {
	p.words, p.sides = wordsOf(h.Lang), [3]int{}
	p.doc = idPrefix(h.ID)
	w := p.words
	p.buf = fmt.Appendf(p.buf[:0], `<main class="doc" lang="%s" dir="%s">`+"\n", w.lang, w.dir)
	title := h.Title
	if title == "" {
		title = h.ID
	}
	p.buf = fmt.Appendf(p.buf, `<h1 dir="%s">%s</h1>`+"\n"+`<div class="soft">`, Direction(title), Escape(title))
	sep := ""
	for _, s := range []string{h.Publisher, h.Credit, h.Author, dated(&h.Document), h.ID} {
		if s != "" && s != title {
			p.buf = fmt.Appendf(p.buf, "%s<bdi>%s</bdi>", sep, Escape(s))
			sep = " · "
		}
	}
	p.buf = append(p.buf, "</div>\n<ul class=\"key\">"...)
	for side, label := range w.sides {
		p.buf = fmt.Appendf(p.buf, `<li><mark class="%s">%s %s</mark></li>`, sideClasses[side], sideSigns[side], label)
	}
	p.buf = fmt.Appendf(p.buf, "<li class=\"soft\">%s</li></ul>\n<div class=\"two\">\n<article class=\"text\">\n", w.howTo)
	return p.flush()
}

func (p *pageWriter) Part(part *Part) error {
	p.buf = p.marks.paragraphs(p.buf, p, part)
	for i := range part.Attributions {
		p.sides[part.Attributions[i].Polarity]++
		p.list.buf = p.appendItem(p.list.buf, part, i, nil)
	}
	if err := p.list.spill(spoolBytes); err != nil {
		return err
	}
	return p.flush()
}

func (p *pageWriter) End() error {
	w := p.words
	n := p.sides[isnad.Affirms] + p.sides[isnad.Denies] + p.sides[isnad.Neutral]
	p.buf = fmt.Appendf(p.buf, "</article>\n<aside>\n<h2>%s: %d</h2>\n<ol class=\"list\">\n", w.statements, n)
	var err error
	if p.buf, err = p.list.appendTo(p.buf, p.w); err != nil {
		return err
	}
	p.buf = fmt.Appendf(p.buf, "</ol>\n</aside>\n</div>\n<footer>%s</footer>\n</main>\n", w.foot)
	return errors.Join(p.flush(), p.list.reset())
}

func (p *pageWriter) flush() error {
	_, err := p.w.Write(p.buf)
	p.buf = p.buf[:0]
	return err
}

var (
	sideClasses = [...]string{"a", "d", "n"}
	sideSigns   = [...]string{"+", "−", "○"}
)

// appendItem appends a statement of the list.
func (p *pageWriter) appendItem(b []byte, part *Part, i int, after func([]byte, int) []byte) []byte {
	a, w, n := &part.Attributions[i], p.words, part.First+i+1
	b = fmt.Appendf(b, `<li class="%s" id="%ss%d"><a class="no" href="#%sp%d">%s%d</a> <span class="side">%s</span> <span class="soft">· `,
		sideClasses[a.Polarity], p.doc, n, p.doc, n, sideSigns[a.Polarity], n, w.sides[a.Polarity])
	b = p.appendFacts(b, part, i)
	b = fmt.Appendf(b, "</span><details><summary>%s</summary>%s %.2f · %s <bdi>%s</bdi> · <bdi>%s</bdi></details>",
		w.why, w.confidence, a.Confidence, w.rule, Escape(a.Why.Rule), Escape(a.Why.CueRow))
	b = p.appendChain(b, part, i)
	quote := part.Quote(a.Content)
	b = fmt.Appendf(b, `<blockquote dir="%s">%s</blockquote>`, Direction(quote), Escape(quote))
	if after != nil {
		b = after(b, i)
	}
	return append(b, "</li>\n"...)
}

// appendTip appends what shows at the foot of the window.
func (p *pageWriter) appendTip(b []byte, part *Part, i int) []byte {
	a, w := &part.Attributions[i], p.words
	b = fmt.Appendf(b, `<span class="tip" lang="%s" dir="%s"><span class="side">%s %s</span> · `,
		w.lang, w.dir, sideSigns[a.Polarity], w.sides[a.Polarity])
	for k, name := range part.Chain(i) {
		if k > 0 {
			b = append(b, `<span class="from"></span>`...)
		}
		b = p.appendTeller(b, name)
	}
	b = append(b, ` <span class="soft">· `...)
	b = p.appendFacts(b, part, i)
	return append(b, "</span></span>"...)
}

func (p *pageWriter) appendChain(b []byte, part *Part, i int) []byte {
	b = append(b, `<ol class="chain">`...)
	for _, name := range part.Chain(i) {
		b = append(b, "<li>"...)
		b = p.appendTeller(b, name)
		b = append(b, "</li>"...)
	}
	return append(b, "</ol>"...)
}

func (p *pageWriter) appendTeller(b []byte, name string) []byte {
	if name == "" {
		return fmt.Appendf(b, "<i>%s</i>", p.words.notNamed)
	}
	return fmt.Appendf(b, "<bdi>%s</bdi>", Escape(name))
}

// appendFacts appends the act, the kind of source and the time.
func (p *pageWriter) appendFacts(b []byte, part *Part, i int) []byte {
	a, w := &part.Attributions[i], p.words
	b = append(b, w.stances[a.Stance]...)
	if a.Negated {
		b = fmt.Appendf(b, " (%s)", w.negated)
	}
	b = fmt.Appendf(b, " · %s", w.sources[a.Own().Kind])
	if t := part.When(i); t >= 0 {
		if when := moment(part.Times[t].Interval); when != "" {
			b = fmt.Appendf(b, " · <time>%s</time>", when)
		}
	}
	return b
}

// idPrefix makes a document's ID fit for the ids of a page.
func idPrefix(id string) string {
	var b strings.Builder
	for _, r := range id {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			b.WriteRune(r)
			continue
		}
		fmt.Fprintf(&b, ".%x", r)
	}
	return b.String() + "-"
}
