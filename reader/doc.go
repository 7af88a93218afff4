package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// tag is what the language pack says of one token. It is small because there is
// one for every token of the text.
type tag struct {
	set    lang.Set
	hash   uint64       // of the word behind the clitics, where that is the known one
	phrase *lang.Phrase // entry of several words that begins here
	span   int          // tokens of phrase
	groups lang.Groups
	first  uint32      // of its readings in the pack
	n      uint8       // readings
	clitic lang.Clitic // written in front and looked behind: و, ب, ال …
	last   bool        // ends its sentence
}

// doc is a text on its way through the reader.
type doc struct {
	t         *text.Text
	sentences []text.Range // of the text, cut where they have no end
	pack      *lang.Pack   // of the current sentence
	nth       uint8        // its place among those of the reader
	tags      []tag
	cache     [1 << cacheBits][2]known
	finds     []find
	arena     []text.Range // holds the contents of the finds
	least     float64      // finds that score less are dropped
	shown     []text.Span  // holds the spans of the result
	endings   [numTraits]float64
	learn     func(clause, int, traits) // is told of places, none of which is an end then
	en        englishDoc
}

// find is an attribution in token ranges, before it is placed in its chain.
type find struct {
	cue        text.Range
	source     text.Range
	content    []text.Range
	row        int // of pack.Cues, or -1
	pack       *lang.Pack
	reading    lang.Reading
	kind       isnad.Kind
	rule       string
	negated    bool
	sentence   int
	relative   text.Range // head noun of the relative clause that the cue stands in
	over       int        // index of the find whose content this one qualifies, or -1
	impersonal bool
	prep       bool // a preposition of the cue's row introduces the content
	distance   int  // tokens between cue and content
	homograph  bool // the cue may as well be another word
	crossed    bool // another cue stands in between
	relays     bool // the word of somebody who is named is passed on
	opener     openKind
	score      float64 // share of such finds that are right
}

// reset makes d the view of another text.
func (d *doc) reset(t *text.Text) {
	d.t = t
	d.cut()
	d.finds = d.finds[:0]
	d.arena = d.arena[:0]
	d.en.reset()
	if cap(d.tags) < len(t.Tokens) {
		d.tags = make([]tag, len(t.Tokens))
	}
	d.tags = d.tags[:len(t.Tokens)]
}

// readings are the readings of token i. The slice is the pack's.
func (d *doc) readings(i int) []lang.Reading { return d.pack.Readings(d.tags[i].first, d.tags[i].n) }

// keep is a content of one piece.
func (d *doc) keep(r text.Range) []text.Range {
	n := len(d.arena)
	d.arena = append(d.arena, r)
	return d.arena[n : n+1 : n+1]
}

// word reports whether token i exists and is a word or number.
func (d *doc) word(i int) bool {
	return i >= 0 && i < len(d.t.Tokens) && d.t.Tokens[i].Kind <= text.Number
}

func (d *doc) is(i int, sign rune) bool {
	return i >= 0 && i < len(d.t.Tokens) && d.t.Tokens[i].Is(sign)
}

func (d *doc) comma(i int) bool {
	if i < 0 || i >= len(d.t.Tokens) {
		return false
	}
	tok := &d.t.Tokens[i]
	return tok.Kind == text.Punct && (tok.Hash == '،' || tok.Hash == ',')
}

// stop reports a sign that no phrase crosses: the end of a sentence (the dot
// of an abbreviation is none), a question mark or a semicolon.
func (d *doc) stop(i int) bool {
	if i < 0 || i >= len(d.t.Tokens) || d.t.Tokens[i].Kind != text.Punct {
		return false
	}
	switch rune(d.t.Tokens[i].Hash) {
	case '.', '…':
		return d.tags[i].last
	case '؟', '?', '!', '؛', ';':
		return true
	}
	return false
}

func (d *doc) mark(i int) bool {
	return i >= 0 && i < len(d.t.Tokens) && d.t.Tokens[i].Kind == text.Mark
}

func (d *doc) has(i int, c lang.Class) bool { return d.word(i) && d.tags[i].set.Has(c) }

func (d *doc) any(i int, s lang.Set) bool { return d.word(i) && d.tags[i].set.Any(s) }

func (d *doc) in(i int, g lang.Group) bool { return d.word(i) && d.tags[i].groups.Has(g) }

func (d *doc) clitic(i int, c lang.Clitic) bool { return d.word(i) && d.tags[i].clitic&c != 0 }

// opening gives the quotation that token i opens, or nil.
func (d *doc) opening(i int) *text.Quotation {
	if !d.mark(i) {
		return nil
	}
	qs := d.t.Quotations
	lo, hi := 0, len(qs)
	for lo < hi {
		if m := (lo + hi) / 2; qs[m].Open < i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(qs) && qs[lo].Open == i {
		return &qs[lo]
	}
	return nil
}

// around gives the innermost quotation that token i stands in, or nil.
func (d *doc) around(i int) *text.Quotation {
	if q := d.t.Inside[i]; q >= 0 {
		return &d.t.Quotations[q]
	}
	return nil
}

// closing gives the quotation that token i closes, or nil. The search looks
// back no further than a window that bounds its work.
func (d *doc) closing(i int) *text.Quotation {
	if !d.mark(i) {
		return nil
	}
	for k := i - 1; k >= 0 && k > i-maxQuoteTokens; k-- {
		if q := d.opening(k); q != nil && q.Close == i && q.Closed {
			return q
		}
	}
	return nil
}

// maxQuoteTokens bounds the search for the opening of a quotation.
const maxQuoteTokens = 400

// clip cuts a range to the limits and drops punctuation from its edges.
func (d *doc) clip(r text.Range) text.Range {
	for r.First < r.End && !d.word(r.First) && d.opening(r.First) == nil && !d.is(r.First, '(') {
		r.First++
	}
	for r.End > r.First && (d.comma(r.End-1) || d.is(r.End-1, '.') || d.is(r.End-1, ':') || d.is(r.End-1, '-') || d.is(r.End-1, '–') || d.is(r.End-1, '؛') || d.is(r.End-1, '—')) {
		r.End--
	}
	return r
}
