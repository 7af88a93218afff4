package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Relays: A passed on from B that X.

// relayed is where the teller of a relay ends: before عن and the one whose word
// is passed on.
func (a *arabic) relayed(lo, hi int) int {
	for i := lo + 1; i < hi; i++ {
		if a.has(i, lang.Prep) && (a.tags[i].hash == fromHash || a.tags[i].hash == toHash) {
			return i
		}
	}
	return hi
}

// innerTeller is the inner teller of a relay that no قوله names: A passed on
// from B that X. The first token of the range is عن, its cue.
func (a *arabic) innerTeller(c int, op opener, row *lang.CueRow) text.Range {
	if row.Frames&lang.RelayOf == 0 || op.kind == openNP {
		return text.Range{}
	}
	from := a.relayed(c+1, op.head)
	if from >= op.head || !a.has(from, lang.Prep) || a.in(op.head-1, lang.SelfWord) || a.in(op.head-2, lang.SelfWord) {
		return text.Range{}
	}
	r := a.speaker(from+1, op.head)
	if r.Len() == 0 || !a.any(r.First, speakers) && !a.named(r.First) {
		return text.Range{}
	}
	return text.Range{First: from, End: r.End}
}

// fileInner files the inner teller of a relay, who has the content of the outer.
func (a *arabic) fileInner(inner text.Range, op opener, c, lim int, row *lang.CueRow, outer *find) {
	g := *outer
	g.cue = text.Range{First: inner.First, End: inner.First + 1}
	g.source = text.Range{First: inner.First + 1, End: inner.End}
	g.row, g.rule = -1, "relay"
	g.relative = text.Range{}
	a.content(op, c, lim, row, &g)
}
