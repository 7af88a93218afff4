package reader

// Bounds of the search to the left of a cue, in tokens.
const (
	maxLeftEnd   = 32
	maxLeftBegin = 400
)

// offerLeftEnds offers the tokens behind which a content that stands before
// its cue may end.
func (e *englishText) offerLeftEnds(c *candidate) {
	e.clearOptions()
	v := e.view(c)
	lo := max(v.s.First, c.at-maxLeftEnd)
	for i := c.at; i > lo; i-- {
		if q := e.toks[i-1].quote; q > 0 && q != e.toks[c.at].quote {
			continue
		}
		k, p := e.k(i, v.s), e.toks[i-1].kind
		switch {
		case p == kCloseQuote && k != kCloseQuote:
			e.leftEndFeatures(c, v, i)
		case k == kComma && p != kCloseQuote, k == kDash, k == kSub, k == kOpenParen, i == c.at, i == c.source.First, k == kCloseParen, k == kWho, k == kThat, k == kWhat:
			e.leftEndFeatures(c, v, i)
		default:
			continue
		}
		e.offer(i, i)
	}
	if lo == v.s.First && lo > 0 {
		switch e.toks[lo-1].kind {
		case kCloseQuote, kStop:
			e.leftEndFeatures(c, v, lo)
			e.offer(lo, lo)
		}
	}
}

func (e *englishText) leftEndFeatures(c *candidate, v cueView, z int) {
	e.feats = e.feats[:0]
	t, s := leftStep, v.s
	k0, n1, n2 := uint64(e.toks[z-1].kind), uint64(e.k(z, s)), uint64(e.k(z+1, s))
	src := flag(c.source.Len() > 0 && c.source.End <= c.at)
	behind := c.source.First - z
	e.add2(t, k0, n1)
	e.add3(t+1, k0, n1, n2)
	e.add3(t+2, k0, bucket(c.at-z), src)
	e.add3(t+3, src, bucket(behind), n1)
	e.add3(t+4, src, bucket(behind), k0)
	e.add3(t+5, k0, n1, v.form)
	e.add3(t+6, v.row, n1, k0)
	e.add2(t+7, e.path(z, c.at), v.form)
	e.add2(t+8, flag(z == s.First), k0)
	e.add3(t+9, v.base, n1, k0)
	commas, verbs := e.count(z, c.at)
	e.add3(t+10, uint64(min(commas, 3)), uint64(min(verbs, 3)), k0)
}

// offerLeftBegins offers the tokens with which a content that ends at z may
// begin: where its sentence, its quotation or a clause does.
func (e *englishText) offerLeftBegins(c *candidate, z int) {
	e.clearOptions()
	v := e.view(c)
	i := z - 1
	for i > 0 && signs.has(e.toks[i].kind) && e.toks[i].kind != kCloseQuote {
		i--
	}
	in := e.toks[i].quote
	if e.toks[i].kind == kCloseQuote {
		if q := e.quoteEnding(i); q != nil {
			e.leftBeginFeatures(c, v, q.open, z)
			e.offer(q.open, q.open)
			if i = q.open; e.sents[e.toks[i].sent].First == i {
				return
			}
			i--
		}
		in = 0
	}
	for ; i >= 0 && i > z-maxLeftBegin; i-- {
		first := e.sents[e.toks[i].sent].First
		if first > i { // in another language
			break
		}
		if e.toks[i].quote != in && e.toks[i].quote > 0 {
			continue
		}
		if i == first || e.leftStart(i, z) {
			e.leftBeginFeatures(c, v, i, z)
			e.offer(i, i)
		}
		if i == first && len(e.opts) > 0 {
			break
		}
	}
}

// quoteEnding gives the quotation whose closing mark holds token i.
func (e *englishText) quoteEnding(i int) *quote {
	for k := i - 1; k >= 0 && k > i-3; k-- {
		if n := e.toks[k].quote; n > 0 {
			if q := &e.quotes[n-1]; q.end > i {
				return q
			}
		}
	}
	return nil
}

// leftStart reports a token that begins a clause or, near the end z, a phrase.
func (e *englishText) leftStart(i, z int) bool {
	k, p := e.toks[i].kind, e.toks[i-1].kind
	if p == kComma || p == kDash || p == kColon || p == kCloseQuote && k != kCloseQuote || p == kOpenParen || p == kAnd || p == kBut || p == kThat || p == kStop {
		return true
	}
	return z-i < 14 && (startsNoun.has(k) || inNoun.has(k) && !inNoun.has(p) || k == kThat || k == kWho)
}

func (e *englishText) leftBeginFeatures(c *candidate, v cueView, b, z int) {
	e.feats = e.feats[:0]
	s := e.sents[e.toks[b].sent]
	t := leftStep + 64
	k0, p1, n1 := uint64(e.toks[b].kind), uint64(e.k(b-1, s)), uint64(e.k(b+1, s))
	last := uint64(e.toks[z-1].kind)
	n := bucket(z - b)
	commas, verbs := e.count(b, min(z, b+60))
	e.add3(t, k0, p1, last)
	e.add3(t+1, flag(b == s.First), last, v.form)
	e.add3(t+2, n, last, flag(b == s.First))
	e.add3(t+3, k0, p1, n1)
	e.add2(t+4, e.w(b-1, s), k0)
	e.add2(t+5, e.w(b, s), p1)
	e.add3(t+6, uint64(min(commas, 3)), uint64(min(verbs, 2)), p1)
	e.add3(t+7, v.form, p1, k0)
	e.add3(t+8, v.base, p1, last)
	e.add3(t+9, v.row, p1, last)
	e.add3(t+10, uint64(min(verbs, 2)), k0, v.form)
	e.add3(t+11, flag(b >= c.source.First && b < c.source.End), p1, k0)
	likely := uint64(0)
	for i := b; i < z; i++ {
		if e.toks[i].quote == 0 {
			likely += flag(e.toks[i].likely)
		}
	}
	e.add3(t+12, min(likely, 2), p1, last)
}
