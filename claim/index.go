package claim

import (
	"cmp"
	"slices"
)

// index finds nodes that may be alike, by keys that they share. Under each key
// the nodes stand by their hashes, and the first few are seen by all others; so
// however many share a key, the work for one more is bounded, and who is seen
// does not depend on who came first.
type index struct {
	lists map[uint32][]int32
}

// seenMost is how many nodes are seen under a key.
const seenMost = 48

func newIndex() index { return index{lists: make(map[uint32][]int32)} }

func (x *index) find(list []int32, n int32, nodes []node) (int, bool) {
	return slices.BinarySearchFunc(list, n, func(m, n int32) int {
		return cmp.Or(cmp.Compare(nodes[m].hash, nodes[n].hash), cmp.Compare(m, n))
	})
}

// add enters a node and gives those that it meets, and the one that is no longer
// seen because of it, or -1.
func (x *index) add(key uint32, n int32, nodes []node) (meets []int32, out int32) {
	list := x.lists[key]
	i, known := x.find(list, n, nodes)
	if !known {
		list = slices.Insert(list, i, n)
		x.lists[key] = list
	}
	if i >= seenMost {
		return list[:seenMost], -1
	}
	if !known && len(list) > seenMost {
		return list, list[seenMost]
	}
	return list, -1
}

// remove takes a node out and gives the one that is seen in its place, or -1.
func (x *index) remove(key uint32, n int32, nodes []node) int32 {
	list := x.lists[key]
	i, known := x.find(list, n, nodes)
	if !known {
		return -1
	}
	list = slices.Delete(list, i, i+1)
	x.lists[key] = list
	if i < seenMost && len(list) >= seenMost {
		return list[seenMost-1]
	}
	return -1
}

func (x *index) all(key uint32) []int32 { return x.lists[key] }

// hidden are the nodes that are not seen under a key.
func (x *index) hidden(key uint32) []int32 {
	list := x.lists[key]
	return list[min(len(list), seenMost):]
}

// meet reports whether two nodes share a key under which one of them is seen.
func (x *index) meet(n, m int32, nodes []node) bool {
	for _, k := range nodes[n].keys {
		if !slices.Contains(nodes[m].keys, k) {
			continue
		}
		list := x.lists[k]
		i, _ := x.find(list, n, nodes)
		j, _ := x.find(list, m, nodes)
		if min(i, j) < seenMost {
			return true
		}
	}
	return false
}

// What of a frame is in the index.
const (
	indexUnits = 6 // strongest units
	indexTopic = 4 // topic keys that they are joined with
	indexAlone = 4 // units that are keys by themselves, rare or not
	indexKeys  = 48
)

// keys appends the keys that a frame is found by: rare words by themselves,
// pairs of its strongest units, and these with what the document is about.
func (f *frame) keys(out []uint32) []uint32 {
	var strong []int
	for i := range f.units {
		if !f.units[i].is(isPlain | isTeller) {
			strong = append(strong, i)
		}
	}
	slices.SortStableFunc(strong, func(a, b int) int { return cmp.Compare(f.units[b].weight, f.units[a].weight) })
	strong = strong[:min(len(strong), indexUnits)]
	add := func(k uint32) {
		if len(out) < indexKeys && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	for n, i := range strong {
		for _, k := range f.units[i].ways() {
			if f.units[i].is(isName) || n < indexAlone {
				add(k)
			}
			if n >= 3 {
				continue
			}
			for _, t := range f.topic[:min(len(f.topic), indexTopic)] {
				add(join(k, t))
			}
		}
	}
	for n, i := range strong {
		for _, j := range strong[:n] {
			for _, k := range f.units[i].ways() {
				for _, l := range f.units[j].ways() {
					add(join(min(k, l), max(k, l)))
				}
			}
		}
	}
	if f.quantity[0] != 0 {
		for _, t := range f.topic[:min(len(f.topic), indexTopic)] {
			add(join(f.quantity[0]+1, t))
		}
	}
	return out
}

func join(a, b uint32) uint32 { return uint32(mix(uint64(a)<<32|uint64(b), 7)) }

// ways are the first keys of a unit.
func (u *unit) ways() []uint32 {
	n := 0
	for n < 2 && u.keys[n] != 0 {
		n++
	}
	return u.keys[:n]
}
