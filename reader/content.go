package reader

import (
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// content sets the content of a find from its opener and files it. Coordinated
// complements (that X and that Y) are filed as finds of their own.
func (a *arabic) content(op opener, c, lim int, row *lang.CueRow, f *find) bool {
	f.homograph = a.homograph(c)
	f.prep, f.distance, f.crossed, f.opener = op.prep, op.head-c, op.crossed, op.kind
	switch op.kind {
	case openQuote:
		q := a.opening(op.at)
		f.kind = isnad.Direct
		f.content = a.quoted(q)
		if op.prep {
			f.rule += "-np"
		}
	case openThat, openColon, openBare:
		end := a.clauseEnd(op.at, lim, c)
		for _, r := range a.coordinated(text.Range{First: op.at, End: end}) {
			g := *f
			g.content = a.keep(r)
			g.kind = a.quoteKind(r)
			a.file(&g)
		}
		return true
	default:
		at := op.at
		if row.Polarity == isnad.Denies {
			at = a.rumoured(at, lim)
		}
		end := a.phraseEnd(at, lim)
		f.content = a.keep(a.clip(text.Range{First: at, End: end}))
		f.kind = a.quoteKind(f.content[0])
		f.rule += "-np"
	}
	return a.file(f)
}

// inForm reports a word that may be a verb in the given form.
func (a *arabic) inForm(i int, form lang.Form) bool {
	if !a.word(i) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Form == form && (r.Class == lang.Verb || r.Class == lang.Cue) {
			return true
		}
	}
	return false
}

// closes reports that nothing of the clause follows behind the according-to
// phrase at i.
func (a *arabic) closes(i, lim int) bool {
	_, n := a.accordingPhrase(i)
	if a.clausal(i + n - 1) {
		return true
	}
	r := a.speaker(i+n, a.tellerEnd(i+n, lim))
	k := a.overAsides(r.End, lim)
	return r.Len() == 0 || k >= lim || !a.word(k)
}

// interposed gives the comma behind an according-to phrase that stands between
// two, where the clause goes on; i if the comma there opens none.
func (a *arabic) interposed(i, lim int) int {
	if !a.comma(i) || !a.accordingAt(i+1) {
		return i
	}
	_, n := a.accordingPhrase(i + 1)
	k := a.tellerEnd(i+1+n, lim)
	if !a.comma(k) || k+1 >= lim || a.turns(k+1, lim) || a.clitic(k+1, lang.And) || a.participleCue(k+1) {
		return i
	}
	return k
}

// otherHe reports a contrast whose pronoun cannot mean the speaker of the cue
// at c: he said that Moscow had not asked, but *she* …
func (a *arabic) otherHe(i, c int) bool {
	if !a.butHe(i) || a.newCue(i+1, len(a.t.Tokens)) {
		return false
	}
	k := i
	if !a.in(i, lang.But) {
		k++
	}
	feminine := strings.HasSuffix(a.t.Word(k), "ها")
	for _, r := range a.readings(c) {
		if r.Class == lang.Cue && finiteForm(r) {
			return feminine != (r.Agr == lang.F)
		}
	}
	return false
}

// turnsInline reports a return to the outer voice without a comma: a participle
// with its own content, or و with a verb that goes on with the speaker.
func (a *arabic) turnsInline(i, lim int) bool {
	if a.participleCue(i) {
		return a.opensClauseAt(i+1, lim)
	}
	if a.in(i, lang.Outer) && a.has(i+1, lang.Rel) || (a.in(i, lang.Contrast) || a.in(i, lang.But)) && a.cueWithin(i+1, min(lim, i+4), lim) {
		return true
	}
	return a.finiteCue(i) && a.clitic(i, lang.And) && (a.continues(i) && a.reportsSoon(i, lim) || a.suffixed(i) && a.addresses(i, lim))
}

// opensClauseAt reports a clause or quotation at token k or behind a
// preposition there.
func (a *arabic) opensClauseAt(k, lim int) bool {
	if a.has(k, lang.Prep) {
		k++
	}
	return k < lim && (a.that(k) || a.is(k, ':') || a.opening(k) != nil)
}

// phraseEnd is the token after a noun phrase that was said: the clause's end,
// or a comma that no coordinated phrase follows.
func (a *arabic) phraseEnd(from, lim int) int {
	i, verb := from, false
	for i < lim {
		switch {
		case a.word(i):
			if i > from && (!verb && a.mainVerb(i) || a.outerClause(i)) {
				return i
			}
			verb = verb || a.that(i) || a.finite(i) && !a.clitic(i, lang.And)
			if i > from && (a.participleCue(i) && lastRune(a.t.Word(i)) != 'ة' && a.ownOpener(i, lim) || a.accordingAt(i) || a.saying(i) || !verb && a.secondVerb(i) || a.whereCue(i) || a.turnsInline(i, lim) || a.contrast(i)) {
				return i
			}
		case a.mark(i):
			if q := a.opening(i); q != nil && q.Close < lim {
				i = q.Close
			}
		case a.is(i, '('):
			i = a.closeParen(i, lim)
		case a.comma(i) || a.is(i, '؛') || a.is(i, ';'):
			if a.turns(i+1, lim) || a.accordingAt(i+1) || !a.goesOn(i+1, lim) {
				return i
			}
		}
		i++
	}
	return lim
}

// outerClause reports a conjoined pronoun or negated verb, or فإن: a clause that
// does not belong to the noun phrase in front of it.
func (a *arabic) outerClause(i int) bool {
	f := first(a.t.Word(i))
	return f == 'و' && (a.has(i, lang.Pron) && !a.suffixed(i) || a.has(i, lang.Neg) && a.finite(i+1)) || f == 'ف' && a.that(i)
}

// mainVerb reports a verb right behind a noun with article, which it cannot
// describe without الذي: the noun phrase is over, and the clause around it goes on.
func (a *arabic) mainVerb(i int) bool {
	return a.finite(i) && a.tags[i].set&^lang.Of(lang.Verb, lang.Cue) == 0 && a.tags[i].clitic&^maybeAnd == 0 && a.clitic(i-1, lang.The) && !a.any(i-1, lang.Of(lang.Rel, lang.Time, lang.Conj)) && !a.act(i)
}

// whereCue reports حيث before an impersonal cue, which is the outer voice:
// denied any part, *as it was announced*.
func (a *arabic) whereCue(i int) bool {
	return a.tags[i].hash == whereHash && i+1 < a.s.End && (a.in(i+1, lang.Happen) && a.has(i+2, lang.Cue) || a.tags[i+1].phrase != nil && a.tags[i+1].phrase.Reading.Class == lang.Cue)
}

var whereHash = text.Hash("حيث")

// contrast reports a conjunction behind which another clause stands against the
// one before it: but, while, although.
func (a *arabic) contrast(i int) bool {
	if !a.has(i, lang.Conj) || a.paired(i) {
		return false
	}
	return a.in(i, lang.But) || a.in(i, lang.Shift) && !a.has(i, lang.Prep) || a.tags[i].span > 1 && !a.in(i, lang.Aside) && !a.has(i, lang.Neg) && a.tags[i].hash != toHash
}

// paired reports the second of two phrases that go together: the one *on one
// side* and the other *on the other*.
func (a *arabic) paired(i int) bool {
	for k := i - 2; a.tags[i].span > 1 && k >= a.s.First && k > i-30; k-- {
		if a.t.Tokens[k].Hash == a.t.Tokens[i].Hash && a.t.Tokens[k+1].Hash == a.t.Tokens[i+1].Hash {
			return true
		}
	}
	return false
}

// secondVerb reports a conjoined verb, which goes on from the verb of speaking and
// not from the noun phrase that it stands behind: … and threatened.
func (a *arabic) secondVerb(i int) bool {
	return a.clitic(i, lang.And) && a.finite(i) && a.tags[i].set&^lang.Of(lang.Verb, lang.Cue) == 0 && (first(a.t.Word(i)) == 'ف' || !a.in(i, lang.Act))
}

// goesOn reports that a noun phrase goes on behind a comma: a coordinated noun
// or a further description, not a new clause.
func (a *arabic) goesOn(i, lim int) bool {
	if i >= lim {
		return false
	}
	if a.has(i, lang.Rel) {
		return true
	}
	if !a.clitic(i, lang.And) && a.tags[i].clitic != maybeAnd {
		return a.has(i, lang.Prep)
	}
	return !a.finite(i) && !a.any(i, lang.Of(lang.Aux, lang.Dem))
}

// coordinated cuts a reported clause at the complementizers that coordinate
// further clauses (… وأن …), each a statement of its own.
func (a *arabic) coordinated(r text.Range) []text.Range {
	var out []text.Range
	from := r.First
	for i := r.First; i < r.End; i++ {
		if q := a.opening(i); q != nil && q.Close < r.End {
			i = q.Close
			continue
		}
		if i > from+2 && a.that(i) && first(a.t.Word(i)) == 'و' && i+2 < r.End {
			out = append(out, a.clip(text.Range{First: from, End: i}))
			from = a.afterThat(i)
		}
	}
	return append(out, a.clip(text.Range{First: from, End: r.End}))
}

// rumoured passes over what only says that something is told by nobody in
// particular, for a denial of which the rumour itself is the content: denied
// *what some media carried about* a deal. at is the first token behind the verb.
func (a *arabic) rumoured(at, lim int) int {
	if !a.in(at, lang.Which) || !a.finiteCue(at+1) {
		return at
	}
	for k := at + 2; k+1 < lim && k < at+14 && !a.that(k) && !a.comma(k) && a.opening(k) == nil; k++ {
		if a.has(k, lang.Prep) && a.about(k) && !a.suffixed(k) && !a.that(k+1) {
			if k == at+2 || a.tags[at+2].hash == someHash || a.has(at+2, lang.Unnamed) && !a.in(at+2, lang.Same) {
				return k + 1
			}
			return at
		}
	}
	return at
}

var someHash = text.Hash("بعض")

// quoteKind is mixed where a range has a quotation in it, direct where it is
// one.
func (d *doc) quoteKind(r text.Range) isnad.Kind {
	for i := r.First; i < r.End; i++ {
		if q := d.opening(i); q != nil {
			if i == r.First && q.Close >= r.End-1 {
				return isnad.Direct
			}
			return isnad.Mixed
		}
	}
	return isnad.Indirect
}

// quoted is the content of a quotation with the paragraphs that continue it.
func (d *doc) quoted(q *text.Quotation) []text.Range {
	var out []text.Range
	for n := 0; n < maxParagraphs; n++ {
		r := text.Range{First: q.Open + 1, End: q.Close}
		if r.Len() > 0 {
			out = append(out, r)
		}
		if q.Next < 0 {
			break
		}
		q = &d.t.Quotations[q.Next]
	}
	return out
}

// maxParagraphs bounds a quotation that goes on over paragraphs.
const maxParagraphs = 64

// file keeps a find whose content holds a word.
func (d *doc) file(f *find) bool {
	kept := f.content[:0]
	for _, r := range f.content {
		for i := r.First; i < r.End; i++ {
			if d.word(i) {
				kept = append(kept, r)
				break
			}
		}
	}
	f.content = kept
	if len(kept) == 0 {
		return false
	}
	d.finds = append(d.finds, *f)
	return true
}
