package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Adverbials: what may stand between a verb and its subject and is no part of
// either.

// overAsides passes over what may stand between a verb and its subject: times,
// places of speech, addressees, words like بدوره.
func (a *arabic) overAsides(i, hi int) int {
	for i < hi {
		n := a.aside(i, hi)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// aside gives the length of the adverbial that begins at token i, or 0.
func (a *arabic) aside(i, hi int) int {
	tg := &a.tags[i]
	switch {
	case a.comma(i) || a.is(i, '-') || a.is(i, '–'):
		return 1
	case a.is(i, '('):
		return a.closeParen(i, hi) - i + 1
	case !a.word(i):
		return 0
	case a.in(i, lang.Generic) || tg.set.Has(lang.Pron) && !tg.set.Has(lang.Unnamed):
		return max(1, tg.span)
	case first(a.t.Word(i)) == 'ل' && a.opening(i+1) != nil: // لـ«الصحيفة»
		return min(a.opening(i+1).Close+1, hi) - i
	case tg.set.Has(lang.Prep) && a.in(i, lang.Aside) && i+1 < hi && !a.any(i+1, lang.Of(lang.Time, lang.Day)):
		return a.shortPhrase(i, hi)
	case tg.set.Has(lang.Time) || tg.set.Has(lang.Day) || tg.set.Has(lang.Month):
		return a.timePhrase(i, hi)
	case a.in(i, lang.Addressee):
		return a.shortPhrase(i, hi)
	case a.cognate(i):
		if i+1 < hi && lastRune(a.t.Word(i+1)) == 'ا' {
			return 2
		}
		return 1
	case a.clitic(i, lang.To):
		return max(1, a.minimalNP(i, hi)-i)
	case tg.set.Has(lang.Prep) && tg.phrase != nil && tg.span > 1:
		return min(tg.span, hi-i)
	case tg.set.Has(lang.Conj) && tg.span > 1:
		return min(tg.span, hi-i)
	case tg.set.Has(lang.Prep) && a.suffixed(i):
		return 1
	case a.asidePrep(i, hi) && a.any(i+1, lang.Of(lang.Time, lang.Day)):
		return 1 + max(1, a.timePhrase(i+1, hi))
	case a.asidePrep(i, hi):
		return a.shortPhrase(i, hi)
	}
	return 0
}

// asidePrep reports a preposition that opens an adverbial of the verb.
func (a *arabic) asidePrep(i, hi int) bool {
	if a.in(i, lang.Aside) {
		return !a.in(i, lang.Act) || a.has(i+1, lang.Prep) // بناء على, but not بناء مدرسة
	}
	if !a.has(i, lang.Prep) || i+1 >= hi {
		return false
	}
	return a.in(i+1, lang.Venue) || a.has(i+1, lang.Time) || a.has(i+1, lang.Day) || a.suffixLike(i+1) && !a.any(i+1, speakers)
}

// timePhrase is the length of a run of words of time and numbers.
func (a *arabic) timePhrase(i, hi int) int {
	k := i
	for k < hi && (a.any(k, lang.Of(lang.Time, lang.Day, lang.Month)) || a.t.Tokens[k].Kind == text.Number || a.is(k, '/') || a.is(k, '-') || k > i && a.in(k, lang.Generic)) {
		k += max(1, a.tags[k].span)
	}
	return min(k, hi) - i
}

// shortPhrase is the length of a prepositional phrase: the preposition, its
// noun, and words that can only qualify that noun, up to a comma or a word
// that can begin a speaker.
func (a *arabic) shortPhrase(i, hi int) int {
	k := i + 1
	if a.has(i, lang.Prep) || a.in(i, lang.Aside) {
		k++
	}
	for k < hi && a.word(k) && !a.act(k) && !(a.any(k, lang.Of(lang.Title, lang.Unnamed)) && !a.clitic(k, lang.With|lang.To) && !a.in(k, lang.OfPress)) {
		if a.has(k, lang.Prep) && a.tags[k].hash != a.tags[i].hash && !a.asidePrep(k, hi) && a.any(k, lang.Of(lang.Cue)) {
			break
		}
		if k > i+1 && a.ownVenue(k-1) && a.begins(k) {
			break
		}
		k++
	}
	if q := a.opening(k); q != nil && a.has(k-1, lang.Prep) {
		k = q.Close + 1
	}
	if a.comma(k) {
		k++
	}
	return min(k, hi) - i
}

// ownVenue reports where or in what the speaker spoke, with his pronoun, which
// ends its phrase: in *its statement*.
func (a *arabic) ownVenue(i int) bool { return a.in(i, lang.Venue) && a.ownSpeech(i) }

// begins reports a noun without article that begins a phrase of its own.
func (a *arabic) begins(i int) bool {
	return !a.clitic(i, lang.The|lang.With|lang.To|lang.And) && !a.any(i, lang.Of(lang.Prep, lang.Rel, lang.Conj, lang.Time, lang.Day, lang.Month, lang.Place, lang.Dem)) && !a.in(i, lang.Adjective)
}
