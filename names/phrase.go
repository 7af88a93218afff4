package names

import (
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// form is how a phrase names its party.
type form uint8

const (
	nothing form = iota
	pronoun
	person   // by a personal name, with or without role
	role     // by what the person is (the minister)
	body     // an organisation, outlet or state
	proper   // by a name that may be a person's or a body's
	unnamed  // not identified
	document // by what was written (the statement), without a word on by whom
)

// phrase is what a noun phrase says of its party.
type phrase struct {
	form    form
	kind    isnad.PartyKind
	name    []word   // words of the name that count
	also    [][]word // further names: in brackets, in apposition
	role    []word   // titles, each with what it is the title of
	maybe   []word   // of a role: a family name or an adjective (الوزير القطراني, المدير التنفيذي)
	head    uint64   // key of the noun that heads a role or an unnamed source
	doc     uint64   // key of the document's word
	agr     gender
	def     bool // the phrase points to something known
	fresh   bool // the phrase opens another party of the same name
	loose   bool // a role with an indefinite article: no one is named unless a name follows
	aside   bool // read off the running text, not a source
	relates bool // a relative pronoun: the phrase before it names the party
	quoted  bool
	span    text.Span
}

// gender is a set of the genders and numbers that a party may agree with.
type gender uint8

const (
	masc gender = 1 << iota
	fem
	plural  // masculine or mixed
	pluralF //
	thing   // it
)

// genderOf turns an agreement of the tables into genders.
func genderOf(a lang.Agr) gender {
	switch a {
	case lang.M:
		return masc
	case lang.F, lang.NP:
		return fem
	case lang.MP, lang.Dual:
		return plural
	case lang.FP, lang.DualF:
		return pluralF
	}
	return 0
}

// part is a stretch of a phrase between commas or within brackets.
type part struct {
	w       []word
	bracket bool
	quoted  bool
}

// parts cuts a range of tokens at commas and brackets, and ends it where a
// relative clause begins. They are good until the next call.
func (r *resolver) parts(rg text.Range) []part {
	r.pieces = r.pieces[:0]
	p, from := part{}, len(r.kept)
	flush := func(bracket bool) {
		if p.w = r.since(from); len(p.w) > 0 {
			r.pieces = append(r.pieces, p)
		}
		p, from = part{bracket: bracket}, len(r.kept)
	}
	for i := rg.First; i < min(rg.End, rg.First+maxPhrase); i++ {
		k := &r.t.Tokens[i]
		switch {
		case k.Kind <= text.Number:
			w := r.word(i)
			if len(r.kept) > from && r.relative(&w, i) {
				flush(false)
				return r.pieces
			}
			r.kept = append(r.kept, w)
		case k.Kind == text.Mark:
			p.quoted = p.quoted || len(r.kept) == from
		case k.Is(',') || k.Is('،') || k.Is(')') || k.Is(']'):
			flush(false)
		case k.Is('(') || k.Is('['):
			flush(true)
		case k.Is('-') || k.Is('–') || k.Is('—'):
			if k.Has(text.Spaced) {
				flush(false)
			}
		case k.Is(':') || k.Is('؛') || k.Is(';'):
			flush(false)
			return r.pieces
		}
	}
	flush(false)
	return r.pieces
}

// relative reports that a relative clause begins with w, token i.
func (r *resolver) relative(w *word, i int) bool {
	if !w.has(lang.Rel) || w.any(ofPrep|ofTitle|ofGiven) || w.capital() {
		return false
	}
	if i > 0 && !w.arabic {
		if before := r.word(i - 1); before.has(lang.Prep) { // of that village
			return false
		}
	}
	return true
}

// phraseAt reads the noun phrase of a span.
func (r *resolver) phraseAt(s text.Span) phrase {
	rg := r.tokens(s)
	if rg.Len() == 0 {
		return phrase{}
	}
	if k := &r.t.Tokens[rg.First]; int(k.Start) < s.Start && s.Start < int(k.End) {
		if w := r.word(rg.First); int(w.start) < s.Start { // behind a clitic
			r.insideOf, r.inside = rg.First+1, r.b.word(r.t, rg.First, s.Start)
		}
	}
	p := r.read(r.parts(rg))
	r.insideOf = 0
	p.span = s
	return p
}

// read joins the parts of a phrase: the first names the party, the others add
// names and roles.
func (r *resolver) read(parts []part) phrase {
	var p phrase
	for _, s := range parts {
		if p.form == nothing {
			p = r.part(s)
			p.quoted = s.quoted
			continue
		}
		q := r.part(s)
		if h := &s.w[0]; p.wantsName() && q.form != person && h.arabic && !h.def() && !h.any(people|bodies|closed|ofDocSource) {
			q = r.personOf(s.w[:min(len(s.w), 4)], nil)
		}
		if s.bracket {
			if q.form >= person && len(q.name) > 0 && len(q.name) <= 4 {
				p.also = append(p.also, q.name)
			}
			continue
		}
		r.apposition(&p, &q)
	}
	if p.form == role && p.loose {
		p.form, p.kind, p.name = unnamed, isnad.UnnamedParty, r.content(p.role)
	}
	return p
}

func (r *resolver) part(s part) phrase {
	ar := 0
	for i := range s.w {
		if s.w[i].arabic {
			ar++
		}
	}
	if 2*ar >= len(s.w) {
		return r.arabicPart(s)
	}
	return r.latinPart(s)
}

// wantsName reports a role whose holder may be named behind a comma.
func (p *phrase) wantsName() bool {
	return p.form == role || p.form == unnamed || p.form == body && len(p.role) > 0
}

// apposition adds what stands behind a comma.
func (r *resolver) apposition(p, q *phrase) {
	switch {
	case p.wantsName() && (q.form == person || q.form == proper):
		// a spokesman or another holder of a role whose name follows
		if p.form == unnamed {
			p.role = p.name
		}
		p.form, p.kind, p.name, p.def = person, isnad.Person, q.name, false
		p.role = r.joined(p.role, q.role)
		p.agr |= q.agr
	case p.form == person && q.form == person && len(p.name) == 1 && len(q.name) > 1:
		p.role, p.name = r.joined(p.role, p.name), q.name
	case p.form == proper && q.form == body:
		p.form, p.kind = body, q.kind
		p.also = append(p.also, q.name)
	case p.form == body && q.form == body && !q.def:
		if q.kind == isnad.OutletParty {
			p.kind = q.kind
		}
		p.also = append(p.also, q.name)
	case (p.form == person || p.form == proper) && (q.form == role || q.form == unnamed):
		p.form, p.kind = person, isnad.Person
		p.role = r.joined(p.role, q.role)
		p.agr |= q.agr
	}
}

// personOf makes a phrase of a name and the titles around it.
func (r *resolver) personOf(name, titles []word) phrase {
	p := phrase{form: person, kind: isnad.Person, role: titles}
	from := len(r.kept)
	for i := range name {
		w := &name[i]
		if w.has(lang.Given) && p.agr == 0 {
			p.agr = genderOf(w.agr)
		}
		if w.in(particle) && !w.in(kunya) && len(name) > 1 {
			continue
		}
		r.kept = append(r.kept, *w)
	}
	if p.name = r.since(from); len(p.name) > 0 {
		p.name[0].start = name[0].start
	}
	for i := range titles {
		if titles[i].has(lang.Title) && titles[i].agr != lang.AnyAgr {
			p.agr = genderOf(titles[i].agr)
			break
		}
	}
	return p
}

// hash is the hash of the words as the tables' names are hashed.
func hash(name []word) uint64 {
	h := uint64(0)
	for i := range name {
		h = mix(h, name[i].key)
	}
	return h
}

// kindOf tells what kind of body a name is by its words.
func kindOf(name []word) isnad.PartyKind {
	kind := isnad.Organisation
	for i := range name {
		w := &name[i]
		switch {
		case w.has(lang.Outlet) || w.has(lang.OutletHead) && (i == 0 || !w.arabic):
			return isnad.OutletParty
		case w.in(government), i == 0 && w.any(ofState|ofCapital) && len(name) == 1:
			kind = isnad.StateParty
		}
	}
	return kind
}

// display is the raw text of a name without quotation marks.
func display(raw string, name []word) string {
	if len(name) == 0 {
		return ""
	}
	first := &name[0]
	s := raw[first.start:name[len(name)-1].end]
	switch {
	case first.arabic && first.clitic&lang.To != 0 && first.def():
		s = "ا" + strings.TrimPrefix(s, "ل")
	case first.arabic && first.clitic&(lang.To|lang.With) != 0:
		_, n := skipRune(s, 0)
		s = s[n:]
	}
	if clean(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune("«»“”\"„‹› \t\n\r\u00a0", r)
	}), " ")
}

// clean reports, of most that are, that a text has no quotation marks and no
// spaces but single ones between words.
func clean(s string) bool {
	space := true
	for i := range len(s) {
		switch s[i] {
		case '"', '\t', '\n', '\r', 0xC2, 0xE2:
			return false
		case ' ':
			if space {
				return false
			}
			space = true
		default:
			space = false
		}
	}
	return !space
}
