package claim

import (
	"cmp"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// What makes a copy. A shingle is shingleWords words in a row; documents are
// found by the lowest hashes of theirs (a MinHash with one hash function), and
// compared by all of them.
const (
	shingleWords = 4
	sketchSize   = 16
	leastShared  = 12  // shingles
	leastShare   = 0.5 // of the shingles of the shorter text
	maxShingles  = 1 << 12
)

// Copies finds the documents that are edited copies of an earlier one. Each
// names the earliest text of its group; they stand in the order of time.
func (b *Book) Copies(sources []isnad.Source) []isnad.Copy {
	order := make([]int, len(sources))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int {
		p, q := &sources[x], &sources[y]
		return cmp.Or(p.Filed().Compare(q.Filed()), cmp.Compare(p.ID, q.ID))
	})
	s := Shelf[int]{}
	var t text.Text
	var out []isnad.Copy
	for _, i := range order {
		var sh []uint32
		if t.Reset(sources[i].Text) == nil {
			sh = shinglesOf(&t, text.Range{End: len(t.Tokens)})
		}
		first, share, found := s.Place(i, sh)
		if found {
			out = append(out, isnad.Copy{
				Earlier: sources[first].ID, Later: sources[i].ID, Share: share, Credit: credit(&sources[first], &sources[i]),
			})
		}
	}
	return out
}

// Shingles are the hashes of all runs of four words of a text, ascending; of a
// very long text those with the lowest hashes.
func Shingles(raw string) []uint32 {
	t, err := text.New(raw)
	if err != nil {
		return nil
	}
	return shinglesOf(t, text.Range{End: len(t.Tokens)})
}

func shinglesOf(t *text.Text, r text.Range) []uint32 {
	var ring [shingleWords]uint64
	n := 0
	out := make([]uint32, 0, r.Len())
	for _, tok := range t.Tokens[r.First:r.End] {
		if tok.Kind > text.Number {
			continue
		}
		ring[n%shingleWords] = tok.Hash
		if n++; n < shingleWords {
			continue
		}
		h := uint64(0)
		for k := range shingleWords {
			h = (h ^ ring[(n+k)%shingleWords]) * 0x9E3779B97F4A7C15
			h ^= h >> 29
		}
		out = append(out, uint32(h>>32))
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxShingles)]
}

// Shelf holds one text of every group of copies, by the lowest of its
// shingles: what is a copy takes no room.
type Shelf[K comparable] struct {
	texts []shelved[K]
	by    postings
}

type shelved[K comparable] struct {
	key      K
	shingles []uint32
}

// maxShelf bounds the texts compared for one shingle, which may be a formula
// that many texts have.
const maxShelf = 16

// Place finds the text that the shingles are a copy of, and the share of the
// shorter one's shingles that both have; a text that is none is put there under
// its key.
func (s *Shelf[K]) Place(key K, shingles []uint32) (first K, share float64, found bool) {
	low := shingles[:min(len(shingles), sketchSize)]
	best := -1
	var one [1]uint32
	for _, h := range low {
		for _, k := range s.by.get(h, &one) {
			k := int(k)
			n := shared(s.texts[k].shingles, shingles)
			least := min(len(s.texts[k].shingles), len(shingles))
			if v := float64(n) / float64(least); n >= min(leastShared, least) && v >= leastShare && (v > share || v == share && k < best) {
				best, share = k, v
			}
		}
	}
	if best >= 0 {
		return s.texts[best].key, share, true
	}
	for _, h := range low {
		if len(s.by.get(h, &one)) < maxShelf {
			s.by.add(h, uint32(len(s.texts)))
		}
	}
	s.texts = append(s.texts, shelved[K]{key, shingles})
	return first, 0, false
}

// shared counts what two ascending lists have in common.
func shared(a, b []uint32) int {
	n := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] < b[k]:
			i++
		case a[i] > b[k]:
			k++
		default:
			n, i, k = n+1, i+1, k+1
		}
	}
	return n
}

// margin is how far into a text, in bytes, its origin is named.
const margin = 160

// credit is how a copy names the publisher of the earlier text in its first
// words or its last ones, or "".
func credit(earlier, later *isnad.Source) string {
	raw := later.Text
	ends := raw[:min(len(raw), margin)] + " " + raw[max(0, len(raw)-margin):]
	best := ""
	for w := range strings.FieldsSeq(earlier.Publisher) {
		if len(w) > len(best) && !generic(w) && strings.Contains(foldWord(ends), foldWord(w)) {
			best = w
		}
	}
	return best
}

// generic reports a word that many publishers have in their names.
func generic(w string) bool {
	switch strings.TrimPrefix(foldWord(w), "ال") {
	case "وكاله", "للانباء", "انباء", "صحيفه", "قناه", "موقع", "اخبار", "جريده", "يوميه", "wire", "news", "agency", "the", "daily", "of", "for":
		return true
	}
	return false
}
