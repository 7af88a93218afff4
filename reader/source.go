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
	if right.Len() > 0 && (!a.agreesBehind(right.First, f.reading) || f.reading.Agr == lang.MP || f.reading.Agr == lang.FP || a.oblique(right.First) || a.clitic(right.First, lang.The) && first(a.t.Word(right.First)) == 'و') {
		right = text.Range{}
	}
	if row.Frames&lang.Person != 0 && right.Len() > 2 {
		if k := a.minimalNP(right.First, right.End); k > right.First && k < right.End && a.heads(k) && !a.clitic(k, lang.And) {
			right.End = k
		}
	}
	if row.Frames&lang.Person != 0 && right.Len() == 2 && a.addressee(right.First+1) {
		right.End--
	}
	if row.Stance == isnad.Accuse && row.Frames&lang.Person != 0 && a.accused(c, right, op) {
		right = text.Range{}
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

// accused reports that the only noun phrase between a conjoined verb of accusing and
// its preposition is the one who is accused, for somebody must be: and accused
// *the radio* of …
func (a *arabic) accused(c int, r text.Range, op opener) bool {
	return r.Len() > 0 && r.Len() <= 2 && a.clitic(c, lang.And) && !a.suffixed(c) && op.kind != openQuote &&
		a.clitic(r.First, lang.The) && (r.Len() == 1 || a.clitic(r.End-1, lang.The)) && !a.anyIn(r, lang.Of(lang.Given, lang.Title)) && a.overAsides(r.End, op.head) >= op.head
}

// addressee reports a body with article behind another noun with article, which
// looks like an adjective and is the one who is asked or accused: the union
// *the municipality*.
func (a *arabic) addressee(i int) bool {
	return a.clitic(i, lang.The) && a.clitic(i-1, lang.The) && a.tags[i].clitic&(lang.With|lang.To|lang.And) == 0 &&
		a.any(i, lang.Of(lang.Org, lang.Body, lang.State)) && !a.in(i, lang.Adjective) && lastRune(a.t.Word(i)) != 'ي'
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

// agreesBehind checks the gender of a subject behind its verb, as far as the tables
// know the noun: there the verb is singular before any number.
func (a *arabic) agreesBehind(i int, verb lang.Reading) bool {
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
