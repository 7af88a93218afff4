package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// unstack parts a source that holds the verb of another report: the general
// said the minister claimed.
func (e *englishText) unstack() {
	for i := range e.cands {
		c := &e.cands[i]
		if c.side != right || c.source.Len() < 3 || c.source.End > c.at {
			continue
		}
		for k := i - 1; k >= max(0, i-window) && e.cands[k].at > c.source.First; k-- {
			if o := &e.cands[k]; o.end < c.source.End && e.stacked(c, o) {
				break
			}
		}
	}
}

// stacked gives candidate o, whose verb stands in the source of c, the words
// before it as its source and the whole of c as its content.
func (e *englishText) stacked(c, o *candidate) bool {
	row := e.cueRow(o)
	if row == nil || row.Type != lang.VerbCue || row.Frames&lang.Clause == 0 || row.Frames&(lang.Soft|lang.Weak) != 0 || !kindsOf(kSaid, kSays).has(e.toks[o.at].kind) {
		return false
	}
	i := o.end
	if e.toks[i].kind == kPrep && e.toks[i+1].kind == kTime {
		i++
	}
	for i < c.source.End && kindsOf(kTime, kThat).has(e.toks[i].kind) {
		i++
	}
	s := text.Range{First: c.source.First, End: e.overFillers(o.at, e.sents[o.sent])}
	if i >= c.source.End || !startsNoun.has(e.toks[i].kind) && !kindsOf(kHuman, kName, kOrg, kPlural, kTitle).has(e.toks[i].kind) || s.Len() <= 0 {
		return false
	}
	for k := s.First; k < o.at; k++ {
		if kindsOf(kWho, kThat, kComma, kBe).has(e.toks[k].kind) {
			return false
		}
	}
	c.source.First = i
	if last := c.content[len(c.content)-1]; o.side == noSide {
		o.side, o.source, o.linked = right, s, true
		e.setContent(o, text.Range{First: i, End: last.End})
	}
	return true
}

// turnRight looks behind a verb for the clause where the words before it are
// only a noun phrase: said the governor told him the list was forged.
func (e *englishText) turnRight(c *candidate) {
	row := e.cueRow(c)
	p := c.content[0]
	if row == nil || c.side != left || len(c.content) > 1 || row.Type != lang.VerbCue || c.source.Len() == 0 || e.toks[p.First].kind == kOpenQuote {
		return
	}
	if _, verbs := e.count(p.First, p.End); verbs > 0 {
		return
	}
	was := c.content
	if c.side = right; !e.chooseContent(c) || !e.subjectOf(c) || !e.clauseBehind(c) {
		c.side, c.content = left, was
	}
}

// overListener begins a content behind the pronoun of who was told.
func (e *englishText) overListener(c *candidate) {
	row, p := e.cueRow(c), &c.content[0]
	if row == nil || c.side != right || row.Frames&lang.Clause == 0 || p.First != c.end || p.First+2 >= p.End || e.toks[p.First].kind != kPron {
		return
	}
	if k := e.toks[p.First+1].kind; k == kThat || startsNoun.has(k) {
		p.First++
	}
}
