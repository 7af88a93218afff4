package claim

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// frame is what a content says, as contents are compared.
type frame struct {
	units    []unit
	context  []unit    // what the content points to
	topic    []uint32  // keys that the document has most often, ascending
	head     [3]uint32 // the first thing
	acts     [4]uint32 // concepts of the first acts, the main one first, 0 where there are fewer
	quantity [3]uint32 // what is counted, where the content gives a number of something
	total    float32   // weight of all units
	doc      int32
	teller   uint32
	speaker  [4]uint32 // words of the source, where no table calls them plain
	order    int32     // among the statements of the document
	negative bool
	denies   bool
	bare     bool  // nothing but words for what is said
	evades   bool  // says that nothing is said: no information on that
	weak     bool  // thin, or in the negative: represents others badly
	sorts    sort  // of all units
	sieve    sieve // of the keys, and of those of the context
}

// unit is a word of a frame.
type unit struct {
	keys   [3]uint32
	weight float32
	sort   sort
}

// numberKeys are the keys of a number, which are no others'.
func numberKeys(v float64) [3]uint32 {
	h := mix(math.Float64bits(v), 3)
	return [3]uint32{uint32(h >> 32), uint32(h)}
}

// meets reports whether two units can stand for one thing.
func (u *unit) meets(v *unit) bool {
	if u.is(isNumber) || v.is(isNumber) {
		return u.sort&v.sort&isNumber != 0 && u.keys == v.keys
	}
	return meet(&u.keys, &v.keys)
}

func (u *unit) is(s sort) bool { return u.sort&s != 0 }

// meet reports whether two sets of keys share one.
func meet(a, b *[3]uint32) bool {
	for _, x := range a {
		if x != 0 && (x == b[0] || x == b[1] || x == b[2]) {
			return true
		}
	}
	return false
}

// maxUnits bounds a frame: what a content says behind its first words is seldom
// its point.
const maxUnits = 28

// page is a document as its statements are read.
type page struct {
	book  *Book
	src   *isnad.Source
	text  *text.Text
	words []word
	count map[uint32]int  // of first keys in the document
	about map[uint32]int  // the same of keys that languages share
	named map[uint32]bool // those that are no acts
	room  []unit          // where a frame grows
}

// open reads the words of a document.
func (b *Book) open(src *isnad.Source, seen map[uint64]word) (*page, error) {
	t, err := text.New(src.Text)
	if err != nil {
		return nil, err
	}
	p := &page{book: b, src: src, text: t, words: make([]word, len(t.Tokens)), count: make(map[uint32]int), about: make(map[uint32]int), named: make(map[uint32]bool)}
	for i := range t.Tokens {
		p.words[i] = b.remember(t, i, seen)
		w := &p.words[i]
		if k := w.keys[0]; k != 0 && !w.is(isPlain) {
			p.count[k]++
			p.named[w.topic()] = p.named[w.topic()] || !w.is(isAct) || w.is(isThing)
			p.about[w.topic()]++
		}
	}
	p.headline(seen)
	return p, nil
}

// headline counts the words of the title: they tell what the document is about.
func (p *page) headline(seen map[uint64]word) {
	t, err := text.New(p.src.Title)
	if err != nil {
		return // no title
	}
	for i := range t.Tokens {
		w := p.book.remember(t, i, seen)
		if k := w.topic(); k != 0 && !w.is(isPlain) {
			p.about[k]++
			p.named[k] = p.named[k] || !w.is(isAct) || w.is(isThing)
		}
	}
}

// maxSeen bounds the words that are remembered.
const maxSeen = 1 << 17

// remember is word, looked up once for every spelling.
func (b *Book) remember(t *text.Text, i int, seen map[uint64]word) word {
	tok := &t.Tokens[i]
	if tok.Kind != text.Word {
		return b.word(t, i)
	}
	key := tok.Hash ^ uint64(tok.Flags&text.Capital)<<40
	w, ok := seen[key]
	if !ok {
		if len(seen) >= maxSeen {
			clear(seen)
		}
		w = b.word(t, i)
		seen[key] = w
	}
	return w
}

// tokens are the tokens under a span.
func (p *page) tokens(s text.Span) text.Range {
	before := func(at int) int {
		n, _ := slices.BinarySearchFunc(p.text.Tokens, at, func(t text.Token, at int) int { return int(t.Start) - at })
		return n
	}
	return text.Range{First: before(s.Start), End: before(s.End)}
}

// decay is what a place in the content takes from the weight of a unit: a
// report begins with its point.
func decay(place int) float32 { return 1 / (1 + 0.08*float32(place)) }

// frame reads the content of a statement.
func (p *page) frame(s *isnad.Statement) frame {
	f := frame{doc: -1, denies: s.Polarity == isnad.Denies}
	if id := s.Teller(); id != "" {
		f.teller = key32("t:", id)
	}
	f.units = p.room[:0]
	r := reader{page: p, frame: &f, lastNeg: -9}
	for _, span := range s.Content {
		rng := p.tokens(span)
		for i := rng.First; i < rng.End; i++ {
			i = r.token(i, rng.End)
		}
	}
	r.finish(s)
	p.room = f.units
	f.units = slices.Clone(f.units)
	f.speaker = p.speaker(s)
	return f
}

// speaker takes the words of the source of a statement that tell it from others.
func (p *page) speaker(s *isnad.Statement) (out [4]uint32) {
	n := 0
	for _, span := range s.Own().Source {
		rng := p.tokens(span)
		for i := rng.First; i < rng.End && n < len(out); i++ {
			if w := &p.words[i]; !w.is(isClosed|isPlain|isNumber) && w.keys[0] != 0 {
				out[n] = w.keys[0]
				n++
			}
		}
	}
	return out
}

// Concepts that the code asks for.
var (
	tollKey  = conceptKey("number")
	evadeKey = conceptKey("evade")
	falseKey = conceptKey("untrue")
	// hearsay are words for what somebody says: a content of nothing else
	// points to what the document reports.
	hearsay = []uint32{
		conceptKey("report"), conceptKey("rumour"), conceptKey("news"), conceptKey("statement"), conceptKey("media"),
		conceptKey("accuse"), conceptKey("website"), conceptKey("prove"), conceptKey("happen"), conceptKey("lie"),
	}
)

// reader puts a frame together, token by token.
type reader struct {
	page    *page
	frame   *frame
	place   int // units so far, closed words left out
	tokens  int
	lastNeg int // place in tokens of the last negation that counts
	amount  float64
	counted int // tokens since the last number, 0 where none waits for its noun
	pron    bool
	us      bool
	anyOne  bool
	toll    bool // "the number of" waits for what is counted
}

// token takes token i and returns the last one that it took.
func (r *reader) token(i, end int) int {
	w := &r.page.words[i]
	r.tokens++
	if w.is(isFirst) {
		if x, n := r.page.phraseAt(i, end); n > 0 {
			r.frame.evades = r.frame.evades || x.keys[0] == evadeKey && r.place < 3
			r.unit(&x)
			return i + n - 1
		}
	}
	r.pron = r.pron || w.is(isPron)
	r.us = r.us || w.is(isUs)
	r.anyOne = r.anyOne || w.is(isAny)
	if r.frame.negative && w.is(isArabic) && !w.is(isDef) && foldWord(r.page.text.Word(i)) == "الا" {
		r.frame.negative = false // لن … إلا: only
	}
	if w.is(isNeg) && !r.idle(i, end) {
		r.lastNeg = r.tokens
		if r.frame.acts[0] == 0 || r.tokens < 3 {
			r.frame.negative = !r.frame.negative
		}
	}
	if w.is(isNumber) {
		return r.number(i, end)
	}
	if w.is(isClosed) || w.keys[0] == 0 {
		return i
	}
	x := *w
	if r.quoted(i) && !x.is(isAct|isPlain|isName) {
		x.sort, x.weight = x.sort|isName, nameWeight
	}
	r.unit(&x)
	return i
}

// quoted reports a word that stands between quotation marks by itself or with
// one more, as names of ships and teams do.
func (r *reader) quoted(i int) bool {
	t := r.page.text.Tokens
	if i == 0 || t[i-1].Kind != text.Mark {
		return false
	}
	for k := i + 1; k < min(len(t), i+3); k++ {
		if t[k].Kind == text.Mark {
			return true
		}
	}
	return false
}

// idle reports a negation that denies nothing: لا يزال, no less than.
func (r *reader) idle(i, end int) bool {
	if i+1 >= end {
		return false
	}
	switch foldWord(r.page.text.Word(i + 1)) {
	case "يزال", "تزال", "يزالون", "زال", "زالت", "زالوا", "يتجاوز", "تتجاوز", "يقل", "تقل", "بد", "شك", "سيما", "less", "more", "longer", "only", "doubt":
		return true
	}
	switch foldWord(r.page.text.Word(i)) {
	case "دون", "غير", "بدون", "بلا", "without":
		return r.tokens > 1
	}
	return false
}

// number takes a number with the words that belong to it.
func (r *reader) number(i, end int) int {
	v, n := r.page.amount(i, end)
	if v == 1 {
		return i + n - 1
	}
	r.amount, r.counted = v, 1
	r.add(unit{keys: numberKeys(v), weight: numberWeight, sort: isNumber})
	return i + n - 1
}

// unit adds a word to the frame.
func (r *reader) unit(w *word) {
	f := r.frame
	if w.keys[0] == falseKey {
		f.negative = !f.negative // what is said of it has no truth
		return
	}
	u := unit{keys: w.keys, weight: w.weight, sort: w.sort}
	switch thing := w.is(isThing | isName); {
	case w.is(isAct) && !thing:
		if k := slices.Index(f.acts[:], 0); k >= 0 && !slices.Contains(f.acts[:], w.keys[0]) {
			f.acts[k] = w.keys[0]
		}
	case w.is(isPlain):
		r.toll = r.toll || w.keys[0] == tollKey
	case f.head[0] == 0 && (thing || r.place > 3):
		f.head = w.keys
	}
	if r.toll && f.quantity[0] == 0 && !w.is(isPlain) {
		f.quantity, r.toll = w.keys, false
	}
	if r.counted > 0 {
		if f.quantity[0] == 0 && r.counted <= 3 {
			f.quantity = w.keys
		}
		r.counted++
		if r.counted > 3 {
			r.counted = 0
		}
	}
	r.add(u)
}

func (r *reader) add(u unit) {
	f := r.frame
	u.weight *= decay(r.place) / (1 + 0.25*float32(math.Log(float64(max(1, r.page.often(&u))))))
	r.place++
	if len(f.units) >= maxUnits {
		return
	}
	for k := range f.units {
		if f.units[k].meets(&u) {
			return
		}
	}
	f.units = append(f.units, u)
	f.total += u.weight
}

// finish adds what the content leaves to be understood.
func (r *reader) finish(s *isnad.Statement) {
	f := r.frame
	named := false
	for k := range f.units {
		named = named || k < 4 && f.units[k].is(isName)
	}
	if r.pron || r.us || !named && f.acts[0] != 0 {
		r.teller(s)
	}
	if i := r.page.tokens(s.Content[0]).First; f.headless() {
		r.subject(s, i)
	}
	f.bare = len(f.units) == 0
	for k := range f.units {
		f.bare = f.bare || k == 0
		f.bare = f.bare && (f.units[k].is(isTeller) || meetsAny(&f.units[k].keys, hearsay))
	}
}

// headless reports a content that begins with neither a thing nor a name: its
// subject stands outside.
func (f *frame) headless() bool {
	for k := range f.units[:min(len(f.units), 2)] {
		if u := &f.units[k]; !u.is(isTeller) && u.is(isThing|isName) && !u.is(isAct) {
			return false
		}
	}
	return true
}

// subject adds what a pronoun in front of the content leads back to, where it
// does not agree with who speaks: إنها، أنها، that it.
func (r *reader) subject(s *isnad.Statement, at int) {
	if at == 0 {
		return
	}
	form := foldWord(r.page.text.Word(at - 1))
	female := strings.HasSuffix(form, "ها")
	switch {
	case form == "انها", form == "بانها", form == "لانها":
	case form == "انه", form == "بانه", form == "لانه":
	default:
		return
	}
	if agr := s.Own().Agr; female == (agr == "f") {
		return
	}
	own := s.Own().Source
	for i := at - 2; i >= max(0, at-subjectReach); i-- {
		w := r.page.words[i]
		tok := r.page.text.Tokens[i]
		if !w.is(isThing) || w.is(isPlain|isPron) || female != tok.Has(text.EndsTa) {
			continue
		}
		inside := slices.ContainsFunc(own, func(o text.Span) bool { return o.Contains(text.Span{Start: int(tok.Start), End: int(tok.End)}) })
		if inside {
			continue
		}
		keep := r.place
		r.place = 0
		r.add(unit{keys: w.keys, weight: w.weight, sort: w.sort})
		r.place = keep
		r.frame.head = w.keys
		return
	}
}

// subjectReach is how many tokens back a subject is looked for.
const subjectReach = 40

func meetsAny(keys *[3]uint32, set []uint32) bool {
	for _, k := range keys {
		if k != 0 && slices.Contains(set, k) {
			return true
		}
	}
	return false
}

// teller adds the words of the statement's own source, weakly: it may be what
// a pronoun or a verb without a subject is about.
func (r *reader) teller(s *isnad.Statement) {
	const share = 0.5
	keep := r.place
	r.place = 6
	for _, span := range s.Own().Source {
		rng := r.page.tokens(span)
		for i := rng.First; i < rng.End; i++ {
			w := r.page.words[i]
			if w.is(isClosed|isNumber) || w.keys[0] == 0 {
				continue
			}
			w.weight *= share
			r.add(unit{keys: w.keys, weight: w.weight, sort: w.sort&^isName | isTeller})
		}
	}
	r.place = keep
}

// phraseAt finds an entry of several words that begins at token i.
func (p *page) phraseAt(i, end int) (word, int) {
	for _, ph := range p.book.phrases[foldWord(p.text.Word(i))] {
		n := len(ph.rest)
		if i+n >= end {
			continue
		}
		same := true
		for k, r := range ph.rest {
			same = same && foldWord(p.text.Word(i+1+k)) == r
		}
		if same {
			w := word{keys: [3]uint32{ph.key}, weight: conceptWeight}
			w.sort = isThing
			if ph.act {
				w.sort = isAct
			}
			return w, n + 1
		}
	}
	return word{}, 0
}

// amount reads a number of several words: four thousand, خمس وأربعين.
func (p *page) amount(i, end int) (v float64, n int) {
	total, part := 0.0, 0.0
	for ; i+n < end && p.words[i+n].is(isNumber); n++ {
		x := p.words[i+n].value
		switch {
		case x >= 1000:
			total += max(part, 1) * x
			part = 0
		case x == 100 && part > 0 && part < 10:
			part *= 100
		default:
			part += x
		}
	}
	return total + part, n
}

// thin reports a content that says little by itself: "the deal", "any role".
func (f *frame) thin() bool {
	n := 0
	for k := range f.units {
		u := &f.units[k]
		if u.is(isNumber) || u.is(isName) {
			return false
		}
		if !u.is(isPlain) && !u.is(isTeller) {
			n++
		}
	}
	return n <= 2
}

// telling counts the units that are not plain and not of who speaks.
func (f *frame) telling() int {
	n := 0
	for k := range f.units {
		if !f.units[k].is(isPlain | isTeller) {
			n++
		}
	}
	return n
}

// refer gives thin frames what the document calls by the same word, and finds
// the topic of the document.
func (p *page) refer(frames []frame) {
	topic := p.topic()
	for i := range frames {
		f := &frames[i]
		f.topic = topic
		if f.bare {
			f.stand(frames, i)
		}
		f.count(frames, i)
		thin := f.thin()
		f.weak = thin || f.negative
		f.sift()
		if !thin {
			continue
		}
		best, most := -1, float32(0)
		for k := range frames {
			g := &frames[k]
			if k == i || g.thin() || g.total <= most {
				continue
			}
			if f.head[0] == 0 || g.has(&f.head) {
				best, most = k, g.total
				if f.head[0] == 0 {
					break
				}
			}
		}
		if best >= 0 {
			f.context = frames[best].units
			f.sieve.add(f.context)
		}
	}
}

// stand has a content that only points take the place of what the document
// reports first.
func (f *frame) stand(frames []frame, at int) {
	for k := range frames {
		g := &frames[k]
		if k == at || g.bare || g.thin() {
			continue
		}
		own := *f
		f.units, f.total, f.acts, f.head, f.quantity, f.negative = g.units, g.total, g.acts, g.head, g.quantity, g.negative
		f.negative = own.negative != g.negative
		return
	}
}

// count finds what a bare number counts, where the content has only that: of
// what the statements before it count.
func (f *frame) count(frames []frame, at int) {
	figure, things := false, 0
	for k := range f.units {
		u := &f.units[k]
		figure = figure || u.is(isNumber)
		if !u.is(isNumber | isPlain | isTeller) {
			things++
		}
	}
	if !figure || things > 1 || f.quantity[0] != 0 {
		return
	}
	for k := at - 1; k >= 0; k-- {
		if q := frames[k].quantity; q[0] != 0 {
			f.quantity = q
			return
		}
	}
}

// has reports whether one of the first units is meant by the keys.
func (f *frame) has(keys *[3]uint32) bool {
	for k := range f.units[:min(len(f.units), 6)] {
		if meet(&f.units[k].keys, keys) {
			return true
		}
	}
	return false
}

// topicSize is the number of keys that tell what a document is about.
const topicSize = 12

// topic is what the document has most often.
func (p *page) topic() []uint32 {
	type counted struct {
		key uint32
		n   int
	}
	var list []counted
	for k, n := range p.about {
		if n > 1 && p.named[k] {
			list = append(list, counted{k, n})
		}
	}
	slices.SortFunc(list, func(a, b counted) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.key, b.key)) })
	var out []uint32
	for _, c := range list[:min(len(list), topicSize)] {
		out = append(out, c.key)
	}
	slices.Sort(out)
	return out
}

// sift fills the sieve.
func (f *frame) sift() {
	f.sieve.add(f.units)
	for i := range f.units {
		f.sorts |= f.units[i].sort
	}
}

// sieve tells units that can meet none of a set: a bit stands for a key, or for
// several.
type sieve [4]uint64

func (s *sieve) add(units []unit) {
	for i := range units {
		for _, k := range units[i].keys {
			if k != 0 {
				s[k>>6&3] |= 1 << (k & 63)
			}
		}
	}
}

// has reports a unit that may meet one of the set.
func (s *sieve) has(u *unit) bool {
	for _, k := range u.keys {
		if k != 0 && s[k>>6&3]>>(k&63)&1 != 0 {
			return true
		}
	}
	return false
}

// weigh is the weight of the units that may meet one of the set.
func (s *sieve) weigh(units []unit) (sum float32) {
	for i := range units {
		if s.has(&units[i]) {
			sum += units[i].weight
		}
	}
	return sum
}

// often is how many times the document has a unit.
func (p *page) often(u *unit) int {
	if u.is(isNumber) {
		return 0
	}
	return p.count[u.keys[0]]
}
