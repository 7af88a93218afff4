package claim

import (
	"cmp"
	"maps"
	"slices"
)

// bunch is a representative with the nodes that joined it.
type bunch struct {
	rep   int32
	nodes []int32 // by hash
	rank  int     // a larger one ranks before a smaller one
	into  *bunch  // itself where it stays
}

// Bounds on the comparison of bunches.
const (
	maxBunch = 8  // nodes of each that are compared
	maxMet   = 32 // bunches that one is compared with
)

// bunches gathers the nodes of each representative. A bunch with a node like
// one of a larger bunch goes into that if it fits all of it well enough: what
// was split because its members are near different representatives is one claim.
// As with nodes, what has gone into another takes nothing in.
func (g *Groups) bunches() []*bunch {
	of := map[int32]*bunch{}
	var all []*bunch
	for n := range g.nodes.count {
		rep := g.nodes.at(n).rep
		b := of[rep]
		if b == nil {
			b = &bunch{rep: rep}
			b.into = b
			of[rep], all = b, append(all, b)
		}
		b.nodes = append(b.nodes, n)
	}
	for _, b := range all {
		slices.SortFunc(b.nodes, g.byHash)
	}
	slices.SortFunc(all, func(a, b *bunch) int {
		return cmp.Or(cmp.Compare(len(b.nodes), len(a.nodes)), g.byHash(a.rep, b.rep))
	})
	for i, b := range all {
		b.rank = i
	}
	for _, b := range all {
		b.into = g.fitting(b, of)
	}
	var out []*bunch
	for _, b := range all {
		if b.into == b {
			out = append(out, b)
		} else {
			b.into.nodes = append(b.into.nodes, b.nodes...)
		}
	}
	return out
}

func (g *Groups) byHash(n, m int32) int { return cmp.Compare(g.nodes.at(n).hash, g.nodes.at(m).hash) }

// fitting is the bunch that b fits best among those that rank before it and
// have a node like one of its own; b itself where it fits none.
func (g *Groups) fitting(b *bunch, of map[int32]*bunch) *bunch {
	into, best := b, float32(0)
	for _, o := range g.met(b, of) {
		if fit := g.fit(b, o); fit > best {
			into, best = o, fit
		}
	}
	return into
}

// met are the bunches that stay and rank before b and have a node like one of
// its own, by rank.
func (g *Groups) met(b *bunch, of map[int32]*bunch) []*bunch {
	near := map[*bunch]bool{}
	for _, n := range b.nodes {
		for _, e := range g.nodes.at(n).near {
			if o := of[g.nodes.at(e.to).rep]; o.rank < b.rank && o.into == o {
				near[o] = true
			}
		}
	}
	out := slices.SortedFunc(maps.Keys(near), func(a, b *bunch) int { return cmp.Compare(a.rank, b.rank) })
	return out[:min(len(out), maxMet)]
}

// fit is how well two bunches fit together: between their likest pair and the
// mean of all pairs, as likeness is given.
func (g *Groups) fit(a, b *bunch) float32 {
	sum, most := float32(0), float32(unlike)
	x, y := a.nodes[:min(len(a.nodes), maxBunch)], b.nodes[:min(len(b.nodes), maxBunch)]
	for _, n := range x {
		for _, m := range y {
			like := max(unlike, g.book.likeness(&g.nodes.at(n).frame, &g.nodes.at(m).frame))
			sum, most = sum+like, max(most, like)
		}
	}
	return (most + sum/float32(len(x)*len(y))) / 2
}

// unlike is the likeness of what cannot be one proposition.
const unlike = -4
