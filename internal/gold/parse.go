package gold

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Parse reads the readable form.
//
//	# a remark, before an item or among its attributions
//	== ar-001 genre=newswire
//	قال مدير المتحف سالم الوردي إن القاعة ستفتح غدا، مضيفا أن الدخول مجاني.
//	--
//	قال | مدير المتحف سالم الوردي | إن القاعة ستفتح غدا
//	مضيفا | - | أن الدخول مجاني | source_kind=controlled | alt=مدير المتحف سالم الوردي
//
// An item is a header ("==", the id, which begins with the language and a
// hyphen, and optionally genre=WORD), the text, a line "--", and one line for
// each attribution. Blank lines inside the text are kept, those at its ends are
// not; blank lines after "--" mean nothing.
//
// An attribution is cue | source | content, then optionally words that describe
// it, and alt=… or full=… for source_alt and source_full. A part is quoted from
// the text word for word; "-" is an absent part. Where a part is broken up, its
// pieces are joined by " … ". A long piece may be given by its first and last
// words, joined by " .. ". A quotation that stands in the text more than once
// needs a number, as in قال#2; that of a last word counts from the first word
// on and may be left out. Quotations begin and end at the edges of words, unless
// they begin with "~".
//
// The words: kind= (default indirect), stance= (default say), polarity= (default:
// that of the stance, see the function polarity), source_kind= (default implicit
// where the source is absent), lemma=, parent=N (the line of the enclosing
// attribution, counted from 0), negated, np, soft, uncertain, nominal, rejected.
//
// The error names the line of each mistake, up to a limit; the items read
// without one are returned with it.
func Parse(r io.Reader) ([]Doc, error) {
	p := parser{seen: map[string]int{}}
	err := eachLine(r, func(n int, line string) bool {
		p.line(n, strings.TrimRight(line, " \t\r"))
		return len(p.errs) < maxErrors
	})
	p.finish()
	return p.docs, errors.Join(append(p.errs, err)...)
}

type state int

const (
	outside state = iota // before the first item
	inText
	inMarks // among the attributions
)

type parser struct {
	state state
	docs  []Doc
	errs  []error
	seen  map[string]int // id → line of its header

	doc   Doc
	head  int // line of the header of doc
	bad   bool
	text  []string
	marks []mark
}

// mark is one attribution line, unread until the text is whole.
type mark struct {
	n    int
	line string
}

func (p *parser) fail(n int, format string, args ...any) {
	p.bad = true
	p.errs = append(p.errs, fmt.Errorf("gold: line %d: %w", n, fmt.Errorf(format, args...)))
}

func (p *parser) line(n int, line string) {
	switch {
	case strings.HasPrefix(line, "== "):
		p.finish()
		p.header(n, line)
	case p.state == inText && line == "--":
		p.state = inMarks
	case p.state == inText:
		p.text = append(p.text, line)
	case line == "" || strings.HasPrefix(line, "# "):
	case p.state == inMarks:
		p.marks = append(p.marks, mark{n, line})
	default:
		p.fail(n, "text before the first item: begin one with \"== ID\"")
	}
}

func (p *parser) header(n int, line string) {
	p.doc, p.head, p.bad, p.text, p.marks = Doc{}, n, false, nil, nil
	p.state = inText
	words := strings.Fields(line)[1:]
	if len(words) == 0 {
		p.fail(n, "header without an id: write \"== ar-001\"")
		return
	}
	p.doc.ID = words[0]
	p.doc.Lang, _, _ = strings.Cut(words[0], "-")
	if p.doc.Lang != "ar" && p.doc.Lang != "en" {
		p.fail(n, "id %q: begin it with the language, \"ar-\" or \"en-\"", words[0])
	}
	if first := p.seen[p.doc.ID]; first > 0 {
		p.fail(n, "id %q stands at line %d already", p.doc.ID, first)
	}
	p.seen[p.doc.ID] = n
	for _, w := range words[1:] {
		genre, ok := strings.CutPrefix(w, "genre=")
		if !ok {
			p.fail(n, "unknown word %q in a header: only genre=WORD may follow the id", w)
		}
		p.doc.Genre = genre
	}
}

// finish reads the attributions of the item at hand and files it.
func (p *parser) finish() {
	switch p.state {
	case outside:
		return
	case inText:
		p.fail(p.head, "item %s has no line \"--\" after its text", p.doc.ID)
		return
	}
	p.doc.Text = strings.Trim(strings.Join(p.text, "\n"), "\n")
	if p.doc.Text == "" {
		p.fail(p.head, "item %s has no text", p.doc.ID)
	}
	p.doc.Attributions = make([]Attribution, 0, len(p.marks))
	for i, m := range p.marks {
		a, err := attribution(p.doc.Text, m.line)
		if err != nil {
			p.fail(m.n, "%w", err)
		}
		a.ID = p.doc.ID + "#" + strconv.Itoa(i)
		p.doc.Attributions = append(p.doc.Attributions, a)
	}
	if p.bad {
		return
	}
	if err := p.doc.check(); err != nil {
		p.fail(p.head, "item %s: %w", p.doc.ID, err)
		return
	}
	p.docs = append(p.docs, p.doc)
}

func attribution(text, line string) (Attribution, error) {
	a := Attribution{Kind: "indirect", Stance: "say", Parent: -1}
	fields := strings.Split(line, " | ")
	if len(fields) < 3 {
		return a, errors.New("want at least cue | source | content")
	}
	for i, part := range []*Spans{&a.Cue, &a.Source, &a.Content} {
		if err := locatePart(part, text, fields[i]); err != nil {
			return a, err
		}
	}
	for _, f := range fields[3:] {
		if err := a.describe(text, f); err != nil {
			return a, err
		}
	}
	if len(a.Cue) == 0 {
		return a, errors.New("an attribution needs a cue")
	}
	if len(a.Source) == 0 && a.SourceKind == "" {
		a.SourceKind = "implicit"
	}
	if a.Polarity == "" {
		a.Polarity = polarity(a.Stance, a.Negated)
	}
	return a, a.checkWords()
}

// describe reads a field after the content.
func (a *Attribution) describe(text, field string) error {
	if quote, ok := strings.CutPrefix(strings.TrimSpace(field), "alt="); ok {
		return locatePart(&a.SourceAlt, text, quote)
	}
	if quote, ok := strings.CutPrefix(strings.TrimSpace(field), "full="); ok {
		return locatePart(&a.SourceFull, text, quote)
	}
	for _, w := range strings.Fields(field) {
		if err := a.word(w); err != nil {
			return err
		}
	}
	return nil
}

func (a *Attribution) word(w string) error {
	flags := map[string]*bool{
		"negated": &a.Negated, "np": &a.NPContent, "soft": &a.Soft,
		"uncertain": &a.Uncertain, "nominal": &a.Nominal, "rejected": &a.Rejected,
	}
	if flag := flags[w]; flag != nil {
		*flag = true
		return nil
	}
	name, value, _ := strings.Cut(w, "=")
	values := map[string]*string{
		"kind": &a.Kind, "stance": &a.Stance, "polarity": &a.Polarity,
		"source_kind": &a.SourceKind, "lemma": &a.Lemma,
	}
	switch {
	case value == "":
	case values[name] != nil:
		*values[name] = value
		return nil
	case name == "parent":
		n, err := strconv.Atoi(value)
		a.Parent = n
		return err
	}
	return fmt.Errorf("unknown word %q: see the list at gold.Parse", w)
}

// polarity is the side a stance takes where the annotation names none: demands,
// questions, doubts and negated cues take no side, unless they plainly deny.
func polarity(stance string, negated bool) string {
	switch {
	case negated || slices.Contains([]string{"demand", "ask", "doubt"}, stance):
		return "neutral"
	case stance == "deny":
		return "deny"
	}
	return "affirm"
}
