package lang

import (
	"encoding/binary"
	"errors"
	"sort"
)

// table is the embedded map from word hashes to readings.
//
// Format, little endian: magic "ISNF", version 1, log2 of the number of slots,
// number of readings; then the slots, 8 bytes each (upper 40 bits of the hash,
// 24 bits of 1 + index of the first reading, 0 for an empty slot), open
// addressing with steps of one; then the readings, 8 bytes each, the last of
// every list marked in the byte that aligns it. Two words that share 40 bits
// and the slot would be taken for one another: with 10^5 entries, about one
// unknown word in 10^7.
type table struct {
	near     filter
	slots    []byte
	readings []Reading
	shift    uint
	mask     uint64
}

const (
	tableMagic   = "ISNF"
	tableVersion = 1
	headerBytes  = 16
	indexBits    = 24
)

var errFormat = errors.New("not a table of this version")

func openTable(b []byte) (table, error) {
	if len(b) < headerBytes || string(b[:4]) != tableMagic || binary.LittleEndian.Uint32(b[4:]) != tableVersion {
		return table{}, errFormat
	}
	log := uint(binary.LittleEndian.Uint32(b[8:]))
	n := int(binary.LittleEndian.Uint32(b[12:]))
	if log < 1 || log > 28 || len(b) != headerBytes+8<<log+8*n {
		return table{}, errFormat
	}
	t := table{slots: b[headerBytes : headerBytes+8<<log], shift: 64 - log, mask: 1<<log - 1}
	t.readings = make([]Reading, n)
	rest := b[headerBytes+8<<log:]
	for i := range t.readings {
		r := rest[8*i : 8*i+8]
		t.readings[i] = Reading{
			Class: Class(r[0]), Form: Form(r[1]), Agr: Agr(r[2]), Clitic: Clitic(r[3]), Suffix: Agr(r[4]),
			last: r[5] != 0, Row: binary.LittleEndian.Uint16(r[6:]),
		}
	}
	for i := 0; i < len(t.slots); i += 8 {
		if s := binary.LittleEndian.Uint64(t.slots[i:]); s != 0 {
			t.near.add(s)
		}
	}
	return t, nil
}

// filter is a set of hashes that answers "surely not" from a cache line: most
// words of a text are in no table. It looks at the bits that a slot keeps.
type filter []uint64

const (
	filterBits  = 20
	filterShift = 64 - filterBits
)

func (f *filter) add(hash uint64) {
	if *f == nil {
		*f = make(filter, 1<<(filterBits-6))
	}
	i := hash >> filterShift
	(*f)[i>>6] |= 1 << (i & 63)
}

func (f filter) may(hash uint64) bool {
	i := hash >> filterShift
	return len(f) > 0 && f[i>>6]>>(i&63)&1 == 1
}

// key is the part of the hash that is kept in a slot.
func key(hash uint64) uint64 { return hash &^ (1<<indexBits - 1) }

// find gives the index of the first reading of a word and how many it has.
func (t *table) find(hash uint64) (first uint32, n uint8) {
	if !t.near.may(hash) {
		return 0, 0
	}
	for i := hash * slotMix >> t.shift; ; i = (i + 1) & t.mask {
		s := binary.LittleEndian.Uint64(t.slots[8*i:])
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
	log := uint(4)
	for 1<<log < 2*len(forms) {
		log++
	}
	hashes := make([]uint64, 0, len(forms))
	for h := range forms {
		hashes = append(hashes, h)
	}
	sort.Slice(hashes, func(i, j int) bool { return hashes[i] < hashes[j] })
	slots := make([]uint64, 1<<log)
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
		i := h * slotMix >> (64 - log)
		for slots[i] != 0 {
			i = (i + 1) & (1<<log - 1)
		}
		slots[i] = key(h) | uint64(at+1)
	}
	out := make([]byte, headerBytes, headerBytes+8*len(slots)+len(readings))
	copy(out, tableMagic)
	binary.LittleEndian.PutUint32(out[4:], tableVersion)
	binary.LittleEndian.PutUint32(out[8:], uint32(log))
	binary.LittleEndian.PutUint32(out[12:], uint32(len(readings)/8))
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
