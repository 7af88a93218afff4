package reader

import (
	"github.com/isnad/isnad/internal/linear"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// template numbers what a feature looks at. Each step of the reader has a
// range of its own.
type template uint64

// Ranges of templates, by step.
const (
	cueStep    template = 1 << 8
	sourceStep template = 2 << 8
	pairStep   template = 3 << 8
	noneStep   template = 4 << 8
	beginStep  template = 5 << 8
	endStep    template = 6 << 8
	leftStep   template = 7 << 8
	moreStep   template = 8 << 8
	judgeStep  template = 9 << 8
)

// add notes a feature.
func (e *englishDoc) add(t template, v uint64) {
	e.feats = append(e.feats, linear.Feature(uint64(t), v))
}

func (e *englishDoc) add2(t template, a, b uint64) {
	e.feats = append(e.feats, linear.Feature(uint64(t), linear.Pair(a, b)))
}

func (e *englishDoc) add3(t template, a, b, c uint64) {
	e.feats = append(e.feats, linear.Feature(uint64(t), linear.Pair(linear.Pair(a, b), c)))
}

// k is the kind of token i within sentence s.
func (e *englishText) k(i int, s text.Range) kind {
	if i < s.First || i >= min(s.End, len(e.toks)) {
		return kBound
	}
	return e.toks[i].kind
}

// w is the hash of token i within sentence s, or 1.
func (e *englishText) w(i int, s text.Range) uint64 {
	if i < s.First || i >= min(s.End, len(e.toks)) {
		return 1
	}
	return e.t.Tokens[i].Hash
}

// bucket rounds a distance.
func bucket(n int) uint64 {
	switch {
	case n < 0:
		return 15
	case n <= 4:
		return uint64(n)
	case n <= 6:
		return 5
	case n <= 9:
		return 6
	case n <= 14:
		return 7
	case n <= 20:
		return 8
	case n <= 30:
		return 9
	case n <= 45:
		return 10
	}
	return 11
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// path is the kinds of the tokens from a up to b, at most six of them.
func (e *englishText) path(a, b int) uint64 {
	v := uint64(b - a)
	if b-a > 6 {
		return 99
	}
	for i := a; i < b; i++ {
		v = v<<6 | uint64(e.toks[i].kind)
	}
	return v
}

// cueView is what the steps want to know of a cue.
type cueView struct {
	word uint64
	row  uint64
	form uint64 // with the kind of the word
	base uint64 // frames and form
	s    text.Range
}

func (e *englishText) view(c *candidate) cueView {
	v := cueView{word: e.t.Tokens[c.at].Hash, row: e.rowKey(c), s: e.sents[c.sent]}
	v.form = uint64(c.reading.Form)<<8 | uint64(e.toks[c.at].kind)
	v.base = v.form
	if row := e.cueRow(c); row != nil {
		v.base |= uint64(row.Frames)<<16 | uint64(row.Type)<<24 | uint64(row.Stance)<<28
	}
	return v
}

// rowKey tells the row of a candidate to the weights: by lemma and type, so that
// rows may be added and moved; 0 for a colon.
func (e *englishText) rowKey(c *candidate) uint64 {
	if c.row < 0 {
		return 0
	}
	return e.keys[c.row]
}

// keysOf are the keys of all rows.
func keysOf(rows []lang.CueRow) []uint64 {
	out := make([]uint64, len(rows))
	for i := range rows {
		out[i] = linear.Pair(text.Hash(rows[i].Lemma), uint64(rows[i].Type))
	}
	return out
}

// nearLeft looks from the cue to the left for what ends its clause: the kind
// of the first sign or linking word, and how far it is.
func (e *englishText) nearLeft(i int, s text.Range) (kind, int) {
	for k := i - 1; k >= s.First && k > i-16; k-- {
		switch e.toks[k].kind {
		case kComma, kStop, kColon, kDash, kOpenQuote, kCloseQuote, kThat, kWho, kAnd, kBut, kSub, kWhat, kCloseParen:
			return e.toks[k].kind, i - k
		}
	}
	if i-s.First < 16 {
		return kBound, i - s.First + 1
	}
	return kLow, 16
}

func (e *englishText) nearRight(i int, s text.Range) (kind, int) {
	for k := i; k < s.End && k < i+10; k++ {
		switch e.toks[k].kind {
		case kComma, kStop, kColon, kDash, kOpenQuote, kCloseQuote, kThat, kTo, kWhat, kOf, kAnd, kBut, kSub, kWho:
			return e.toks[k].kind, k - i
		}
	}
	if s.End-i < 10 {
		return kBound, s.End - i
	}
	return kLow, 10
}

// overFillers goes left over adverbs and auxiliaries.
func (e *englishText) overFillers(i int, s text.Range) int {
	for i > s.First && fillers.has(e.toks[i-1].kind) {
		i--
	}
	return i
}

// cueFeatures describes a candidate.
func (e *englishText) cueFeatures(c *candidate) {
	e.feats = e.feats[:0]
	v := e.view(c)
	s, i, j := v.s, c.at, c.end
	t := cueStep
	e.add(t, 0)
	e.add(t+1, v.word)
	e.add2(t+2, v.word, v.form)
	e.add2(t+3, v.row, v.form)
	e.add(t+4, v.base)
	e.add(t+5, v.form)
	k1, k2, k3 := uint64(e.k(i-1, s)), uint64(e.k(i-2, s)), uint64(e.k(i-3, s))
	n1, n2, n3 := uint64(e.k(j, s)), uint64(e.k(j+1, s)), uint64(e.k(j+2, s))
	e.add2(t+6, k1, v.form)
	e.add2(t+7, n1, v.form)
	e.add3(t+8, k1, n1, v.form)
	e.add3(t+9, k1, k2, v.form)
	e.add3(t+10, n1, n2, v.form)
	e.add3(t+11, k1, n1, v.row)
	e.add3(t+12, n1, n2, v.row)
	e.add2(t+13, k1, v.word)
	e.add2(t+14, n1, v.word)
	e.add3(t+15, n1<<8|n2, n3, v.form)
	e.add3(t+16, k1<<8|k2, k3, v.form)
	e.add(t+17, e.w(i-1, s))
	e.add(t+18, e.w(j, s))
	e.add2(t+19, e.w(i-1, s), v.word)
	e.add2(t+20, e.w(j, s), v.word)
	e.add2(t+21, e.w(j, s), v.form)
	e.add2(t+22, e.w(i-1, s), v.form)
	e.add2(t+23, e.w(j, s), e.w(j+1, s))
	e.add(t+24, e.w(i-2, s))
	e.add(t+25, e.w(j+1, s))
	e.add2(t+26, e.w(i-2, s), e.w(i-1, s))
	e.add2(t+27, e.w(i-1, s), e.w(j, s))
	e.add2(t+28, e.w(j, s), v.row)
	e.add2(t+29, e.w(i-1, s), v.row)
	e.add3(t+30, n1, n2, v.base)
	e.cueContext(c, v)
}

// cueContext describes the clause around a candidate.
func (e *englishText) cueContext(c *candidate, v cueView) {
	s, i, j, t := v.s, c.at, c.end, cueStep+32
	f := e.overFillers(i, s)
	kf := uint64(e.k(f-1, s))
	lk, ld := e.nearLeft(f, s)
	rk, rd := e.nearRight(j, s)
	e.add2(t, kf, v.form)
	e.add3(t+1, uint64(lk), bucket(ld), v.form)
	e.add3(t+2, uint64(rk), bucket(rd), v.form)
	e.add3(t+3, uint64(lk), uint64(rk), v.form)
	e.add3(t+4, uint64(lk), uint64(rk), v.row)
	e.add3(t+5, uint64(lk)<<8|uint64(rk), kf<<8|uint64(e.k(j, s)), v.form)
	inside := e.toks[i].quote != 0
	e.add2(t+6, flag(inside), v.form)
	e.add2(t+7, flag(inside), v.row)
	q := e.quoteBefore(i, s)
	e.add2(t+8, q, v.form)
	e.add2(t+9, q, v.row)
	e.add3(t+10, q, uint64(e.k(j, s)), v.form)
	e.add2(t+11, bucket(i-s.First), v.form)
	e.add3(t+12, uint64(lk), uint64(rk), v.base)
	e.add3(t+13, q, uint64(rk), v.base)
	e.add3(t+14, uint64(e.k(i-1, s)), uint64(e.k(j, s)), v.base)
	e.add2(t+15, flag(s.End-j <= 2), v.form)
	e.add2(t+16, e.path(f, i), v.form)
	if row := e.cueRow(c); row != nil {
		e.add3(t+17, uint64(row.Frames)<<8|uint64(row.Type), uint64(e.k(j, s)), v.form)
		e.add3(t+18, uint64(row.Frames)<<8|uint64(row.Type), uint64(rk), q)
	}
	e.add3(t+19, e.w(f-1, s), uint64(e.k(j, s)), v.form)
	e.add(t+20, e.w(f-1, s))
	e.add2(t+21, e.w(f-1, s), v.form)
	e.add2(t+22, kf, v.row)
	e.add3(t+23, kf, uint64(e.k(f-2, s)), v.form)
	e.add3(t+24, uint64(lk), bucket(ld), v.row)
	e.add3(t+25, uint64(rk), bucket(rd), v.row)
	e.add3(t+26, uint64(e.k(i-1, s))<<8|uint64(e.k(i-2, s)), uint64(e.k(j, s))<<8|uint64(e.k(j+1, s)), v.form)
	e.add2(t+27, e.path(max(s.First, i-4), i), v.form)
	e.add2(t+28, e.path(j, min(s.End, j+4)), v.form)
}

// quoteBefore tells how a quotation ends to the left of token i: 0 for none,
// else by the distance, with a mark for one that ends the sentence before.
func (e *englishText) quoteBefore(i int, s text.Range) uint64 {
	for k := i - 1; k >= s.First && k > i-20; k-- {
		switch e.toks[k].kind {
		case kCloseQuote:
			return 1 + bucket(i-k)
		case kOpenQuote:
			return 40
		}
	}
	if i-s.First < 12 && s.First > 0 && e.toks[s.First-1].kind == kCloseQuote {
		return 20 + bucket(i-s.First)
	}
	return 0
}
