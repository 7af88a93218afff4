package names

import "slices"

// Kinds of keys in the buckets.
const (
	keyEqual uint64 = iota + 11
	keyEnds
	keyLast
	keyOne
	keyPair
	keyRole
)

func pairKey(a, b uint64) uint64 { return mix(keyPair, a+b) ^ a ^ b }

// own are the keys of a name itself, and wide those of its short forms.
func (n *node) own() []uint64 {
	u := n.units
	last := &u[len(u)-1]
	switch {
	case n.class == titular && len(u) > 1:
		return []uint64{mix(mix(keyRole, u[0].neutral), u[1].neutral)}
	case n.class == titular:
		return nil
	case n.class == personal && len(u) > 1:
		return []uint64{mix(mix(keyEnds, u[0].neutral), last.neutral)}
	case n.class == personal:
		return []uint64{mix(keyLast, last.neutral), mix(keyOne, last.neutral)}
	case len(u) == 1:
		return []uint64{mix(keyOne, last.neutral)}
	}
	return []uint64{pairKey(u[0].neutral, last.neutral)}
}

func (n *node) wide() []uint64 {
	u := n.units
	switch {
	case n.class == titular || len(u) < 2:
		return nil
	case n.class == personal:
		return []uint64{mix(mix(keyEnds, u[0].neutral), u[len(u)-1].neutral), mix(keyLast, u[len(u)-1].neutral)}
	}
	var out []uint64
	for i := range u {
		for _, a := range u[i].neutrals() {
			out = append(out, mix(keyOne, a))
			for k := i + 1; k < len(u); k++ {
				for _, b := range u[k].neutrals() {
					out = append(out, pairKey(a, b))
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (u *unit) neutrals() []uint64 {
	if u.other != 0 {
		return []uint64{u.neutral, u.other}
	}
	return []uint64{u.neutral}
}

// sums are the keys under which bodies with the same words meet.
func (n *node) sums() []uint64 {
	if n.class != corporate {
		return nil
	}
	plain, bare := uint64(0), uint64(0)
	for i := range n.units {
		u := &n.units[i]
		plain += mix(keyEqual, u.neutral)
		if u.other != 0 {
			bare += mix(keyEqual, u.other)
		} else {
			bare += mix(keyEqual, u.neutral)
		}
	}
	out := []uint64{plain}
	if bare != plain {
		out = append(out, bare)
	}
	if n.known != 0 {
		out = append(out, mix(keyEqual, n.known))
	}
	return out
}

func (l *Ledger) bucket(key uint64) *bucket {
	b := l.buckets[key]
	if b == nil {
		b = new(bucket)
		l.buckets[key] = b
	}
	return b
}

// put adds a node to a list up to one more than the bound, which tells that
// there are too many.
func put(list *[]int32, id int32) {
	if len(*list) <= maxBucket {
		*list = append(*list, id)
	}
}

// link compares a new node with those that share a key with it.
func (l *Ledger) link(id int32) {
	n := &l.nodes[id]
	for _, k := range n.sums() {
		b := l.bucket(k)
		l.compare(id, b.short, b)
		put(&b.short, id)
	}
	for _, k := range n.own() {
		b := l.bucket(k)
		l.compare(id, b.long, b)
		put(&b.short, id)
	}
	for _, k := range n.wide() {
		b := l.bucket(k)
		l.compare(id, b.short, b)
		put(&b.long, id)
	}
}

// linkRole compares a new role of a person with the roles without a name.
func (l *Ledger) linkRole(id int32, r []unit) {
	for i := range r {
		for k := range r {
			if i == k {
				continue
			}
			b := l.bucket(mix(mix(keyRole, r[i].neutral), r[k].neutral))
			l.compare(id, b.short, b)
			if !slices.Contains(b.long, id) {
				put(&b.long, id)
			}
		}
	}
}

func (l *Ledger) compare(id int32, with []int32, via *bucket) {
	for _, other := range with {
		if other == id || len(l.apart) > 0 && l.apart[pairOf(l.nodes[id].spelt(), l.nodes[other].spelt())] {
			continue
		}
		a, b := &l.nodes[id], &l.nodes[other]
		switch relate(a, b) {
		case identical:
			addEdge(&a.equal, other, via, false)
			addEdge(&b.equal, id, via, false)
		case shorter:
			addEdge(&a.longer, other, via, a.class == titular)
		case longer:
			addEdge(&b.longer, id, via, b.class == titular)
		}
	}
}

// spelt is the key of a node's name as rulings give names.
func (n *node) spelt() uint64 {
	h := uint64(0)
	for i := range n.units {
		h += mix(0, n.units[i].key)
	}
	return h
}

func addEdge(list *[]edge, to int32, via *bucket, role bool) {
	for _, e := range *list {
		if e.to == to && e.via == via {
			return
		}
	}
	*list = append(*list, edge{to, via, role})
}

// verdict is what settle finds for a node.
type verdict uint8

const (
	alone verdict = iota // no other node
	found
	torn // the name fits several parties
)

// neighbours are the nodes at the ends of edges that tell something.
func (l *Ledger) neighbours(edges []edge) (to []int32, crowded bool) {
	for _, e := range edges {
		switch {
		case e.via.crowded() || l.nodes[e.to].everyone && e.role:
			crowded = true
		case !slices.Contains(to, e.to):
			to = append(to, e.to)
		}
	}
	return to, crowded
}

// clean reports that all nodes with the same name as this one are the same as
// each other, and gives them.
func (l *Ledger) clean(id int32) ([]int32, bool) {
	near, _ := l.neighbours(l.nodes[id].equal)
	for i, a := range near {
		far, _ := l.neighbours(l.nodes[a].equal)
		for _, b := range near[i+1:] {
			if !slices.Contains(far, b) {
				return nil, false
			}
		}
	}
	return near, true
}

// alike are the nodes that are one with this one, itself included.
func (l *Ledger) alike(id int32) []int32 {
	out := []int32{id}
	near, ok := l.clean(id)
	if !ok {
		return out
	}
	for _, other := range near {
		if _, ok := l.clean(other); ok {
			out = append(out, other)
		}
	}
	return out
}

// fullest chooses the node that stands for its like.
func (l *Ledger) fullest(ids []int32) int32 {
	return slices.MinFunc(ids, func(x, y int32) int {
		a, b := &l.nodes[x], &l.nodes[y]
		if len(a.units) != len(b.units) {
			return len(b.units) - len(a.units)
		}
		if p, q := a.units[0].is(inArabic), b.units[0].is(inArabic); p != q {
			if p {
				return -1
			}
			return 1
		}
		return compareKeys(a.key, b.key)
	})
}

// root is the node that stands for the party of a node.
func (l *Ledger) root(id int32) int32 {
	if r, ok := l.roots[id]; ok {
		return r
	}
	ids := l.alike(id)
	self := l.fullest(ids)
	l.roots[id] = self // a name is never a short form of itself
	if to, crowded := l.above(ids); len(to) == 1 && !crowded {
		self = to[0]
	}
	for _, k := range ids {
		l.roots[k] = self
	}
	return self
}

// above are the parties of the longer names.
func (l *Ledger) above(ids []int32) (out []int32, crowded bool) {
	for _, id := range ids {
		up, c := l.neighbours(l.nodes[id].longer)
		crowded = crowded || c
		for _, u := range up {
			if slices.Contains(ids, u) {
				continue
			}
			if r := l.root(u); !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	return out, crowded
}

// settle finds the node that stands for the party that a node names in a
// document.
func (l *Ledger) settle(id int32, near []uint32) (int32, verdict) {
	ids := l.alike(id)
	up, crowded := l.above(ids)
	switch {
	case len(up) == 0 && !crowded:
		return l.root(id), alone
	case len(up) == 1 && !crowded:
		return l.root(id), found
	}
	fit := l.fitting(ids, near)
	if len(fit) == 1 {
		return fit[0], found
	}
	return l.root(id), torn
}

// fitting are the parties of longer names whose further words stand in the
// document: those of which all do, or else those of which any does.
func (l *Ledger) fitting(ids []int32, near []uint32) []int32 {
	var whole, some []int32
	for _, id := range ids {
		up, _ := l.neighbours(l.nodes[id].longer)
		for _, u := range up {
			r := l.root(u)
			there, missing := told(&l.nodes[id], &l.nodes[u], near)
			if there > 0 && missing == 0 && !slices.Contains(whole, r) {
				whole = append(whole, r)
			}
			if there > 0 && !slices.Contains(some, r) {
				some = append(some, r)
			}
		}
	}
	if len(whole) > 0 {
		return whole
	}
	return some
}

// told counts the words by which a longer name differs that stand in the
// document, and those that do not.
func told(short, long *node, near []uint32) (there, missing int) {
	for i := range long.units {
		u := &long.units[i]
		if u.concept != 0 || u.is(familiar) || holds(short.units, u) {
			continue
		}
		_, ok := slices.BinarySearch(near, uint32(u.neutral))
		if !ok && u.other != 0 {
			_, ok = slices.BinarySearch(near, uint32(u.other))
		}
		if ok {
			there++
		} else {
			missing++
		}
	}
	return there, missing
}
