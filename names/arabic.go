package names

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// arabicPart reads an Arabic noun phrase.
func (r *resolver) arabicPart(s part) phrase {
	w := s.w
	def, fresh := false, false
	if w[0].has(lang.Rel) && w[0].has(lang.Prep) { // من: whoever
		return phrase{form: unnamed, kind: isnad.UnnamedParty, head: w[0].key, name: w, fresh: true}
	}
	for len(w) > 1 && (w[0].has(lang.Dem) || w[0].any(ofPrep|ofNum) && !w[0].any(people|bodies)) {
		def = def || w[0].has(lang.Dem)
		w = w[1:]
	}
	for i := len(w) - 1; i > 0; i-- {
		def = def || w[i].in(same)
		fresh = fresh || w[i].in(other)
	}
	if len(w) > 1 && w[0].in(same) { // نفس المصدر
		def, w = true, w[1:]
	}
	w = r.without(w, same)
	p := r.arabicNoun(w)
	p.def = p.def || def
	p.fresh = p.fresh || fresh
	if p.agr == 0 && len(w) > 0 && w[0].agr != lang.AnyAgr {
		p.agr = genderOf(w[0].agr)
	}
	return p
}

func (r *resolver) without(w []word, l list) []word {
	for i := 1; i < len(w); i++ {
		if w[i].in(l) {
			return r.joined(w[:i], w[i+1:])
		}
	}
	return w
}

func (r *resolver) arabicNoun(w []word) phrase {
	if len(w) == 0 {
		return phrase{}
	}
	head := &w[0]
	switch {
	case head.any(ofPron|ofRel) && !head.any(bodies|people|ofGiven) || head.in(first):
		return phrase{form: pronoun, agr: genderOf(head.agr), relates: head.has(lang.Rel)}
	case head.in(kunya) && len(w) > 1 && head.suffix == lang.AnyAgr:
		return r.personOf(w[:nameEnd(w, 0, false)], nil)
	case head.any(people) && (!head.any(bodies) || head.def() && arabicName(w, false) < len(w)):
		return r.arabicRole(w)
	case head.has(lang.DocSource) && !head.has(lang.Given) && !r.isKnown(w):
		return r.arabicDocument(w)
	case head.in(organ) && len(w) > 1 && r.closes(w[1:]):
		p := r.arabicNoun(w[1:])
		p.agr = genderOf(head.agr)
		return p
	case head.any(bodies):
		return r.bodyOf(w)
	case head.has(lang.Unnamed):
		return phrase{form: unnamed, kind: isnad.UnnamedParty, head: head.key, name: r.content(w), def: head.def()}
	}
	return r.arabicProper(w)
}

// closes reports that a phrase behind a part of a body names the body itself.
func (r *resolver) closes(w []word) bool {
	return w[0].any(ofOrg|ofBody|ofOutlet|ofOutletHead) && (w[0].def() || len(w) > 1)
}

func (r *resolver) isKnown(w []word) bool {
	from := len(r.kept)
	known := r.b.known(r.content(w)) != 0
	r.kept = r.kept[:from]
	return known
}

// known gives the number that the tables hold for a name, or 0.
func (b *Book) known(name []word) uint64 { return b.entry(name).id }

func (b *Book) entry(name []word) entry {
	if len(name) == 0 {
		return entry{}
	}
	g := b.latin
	if name[0].arabic {
		g = b.arabic
	}
	if g == nil {
		return entry{}
	}
	return g.known[hash(name)]
}

// bodyOf makes the phrase of a body from the words that count.
func (r *resolver) bodyOf(w []word) phrase {
	name := r.content(w[:bodyEnd(w)])
	if len(name) == 0 {
		return phrase{}
	}
	p := phrase{form: body, kind: kindOf(name), name: name, def: w[0].def()}
	if e := r.b.entry(name); e.id != 0 {
		p.kind = e.kind
	}
	if name[0].arabic {
		p.agr = genderOf(name[0].agr) &^ plural
	}
	if p.kind == isnad.OutletParty && len(name) > 1 && !name[0].has(lang.Outlet) || len(name) > 1 || name[0].any(bodies) && name[0].def() {
		return p
	}
	if r.b.known(name) == 0 && !name[0].any(ofOutlet|ofState|ofCapital|ofBody) && name[0].arabic && !name[0].def() {
		p.form, p.kind, p.head = unnamed, isnad.UnnamedParty, name[0].key
	}
	return p
}

// bodyEnd is the word at which the name of a body ends although the phrase was
// read further: a verbal noun behind ب (التحالف بالتذكير), an English verb or
// pronoun (the Observatory renews its).
func bodyEnd(w []word) int {
	for i := 1; i < len(w); i++ {
		x := &w[i]
		acts := x.any(ofVerb | ofCue)
		switch {
		case x.arabic && acts && x.clitic&lang.With != 0 && !x.any(bodies|people|ofGiven|ofPlace),
			!x.arabic && !x.capital() && !x.possessive() && (x.has(lang.Pron) || acts && !x.any(common) && i+1 < len(w) && w[i+1].has(lang.Pron)):
			return i
		}
	}
	return len(w)
}

// content leaves out prepositions and the like and ends before words of time.
func (r *resolver) content(w []word) []word {
	from := len(r.kept)
	if r.kept = appendContent(r.kept, w); len(r.kept)-from == len(w) {
		r.kept = r.kept[:from]
		return w
	}
	return r.since(from)
}

func content(w []word) []word { return appendContent(nil, w) }

func appendContent(out, w []word) []word {
	for i := range w {
		x := &w[i]
		if i > 0 && x.any(ofTime|ofMonth|ofUnit|ofDay) && !x.any(bodies|people) && !x.def() && x.arabic {
			break
		}
		if x.any(ofPrep|ofConj|ofDem) && !x.any(bodies|people|ofGiven) || x.in(the|indefinite|same) && (i+1 == len(w) || w[i+1].spaced) || x.key == possessiveKey && !x.spaced {
			continue
		}
		out = append(out, *x)
	}
	return out
}

// arabicRole reads a phrase that begins with a title or a noun for persons.
func (r *resolver) arabicRole(w []word) phrase {
	head := &w[0]
	if at := arabicName(w, false); at < len(w) {
		end := nameEnd(w, at, false)
		return r.personOf(w[at:end], r.joined(w[:at], w[end:]))
	}
	if head.in(spokesman) {
		if p, ok := r.spokesmanOf(w); ok {
			p.role, p.head = w, head.key
			return p
		}
	}
	p := phrase{form: role, kind: isnad.Person, role: w, head: head.key, agr: genderOf(head.agr), def: head.def()}
	if n := len(w) - 1; n > 0 && w[n-1].def() && w[n].def() && !w[n].known && w[n].clitic&(lang.To|lang.With) == 0 {
		p.maybe = w[n:]
	}
	group := p.agr&(plural|pluralF) != 0 || head.agr == lang.NP
	construct := len(w) > 1 && (w[1].def() && w[1].clitic&(lang.To|lang.With) == 0 || w[1].any(bodies) && len(w) > 2 || w[1].any(ofState|ofCapital))
	single := head.has(lang.Title) && !group && head.suffix == lang.AnyAgr
	if !head.def() && (!single || !construct) || group || !head.any(ofTitle|ofHuman) {
		p.form, p.kind, p.name = unnamed, isnad.UnnamedParty, r.content(w)
	}
	return p
}

// spokesmanOf gives the body in whose name an unnamed spokesman speaks: behind
// باسم, behind a preposition, or as the noun that completes the title.
func (r *resolver) spokesmanOf(w []word) (phrase, bool) {
	for i := 1; i < len(w); i++ {
		x := &w[i]
		at := i
		switch {
		case x.in(itself):
			return phrase{}, false
		case x.in(behalf) || x.has(lang.Prep) && x.clitic == 0:
			at++
		case x.clitic&lang.To != 0, i == 1 && !w[0].def() && (x.def() || x.any(bodies)):
		default:
			continue
		}
		if at == len(w) {
			break
		}
		p := r.arabicNoun(w[at:])
		if p.form == proper || p.form == unnamed && !w[at].any(people) {
			p.form, p.kind = body, isnad.Organisation
		}
		p.agr = genderOf(w[0].agr)
		return p, p.form == body
	}
	return phrase{}, false
}

// arabicDocument leads a statement or report back to the body that issued it.
func (r *resolver) arabicDocument(w []word) phrase {
	head := &w[0]
	bare := phrase{form: document, kind: isnad.UnnamedParty, doc: head.key, name: r.content(w), def: head.def()}
	if head.def() || head.suffix != lang.AnyAgr {
		return bare
	}
	for i := 1; i < len(w); i++ {
		x := &w[i]
		if x.any(bodies|people) && !x.has(lang.DocSource) || x.def() && i == 1 || x.clitic&lang.To != 0 || w[i-1].in(link) {
			p := r.arabicNoun(w[i:])
			switch p.form {
			case body, person, role:
				p.doc = head.key
				return p
			case proper:
				p.form, p.kind, p.doc = body, isnad.Organisation, head.key
				return p
			}
		}
		if x.any(closed) && !x.in(link) {
			break
		}
	}
	return bare
}

// arabicProper reads a phrase whose first word the tables do not know as a
// noun for persons or bodies.
func (r *resolver) arabicProper(w []word) phrase {
	end := nameEnd(w, 0, false)
	name := w[:end]
	switch {
	case w[0].has(lang.Given) && end > 0 || w[0].in(particle|compound) && end > 1:
		return r.personOf(name, w[end:])
	case len(w) == 1:
		p := phrase{form: proper, kind: isnad.Person, name: w, def: w[0].def()}
		if w[0].any(closed) {
			p = phrase{}
		}
		return p
	case end == len(w) && len(w) <= 4 && !w[0].def() && !w[0].known:
		p := r.personOf(name, nil)
		p.form = proper
		return p
	case !w[0].def() && !r.isKnown(w):
		if w[0].any(closed) {
			return phrase{}
		}
		return phrase{form: unnamed, kind: isnad.UnnamedParty, head: w[0].key, name: r.content(w)}
	}
	p := r.bodyOf(w)
	p.form = body
	return p
}

// arabicName finds the first word of the personal name in a phrase that begins
// with a title, or gives len(w). A title without article wants a noun to
// complete it; the first word without article behind the completed title is
// the name.
func arabicName(w []word, strict bool) int {
	open, speaks := !w[0].def() && w[0].suffix == lang.AnyAgr, w[0].in(spokesman)
	for i := 1; i < len(w); i++ {
		x := &w[i]
		switch speaks = speaks || x.in(spokesman); {
		case x.in(itself):
			open = false
		case x.in(behalf) && speaks, x.has(lang.Prep) && (!x.has(lang.Given) || maqsura(x)):
			open = true
		case x.def() && x.has(lang.Given) && !x.any(people) && i == len(w)-2 && w[i+1].def() && !w[i+1].known:
			return i // الحبيب الراوي
		case i+1 < len(w) && x.bare != 0 && w[i+1].has(lang.Given): // بمنوبة محسن
			open = false
		case x.clitic&(lang.To|lang.With) != 0, x.any(ofState|ofCapital) && !x.has(lang.Given):
			open = !x.def() && !x.any(ofState|ofCapital)
		case x.def(), x.suffix != lang.AnyAgr:
			open = false
		case x.in(kunya|compound) && i+1 < len(w):
			return i
		case x.has(lang.Given) && (!open || !w[i-1].any(bodies)) && !(strict && x.any(ofVerb|ofCue) && open):
			return i
		case x.has(lang.Title):
			open = true
		case !open && nameLike(x, strict):
			return i
		}
	}
	return len(w)
}

// maqsura reports على where it cannot be the name علي.
func maqsura(x *word) bool { return x.has(lang.Prep) && x.flags&text.EndsMaqsura != 0 }

// nameLike reports a word that may be part of a personal name.
func nameLike(x *word, strict bool) bool {
	return x.end-x.start >= 3 && nameWord(x, strict)
}

// nameWord is nameLike for a word of any length.
func nameWord(x *word, strict bool) bool {
	if maqsura(x) {
		return false
	}
	if x.has(lang.Given) || x.in(kunya|particle|compound) {
		return true
	}
	if x.any(closed|ofOrg|ofOutletHead|ofDocSource|ofUnnamed|ofTitle) || x.clitic&(lang.To|lang.With) != 0 {
		return false
	}
	return !strict || !x.any(ofVerb|ofCue|ofHuman|ofPlace)
}

// maxName is the number of words of the longest personal name.
const maxName = 7

// nameEnd is the word behind the personal name that begins at word p. In a
// running text (strict) a family name with article ends it.
func nameEnd(w []word, p int, strict bool) int {
	i := p
	for i < len(w) && i < p+maxName {
		x := &w[i]
		if i > p+1 && w[i-1].def() && !x.has(lang.Given) && !x.in(particle|compound) && !w[i-2].in(compound) {
			break
		}
		if strict && i > p+1 && (x.bare != 0 || x.def() && !w[i-1].has(lang.Given)) {
			break
		}
		if i > p && !nameLike(x, false) && !(x.def() && !x.any(closed) && x.clitic&(lang.To|lang.With) == 0 && i == p+1) {
			break
		}
		i++
	}
	return i
}
