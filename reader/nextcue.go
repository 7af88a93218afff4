package reader

import "github.com/isnad/isnad/lang"

// Whether a later word reports something of its own, so that the cue before it
// ends there or shares its content.

// otherCue reports a cue between the one at c and its content.
func (a *arabic) otherCue(i, c, lim int) bool {
	if i > c && a.saying(i) {
		return true
	}
	return i > c+1 && a.finiteCue(i) && !a.relativeAt(i) && !a.describesNoun(i) && !(a.maybeNoun(i) && !a.opensAtOnce(i, lim)) || a.participleCue(i) && a.ownOpener(i, lim) && !a.cognate(i-1) ||
		a.in(i, lang.Happen) && a.has(i+1, lang.Cue)
}

// saying reports بقوله or بالقول right before what is said.
func (a *arabic) saying(i int) bool {
	if !a.clitic(i, lang.With) || !a.that(i+1) && !a.is(i+1, ':') && a.opening(i+1) == nil {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && r.Form == lang.Masdar && r.Clitic&(lang.The|lang.Suffix) != 0 && a.row(r).Frames&lang.Quoted != 0 {
			return true
		}
	}
	return false
}

// finiteCue reports a finite form of a reporting verb.
func (a *arabic) finiteCue(i int) bool {
	if !a.has(i, lang.Cue) || a.any(i, closed) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && finiteForm(r) && a.spelled(i, r) && a.row(r).Type == lang.VerbCue {
			return true
		}
	}
	return false
}

// speech reports a cue whose row is a verb of speaking proper.
func (a *arabic) speech(i int) bool {
	if a.homograph(i) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && finiteForm(r) && a.row(r).Frames&(lang.Weak|lang.Soft) == 0 {
			return true
		}
	}
	return false
}

// newCue reports a finite cue that begins a statement of its own.
func (a *arabic) newCue(i, lim int) bool {
	if !a.word(i) || a.passiveForm(i) {
		return false
	}
	if a.opensAtOnce(i, lim) || a.clitic(i, lang.And) && a.relays(i) && a.relayed(i, i+3) == i+1 {
		return a.clitic(i, lang.And) || a.speech(i)
	}
	return a.clitic(i, lang.And) && a.speech(i) && a.inForm(i, lang.Perfect) || a.clitic(i, lang.And) && a.withPreposition(i) || (a.clitic(i, lang.And) && a.continues(i) || a.speech(i)) && a.reportsSoon(i, lim) || a.clitic(i, lang.And) && a.addresses(i, lim)
}

// withPreposition reports a cue right before a preposition of its row.
func (a *arabic) withPreposition(i int) bool {
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && finiteForm(r) && a.prepOf(i+1, a.row(r)) && !a.homograph(i) {
			return true
		}
	}
	return false
}

// addresses reports a verb of asking or accusing whose preposition comes within
// the reach of its object: and asked the city *for*.
func (a *arabic) addresses(i, lim int) bool {
	if a.homograph(i) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class != lang.Cue || a.row(r).Frames&(lang.Person|lang.NounP|lang.Weak) != lang.Person|lang.NounP {
			continue
		}
		for k := i + 1; k < lim && k < i+6 && a.word(k); k++ {
			if a.prepOf(k, a.row(r)) {
				return true
			}
		}
	}
	return false
}

// cueWithin reports a finite cue with a content of its own in the tokens from i
// to end.
func (a *arabic) cueWithin(i, end, lim int) bool {
	for k := i; k < end; k++ {
		if a.comma(k) || a.stop(k) || a.that(k) {
			return false
		}
		if a.finiteCue(k) && !a.homograph(k) {
			return a.reportsSoon(k, lim) || a.opensAtOnce(k, lim)
		}
	}
	return false
}

// reportsSoon reports a cue whose clause or quotation begins within the reach
// of a subject, or whose row goes on with the last speaker.
func (a *arabic) reportsSoon(i, lim int) bool {
	weak := true
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && a.row(r).Frames&lang.Weak == 0 {
			weak = false
		}
	}
	for k := i + 1; k < lim && k < i+16; k++ {
		if a.that(k) && !a.in(k-1, lang.Subordinate) || a.is(k, ':') {
			return true
		}
		if q := a.opening(k); q != nil && !a.nameQuote(q, i, lim) {
			return true
		}
		if a.stop(k) {
			break
		}
	}
	return !weak && a.continues(i)
}

// opensAtOnce reports a cue with a clause or quotation right behind it or
// behind its preposition.
func (a *arabic) opensAtOnce(i, lim int) bool {
	if a.homograph(i) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && a.row(r).Frames&lang.NounP != 0 && a.row(r).Frames&lang.Weak == 0 && a.prepOf(i+1, a.row(r)) {
			return true
		}
	}
	k := i + 1
	if a.has(k, lang.Prep) {
		k++
	}
	return k < lim && (a.that(k) || a.is(k, ':') || a.opening(k) != nil)
}

// continues reports a verb that goes on with the last speaker: added, said,
// stressed.
func (a *arabic) continues(i int) bool {
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && a.row(r).Groups.Has(lang.Continuer) {
			return true
		}
	}
	return false
}
