package lang

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/isnad/isnad/text"
)

// Encode makes forms.bin of surface forms, which are given by their folded
// letters (see [github.com/isnad/isnad/text.Letters]). The result depends on the
// content of the map only.
func Encode(words map[string][]Reading) ([]byte, error) {
	e := encoder{words: slices.Sorted(maps.Keys(words)), readings: words, numbers: make(map[string]int), states: make(map[string]int)}
	e.edges = make([]byte, edgeBytes) // edge 0 is none
	root, err := e.state(0, len(e.words), 0)
	if err != nil {
		return nil, err
	}
	for _, w := range e.words {
		for _, r := range words[w] {
			if r.Class == Cue {
				e.rows = binary.LittleEndian.AppendUint16(e.rows, r.Row)
			}
		}
	}
	sizes, err := bucketSizes(e.words)
	if err != nil {
		return nil, err
	}
	out := []byte(formsMagic)
	for _, n := range []int{formsVersion, len(e.words), len(e.letters), len(e.patterns) / patternBytes, len(e.edges) / edgeBytes, root, len(e.rows) / 2} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	for _, r := range e.letters {
		out = binary.LittleEndian.AppendUint16(out, uint16(r))
	}
	return slices.Concat(out, sizes, e.patterns, e.edges, e.rows), nil
}

// bucketSizes counts the words in each bucket of the table.
func bucketSizes(words []string) ([]byte, error) {
	n := bucketBits(len(words))
	sizes := make([]byte, 1<<n)
	for _, w := range words {
		size := &sizes[text.Hash(w)>>(64-n)]
		if *size++; *size == 0 {
			return nil, fmt.Errorf("more than 255 of %d forms in one bucket", len(words))
		}
	}
	return sizes, nil
}

// encoder builds the automaton from its ends: states with the same edges are
// one.
type encoder struct {
	words    []string // sorted
	readings map[string][]Reading
	letters  []rune
	patterns []byte
	numbers  map[string]int // of patterns
	edges    []byte
	states   map[string]int // first edges by what the edges are
	rows     []byte
}

// state gives the first edge of the state that accepts what stands behind the
// first n bytes of the words from lo to hi, which begin alike; 0 for none.
func (e *encoder) state(lo, hi, n int) (int, error) {
	var edges []byte
	for lo < hi {
		r, size := utf8.DecodeRuneInString(e.words[lo][n:])
		end := lo + 1
		for end < hi && e.words[end][n:][:size] == e.words[lo][n:][:size] {
			end++
		}
		letter, err := e.letter(r)
		if err != nil {
			return 0, fmt.Errorf("form %q: %w", e.words[lo], err)
		}
		accepts := 0
		if w := e.words[lo]; len(w) == n+size {
			accepts = 1 + e.pattern(e.readings[w])
			lo++
		}
		to, err := e.state(lo, end, n+size)
		if err != nil {
			return 0, err
		}
		edges = append(edges, letter, byte(accepts), byte(accepts>>8), byte(to), byte(to>>8), byte(to>>16))
		lo = end
	}
	if len(edges) == 0 {
		return 0, nil
	}
	edges[len(edges)-1] |= lastEdge >> 16
	at, ok := e.states[string(edges)]
	if !ok {
		at = len(e.edges) / edgeBytes
		e.states[string(edges)] = at
		e.edges = append(e.edges, edges...)
	}
	if at >= lastEdge || len(e.numbers) >= 1<<16 {
		return 0, fmt.Errorf("%d edges and %d patterns do not fit the format", at, len(e.numbers))
	}
	return at, nil
}

func (e *encoder) letter(r rune) (byte, error) {
	i := slices.Index(e.letters, r)
	if i < 0 {
		i = len(e.letters)
		e.letters = append(e.letters, r)
	}
	if r > 0xFFFF || i > 0xFF {
		return 0, fmt.Errorf("letter %q does not fit the format", r)
	}
	return byte(i), nil
}

// pattern numbers the readings of a word, rows left out.
func (e *encoder) pattern(list []Reading) int {
	var b []byte
	for i, r := range list {
		last := byte(0)
		if i == len(list)-1 {
			last = 1
		}
		b = append(b, byte(r.Class), byte(r.Form), byte(r.Agr), byte(r.Clitic), byte(r.Suffix), last)
	}
	n, ok := e.numbers[string(b)]
	if !ok {
		n = len(e.numbers)
		e.numbers[string(b)] = n
		e.patterns = append(e.patterns, b...)
	}
	return n
}
