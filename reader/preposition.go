package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// The prepositions of a cue, as words and as letters on the next one.

// prepOf reports a preposition of the cue's row, as a word (إلى) or written on
// the next one (ب).
func (a *arabic) prepOf(i int, row *lang.CueRow) bool {
	if !a.word(i) {
		return false
	}
	for _, h := range row.Heads {
		if h == a.tags[i].hash {
			return true
		}
	}
	if len(row.Letters) == 0 || !a.clitic(i, lang.With|lang.To) && a.tags[i].n > 0 {
		return false
	}
	f := first(a.t.Word(i))
	for _, l := range row.Letters {
		if f == l && (a.tags[i].n == 0 || l == 'ب' && a.clitic(i, lang.With) || l == 'ل' && a.clitic(i, lang.To)) {
			return true
		}
	}
	return false
}

// behindPrep judges what stands behind a preposition of the cue: a clause, a
// quotation, or a noun phrase that is no place, time or occasion.
func (a *arabic) behindPrep(i, lim int, row *lang.CueRow) (opener, bool) {
	if !a.has(i, lang.Prep) && len(a.t.Word(i)) > 8 && !a.clitic(i, lang.With) && a.tags[i].n > 0 {
		return opener{kind: openNP, at: i, head: i, prep: true}, true // حمّل المسؤولية: the noun is part of what is said
	}
	at := i + 1
	fused := a.clitic(i, lang.With) || a.clitic(i, lang.To)
	if !a.has(i, lang.Prep) && (fused || a.tags[i].n == 0) {
		at = i
	}
	if at >= lim {
		return opener{}, false
	}
	if a.that(at) {
		return opener{kind: openThat, at: a.afterThat(at), head: i, prep: true}, true
	}
	if q := a.opening(at); q != nil && !a.nameQuote(q, i, lim) {
		return opener{kind: openQuote, at: at, head: i, prep: true}, true
	}
	if a.is(at, ':') {
		return opener{kind: openColon, at: at + 1, head: i, prep: true}, true
	}
	if row.Frames&lang.NounP == 0 || a.in(at, lang.Venue) && at > i && !a.steers(i) || !a.steers(i) && a.any(at, lang.Of(lang.Time, lang.Day)) {
		return opener{}, false
	}
	return opener{kind: openNP, at: at, head: i, prep: true}, true
}

// steers reports a preposition that opens no time or place by itself.
func (a *arabic) steers(i int) bool {
	h := a.tags[i].hash
	return h == fromHash || h == toHash || h == onHash
}

func (a *arabic) about(i int) bool { return a.tags[i].hash == fromHash || a.in(i, lang.About) }

// spelledSo reports an unknown word that only begins with the letter of a
// preposition, for the preposition itself follows with its clause (بأن).
func (a *arabic) spelledSo(i, end int) bool {
	if a.tags[i].n > 0 {
		return false
	}
	for k := i + 1; k < end && !a.comma(k) && !a.stop(k); k++ {
		if a.that(k) {
			return first(a.t.Word(k)) == first(a.t.Word(i))
		}
	}
	return false
}

// roleOf reports a body behind ل that belongs to the title before it: the general
// secretary *of the union*.
func (a *arabic) roleOf(i int) bool {
	if !a.clitic(i, lang.To) || !a.any(i, lang.Of(lang.Org, lang.Body, lang.State, lang.Capital)) {
		return false
	}
	return a.has(i-1, lang.Title) || a.adjective(i-1) && a.has(i-2, lang.Title)
}

var (
	fromHash, toHash, onHash = text.Hash("عن"), text.Hash("إلى"), text.Hash("على")
	whoHash, inHash          = text.Hash("من"), text.Hash("في")
)
