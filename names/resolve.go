package names

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// resolver is one document on its way to its parties. Its buffers serve one
// document after another.
type resolver struct {
	b        *Book
	t        *text.Text
	atts     []isnad.Attribution
	memory   *memory // nil where it would not pay
	fresh    remembered
	hints    []hint // by token
	kept     []word // of phrases and names, until the next document
	pieces   []part // of a phrase
	insideOf int    // the token after one that is read as inside; 0 for none
	inside   word   // the end of a word
	phr      []phrase
	cues     []cue
	order    []int // attributions by the place of their cue
	rank     []int // place of each in order
	full     []int // attributions whose source has a name of several words
	fit      []int
	tell     []int
	parties  []party
	index    chains    // parties by the words of their names
	seen     dict      // places
	found    []mention // persons named in the text, in its order
	ofBody   dict      // words that stand behind the head of a body
	sources  dict      // last words of the personal names that speak
	lasts    keySet    // the same
	group    dict      // last unnamed party by the noun that heads it
	whole    dict      // unnamed party by all its words
	issuers  dict      // party by the word for a document of its own
	search   search
	self     []int     // author and publisher, where given
	turns    bool      // the text is an interview in turns
	data     *resolver // of the names in the document's data, where there are any
	dataOf   text.Text
}

// mention is a person named somewhere in the text.
type mention struct {
	tok, party int
}

func newResolver(b *Book) *resolver {
	r := &resolver{b: b, memory: new(memory), index: newChains(b.mix), search: newSearch(b.mix)}
	for _, d := range []*dict{&r.seen, &r.ofBody, &r.sources, &r.group, &r.whole, &r.issuers} {
		*d = newDict(b.mix)
	}
	return r
}

// plain is a resolver of a text without attributions, such as a name.
func (b *Book) plain(t *text.Text) *resolver { return &resolver{b: b, t: t} }

// sized is a slice of n elements in the room of another, whatever they hold.
func sized[T any](s []T, n int) []T {
	if n > cap(s) {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// begin takes a document in.
func (r *resolver) begin(t *text.Text, atts []isnad.Attribution, doc *isnad.Document) {
	r.t, r.atts, r.lasts = t, atts, keySet{}
	r.hintWords()
	r.phr, r.cues = sized(r.phr, len(atts)), sized(r.cues, len(atts))
	r.order, r.rank = sized(r.order, len(atts)), sized(r.rank, len(atts))
	r.tell = make([]int, len(atts)) // the caller keeps it
	for i := range atts {
		r.order[i], r.tell[i], r.phr[i] = i, -1, phrase{}
		r.cues[i] = r.cueOf(i)
		if s := atts[i].Own().Source; len(s) > 0 {
			r.phr[i] = r.phraseAt(r.clamp(s[0]))
		}
	}
	slices.SortStableFunc(r.order, func(i, j int) int { return cmp.Compare(r.cues[i].at, r.cues[j].at) })
	for n, i := range r.order {
		r.rank[i] = n
	}
	if doc != nil {
		r.outside(doc.Author)
		r.outside(doc.Publisher)
	}
}

// end lets go of the document.
func (r *resolver) end() {
	for i := range r.parties {
		r.parties[i].label = ""
	}
	r.t, r.atts, r.tell = nil, nil, nil
	r.kept, r.parties, r.found, r.self, r.full = r.kept[:0], r.parties[:0], r.found[:0], r.self[:0], r.full[:0]
	r.index.reset()
	for _, d := range []*dict{&r.seen, &r.ofBody, &r.sources, &r.group, &r.whole, &r.issuers} {
		d.reset()
	}
	if r.data != nil {
		r.data.kept = r.data.kept[:0]
		r.data.t, r.dataOf.Raw = nil, ""
	}
}

// since is what was kept from a place on.
func (r *resolver) since(from int) []word { return r.kept[from:len(r.kept):len(r.kept)] }

// joined is two lists of words as one.
func (r *resolver) joined(a, b []word) []word {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	from := len(r.kept)
	r.kept = append(append(r.kept, a...), b...)
	return r.since(from)
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
	lo, end := 0, len(toks)
	for lo < end {
		if m := (lo + end) / 2; int(toks[m].End) > s.Start {
			end = m
		} else {
			lo = m + 1
		}
	}
	hi := lo
	for hi < len(toks) && int(toks[hi].Start) < s.End {
		hi++
	}
	return text.Range{First: lo, End: hi}
}

// at is the index of the range that holds token i.
func at(ranges []text.Range, i int) int {
	lo, end := 0, len(ranges)
	for lo < end {
		if m := (lo + end) / 2; ranges[m].End > i {
			end = m
		} else {
			lo = m + 1
		}
	}
	return lo
}

// outside makes a latent party of a name that stands in the document's data.
func (r *resolver) outside(name string) {
	if name == "" {
		return
	}
	if r.data == nil {
		r.data = &resolver{b: r.b, memory: r.memory}
	}
	t := &r.dataOf
	if err := t.Reset(name); err != nil || len(t.Tokens) == 0 || len(t.Tokens) > maxPhrase {
		return
	}
	r.data.t = t
	p := r.data.read(r.data.parts(text.Range{End: len(t.Tokens)}))
	if p.form == proper && len(p.name) > 0 && !p.name[0].has(lang.Given) {
		p.kind = isnad.OutletParty
		p.form = body
	}
	if p.form != person && p.form != body && p.form != proper || len(p.name) == 0 {
		return
	}
	id, _ := r.match(&p)
	if id < 0 {
		id = r.add(&p, name)
		r.parties[id].latent = true
	}
	r.self = append(r.self, id)
}

// add makes a new party of a phrase; -1 where there are too many.
func (r *resolver) add(p *phrase, raw string) int {
	if len(r.parties) == maxParties {
		return -1
	}
	id := len(r.parties)
	if id < cap(r.parties) {
		r.parties = r.parties[:id+1]
	} else {
		r.parties = append(r.parties, party{})
	}
	r.parties[id].open(p.kind, p.agr)
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
	for _, n := range p.also {
		r.enterName(n, id)
	}
	r.enterName(p.name, id)
	if q.known != 0 {
		r.enter(q.known, id)
	}
}

func (r *resolver) enterName(name []word, id int) {
	for k := range name {
		r.enter(name[k].key, id)
		r.enter(name[k].bare, id)
		r.enter(name[k].alt, id)
	}
}

func (r *resolver) enter(key uint64, id int) {
	if key != 0 {
		r.index.add(key, int32(id), maxIndex)
	}
}

// match finds the parties that a phrase may name. It gives the one, or -1 and
// whether there were several.
func (r *resolver) match(p *phrase) (int, bool) {
	if k := r.b.known(p.name); k != 0 {
		for l := r.index.first(k); l >= 0; l = r.index.links[l].next {
			if id := int(r.index.links[l].value); r.parties[id].known == k {
				return id, false
			}
		}
	}
	r.fit = r.fit[:0]
	r.fitting(&p.name[0], p)
	if n := len(p.name); n > 1 {
		r.fitting(&p.name[n-1], p)
	}
	return r.pick(r.fit, p)
}

// fitting adds the parties whose names have a word, and who are not ruled out
// by the rest of the phrase, to r.fit.
func (r *resolver) fitting(w *word, p *phrase) {
	for _, key := range [...]uint64{w.key, w.bare, w.alt} {
		if key == 0 {
			continue
		}
		for l := r.index.first(key); l >= 0; l = r.index.links[l].next {
			if id := int(r.index.links[l].value); !hasInt(r.fit, id) && r.parties[id].same(p) {
				r.fit = append(r.fit, id)
			}
		}
	}
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
	switch len(fit) {
	case 0:
		return -1, false
	case 1:
		return fit[0], false
	}
	paragraph, whole := r.paragraph(p.span.Start), hash(p.name)
	for pass := range 3 {
		one, n := -1, 0
		for _, id := range fit {
			keep := false
			switch q := &r.parties[id]; pass {
			case 0:
				keep = len(p.name) > 1 && len(q.names) > 0 && hash(q.names[0]) == whole
			case 1:
				keep = !q.latent
			case 2:
				keep = r.seen.has(place(id, paragraph))
			}
			if keep {
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

// place numbers the paragraphs of parties.
func place(party, paragraph int) uint64 { return uint64(party)<<32 | uint64(paragraph) }

// see notes that a party is named in a paragraph.
func (r *resolver) see(party, paragraph int) { r.seen.set(place(party, paragraph), 1) }

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
	r.see(id, r.cues[i].paragraph)
	if q.agr == 0 && r.cues[i].want&(masc|fem) != 0 && !r.cues[i].suffix {
		q.agr = r.cues[i].want & (masc | fem)
	}
}

// fullNames files the sources with names of several words, the longest first,
// so that shorter forms find them.
func (r *resolver) fullNames() {
	for _, i := range r.order {
		p := &r.phr[i]
		if (p.form == person || p.form == body || p.form == proper) && (len(p.name) > 1 || r.b.known(p.name) != 0) {
			r.full = append(r.full, i)
		}
	}
	slices.SortStableFunc(r.full, func(i, j int) int { return len(r.phr[j].name) - len(r.phr[i].name) })
	for _, i := range r.full {
		r.tellAs(i, r.byName(&r.phr[i]))
	}
}

// byName files a phrase under its name; -1 where several parties bear it.
func (r *resolver) byName(p *phrase) int {
	if len(p.name) == 0 {
		return -1
	}
	if p.form == proper && r.ofBody.has(p.name[0].key) {
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
	return r.add(p, r.t.Raw)
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
	r.fit = r.fit[:0]
	for id := range r.parties {
		if r.parties[id].kind == isnad.Person && r.parties[id].holds(p) {
			r.fit = append(r.fit, id)
		}
	}
	id, several := r.pick(r.fit, p)
	last, ok := r.group.get(p.head)
	switch {
	case id >= 0 && ok && p.def && r.parties[id].latent:
		return int(last)
	case id >= 0:
		r.join(id, p, r.t.Raw)
		return id
	case several:
		return -1
	case ok && p.def && len(p.role) == 1:
		return int(last)
	}
	return r.add(p, r.t.Raw)
}

// byGroup files a source that is not identified. What points back (the source,
// the same sources) is the last one of its noun; the same words for several
// people, or the same description, are one group.
func (r *resolver) byGroup(p *phrase) int {
	if len(p.name) == 0 {
		return -1
	}
	if p.def && !p.fresh {
		if id, ok := r.group.get(p.head); ok && within(p.name, r.parties[id].names) {
			return int(id)
		}
	}
	all := bag(p.name)
	single := len(p.name) == 1 && p.agr&(plural|pluralF) == 0 && !r.manyThings(p)
	if id, ok := r.whole.get(all); ok && !single && !p.fresh {
		return int(id)
	}
	id := r.add(p, r.t.Raw)
	if id >= 0 {
		r.group.set(p.head, int32(id))
		r.whole.set(all, int32(id))
	}
	return id
}

// pointsBack reports "the source" where no unnamed source went before.
func (r *resolver) pointsBack(p *phrase) bool {
	return !r.group.has(p.head) && p.def && !p.fresh && len(p.name) == 1 && p.name[0].in(source)
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
