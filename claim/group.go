package claim

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Groups holds statements in claims, and takes documents one by one. What it
// holds depends on the set of the documents and not on their order. It is used
// by one goroutine at a time.
//
// Statements of one party in the same words are one node. Nodes that may be
// alike, by the index, are compared; those that are, are neighbours. A node
// with more neighbours ranks before one with fewer, and in this order each node
// joins the likest representative among its neighbours, or becomes one. So a
// claim is what is close to its representative. When a node comes, the ranks
// of its neighbours change, and only what depends on them is worked out again.
// Last, claims of few nodes go into larger ones that they fit as a whole.
type Groups struct {
	book  *Book
	seen  map[uint64]word
	nodes nodes
	by    map[uint64]int32 // nodes by hash
	added map[string]bool  // documents by identifier
	index index
	docs  int32
	queue queue
	round uint32
	marks []uint32 // by node: of the last round that came by

	// Used again by every search.
	keys, others []uint32
	found        []int32
	moved        []uint32 // entries that are seen, or no longer seen
}

// node is what one party says in the same words.
type node struct {
	frame   frame // of the first member
	hash    uint64
	near    []edge             // ascending by node
	members []*isnad.Statement // the one with the least identifier first
	rep     int32              // of its claim; itself where it is one
	degree  uint8              // how many neighbours, as [level]
	thin    bool               // found by single words
}

// nodes are kept in pages, so that they stay where they are.
type nodes struct {
	pages [][]node
	count int32
}

const nodePage = 1 << 10

func (x *nodes) at(n int32) *node { return &x.pages[n/nodePage][n%nodePage] }

// next gives an empty node.
func (x *nodes) next() int32 {
	if x.count%nodePage == 0 {
		x.pages = append(x.pages, make([]node, nodePage))
	}
	x.count++
	return x.count - 1
}

type edge struct {
	to   int32
	like float32
}

// NewGroups makes an empty Groups.
func (b *Book) NewGroups() *Groups {
	g := &Groups{book: b, seen: make(map[uint64]word), by: make(map[uint64]int32), added: make(map[string]bool)}
	g.index.nodes = &g.nodes
	return g
}

// Group puts the statements of a record into claims. Only innermost statements
// are members, and outer ones that take a side themselves; statements that
// stand alone make a claim of one member. The claims stand in the order of
// their first members.
func (b *Book) Group(r *Record) []isnad.Claim {
	g := b.NewGroups()
	for i := range r.Sources {
		g.Add(&r.Sources[i])
	}
	return g.Claims()
}

// Add puts the statements of a document into claims. The source is kept; a
// document that is there changes nothing.
func (g *Groups) Add(src *isnad.Source) {
	if g.added[src.ID] {
		return
	}
	g.added[src.ID] = true
	p, err := g.book.open(src, g.seen)
	if err != nil {
		return // no text, nothing said
	}
	at := members(src.Statements)
	frames := make([]frame, len(at))
	for k, i := range at {
		frames[k] = p.frame(&src.Statements[i])
		frames[k].doc, frames[k].order = g.docs, int32(k)
	}
	g.docs++
	p.refer(frames)
	for k, i := range at {
		g.add(&src.Statements[i], frames[k], p.spelt(&src.Statements[i], &frames[k]))
	}
	g.settle()
}

// members are the statements that can be members of claims.
func members(list []isnad.Statement) []int {
	outer := make([]bool, len(list))
	for i := range list {
		if p := list[i].Parent; p >= 0 && p < len(list) {
			outer[p] = true
		}
	}
	var out []int
	for i := range list {
		if len(list[i].Content) > 0 && (!outer[i] || list[i].Polarity == isnad.Denies) {
			out = append(out, i)
		}
	}
	return out
}

// leastTelling is how many words of its own a content has at least that can
// only be about one thing.
const leastTelling = 4

// spelt is the hash of who says what. A content of few words may be said of
// anything: it is one node only where the documents are about the same.
func (p *page) spelt(s *isnad.Statement, f *frame) uint64 {
	h := uint64(f.teller)
	if f.denies {
		h = ^h
	}
	for _, span := range s.Content {
		r := p.tokens(span)
		for _, t := range p.text.Tokens[r.First:r.End] {
			if t.Kind <= text.Number {
				h = mix(h, t.Hash)
			}
		}
	}
	if f.telling() < leastTelling {
		for _, k := range f.topic {
			h = mix(h, uint64(k))
		}
	}
	return h
}

func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0x9E3779B97F4A7C15
	return bits.RotateLeft64(h, 29) * 0xBF58476D1CE4E5B9
}

// add files a statement.
func (g *Groups) add(s *isnad.Statement, f frame, hash uint64) {
	n, known := g.by[hash]
	if !known {
		n = g.nodes.next()
		g.marks = append(g.marks, 0)
		g.by[hash] = n
		*g.nodes.at(n) = node{hash: hash, rep: n, members: []*isnad.Statement{s}}
		g.connect(n, f)
		return
	}
	x := g.nodes.at(n)
	x.members = append(x.members, s)
	if last := len(x.members) - 1; s.ID < x.members[0].ID {
		x.members[0], x.members[last] = s, x.members[0]
		g.part(n)
		g.connect(n, f)
	}
}

// connect gives a node a frame, enters it into the index and finds its
// neighbours.
func (g *Groups) connect(n int32, f frame) {
	x := g.nodes.at(n)
	x.frame, x.thin = f, f.telling() <= leastTelling
	g.touch(n)
	g.keys = x.frame.keys(g.keys[:0])
	e := x.entry(n)
	g.moved = g.moved[:0]
	for _, k := range g.keys {
		g.moved = g.index.add(g.moved, k, e)
	}
	g.search(n, e)
	slices.Sort(g.moved)
	for _, out := range slices.Compact(g.moved) {
		if int32(out>>1) != n {
			g.review(int32(out >> 1))
		}
	}
	for _, m := range g.found {
		g.join(n, m)
	}
}

// search finds the nodes that a node meets.
func (g *Groups) search(n int32, e uint32) {
	g.round += 2
	once, twice := g.round-1, g.round
	g.marks[n] = twice
	g.found = g.found[:0]
	for _, k := range g.keys {
		for _, m := range g.index.met(k, e) {
			y := int32(m >> 1)
			switch mark := g.marks[y]; {
			case mark == twice, alone(k) && (e|m)&1 == 0:
			case mark == once, (e|m)&1 == 1:
				g.marks[y] = twice
				g.found = append(g.found, y)
			default:
				g.marks[y] = once
			}
		}
	}
}

// join makes two nodes neighbours if they are alike.
func (g *Groups) join(n, m int32) {
	x, y := g.nodes.at(n), g.nodes.at(m)
	if distant(&x.frame, &y.frame) {
		return
	}
	like := g.book.likeness(&x.frame, &y.frame)
	if like < 0 {
		return
	}
	g.link(n, edge{m, like})
	g.link(m, edge{n, like})
}

func place(near []edge, to int32) (int, bool) {
	return slices.BinarySearchFunc(near, to, func(e edge, to int32) int { return cmp.Compare(e.to, to) })
}

func (g *Groups) link(n int32, e edge) {
	x := g.nodes.at(n)
	i, known := place(x.near, e.to)
	if known {
		x.near[i] = e
	} else {
		x.near = slices.Insert(x.near, i, e)
	}
	g.touch(n)
}

func (g *Groups) unlink(n, m int32) {
	for _, p := range [][2]int32{{n, m}, {m, n}} {
		x := g.nodes.at(p[0])
		if i, known := place(x.near, p[1]); known {
			x.near = slices.Delete(x.near, i, i+1)
			g.touch(p[0])
		}
	}
}

// part takes a node out of the index and away from its neighbours.
func (g *Groups) part(n int32) {
	x := g.nodes.at(n)
	e := x.entry(n)
	g.keys = x.frame.keys(g.keys[:0])
	for _, k := range g.keys {
		g.moved = g.index.remove(g.moved[:0], k, e)
		for _, in := range g.moved {
			n := int32(in >> 1)
			keys := g.nodes.at(n).frame.keys(nil)
			for _, m := range slices.Clone(g.index.met(k, in)) {
				if m := int32(m >> 1); m != n && g.meet(n, keys, m) {
					g.join(n, m)
				}
			}
		}
	}
	for _, e := range slices.Clone(x.near) {
		g.unlink(n, e.to)
	}
}

// review parts a node that is no longer seen under some key from those that it
// met by that key alone.
func (g *Groups) review(n int32) {
	x := g.nodes.at(n)
	if len(x.near) == 0 {
		return
	}
	keys := x.frame.keys(nil)
	for _, e := range slices.Clone(x.near) {
		if !g.meet(n, keys, e.to) {
			g.unlink(n, e.to)
		}
	}
}

// meet reports whether nodes share two keys under which one of them is seen;
// where one of them is thin, one such key.
func (g *Groups) meet(n int32, keys []uint32, m int32) bool {
	x, y := g.nodes.at(n), g.nodes.at(m)
	g.others = y.frame.keys(g.others[:0])
	a, b := x.entry(n), y.entry(m)
	left := 2 - int((a|b)&1)
	for i, k := 0, 0; i < len(keys) && k < len(g.others) && left > 0; {
		switch key := keys[i]; {
		case key < g.others[k]:
			i++
		case key > g.others[k]:
			k++
		default:
			if (!alone(key) || (a|b)&1 == 1) && (g.index.sees(key, a) || g.index.sees(key, b)) {
				left--
			}
			i, k = i+1, k+1
		}
	}
	return left == 0
}

// level is a number of neighbours as ranks compare it: coarse, so that one
// neighbour more seldom changes an order.
func level(n int) uint8 {
	if n < 4 {
		return uint8(n)
	}
	return uint8(2*bits.Len(uint(n)) - 2 + n>>(bits.Len(uint(n))-2)&1)
}

// before reports whether node n ranks before node m.
func (g *Groups) before(n, m int32) bool {
	x, y := g.nodes.at(n), g.nodes.at(m)
	if x.degree != y.degree {
		return x.degree > y.degree
	}
	return x.hash < y.hash
}

// touch has a node worked out again.
func (g *Groups) touch(n int32) { g.queue.dirty = append(g.queue.dirty, n) }

// settle works out the representatives of all nodes that were touched, and of
// those that depend on them.
func (g *Groups) settle() {
	g.round++
	var work []int32
	push := func(n int32) {
		if g.marks[n] != g.round {
			g.marks[n] = g.round
			work = append(work, n)
		}
	}
	for _, n := range g.queue.dirty {
		x := g.nodes.at(n)
		if l := level(len(x.near)); l != x.degree {
			x.degree = l
			for _, e := range x.near {
				push(e.to)
			}
		}
		push(n)
	}
	g.queue.dirty = g.queue.dirty[:0]
	h := queue{dirty: work, before: g.before}
	h.init()
	for len(h.dirty) > 0 {
		n := h.pop()
		x := g.nodes.at(n)
		g.marks[n] = 0
		was := x.rep == n
		x.rep = g.choose(n)
		if was == (x.rep == n) {
			continue
		}
		for _, e := range x.near {
			if g.marks[e.to] != g.round && g.before(n, e.to) {
				g.marks[e.to] = g.round
				h.push(e.to)
			}
		}
	}
}

// choose finds the representative of a node among those that rank before it.
func (g *Groups) choose(n int32) int32 {
	best, like := n, float32(0)
	for _, e := range g.nodes.at(n).near {
		m := g.nodes.at(e.to)
		if m.rep != e.to || !g.before(e.to, n) {
			continue
		}
		if best == n || e.like > like || e.like == like && m.hash < g.nodes.at(best).hash {
			best, like = e.to, e.like
		}
	}
	return best
}

// Claims gives all claims as they are after rulings, one after another, in the
// order of their first members.
func (g *Groups) Claims(rulings ...Ruling) []isnad.Claim {
	list := g.clusters(rulings)
	out := make([]isnad.Claim, 0, len(list))
	for _, c := range list {
		out = append(out, g.claim(c))
	}
	slices.SortFunc(out, func(a, b isnad.Claim) int {
		return compareStatements(a.Members[0].Statement, b.Members[0].Statement)
	})
	return out
}

// claim makes the claim of a cluster: the node that ranks first represents it.
func (g *Groups) claim(from *cluster) isnad.Claim {
	rep, negative := from.voices[0].node, true
	for _, v := range from.voices {
		if g.before(v.node, rep) {
			rep = v.node
		}
		negative = negative && g.nodes.at(v.node).frame.negative
	}
	r := g.nodes.at(rep)
	c := isnad.Claim{ID: fmt.Sprintf("%016x", from.number(r.hash)), Negative: negative}
	for _, v := range from.voices {
		x := g.nodes.at(v.node)
		m := isnad.Member{Statement: v.statement, Polarity: g.book.side(v.statement, &x.frame, &r.frame), Why: v.ruled}
		if v.ruled == "" {
			m.Why = g.why(x, r)
		}
		c.Members = append(c.Members, m)
	}
	slices.SortFunc(c.Members, func(a, b isnad.Member) int { return compareStatements(a.Statement, b.Statement) })
	c.Proposition = g.proposition(r, from.voices)
	return c
}

func compareStatements(a, b *isnad.Statement) int {
	return cmp.Or(a.Said.Start.Compare(b.Said.Start), cmp.Compare(a.ID, b.ID))
}
