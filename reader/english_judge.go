package reader

import "github.com/isnad/isnad/text"

// judgeFeatures describes the whole find of candidate i, for the last question:
// is it right? alone looks away from a find around it.
func (e *englishText) judgeFeatures(i int, alone bool) {
	c := &e.cands[i]
	e.feats = e.feats[:0]
	t := judgeStep
	v := e.view(c)
	var sh [numShares]uint64
	for k, s := range c.share {
		sh[k] = doubt(s)
	}
	all := doubt(c.share[cueShare] + c.share[sourceShare] + c.share[firstShare] + c.share[secondShare])
	first, last := c.content[0], c.content[len(c.content)-1]
	k0, z := uint64(e.toks[first.First].kind), uint64(e.toks[last.End-1].kind)
	words := bucket(first.Len())
	named := uint64(0)
	if c.source.Len() > 0 {
		named = 1 + uint64(e.toks[c.source.First].kind)
	}
	e.add(t, 0)
	e.add(t+1, all)
	e.add2(t+2, sh[cueShare], uint64(c.side))
	e.add2(t+3, sh[sourceShare], flag(named > 0))
	e.add2(t+4, sh[firstShare], uint64(c.side))
	e.add2(t+5, sh[secondShare], uint64(c.side))
	e.add2(t+6, sh[cueShare], sh[sourceShare])
	e.add2(t+7, sh[cueShare], sh[secondShare])
	e.add2(t+8, words, k0)
	e.add2(t+9, words, sh[secondShare])
	e.add2(t+10, k0, z)
	e.add(t+11, v.row)
	e.add2(t+12, named, uint64(c.side))
	e.add2(t+13, uint64(min(len(c.content), 3)), k0)
	e.add2(t+14, v.form, all)
	e.add2(t+15, flag(e.toks[c.at].quote != 0), flag(e.toks[first.First].quote == e.toks[c.at].quote))
	e.add2(t+16, bucket(min(c.source.Len(), 12)), sh[sourceShare])
	e.add2(t+17, uint64(min(e.cuesWithin(i), 3)), k0)
	e.add3(t+18, flag(c.source.Len() > 0 && c.source.First >= first.First && c.source.First < first.End), uint64(c.side), named)
	e.add2(t+19, v.base, all/3)
	around := uint64(0)
	if o := e.findAround(i); o != nil && !alone {
		around = 1 + doubt(o.share[cueShare]+o.share[sourceShare]+o.share[firstShare]+o.share[secondShare])
	}
	e.add2(t+20, around, sh[cueShare])
	e.add2(t+21, around/2, all/2)
	e.add2(t+22, around, flag(e.toks[c.at].quote != 0))
	e.judgeWords(c, v, all/3)
}

// findAround is the find whose content the cue of candidate i lies in, or nil.
func (e *englishText) findAround(i int) *candidate {
	c := &e.cands[i]
	at := text.Range{First: c.at, End: c.at + 1}
	for k := max(0, i-window); k < min(len(e.cands), i+window); k++ {
		if o := &e.cands[k]; k != i && o.side != noSide && coversRange(o.content, at) && !coversRange(c.content, text.Range{First: o.at, End: o.at + 1}) {
			return o
		}
	}
	return nil
}

// judgeWords describes the words of a find: who is taken to speak, and how the
// content begins.
func (e *englishText) judgeWords(c *candidate, v cueView, all uint64) {
	t := judgeStep + 32
	first := c.content[0]
	named, last, speaker := uint64(0), uint64(0), uint64(0)
	if c.source.Len() > 0 {
		named = 1 + uint64(e.toks[c.source.First].kind)
		last = 1 + uint64(e.toks[c.source.End-1].kind)
		speaker = e.t.Tokens[c.source.End-1].Hash
	}
	begin := first.First
	if e.toks[begin].kind == kOpenQuote && begin+1 < first.End {
		begin++
	}
	k0 := uint64(e.toks[first.First].kind)
	e.add2(t, v.row, named)
	e.add2(t+1, v.row, k0)
	e.add(t+2, speaker)
	e.add2(t+3, last, v.form)
	e.add2(t+4, last, k0)
	e.add2(t+5, e.t.Tokens[begin].Hash, all)
	e.add3(t+6, v.base, k0, bucket(first.First-c.end))
	e.add3(t+7, v.form, k0, named)
	e.add3(t+8, v.row, uint64(c.side), all)
	e.add2(t+9, uint64(e.k(c.at-1, v.s)), v.row)
	e.add2(t+10, uint64(e.k(c.end, v.s)), v.row)
	e.add3(t+11, uint64(e.k(c.at-1, v.s)), uint64(e.k(c.end, v.s)), v.form)
	e.add2(t+12, bucket(c.sent), uint64(c.side))
}

// doubt rounds the log of a share.
func doubt(log float64) uint64 {
	n := uint64(0)
	for _, edge := range [...]float64{0.01, 0.03, 0.07, 0.13, 0.2, 0.3, 0.4, 0.55, 0.7, 0.9, 1.2, 1.6, 2.2, 3} {
		if -log > edge {
			n++
		}
	}
	return n
}

// cuesWithin counts the other finds in the content of candidate i that stand in
// the same quotation as its cue, or both in none.
func (e *englishText) cuesWithin(i int) int {
	c, n := &e.cands[i], 0
	for k := max(0, i-window); k < min(len(e.cands), i+window); k++ {
		o := &e.cands[k]
		if o.at > c.content[0].First && o.at < c.content[0].End && o.at != c.at && o.side != noSide && e.toks[o.at].quote == e.toks[c.at].quote {
			n++
		}
	}
	return n
}
