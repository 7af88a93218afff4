package reader

import (
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// speakers are the classes that can head the noun phrase of a speaker.
var speakers = lang.Of(lang.Title, lang.Kin, lang.Org, lang.OutletHead, lang.Outlet, lang.State, lang.Capital,
	lang.Unnamed, lang.DocSource, lang.Given, lang.Body, lang.Human, lang.Nisba)

// subject finds the source of a finite verb: the noun phrase between the verb
// and its content, else the one in front of the verb, else none.
func (a *arabic) subject(c int, op opener, row *lang.CueRow, f *find) {
	if f.impersonal || f.reading.Clitic&lang.Suffix != 0 && row.Frames&lang.Person == 0 && !a.relativeAt(c) {
		return
	}
	hi := op.head
	if row.Frames&lang.RelayOf != 0 {
		hi = a.relayed(c+1, hi)
	}
	right := a.nounPhrase(c+1, hi)
	if f.reading.Agr == lang.FirstP && right.Len() > 0 && a.any(right.First, speakers) {
		f.reading = a.toUs(c, f.reading)
	}
	if f.reading.Agr == lang.First || f.reading.Agr == lang.FirstP {
		return
	}
	if row.Stance == isnad.Demand {
		right = a.beforeAddressee(right)
	}
	if right.Len() > 0 && row.Frames&lang.Person != 0 && a.clitic(c, lang.And) && a.addressed(right.First) {
		return
	}
	if right.Len() > 0 && (!a.follows(right.First, f.reading) || f.reading.Agr == lang.MP || f.reading.Agr == lang.FP || a.oblique(right.First) || a.clitic(right.First, lang.The) && first(a.t.Word(right.First)) == 'و') {
		right = text.Range{}
	}
	if row.Frames&lang.Person != 0 && right.Len() > 2 {
		if k := a.minimalNP(right.First, right.End); k > right.First && k < right.End && a.heads(k) && !a.clitic(k, lang.And) {
			right.End = k
		}
	}
	left := a.subjectLeft(c, f)
	switch {
	case left.Len() > 0 && (right.Len() == 0 || row.Frames&lang.Person != 0 && f.relative.Len() == 0):
		f.source = left
	case f.relative.Len() > 0 && right.Len() == 0:
		f.source = f.relative
	case right.Len() > 0:
		f.source = right
		f.relative = text.Range{}
	}
}

// toUs is the reading of a verb in -na with us as its object, where it has one:
// وعدنا, "we promised" and "promised us".
func (a *arabic) toUs(c int, we lang.Reading) lang.Reading {
	for _, r := range a.readings(c) {
		if r.Class == lang.Cue && r.Row == we.Row && r.Suffix == lang.FirstP && finiteForm(r) {
			return r
		}
	}
	return we
}

// relayed is where the teller of a relay ends: before عن and the one whose word
// is passed on.
func (a *arabic) relayed(lo, hi int) int {
	for i := lo + 1; i < hi; i++ {
		if a.has(i, lang.Prep) && (a.tags[i].hash == fromHash || a.tags[i].hash == toHash) {
			return i
		}
	}
	return hi
}

var (
	fromHash, toHash, onHash = text.Hash("عن"), text.Hash("إلى"), text.Hash("على")
	whoHash, inHash          = text.Hash("من"), text.Hash("في")
)

// nounPhrase finds the speaker in the tokens between a verb and what opens its
// content: adverbials in front are passed over, the phrase ends before a
// relative clause, an adverbial or an addressee.
func (a *arabic) nounPhrase(lo, hi int) text.Range {
	lo = a.overAsides(lo, hi)
	if lo+1 < hi && a.tags[lo].hash == whoHash && a.finite(lo+1) { // whoever attended the count
		return a.clip(text.Range{First: lo, End: hi})
	}
	return a.speaker(lo, hi)
}

// speaker is the noun phrase of a speaker that begins at token lo.
func (a *arabic) speaker(lo, hi int) text.Range {
	if lo >= hi {
		return text.Range{}
	}
	end := lo
	for end < hi && !a.endsSpeaker(end, lo, hi) {
		switch {
		case a.is(end, '('):
			end = a.closeParen(end, hi)
		case a.opening(end) != nil:
			end = min(a.opening(end).Close, hi-1)
		case a.comma(end):
			end = a.overApposition(end, hi)
		}
		end++
	}
	r := a.clip(text.Range{First: lo, End: min(end, hi)})
	for r.Len() > 1 && a.tags[r.End-1].set == lang.Of(lang.Prep) {
		r.End--
	}
	if r.Len() == 0 || !a.canSpeak(r) {
		return text.Range{}
	}
	return r
}

// canSpeak rules out ranges without a noun to speak.
func (a *arabic) canSpeak(r text.Range) bool {
	if a.in(r.First, lang.NotSpeaker) && !a.any(r.First, speakers) && !a.in(r.First, lang.Same) {
		return false
	}
	if a.has(r.First, lang.Unnamed) && a.suffixed(r.First) { // أحدهم
		return true
	}
	if a.tags[r.First].set == lang.Of(lang.Verb) || r.Len() == 1 && (a.t.Tokens[r.First].Kind == text.Number || a.in(r.First, lang.Same) && !a.suffixed(r.First) && !a.has(r.First, lang.Pron)) {
		return false
	}
	if a.adverbial(r.First) || a.has(r.First, lang.Pron) || a.has(r.First, lang.Prep) && a.t.Tokens[r.First].Has(text.EndsMaqsura) {
		return false
	}
	if (a.any(r.First, lang.Of(lang.Prep, lang.Neg, lang.Aux)) || a.doing(r.First)) && !a.any(r.First, speakers) || r.Len() == 1 && a.in(r.First, lang.Adjective) && !a.clitic(r.First, lang.The) {
		return false
	}
	return true
}

// doing reports a verb of the third person in the imperfect and nothing else: (and
// said while) laughing.
func (a *arabic) doing(i int) bool {
	if a.tags[i].set&^lang.Of(lang.Verb, lang.Cue) != 0 || !a.finite(i) {
		return false
	}
	f := first(a.t.Word(i))
	return f == 'ي' || f == 'ت'
}

// adverbial reports an unknown word that by its form describes how something
// was done: an accusative participle (مبتسما, شاكرا).
func (a *arabic) adverbial(i int) bool {
	if a.tags[i].n > 0 || a.clitic(i, lang.The) || a.accusative(i) {
		return false
	}
	w := []rune(a.t.Word(i))
	n := len(w)
	return n > 4 && w[n-1] == 'ا' && (w[0] == 'م' || w[1] == 'ا') || a.t.Tokens[i].Has(text.Tanwin)
}

// accusative reports an unknown word that without its final ا is a noun of a
// speaker: مصدرا.
func (a *arabic) accusative(i int) bool {
	w, found := strings.CutSuffix(a.t.Word(i), "ا")
	if !found || a.tags[i].n > 0 {
		return false
	}
	first, n := a.pack.Find(text.Hash(w))
	for _, r := range a.pack.Readings(first, n) {
		if lang.Of(lang.Title, lang.Unnamed, lang.Human, lang.Nisba).Has(r.Class) {
			return true
		}
	}
	return false
}

// overAsides passes over what may stand between a verb and its subject: times,
// places of speech, addressees, words like بدوره.
func (a *arabic) overAsides(i, hi int) int {
	for i < hi {
		n := a.aside(i, hi)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// aside gives the length of the adverbial that begins at token i, or 0.
func (a *arabic) aside(i, hi int) int {
	tg := &a.tags[i]
	switch {
	case a.comma(i) || a.is(i, '-') || a.is(i, '–'):
		return 1
	case a.is(i, '('):
		return a.closeParen(i, hi) - i + 1
	case !a.word(i):
		return 0
	case a.in(i, lang.Generic) || tg.set.Has(lang.Pron) && !tg.set.Has(lang.Unnamed):
		return max(1, tg.span)
	case first(a.t.Word(i)) == 'ل' && a.opening(i+1) != nil: // لـ«الصحيفة»
		return min(a.opening(i+1).Close+1, hi) - i
	case tg.set.Has(lang.Prep) && a.in(i, lang.Aside) && i+1 < hi && !a.any(i+1, lang.Of(lang.Time, lang.Day)):
		return a.shortPhrase(i, hi)
	case tg.set.Has(lang.Time) || tg.set.Has(lang.Day) || tg.set.Has(lang.Month):
		return a.timePhrase(i, hi)
	case a.in(i, lang.Addressee):
		return a.shortPhrase(i, hi)
	case a.cognate(i):
		if i+1 < hi && lastRune(a.t.Word(i+1)) == 'ا' {
			return 2
		}
		return 1
	case a.clitic(i, lang.To):
		return max(1, a.minimalNP(i, hi)-i)
	case tg.set.Has(lang.Prep) && tg.phrase != nil && tg.span > 1:
		return min(tg.span, hi-i)
	case tg.set.Has(lang.Conj) && tg.span > 1:
		return min(tg.span, hi-i)
	case tg.set.Has(lang.Prep) && a.suffixed(i):
		return 1
	case a.asidePrep(i, hi) && a.any(i+1, lang.Of(lang.Time, lang.Day)):
		return 1 + max(1, a.timePhrase(i+1, hi))
	case a.asidePrep(i, hi):
		return a.shortPhrase(i, hi)
	}
	return 0
}

// denial reports a reporting noun with the article, which behind a name is the
// object of its verb: justified *the denial*.
func (a *arabic) denial(i int) bool {
	if !a.clitic(i, lang.The) {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && r.Form == lang.Masdar {
			return true
		}
	}
	return false
}

// cognate reports the verbal noun that strengthens its own verb: denied *a
// denial*.
func (a *arabic) cognate(i int) bool {
	if lastRune(a.t.Word(i)) != 'ا' {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Class == lang.Cue && r.Form == lang.Masdar && r.Clitic == 0 {
			return true
		}
	}
	return false
}

// suffixed reports a word whose reading carries a pronoun: له, عنه.
func (d *doc) suffixed(i int) bool {
	for _, r := range d.readings(i) {
		if r.Clitic&lang.Suffix != 0 && !(r.Suffix == lang.M && d.t.Tokens[i].Has(text.EndsTa)) {
			return true
		}
	}
	return false
}

// asidePrep reports a preposition that opens an adverbial of the verb.
func (a *arabic) asidePrep(i, hi int) bool {
	if a.in(i, lang.Aside) {
		return true
	}
	if !a.has(i, lang.Prep) || i+1 >= hi {
		return false
	}
	return a.in(i+1, lang.Venue) || a.has(i+1, lang.Time) || a.has(i+1, lang.Day) || a.suffixLike(i+1) && !a.any(i+1, speakers)
}

// timePhrase is the length of a run of words of time and numbers.
func (a *arabic) timePhrase(i, hi int) int {
	k := i
	for k < hi && (a.any(k, lang.Of(lang.Time, lang.Day, lang.Month)) || a.t.Tokens[k].Kind == text.Number || a.is(k, '/') || a.is(k, '-') || k > i && a.in(k, lang.Generic)) {
		k += max(1, a.tags[k].span)
	}
	return min(k, hi) - i
}

// shortPhrase is the length of a prepositional phrase: the preposition, its
// noun, and words that can only qualify that noun, up to a comma or a word
// that can begin a speaker.
func (a *arabic) shortPhrase(i, hi int) int {
	k := i + 1
	if a.has(i, lang.Prep) || a.in(i, lang.Aside) {
		k++
	}
	for k < hi && a.word(k) && !a.act(k) && !(a.any(k, lang.Of(lang.Title, lang.Unnamed)) && !a.clitic(k, lang.With|lang.To) && !a.in(k, lang.OfPress)) {
		if a.has(k, lang.Prep) && a.tags[k].hash != a.tags[i].hash && !a.asidePrep(k, hi) && a.any(k, lang.Of(lang.Cue)) {
			break
		}
		k++
	}
	if q := a.opening(k); q != nil && a.has(k-1, lang.Prep) {
		k = q.Close + 1
	}
	if a.comma(k) {
		k++
	}
	return min(k, hi) - i
}

// endsSpeaker reports that the speaker's noun phrase, begun at lo, is over
// before token i.
func (a *arabic) endsSpeaker(i, lo, hi int) bool {
	if i == lo {
		return false
	}
	switch {
	case a.comma(i):
		return !a.apposes(i+1, hi)
	case a.is(i, '-') || a.is(i, '–') || a.is(i, '—'):
		return a.t.Tokens[i].Has(text.Spaced)
	case a.stop(i) || a.is(i, ':'):
		return true
	case !a.word(i):
		return false
	case a.has(i, lang.Rel) && !a.has(i, lang.Prep) && !a.has(i, lang.Title):
		return true
	case a.that(i), a.in(i, lang.Generic), a.has(i, lang.Neg) && a.finite(i+1), a.in(i, lang.Venue) && a.ownSpeech(i):
		return true
	case i == lo+1 && a.describedBy(i), a.accordingAt(i), i == lo+1 && a.clitic(lo, lang.The) && a.ownThing(i):
		return true
	case a.act(i) && !a.any(i, speakers) && !a.headed(i-1, lo) && !a.has(i-1, lang.Prep), a.cognate(i), a.denial(i) && a.named(i-1):
		return true
	case a.any(i, lang.Of(lang.Time, lang.Day)) && !a.any(i, speakers) && !a.in(i, lang.Adjective) && !(a.clitic(i, lang.The) && a.clitic(i-1, lang.The)):
		return true
	case a.in(i, lang.Addressee), a.has(i, lang.Prep) && a.suffixed(i), a.has(i, lang.Conj) && a.tags[i].span > 1:
		return true
	case a.clitic(i, lang.To) && a.clitic(i, lang.The) && a.named(i-1):
		return true
	case a.clitic(i, lang.The) && !a.clitic(i-1, lang.The) && a.absolute(i-1) && !a.has(i, lang.Nisba):
		return true
	case a.in(i, lang.Aside) && !a.any(i, speakers):
		return true
	case a.has(i, lang.Prep):
		return a.asidePrep(i, hi) || !a.attaches(i) && a.ownPaper(i, hi) || a.fullName(lo, i) && !a.any(i+1, lang.Of(lang.Org, lang.State, lang.Capital, lang.Body))
	case a.has(i, lang.Pron) && a.clitic(i, lang.And):
		return !a.comma(i - 1)
	case a.finite(i) && i > lo+1:
		return !a.any(i, speakers|lang.Of(lang.Place)) && !a.clitic(i, lang.The) && !a.has(i-1, lang.Prep)
	}
	return false
}

// describedBy reports a verb that describes the indefinite noun in front of it:
// a friend *who served*.
func (a *arabic) describedBy(i int) bool {
	return a.any(i-1, lang.Of(lang.Human, lang.Unnamed)) && !a.clitic(i-1, lang.The) && !a.suffixed(i-1) && !a.in(i-1, lang.Same) &&
		a.finite(i) && a.tags[i].set == lang.Of(lang.Verb) && !a.clitic(i, lang.And)
}

// ownThing reports what behind a speaker with article is something of his and
// no part of his name: the referee *his decision*.
func (a *arabic) ownThing(i int) bool {
	if f := first(a.t.Word(i)); f == 'ب' || f == 'ل' {
		return false
	}
	return (a.suffixed(i) || a.suffixLike(i)) && !a.any(i, lang.Of(lang.Title, lang.Given, lang.Nisba)) && !a.in(i, lang.Adjective) || a.has(i, lang.Dem)
}

// ownSpeech reports a word that ends in the pronoun of the speaker: his speech.
func (a *arabic) ownSpeech(i int) bool {
	w := a.t.Word(i)
	return strings.HasSuffix(w, "ه") || strings.HasSuffix(w, "ها")
}

// headed reports that the word at i begins the phrase at lo as a title in a
// construct, so that a noun must follow: صاحب مشروع.
func (a *arabic) headed(i, lo int) bool {
	return i == lo && a.has(i, lang.Title) && !a.clitic(i, lang.The) && !a.suffixed(i)
}

// ownPaper reports في before something of the speaker's own, where or in which
// he spoke: in its yearly report.
func (a *arabic) ownPaper(i, hi int) bool {
	if a.tags[i].hash != inHash {
		return false
	}
	for k := i + 1; k < hi && k <= i+2 && a.word(k) && !a.clitic(k, lang.The); k++ {
		if a.suffixLike(k) || a.suffixed(k) || strings.HasSuffix(a.t.Word(k), "ته") {
			return true
		}
	}
	return false
}

// fullName reports that a name fills the tokens right before token i of the
// phrase begun at lo, so that a preposition there begins something else. An
// unknown word may be a name or a noun: two, or one behind a title with
// article, are taken for a name.
func (a *arabic) fullName(lo, i int) bool {
	if !a.named(i-1) || i-1 == lo {
		return false
	}
	for k := i - 1; k >= lo; k-- {
		switch {
		case a.has(k, lang.Given):
			return true
		case a.has(k, lang.Title):
			return k+1 < i && (a.clitic(k, lang.The) || i-k > 2)
		case !a.named(k):
			return i-k > 2
		}
	}
	return true
}

// apposes reports that the words behind a comma go on describing the speaker.
func (a *arabic) apposes(i, hi int) bool {
	if i >= hi {
		return false
	}
	if a.overApposition(i-1, hi) >= i {
		return true
	}
	return a.any(i, lang.Of(lang.Title, lang.Kin, lang.Org, lang.Given, lang.Unnamed)) && !a.has(i, lang.Time) && !(a.finite(i) && a.act(i+1))
}

// overApposition gives the last token of a clause that says who the speaker is
// (, who is a farmer), for the comma at i that opens it; i if none.
func (a *arabic) overApposition(i, hi int) int {
	if !a.in(i+1, lang.WhoIs) && !(a.has(i+1, lang.Pron) && first(a.t.Word(i+1)) == 'و' && !a.doing(i+2)) {
		return i
	}
	for k := i + 2; k < min(hi, i+16); k++ {
		if a.comma(k) {
			return k - 1
		}
	}
	if hi <= i+16 {
		return hi - 1
	}
	return i
}

// named reports a word that can only be a name: a given name or one that the
// tables do not know and that has no article.
func (a *arabic) named(i int) bool {
	return a.has(i, lang.Given) || a.word(i) && a.tags[i].n == 0 && a.tags[i].clitic&lang.The == 0
}

// finite reports a finite form of any verb that is no noun of a speaker.
func (a *arabic) finite(i int) bool {
	if !a.any(i, lang.Of(lang.Verb, lang.Cue)) {
		return false
	}
	for _, r := range a.readings(i) {
		if (r.Class == lang.Verb || r.Class == lang.Cue) && finiteForm(r) && a.spelled(i, r) {
			return true
		}
	}
	return false
}

func finiteForm(r lang.Reading) bool {
	return r.Form >= lang.Perfect && r.Form <= lang.PassiveImperfect
}

// boundary reports a token that ends the search for a subject in front of the
// verb.
func (a *arabic) boundary(i int) bool {
	return a.comma(i) || a.stop(i) || a.is(i, ':') || a.is(i, '-') || a.is(i, '–') || a.mark(i) && a.closing(i) == nil || a.is(i, '(') ||
		a.that(i) || a.any(i, lang.Of(lang.Aux, lang.Neg)) || a.has(i, lang.Conj) && !a.any(i, speakers) || a.in(i, lang.Shift)
}

// subjectLeft finds a subject in front of the verb: the noun phrase that fills
// the stretch from the last boundary to the verb. A relative clause directly
// in front of the verb belongs to that noun phrase; a verb that itself stands
// in a relative clause has its source in the clause's head, kept in
// f.relative.
func (a *arabic) subjectLeft(c int, f *find) text.Range {
	if a.clitic(c, lang.And) {
		return a.asFor(c)
	}
	if a.relativeAt(c) {
		if a.tags[c-1].hash == whoHash {
			f.relative = text.Range{First: c - 1, End: c}
			return text.Range{}
		}
		f.relative = a.relativeHead(c)
		if h := f.relative; h.Len() > 0 && (f.reading.Clitic&lang.Suffix != 0 && !a.any(h.First, speakers) || !a.follow(c-1, f.reading)) {
			f.relative = text.Range{} // the verdict *that she called* …
		}
		return text.Range{}
	}
	end := c
	for end > a.s.First && a.any(end-1, lang.Of(lang.Aux, lang.Neg)) {
		end--
	}
	if a.that(end-1) && !a.bareThat(end-1) {
		return text.Range{}
	}
	lo, rel := a.leftEdge(end)
	if lo >= end {
		return text.Range{}
	}
	lo = a.overAsides(lo, end)
	for lo < end && a.has(lo, lang.Conj) {
		lo += max(1, a.tags[lo].span)
	}
	if lo >= end {
		return text.Range{}
	}
	if rel > lo {
		end = rel
	}
	r := a.nounPhrase(lo, end)
	if r.Len() == 0 || r.First != lo || !a.agrees(r.First, f.reading) || a.governedNoun(lo) {
		return text.Range{}
	}
	if rel <= lo && r.End < end-1 && !a.filler(r.End, end) {
		return text.Range{}
	}
	return r
}

// governedNoun reports an unknown noun without article that a verb or a
// preposition governs, so that the verb behind it only describes it: in a step
// *that it said* …
func (a *arabic) governedNoun(i int) bool {
	return !a.any(i, speakers) && !a.any(i+1, lang.Of(lang.DocSource)) && !a.clitic(i, lang.The) && !a.accusative(i) && a.t.Tokens[i].Kind == text.Word && (a.has(i-1, lang.Prep) && !a.suffixed(i-1) || a.finite(i-1) && !a.has(i-1, lang.Aux))
}

// follow reports that a verb behind the relative pronoun at i may have it for its
// subject: not one in the singular behind the plural.
func (a *arabic) follow(i int, verb lang.Reading) bool {
	switch a.t.Word(i) {
	case "الذين", "اللذين":
		return verb.Agr != lang.M && verb.Agr != lang.F
	case "الذي":
		return verb.Agr != lang.F
	case "التي":
		return verb.Agr != lang.M
	}
	return true
}

// asFor is the subject of a verb with ف in a clause that begins with أما: as
// for X, he said.
func (a *arabic) asFor(c int) text.Range {
	if first(a.t.Word(c)) != 'ف' {
		return text.Range{}
	}
	for k := c - 1; k >= a.s.First && k > c-25 && !a.stop(k); k-- {
		if a.in(k, lang.AsFor) {
			return a.nounPhrase(k+1, c)
		}
	}
	return text.Range{}
}

// filler reports that only adverbials stand between a subject and its verb.
func (a *arabic) filler(i, end int) bool {
	return a.overAsides(i, end) >= end || a.has(i, lang.Prep) || a.has(i, lang.Rel) || a.comma(i)
}

// leftEdge walks back from the verb to the boundary. rel is the relative
// pronoun whose clause stands right in front of the verb, or 0.
func (a *arabic) leftEdge(end int) (lo, rel int) {
	k := end - 1
	for k >= a.s.First && end-k < maxSubject {
		if a.is(k, ')') {
			for k > a.s.First && !a.is(k, '(') {
				k--
			}
			k--
			continue
		}
		if q := a.closing(k); q != nil && q.Open > a.s.First && k-q.Open < 8 {
			k = q.Open - 1
			continue
		}
		if a.has(k, lang.Rel) && k > a.s.First && !a.has(k, lang.Prep) {
			rel = k
			k--
			continue
		}
		if a.finite(k) && !a.any(k, speakers) {
			if j := k - 1; j >= a.s.First && (a.has(j, lang.Rel) || a.has(j, lang.Neg) && a.has(j-1, lang.Rel)) {
				k--
				continue
			}
			if rel == 0 && !a.descriptive(k) {
				return k + 1, 0
			}
			if rel == 0 {
				rel = k
			}
			k--
			continue
		}
		if a.boundary(k) || rel == 0 && k < end-1 && end-k <= 4 && a.has(k, lang.Prep) && a.indefinite(k+1, end) {
			break
		}
		k--
	}
	if k >= a.s.First && a.tags[k].span > 1 && a.tags[k].phrase.Reading.Class == lang.Conj {
		k += a.tags[k].span - 1
	}
	return k + 1, rel
}

// indefinite reports words without article or pronoun, the first of which may
// be a source: from independent sources *that confirm*.
func (a *arabic) indefinite(i, end int) bool {
	for k := i; k < end; k++ {
		if !a.word(k) || a.clitic(k, lang.The) || a.suffixed(k) || a.finite(k) {
			return false
		}
	}
	return a.any(i, lang.Of(lang.Unnamed, lang.DocSource)) || a.tags[i].n == 0
}

// descriptive reports a verb that describes the indefinite noun before it (a
// report *that the channel showed*): the noun has neither article nor pronoun.
func (a *arabic) descriptive(k int) bool {
	j := k - 1
	return j >= a.s.First && a.any(j, lang.Of(lang.DocSource, lang.Unnamed, lang.Nisba)) && !a.clitic(j, lang.The) && !a.suffixed(j)
}

// relativeHead is the noun phrase before الذي that the relative clause of the
// verb at c describes.
func (a *arabic) relativeHead(c int) text.Range {
	rel := c - 1
	for rel > a.s.First && !a.has(rel, lang.Rel) {
		rel--
	}
	end := rel
	for end > a.s.First && (a.comma(end-1) || a.is(end-1, ')')) {
		end--
	}
	lo := end
	for lo > a.s.First && end-lo < 12 && !a.boundary(lo-1) && !a.finite(lo-1) && !a.endsAccording(lo) {
		lo--
	}
	lo = a.overAsides(lo, end)
	return a.nounPhrase(lo, end)
}

// beforeAddressee cuts the one who is asked off the one who asks: the council
// *from the ministry*.
func (a *arabic) beforeAddressee(r text.Range) text.Range {
	for i := r.First + 1; i < r.End; i++ {
		if a.has(i, lang.Prep) && !a.attaches(i) && (a.tags[i].hash == toHash || a.has(i, lang.Rel)) {
			r.End = i
		}
	}
	return r
}

// addressed reports a noun that behind a conjoined verb of asking is its object
// and not its subject: the public, or a plural in the accusative.
func (a *arabic) addressed(i int) bool {
	if a.in(i, lang.Public) {
		return true
	}
	w := []rune(a.t.Word(i))
	n := len(w)
	return n > 4 && w[n-1] == 'ن' && w[n-2] == 'ي' && a.clitic(i, lang.The) && a.any(i, lang.Of(lang.Human, lang.Unnamed, lang.Title, lang.Nisba)) || n > 4 && w[n-1] == 'ن' && w[n-2] == 'ي' && a.clitic(i, lang.The) && a.tags[i].n == 0
}

// oblique reports a sound plural in -ين, which no subject is: of the reporters.
func (a *arabic) oblique(i int) bool {
	if !strings.HasSuffix(a.t.Word(i), "ين") {
		return false
	}
	for _, r := range a.readings(i) {
		if r.Agr == lang.MP && 1<<r.Class&speakers != 0 {
			return true
		}
	}
	return false
}

// follows checks the gender of a subject behind its verb, as far as the tables
// know the noun: there the verb is singular before any number.
func (a *arabic) follows(i int, verb lang.Reading) bool {
	if a.has(i, lang.Given) || a.in(i, lang.Same) {
		return true
	}
	known := false
	for _, r := range a.readings(i) {
		if 1<<r.Class&speakers == 0 || r.Clitic&lang.Suffix != 0 && r.Suffix == lang.M && a.t.Tokens[i].Has(text.EndsTa) {
			continue
		}
		switch r.Agr {
		case lang.AnyAgr:
			return true
		case lang.M, lang.MP, lang.Dual:
			if verb.Agr != lang.F {
				return true
			}
		case lang.F, lang.FP, lang.NP, lang.DualF:
			if verb.Agr == lang.F || verb.Agr == lang.AnyAgr || r.Agr == lang.NP {
				return true
			}
		}
		known = true
	}
	return !known
}

// endsAccording reports that an according-to phrase ends right before token i.
func (a *arabic) endsAccording(i int) bool {
	_, n := a.accordingBefore(i)
	return n > 0
}

// agrees checks gender and number of a subject in front of its verb, as far as
// the tables know the noun.
func (a *arabic) agrees(i int, verb lang.Reading) bool {
	known := false
	for _, r := range a.readings(i) {
		if r.Agr == lang.AnyAgr || 1<<r.Class&(speakers|lang.Of(lang.Place)) == 0 {
			continue
		}
		known = true
		switch {
		case r.Agr == verb.Agr, r.Agr == lang.NP && verb.Agr == lang.F, r.Agr == lang.F && verb.Agr == lang.F:
			return true
		case r.Agr == lang.MP && verb.Agr == lang.MP, verb.Agr == lang.AnyAgr, verb.Agr == lang.Dual || verb.Agr == lang.DualF:
			return true
		case r.Agr == lang.M && verb.Agr == lang.M:
			return true
		}
	}
	return !known
}
