package reader

import (
	"sort"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Least confidence of a find that grammar vouches for: alone, and in the
// content of another.
const (
	plainLeast = 0.2
	plainInner = 0.15
	plainSure  = 0.55
)

// plain reports a find that grammar alone vouches for: a finite reporting verb
// right behind its subject, and a clause as its complement.
func (e *englishText) plain(c *candidate) bool {
	row := e.cueRow(c)
	if row == nil || row.Type != lang.VerbCue || row.Frames&lang.Clause == 0 || row.Frames&(lang.Soft|lang.Weak) != 0 {
		return false
	}
	if c.side == left {
		return e.subjectOf(c) && e.clauseBefore(c)
	}
	return (e.subjectOf(c) || e.adverbial(c)) && e.clauseBehind(c)
}

// adverbial reports a gerund behind a preposition and before a that-clause:
// days after insisting that nobody came.
func (e *englishText) adverbial(c *candidate) bool {
	s := e.sents[c.sent]
	return e.toks[c.at].kind == kSaying && kindsOf(kSub, kPrep, kBy).has(e.k(c.at-1, s)) && e.k(c.end, s) == kThat
}

// subjectOf reports that the source of c is the subject of its verb: it ends
// right before it, or before an aside between commas.
func (e *englishText) subjectOf(c *candidate) bool {
	k := e.toks[c.at].kind
	if c.source.Len() == 0 || c.source.End > c.at || k != kSaid && k != kSays || e.toks[c.at].quote != e.toks[c.source.First].quote {
		return false
	}
	if first := e.toks[c.source.First].kind; first == kWho || first == kThat {
		return false
	}
	i := c.at
	for i > c.source.End && fillers.has(e.toks[i-1].kind) {
		if i--; e.toks[i].kind == kBe { // a passive
			return false
		}
	}
	if i == c.source.End {
		return true
	}
	return e.toks[i-1].kind == kComma && (i-1 == c.source.End || e.toks[c.source.End].kind == kComma && e.toks[c.source.End+1].kind == kWho)
}

// clauseBefore reports that the content of c is a clause that ends with the
// comma or the mark before its source: the road was closed, an officer said.
func (e *englishText) clauseBefore(c *candidate) bool {
	p, i := c.content[0], c.source.First-1
	if i <= p.First || !kindsOf(kComma, kCloseQuote).has(e.toks[i].kind) || p.End < i || p.End > i+1 {
		return false
	}
	_, verbs := e.count(p.First, p.End)
	return verbs > 0
}

// clauseBehind reports that the content of c is a clause that begins right
// behind its verb, or behind the listener: said the road was closed.
func (e *englishText) clauseBehind(c *candidate) bool {
	p := c.content[0]
	if p.First < c.end || p.First > c.end+8 {
		return false
	}
	from := p.First
	for i := c.end; i < p.First; i++ {
		if k := e.toks[i].kind; !inNoun.has(k) && k != kTime && k != kPrep {
			return false
		}
	}
	switch k := e.toks[from].kind; {
	case k == kThat:
		from++
	case !inNoun.has(k) && k != kOpenQuote:
		return false
	}
	for i := from + 1; i < p.End; i++ {
		if k := e.toks[i].kind; verbal.has(k) && k != kSay && (k != kSays || i+1 < p.End) {
			return true
		} else if k == kWho || k == kComma || k == kTo {
			return false
		}
	}
	return false
}

// bare reports a verb that affirms or denies, with its subject and a noun
// phrase: sources have confirmed the deal.
func (e *englishText) bare(c *candidate) bool {
	row := e.cueRow(c)
	if row == nil || row.Type != lang.VerbCue || row.Frames&lang.NounP == 0 || row.Frames&(lang.Soft|lang.Weak) != 0 || c.side != right {
		return false
	}
	firm := row.Stance == isnad.Affirm || row.Stance == isnad.Deny
	return firm && e.subjectOf(c) && c.content[0].First == c.end && kindsOf(kDet, kPossPron).has(e.toks[c.end].kind)
}

// trust raises the confidence of what grammar vouches for.
func (e *englishText) trust(c *candidate, inner bool) {
	least := plainLeast
	if inner {
		least = plainInner
	}
	switch {
	case c.sure >= plainSure:
	case c.linked, e.plain(c) && c.sure >= least, e.bare(c) && (inner || c.sure >= least):
		c.sure = plainSure
	}
}

// innerLeast is the least confidence of candidate c within another's content.
func (e *englishText) innerLeast(c *candidate) float64 {
	if e.plain(c) || e.bare(c) {
		return plainSure
	}
	return minInner
}

// andThat gives the token and of a second that-clause in the content of c, or
// 0: said that it rained and that the road was closed.
func (e *englishText) andThat(c *candidate) int {
	row := e.cueRow(c)
	if row == nil || row.Type == lang.NounCue || row.Frames&lang.Clause == 0 || c.side != right {
		return 0
	}
	last := c.content[len(c.content)-1]
	in := e.toks[last.First].quote
	if q := e.opens(last.First); q != nil && q.end >= last.End {
		return 0
	}
	for i := last.First + 2; i+3 < last.End; i++ {
		if e.toks[i].kind == kAnd && e.toks[i+1].kind == kThat && e.toks[i].quote == in && !e.heldWithin(c, i) {
			return i
		}
	}
	return 0
}

// heldWithin reports that token i lies in the content of a find that lies in
// the content of c: the clause from there on is its own.
func (e *englishText) heldWithin(c *candidate, i int) bool {
	first := sort.Search(len(e.cands), func(k int) bool { return e.cands[k].at >= c.end })
	for k := first; k < min(len(e.cands), first+window); k++ {
		o := &e.cands[k]
		if o.side != noSide && coversRange(c.content, text.Range{First: o.at, End: o.end}) && coversRange(o.content, text.Range{First: i, End: i + 1}) {
			return true
		}
	}
	return false
}

// fileParts files f once for each of the clauses that its content coordinates.
func (e *englishText) fileParts(c *candidate, f find) {
	i := e.andThat(c)
	if i == 0 {
		e.doc.file(&f)
		return
	}
	last := c.content[len(c.content)-1]
	e.setContent(c, text.Range{First: i + 1, End: last.End})
	second := f
	second.content = c.content
	f.content[len(f.content)-1].End = e.partEnd(last.First, i)
	e.doc.file(&f)
	e.fileParts(c, second)
}

// partEnd is where the clause from token a on ends before the and at token z:
// before a comma, and before an aside on what others say.
func (e *englishText) partEnd(a, z int) int {
	for i := a + 2; i+2 < z; i++ {
		if e.toks[i].kind == kComma && e.t.Tokens[i+1].Hash == contrary && e.toks[i+2].kind == kTo {
			return i
		}
	}
	if e.toks[z-1].kind == kComma {
		z--
	}
	return z
}

var contrary = text.Hash("contrary")
