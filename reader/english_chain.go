package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// chain joins two tellers of one content: a report that quotes somebody as
// saying it, and a source that itself cites another.
func (e *englishText) chain() {
	for i := 0; i+1 < len(e.cands); i++ {
		c := &e.cands[i]
		if c.side == noSide {
			continue
		}
		for k := i + 1; k < min(len(e.cands), i+6) && e.cands[k].sent == c.sent; k++ {
			if d := &e.cands[k]; e.quotedAs(c, d) || e.whoCites(c, d) {
				break
			}
		}
	}
}

// passesOn reports a candidate whose cue passes on the word of another.
func (e *englishText) passesOn(c *candidate) bool {
	row := e.cueRow(c)
	return row != nil && row.Frames&lang.RelayOf != 0
}

// quotedAs: the paper quoted the mayor as saying that the road was closed.
func (e *englishText) quotedAs(c, d *candidate) bool {
	as := d.at - 1
	if !e.passesOn(c) || c.source.End > c.at || d.side != right || e.toks[d.at].kind != kSaying || as <= c.end || e.t.Tokens[as].Hash != asWord {
		return false
	}
	r := text.Range{First: c.end, End: as}
	for r.End > r.First && e.toks[r.End-1].kind == kComma {
		r.End--
	}
	if r.Len() == 0 || r.Len() > maxSource {
		return false
	}
	d.source, d.rule, d.linked = r, "relay", true
	c.content, c.side, c.linked = d.content, right, true
	return true
}

// whoCites: according to the group, which cites a list, the road was closed.
func (e *englishText) whoCites(c, d *candidate) bool {
	row, s := e.cueRow(c), e.sents[c.sent]
	i := e.overFillers(d.at, s) - 2
	if row == nil || row.Type != lang.AccPhrase || c.side != right || c.source.First < c.end || !e.passesOn(d) || i <= c.source.First || i > c.source.End || e.toks[i].kind != kComma || e.toks[i+1].kind != kWho {
		return false
	}
	for j := d.end + 1; j+2 < s.End && j < d.end+maxSource; j++ {
		if e.toks[j].kind != kComma || e.toks[j].quote != e.toks[c.at].quote {
			continue
		}
		c.source.End, d.source = i, text.Range{First: d.end, End: j}
		e.offerEnds(c, j+1)
		k, _ := best(e.opts)
		e.setContent(c, text.Range{First: j + 1, End: e.opts[k].a})
		c.linked = true
		d.content, d.side, d.linked = c.content, right, true
		return true
	}
	return false
}

// dateline gives the token behind the place and day with which a report opens,
// or the first of the sentence: PORT ELSIN, Oct 12 (Herald) – The road.
func (e *englishText) dateline(s text.Range) int {
	if !e.newParagraph(s.First) {
		return s.First
	}
	for i := s.First + 2; i+1 < s.End && i < s.First+maxDateline; i++ {
		if signKind(rune(e.t.Tokens[i].Hash)) == kDash && e.t.Tokens[i].Kind >= text.Punct && e.t.Tokens[i].Has(text.Spaced) && e.t.Tokens[i+1].Has(text.Spaced) && e.t.Tokens[i-1].Is(')') {
			return i + 1
		}
	}
	return s.First
}

// maxDateline bounds the tokens of a dateline.
const maxDateline = 20

// cutDateline leaves a dateline out of a content.
func (e *englishText) cutDateline(c *candidate) {
	p := &c.content[0]
	if s := e.sents[e.toks[p.First].sent]; p.First == s.First {
		if i := e.dateline(s); i < p.End {
			p.First = i
		}
	}
}
