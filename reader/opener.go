package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// openKind is how a content begins.
type openKind uint8

const (
	openNone  openKind = iota
	openThat           // أن, إن
	openQuote          // a quotation
	openColon          // a colon
	openBare           // nothing: the clause itself
	openNP             // a noun phrase, after the cue's preposition or as object
)

// opener is where the content of a cue begins.
type opener struct {
	kind openKind
	at   int  // first token of the content
	head int  // first token of what introduces it: preposition, colon
	prep bool // a preposition of the cue's row introduces it
	// crossed: another cue stands between the first one and the content
	crossed bool
}

// maxSubject bounds the tokens between a verb and its content.
const maxSubject = 60

// open finds where the content of the cue at c begins, looking over the
// subject and adverbials in between. Where another cue stands before the
// opening, alt is the object that the first may have instead.
func (a *arabic) open(c, lim int, row *lang.CueRow) (op, alt opener) {
	commas := 0
	end := min(lim, c+1+maxSubject)
	for i := c + 1; i < end; i++ {
		if a.word(i) {
			done, result := a.openWord(c, i, end, lim, row, &op, &alt)
			if done {
				return result, alt
			}
			continue
		}
		switch {
		case a.mark(i):
			q := a.opening(i)
			if q == nil {
				continue
			}
			if a.nameQuote(q, c, lim) {
				i = q.Close
				continue
			}
			if row.Frames&(lang.Quoted|lang.Clause) == 0 {
				return a.quotedObject(c, i, row), alt
			}
			op.kind, op.at, op.head = openQuote, i, i
			return op, alt
		case a.is(i, ':'):
			return a.openColon(i, lim, op), alt
		case a.is(i, '('):
			i = a.closeParen(i, lim)
		case a.comma(i) && a.parenthesis(i, end) > i:
			i = a.parenthesis(i, end)
		case a.comma(i):
			if commas++; commas > 3 || a.turns(i+1, lim) {
				return a.orObject(op, c, i, row), alt
			}
		case a.stop(i):
			return a.orObject(op, c, i, row), alt
		}
	}
	return a.orObject(op, c, end, row), alt
}

// quotedObject is the object of a verb that introduces no quotation: one in front
// of the quotation mark at i, or what is quoted as somebody's words for a thing:
// condemned «an act of …».
func (a *arabic) quotedObject(c, i int, row *lang.CueRow) opener {
	op := a.object(c, i, row)
	if op.kind == openNone && row.Frames&lang.NounP != 0 && len(row.Preps) == 0 {
		op.kind, op.at, op.head = openNP, i, i
	}
	return op
}

// openWord looks whether the word at i opens the content of the cue at c. It
// notes in op and alt where another cue stands in between.
func (a *arabic) openWord(c, i, end, lim int, row *lang.CueRow, op, alt *opener) (bool, opener) {
	switch {
	case a.that(i) && first(a.t.Word(i)) == 'ف': // the main clause behind إذا or أما
		return true, a.orObject(*op, c, i, row)
	case a.that(i) && a.ownerOf(i, c, row) > 0:
		op.kind, op.at = openNP, a.ownerOf(i, c, row)
		op.head = op.at
		return true, *op
	case a.that(i) && a.opensClause(i, c, row):
		if first(a.t.Word(i)) == 'و' {
			return true, *op
		}
		op.kind, op.at, op.head = openThat, a.afterThat(i), i
		return true, *op
	case a.asks(i, row):
		op.kind, op.at, op.head = openThat, i, i
		return true, *op
	case a.prepOf(i, row) && !op.crossed && !a.roleOf(i) && !a.spelledSo(i, end):
		if found, ok := a.behindPrep(i, lim, row); ok && !a.takesObject(c, i, row, found) {
			return true, found
		}
	case a.has(i, lang.Prep) && !op.crossed && a.behindWhich(c) && a.about(i) && a.rumoured(c-1, lim) == c-1 && i+1 < end && !a.that(i+1) && !(row.Frames&lang.RelayOf != 0 && a.thatAhead(i, end)):
		op.kind, op.at, op.head, op.prep = openNP, i+1, i, true
		return true, *op
	case a.otherCue(i, c, lim):
		if row.Frames&lang.RelayOf == 0 && !op.crossed {
			*alt = a.object(c, i, row)
			op.crossed = true
		}
	}
	return false, opener{}
}

// openColon is the opener of a content behind the colon at i, which may begin
// in the next paragraph with a quotation.
func (a *arabic) openColon(i, lim int, op opener) opener {
	op.kind, op.at, op.head = openColon, i+1, i
	if i+1 < len(a.t.Tokens) && a.opening(i+1) != nil {
		op.kind = openQuote
	} else if i+1 >= lim {
		op.kind = openNone
	}
	return op
}

// opensClause: أن and its kin, unless the word before makes them open another
// kind of clause: before that, without that, except that.
func (a *arabic) opensClause(i, c int, row *lang.CueRow) bool {
	if a.clitic(i, lang.To) {
		return false
	}
	if i == c+1 {
		return true
	}
	if row.Type == lang.NounCue && a.has(i-1, lang.Prep) {
		return true
	}
	return (!a.in(i-1, lang.Subordinate) || a.has(i-1, lang.Dem) && first(a.t.Word(i)) == 'ب') && !(a.has(i-1, lang.Prep) && !a.suffixed(i-1) && !a.prepOf(i-1, row) && !a.behindWhich(c))
}

// ownerOf is the noun between the cue at c and the complementizer at i that has
// the clause for its own and with it is what was said: denied *the charge that*,
// confirms *the existence of a plan that*; 0 if there is none.
func (a *arabic) ownerOf(i, c int, row *lang.CueRow) int {
	if row.Frames&lang.NounP == 0 || len(row.Preps) > 0 && !a.optional(row) {
		return 0
	}
	if a.act(c+1) && !a.any(c+1, speakers) && c+1 < i {
		return c + 1
	}
	if row.Polarity != isnad.Denies && row.Stance != isnad.Condemn {
		return 0
	}
	for k := i - 1; k > c && k > i-8; k-- {
		if a.reported(k) && (k == c+1 || a.objectStart(c, i) == k) {
			return k
		}
	}
	return 0
}

// reported reports a noun that names what others said: charges, claims, rumours.
func (a *arabic) reported(i int) bool {
	if a.clitic(i, lang.With|lang.To) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && (r.Form == lang.Masdar || a.row(r).Type != lang.VerbCue && a.row(r).Type != lang.AccPhrase) {
			return true
		}
	}
	return a.tags[i].phrase != nil && a.tags[i].phrase.Reading.Class == lang.Cue
}

// asks reports an indirect question after a verb of asking.
func (a *arabic) asks(i int, row *lang.CueRow) bool {
	return row.Stance == isnad.Ask && (a.in(i, lang.Question) || a.has(i, lang.Rel) && a.in(i+1, lang.Question))
}

// afterThat drops a bare complementizer; one that carries a pronoun stays in
// the content, as its subject.
func (a *arabic) afterThat(i int) int {
	if a.bareThat(i) {
		return i + 1
	}
	return i
}

func (d *doc) bareThat(i int) bool {
	var buf [6]rune
	n := folded(d.t.Word(i), buf[:])
	return n <= 3 || n == 4 && buf[0] == 'و'
}

// nameQuote reports a quotation that is part of a name or a single stressed
// word: short, and the clause goes on behind it.
func (a *arabic) nameQuote(q *text.Quotation, c, lim int) bool {
	words, clause := 0, false
	for i := q.Open + 1; i < q.Close; i++ {
		if a.word(i) {
			words++
			clause = clause || a.has(i, lang.Neg) || a.that(i)
		}
	}
	if words > 5 || !q.Closed || q.Close+1 >= lim {
		return false
	}
	next := q.Close + 1
	if a.stop(next) || a.opening(next) != nil {
		return false
	}
	if q.Open == c+1 || a.is(q.Open-1, ':') || words > 2 && a.overAsides(c+1, q.Open) >= q.Open {
		return words <= 3 && !a.comma(next)
	}
	return words < 3 || !(clause && (a.comma(next) || a.clitic(next, lang.And)) || a.comma(next) && a.turns(next+1, lim))
}

// closeParen gives the token that closes the parenthesis at i.
func (d *doc) closeParen(i, lim int) int {
	for k := i + 1; k < lim && k < i+40; k++ {
		if d.is(k, ')') {
			return k
		}
	}
	return i
}

// parenthesis gives the comma that closes a clause which describes the speaker
// (, who asked not to be named,), for the comma at i that opens it; i if none.
func (a *arabic) parenthesis(i, end int) int {
	k := i + 1
	if a.has(k, lang.Neg) {
		k++
	}
	if !a.finite(k) && !a.has(i+1, lang.Rel) && !a.apposes(i+1, end) || a.clitic(i+1, lang.And) && !a.has(i+1, lang.Pron) {
		return i
	}
	for k++; k < end && k < i+16; k++ {
		if a.that(k) || a.stop(k) || a.mark(k) {
			return i
		}
		if a.comma(k) {
			return k
		}
	}
	return i
}

// behindWhich reports a verb behind ما: what it passes on is named by من أن or عن.
func (a *arabic) behindWhich(c int) bool {
	return a.in(c-1, lang.Which)
}

// thatAhead reports a clause further on in the same stretch.
func (a *arabic) thatAhead(i, end int) bool {
	for k := i; k < end && !a.comma(k) && !a.stop(k); k++ {
		if a.that(k) {
			return true
		}
	}
	return false
}

// orObject is the object of a cue for which no clause was found, unless
// another cue stood in between.
func (a *arabic) orObject(op opener, c, end int, row *lang.CueRow) opener {
	if op.crossed || a.behindWhich(c) && a.suffixed(c) { // ما تداولته: the object is the pronoun
		return opener{}
	}
	return a.object(c, end, row)
}

// takesObject reports that a verb whose preposition may be left out (أكد, أعلن)
// has a direct object before the preposition at token i.
func (a *arabic) takesObject(c, i int, row *lang.CueRow, op opener) bool {
	if op.kind != openNP || row.Frames&lang.Clause == 0 || row.Frames&lang.Person != 0 || !a.optional(row) {
		return false
	}
	k := a.objectStart(c, i)
	return k >= 0 && !a.relativeAt(k-1)
}

func (a *arabic) optional(row *lang.CueRow) bool {
	return row.Stance == isnad.Affirm || row.Stance == isnad.Announce
}

// describesNoun reports a verb with an object pronoun behind an indefinite noun,
// which it describes: a report that the channel showed.
func (a *arabic) describesNoun(i int) bool {
	return a.suffixed(i) && a.word(i-1) && !a.clitic(i-1, lang.The) && !a.suffixed(i-1) && !a.finite(i-1)
}
