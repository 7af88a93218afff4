package names

import (
	"sort"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// resolver is one document on its way to its parties.
type resolver struct {
	b       *Book
	t       *text.Text
	atts    []isnad.Attribution
	ws      []word
	phr     []phrase
	cues    []cue
	order   []int // attributions by the place of their cue
	rank    []int // place of each in order
	tell    []int
	parties []party
	index   map[uint64][]int32
	seen    map[place]bool
	found   []mention       // persons named in the text, in its order
	ofBody  map[uint64]bool // words that stand behind the head of a body
	sources map[uint64]bool // last words of the personal names that speak
	group   map[uint64]int  // last unnamed party by the noun that heads it
	whole   map[uint64]int  // unnamed party by all its words
	self    []int           // author and publisher, where given
	turns   bool            // the text is an interview in turns
}

// place says that a party is named in a paragraph.
type place struct{ party, paragraph int }

// mention is a person named somewhere in the text.
type mention struct {
	tok, party int
}

func newResolver(b *Book, t *text.Text, atts []isnad.Attribution, doc *isnad.Document) *resolver {
	r := &resolver{
		b: b, t: t, atts: atts, ws: b.words(t), phr: make([]phrase, len(atts)), cues: make([]cue, len(atts)),
		order: make([]int, len(atts)), rank: make([]int, len(atts)), tell: make([]int, len(atts)),
		index: make(map[uint64][]int32), seen: make(map[place]bool), ofBody: make(map[uint64]bool), sources: make(map[uint64]bool),
		group: make(map[uint64]int), whole: make(map[uint64]int),
	}
	for i := range atts {
		r.order[i], r.tell[i] = i, -1
		r.cues[i] = r.cueOf(i)
		if s := atts[i].Own().Source; len(s) > 0 {
			r.phr[i] = r.phraseAt(r.clamp(s[0]))
		}
	}
	sort.SliceStable(r.order, func(i, j int) bool { return r.cues[r.order[i]].at < r.cues[r.order[j]].at })
	for n, i := range r.order {
		r.rank[i] = n
	}
	if doc != nil {
		r.outside(doc.Author)
		r.outside(doc.Publisher)
	}
	return r
}

// clamp keeps a span within the text and on its rune boundaries.
func (r *resolver) clamp(s text.Span) text.Span {
	raw := r.t.Raw
	s.Start = min(max(s.Start, 0), len(raw))
	s.End = min(max(s.End, s.Start), len(raw))
	for s.Start > 0 && s.Start < len(raw) && !utf8.RuneStart(raw[s.Start]) {
		s.Start--
	}
	for s.End < len(raw) && !utf8.RuneStart(raw[s.End]) {
		s.End++
	}
	return s
}

// tokens is the range of tokens that a span touches.
func (r *resolver) tokens(s text.Span) text.Range {
	toks := r.t.Tokens
	lo := sort.Search(len(toks), func(i int) bool { return int(toks[i].End) > s.Start })
	hi := lo + sort.Search(len(toks)-lo, func(i int) bool { return int(toks[lo+i].Start) >= s.End })
	return text.Range{First: lo, End: hi}
}

// at is the index of the range that holds token i.
func at(ranges []text.Range, i int) int {
	return sort.Search(len(ranges), func(k int) bool { return ranges[k].End > i })
}

// outside makes a latent party of a name that stands in the document's data.
func (r *resolver) outside(name string) {
	t, err := text.New(name)
	if err != nil || len(t.Tokens) == 0 || len(t.Tokens) > maxPhrase {
		return
	}
	o := resolver{b: r.b, t: t, ws: r.b.words(t)}
	p := r.b.read(o.parts(text.Range{End: len(t.Tokens)}))
	if p.form == proper && len(p.name) > 0 && !p.name[0].has(lang.Given) {
		p.kind = isnad.OutletParty
		p.form = body
	}
	if p.form != person && p.form != body && p.form != proper || len(p.name) == 0 {
		return
	}
	id, _ := r.match(&p)
	if id < 0 {
		id = r.open(&p, name)
		r.parties[id].latent = true
	}
	r.self = append(r.self, id)
}

// open makes a new party of a phrase; -1 where there are too many.
func (r *resolver) open(p *phrase, raw string) int {
	if len(r.parties) == maxParties {
		return -1
	}
	id := len(r.parties)
	r.parties = append(r.parties, party{kind: p.kind, agr: p.agr})
	r.join(id, p, raw)
	return id
}

// join adds a phrase to a party.
func (r *resolver) join(id int, p *phrase, raw string) {
	q := &r.parties[id]
	q.learn(p, raw)
	if p.form != unnamed && q.known == 0 {
		q.known = r.b.known(p.name)
	}
	if p.form == role || p.form == unnamed || p.form == document {
		return
	}
	for _, n := range append(p.also[:len(p.also):len(p.also)], p.name) {
		for k := range n {
			r.enter(n[k].key, id)
			r.enter(n[k].bare, id)
			r.enter(n[k].alt, id)
		}
	}
	if q.known != 0 {
		r.enter(q.known, id)
	}
}

func (r *resolver) enter(key uint64, id int) {
	list := r.index[key]
	if key == 0 || len(list) >= maxIndex {
		return
	}
	for _, have := range list {
		if int(have) == id {
			return
		}
	}
	r.index[key] = append(list, int32(id))
}

// match finds the parties that a phrase may name. It gives the one, or -1 and
// whether there were several.
func (r *resolver) match(p *phrase) (int, bool) {
	var fit []int
	add := func(key uint64) {
		for _, id := range r.index[key] {
			if !hasInt(fit, int(id)) && r.parties[id].same(p) {
				fit = append(fit, int(id))
			}
		}
	}
	if k := r.b.known(p.name); k != 0 {
		for _, id := range r.index[k] {
			if r.parties[id].known == k {
				return int(id), false
			}
		}
	}
	for _, w := range []*word{&p.name[0], &p.name[len(p.name)-1]} {
		for _, key := range []uint64{w.key, w.bare, w.alt} {
			if key != 0 {
				add(key)
			}
		}
	}
	return r.pick(fit, p)
}

func hasInt(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// pick chooses between parties that fit: the only one, the only one with
// exactly these words, the only one that speaks, or the only one named in the
// same paragraph. Otherwise it tells that there are several.
func (r *resolver) pick(fit []int, p *phrase) (int, bool) {
	if len(fit) == 0 {
		return -1, false
	}
	paragraph := r.paragraph(p.span.Start)
	for _, keep := range []func(id int) bool{
		func(int) bool { return true },
		func(id int) bool {
			return len(p.name) > 1 && len(r.parties[id].names) > 0 && hash(r.parties[id].names[0]) == hash(p.name)
		},
		func(id int) bool { return !r.parties[id].latent },
		func(id int) bool { return r.seen[place{id, paragraph}] },
	} {
		one, n := -1, 0
		for _, id := range fit {
			if keep(id) {
				one = id
				n++
			}
		}
		if n == 1 {
			return one, false
		}
	}
	return -1, true
}

func (r *resolver) paragraph(at0 int) int {
	return at(r.t.Paragraphs, r.tokens(text.Span{Start: at0, End: at0 + 1}).First)
}

// tellAs notes that attribution i is told by a party under a phrase.
func (r *resolver) tellAs(i, id int) {
	r.tell[i] = id
	if id < 0 {
		return
	}
	p := &r.phr[i]
	q := &r.parties[id]
	q.latent = false
	q.spans = append(q.spans, p.span)
	r.seen[place{id, r.cues[i].paragraph}] = true
	if q.agr == 0 && r.cues[i].want&(masc|fem) != 0 && !r.cues[i].suffix {
		q.agr = r.cues[i].want & (masc | fem)
	}
}

// fullNames files the sources with names of several words, the longest first,
// so that shorter forms find them.
func (r *resolver) fullNames() {
	var full []int
	for _, i := range r.order {
		p := &r.phr[i]
		if (p.form == person || p.form == body || p.form == proper) && (len(p.name) > 1 || r.b.known(p.name) != 0) {
			full = append(full, i)
		}
	}
	sort.SliceStable(full, func(i, j int) bool { return len(r.phr[full[i]].name) > len(r.phr[full[j]].name) })
	for _, i := range full {
		r.tellAs(i, r.byName(&r.phr[i]))
	}
}

// byName files a phrase under its name; -1 where several parties bear it.
func (r *resolver) byName(p *phrase) int {
	if len(p.name) == 0 {
		return -1
	}
	if p.form == proper && r.ofBody[p.name[0].key] {
		p.form, p.kind = body, isnad.Organisation
	}
	id, several := r.match(p)
	if several && len(p.name) > 1 && p.form == person {
		several = false // a full name that two longer ones would fit is a third person
	}
	switch {
	case id >= 0:
		r.join(id, p, r.t.Raw)
		return id
	case several:
		return -1
	}
	if id := r.overrun(p); id >= 0 {
		return id
	}
	if p.form == proper && p.quoted && len(p.name) == 1 && p.name[0].flags&text.EndsYa == 0 {
		p.kind = isnad.Organisation
	}
	return r.open(p, r.t.Raw)
}

// overrun finds the person whose family name begins a phrase that the tables
// know nothing of: a source that was read too far (الوردان النبأ).
func (r *resolver) overrun(p *phrase) int {
	w := &p.name[0]
	if p.form == person || len(p.name) == 1 || w.known || !w.def() && w.arabic {
		return -1
	}
	q := phrase{form: person, name: p.name[:1], span: p.span}
	id, _ := r.match(&q)
	return id
}

// shortNames files what is named by one word, by a role or not at all, in the
// order of the text.
func (r *resolver) shortNames() {
	for _, i := range r.order {
		p := &r.phr[i]
		switch {
		case p.form == role:
			r.tellAs(i, r.byRole(p))
		case p.form == unnamed:
			if r.pointsBack(p) {
				p.form = pronoun // the source: whoever spoke last
				continue
			}
			r.tellAs(i, r.byGroup(p))
		case p.form != nothing && p.form != pronoun && p.form != document && r.tell[i] < 0 && len(p.name) == 1:
			r.tellAs(i, r.byName(p))
		}
	}
}

// byRole files a role without a name: the person who is said to hold it, an
// unnamed source described by it, or a party of its own.
func (r *resolver) byRole(p *phrase) int {
	if len(p.maybe) > 0 {
		q := phrase{form: person, name: p.maybe, span: p.span}
		if id, several := r.match(&q); id >= 0 || several {
			return id
		}
	}
	var fit []int
	for id := range r.parties {
		if r.parties[id].kind == isnad.Person && r.parties[id].holds(p) {
			fit = append(fit, id)
		}
	}
	id, several := r.pick(fit, p)
	last, ok := r.group[p.head]
	switch {
	case id >= 0 && ok && p.def && r.parties[id].latent:
		return last
	case id >= 0:
		r.join(id, p, r.t.Raw)
		return id
	case several:
		return -1
	case ok && p.def && len(p.role) == 1:
		return last
	}
	return r.open(p, r.t.Raw)
}

// byGroup files a source that is not identified. What points back (the source,
// the same sources) is the last one of its noun; the same words for several
// people, or the same description, are one group.
func (r *resolver) byGroup(p *phrase) int {
	if len(p.name) == 0 {
		return -1
	}
	if p.def && !p.fresh {
		if id, ok := r.group[p.head]; ok && within(p.name, r.parties[id].names) {
			return id
		}
	}
	all := bag(p.name)
	single := len(p.name) == 1 && p.agr&(plural|pluralF) == 0 && !r.manyThings(p)
	if id, ok := r.whole[all]; ok && !single && !p.fresh {
		return id
	}
	id := r.open(p, r.t.Raw)
	if id >= 0 {
		r.group[p.head], r.whole[all] = id, id
	}
	return id
}

// pointsBack reports "the source" where no unnamed source went before.
func (r *resolver) pointsBack(p *phrase) bool {
	_, ok := r.group[p.head]
	return !ok && p.def && !p.fresh && len(p.name) == 1 && p.name[0].in(source)
}

// manyThings reports a plural of things, which agrees like a feminine.
func (r *resolver) manyThings(p *phrase) bool { return p.name[0].agr == lang.NP }

// within reports that a short form says nothing that the names do not.
func within(short []word, names [][]word) bool {
	for _, n := range names {
		ok := true
		for i := range short {
			ok = ok && contains(n, &short[i])
		}
		if ok {
			return true
		}
	}
	return len(short) == 1
}

// bag is a hash of the words in any order.
func bag(name []word) uint64 {
	h := uint64(0)
	for i := range name {
		h += mix(0, name[i].key)
	}
	return h
}
