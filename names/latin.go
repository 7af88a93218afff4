package names

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// possessiveKey is the key of the s that is cut off behind an apostrophe.
var possessiveKey = text.Hash("s")

func (w *word) possessive() bool { return w.key == possessiveKey && !w.spaced && !w.arabic }

// latinPart reads a noun phrase in Latin letters.
func (r *resolver) latinPart(s part) phrase {
	w := s.w
	for len(w) > 0 && w[len(w)-1].possessive() {
		w = w[:len(w)-1]
	}
	if len(w) == 0 {
		return phrase{}
	}
	if w[0].in(first) || w[0].any(ofPron|ofRel) && len(w) == 1 {
		return latinPronoun(&w[0])
	}
	for i := range w {
		if i > 0 && (w[i].in(called) || w[i].key == asKey && w[i-1].key == knownKey) && i+1 < len(w) {
			return r.personOf(names(w[i+1:]), w[:i])
		}
	}
	def, det, indef, fresh := false, false, false, false
	for len(w) > 1 && w[1].spaced && (w[0].in(the|indefinite|other) || w[0].any(ofPron|ofNum|ofDem)) {
		def = def || w[0].in(the)
		det, indef = true, indef || w[0].in(indefinite)
		fresh = fresh || w[0].in(other)
		w = w[1:]
	}
	p := r.latinNoun(w, det)
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
		if x.any(ofPrep|ofRel|ofPron|ofConj) || x.any(ofVerb|ofCue) && !x.any(common) {
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
	return x.capital() && (!x.any(common|closed) || x.has(lang.Given) || x.in(kunya)) && !x.any(ofState|ofNisba|ofOutlet) || x.in(particle|kunya)
}

// latinNoun reads a noun phrase without its article.
func (r *resolver) latinNoun(w []word, det bool) phrase {
	h := headEnd(w)
	main := w[:h]
	if r.isKnown(w) {
		return r.bodyOf(w)
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
		return r.personOf(run, r.joined(main[:k], w[h:]))
	}
	switch {
	case len(run) > 0 && k == 0 && !det && len(r.content(run)) == 1:
		p := phrase{form: proper, kind: isnad.Person, name: r.personOf(run, nil).name}
		if w := &run[0]; w.flags&text.AllCaps != 0 && w.end-w.start <= maxAcronym {
			p.kind = isnad.Organisation
		}
		return p
	case len(run) > 0 && k == 0 && !det && len(run) <= 4 && h == len(w):
		p := r.personOf(run, nil)
		p.form = proper
		return p
	case len(run) > 0:
		return r.bodyOf(w)
	}
	return r.latinCommon(w, h, det)
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
	return n > 0 && before[n-1].any(ofTitle|ofHuman) && !before[n-1].possessive()
}

// latinCommon reads a noun phrase headed by a common noun, the last word
// before h.
func (r *resolver) latinCommon(w []word, h int, det bool) phrase {
	head := &w[h-1]
	p := phrase{agr: latinGender(head), head: head.key}
	switch {
	case head.in(spokesman):
		if q, ok := r.behind(w, h, det); ok && (q.form == body || q.form == proper) {
			q.form, q.kind, q.role, q.head, q.agr = body, kindOf(q.name), w, head.key, p.agr
			return q
		}
		p.form, p.kind, p.role = role, isnad.Person, w
	case head.in(organ) && h > 1 && ownerOf(w[:h]) > 0:
		return r.bodyOf(w[:ownerOf(w[:h])])
	case head.has(lang.DocSource) && !head.has(lang.Unnamed):
		return r.latinDocument(w, h, det)
	case head.any(ofOrg | ofOutletHead):
		return r.bodyOf(w)
	case head.has(lang.Title) && p.agr&(plural|pluralF) == 0:
		p.form, p.kind, p.role = role, isnad.Person, w
	default:
		p.form, p.kind, p.name = unnamed, isnad.UnnamedParty, r.content(w)
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
func (r *resolver) behind(w []word, h int, det bool) (phrase, bool) {
	switch {
	case h+1 < len(w) && w[h].in(link):
		return r.latinPart(part{w: w[h+1:]}), true
	case ownerOf(w[:h]) > 0:
		return r.latinNoun(w[:ownerOf(w[:h])], true), true
	case h > 1 && (w[h-2].any(bodies) || w[h-2].capital() && (det || h > 2)):
		return r.latinNoun(w[:h-1], true), true
	}
	return phrase{}, false
}

func (r *resolver) latinDocument(w []word, h int, det bool) phrase {
	head := &w[h-1]
	if q, ok := r.behind(w, h, det); ok && (q.form == body || q.form == person || q.form == role) {
		q.doc = head.key
		return q
	}
	return phrase{form: document, kind: isnad.UnnamedParty, doc: head.key, name: r.content(w), agr: thing}
}
