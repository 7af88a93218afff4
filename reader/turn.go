package reader

import "github.com/isnad/isnad/lang"

// Where a reported clause is over because the outer voice comes back.

// turns reports that the words from token i on, behind a comma, lead back to
// the outer voice: a participle with a content of its own, another speaker or
// the same one going on, or a word of transition before a cue.
func (a *arabic) turns(i, lim int) bool {
	if i >= lim || !a.word(i) {
		return false
	}
	if a.participleCue(i) || a.in(i, lang.Outer) || a.in(i, lang.Contrast) || a.butHe(i) {
		return true
	}
	if first(a.t.Word(i)) == 'و' && a.any(i, lang.Of(lang.Pron, lang.Dem)) && (a.in(i+1, lang.Which) || a.has(i+2, lang.Aux) && a.comments(i+1)) || a.sinceOwn(i, lim) {
		return true
	}
	if a.finiteCue(i) {
		return a.newCue(i, lim)
	}
	if a.clitic(i, lang.And) && a.finite(i) && i+1 < lim && a.saying(i+1) {
		return true
	}
	switch {
	case a.in(i, lang.Shift), a.has(i, lang.Conj) && a.tags[i].span > 1:
		return a.cueWithin(i+max(1, a.tags[i].span), min(lim, i+7), lim)
	case a.clitic(i, lang.And) && a.any(i, speakers|lang.Of(lang.Neg, lang.Aux, lang.Pron)):
		return a.cueWithin(i+1, min(lim, i+5), lim)
	}
	return false
}

// comments reports an indefinite noun by which the outer voice names what was
// said: …, which is *a clause* that …
func (a *arabic) comments(i int) bool {
	return a.word(i) && !a.clitic(i, lang.The) && !a.suffixed(i) && !a.any(i, lang.Of(lang.Prep, lang.Verb, lang.Cue, lang.Dem, lang.Num))
}

// sinceOwn reports a phrase of time that leads to another word of the speaker:
// two days after *her denial*.
func (a *arabic) sinceOwn(i, lim int) bool {
	if !a.in(i, lang.Aside) {
		return false
	}
	for k := i + 1; k < lim && k < i+6 && a.word(k); k++ {
		if a.possessed(k) && a.has(k, lang.Cue) {
			return true
		}
	}
	return false
}

// butHe reports a contrast that goes back to the speaker by a pronoun: لكنه,
// غير أنها.
func (a *arabic) butHe(i int) bool {
	return a.in(i, lang.But) || a.in(i, lang.Shift) && a.that(i+1) && !a.bareThat(i+1)
}
