package names

import (
	"slices"

	"github.com/isnad/isnad/text"
)

// union joins unnamed sources that are one.
type union struct {
	up   []int32
	low  []uint64 // lowest key of the group, at its root
	name []string // longest description, at its root
	bags [][]uint64
}

func (u *union) add(key uint64, name string, bag []uint64) int32 {
	u.up = append(u.up, int32(len(u.up)))
	u.low, u.name, u.bags = append(u.low, key), append(u.name, name), append(u.bags, bag)
	return int32(len(u.up) - 1)
}

func (u *union) find(i int32) int32 {
	for u.up[i] != i {
		u.up[i] = u.up[u.up[i]]
		i = u.up[i]
	}
	return i
}

func (u *union) join(a, b int32) {
	a, b = u.find(a), u.find(b)
	if a == b {
		return
	}
	u.up[b] = a
	u.low[a] = min(u.low[a], u.low[b])
	if x, y := u.name[a], u.name[b]; len(y) > len(x) || len(y) == len(x) && y < x {
		u.name[a] = y
	}
}

// Bounds of the comparison of unnamed sources.
const (
	shingle      = 5  // words of a content that are hashed together
	sketch       = 4  // lowest hashes kept of a content
	maxSimilar   = 64 // descriptions compared behind one piece of text
	enoughSaid   = 6  // words of a content that no two bodies say by chance
	maxSaidBytes = 4096
)

// unnamed files a source that is not identified. Sources are one where what
// they say shares its text and what they are called does not differ much.
func (l *Ledger) unnamed(e *Entry, p *phrase, scoped uint64) int32 {
	desc, all := l.book.description(p, e.Name)
	if len(desc) == 0 {
		return l.groups.add(scoped, e.Name, nil)
	}
	head := desc[0]
	slices.Sort(desc)
	keys := sketches(e.Said)
	low := scoped
	if len(keys) > 0 {
		low = mix(all, keys[0])
	}
	id := l.groups.add(low, e.Name, desc)
	for _, k := range keys {
		if have, ok := l.group[mix(all, k)]; ok {
			l.groups.join(have, id)
			continue
		}
		l.group[mix(all, k)] = id
		h := mix(head, k)
		for _, other := range l.heads[h] {
			if similar(l.groups.bags[other], desc) {
				l.groups.join(other, id)
			}
		}
		if len(l.heads[h]) < maxSimilar {
			l.heads[h] = append(l.heads[h], id)
		}
	}
	return id
}

// description is the words of what an unnamed source is called that count, and
// the hash of them in any order.
func (b *Book) description(p *phrase, name string) (desc []uint64, all uint64) {
	words := p.name
	if len(words) == 0 {
		words = content(b.words(name))
	}
	for i := range words {
		if w := &words[i]; !w.any(closed) || w.any(people) {
			desc = append(desc, w.key)
		}
	}
	sorted := slices.Sorted(slices.Values(desc))
	all = mix(0, uint64(len(desc)))
	for _, k := range sorted {
		all = mix(all, k)
	}
	return desc, all
}

// similar reports that at least half of the words of two descriptions of more
// than one word are shared.
func similar(a, b []uint64) bool {
	n := 0
	for _, k := range a {
		if slices.Contains(b, k) {
			n++
		}
	}
	return n > 1 && 2*n >= len(a)+len(b)-n
}

// sketches are keys of contents, ascending: two contents share one if they
// share two of the lowest hashes of their shingles, or all their words.
func sketches(said []string) []uint64 {
	var out []uint64
	for _, s := range said[:min(len(said), maxSaid)] {
		t, err := text.New(atMost(s, maxSaidBytes))
		if err != nil {
			continue
		}
		low := lowest(t)
		if len(low) == 1 {
			out = append(out, mix(0, low[0]))
		}
		for i := range low {
			for _, k := range low[i+1:] {
				out = append(out, mix(low[i], k))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// hear notes what is attributed to a body, and gives it back for one whose name
// anyone may have.
func (l *Ledger) hear(id int32, said []string) []uint64 {
	n := &l.nodes[id]
	if len(n.units) < 2 || n.known != 0 {
		return nil
	}
	var keys []uint64
	for _, s := range said[:min(len(said), maxSaid)] {
		t, err := text.New(atMost(s, maxSaidBytes))
		if err != nil {
			continue
		}
		if k, words := whole(t); words >= enoughSaid {
			keys = append(keys, k)
		}
	}
	if !n.proper() {
		return keys
	}
	for _, k := range keys {
		if have := l.sayers[k]; len(have) <= maxSimilar && !slices.Contains(have, id) {
			l.sayers[k] = append(have, id)
		}
	}
	return nil
}

// whole is the hash of all words of a text and their number.
func whole(t *text.Text) (h uint64, n int) {
	for i := range t.Tokens {
		if k := &t.Tokens[i]; k.Kind <= text.Number {
			h = mix(h, k.Hash)
			n++
		}
	}
	return h, n
}

// proper reports a name with a word that is no common noun or adjective.
func (n *node) proper() bool {
	return slices.ContainsFunc(n.units, func(u unit) bool { return u.concept == 0 && !u.is(familiar) })
}

// reworded is the body whose name an editor has put for a common one that
// begins alike: the one to whom the same words are attributed elsewhere.
func (l *Ledger) reworded(id int32, said []uint64) int32 {
	u := l.nodes[id].units
	out := int32(-1)
	for _, k := range said {
		if len(l.sayers[k]) > maxSimilar {
			continue
		}
		for _, other := range l.sayers[k] {
			v := l.nodes[other].units
			if !u[0].like(&v[0]) || !u[1].like(&v[1]) || u[0].is(inArabic) != v[0].is(inArabic) {
				continue
			}
			r := l.root(other)
			if out >= 0 && out != r {
				return l.root(id)
			}
			out = r
		}
	}
	if out < 0 {
		return l.root(id)
	}
	return out
}

// lowest are the lowest hashes of the shingles of a text, ascending; of a text
// with hardly any, the hash of all its words.
func lowest(t *text.Text) []uint64 {
	var words, out []uint64
	for i := range t.Tokens {
		if k := &t.Tokens[i]; k.Kind <= text.Number {
			words = append(words, k.Hash)
		}
	}
	for i := range words[:max(0, len(words)-shingle+1)] {
		h := uint64(0)
		for _, w := range words[i : i+shingle] {
			h = mix(h, w)
		}
		out = append(out, h)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	switch {
	case len(words) < 3:
		return nil
	case len(out) < 2:
		all, _ := whole(t)
		return []uint64{all}
	}
	return out[:min(len(out), sketch)]
}
