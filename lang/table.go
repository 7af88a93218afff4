package lang

import "math/bits"

// table is the map from word hashes to readings, in memory. The words are in
// buckets by the upper bits of their hashes, about six in each; 32 further bits
// tell them apart, so that with 10^5 entries one unknown word in 10^9 is taken for
// another.
type table struct {
	shift    uint     // of a hash, to the number of its bucket
	starts   []uint32 // of the buckets, and the end of the last
	entries  []entry  // of the buckets, one behind another
	near     []byte   // a filter: the bit that the upper bits of a hash number
	readings []Reading
}

// entry is a word: further bits of its hash, and the index of its first reading.
type entry struct{ print, first uint32 }

// nearBits is how many bits more than for a bucket number a bit of the filter.
const nearBits = 5

// bucketBits is the number of bits that number the buckets of so many words.
func bucketBits(words int) int { return bits.Len(uint(words / 8)) }

// newTable makes room for buckets of the given sizes.
func newTable(sizes string, words int) table {
	n := bucketBits(words)
	t := table{shift: uint(64 - n), starts: make([]uint32, len(sizes)+1), entries: make([]entry, words)}
	t.near = make([]byte, max(1, 1<<(n+nearBits-3)))
	at := uint32(0)
	for b := range len(sizes) { // enter moves it to the end of the bucket
		t.starts[b+1] = at
		at += uint32(sizes[b])
	}
	return t
}

// enter adds a word whose readings begin at first; false where there is no room.
func (t *table) enter(hash uint64, first int) bool {
	next := &t.starts[hash>>t.shift+1]
	if int(*next) >= len(t.entries) {
		return false
	}
	t.entries[*next] = entry{further(hash, t.shift), uint32(first)}
	*next++
	near := hash >> (t.shift - nearBits)
	t.near[near>>3] |= 1 << (near & 7)
	return true
}

// full reports whether all buckets have got the sizes that they were made for.
func (t *table) full(sizes string) bool {
	at := uint32(0)
	for b := range len(sizes) {
		if at += uint32(sizes[b]); t.starts[b+1] != at {
			return false
		}
	}
	return int(at) == len(t.entries)
}

// further is the bits of a hash behind those that number its bucket.
func further(hash uint64, shift uint) uint32 { return uint32(hash >> (shift - 32)) }

// may is false for a hash that is surely not in the table: most words of a text
// are in none.
func (t *table) may(hash uint64) bool {
	i := hash >> (t.shift - nearBits)
	return t.near[i>>3]>>(i&7)&1 == 1
}

// filter is a set of some thousand hashes that may hold others as well. It
// answers "surely not" from a cache line.
type filter [1 << (filterBits - 6)]uint64

const (
	filterBits  = 16
	filterShift = 64 - filterBits
)

func (f *filter) add(hash uint64) {
	i := hash >> filterShift
	f[i>>6] |= 1 << (i & 63)
}

func (f *filter) may(hash uint64) bool {
	i := hash >> filterShift
	return f[i>>6]>>(i&63)&1 == 1
}

// find gives the index of the first reading of a word and how many it has.
func (t *table) find(hash uint64) (first uint32, n uint8) {
	if !t.may(hash) {
		return 0, 0
	}
	b, print := hash>>t.shift, further(hash, t.shift)
	for _, e := range t.entries[t.starts[b]:t.starts[b+1]] {
		if e.print != print {
			continue
		}
		first, n = e.first, 1
		for !t.readings[first+uint32(n)-1].last && n < maxReadings {
			n++
		}
		return first, n
	}
	return 0, 0
}

// maxReadings bounds the readings of a word.
const maxReadings = 64

// pairMix spreads the keys of pairs of words.
const pairMix = 0x9E3779B97F4A7C15
