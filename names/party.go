package names

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// party is what is known of a party while the document is read.
type party struct {
	kind   isnad.PartyKind
	label  string
	words  int  // of the name that label is
	loose  bool // label was read off the running text
	names  [][]word
	roles  [][]word
	agr    gender
	known  uint64 // number of the name in the tables
	latent bool   // stands in the text or its data, but has not spoken
	spans  []text.Span
}

// Bounds on what is kept of one party and of one word of the index.
const (
	maxNames = 8
	maxIndex = 64
)

// same reports whether a phrase may name the party.
func (q *party) same(p *phrase) bool {
	if q.kind == isnad.UnnamedParty {
		return false
	}
	asPerson := q.kind == isnad.Person && p.form != body
	asBody := q.kind != isnad.Person && p.form != person
	for _, n := range q.names {
		if asPerson && samePerson(n, p.name) || asBody && sameBody(n, p.name, q.known) {
			return true
		}
	}
	return false
}

// samePerson compares personal names, titles aside: one word is a family name,
// or a given name where that is one; of longer names first and last agree, or
// one is the other with words left out.
func samePerson(a, b []word) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) == 0 {
		return false
	}
	first, last := &a[0], &a[len(a)-1]
	if len(b) == 1 {
		return b[0].like(last) || b[0].like(first) && !first.in(kunya) && b[0].has(lang.Given)
	}
	if first.like(&b[0]) && last.like(&b[len(b)-1]) {
		return true
	}
	k := 0
	for i := range a {
		if k < len(b) && a[i].like(&b[k]) {
			k++
		}
	}
	return k == len(b) && len(a) > len(b)
}

// sameBody compares the name of a body with a form of it that may leave words
// out: every word of the short form stands in the long one, and it begins as
// the long one does, a head like "forces" aside. In Latin letters the head
// noun comes last, so any noun for a body will do.
func sameBody(full, short []word, known uint64) bool {
	if len(short) > len(full) {
		full, short = short, full
	}
	for i := range short {
		if !contains(full, &short[i]) {
			return false
		}
	}
	if len(short) == len(full) {
		return true
	}
	if known != 0 && len(short) > 1 {
		return false // the tables hold the whole name
	}
	s := &short[0]
	switch {
	case s.like(&full[0]):
		return len(short) > 1 || s.def() || !s.arabic
	case full[0].any(ofOutletHead) || full[0].in(carrier):
		return s.like(&full[1])
	case s.arabic:
		return false
	}
	return latinHead(full, short)
}

func latinHead(full, short []word) bool {
	for i := range short {
		if short[i].any(ofOrg|ofOutletHead) || short[i].flags&text.AllCaps != 0 {
			return true
		}
	}
	return false
}

func contains(name []word, w *word) bool {
	for i := range name {
		if name[i].like(w) {
			return true
		}
	}
	return false
}

// holds reports that the person bears the role: one of its titles is the head,
// and what the titles belong to does not differ.
func (q *party) holds(p *phrase) bool {
	for _, r := range q.roles {
		for i := range r {
			if r[i].key == p.head && r[i].any(people) && compatible(r, p.role) {
				return true
			}
		}
	}
	return false
}

// compatible reports that of two roles one says all that the other says, titles
// aside.
func compatible(a, b []word) bool {
	missing := func(x, y []word) bool {
		for i := range x {
			w := &x[i]
			if w.any(people|closed) || w.in(behalf|itself|the|indefinite) || w.possessive() {
				continue
			}
			if !contains(y, w) {
				return true
			}
		}
		return false
	}
	return !missing(a, b) || !missing(b, a)
}

// genders is what the party may agree with.
func (q *party) genders() gender {
	if q.agr != 0 && !q.latinBody() {
		return q.agr
	}
	switch {
	case q.latinBody():
		return q.agr | thing | plural
	case q.kind == isnad.UnnamedParty:
		return masc | fem | plural | pluralF
	}
	return masc | fem
}

func (q *party) latinBody() bool {
	return q.kind != isnad.Person && q.kind != isnad.UnnamedParty && len(q.names) > 0 && !q.names[0][0].arabic
}

// open makes q a new party, in the room of an old one.
func (q *party) open(kind isnad.PartyKind, agr gender) {
	*q = party{kind: kind, agr: agr, names: q.names[:0], roles: q.roles[:0], spans: q.spans[:0]}
}

// learn adds what a phrase says to the party.
func (q *party) learn(p *phrase, raw string) {
	if q.agr == 0 {
		q.agr = p.agr
	}
	if p.form == body && q.kind == isnad.Person {
		q.kind = p.kind
	}
	if len(p.role) > 0 && len(q.roles) < maxNames {
		q.roles = append(q.roles, p.role)
	}
	if p.form == role || len(p.name) == 0 {
		if q.label == "" {
			q.label = display(raw, p.role)
		}
		return
	}
	q.addName(p.name)
	for _, n := range p.also {
		q.addName(n)
	}
	if n := len(p.name); n > q.words && !(p.aside && q.words > 1) || q.loose && !p.aside && n > 1 {
		q.words, q.label, q.loose = n, display(raw, p.name), p.aside
	}
}

func (q *party) addName(n []word) {
	for _, have := range q.names {
		if len(have) == len(n) && hash(have) == hash(n) {
			return
		}
	}
	if len(n) > 0 && len(q.names) < maxNames {
		q.names = append(q.names, n)
	}
}
