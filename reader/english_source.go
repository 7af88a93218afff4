package reader

import "github.com/isnad/isnad/text"

// Bounds of the search for a source, in tokens.
const (
	maxLeft   = 32
	maxRight  = 25
	maxNear   = 14 // behind a verb with its content behind it
	maxSource = 22
)

// chooseSource offers the phrases that may name the speaker of c; the option
// with an empty range is that nobody is named. before is the source of the
// find before in the sentence.
func (e *englishText) offerSources(c *candidate, before text.Range) {
	e.clearOptions()
	v := e.view(c)
	e.noSource(c, v)
	e.offerSide(c, v, max(v.s.First, c.at-maxLeft), c.at, before, 0)
	far := maxRight
	if c.side == right && reports.has(e.toks[c.at].kind) {
		far = maxNear
	}
	e.offerSide(c, v, c.end, min(v.s.End, c.end+far), before, 1)
}

// noSource is the option that no word names the speaker.
func (e *englishText) noSource(c *candidate, v cueView) {
	e.feats = e.feats[:0]
	t := noneStep
	s := v.s
	f := e.overFillers(c.at, s)
	k1, n1, kf := uint64(e.k(c.at-1, s)), uint64(e.k(c.end, s)), uint64(e.k(f-1, s))
	lk, ld := e.nearLeft(f, s)
	e.add(t, 0)
	e.add2(t+1, v.form, uint64(c.side))
	e.add2(t+2, v.row, v.form)
	e.add2(t+3, k1, v.form)
	e.add2(t+4, kf, v.form)
	e.add3(t+5, k1, n1, v.form)
	e.add3(t+6, uint64(lk), bucket(ld), v.form)
	e.add2(t+7, v.base, kf)
	e.add2(t+8, v.word, k1)
	e.add2(t+9, e.path(f, c.at), v.form)
	e.add2(t+10, flag(f-1 <= s.First), v.form)
	e.offer(c.at, c.at)
}

// offerSide offers the phrases of one side of the cue, from token lo to hi.
func (e *englishText) offerSide(c *candidate, v cueView, lo, hi int, before text.Range, sd uint64) {
	in := e.toks[c.at].quote
	e.fronts, e.backs = e.fronts[:0], e.backs[:0]
	for i := lo; i < hi; i++ {
		if e.toks[i].quote != in {
			continue
		}
		if e.beginsNoun(i, v.s) {
			e.frontFeatures(c, v, i, sd)
			e.fronts = append(e.fronts, e.edge(i))
		}
		if e.endsNoun(i, v.s, i+1 == hi) {
			e.backFeatures(c, v, i+1, sd)
			e.backs = append(e.backs, e.edge(i+1))
		}
	}
	if e.lesson == nil {
		e.fronts, e.backs = beam(e.fronts), beam(e.backs)
	}
	first := 0
	for f := range e.fronts {
		a := e.fronts[f].at
		for first < len(e.backs) && e.backs[first].at <= a {
			first++
		}
		for b := first; b < len(e.backs) && e.backs[b].at <= a+maxSource; b++ {
			if !e.sourceFeatures(v, text.Range{First: a, End: e.backs[b].at}, before, sd) {
				break
			}
			e.offer(a, e.backs[b].at, &e.fronts[f], &e.backs[b])
		}
	}
}

// beamWidth is how many places a phrase may begin at or end at, on one side.
const beamWidth = 4

// beam keeps the best edges, in their order.
func beam(edges []edge) []edge {
	for len(edges) > beamWidth {
		worst := 0
		for i := range edges {
			if edges[i].score < edges[worst].score {
				worst = i
			}
		}
		edges = append(edges[:worst], edges[worst+1:]...)
	}
	return edges
}

// startsNoun are the kinds that open a noun phrase by themselves.
var startsNoun = kindsOf(kDet, kSubject, kIt, kPron, kPossPron)

// beginsNoun reports a token with which a noun phrase may begin: one of its
// words behind something that is none.
func (e *englishText) beginsNoun(i int, s text.Range) bool {
	k, p := e.k(i, s), e.k(i-1, s)
	if !inNoun.has(k) && k != kThat && k != kWho && k != kSay {
		return false
	}
	if k == kPoss {
		return false
	}
	return startsNoun.has(k) || k == kThat || k == kWho || !inNoun.has(p) || startsNoun.has(p) || k == kName && p != kName && p != kTitle && p != kDet
}

// endsNoun reports a token with which a noun phrase may end; last says that
// the cue follows.
func (e *englishText) endsNoun(i int, s text.Range, last bool) bool {
	k, n := e.k(i, s), e.k(i+1, s)
	if !endNoun.has(k) && k != kEd && k != kLy && k != kSaying && k != kNum {
		return k == kCloseParen
	}
	return last || !inNoun.has(n) || n == kPoss || n == kEd || startsNoun.has(n) || n == kName && k != kName
}

func (e *englishText) frontFeatures(c *candidate, v cueView, b int, sd uint64) {
	e.feats = e.feats[:0]
	s, t := v.s, sourceStep+template(sd<<6)
	k0, p1, n1 := uint64(e.k(b, s)), uint64(e.k(b-1, s)), uint64(e.k(b+1, s))
	d := c.at - b
	if sd == 1 {
		d = b - c.end
	}
	e.add2(t, k0, uint64(c.side))
	e.add(t+1, e.w(b, s))
	e.add2(t+2, p1, k0)
	e.add3(t+3, p1, k0, n1)
	e.add(t+4, e.w(b-1, s))
	e.add2(t+5, bucket(d), uint64(c.side))
	e.add3(t+6, v.form, p1, k0)
	e.add3(t+7, bucket(d), p1, k0)
	e.add3(t+8, uint64(e.k(b-2, s)), p1, k0)
	e.add2(t+9, e.w(b-1, s), k0)
	if sd == 1 {
		e.add3(t+10, e.path(c.end, b), v.form, k0)
		e.add3(t+11, e.path(c.end, b), v.row, k0)
		e.add3(t+12, e.path(c.end, b), uint64(c.side), k0)
		e.add2(t+13, bucket(d), v.row)
	} else {
		e.add3(t+10, flag(b == s.First), v.form, uint64(c.side))
	}
}

func (e *englishText) backFeatures(c *candidate, v cueView, z int, sd uint64) {
	e.feats = e.feats[:0]
	s, t := v.s, sourceStep+32+template(sd<<6)
	k0, n1, n2 := uint64(e.k(z-1, s)), uint64(e.k(z, s)), uint64(e.k(z+1, s))
	e.add(t, k0)
	e.add(t+1, e.w(z-1, s))
	e.add2(t+2, k0, n1)
	e.add3(t+3, k0, n1, n2)
	e.add(t+4, e.w(z, s))
	e.add2(t+5, e.w(z, s), e.w(z+1, s))
	if sd == 1 {
		e.add3(t+6, n1, n2, v.form)
		return
	}
	gap := e.path(z, c.at)
	commas, verbs := e.count(z, c.at)
	e.add3(t+6, gap, v.form, k0)
	e.add2(t+7, gap, uint64(c.side))
	e.add2(t+8, gap, v.row)
	e.add2(t+9, bucket(c.at-z), v.form)
	e.add3(t+10, uint64(min(commas, 3)), uint64(min(verbs, 3)), v.form)
	e.add3(t+11, uint64(min(commas, 3)), n1, uint64(c.side))
	e.add3(t+12, uint64(min(verbs, 3)), n1, k0)
	e.add3(t+13, gap, v.base, k0)
	likely := uint64(0)
	for i := z; i < c.at; i++ {
		likely += flag(e.toks[i].likely)
	}
	e.add3(t+14, min(likely, 2), n1, v.form)
}

// count gives the commas and the finite verbs from token a to b.
func (e *englishText) count(a, b int) (commas, verbs int) {
	for i := a; i < b; i++ {
		switch k := e.toks[i].kind; {
		case k == kComma:
			commas++
		case verbal.has(k):
			verbs++
		}
	}
	return commas, verbs
}

// sourceFeatures describes a whole phrase. It reports false for one that no
// longer one could be right either: it crosses the end of a clause.
func (e *englishText) sourceFeatures(v cueView, r text.Range, before text.Range, sd uint64) bool {
	e.feats = e.feats[:0]
	var has [numKinds]uint8
	for i := r.First; i < r.End; i++ {
		has[e.toks[i].kind]++
	}
	if has[kStop] > 1 || has[kColon] > 0 || has[kComma] > 4 {
		return false
	}
	verbs := has[kBe] + has[kHave] + has[kModal] + has[kSaid] + has[kSays] + has[kVerb] + has[kDo]
	t := pairStep + template(sd<<5)
	k0, z := uint64(e.toks[r.First].kind), uint64(e.toks[r.End-1].kind)
	n := bucket(r.Len())
	e.add2(t, n, k0)
	e.add2(t+1, k0, z)
	e.add3(t+2, uint64(has[kComma]), uint64(min(verbs, 2)), uint64(has[kWho]))
	e.add2(t+3, uint64(min(has[kOf]+has[kPrep], 3)), n)
	e.add2(t+4, uint64(has[kAnd]), k0)
	e.add2(t+5, uint64(min(verbs, 2)), uint64(e.k(r.End, v.s)))
	e.add3(t+6, flag(r == before), flag(before.Len() > 0), v.form)
	e.add3(t+7, k0, uint64(has[kComma]), z)
	if r.Len() <= 5 {
		e.add2(t+8, e.path(r.First, r.End), flag(sd == 1))
	}
	e.add3(t+9, uint64(has[kName]+has[kTitle]), uint64(has[kComma]), n)
	e.add2(t+10, uint64(has[kOpenQuote]), uint64(has[kOpenParen]))
	return true
}
