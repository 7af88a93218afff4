package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// The subject in front of its verb, and the head of a relative clause.

// subjectLeft finds a subject in front of the verb: the noun phrase that fills
// the stretch from the last boundary to the verb. A relative clause directly
// in front of the verb belongs to that noun phrase; a verb that itself stands
// in a relative clause has its source in the clause's head, kept in
// f.relative.
func (a *arabic) subjectLeft(c int, f *find) text.Range {
	if a.clitic(c, lang.And) {
		return a.asFor(c)
	}
	if a.relativeAt(c) {
		if a.tags[c-1].hash == whoHash {
			f.relative = text.Range{First: c - 1, End: c}
			return text.Range{}
		}
		f.relative = a.relativeHead(c)
		if h := f.relative; h.Len() > 0 && (f.reading.Clitic&lang.Suffix != 0 && !a.any(h.First, speakers) || !a.relativeAgrees(c-1, f.reading)) {
			f.relative = text.Range{} // the verdict *that she called* …
		}
		return text.Range{}
	}
	end := c
	for end > a.s.First && a.any(end-1, lang.Of(lang.Aux, lang.Neg)) {
		end--
	}
	if a.that(end-1) && !a.bareThat(end-1) {
		return text.Range{}
	}
	lo, rel := a.leftEdge(end)
	if lo >= end {
		return text.Range{}
	}
	lo = a.overAsides(lo, end)
	for lo < end && a.has(lo, lang.Conj) {
		lo += max(1, a.tags[lo].span)
	}
	if lo >= end {
		return text.Range{}
	}
	if rel > lo {
		end = rel
	}
	r := a.nounPhrase(lo, end)
	if r.Len() == 0 || r.First != lo && !a.in(lo, lang.Fact) || !a.agrees(r.First, f.reading) || a.governedNoun(lo) {
		return text.Range{}
	}
	if rel <= lo && r.End < end-1 && !a.filler(r.End, end) {
		return text.Range{}
	}
	return r
}

// asFor is the subject of a verb with ف in a clause that begins with أما: as
// for X, he said.
func (a *arabic) asFor(c int) text.Range {
	if first(a.t.Word(c)) != 'ف' {
		return text.Range{}
	}
	for k := c - 1; k >= a.s.First && k > c-25 && !a.stop(k); k-- {
		if a.in(k, lang.AsFor) {
			return a.nounPhrase(k+1, c)
		}
	}
	return text.Range{}
}

// relativeAt reports a verb that stands in a relative clause: behind الذي or
// ما, over a negation.
func (a *arabic) relativeAt(i int) bool {
	k := i - 1
	for k > a.s.First && (a.has(k, lang.Aux) || a.has(k, lang.Neg)) && !a.has(k, lang.Rel) {
		k--
	}
	return k >= a.s.First && a.has(k, lang.Rel)
}

// relativeHead is the noun phrase before الذي that the relative clause of the
// verb at c describes.
func (a *arabic) relativeHead(c int) text.Range {
	rel := c - 1
	for rel > a.s.First && !a.has(rel, lang.Rel) {
		rel--
	}
	end := rel
	for end > a.s.First && (a.comma(end-1) || a.is(end-1, ')')) {
		end--
	}
	lo := end
	for lo > a.s.First && end-lo < 12 && !a.boundary(lo-1) && !a.finite(lo-1) && !a.endsAccording(lo) {
		lo--
	}
	lo = a.overAsides(lo, end)
	return a.nounPhrase(lo, end)
}

// relativeAgrees reports that a verb behind the relative pronoun at i may have it for its
// subject: not one in the singular behind the plural.
func (a *arabic) relativeAgrees(i int, verb lang.Reading) bool {
	switch a.t.Word(i) {
	case "الذين", "اللذين":
		return verb.Agr != lang.M && verb.Agr != lang.F
	case "الذي":
		return verb.Agr != lang.F
	case "التي":
		return verb.Agr != lang.M
	}
	return true
}

// governedNoun reports an unknown noun without article that a verb or a
// preposition governs, so that the verb behind it only describes it: in a step
// *that it said* …
func (a *arabic) governedNoun(i int) bool {
	return !a.any(i, speakers) && !a.any(i+1, lang.Of(lang.DocSource)) && !a.clitic(i, lang.The) && !a.accusative(i) && a.t.Tokens[i].Kind == text.Word && (a.has(i-1, lang.Prep) && !a.suffixed(i-1) || a.finite(i-1) && !a.has(i-1, lang.Aux))
}

// filler reports that only adverbials stand between a subject and its verb.
func (a *arabic) filler(i, end int) bool {
	return a.overAsides(i, end) >= end || a.has(i, lang.Prep) || a.has(i, lang.Rel) || a.comma(i)
}

// leftEdge walks back from the verb to the boundary. rel is the relative
// pronoun whose clause stands right in front of the verb, or 0.
func (a *arabic) leftEdge(end int) (lo, rel int) {
	k := end - 1
	for k >= a.s.First && end-k < maxSubject {
		if a.is(k, ')') {
			for k > a.s.First && !a.is(k, '(') {
				k--
			}
			k--
			continue
		}
		if q := a.closing(k); q != nil && q.Open > a.s.First && k-q.Open < 8 {
			k = q.Open - 1
			continue
		}
		if a.has(k, lang.Rel) && k > a.s.First && !a.has(k, lang.Prep) {
			rel = k
			k--
			continue
		}
		if a.finite(k) && !a.any(k, speakers) {
			if j := k - 1; j >= a.s.First && (a.has(j, lang.Rel) || a.has(j, lang.Neg) && a.has(j-1, lang.Rel)) {
				k--
				continue
			}
			if rel == 0 && !a.descriptive(k) {
				return k + 1, 0
			}
			if rel == 0 {
				rel = k
			}
			k--
			continue
		}
		if a.boundary(k) || rel == 0 && k < end-1 && end-k <= 4 && a.has(k, lang.Prep) && a.indefinite(k+1, end) {
			break
		}
		k--
	}
	if k >= a.s.First && a.tags[k].span > 1 && a.tags[k].phrase.Reading.Class == lang.Conj {
		k += a.tags[k].span - 1
	}
	return k + 1, rel
}

// boundary reports a token that ends the search for a subject in front of the
// verb.
func (a *arabic) boundary(i int) bool {
	return a.comma(i) || a.stop(i) || a.is(i, ':') || a.is(i, '-') || a.is(i, '–') || a.mark(i) && a.closing(i) == nil || a.is(i, '(') ||
		a.that(i) || a.any(i, lang.Of(lang.Aux, lang.Neg)) || a.has(i, lang.Conj) && !a.any(i, speakers) || a.in(i, lang.Shift)
}

// indefinite reports words without article or pronoun, the first of which may
// be a source: from independent sources *that confirm*.
func (a *arabic) indefinite(i, end int) bool {
	for k := i; k < end; k++ {
		if !a.word(k) || a.clitic(k, lang.The) || a.suffixed(k) || a.finite(k) {
			return false
		}
	}
	return a.any(i, lang.Of(lang.Unnamed, lang.DocSource)) || a.tags[i].n == 0
}

// descriptive reports a verb that describes the indefinite noun before it (a
// report *that the channel showed*): the noun has neither article nor pronoun.
func (a *arabic) descriptive(k int) bool {
	j := k - 1
	return j >= a.s.First && (a.any(j, lang.Of(lang.DocSource, lang.Unnamed, lang.Nisba)) || a.that(j-1) && a.accusative(j)) && !a.clitic(j, lang.The) && !a.suffixed(j)
}

// endsAccording reports that an according-to phrase ends right before token i.
func (a *arabic) endsAccording(i int) bool {
	_, n := a.accordingBefore(i)
	return n > 0
}
