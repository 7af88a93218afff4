package text

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// A word's hash is taken over its folded runes, so that all spellings that
// folding unites share it. It is part of the format of the language packs: a
// change here is a change of every generated table.
const (
	hashSeed  = 0x9E3779B97F4A7C15
	hashPrime = 0xD6E8FEB86659FD93
)

func hashStep(h uint64, r rune) uint64 {
	return (bits.RotateLeft64(h, 5) ^ uint64(r)) * hashPrime
}

func hashEnd(h uint64) uint64 {
	h ^= h >> 32
	return h * hashSeed
}

// Hash is the hash of a word as [Token.Hash] holds it: folded runes only,
// spaces and punctuation left out.
func Hash(word string) uint64 {
	h := uint64(hashSeed)
	for _, r := range word {
		h = hashRune(h, r)
	}
	return hashEnd(h)
}

// HashFrom is the hash of the word without its first n folded runes, for
// matching behind a clitic. It is 0 if no rune is left.
func HashFrom(word string, n int) uint64 {
	h := uint64(hashSeed)
	any := false
	for _, r := range word {
		if r < direct {
			f := runes.fold[r]
			if f == 0 {
				continue
			}
			if n > 0 {
				n--
				continue
			}
			any = true
			h = hashStep(h, rune(f))
			continue
		}
		if n > 0 {
			n--
			continue
		}
		any = true
		h = hashRune(h, r)
	}
	if !any {
		return 0
	}
	return hashEnd(h)
}

// Hasher takes the hash of a word letter by letter, for words that begin alike.
type Hasher uint64

// NewHasher begins a word.
func NewHasher() Hasher { return hashSeed }

// Add goes on with a folded letter.
func (h Hasher) Add(letter rune) Hasher { return Hasher(hashStep(uint64(h), letter)) }

// Sum is the hash of the letters so far.
func (h Hasher) Sum() uint64 { return hashEnd(uint64(h)) }

// Letters are the folded letters that the hash of a word is taken over.
func Letters(word string) string {
	return strings.Map(func(r rune) rune {
		if c := classOf(r); c == classLetter || c == classDigit || r == '\'' {
			return r
		}
		return -1
	}, Fold(word).Text)
}

// HashFolded is the hash of a word whose folded runes are given.
func HashFolded(runes []rune) uint64 {
	h := uint64(hashSeed)
	for _, r := range runes {
		h = hashStep(h, r)
	}
	return hashEnd(h)
}

func hashRune(h uint64, r rune) uint64 {
	if r < direct {
		if c := runes.class[r]; c == classPunct || c == classSpace || c == classQuote || c == classLine {
			if r != '\'' {
				return h
			}
		}
		if f := runes.fold[r]; f != 0 {
			h = hashStep(h, rune(f))
		}
		return h
	}
	if isPresentation(r) {
		expand(r, func(d rune) { h = hashStep(h, d) })
		return h
	}
	if r == '’' || r == '‘' {
		return hashStep(h, '\'')
	}
	if c := classify(r); c != classLetter && c != classDigit {
		return h
	}
	return hashStep(h, foldRune(r))
}

// Folded is a text folded for matching, with the way back to the original.
type Folded struct {
	Text string
	// at[i] is the byte of the original at which byte i of Text begins; one
	// more entry holds the length of the original.
	at []int
}

// Fold folds a whole text, keeping spaces and punctuation.
func Fold(s string) Folded {
	out := make([]byte, 0, len(s))
	at := make([]int, 0, len(s)+1)
	add := func(i int, r rune) {
		n := len(out)
		out = utf8.AppendRune(out, r)
		for range len(out) - n {
			at = append(at, i)
		}
	}
	for i, r := range s {
		if isPresentation(r) {
			expand(r, func(d rune) { add(i, d) })
		} else if f := foldRune(r); f != 0 {
			add(i, f)
		}
	}
	return Folded{string(out), append(at, len(s))}
}

// Original maps a span of the folded text to the span of the original it was
// folded from; marks that follow its last letter are taken in.
func (f Folded) Original(s Span) Span {
	return Span{f.at[s.Start], f.at[s.End]}
}
