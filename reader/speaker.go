package reader

import (
	"strings"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// The noun phrase of a speaker: where it ends, and what cannot be one.

// nounPhrase finds the speaker in the tokens between a verb and what opens its
// content: adverbials in front are passed over, the phrase ends before a
// relative clause, an adverbial or an addressee.
func (a *arabic) nounPhrase(lo, hi int) text.Range {
	lo = a.overAsides(lo, hi)
	if lo+1 < hi && a.tags[lo].hash == whoHash && a.finite(lo+1) { // whoever attended the count
		return a.clip(text.Range{First: lo, End: hi})
	}
	return a.speaker(lo, hi)
}

// speaker is the noun phrase of a speaker that begins at token lo.
func (a *arabic) speaker(lo, hi int) text.Range {
	if lo >= hi {
		return text.Range{}
	}
	end := lo
	for end < hi && !a.endsSpeaker(end, lo, hi) {
		switch {
		case a.is(end, '('):
			end = a.closeParen(end, hi)
		case a.opening(end) != nil:
			end = min(a.opening(end).Close, hi-1)
		case a.comma(end):
			end = a.overApposition(end, hi)
		}
		end++
	}
	r := a.clip(text.Range{First: lo, End: min(end, hi)})
	for r.Len() > 1 && a.tags[r.End-1].set == lang.Of(lang.Prep) {
		r.End--
	}
	if r.Len() > 1 && a.in(r.First, lang.Fact) && a.clitic(r.First+1, lang.And) && a.clitic(r.First+1, lang.The) {
		r.First++ // reality and *the report*
	}
	if r.Len() == 0 || !a.canSpeak(r) {
		return text.Range{}
	}
	return r
}

// canSpeak rules out ranges without a noun to speak.
func (a *arabic) canSpeak(r text.Range) bool {
	if a.has(r.First, lang.Dem) && r.Len() > 1 && a.clitic(r.First+1, lang.The) && a.any(r.First+1, speakers) { // these factions
		return true
	}
	if a.in(r.First, lang.NotSpeaker) && !a.any(r.First, speakers) && !a.in(r.First, lang.Same) {
		return false
	}
	if a.has(r.First, lang.Unnamed) && a.suffixed(r.First) { // أحدهم
		return true
	}
	if a.tags[r.First].set == lang.Of(lang.Verb) && a.finite(r.First) || r.Len() == 1 && (a.t.Tokens[r.First].Kind == text.Number || a.in(r.First, lang.Same) && !a.suffixed(r.First) && !a.has(r.First, lang.Pron)) {
		return false
	}
	if a.adverbial(r.First) || a.deed(r.First) || a.has(r.First, lang.Pron) || a.has(r.First, lang.Prep) && a.t.Tokens[r.First].Has(text.EndsMaqsura) {
		return false
	}
	if (a.any(r.First, lang.Of(lang.Prep, lang.Neg, lang.Aux)) || a.doing(r.First)) && !a.any(r.First, speakers) || r.Len() == 1 && a.in(r.First, lang.Adjective) && !a.clitic(r.First, lang.The) {
		return false
	}
	return true
}

// endsSpeaker reports that the speaker's noun phrase, begun at lo, is over
// before token i.
func (a *arabic) endsSpeaker(i, lo, hi int) bool {
	if i == lo {
		return false
	}
	switch {
	case a.comma(i):
		return !a.apposes(i+1, hi)
	case a.is(i, '-') || a.is(i, '–') || a.is(i, '—'):
		return a.t.Tokens[i].Has(text.Spaced)
	case a.stop(i) || a.is(i, ':'):
		return true
	case !a.word(i):
		return false
	case a.has(i, lang.Rel) && !a.has(i, lang.Prep) && !a.has(i, lang.Title):
		return true
	case a.that(i), a.in(i, lang.Generic), a.has(i, lang.Neg) && a.finite(i+1), a.in(i, lang.Venue) && a.ownSpeech(i):
		return true
	case i == lo+1 && a.describedBy(i), a.accordingAt(i), i == lo+1 && a.clitic(lo, lang.The) && a.ownThing(i):
		return true
	case a.act(i) && !a.any(i, speakers) && !a.headed(i-1, lo) && !a.has(i-1, lang.Prep), a.cognate(i), a.denial(i) && (a.named(i-1) || a.clitic(i-1, lang.The) && !a.clitic(i, lang.And|lang.With|lang.To)):
		return true
	case a.any(i, lang.Of(lang.Time, lang.Day)) && !a.any(i, speakers) && !a.in(i, lang.Adjective) && !(a.clitic(i, lang.The) && (a.clitic(i-1, lang.The) || i == lo+1 && a.any(lo, lang.Of(lang.OutletHead, lang.DocSource)))):
		return true
	case a.in(i, lang.Addressee), a.has(i, lang.Prep) && a.suffixed(i), a.has(i, lang.Conj) && a.tags[i].span > 1:
		return true
	case a.clitic(i, lang.To) && a.clitic(i, lang.The) && (a.named(i-1) || i == lo+1 && a.any(lo, lang.Of(lang.Title, lang.Human)) && strings.HasSuffix(a.t.Word(i), "ين")):
		return true
	case a.clitic(i, lang.The) && !a.clitic(i-1, lang.The) && a.absolute(i-1) && !a.has(i, lang.Nisba):
		return true
	case a.in(i, lang.Aside) && !a.any(i, speakers):
		return true
	case a.has(i, lang.Prep):
		return a.asidePrep(i, hi) || i == lo+1 && a.goesWithVerb(i) || !a.attaches(i) && a.ownPaper(i, hi) || a.fullName(lo, i) && !a.any(i+1, lang.Of(lang.Org, lang.State, lang.Capital, lang.Body))
	case a.has(i, lang.Pron) && a.clitic(i, lang.And):
		return !a.comma(i - 1)
	case a.finite(i) && i > lo+1:
		return !a.any(i, speakers|lang.Of(lang.Place)) && !a.clitic(i, lang.The) && !a.has(i-1, lang.Prep)
	}
	return false
}

// goesWithVerb reports a preposition behind a single noun with article, which it
// hardly describes: the players understood *from the whistle* that, the critics
// hold *against the novel* that.
func (a *arabic) goesWithVerb(i int) bool {
	h := a.tags[i].hash
	return a.clitic(i-1, lang.The) && !a.attaches(i) && (h == onHash || h == whoHash)
}

// describedBy reports a verb that describes the indefinite noun in front of it:
// a friend *who served*.
func (a *arabic) describedBy(i int) bool {
	return a.any(i-1, lang.Of(lang.Human, lang.Unnamed)) && !a.clitic(i-1, lang.The) && !a.suffixed(i-1) && !a.in(i-1, lang.Same) &&
		a.finite(i) && a.tags[i].set == lang.Of(lang.Verb) && !a.clitic(i, lang.And)
}

// ownThing reports what behind a speaker with article is something of his and
// no part of his name: the referee *his decision*.
func (a *arabic) ownThing(i int) bool {
	if f := first(a.t.Word(i)); f == 'ب' || f == 'ل' {
		return false
	}
	return (a.suffixed(i) || a.suffixLike(i)) && !a.any(i, lang.Of(lang.Title, lang.Given, lang.Nisba)) && !a.in(i, lang.Adjective) || a.has(i, lang.Dem)
}

// ownSpeech reports a word that ends in the pronoun of the speaker: his speech.
func (a *arabic) ownSpeech(i int) bool {
	w := a.t.Word(i)
	return strings.HasSuffix(w, "ه") || strings.HasSuffix(w, "ها")
}

// denial reports a reporting noun with the article, which behind a name or
// another article is the object of its verb: justified *the denial*.
func (a *arabic) denial(i int) bool {
	if !a.clitic(i, lang.The) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && r.Form == lang.Masdar {
			return true
		}
	}
	return false
}

// headed reports that the word at i begins the phrase at lo as a title in a
// construct, so that a noun must follow: صاحب مشروع.
func (a *arabic) headed(i, lo int) bool {
	return i == lo && a.has(i, lang.Title) && !a.clitic(i, lang.The) && !a.suffixed(i)
}

// ownPaper reports في before something of the speaker's own, where or in which
// he spoke: in its yearly report.
func (a *arabic) ownPaper(i, hi int) bool {
	if a.tags[i].hash != inHash {
		return false
	}
	for k := i + 1; k < hi && k <= i+2 && a.word(k) && !a.clitic(k, lang.The); k++ {
		if a.suffixLike(k) || a.suffixed(k) || strings.HasSuffix(a.t.Word(k), "ته") {
			return true
		}
	}
	return false
}

// fullName reports that a name fills the tokens right before token i of the
// phrase begun at lo, so that a preposition there begins something else. An
// unknown word may be a name or a noun: two, or one behind a title with
// article, are taken for a name.
func (a *arabic) fullName(lo, i int) bool {
	if !a.named(i-1) || i-1 == lo {
		return false
	}
	for k := i - 1; k >= lo; k-- {
		switch {
		case a.has(k, lang.Given):
			return true
		case a.has(k, lang.Title):
			return k+1 < i && (a.clitic(k, lang.The) || i-k > 2)
		case !a.named(k):
			return i-k > 2
		}
	}
	return true
}

// apposes reports that the words behind a comma go on describing the speaker.
func (a *arabic) apposes(i, hi int) bool {
	if i >= hi {
		return false
	}
	if a.overApposition(i-1, hi) >= i {
		return true
	}
	return a.any(i, lang.Of(lang.Title, lang.Kin, lang.Org, lang.Given, lang.Unnamed)) && !a.has(i, lang.Time) && !(a.finite(i) && a.act(i+1))
}

// overApposition gives the last token of a clause that says who the speaker is
// (, who is a farmer), for the comma at i that opens it; i if none.
func (a *arabic) overApposition(i, hi int) int {
	if !a.in(i+1, lang.WhoIs) && !(a.has(i+1, lang.Pron) && first(a.t.Word(i+1)) == 'و' && !a.doing(i+2)) {
		return i
	}
	for k := i + 2; k < min(hi, i+16); k++ {
		if a.comma(k) {
			return k - 1
		}
	}
	if hi <= i+16 {
		return hi - 1
	}
	return i
}
