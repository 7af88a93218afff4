package reader

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Where a reported clause ends. A clause goes on to the end of its sentence or
// of its quotation, unless the outer voice comes back before. The places where
// that may be (behind a comma, before a participle of speaking, an according-to
// phrase) are looked at one after another, and a linear model over what is
// known of a place decides; the traits are in trait.go.

// clauseEnd is the token after the reported clause of the cue at c that begins
// at token from.
func (a *arabic) clauseEnd(from, lim, c int) int {
	cl := a.clauseOf(from, lim, c)
	first := true
	for i := from; i < lim; i++ {
		if a.skips(&i, lim) {
			continue
		}
		if a.breaks(i, lim) {
			return i
		}
		if !a.place(i, from, lim) {
			continue
		}
		t := a.traits(i, &cl)
		t.add(traitFirst, first)
		first = false
		if a.learn != nil {
			a.learn(cl, i, t)
		} else if a.ends(&t) {
			return i
		}
	}
	return lim
}

// ends reports whether the model takes a place for the end.
func (d *doc) ends(t *traits) bool {
	sum := 0.0
	for n, w := range &d.endings {
		if t[n] {
			sum += w
		}
	}
	return sum > 0
}

// clause is a reported clause whose end is looked for.
type clause struct {
	from, lim int          // its first token; the token after the last it may have
	cue       int          // token of the cue
	verb      lang.Reading // of the cue, where it is a finite verb
	wish      bool
}

func (a *arabic) clauseOf(from, lim, c int) clause {
	cl := clause{from: from, lim: lim, cue: c, wish: a.wished(from)}
	for _, r := range a.readings(c) {
		if r.Class == lang.Cue && finiteForm(r) {
			cl.verb = r
		}
	}
	return cl
}

// skips moves i over what no clause ends in: a quotation, a parenthesis, an
// according-to phrase between commas.
func (a *arabic) skips(i *int, lim int) bool {
	if a.word(*i) {
		return false
	}
	if q := a.opening(*i); q != nil && q.Close < lim {
		*i = q.Close
		return true
	}
	if a.is(*i, '(') {
		*i = a.closeParen(*i, lim)
		return true
	}
	if k := a.interposed(*i, lim); k > *i {
		*i = k - 1
		return true
	}
	return false
}

// breaks reports a sign that no clause crosses.
func (a *arabic) breaks(i, lim int) bool {
	return a.stop(i) && a.tags[i].last || a.is(i, ':') && i+1 < lim && a.opening(i+1) != nil
}

// place reports that a clause which begins at from may end before token i.
func (a *arabic) place(i, from, lim int) bool {
	switch {
	case a.comma(i) || a.is(i, '؛') || a.is(i, ';'):
		return i+1 < lim
	case a.is(i, '-') || a.is(i, '–'):
		return a.t.Tokens[i].Has(text.Spaced) && i+1 < lim
	case !a.word(i) || i <= from || a.comma(i-1):
		return false
	}
	return a.accordingAt(i) || i > from+1 && a.turnsInline(i, lim)
}

// wished reports a clause whose verb is in the imperfect right behind أن: what
// should or may happen.
func (a *arabic) wished(from int) bool {
	return a.that(from-1) && a.bareThat(from-1) && !a.t.Tokens[from-1].Has(text.HamzaBelow) && a.inForm(from, lang.Imperfect)
}

// happened reports a conjoined verb in the perfect, which does not go on from a
// clause that is only wished.
func (a *arabic) happened(i int) bool {
	return a.secondVerb(i) && a.inForm(i, lang.Perfect)
}

// Place is where a reported clause may end, for learning the weights.
type Place struct {
	Cue      text.Span
	From, At int // byte offsets: of the clause, and the end that it would have here
	Features []string
}

// Places gives the places of all reported clauses in t, those of a clause in
// the order in which they are asked about. A clause may come more than once.
func Places(pack *lang.Pack, t *text.Text) []Place {
	r := New(pack)
	var out []Place
	r.doc.learn = func(cl clause, i int, has traits) {
		p := Place{Cue: t.Span(text.Range{First: cl.cue, End: cl.cue + 1}), From: int(t.Tokens[cl.from].Start), At: int(t.Tokens[i-1].End)}
		for n, yes := range has {
			if yes {
				p.Features = append(p.Features, traitPrefix+traitNames[n])
			}
		}
		out = append(out, p)
	}
	r.propose(t)
	return out
}
