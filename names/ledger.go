package names

import (
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Entry is a party of one document as a Ledger takes it.
type Entry struct {
	Name     string // the fullest name in the document
	Kind     isnad.PartyKind
	Mentions []string // how the document words it, with titles and all
	// Said holds what is attributed to the party, for an unnamed source the
	// sentences in which it is as well. It tells which documents share a text:
	// unnamed sources of the same description are one in those alone, and a body
	// under a name that anyone may have (the ministry of defence and the armed
	// forces) is there the one that the other names in full.
	Said []string
}

// Identity is a party over all documents of a Ledger.
type Identity struct {
	ID   uint64 // equal for all entries of one party
	Name string // the fullest name
	Kind isnad.PartyKind
	// Open says that the name fits several parties, or none that it could tell:
	// it names one within its document only.
	Open bool
}

// Ruling is what people have decided about two names, over what the ledger
// finds by itself: that they name one party, or that they name two.
type Ruling struct {
	Name, Other string
	Same        bool
}

// Ledger gathers the parties of many documents and tells which are one: by the
// same name, by a short name that only one longer name holds, by a name in the
// other script that sounds alike or translates word by word, by a role that
// only one named person has. Unnamed sources are one only where their documents
// share the words attributed to them.
//
// What a Ledger finds depends on the set of its documents, not on their order:
// names are never merged step by step, they are compared in pairs, and what the
// pairs amount to is worked out when it is asked for. A name that fits two
// parties fits neither; two persons who differ in a given name, and two bodies
// that differ in a word, are two.
//
// Adding a document looks at the names alone that share a key with its own. A
// key that more than 256 names share tells nothing, and is not followed.
// A Ledger is not safe for use by several goroutines at once.
type Ledger struct {
	book    *Book
	alias   map[uint64]string // by nameKey, the name to use instead
	apart   map[[2]uint64]bool
	nodes   []node
	byKey   map[uint64]int32
	buckets map[uint64]*bucket
	entries []filed
	groups  union
	group   map[uint64]int32   // of unnamed sources, by description and shingle
	heads   map[uint64][]int32 // the same by head noun and shingle
	sayers  map[uint64][]int32 // bodies by what is attributed to them
	roots   map[int32]int32
}

// filed is an entry on its way to its identity.
type filed struct {
	node   int32 // -1 for an unnamed source
	body   int32 // for a spokesman without a name, the body; else -1
	group  int32 // of an unnamed source
	scoped uint64
	near   []uint32 // words of the document, where the name is short
	said   []uint64 // of a body under a name that anyone may have
	name   string
}

// NewLedger makes a ledger. Later rulings go before earlier ones.
func (b *Book) NewLedger(rulings ...Ruling) *Ledger {
	l := &Ledger{
		book: b, alias: make(map[uint64]string), apart: make(map[[2]uint64]bool), byKey: make(map[uint64]int32),
		buckets: make(map[uint64]*bucket), group: make(map[uint64]int32), heads: make(map[uint64][]int32), sayers: make(map[uint64][]int32), roots: make(map[int32]int32),
	}
	for _, r := range rulings {
		x, y := l.Spelling(r.Name), l.Spelling(r.Other)
		switch {
		case x == y:
		case r.Same:
			l.alias[x] = r.Other
			delete(l.alias, y)
			delete(l.apart, pairOf(x, y))
		default:
			delete(l.alias, x)
			l.apart[pairOf(x, y)] = true
		}
	}
	return l
}

func pairOf(x, y uint64) [2]uint64 { return [2]uint64{min(x, y), max(x, y)} }

// Spelling is the key of a name as rulings give it: its words in any order.
func (l *Ledger) Spelling(name string) uint64 {
	p := l.book.read(name)
	n := l.book.nameNode(&p, name, p.kind)
	return n.spelt()
}

// words reads a name on its own.
func (b *Book) words(name string) []word {
	t, err := text.New(atMost(name, maxNameBytes))
	if err != nil {
		return nil
	}
	var out []word
	for i := range t.Tokens {
		if t.Tokens[i].Kind <= text.Number && len(out) < maxPhrase {
			out = append(out, b.word(t, i, int(t.Tokens[i].Start)))
		}
	}
	return out
}

// Bounds on what a ledger keeps of one name and one document.
const (
	maxNameBytes = 512
	maxUnits     = 8    // words of a name
	maxNear      = 1024 // words of a document, kept where a name is short
	maxNearBytes = 64 << 10
	maxBucket    = 256 // names behind one key
	maxRoles     = 64  // of one person
	maxSaid      = 16  // contents of one unnamed source
)

// atMost is the beginning of a string, of n bytes or a few less.
func atMost(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// Add files the parties of one document and returns the number of the first;
// the others follow. id tells documents apart. In the texts, such as title and
// body, the words are looked for that tell which of two parties a short name
// means.
func (l *Ledger) Add(id string, entries []Entry, texts ...string) (first int) {
	first = len(l.entries)
	clear(l.roots)
	var near []uint32
	for i := range entries {
		f, short := l.file(&entries[i], mix(text.Hash(id), uint64(i)))
		if short {
			if near == nil {
				near = l.near(texts)
			}
			f.near = near
		}
		l.entries = append(l.entries, f)
	}
	return first
}

// file finds or makes the node of an entry. short tells that the words around
// it may be needed.
func (l *Ledger) file(e *Entry, scoped uint64) (f filed, short bool) {
	f = filed{node: -1, body: -1, group: -1, scoped: scoped, name: e.Name}
	name := e.Name
	if other, ok := l.alias[l.Spelling(name)]; ok {
		name = other
	}
	p := l.book.read(name)
	switch {
	case e.Kind == isnad.UnnamedParty && p.form != person:
		f.group = l.unnamed(e, &p, scoped)
		return f, false
	case p.form == role && e.Kind == isnad.Person:
		f.node = l.enter(l.book.roleNode(p.role, name), e.Kind)
		return f, false
	}
	f.node = l.enter(l.book.nameNode(&p, name, e.Kind), e.Kind)
	if f.node < 0 {
		return f, false
	}
	n := &l.nodes[f.node]
	if n.class == corporate {
		f.said = l.hear(f.node, e.Said)
	}
	if n.class == personal {
		l.learnRoles(f.node, e.Mentions)
	} else if r := l.spokesmanRole(e.Mentions); r != nil {
		f.body, f.node = f.node, l.enter(l.book.roleNode(r, e.Mentions[0]), isnad.Person)
	}
	return f, n.bare || len(n.units) < 3
}

// read parses a name or a mention as a noun phrase.
func (b *Book) read(s string) phrase {
	t, err := text.New(atMost(s, maxNameBytes))
	if err != nil || len(t.Tokens) == 0 {
		return phrase{}
	}
	r := b.plain(t)
	return r.read(r.parts(text.Range{End: len(t.Tokens)}))
}

// Party is the identity of an entry, by the number that Add gave it.
func (l *Ledger) Party(entry int) Identity {
	f := &l.entries[entry]
	switch {
	case f.group >= 0:
		g := l.groups.find(f.group)
		return Identity{ID: mix(l.groups.low[g], 1), Name: l.groups.name[g], Kind: isnad.UnnamedParty}
	case f.node < 0:
		return Identity{ID: mix(f.scoped, 2), Name: f.name, Kind: isnad.UnnamedParty, Open: true}
	}
	to, state := l.settle(f.node, f.near)
	if f.body >= 0 && (state != found || l.nodes[to].class != personal) {
		to, state = l.settle(f.body, f.near)
		f = &filed{node: f.body, scoped: f.scoped, name: l.nodes[f.body].name}
	}
	if state == alone && len(f.said) > 0 {
		to = l.reworded(f.node, f.said)
	}
	n := &l.nodes[to]
	if state == torn || to == f.node && n.bare {
		return Identity{ID: mix(f.scoped, 3), Name: f.name, Kind: l.nodes[f.node].kind(), Open: true}
	}
	return Identity{ID: mix(n.key, 4), Name: n.name, Kind: n.kind()}
}

// near are the words of a document that may tell parties apart, ascending.
func (l *Ledger) near(texts []string) []uint32 {
	out := []uint32{}
	for _, raw := range texts {
		t, err := text.New(atMost(raw, maxNearBytes))
		if err != nil {
			continue
		}
		for i := range t.Tokens {
			if t.Tokens[i].Kind > text.Number {
				continue
			}
			w := l.book.word(t, i, int(t.Tokens[i].Start))
			if w.any(closed) || !w.arabic && !w.capital() {
				continue
			}
			u := unitOf(&w, t.Raw[w.start:w.end])
			for _, k := range u.neutrals() {
				out = append(out, uint32(k))
			}
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.Clone(out[:min(len(out), maxNear)])
}

// EntriesOf makes the entries of the parties that Resolve found in a text.
func EntriesOf(t *text.Text, atts []isnad.Attribution, parties []isnad.Party, tellers []int) []Entry {
	out := make([]Entry, len(parties))
	for i, p := range parties {
		out[i] = Entry{Name: p.Name, Kind: p.Kind}
	}
	r := resolver{t: t}
	for i, n := range tellers {
		if n < 0 {
			continue
		}
		e, own := &out[n], atts[i].Own()
		for _, s := range own.Source {
			if m := r.clamp(s).Of(t.Raw); !slices.Contains(e.Mentions, m) && len(e.Mentions) < maxWordings {
				e.Mentions = append(e.Mentions, m)
			}
		}
		if len(e.Said) >= maxSaid || e.Kind == isnad.Person {
			continue
		}
		for _, s := range atts[i].Content {
			e.Said = append(e.Said, r.clamp(s).Of(t.Raw))
		}
		if e.Kind != isnad.UnnamedParty {
			continue
		}
		for _, s := range own.Cue {
			if k := at(t.Sentences, r.tokens(s).First); k < len(t.Sentences) {
				e.Said = append(e.Said, t.Span(t.Sentences[k]).Of(t.Raw))
			}
		}
	}
	return out
}

// maxWordings is the number of wordings kept of a party of one document.
const maxWordings = 32
