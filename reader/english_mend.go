package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// mendAll repairs what was chosen piece by piece where grammar tells more than
// the shares of the pieces.
func (e *englishText) mendAll() {
	for i := range e.cands {
		c := &e.cands[i]
		if c.side == noSide {
			continue
		}
		e.cutSource(c)
		e.nameBefore(c)
		e.dropLoneWord(c)
		e.turnRight(c)
		e.overListener(c)
		e.overAside(c)
		e.notListener(c)
		e.cutDateline(c)
		if e.idle(c) {
			c.side = noSide
		}
	}
	e.reduced()
	e.unstack()
	e.chain()
}

// cutSource ends a source before its relative clause, and before the verb of
// which it is the subject too: the office renews its plea and warns that.
func (e *englishText) cutSource(c *candidate) {
	for i := c.source.First + 1; i+1 < c.source.End; i++ {
		k, p := e.toks[i].kind, e.toks[i-1].kind
		verb := k == kPlural && e.toks[c.at].kind == kSays && kindsOf(kPossPron, kDet).has(e.toks[i+1].kind)
		switch {
		case k == kWho && (p == kHuman || p == kPlural), verb && inNoun.has(p) && p != kDet:
			c.source.End = i
			return
		}
	}
}

var (
	asWord   = text.Hash("as")
	calledBy = [...]uint64{text.Hash("known"), text.Hash("identified"), text.Hash("described"), text.Hash("named"), text.Hash("called")}
)

// nameBefore adds to a source the noun that it names: a driver known as Abu
// Samir.
func (e *englishText) nameBefore(c *candidate) {
	i := c.source.First - 1
	s := e.sents[c.sent]
	if c.source.Len() == 0 || c.source.First >= c.at || i <= s.First {
		return
	}
	if e.t.Tokens[i].Hash == asWord || e.t.Tokens[i].Hash == text.Hash("only") {
		i--
	}
	if i <= s.First || !oneOf(e.t.Tokens[i].Hash, calledBy[:]) || !endNoun.has(e.toks[i-1].kind) {
		return
	}
	front := i
	for front > s.First && inNoun.has(e.toks[front-1].kind) {
		front--
	}
	if k := e.toks[front].kind; k != kSubject && k != kIt && k != kPron {
		c.source.First = front
	}
}

func oneOf(h uint64, list []uint64) bool {
	for _, x := range list {
		if x == h {
			return true
		}
	}
	return false
}

// dropLoneWord drops a first piece of content that is only the word that joins
// the clause to the one before: where officials believe.
func (e *englishText) dropLoneWord(c *candidate) {
	if len(c.content) < 2 || c.content[0].Len() != 1 || !kindsOf(kWhat, kWho, kSub, kAnd, kBut).has(e.toks[c.content[0].First].kind) {
		return
	}
	c.content = c.content[1:]
	if c.content[0].First >= c.end {
		c.side = right
	}
}

// overAside looks for the object behind an aside of place or time: the group
// documented, at dawn on Sunday, the departure of a convoy.
func (e *englishText) overAside(c *candidate) {
	if !e.asideBehind(c) {
		return
	}
	s := e.sents[c.sent]
	for i := c.end + 1; i+1 < s.End && i < c.end+9; i++ {
		if e.toks[i].kind == kComma && startsNoun.has(e.toks[i+1].kind) {
			e.offerEnds(c, i+1)
			k, _ := best(e.opts)
			c.side = right
			e.setContent(c, text.Range{First: i + 1, End: e.opts[k].a})
			return
		}
	}
}

// asideBehind reports a verb with an aside behind it that was taken for its
// content, or its subject was.
func (e *englishText) asideBehind(c *candidate) bool {
	row, s := e.cueRow(c), e.sents[c.sent]
	if row == nil || row.Frames&lang.NounP == 0 || e.k(c.end, s) != kComma || !kindsOf(kPrep, kTime).has(e.k(c.end+1, s)) {
		return false
	}
	if c.side == right {
		return c.content[0].First == c.end+1
	}
	return c.source.Len() > 0 && coversRange(c.content, c.source)
}

// setContent makes p the whole content.
func (e *englishText) setContent(c *candidate, p text.Range) {
	e.pieces = append(e.pieces, p)
	c.content = e.pieces[len(e.pieces)-1:]
}

// notListener looks for the content before a verb whose object was taken for
// it: a clause, an officer told the Herald.
func (e *englishText) notListener(c *candidate) {
	row := e.cueRow(c)
	if row == nil || c.side != right || row.Frames&lang.Person == 0 || row.Stance != isnad.Say || len(c.content) > 1 || c.content[0].First != c.end {
		return
	}
	for i := c.content[0].First; i < c.content[0].End; i++ {
		if !inNoun.has(e.toks[i].kind) && !e.t.Tokens[i].Has(text.Capital) && e.toks[i].kind != kOf {
			return
		}
	}
	if f := c.source.First; c.source.Len() == 0 || f <= e.sents[c.sent].First || f > c.at || !kindsOf(kComma, kCloseQuote).has(e.toks[f-1].kind) {
		return
	}
	was := c.content
	if c.side = left; !e.chooseContent(c) {
		c.side, c.content = right, was
	}
}

// idle reports a find in which nothing is said: how somebody asked to be
// named, and the question that an answer in the same sentence is to.
func (e *englishText) idle(c *candidate) bool {
	p := c.content[0]
	i := p.First
	for i < p.End && kindsOf(kNot, kTo, kBe).has(e.toks[i].kind) {
		i++
	}
	if i > p.First+1 && i < p.End && e.toks[i-1].kind == kBe && oneOf(e.t.Tokens[i].Hash, anonymous[:]) {
		return true
	}
	row := e.cueRow(c)
	if e.unsaid(c, row) || e.whichActs(c, row) {
		return true
	}
	asked := row != nil && row.Stance == isnad.Ask && c.side == right && c.source.Len() == 0
	return asked && c.at == e.sents[c.sent].First && e.toks[c.at].kind == kSaid
}

var anonymous = [...]uint64{text.Hash("named"), text.Hash("identified"), text.Hash("quoted")}

// reduced drops a participle behind a noun whose verb comes later: a diplomat
// briefed on the talks said.
func (e *englishText) reduced() {
	for i := range e.cands {
		c := &e.cands[i]
		if c.side != right || e.toks[c.at].kind != kSaid || c.source.End != c.at || c.source.Len() == 0 {
			continue
		}
		for k := i + 1; k < len(e.cands) && e.cands[k].sent == c.sent; k++ {
			if d := &e.cands[k]; d.side != noSide && e.verbOf(c, d) {
				c.side, d.source = noSide, text.Range{First: c.source.First, End: d.at}
				break
			}
		}
	}
}

// verbOf reports that d is the verb of the source of c: no clause ends or
// begins between them.
func (e *englishText) verbOf(c, d *candidate) bool {
	if e.toks[d.at].kind != kSaid || d.source.Len() > 0 && d.source.First != c.source.First {
		return false
	}
	for i := c.end; i < d.at; i++ {
		if k := e.toks[i].kind; !inNoun.has(k) && !kindsOf(kOf, kPrep, kTime, kBy).has(k) && e.t.Tokens[i].Hash != asWord || kindsOf(kSubject, kIt).has(k) {
			return false
		}
	}
	return d.at > c.end
}

// unsaid reports a content of which it is told that nobody spoke: the paper
// did not say that.
func (e *englishText) unsaid(c *candidate, row *lang.CueRow) bool {
	if row == nil || row.Stance != isnad.Say || row.Type != lang.VerbCue || c.side != right || e.toks[c.at].kind != kSay {
		return false
	}
	for i := c.at - 1; i > e.sents[c.sent].First && fillers.has(e.toks[i].kind); i-- {
		if e.has(i, lang.Neg) && e.toks[i-1].kind == kDo {
			return true
		}
	}
	return false
}

// whichActs reports a relative clause that tells what somebody stands for, not
// what was said: the coalition, which backs the force.
func (e *englishText) whichActs(c *candidate, row *lang.CueRow) bool {
	return row != nil && c.side == right && row.Frames&(lang.Clause|lang.Quoted) == 0 && c.source.Len() == 1 && e.toks[c.source.First].kind == kWho && e.toks[c.content[0].First].kind != kOpenQuote
}
