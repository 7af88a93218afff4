package reader

import "github.com/isnad/isnad/lang"

// maxBegin bounds the tokens between a cue and its content.
const maxBegin = 26

// offerBegins offers the tokens with which the content behind a cue may begin.
func (e *englishText) offerBegins(c *candidate) {
	e.clearOptions()
	v := e.view(c)
	from := c.end
	for i := from; i < v.s.End && i < from+maxBegin; i++ {
		k := e.toks[i].kind
		if k == kStop && i > from {
			break
		}
		if e.mayBegin(c, i) {
			e.beginFeatures(c, v, i)
			e.offer(i, i)
			if k == kOpenQuote {
				break
			}
		}
	}
	if next := c.sent + 1; next < len(e.sents) && (len(e.opts) == 0 || e.toks[v.s.End-1].kind == kColon) {
		e.beginFeatures(c, v, e.sents[next].First)
		e.offer(e.sents[next].First, e.sents[next].First)
	}
}

// farBegin are the kinds with which a content begins that does not follow its
// cue closely; behindAside are those before it.
var (
	farBegin    = kindsOf(kOpenQuote, kThat, kTo, kWhat, kOpenParen)
	behindAside = kindsOf(kComma, kColon, kDash, kTime, kCloseParen, kPrep, kOf)
)

// mayBegin reports a token with which the content of c may begin.
func (e *englishText) mayBegin(c *candidate, i int) bool {
	k := e.toks[i].kind
	if farBegin.has(k) {
		return true
	}
	if !e.word(i) {
		return false
	}
	return i < c.end+5 || i == c.source.End || behindAside.has(e.toks[i-1].kind) || startsNoun.has(k) || k == kName && e.toks[i-1].kind != kName
}

func (e *englishText) beginFeatures(c *candidate, v cueView, p int) {
	e.feats = e.feats[:0]
	s, t := v.s, beginStep
	if p >= s.End {
		s.End = p + 3
	}
	k0, p1, n1 := uint64(e.k(p, s)), uint64(e.k(p-1, s)), uint64(e.k(p+1, s))
	d := p - c.end
	gap := e.path(c.end, p)
	e.add2(t, k0, bucket(d))
	e.add(t+1, e.w(p, s))
	e.add2(t+2, e.w(p-1, s), k0)
	e.add3(t+3, p1, k0, n1)
	e.add3(t+4, v.row, k0, bucket(d))
	e.add2(t+5, gap, v.form)
	e.add3(t+6, gap, v.row, k0)
	e.add3(t+7, v.base, k0, bucket(d))
	e.add3(t+8, v.word, e.w(p, s), bucket(d))
	e.add3(t+9, v.word, e.w(p-1, s), bucket(d))
	e.add2(t+10, v.row, flag(p == c.source.End))
	e.add3(t+11, flag(p == c.source.End), p1, k0)
	e.add3(t+12, flag(p >= c.source.First && p < c.source.End), flag(c.source.First >= c.end), flag(p > c.source.End))
	e.add2(t+13, bucket(d), v.form)
	e.add3(t+14, gap, v.base, k0)
	if row := e.cueRow(c); row != nil && d > 0 {
		prep := flag(takes(row.Preps, e.t.Word(p-1)))
		e.add3(t+15, prep, k0, bucket(d))
		e.add3(t+16, prep, uint64(row.Frames), k0)
	}
	e.add3(t+17, uint64(e.k(p-2, s)), p1, k0)
	if c.source.First >= c.end {
		e.add3(t+18, p1, k0, bucket(p-c.source.End))
	}
}

// takes reports whether a row's prepositions hold a word.
func takes(preps []string, w string) bool {
	for _, p := range preps {
		if p == w {
			return true
		}
	}
	return false
}

// cuts are the kinds before which a clause may end.
var cuts = kindsOf(kComma, kStop, kColon, kDash, kOpenParen, kCloseParen, kOpenQuote, kCloseQuote, kSign, kAnd, kBut, kSub, kWho, kPrep, kBy, kTo, kThat, kSaying, kSaid, kSays, kWhat, kTime, kBe, kIng, kNot, kLy, kModal, kHave)

// maxEnds bounds the ends that are offered beside the last: 64 are those of a
// content of a hundred words and more.
const maxEnds = 64

// nounCuts are those before which the content of a noun may end: the noun is
// the subject of a verb that follows.
var nounCuts = cuts | kindsOf(kVerb, kEd, kDo)

// offerEnds offers the tokens behind which a content that begins at p and
// stands to the right of its cue may end.
func (e *englishText) offerEnds(c *candidate, p int) {
	e.clearOptions()
	v := e.view(c)
	lim := e.limit(c, p)
	stops := cuts
	if row := e.cueRow(c); row != nil && row.Type != lang.VerbCue && e.k(c.end, v.s) != kComma {
		stops = nounCuts
	}
	m := endMeter{begin: p}
	for i := p; i < lim; {
		if q := e.opens(i); q != nil && q.end <= len(e.toks) {
			m.quoted(i == p)
			i = q.end
			e.offerEnd(c, v, &m, i, max(lim, i))
			if i >= lim {
				return
			}
			continue
		}
		m.pass(e.toks[i].kind)
		if e.toks[i].likely {
			m.cues++
			m.cue = e.t.Tokens[i].Hash
		}
		i++
		if i == lim || stops.has(e.toks[i].kind) && len(e.opts) < maxEnds {
			e.offerEnd(c, v, &m, i, lim)
		}
	}
	if len(e.opts) == 0 {
		e.offerEnd(c, v, &m, lim, lim)
	}
}

// opens gives the quotation whose opening mark begins at token i.
func (e *englishText) opens(i int) *quote {
	if e.toks[i].kind != kOpenQuote {
		return nil
	}
	lo, hi := 0, len(e.quotes)
	for lo < hi {
		if m := (lo + hi) / 2; e.quotes[m].open < i {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(e.quotes) && e.quotes[lo].open == i {
		return &e.quotes[lo]
	}
	return nil
}

// limit is the token behind the last one that a content from p on may hold.
func (e *englishText) limit(c *candidate, p int) int {
	end := e.sents[e.toks[p].sent].End
	if q := e.toks[p].quote; q > 0 && q == e.toks[c.at].quote {
		return min(end, e.quotes[q-1].close)
	}
	for i := p; i < end; i++ {
		if q := e.opens(i); q != nil && q.end > end {
			if !q.closed {
				return q.end
			}
			last := q.end - 1
			return max(q.end, e.sents[e.toks[last].sent].End)
		}
	}
	return end
}

// endMeter counts what a content holds while its end is looked for.
type endMeter struct {
	begin         int
	words, commas int
	verbs, quotes int
	whole         bool // begins with a quotation
	depth         int
	cues          int // likely cues outside of quotations
	cue           uint64
}

func (m *endMeter) pass(k kind) {
	switch {
	case k == kComma:
		m.commas++
	case k == kOpenParen:
		m.depth++
	case k == kCloseParen:
		m.depth--
	case verbal.has(k):
		m.verbs++
	}
	m.words++
}

func (m *endMeter) quoted(first bool) {
	m.quotes++
	m.words += 3
	m.whole = m.whole || first
}

func (e *englishText) offerEnd(c *candidate, v cueView, m *endMeter, z, lim int) {
	e.feats = e.feats[:0]
	s := e.sents[e.toks[min(z, lim)-1].sent]
	s.End = max(s.End, lim)
	t := endStep
	k0, n1, n2, n3 := uint64(e.k(z-1, s)), uint64(e.k(z, s)), uint64(e.k(z+1, s)), uint64(e.k(z+2, s))
	if z >= lim {
		n1, n2, n3 = uint64(kBound), 0, 0
	} else if z+1 >= lim {
		n2, n3 = uint64(kBound), 0
	}
	start := uint64(e.toks[m.begin].kind)
	size := bucket(m.words)
	verbs := uint64(min(m.verbs, 2))
	commas := uint64(min(m.commas, 3))
	e.add2(t, k0, n1)
	e.add3(t+1, n1, n2, k0)
	e.add3(t+2, n1, n2, n3)
	e.add3(t+3, n1, size, start)
	e.add2(t+4, n1, e.w(z, s))
	e.add3(t+5, n1, e.w(z, s), e.w(z+1, s))
	e.add3(t+6, n1, start, v.form)
	e.add3(t+7, n1, verbs, start)
	e.add3(t+8, n1, v.row, flag(m.words <= 3))
	e.add3(t+9, n1, verbs, v.base)
	e.add3(t+10, n1, commas, verbs)
	e.add3(t+11, n1, flag(m.whole)<<4|flag(m.quotes > 0), k0)
	e.add3(t+12, n1, flag(m.whole), size)
	e.add3(t+13, n1, n2, start)
	e.add2(t+14, n1<<6|n2, uint64(m.depth+8))
	e.add2(t+15, e.w(z-1, s), n1)
	e.add3(t+16, n1<<6|n2, v.row, flag(m.whole))
	e.add3(t+17, n1<<6|n2, commas, size)
	e.add3(t+18, n1, flag(e.cueSoon(z, lim)), commas)
	e.add3(t+19, n1, e.w(z+1, s), start)
	e.add3(t+20, n1, flag(c.source.First >= m.begin && c.source.First < z), flag(m.whole))
	e.add3(t+21, n1, flag(c.source.First >= z && c.source.Len() > 0), flag(m.whole))
	e.add3(t+22, flag(z == lim), commas, verbs)
	likely := uint64(min(m.cues, 2))
	e.add3(t+23, likely, n1, verbs)
	e.add3(t+24, likely, n1<<6|n2, flag(z == lim))
	e.add3(t+25, m.cue, n1, flag(z == lim))
	e.add3(t+26, e.likelyFrom(z, lim), n1, likely)
	e.add3(t+27, e.likelyFrom(z, lim), n1, n2)
	e.offer(z, z)
}

// likelyFrom buckets the distance from token i to the next likely cue.
func (e *englishText) likelyFrom(i, lim int) uint64 {
	for k := i; k < lim && k < i+12; k++ {
		if e.toks[k].likely {
			return 1 + bucket(k-i)
		}
	}
	return 0
}

// cueSoon reports a reporting verb within a few tokens of i.
func (e *englishText) cueSoon(i, lim int) bool {
	for k := i; k < lim && k < i+5; k++ {
		if reports.has(e.toks[k].kind) {
			return true
		}
	}
	return false
}
