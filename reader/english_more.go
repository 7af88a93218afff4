package reader

import "github.com/isnad/isnad/text"

// junction is how a further piece of content joins what is before it.
type junction uint64

const (
	laterQuote   junction = 1 + iota // a quotation in the rest of the sentence
	restOfClause                     // the rest of the clause that the cue interrupts
	nextSentence                     // a quotation that opens the next sentence
	noJunction
)

// pieceAt finds the piece with which the content of c may go on behind token z,
// where cue, source and content so far end.
func (e *englishText) pieceAt(c *candidate, z int, j junction) (p text.Range, ok bool) {
	if z <= 0 || z > len(e.toks) {
		return p, false
	}
	s := e.sents[e.toks[z-1].sent]
	switch j {
	case laterQuote:
		for i := z; i < s.End; i++ {
			if q := e.opens(i); q != nil {
				return text.Range{First: i, End: q.end}, true
			}
		}
	case restOfClause:
		if c.side == left && len(c.content) == 1 && z < s.End-1 {
			i := e.interrupted(z)
			return text.Range{First: i, End: i}, i > 0
		}
	case nextSentence:
		k := int(e.toks[z-1].sent) + 1
		if k < len(e.sents) && e.sents[k].First < len(e.toks) {
			if q := e.opens(e.sents[k].First); q != nil {
				return text.Range{First: q.open, End: q.end}, true
			}
		}
	}
	return p, false
}

// interrupted gives where a clause goes on behind an inserted cue.
func (e *englishText) interrupted(z int) int {
	switch {
	case e.toks[z].kind == kComma || e.toks[z].kind == kDash:
		return z + 1
	case e.word(z):
		return z
	}
	return 0
}

// offerMore offers to stop and to go on with piece p.
func (e *englishText) offerMore(c *candidate, z int, p text.Range, joins junction) {
	e.clearOptions()
	e.feats = e.feats[:0]
	e.offer(0, 0)
	v := e.view(c)
	t := moreStep
	s := e.sents[e.toks[p.First].sent]
	last := c.content[len(c.content)-1]
	var prev uint64
	if e.toks[last.First].kind == kOpenQuote {
		prev = 1
	}
	if e.toks[last.End-1].kind == kCloseQuote {
		prev |= 2
	}
	broken := flag(e.newParagraph(p.First))
	b1, b2 := uint64(e.k(p.End, s)), uint64(e.k(p.End+1, s))
	if p.Len() > 0 {
		ls := e.sents[e.toks[p.End-1].sent]
		b1, b2 = uint64(e.k(p.End, ls)), uint64(e.k(p.End+1, ls))
	}
	j := uint64(joins)<<4 | prev<<1 | broken
	e.add(t, j)
	e.add2(t+1, j, uint64(c.side))
	e.add3(t+2, j, b1, b2)
	e.add2(t+3, j, e.path(z, p.First))
	e.add3(t+4, j, v.row, uint64(c.side))
	e.add3(t+5, j, v.base, uint64(c.side))
	e.add2(t+6, j, bucket(p.Len()))
	e.add2(t+7, j, uint64(min(len(c.content), 3)))
	e.add3(t+8, j, uint64(e.toks[min(p.First+1, len(e.toks)-1)].kind), b1)
	e.add2(t+9, j, uint64(e.toks[z-1].kind))
	e.add3(t+10, j, uint64(e.toks[z-1].kind), uint64(e.k(z, e.sents[e.toks[z-1].sent])))
	e.add2(t+11, j, uint64(c.reading.Form)<<8|flag(c.source.Len() > 0))
	e.add2(t+12, j, flag(e.reportsOutside(p)))
	e.add3(t+13, j, flag(e.reportsOutside(p)), b1)
	e.add3(t+17, j, flag(e.likelyOutside(p)), b1)
	e.add3(t+18, j, bucket(e.sents[e.toks[z-1].sent].End-z), uint64(c.side))
	e.add3(t+19, j, e.likelyFrom(z, p.First), uint64(c.side))
	if joins == restOfClause {
		e.add2(t+14, e.path(c.at, p.First), v.form)
		e.add3(t+15, e.w(p.First, s), v.form, 0)
		e.add2(t+16, uint64(e.k(p.First, s)), v.row)
	}
	e.offer(1, 1)
}

// newParagraph reports that token i opens a paragraph.
func (e *englishText) newParagraph(i int) bool {
	if i == 0 {
		return true
	}
	gap := e.t.Raw[e.t.Tokens[i-1].End:e.t.Tokens[i].Start]
	for k := range len(gap) {
		if gap[k] == '\n' {
			return true
		}
	}
	return false
}

// likelyOutside reports a likely cue around piece p in its sentences.
func (e *englishText) likelyOutside(p text.Range) bool {
	s := e.sents[e.toks[max(p.First, p.End-1)].sent]
	for i := p.End; i < s.End; i++ {
		if e.toks[i].likely && e.toks[i].quote == 0 {
			return true
		}
	}
	return false
}

// reportsOutside reports a reporting verb behind piece p in its sentence.
func (e *englishText) reportsOutside(p text.Range) bool {
	s := e.sents[e.toks[max(p.First, p.End-1)].sent]
	for i := p.End; i < s.End && i < p.End+12; i++ {
		if reports.has(e.toks[i].kind) {
			return true
		}
	}
	return false
}
