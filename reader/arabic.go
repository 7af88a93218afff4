package reader

import (
	"strings"

	"github.com/isnad/isnad"
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

// governed reports a word right behind a preposition, which is a noun there
// and no verb: على طلب.
func (a *arabic) governed(i int) bool {
	if a.endsAccording(i) {
		return false
	}
	return a.has(i-1, lang.Prep) && !a.any(i-1, lang.Of(lang.Rel, lang.Conj, lang.Time)) && !a.suffixed(i-1) && a.tags[i-1].span <= 1 && (!a.clitic(i, lang.And) || a.has(i, lang.Cue) && !a.comma(i-1))
}

// possessed reports that the word may be a verbal noun with a pronoun, which is
// what a finite reading with the same pronoun then is: رغبتهم, "their wish".
func (a *arabic) possessed(i int) bool {
	for _, r := range a.readings(i) {
		if r.Form == lang.Masdar && r.Clitic&lang.Suffix != 0 {
			return true
		}
	}
	return false
}

// marked reports that a word of a closed class is the verb after all: by its
// shadda (بيّن), or because a clause follows at once.
func (a *arabic) marked(i int) bool {
	return a.t.Tokens[i].Has(text.Shadda) || a.that(i+1) && a.clitic(i, lang.And) && !a.in(i, lang.Subordinate) && !a.has(i, lang.Aux)
}

// closed are the classes whose words are never taken for a cue that happens to
// share their letters: عبر, بين, هناك.
var closed = lang.Of(lang.Prep, lang.Conj, lang.Comp, lang.Dem, lang.Place, lang.Pron, lang.Aux)

// spelled checks a reading against what folding hides: no finite verb carries
// an article or a preposition, and a feminine participle ends in ة.
func (a *arabic) spelled(i int, r lang.Reading) bool {
	clitic := a.tags[i].clitic
	switch {
	case r.Clitic&lang.Suffix != 0 && r.Suffix == lang.M && a.t.Tokens[i].Has(text.EndsTa):
		return false
	case r.Agr == lang.Dual && a.cognate(i):
		return false
	case r.Class == lang.Cue && a.t.Tokens[i].Has(text.EndsMaqsura) && strings.HasSuffix(a.row(r).Lemma, "ي"):
		return false // رأى is no رأي
	case finiteForm(r):
		return (clitic&^r.Clitic)&(lang.The|lang.With|lang.To) == 0
	case r.Form == lang.Participle:
		return clitic&(lang.The|lang.With|lang.To) == 0 && (r.Agr != lang.F || a.t.Tokens[i].Has(text.EndsTa))
	}
	return true
}

func (a *arabic) row(r lang.Reading) *lang.CueRow { return &a.pack.Cues[r.Row] }

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

// that reports a complementizer. ان may also stand for إن (if) at the start of
// a clause; after a cue it is taken for the complementizer.
func (a *arabic) that(i int) bool { return a.in(i, lang.That) }

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
	op, alt := a.open(c, lim, row, r)
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

// innerTeller is the inner teller of a relay that no قوله names: A passed on
// from B that X. The first token of the range is عن, its cue.
func (a *arabic) innerTeller(c int, op opener, row *lang.CueRow) text.Range {
	if row.Frames&lang.RelayOf == 0 || op.kind == openNP {
		return text.Range{}
	}
	from := a.relayed(c+1, op.head)
	if from >= op.head || !a.has(from, lang.Prep) || a.in(op.head-1, lang.SelfWord) || a.in(op.head-2, lang.SelfWord) {
		return text.Range{}
	}
	r := a.speaker(from+1, op.head)
	if r.Len() == 0 || !a.any(r.First, speakers) && !a.named(r.First) {
		return text.Range{}
	}
	return text.Range{First: from, End: r.End}
}

// fileInner files the inner teller of a relay, who has the content of the outer.
func (a *arabic) fileInner(inner text.Range, op opener, c, lim int, row *lang.CueRow, outer *find) {
	g := *outer
	g.cue = text.Range{First: inner.First, End: inner.First + 1}
	g.source = text.Range{First: inner.First + 1, End: inner.End}
	g.row, g.rule = -1, "relay"
	g.relative = text.Range{}
	a.content(op, c, lim, row, &g)
}

// plausible rules out openings that a verb of this row hardly has.
func (a *arabic) plausible(c int, row *lang.CueRow, op opener) bool {
	if op.kind == openNP {
		if row.Frames&lang.Person != 0 && a.passiveForm(c) {
			return false
		}
		return !a.misspelt(c) && a.takesNP(c, row, op)
	}
	if row.Frames&lang.Weak == 0 && !a.homograph(c) {
		return true
	}
	if op.kind == openQuote && !op.prep && len(row.Preps) > 0 && row.Frames&lang.Quoted == 0 {
		return false
	}
	return op.head <= c+8 || a.initial(c)
}

// passiveForm reports a verb whose letters are those of the passive (دُعي, was
// invited).
func (a *arabic) passiveForm(c int) bool {
	for _, r := range a.readings(c) {
		if r.Class == lang.Cue && (r.Form == lang.PassivePerfect || r.Form == lang.PassiveImperfect) && !a.t.Tokens[c].Has(text.EndsMaqsura) {
			return true
		}
	}
	return false
}

// narrator reports يذكر أن and the like at the start of a sentence: the text's
// own voice recalls something, and nobody is quoted.
func (a *arabic) narrator(c int) bool {
	return c == a.s.First && a.in(c, lang.Narrator)
}

// homograph reports a cue that may as well be another word.
func (a *arabic) homograph(c int) bool {
	return a.tags[c].set&^lang.Of(lang.Cue, lang.Verb) != 0 && !a.initial(c) || a.misspelt(c)
}

// initial reports a conjoined verb that opens its sentence, where Arabic has
// its verbs.
func (a *arabic) initial(c int) bool {
	return a.lead(c) || a.clitic(c, lang.And) && (a.comma(c-1) || a.t.Inside[c-1] != a.t.Inside[c])
}

// lead reports the first word of a sentence, behind a dateline (بورتافيل 3-2
// (و س)-) where there is one.
func (a *arabic) lead(c int) bool {
	if c == a.s.First {
		return true
	}
	if !a.is(c-1, '-') && !a.is(c-1, '–') || c > a.s.First+14 {
		return false
	}
	return c < a.s.First+5 || a.is(c-2, ')')
}

// misspelt reports a verb whose lemma ends in ى but which is written with ي:
// نادي may be نادى or a club.
func (a *arabic) misspelt(c int) bool {
	if !a.t.Tokens[c].Has(text.EndsYa) {
		return false
	}
	for _, r := range a.readings(c) {
		if r.Class == lang.Cue && r.Form == lang.Perfect && r.Agr == lang.M && strings.HasSuffix(a.row(r).Lemma, "ى") {
			return true
		}
	}
	return false
}

// takesNP decides whether a noun phrase behind the cue is something said.
func (a *arabic) takesNP(c int, row *lang.CueRow, op opener) bool {
	return row.Frames&lang.NounP != 0 && (op.prep || len(row.Preps) == 0 || row.Frames&lang.Clause != 0)
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
	op, _ := a.open(c, lim, row, r)
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

func lastRune(w string) rune {
	last := rune(0)
	for _, r := range w {
		if text.FoldRune(r) != 0 {
			last = r
		}
	}
	return last
}

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
		end := a.phraseEnd(at, lim, c)
		f.content = a.keep(a.clip(text.Range{First: at, End: end}))
		f.kind = a.quoteKind(f.content[0])
		f.rule += "-np"
	}
	return a.file(f)
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
