package claim

import (
	"cmp"
	"slices"
)

// index finds nodes that may be alike, by keys that they share. Under a key of
// few nodes all see each other. Under one of many, which tells little, a few
// represent it: those with the lowest hashes are seen by all. So however many
// share a key, the work for one more is bounded, and who is seen does not depend
// on who came first.
type index struct {
	postings
	nodes *nodes
	one   [1]uint32
}

// seen is how many nodes under a key all see each other, and how many of more
// are seen. By single words only thin nodes are found, which are few.
func seen(key uint32) (all, few int) {
	if alone(key) {
		return 64, 16
	}
	return 16, 4
}

// entry is a node as the index has it: with a mark whether it is thin.
func (x *node) entry(n int32) uint32 {
	e := uint32(n) << 1
	if x.thin {
		e |= 1
	}
	return e
}

// compare orders entries by the hashes of their nodes.
func (x *index) compare(a, b uint32) int {
	return cmp.Compare(x.nodes.at(int32(a>>1)).hash, x.nodes.at(int32(b>>1)).hash)
}

// A list of which not all are seen has those that are in front, by their hashes;
// the others are in no order.

// add enters a node under a key and appends the entries that are no longer seen
// because of it.
func (x *index) add(out []uint32, key, e uint32) []uint32 {
	x.postings.add(key, e)
	list := x.get(key, &x.one)
	all, few := seen(key)
	last := len(list) - 1
	switch {
	case last < all:
		return out
	case last == all:
		slices.SortFunc(list, x.compare)
		return append(out, list[few:]...)
	case x.compare(e, list[few-1]) > 0:
		return out
	}
	i, _ := slices.BinarySearchFunc(list[:few], e, x.compare)
	list[last] = list[few-1]
	copy(list[i+1:few], list[i:])
	list[i] = e
	return append(out, list[last])
}

// met are the entries that a node meets under a key that it is entered under.
func (x *index) met(key, e uint32) []uint32 {
	list := x.get(key, &x.one)
	if all, few := seen(key); len(list) > all && x.compare(e, list[few-1]) > 0 {
		return list[:few]
	}
	return list
}

// remove takes a node out from under a key and appends the entries that are seen
// because of it.
func (x *index) remove(in []uint32, key, e uint32) []uint32 {
	list := x.get(key, &x.one)
	all, few := seen(key)
	i, last := slices.Index(list, e), len(list)-1
	switch {
	case last == all:
		in = append(append(in, list[:i]...), list[i+1:]...)
	case last > all && i < few:
		next := few
		for k := few + 1; k <= last; k++ {
			if x.compare(list[k], list[next]) < 0 {
				next = k
			}
		}
		in = append(in, list[next])
		copy(list[i:], list[i+1:few])
		list[few-1] = list[next]
		i = next
	}
	list[i] = list[last]
	x.shorten(key)
	return in
}

// sees reports whether a node is seen under a key.
func (x *index) sees(key, e uint32) bool {
	list := x.get(key, &x.one)
	all, few := seen(key)
	return len(list) <= all || x.compare(e, list[few-1]) <= 0
}

// What of a frame is in the index.
const (
	indexUnits = 6 // strongest units, which are keys two by two
	indexTopic = 4 // topic keys that they are joined with
	indexJoint = 3 // units that are joined with them
	indexKeys  = 64
)

// alone reports a key of a single word. By such a key only thin nodes are found.
func alone(key uint32) bool { return key&1 == 1 }

// keys appends the keys that a frame is found by, ascending: single words, pairs
// of its strongest units, and these with what the document is about.
func (f *frame) keys(out []uint32) []uint32 {
	var room [indexUnits]*unit
	strong := f.strong(room[:0])
	first := len(out)
	add := func(k uint32) {
		if len(out)-first < indexKeys {
			out = append(out, k)
		}
	}
	for n, u := range strong {
		for _, k := range u.ways() {
			add(k | 1)
			if n >= indexJoint {
				continue
			}
			for _, t := range f.topic[:min(len(f.topic), indexTopic)] {
				add(join(k, t))
			}
		}
	}
	for n, u := range strong {
		for _, v := range strong[:n] {
			for _, k := range u.ways() {
				for _, l := range v.ways() {
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
	slices.Sort(out[first:])
	return out[:first+len(slices.Compact(out[first:]))]
}

// strong appends the units with most weight.
func (f *frame) strong(out []*unit) []*unit {
	for i := range f.units {
		u := &f.units[i]
		if u.is(isPlain | isTeller) {
			continue
		}
		at := len(out)
		for at > 0 && out[at-1].weight < u.weight {
			at--
		}
		switch {
		case at == indexUnits:
			continue
		case len(out) < indexUnits:
			out = append(out, nil)
		}
		copy(out[at+1:], out[at:])
		out[at] = u
	}
	return out
}

// join is the key of two.
func join(a, b uint32) uint32 { return uint32(mix(uint64(a)<<32|uint64(b), 7)) &^ 1 }

// ways are the keys of a unit in the index. Words with one stem have one
// skeleton of consonants, so that this stands for both.
func (u *unit) ways() []uint32 {
	switch {
	case u.keys[0] == 0 || u.is(isNumber):
		return nil
	case u.keys[1] == 0:
		return u.keys[:1]
	case u.is(isArabic) && !u.is(isAct|isThing|isDate):
		return u.keys[1:2]
	}
	return u.keys[:2]
}
