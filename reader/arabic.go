package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// arabic reads one Arabic sentence.
type arabic struct {
	*doc
	s text.Range
	n int
	// parens is the token after the last closing parenthesis of the sentence,
	// or its first token.
	parens int
}

func (a *arabic) read() {
	for a.parens = a.s.End; a.parens > a.s.First && !a.is(a.parens-1, ')'); a.parens-- {
	}
	first := len(a.finds)
	for i := a.s.First; i < a.s.End; i++ {
		tg := &a.tags[i]
		if tg.phrase != nil && tg.phrase.Reading.Class == lang.Cue && a.phraseCue(i, tg) {
			i += tg.span - 1
			continue
		}
		if tg.set.Has(lang.Cue) {
			a.cue(i, tg)
		}
	}
	a.colon(first)
}

// cue tries the readings of a cue word until one frame fits.
func (a *arabic) cue(i int, tg *tag) bool {
	if tg.groups.Has(lang.That) || tg.set.Any(closed) && !a.marked(i) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class != lang.Cue || !a.spelled(i, r) || finiteForm(r) && r.Clitic&lang.Suffix != 0 && a.possessed(i) && !(a.initial(i) && a.row(r).Frames&lang.Person != 0) {
			continue
		}
		ok := false
		switch r.Form {
		case lang.Perfect, lang.Imperfect, lang.Short, lang.PassivePerfect, lang.PassiveImperfect:
			ok = !a.governed(i) && a.verb(i, r)
		case lang.Participle:
			ok = a.participle(i, r)
		case lang.Masdar:
			ok = a.noun(i, r)
		}
		if ok {
			return true
		}
	}
	return false
}

// governed reports a word right behind a preposition or عدم, which is a noun
// there and no verb: على طلب, عدم ذكر اسمه.
func (a *arabic) governed(i int) bool {
	switch {
	case a.endsAccording(i):
		return false
	case i > a.s.First && a.tags[i-1].hash == lackHash:
		return true
	}
	return a.has(i-1, lang.Prep) && !a.any(i-1, lang.Of(lang.Rel, lang.Conj, lang.Time)) && !a.suffixed(i-1) && a.tags[i-1].span <= 1 && (!a.clitic(i, lang.And) || a.has(i, lang.Cue) && !a.comma(i-1))
}

var lackHash = text.Hash("عدم")

// marked reports that a word of a closed class is the verb after all: by its
// shadda (بيّن), or because a clause follows at once.
func (a *arabic) marked(i int) bool {
	return a.t.Tokens[i].Has(text.Shadda) || a.that(i+1) && a.clitic(i, lang.And) && !a.in(i, lang.Subordinate) && !a.has(i, lang.Aux)
}

// closed are the classes whose words are never taken for a cue that happens to
// share their letters: عبر, بين, هناك.
var closed = lang.Of(lang.Prep, lang.Conj, lang.Comp, lang.Dem, lang.Place, lang.Pron, lang.Aux)

func (a *arabic) row(r lang.Reading) *lang.CueRow { return &a.pack.Cues[r.Row] }

// that reports a complementizer. ان may also stand for إن (if) at the start of
// a clause; after a cue it is taken for the complementizer.
func (a *arabic) that(i int) bool { return a.in(i, lang.That) }

// limit is the token after the last one that a phrase beginning at i may hold:
// the end of the quotation or of the parentheses it stands in, or of the
// sentence.
func (a *arabic) limit(i int) int {
	lim := a.s.End
	if q := a.around(i); q != nil && q.Close < lim {
		lim = q.Close
	}
	if i >= a.parens {
		return lim
	}
	depth := 0
	for k := i; k < lim; k++ {
		switch {
		case a.word(k):
		case a.is(k, '('):
			depth++
		case a.is(k, ')'):
			if depth--; depth < 0 {
				return k
			}
		}
	}
	return lim
}

// verb tries the frames of a finite verb.
func (a *arabic) verb(c int, r lang.Reading) bool {
	row := a.row(r)
	lim := a.limit(c)
	f := find{cue: text.Range{First: c, End: c + 1}, row: int(r.Row), pack: a.pack, reading: r, sentence: a.n, over: -1, rule: "verb"}
	f.negated = a.negated(c)
	f.impersonal = a.passive(c, r)
	if a.accordingVerb(c, row, &f, lim) {
		return true
	}
	if a.narrator(c) {
		return false
	}
	op, alt := a.open(c, lim, row)
	ok := false
	for _, o := range []opener{op, alt} {
		if o.kind != openNone && a.plausible(c, row, o) {
			g := f
			a.subject(c, o, row, &g)
			inner := a.innerTeller(c, o, row)
			g.relays = inner.Len() > 0 || row.Frames&lang.RelayOf != 0 && a.in(o.head-1, lang.SelfWord)
			ok = a.content(o, c, lim, row, &g) || ok
			if inner.Len() > 0 {
				a.fileInner(inner, o, c, lim, row, &g)
			}
		}
	}
	return ok || op.kind == openNone && row.Frames&lang.Quoted != 0 && a.quoteBefore(c, lim, &f)
}

// plausible rules out openings that a verb of this row hardly has.
func (a *arabic) plausible(c int, row *lang.CueRow, op opener) bool {
	if op.kind == openNP {
		if row.Frames&lang.Person != 0 && a.passiveForm(c) {
			return false
		}
		return !a.misspelt(c) && a.takesNP(row, op)
	}
	if row.Frames&lang.Weak == 0 && !a.homograph(c) {
		return true
	}
	if op.kind == openQuote && !op.prep && len(row.Preps) > 0 && row.Frames&lang.Quoted == 0 {
		return false
	}
	return op.head <= c+8 || a.initial(c)
}

// takesNP decides whether a noun phrase behind the cue is something said.
func (a *arabic) takesNP(row *lang.CueRow, op opener) bool {
	return row.Frames&lang.NounP != 0 && (op.prep || len(row.Preps) == 0 || row.Frames&lang.Clause != 0)
}

// narrator reports يذكر أن and the like at the start of a sentence: the text's
// own voice recalls something, and nobody is quoted.
func (a *arabic) narrator(c int) bool {
	return c == a.s.First && a.in(c, lang.Narrator)
}

// passive reports a verb without an agent: by its letters (قيل), by its first
// vowel mark (أُعلن), or by a doer that is named nowhere.
func (a *arabic) passive(c int, r lang.Reading) bool {
	return r.Form == lang.PassivePerfect && !a.t.Tokens[c].Has(text.EndsMaqsura) || r.Form == lang.PassiveImperfect || a.t.Tokens[c].Has(text.Damma) && r.Form == lang.Perfect
}

// negated looks for a negation in front of the verb, over قد and the like.
func (a *arabic) negated(c int) bool {
	k := c - 1
	for k >= a.s.First && a.any(k, lang.Of(lang.Aux)) && !a.has(k, lang.Neg) && k > c-3 {
		k--
	}
	return k >= a.s.First && a.has(k, lang.Neg) && !a.has(k, lang.Rel) && !a.has(k, lang.Comp)
}
