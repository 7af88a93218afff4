package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// clauseEnd is the token after a reported clause that begins at token from,
// for the cue at c: the end of the sentence or of the enclosing quotation,
// unless the outer voice comes back before.
func (a *arabic) clauseEnd(from, lim, c int) int {
	i := from
	for i < lim {
		switch {
		case a.opening(i) != nil:
			if q := a.opening(i); q.Close < lim {
				i = q.Close
			}
		case a.is(i, '('):
			i = a.closeParen(i, lim)
		case a.comma(i) || a.is(i, '؛') || a.is(i, ';'):
			if a.turns(i+1, lim) || a.accordingAt(i+1) {
				return i
			}
		case a.is(i, '-') || a.is(i, '–'):
			if a.t.Tokens[i].Has(text.Spaced) && a.turns(i+1, lim) {
				return i
			}
		case i > from && a.accordingAt(i), a.stop(i) && a.tags[i].last:
			return i
		case i > from+1 && a.turnsInline(i, lim):
			return i
		}
		i++
	}
	return lim
}

// turnsInline reports a return to the outer voice without a comma: a participle
// with its own content, or و with a verb that goes on with the speaker.
func (a *arabic) turnsInline(i, lim int) bool {
	if a.participleCue(i) {
		return a.ownOpener(i, lim)
	}
	return a.finiteCue(i) && a.clitic(i, lang.And) && a.continues(i) && a.reportsSoon(i, lim)
}

// phraseEnd is the token after a noun phrase that was said: the clause's end,
// or a comma that no coordinated phrase follows.
func (a *arabic) phraseEnd(from, lim, c int) int {
	i := from
	for i < lim {
		switch {
		case a.opening(i) != nil:
			if q := a.opening(i); q.Close < lim {
				i = q.Close
			}
		case a.is(i, '('):
			i = a.closeParen(i, lim)
		case a.comma(i) || a.is(i, '؛') || a.is(i, ';'):
			if a.turns(i+1, lim) || a.accordingAt(i+1) || !a.goesOn(i+1, lim) {
				return i
			}
		case i > from && (a.accordingAt(i) || a.turnsInline(i, lim)):
			return i
		case i > from && a.has(i, lang.Conj) && a.in(i, lang.Shift) && !a.has(i, lang.Prep):
			return i
		}
		i++
	}
	return lim
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
	return !a.finite(i) && !a.has(i, lang.Aux)
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
