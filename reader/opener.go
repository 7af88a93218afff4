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
func (a *arabic) open(c, lim int, row *lang.CueRow, r lang.Reading) (op, alt opener) {
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
				return a.object(c, i, row), alt
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

// openWord looks whether the word at i opens the content of the cue at c. It
// notes in op and alt where another cue stands in between.
func (a *arabic) openWord(c, i, end, lim int, row *lang.CueRow, op, alt *opener) (bool, opener) {
	switch {
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
	case a.has(i, lang.Prep) && !op.crossed && a.reported(c) && a.about(i) && a.rumoured(c-1, lim) == c-1 && i+1 < end && !a.that(i+1) && !(row.Frames&lang.RelayOf != 0 && a.thatAhead(i, end)):
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

// otherCue reports a cue between the one at c and its content.
func (a *arabic) otherCue(i, c, lim int) bool {
	if i > c && a.saying(i) {
		return true
	}
	return i > c+1 && a.finiteCue(i) && !a.relativeAt(i) && !a.describes(i) && !(a.maybeNoun(i) && !a.opensAtOnce(i, lim)) || a.participleCue(i) && a.ownOpener(i, lim) && !a.cognate(i-1) ||
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

// maybeNoun reports an unconjoined word that may be a verbal noun as well as a
// verb: قطع, رفع.
func (a *arabic) maybeNoun(i int) bool {
	if a.clitic(i, lang.And) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Form == lang.Masdar {
			return true
		}
	}
	return a.act(i) || a.homograph(i)
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

// takesObject reports that a verb whose preposition may be left out (أكد, أعلن)
// has a direct object before the preposition at token i.
func (a *arabic) takesObject(c, i int, row *lang.CueRow, op opener) bool {
	return op.kind == openNP && row.Frames&lang.Clause != 0 && row.Frames&lang.Person == 0 && a.optional(row) && a.objectStart(c, i) >= 0
}

func (a *arabic) optional(row *lang.CueRow) bool {
	return row.Stance == isnad.Affirm || row.Stance == isnad.Announce
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

// reported reports a verb behind ما: what it passes on is named by من أن or عن.
func (a *arabic) reported(c int) bool {
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

func (a *arabic) about(i int) bool { return a.tags[i].hash == fromHash || a.in(i, lang.About) }

// describes reports a verb with an object pronoun behind an indefinite noun,
// which it describes: a report that the channel showed.
func (a *arabic) describes(i int) bool {
	return a.suffixed(i) && a.word(i-1) && !a.clitic(i-1, lang.The) && !a.suffixed(i-1) && !a.finite(i-1)
}

// orObject is the object of a cue for which no clause was found, unless
// another cue stood in between.
func (a *arabic) orObject(op opener, c, end int, row *lang.CueRow) opener {
	if op.crossed {
		return opener{}
	}
	return a.object(c, end, row)
}

// asks reports an indirect question after a verb of asking.
func (a *arabic) asks(i int, row *lang.CueRow) bool {
	return row.Stance == isnad.Ask && (a.in(i, lang.Question) || a.has(i, lang.Rel) && a.in(i+1, lang.Question))
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
	return !a.in(i-1, lang.Subordinate) && !(a.has(i-1, lang.Prep) && !a.suffixed(i-1) && !a.prepOf(i-1, row) && !a.reported(c))
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

func first(w string) rune {
	for _, r := range w {
		if f := text.FoldRune(r); f != 0 {
			return f
		}
	}
	return 0
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

// object is the opener of a direct object that is what was said, where the row
// allows one and no clause was found: the first noun phrase behind the
// subject, up to token end.
func (a *arabic) object(c, end int, row *lang.CueRow) opener {
	if row.Frames&lang.NounP == 0 {
		return opener{}
	}
	if len(row.Preps) > 0 && row.Frames&lang.Clause == 0 && row.Frames&lang.Person == 0 {
		return opener{}
	}
	at := a.objectStart(c, end)
	if at < 0 {
		return opener{}
	}
	return opener{kind: openNP, at: at, head: at}
}

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

// participleCue reports an accusative participle of a reporting verb.
func (a *arabic) participleCue(i int) bool {
	if !a.has(i, lang.Cue) || a.clitic(i, lang.The) {
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

// relativeAt reports a verb that stands in a relative clause: behind الذي or
// ما, over a negation.
func (a *arabic) relativeAt(i int) bool {
	k := i - 1
	for k > a.s.First && (a.has(k, lang.Aux) || a.has(k, lang.Neg)) && !a.has(k, lang.Rel) {
		k--
	}
	return k >= a.s.First && a.has(k, lang.Rel)
}
