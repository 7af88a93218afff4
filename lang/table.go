package lang

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"sort"
)

// table is the embedded map from word hashes to readings.
//
// Format, little endian: magic "ISNF", version 2, number of slots, number of
// readings; then a filter of the hashes; then the slots, 8 bytes each (upper 40
// bits of the hash, 24 bits of 1 + index of the first reading, 0 for an empty
// slot), three of four in use, open addressing with steps of one; then the
// readings, 8 bytes each, the last of every list marked in the byte that aligns
// it. Two words that share 40 bits and the slot would be taken for one another:
// with 10^5 entries, about one unknown word in 10^7.
type table struct {
	near     string // the filter: the bit that the upper nearBits of a hash number
	slots    string
	size     uint64 // number of slots
	readings []Reading
}

const (
	tableMagic   = "ISNF"
	tableVersion = 2
	headerBytes  = 16
	indexBits    = 24
	nearBits     = 20
	nearBytes    = 1 << (nearBits - 3)
)

var errFormat = errors.New("not a table of this version")

// openTable makes a table of the content of a file, which it does not copy.
func openTable(b string) (table, error) {
	if len(b) < headerBytes || b[:4] != tableMagic {
		return table{}, errFormat
	}
	head := []byte(b[:headerBytes])
	if binary.LittleEndian.Uint32(head[4:]) != tableVersion {
		return table{}, errFormat
	}
	size := int(binary.LittleEndian.Uint32(head[8:]))
	n := int(binary.LittleEndian.Uint32(head[12:]))
	if size < 1 || len(b) != headerBytes+nearBytes+8*size+8*n {
		return table{}, errFormat
	}
	b = b[headerBytes:]
	t := table{near: b[:nearBytes], slots: b[nearBytes : nearBytes+8*size], size: uint64(size)}
	t.readings = make([]Reading, n)
	rest := b[nearBytes+8*size:]
	for i := range t.readings {
		r := rest[8*i : 8*i+8]
		t.readings[i] = Reading{
			Class: Class(r[0]), Form: Form(r[1]), Agr: Agr(r[2]), Clitic: Clitic(r[3]), Suffix: Agr(r[4]),
			last: r[5] != 0, Row: uint16(r[6]) | uint16(r[7])<<8,
		}
	}
	return t, nil
}

// slot is slot i, in one load.
func (t *table) slot(i uint64) uint64 {
	s := t.slots[8*i : 8*i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// home is the slot at which the search for a hash begins.
func home(hash, size uint64) uint64 {
	i, _ := bits.Mul64(hash*slotMix, size)
	return i
}

// may is false for a hash that is surely not in the table: most words of a text
// are in none.
func (t *table) may(hash uint64) bool {
	i := hash >> (64 - nearBits)
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

// key is the part of the hash that is kept in a slot.
func key(hash uint64) uint64 { return hash &^ (1<<indexBits - 1) }

// find gives the index of the first reading of a word and how many it has.
func (t *table) find(hash uint64) (first uint32, n uint8) {
	if !t.may(hash) {
		return 0, 0
	}
	for i := home(hash, t.size); ; i++ {
		if i == t.size {
			i = 0
		}
		s := t.slot(i)
		if s == 0 {
			return 0, 0
		}
		if key(s) == key(hash) {
			first := uint32(s&(1<<indexBits-1)) - 1
			n := uint8(1)
			for !t.readings[first+uint32(n)-1].last && n < maxReadings {
				n++
			}
			return first, n
		}
	}
}

// maxReadings bounds the readings of a word.
const maxReadings = 64

// slotMix spreads hashes over slots independently of the bits that are kept.
const slotMix = 0x9E3779B97F4A7C15

// Encode lays out the table of the given forms. The result depends on the
// map's content only. Equal lists of readings are stored once.
func Encode(forms map[uint64][]Reading) []byte {
	size := 16 + len(forms) + len(forms)/3
	hashes := make([]uint64, 0, len(forms))
	for h := range forms {
		hashes = append(hashes, h)
	}
	sort.Slice(hashes, func(i, j int) bool { return hashes[i] < hashes[j] })
	slots, near := make([]uint64, size), make([]byte, nearBytes)
	var readings []byte
	seen := make(map[string]int)
	for _, h := range hashes {
		list := encodeReadings(forms[h])
		at, ok := seen[string(list)]
		if !ok {
			at = len(readings) / 8
			seen[string(list)] = at
			readings = append(readings, list...)
		}
		i := int(home(h, uint64(size)))
		for slots[i] != 0 {
			i = (i + 1) % size
		}
		slots[i] = key(h) | uint64(at+1)
		near[h>>(64-nearBits+3)] |= 1 << (h >> (64 - nearBits) & 7)
	}
	out := make([]byte, headerBytes, headerBytes+len(near)+8*size+len(readings))
	copy(out, tableMagic)
	binary.LittleEndian.PutUint32(out[4:], tableVersion)
	binary.LittleEndian.PutUint32(out[8:], uint32(size))
	binary.LittleEndian.PutUint32(out[12:], uint32(len(readings)/8))
	out = append(out, near...)
	for _, s := range slots {
		out = binary.LittleEndian.AppendUint64(out, s)
	}
	return append(out, readings...)
}

func encodeReadings(list []Reading) []byte {
	var b []byte
	for i, r := range list {
		last := byte(0)
		if i == len(list)-1 {
			last = 1
		}
		b = append(b, byte(r.Class), byte(r.Form), byte(r.Agr), byte(r.Clitic), byte(r.Suffix), last)
		b = binary.LittleEndian.AppendUint16(b, r.Row)
	}
	return b
}
