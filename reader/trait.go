package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// trait is something that is known of a place where a reported clause may end.
// Its weight stands in decide.tsv under its name with traitPrefix.
type trait uint8

const (
	traitBias            trait = iota
	traitBack                  // what leads back to the outer voice in most texts
	traitComma                 // a comma stands at the place …
	traitSemicolon             // … a semicolon
	traitDash                  // … a dash
	traitNone                  // … or nothing
	traitQuotation             // a quotation ends right before
	traitFirst                 // no place was offered before
	traitNear                  // within four tokens of the first one of the clause
	traitFar                   // more than sixteen tokens from it
	traitShort                 // fewer than five tokens remain
	traitLong                  // more than sixteen do
	traitParticiple            // a participle of a reporting verb follows …
	traitParticipleOpens       // … with a content of its own
	traitCue                   // a finite reporting verb follows …
	traitCueJoined             // … behind و
	traitCueOpens              // … with a clause or quotation of its own
	traitCueAhead              // such a verb stands a few words on
	traitContrastAhead         // … behind while or then
	traitConjAhead             // … behind another conjunction
	traitTurns                 // the words there lead back to the outer voice
	traitInline                // they do so without a comma
	traitAccording             // an according-to phrase follows …
	traitAccordingLast         // … behind which nothing of the clause comes
	traitButHe                 // but he, although she
	traitContrast              // a word of the group contrast follows …
	traitShift                 // … of the group shift
	traitShiftVerb             // … a conjunction with a verb
	traitOuter                 // … a word of the group outer
	traitWhich                 // … the matter that
	traitConj                  // … a conjunction
	traitConjLong              // … one of several words
	traitRelative              // … a relative pronoun
	traitPrep                  // … a preposition
	traitPlain                 // … nothing that is asked for here, behind a comma
	traitNoun                  // و and no verb follow …
	traitJoinedPrep            // … but a preposition
	traitJoinedThis            // … a pronoun
	traitJoinedAux             // … an auxiliary
	traitJoinedNot             // … a negation
	traitThus                  // ف and a verb follow
	traitPerfect               // و and a verb in the perfect
	traitImperfect             // و and a verb in the imperfect
	traitLikeCue               // that verb agrees with the cue …
	traitUnlikeCue             // … or does not
	traitLikeSubject           // it agrees with the first word of the clause …
	traitUnlikeSubject         // … or does not
	traitNextPerfect           // the next verb is in the perfect …
	traitNextImperfect         // … in the imperfect
	traitNoVerb                // … there is none
	traitTurned                // the perfect follows on the imperfect
	traitSameTense             // the tense stays
	numTraits
)

// traitNames are the names, in the order of the constants.
var traitNames = [numTraits]string{
	"bias", "back", "comma", "semicolon", "dash", "no mark", "behind quotation", "first", "near", "far", "short rest",
	"long rest", "participle", "participle opens", "cue", "cue joined", "cue opens", "cue ahead", "contrast, cue ahead",
	"conjunction, cue ahead", "turns", "turns inline", "according", "according last", "but he", "contrast", "shift",
	"shift to verb", "outer", "which", "conjunction", "long conjunction", "relative", "preposition", "plain",
	"joined noun", "joined preposition", "joined pronoun", "joined auxiliary", "joined negation", "thus",
	"joined perfect", "joined imperfect", "verb like cue", "verb unlike cue", "verb like subject",
	"verb unlike subject", "next perfect", "next imperfect", "no verb", "tense turns", "tense stays",
}

const traitPrefix = "end, "

// endingsOf gives the weights of the traits.
func endingsOf(p *lang.Pack) (w [numTraits]float64) {
	for n, name := range traitNames {
		w[n] = p.Weight(traitPrefix + name)
	}
	return w
}

// traits tells which of them a place has.
type traits [numTraits]bool

func (t *traits) add(n trait, yes bool) { t[n] = t[n] || yes }

// traits tells what is known of the place before token i.
func (a *arabic) traits(i int, cl *clause) traits {
	var t traits
	k := i
	t[traitBias] = true
	switch {
	case a.word(i):
		t[traitNone] = true
	case a.comma(i):
		t[traitComma] = true
	case a.is(i, '-') || a.is(i, '–'):
		t[traitDash] = true
	default:
		t[traitSemicolon] = true
	}
	if !t[traitNone] {
		k++
	}
	t[traitQuotation] = a.closing(i-1) != nil
	t[traitNear] = i-cl.from < 4
	t[traitFar] = i-cl.from > 16
	t[traitShort] = cl.lim-k < 5
	t[traitLong] = cl.lim-k > 16
	a.voiceTraits(k, cl, &t)
	a.wordTraits(k, &t)
	a.tenseTraits(k, cl, &t)
	if a.clitic(k, lang.And) {
		a.joinedTraits(k, cl, &t)
	} else {
		t[traitPlain] = t[traitComma] && !(t[traitTurns] || t[traitCue] || t[traitConj] || t[traitConjLong] || t[traitAccording] || t[traitShift])
	}
	if t[traitNone] {
		t[traitBack] = t[traitAccordingLast] || t[traitInline] && i > cl.from+1
	} else {
		t[traitBack] = t[traitTurns] && !a.otherHe(k, cl.cue) || t[traitAccording] || cl.wish && a.happened(k)
	}
	return t
}

// voiceTraits are those of a return to the outer voice by a word that reports.
func (a *arabic) voiceTraits(k int, cl *clause, t *traits) {
	if a.participleCue(k) {
		t[traitParticiple] = true
		t[traitParticipleOpens] = a.opensClauseAt(k+1, cl.lim)
	}
	if a.finiteCue(k) {
		t[traitCue] = true
		t[traitCueJoined] = a.clitic(k, lang.And)
		t[traitCueOpens] = a.reportsSoon(k, cl.lim)
	}
	t[traitCueAhead] = a.cueWithin(k+1, min(cl.lim, k+6), cl.lim)
	t[traitTurns] = a.turns(k, cl.lim)
	t[traitInline] = a.turnsInline(k, cl.lim)
	if a.accordingAt(k) {
		t[traitAccording] = true
		t[traitAccordingLast] = a.closes(k, cl.lim)
	}
	t[traitButHe] = a.butHe(k)
}

// wordTraits are those of the word behind the place.
func (a *arabic) wordTraits(k int, t *traits) {
	t[traitContrast] = a.in(k, lang.Contrast)
	t[traitShift] = a.in(k, lang.Shift)
	t[traitOuter] = a.in(k, lang.Outer)
	t[traitWhich] = t[traitOuter] && a.has(k+1, lang.Rel)
	t[traitRelative] = a.has(k, lang.Rel)
	t[traitPrep] = a.has(k, lang.Prep)
	if a.has(k, lang.Conj) {
		t[traitConjLong] = a.tags[k].span > 1
		t[traitConj] = !t[traitConjLong]
	}
	if t[traitShift] || t[traitConj] || t[traitConjLong] {
		t[traitShiftVerb] = a.finite(k + max(1, a.tags[k].span))
	}
	t[traitContrastAhead] = (t[traitContrast] || t[traitShift]) && t[traitCueAhead]
	t[traitConjAhead] = t[traitConjLong] && t[traitCueAhead]
}

// tenseTraits compare the next verb with the first one of the clause.
func (a *arabic) tenseTraits(k int, cl *clause, t *traits) {
	before, next := a.tense(cl.from, k), a.tense(k, cl.lim)
	t[traitNoVerb] = next == lang.Base
	t[traitNextPerfect] = next == lang.Perfect
	t[traitNextImperfect] = next == lang.Imperfect
	t[traitTurned] = before == lang.Imperfect && next == lang.Perfect
	t[traitSameTense] = before == next && next != lang.Base
}

// tense is the form of the first finite verb in the tokens from i to end,
// perfect or not, or Base where there is none.
func (a *arabic) tense(i, end int) lang.Form {
	for ; i < end; i++ {
		if !a.any(i, lang.Of(lang.Verb, lang.Cue)) || a.any(i, closed) {
			continue
		}
		for _, r := range a.readings(i) {
			switch {
			case r.Class != lang.Verb && r.Class != lang.Cue || !finiteForm(r) || !a.spelled(i, r):
			case r.Form == lang.Perfect || r.Form == lang.PassivePerfect:
				return lang.Perfect
			default:
				return lang.Imperfect
			}
		}
	}
	return lang.Base
}

// joinedTraits are those of a word behind و or ف.
func (a *arabic) joinedTraits(k int, cl *clause, t *traits) {
	t[traitJoinedPrep] = a.has(k, lang.Prep)
	t[traitJoinedThis] = a.any(k, lang.Of(lang.Pron, lang.Dem))
	t[traitJoinedAux] = a.has(k, lang.Aux)
	t[traitJoinedNot] = a.has(k, lang.Neg)
	if !a.finite(k) {
		t[traitNoun] = true
		return
	}
	t[traitThus] = first(a.t.Word(k)) == 'ف'
	subject := a.gender(cl.from)
	for _, r := range a.readings(k) {
		if !finiteForm(r) || r.Class != lang.Verb && r.Class != lang.Cue {
			continue
		}
		t.add(traitPerfect, r.Form == lang.Perfect)
		t.add(traitImperfect, r.Form == lang.Imperfect)
		if cl.verb.Agr == lang.M || cl.verb.Agr == lang.F {
			t.add(traitLikeCue, r.Agr == cl.verb.Agr)
			t.add(traitUnlikeCue, r.Agr != cl.verb.Agr)
		}
		if subject != lang.AnyAgr {
			t.add(traitLikeSubject, r.Agr == subject)
			t.add(traitUnlikeSubject, r.Agr != subject)
		}
	}
}

// gender is that of the noun or verb at i as a verb behind it has it, AnyAgr
// where it is not known.
func (a *arabic) gender(i int) lang.Agr {
	for _, r := range a.readings(i) {
		switch r.Agr {
		case lang.M, lang.F:
			return r.Agr
		case lang.NP:
			return lang.F
		}
	}
	if a.word(i) && a.t.Tokens[i].Has(text.EndsTa) {
		return lang.F
	}
	return lang.AnyAgr
}
