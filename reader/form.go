package reader

import (
	"strings"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// What the form of a word leaves open: verb, noun or name.

// spelled checks a reading against what folding hides: no finite verb carries
// an article or a preposition, and a feminine participle ends in ة.
func (a *arabic) spelled(i int, r lang.Reading) bool {
	clitic := a.tags[i].clitic
	switch {
	case r.Clitic&lang.Suffix != 0 && r.Suffix == lang.M && a.t.Tokens[i].Has(text.EndsTa):
		return false
	case r.Agr == lang.Dual && a.cognate(i) && !(i > a.s.First && strings.HasSuffix(a.t.Word(i-1), "ان")):
		return false
	case r.Class == lang.Cue && a.t.Tokens[i].Has(text.EndsMaqsura) && strings.HasSuffix(a.row(r).Lemma, "ي"):
		return false // رأى is no رأي
	case r.Form == lang.PassiveImperfect && a.t.Tokens[i].Has(text.EndsYa):
		return false // يوصي is no يوصى
	case finiteForm(r):
		return (clitic&^r.Clitic)&(lang.The|lang.With|lang.To) == 0
	case r.Form == lang.Participle:
		return clitic&(lang.The|lang.With|lang.To) == 0 && (r.Agr != lang.F || a.t.Tokens[i].Has(text.EndsTa))
	}
	return true
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

// passiveForm reports a verb whose letters are those of the passive (دُعي, was
// invited).
func (a *arabic) passiveForm(c int) bool {
	for _, r := range a.readings(c) {
		if r.Class == lang.Cue && (r.Form == lang.PassivePerfect && !a.t.Tokens[c].Has(text.EndsMaqsura) || r.Form == lang.PassiveImperfect && !a.t.Tokens[c].Has(text.EndsYa)) {
			return true
		}
	}
	return false
}

// homograph reports a cue that may as well be another word.
func (a *arabic) homograph(c int) bool {
	return a.tags[c].set&^lang.Of(lang.Cue, lang.Verb) != 0 && !a.initial(c) && !a.verbal(c) || a.misspelt(c)
}

// verbal reports a place where only a verb can stand: behind أنه, لكنه or قد.
func (a *arabic) verbal(i int) bool {
	return a.that(i-1) && !a.bareThat(i-1) || a.in(i-1, lang.But) || a.has(i-1, lang.Aux) && a.tags[i-1].hash == qadHash
}

var qadHash = text.Hash("قد")

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

// suffixed reports a word whose reading carries a pronoun: له, عنه.
func (d *doc) suffixed(i int) bool {
	for _, r := range d.readings(i) {
		if r.Clitic&lang.Suffix != 0 && !(r.Suffix == lang.M && d.t.Tokens[i].Has(text.EndsTa)) {
			return true
		}
	}
	return false
}

// masdarShape reports a word that by its letters is a verbal noun of a derived
// measure, with or without a pronoun: إغلاق, استهداف, إعادة, تنفيذ, مشاركته.
func (d *doc) masdarShape(i int) bool {
	var buf [14]rune
	w := d.stem(i, buf[:])
	feminine := d.t.Tokens[i].Has(text.EndsTa)
	if !feminine {
		if k := ownSuffix(w); k > 0 {
			w = w[:len(w)-k]
			feminine = w[len(w)-1] == 'ت'
		}
	}
	n := len(w)
	if n < 5 || n > 8 {
		return false
	}
	switch w[0] {
	case 'ا':
		return w[n-2] == 'ا' || feminine && w[n-3] == 'ا'
	case 'ت':
		return n == 5 && w[3] == 'ي'
	case 'م':
		return n == 6 && w[2] == 'ا' && feminine
	}
	return false
}

// stem is the folded word at i without a conjunction, preposition or article
// in front, in buf.
func (d *doc) stem(i int, buf []rune) []rune {
	w := buf[:folded(d.t.Word(i), buf)]
	clitic, skip := d.tags[i].clitic, 0
	if clitic&lang.And != 0 {
		skip++
	}
	if clitic&(lang.With|lang.To) != 0 {
		skip++
	}
	if clitic&lang.The != 0 {
		skip += 2
	}
	return w[min(skip, len(w)):]
}

// ownSuffix is the length of a pronoun of the third person at the end of a
// folded word that is long enough to have one.
func ownSuffix(w []rune) int {
	switch n := len(w); {
	case n < 6:
	case w[n-1] == 'ه':
		return 1
	case w[n-2] == 'ه' && (w[n-1] == 'ا' || w[n-1] == 'م'):
		return 2
	}
	return 0
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

// adverbial reports an unknown word that by its form describes how something
// was done: an accusative participle (مبتسما, شاكرا).
func (a *arabic) adverbial(i int) bool {
	if a.tags[i].n > 0 || a.clitic(i, lang.The) || a.accusative(i) {
		return false
	}
	w := []rune(a.t.Word(i))
	n := len(w)
	if n > 4 && w[n-1] == 'ا' && w[n-2] == 'ت' && i+1 < a.s.End && a.clitic(i+1, lang.The) { // مشرفتا الحديقة
		return false
	}
	return n > 4 && w[n-1] == 'ا' && (w[0] == 'م' && w[1] != 'ي' || w[1] == 'ا' && n == 5) && !a.that(i-1) || a.t.Tokens[i].Has(text.Tanwin) && !a.that(i-1)
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

// named reports a word that can only be a name: a given name or one that the
// tables do not know and that has no article.
func (a *arabic) named(i int) bool {
	return a.has(i, lang.Given) || a.word(i) && a.tags[i].n == 0 && a.tags[i].clitic&lang.The == 0
}

func first(w string) rune {
	for _, r := range w {
		if f := text.FoldRune(r); f != 0 {
			return f
		}
	}
	return 0
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
