package names

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// lookahead is the number of words behind a title in which a name is looked
// for.
const lookahead = 14

// scan goes once over the text for what its sources lean on: persons named
// with a title or in full, bodies with an acronym in brackets, words that
// stand behind the head of a body, and turns of an interview.
func (r *resolver) scan() {
	r.names()
	r.countTurns()
	before := hint(0) // of the token before
	for i, m := range r.hints {
		switch {
		case m == 0:
			if r.t.Tokens[i].Hash == '(' {
				r.acronym(i)
			}
		case m&(aPerson|aKunya|aGiven) == 0:
		case m&aPerson != 0 && before&aTitle == 0:
			r.titled(i)
		case m&aMaqsura != 0:
		case m&aKunya != 0 && before&aTitle == 0, m&aGiven != 0 && before&(aPerson|aGiven|aKunya|aParticle) == 0:
			r.untitled(i)
		}
		if before&aHead != 0 && m&(aWord|aKnown) == aWord {
			w := r.word(i)
			r.ofBody.set(w.key, 1)
		}
		before = m
	}
}

// names gives the parts of personal names their skeletons.
func (r *resolver) names() {
	for i := range r.phr {
		p := &r.phr[i]
		if len(p.name) > 0 && (p.form == person || p.form == proper) {
			for k := range p.name {
				r.sound(&p.name[k])
			}
			last := p.name[len(p.name)-1].key
			r.sources.set(last, 1)
			r.lasts.add(last)
		}
	}
}

func (r *resolver) sound(w *word) {
	if w.in(kunya) || w.known && !w.has(lang.Given) {
		return
	}
	var room [48]byte
	if s := appendSkeleton(room[:0], r.t.Raw[w.start:w.end]); len(s) > 2 {
		w.alt = text.Hash(string(s))
	}
}

// window is the tokens from token i on that a phrase may hold.
func (r *resolver) window(i int) text.Range {
	end := i
	for end < len(r.hints) && end < i+lookahead {
		if r.hints[end] == 0 {
			if k := &r.t.Tokens[end]; k.Kind == text.Punct && !(k.Is('-') && !k.Has(text.Spaced)) {
				break
			}
		} else if end > i && r.hints[end]&aBreak != 0 {
			break
		}
		end++
	}
	return text.Range{First: i, End: end}
}

// wordsOf are the words of a range, without signs.
func (r *resolver) wordsOf(rg text.Range) []word {
	from := len(r.kept)
	for k := rg.First; k < rg.End; k++ {
		if r.hints[k] != 0 {
			r.kept = append(r.kept, r.word(k))
		}
	}
	return r.since(from)
}

func (w *word) breaks() bool {
	return w.any(ofRel|ofComp|ofNeg|ofAux) && !w.any(ofPrep|ofGiven|ofTitle) && !w.capital() ||
		w.any(ofCue|ofVerb) && w.arabic && !w.any(people|bodies|ofGiven|ofNisba) && !w.def()
}

// strange reports a word that may be a foreign name.
func (w *word) strange() bool { return !w.known && !w.def() && w.bare == 0 }

// titled notes a person named behind a title.
func (r *resolver) titled(i int) {
	from := len(r.kept)
	if p := r.titleAt(i); p.form != person || !r.latent(&p, i) {
		r.kept = r.kept[:from]
	}
}

// titleAt reads the title at token i and the name behind it.
func (r *resolver) titleAt(i int) phrase {
	rg := r.window(i)
	if r.t.Tokens[i].Flags&text.Arabic == 0 {
		w := r.wordsOf(rg)
		p := r.latinPart(part{w: w})
		if p.form != person && len(w) == 1 {
			p = r.afterComma(i)
		}
		return p
	}
	if !r.mayName(rg) {
		return phrase{}
	}
	w := r.wordsOf(rg)
	at := arabicName(w, true)
	if at == len(w) {
		return phrase{}
	}
	p := r.personOf(w[at:nameEnd(w, at, true)], w[:at])
	if !r.plausible(p.name) {
		return phrase{}
	}
	return p
}

// afterComma reads the name between commas behind a title in Latin letters: a
// spokesman, Layth al-Hamdoun, said.
func (r *resolver) afterComma(i int) phrase {
	if i+2 >= len(r.t.Tokens) || !r.t.Tokens[i+1].Is(',') {
		return phrase{}
	}
	w := r.wordsOf(r.window(i + 2))
	n := 0
	for n < len(w) && n < maxName && !w[n].arabic && ownName(&w[n]) && !w[n].any(bodies) {
		n++
	}
	if n < 2 || n < len(w) {
		return phrase{}
	}
	return r.personOf(w, r.wordsOf(text.Range{First: i, End: i + 1}))
}

// untitled notes a person whose given name stands in the text with another
// name behind it.
func (r *resolver) untitled(i int) {
	rg := r.window(i)
	if !r.goesOn(rg) {
		return
	}
	from := len(r.kept)
	if p := r.nameAt(rg); p.form != person || !r.latent(&p, i) {
		r.kept = r.kept[:from]
	}
}

// goesOn reports that the first two words of a range may be parts of a name.
func (r *resolver) goesOn(rg text.Range) bool {
	n := 0
	for _, m := range r.hints[rg.First:rg.End] {
		switch {
		case m == 0:
		case m&aPart == 0:
			return false
		default:
			n++
		}
		if n == 2 {
			return true
		}
	}
	return false
}

// nameAt reads the name at the beginning of a range.
func (r *resolver) nameAt(rg text.Range) phrase {
	i, w := rg.First, r.wordsOf(rg)
	n := 0
	for n < len(w) && n < maxName && (nameLike(&w[n], true) && w[n].arabic || !w[n].arabic && ownName(&w[n])) {
		n++
	}
	if n < 2 || w[0].arabic && !(w[n-1].def() || w[n-1].has(lang.Given) || w[0].in(kunya)) {
		return phrase{}
	}
	if w[0].in(kunya) {
		n = 2
	}
	if !w[0].arabic && w[n-1].any(bodies) {
		return phrase{}
	}
	p := r.personOf(w[:n], nil)
	if i > 0 && r.hints[i-1]&aPerson != 0 {
		p.role = r.wordsOf(text.Range{First: i - 1, End: i})
	}
	if i > 1 && r.t.Tokens[i-1].Kind == text.Mark && r.hints[i-2]&aPerson != 0 {
		p.role = r.wordsOf(text.Range{First: i - 2, End: i - 1})
	}
	return p
}

// mayName reports that some part of a range behind its first word could be a
// plausible name.
func (r *resolver) mayName(rg text.Range) bool {
	before := hint(0)
	for _, m := range r.hints[rg.First+1 : rg.End] {
		if m&(aGiven|aKunya) != 0 || m&before&aStranger != 0 || m != 0 && r.lasts.has(m) {
			return true
		}
		if m != 0 {
			before = m
		}
	}
	return false
}

// plausible rules out nouns that only stand where a name could: a name has a
// given name in it, or a family name that speaks elsewhere, or looks foreign.
func (r *resolver) plausible(name []word) bool {
	if n := len(name); n > 1 && r.sources.has(name[n-1].key) {
		return true
	}
	unknown := 0
	for i := range name {
		w := &name[i]
		if w.has(lang.Given) || w.in(kunya) {
			return true
		}
		if w.flags&text.EndsTa != 0 && i == 0 {
			return false
		}
		if w.strange() {
			unknown++
		}
	}
	return len(name) > 1 && len(name) < 5 && unknown == len(name)
}

// latent makes a party of a person who stands in the text, to be there if a
// source points to it. It reports whether there is one.
func (r *resolver) latent(p *phrase, tok int) bool {
	if len(p.name) < 2 {
		return false
	}
	for k := range p.name {
		r.sound(&p.name[k])
	}
	p.aside = true
	p.span = r.t.Span(text.Range{First: tok, End: tok + 1})
	id, several := r.match(p)
	switch {
	case several:
		return false
	case id < 0 && len(r.parties) < maxParties/2:
		id = r.add(p, r.t.Raw)
		r.parties[id].latent = true
	case id >= 0:
		r.join(id, p, r.t.Raw)
	default:
		return false
	}
	r.see(id, at(r.t.Paragraphs, tok))
	r.found = append(r.found, mention{tok, id})
	return true
}

// acronym notes a body with a short form in brackets: the sources that follow
// may use the short form alone.
func (r *resolver) acronym(i int) {
	if i == 0 || i+2 >= len(r.t.Tokens) || !r.t.Tokens[i+2].Is(')') || r.t.Tokens[i+1].Kind > text.Number || r.t.Tokens[i-1].Kind > text.Number {
		return
	}
	short := r.word(i + 1)
	if short.known && !short.any(bodies) || short.any(closed) || !short.arabic && short.flags&text.AllCaps == 0 {
		return
	}
	first := r.headBefore(i)
	if first < 0 {
		return
	}
	p := r.read(r.parts(text.Range{First: first, End: i}))
	if p.form != body && p.form != proper || len(p.name) < 2 {
		return
	}
	p.form = body
	if p.kind == isnad.Person {
		p.kind = isnad.Organisation
	}
	p.also = append(p.also, r.wordsOf(text.Range{First: i + 1, End: i + 2}))
	p.aside = true
	p.span = r.t.Span(text.Range{First: first, End: i})
	id, several := r.match(&p)
	switch {
	case several:
	case id >= 0:
		r.join(id, &p, r.t.Raw)
	case len(r.parties) < maxParties/2:
		id = r.add(&p, r.t.Raw)
		r.parties[id].latent = true
	}
}

// headBefore finds the first word of the name that ends before token i: in
// Arabic the nearest head of a body, in Latin letters the run of capitals.
func (r *resolver) headBefore(i int) int {
	best := -1
	for k := i - 1; k >= 0 && k > i-lookahead; k-- {
		w := r.word(k)
		switch {
		case r.t.Tokens[k].Kind == text.Punct && !r.t.Tokens[k].Is('-'):
			return best
		case w.arabic && w.any(ofOrg|ofOutletHead):
			best = k
			if k == 0 {
				return best
			}
			if before := r.word(k - 1); !before.any(bodies) || before.def() {
				return best
			}
		case w.arabic && w.any(ofVerb|ofCue|ofComp) && !w.def():
			return best
		case !w.arabic && w.capital():
			best = k
		case !w.arabic && !w.any(ofPrep|ofConj) && !w.in(the|particle) && w.key != 0:
			return best
		}
	}
	return best
}

// countTurns finds out whether the text is an interview: two paragraphs or more
// begin with a dash.
func (r *resolver) countTurns() {
	n := 0
	for k := range r.t.Paragraphs {
		if r.turn(k) {
			n++
		}
	}
	r.turns = n > 1
}

// turn reports that a paragraph begins with a dash.
func (r *resolver) turn(k int) bool {
	if k >= len(r.t.Paragraphs) {
		return false
	}
	p := r.t.Paragraphs[k]
	t := r.t.Tokens[p.First]
	return t.Is('–') || t.Is('-') || t.Is('—')
}
