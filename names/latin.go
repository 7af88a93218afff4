package names

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// possessiveKey is the key of the s that is cut off behind an apostrophe.
var possessiveKey = text.Hash("s")

func (w *word) possessive() bool { return w.key == possessiveKey && !w.spaced && !w.arabic }

// common are the classes of the nouns that head an English noun phrase.
var common = people | lang.Of(lang.Org, lang.OutletHead, lang.DocSource)

// latinPart reads a noun phrase in Latin letters.
func (b *Book) latinPart(s part) phrase {
	w := s.w
	for len(w) > 0 && w[len(w)-1].possessive() {
		w = w[:len(w)-1]
	}
	if len(w) == 0 {
		return phrase{}
	}
	if w[0].in(first) || w[0].any(lang.Of(lang.Pron, lang.Rel)) && len(w) == 1 {
		return latinPronoun(&w[0])
	}
	for i := range w {
		if i > 0 && (w[i].in(called) || w[i].key == asKey && w[i-1].key == knownKey) && i+1 < len(w) {
			return personOf(names(w[i+1:]), w[:i])
		}
	}
	def, det, indef, fresh := false, false, false, false
	for len(w) > 1 && w[1].spaced && (w[0].in(the|indefinite|other) || w[0].any(lang.Of(lang.Pron, lang.Num, lang.Dem))) {
		def = def || w[0].in(the)
		det, indef = true, indef || w[0].in(indefinite)
		fresh = fresh || w[0].in(other)
		w = w[1:]
	}
	p := b.latinNoun(w, det)
	p.def = def || p.form == body && !det
	p.fresh, p.loose = fresh, indef
	return p
}

var (
	asKey    = text.Hash("as")
	knownKey = text.Hash("known")
)

func latinPronoun(w *word) phrase {
	g := latinGender(w)
	if g == 0 {
		g = thing
	}
	return phrase{form: pronoun, agr: g, relates: w.has(lang.Rel)}
}

// latinGender is genderOf for a language in which things in the plural are
// they.
func latinGender(w *word) gender {
	if w.agr == lang.NP {
		return plural
	}
	return genderOf(w.agr)
}

// headEnd is the word behind the head noun: before a preposition, a relative,
// a verb in small letters.
func headEnd(w []word) int {
	for i := 1; i < len(w); i++ {
		x := &w[i]
		if x.capital() || x.in(particle) {
			continue
		}
		if x.any(lang.Of(lang.Prep, lang.Rel, lang.Pron, lang.Conj)) || x.any(lang.Of(lang.Verb, lang.Cue)) && !x.any(common) {
			return i
		}
	}
	return len(w)
}

// names leaves the particles of a name in and everything that is not part of
// it out.
func names(w []word) []word {
	end := 0
	for end < len(w) && end < maxName && (w[end].capital() || w[end].in(particle) || w[end].arabic) {
		end++
	}
	return w[:end]
}

// ownName reports a word with a capital that is no title or common noun.
func ownName(x *word) bool {
	return x.capital() && (!x.any(common|closed) || x.has(lang.Given) || x.in(kunya)) && !x.any(lang.Of(lang.State, lang.Nisba, lang.Outlet)) || x.in(particle|kunya)
}

// latinNoun reads a noun phrase without its article.
func (b *Book) latinNoun(w []word, det bool) phrase {
	h := headEnd(w)
	main := w[:h]
	if b.known(content(w)) != 0 {
		return b.bodyOf(w)
	}
	k := h
	for k > 0 && ownName(&main[k-1]) {
		k--
	}
	run := main[k:]
	for len(run) > 1 && run[0].has(lang.Title) && !run[0].has(lang.Given) {
		run, k = run[1:], k+1
	}
	if len(run) > 0 && isPerson(run, main[:k], det) {
		return personOf(run, append(append([]word(nil), main[:k]...), w[h:]...))
	}
	switch {
	case len(run) > 0 && k == 0 && !det && len(content(run)) == 1:
		p := phrase{form: proper, kind: isnad.Person, name: personOf(run, nil).name}
		if w := &run[0]; w.flags&text.AllCaps != 0 && w.end-w.start <= maxAcronym {
			p.kind = isnad.Organisation
		}
		return p
	case len(run) > 0 && k == 0 && !det && len(run) <= 4 && h == len(w):
		p := personOf(run, nil)
		p.form = proper
		return p
	case len(run) > 0:
		return b.bodyOf(w)
	}
	return b.latinCommon(w, h, det)
}

// maxAcronym is the number of letters of the longest word in capitals that is
// taken for an acronym rather than a name in a title.
const maxAcronym = 5

// isPerson decides whether a run of capitals behind the words before it is a
// personal name.
func isPerson(run, before []word, det bool) bool {
	for i := range run {
		if run[i].in(kunya) && len(run) > 1 {
			return true
		}
		if run[i].has(lang.Given) && (len(run) > 1 || len(before) > 0) && !run[0].any(bodies) {
			return true
		}
	}
	n := len(before)
	return n > 0 && before[n-1].any(lang.Of(lang.Title, lang.Human)) && !before[n-1].possessive()
}

// latinCommon reads a noun phrase headed by a common noun, the last word
// before h.
func (b *Book) latinCommon(w []word, h int, det bool) phrase {
	head := &w[h-1]
	p := phrase{agr: latinGender(head), head: head.key}
	switch {
	case head.in(spokesman):
		if q, ok := b.behind(w, h, det); ok && (q.form == body || q.form == proper) {
			q.form, q.kind, q.role, q.head, q.agr = body, kindOf(q.name), w, head.key, p.agr
			return q
		}
		p.form, p.kind, p.role = role, isnad.Person, w
	case head.in(organ) && h > 1 && ownerOf(w[:h]) > 0:
		return b.bodyOf(w[:ownerOf(w[:h])])
	case head.has(lang.DocSource) && !head.has(lang.Unnamed):
		return b.latinDocument(w, h, det)
	case head.any(lang.Of(lang.Org, lang.OutletHead)):
		return b.bodyOf(w)
	case head.has(lang.Title) && p.agr&(plural|pluralF) == 0:
		p.form, p.kind, p.role = role, isnad.Person, w
	default:
		p.form, p.kind, p.name = unnamed, isnad.UnnamedParty, content(w)
	}
	return p
}

// ownerOf is the word behind the owner in "the council's page", or 0.
func ownerOf(w []word) int {
	for i := len(w) - 1; i > 0; i-- {
		if w[i].possessive() {
			return i
		}
	}
	return 0
}

// behind reads the body that a spokesman or a document belongs to: of X, for X,
// X's, or the words before the noun.
func (b *Book) behind(w []word, h int, det bool) (phrase, bool) {
	switch {
	case h+1 < len(w) && w[h].in(link):
		return b.latinPart(part{w: w[h+1:]}), true
	case ownerOf(w[:h]) > 0:
		return b.latinNoun(w[:ownerOf(w[:h])], true), true
	case h > 1 && (w[h-2].any(bodies) || w[h-2].capital() && (det || h > 2)):
		return b.latinNoun(w[:h-1], true), true
	}
	return phrase{}, false
}

func (b *Book) latinDocument(w []word, h int, det bool) phrase {
	head := &w[h-1]
	if q, ok := b.behind(w, h, det); ok && (q.form == body || q.form == person || q.form == role) {
		q.doc = head.key
		return q
	}
	return phrase{form: document, kind: isnad.UnnamedParty, doc: head.key, name: content(w), agr: thing}
}
