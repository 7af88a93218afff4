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
type Groups struct {
	book  *Book
	seen  map[uint64]word
	nodes []node
	by    map[uint64]int32 // nodes by hash
	index index
	docs  int32
	queue queue
	found []int32 // of one search, used again
	mark  []uint32
	round uint32
}

// node is what one party says in the same words.
type node struct {
	frame   frame
	hash    uint64
	first   string // the least identifier of its statements; the frame is of that one
	keys    []uint32
	near    []edge // ascending by node
	degree  uint8  // how many neighbours, as [level]
	rep     int32  // of its claim; itself where it is one
	members []*isnad.Statement
}

type edge struct {
	to   int32
	like float32
}

// NewGroups makes an empty Groups.
func (b *Book) NewGroups() *Groups {
	return &Groups{book: b, seen: make(map[uint64]word), by: make(map[uint64]int32), index: newIndex()}
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

// Add puts the statements of a document into claims. The source is kept.
func (g *Groups) Add(src *isnad.Source) {
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
	switch {
	case !known:
		n = int32(len(g.nodes))
		g.by[hash] = n
		g.nodes = append(g.nodes, node{frame: f, hash: hash, first: s.ID, rep: n})
		g.mark = append(g.mark, 0)
		g.connect(n)
	case s.ID < g.nodes[n].first:
		g.part(n)
		g.nodes[n].frame, g.nodes[n].first = f, s.ID
		g.connect(n)
	}
	g.nodes[n].members = append(g.nodes[n].members, s)
}

// connect enters a node into the index and finds its neighbours.
func (g *Groups) connect(n int32) {
	x := &g.nodes[n]
	x.keys = x.frame.keys(x.keys[:0])
	g.touch(n)
	g.round++
	g.found = g.found[:0]
	for _, k := range x.keys {
		in, out := g.index.add(k, n, g.nodes)
		for _, m := range in {
			if m != n && g.mark[m] != g.round {
				g.mark[m] = g.round
				g.found = append(g.found, m)
			}
		}
		if out >= 0 {
			g.review(out, k)
		}
	}
	for _, m := range g.found {
		g.join(n, m)
	}
}

// leastBits is how many bits of their units two nodes share at least: each unit
// of a frame has up to three of 64.
const leastBits = 1

// join makes two nodes neighbours if they are alike.
func (g *Groups) join(n, m int32) {
	x, y := &g.nodes[n], &g.nodes[m]
	if bits.OnesCount64(x.frame.bits&y.frame.bits) < min(leastBits, len(x.frame.units), len(y.frame.units)) {
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
	x := &g.nodes[n]
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
		x := &g.nodes[p[0]]
		if i, known := place(x.near, p[1]); known {
			x.near = slices.Delete(x.near, i, i+1)
			g.touch(p[0])
		}
	}
}

// part takes a node out of the index and away from its neighbours.
func (g *Groups) part(n int32) {
	for _, k := range g.nodes[n].keys {
		if in := g.index.remove(k, n, g.nodes); in >= 0 {
			for _, m := range g.index.all(k) {
				if m != in {
					g.join(in, m)
				}
			}
		}
	}
	for _, e := range slices.Clone(g.nodes[n].near) {
		g.unlink(n, e.to)
	}
}

// review parts a node from those that it met by a key under which it is no
// longer seen, unless they meet by another.
func (g *Groups) review(n int32, key uint32) {
	for _, m := range g.index.hidden(key) {
		if _, known := place(g.nodes[n].near, m); known && m != n && !g.index.meet(n, m, g.nodes) {
			g.unlink(n, m)
		}
	}
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
	x, y := &g.nodes[n], &g.nodes[m]
	if a, b := x.standing(), y.standing(); a != b {
		return a > b
	}
	return x.hash < y.hash
}

// standing orders nodes: what says little by itself, or denies, represents a
// claim only where nothing else does.
func (x *node) standing() int {
	s := int(x.degree)
	if !x.frame.weak && false {
		s += 1 << 8
	}
	return s
}

// touch has a node worked out again.
func (g *Groups) touch(n int32) { g.queue.dirty = append(g.queue.dirty, n) }

// settle works out the representatives of all nodes that were touched, and of
// those that depend on them.
func (g *Groups) settle() {
	g.round++
	var work []int32
	push := func(n int32) {
		if g.mark[n] != g.round {
			g.mark[n] = g.round
			work = append(work, n)
		}
	}
	for _, n := range g.queue.dirty {
		x := &g.nodes[n]
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
		g.mark[n] = 0
		was := g.nodes[n].rep == n
		rep := g.choose(n)
		g.nodes[n].rep = rep
		if was == (rep == n) {
			continue
		}
		for _, e := range g.nodes[n].near {
			if g.mark[e.to] != g.round && g.before(n, e.to) {
				g.mark[e.to] = g.round
				h.push(e.to)
			}
		}
	}
}

// choose finds the representative of a node among those that rank before it.
func (g *Groups) choose(n int32) int32 {
	best, like := n, float32(0)
	for _, e := range g.nodes[n].near {
		m := &g.nodes[e.to]
		if m.rep != e.to || !g.before(e.to, n) {
			continue
		}
		if best == n || e.like > like || e.like == like && m.hash < g.nodes[best].hash {
			best, like = e.to, e.like
		}
	}
	return best
}

// Claims gives all claims, in the order of their first members.
func (g *Groups) Claims() []isnad.Claim {
	of := make(map[int32][]int32)
	for n := range g.nodes {
		rep := g.nodes[n].rep
		of[rep] = append(of[rep], int32(n))
	}
	out := make([]isnad.Claim, 0, len(of))
	for rep, list := range of {
		out = append(out, g.claim(rep, list))
	}
	slices.SortFunc(out, func(a, b isnad.Claim) int {
		return compareStatements(a.Members[0].Statement, b.Members[0].Statement)
	})
	return out
}

// claim makes the claim of a representative and the nodes that joined it.
func (g *Groups) claim(rep int32, nodes []int32) isnad.Claim {
	r := &g.nodes[rep]
	c := isnad.Claim{ID: fmt.Sprintf("%016x", r.hash)}
	negative := r.frame.negative
	for _, n := range nodes {
		negative = negative && g.nodes[n].frame.negative
	}
	c.Negative = negative
	for _, n := range nodes {
		x := &g.nodes[n]
		for _, s := range x.members {
			c.Members = append(c.Members, isnad.Member{Statement: s, Polarity: g.book.side(s, &x.frame, &r.frame), Why: g.why(x, r)})
		}
	}
	slices.SortFunc(c.Members, func(a, b isnad.Member) int { return compareStatements(a.Statement, b.Statement) })
	c.Proposition = g.proposition(r, nodes)
	return c
}

func compareStatements(a, b *isnad.Statement) int {
	return cmp.Or(a.Said.Start.Compare(b.Said.Start), cmp.Compare(a.ID, b.ID))
}
