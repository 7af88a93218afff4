package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Participles that describe how the subject of another verb spoke.

// participle tries a participle that describes how the subject of another verb
// spoke: مشيرا إلى, مضيفة أن. The source is the subject of that verb.
func (a *arabic) participle(c int, r lang.Reading) bool {
	if a.clitic(c, lang.The) || r.Agr == lang.FP || c == a.s.First && r.Agr == lang.M {
		return false
	}
	if r.Agr == lang.M && lastRune(a.t.Word(c)) != 'ا' && !a.t.Tokens[c].Has(text.Tanwin) {
		return false
	}
	row := a.row(r)
	lim := a.limit(c)
	f := find{cue: text.Range{First: c, End: c + 1}, row: int(r.Row), pack: a.pack, reading: r, sentence: a.n, over: -1, rule: "participle"}
	f.negated = a.negated(c)
	op, _ := a.open(c, lim, row)
	if op.kind == openNone || op.crossed || op.kind == openNP && !op.prep && row.Frames&lang.NounP == 0 {
		return false
	}
	if op.at > c+12 {
		return false
	}
	f.source = a.mainSubject(c, r)
	return a.content(op, c, lim, row, &f)
}

// mainSubject is the subject of the verb that a word at c qualifies: the source
// of the find whose content ends right before it, else the subject of the verb
// that opens the sentence. A participle agrees with it.
func (a *arabic) mainSubject(c int, r lang.Reading) text.Range {
	var last text.Range
	for k := len(a.finds) - 1; k >= 0 && a.finds[k].sentence == a.n; k-- {
		f := &a.finds[k]
		if a.t.Inside[f.cue.First] != a.t.Inside[c] || f.rule == "according-to" || f.source.Len() > 0 && !a.qualifies(r, f.source.First) {
			continue
		}
		end := f.content[len(f.content)-1].End
		if end <= c && end >= c-2 || end < c && last.Len() == 0 {
			last = f.source
		}
	}
	if last.Len() > 0 {
		return last
	}
	if s := a.openingSubject(c); s.Len() > 0 && a.qualifies(r, s.First) {
		return s
	}
	return text.Range{}
}

// qualifies reports that a participle may belong to the noun at i.
func (a *arabic) qualifies(r lang.Reading, i int) bool {
	return r.Form != lang.Participle || a.agrees(i, r) || r.Agr == lang.MP && a.in(i, lang.Same)
}

// openingSubject is the subject of the first verb of the sentence, behind it or
// in front of it.
func (a *arabic) openingSubject(c int) text.Range {
	for i := a.s.First; i < c && i < a.s.First+14; i++ {
		if !a.finite(i) || a.any(i, lang.Of(lang.Prep, lang.Conj, lang.Comp)) || a.t.Inside[i] != a.t.Inside[c] || a.relativeAt(i) && !a.timeRelative(i) {
			continue
		}
		if r := a.nounPhrase(i+1, a.minimalNP(a.overAsides(i+1, c), c)); r.Len() > 0 && (a.any(r.First, speakers) || a.surname(r.First)) {
			return r
		}
		lo := a.s.First
		for lo < i && a.has(lo, lang.Conj) {
			lo += max(1, a.tags[lo].span)
		}
		if r := a.nounPhrase(lo, i); r.Len() > 0 && a.any(r.First, speakers) {
			return r
		}
		return text.Range{}
	}
	return text.Range{}
}

// timeRelative reports a verb behind a relative pronoun that belongs to a time
// (in the time in which): its subject is a subject of the sentence.
func (a *arabic) timeRelative(i int) bool {
	return a.has(i-2, lang.Time) || a.in(i-2, lang.Venue)
}

// participleCue reports an accusative participle of a reporting verb. Behind a
// preposition the form is a noun: في مذكرة.
func (a *arabic) participleCue(i int) bool {
	if !a.has(i, lang.Cue) || a.clitic(i, lang.The) || i > 0 && a.tags[i-1].set == lang.Of(lang.Prep) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && r.Form == lang.Participle && (r.Agr != lang.M || lastRune(a.t.Word(i)) == 'ا' || a.t.Tokens[i].Has(text.Tanwin)) {
			return true
		}
	}
	return false
}

// ownOpener reports a clause, quotation or preposition right behind a cue.
func (a *arabic) ownOpener(i, lim int) bool {
	if a.strongObject(i, lim) {
		return true
	}
	for k := i + 1; k < lim && k < i+7; k++ {
		if a.that(k) || a.opening(k) != nil || a.is(k, ':') {
			return true
		}
		for _, r := range a.readings(i) {
			if r.Class == lang.Cue && r.Form == lang.Participle && a.prepOf(k, a.row(r)) {
				return true
			}
		}
		if a.comma(k) || a.stop(k) {
			return false
		}
	}
	return false
}

// strongObject reports a participle that takes a direct object as what was
// said, and denies, condemns or demands it (نافيا وجود …).
func (a *arabic) strongObject(i, lim int) bool {
	for _, r := range a.readings(i) {
		if r.Class != lang.Cue || r.Form != lang.Participle || len(a.row(r).Preps) > 0 || a.row(r).Frames&(lang.NounP|lang.Weak) != lang.NounP {
			continue
		}
		switch a.row(r).Stance {
		case isnad.Deny, isnad.Condemn, isnad.Affirm, isnad.Announce:
			return i+1 < lim && a.word(i+1)
		}
	}
	return false
}
