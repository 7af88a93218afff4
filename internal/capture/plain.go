package capture

import (
	le "encoding/binary"
	"unicode/utf8"
)

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// plainBytes is the number of bytes of p before the first that ends or breaks a
// string of JSON, escapes something in it, or is not UTF-8. A rune that the end
// of p cuts is left out.
func plainBytes(p []byte) int {
	i := 0
	for {
		i += plainWords(p[i:])
		for end := i + 8; ; {
			if i == len(p) {
				return i
			}
			switch c := p[i]; {
			case c < ' ' || c == '"' || c == '\\':
				return i
			case c < utf8.RuneSelf:
				i++
			default:
				r, n := utf8.DecodeRune(p[i:])
				if r == utf8.RuneError && n == 1 {
					return i
				}
				i += n
			}
			if i >= end {
				break
			}
		}
	}
}

// plainWords passes over text of runes of one and two bytes, eight bytes at a
// time, and returns how many of them are sure to be plain.
func plainWords(p []byte) int {
	i, open := 0, uint64(0) // open: the last byte awaits another
	for ; i+8 <= len(p); i += 8 {
		w := le.LittleEndian.Uint64(p[i:])
		bad, last := wordUTF8(w, open)
		if bad|lower(w)|equal(w, '"')|equal(w, '\\') != 0 {
			break
		}
		open = last
	}
	return i - int(open>>7)
}

// validUTF8 is the number of bytes of p before the first rune that is not UTF-8
// or that the end of p cuts.
func validUTF8(p []byte) int {
	i := 0
	for i < len(p) {
		open := uint64(0)
		for ; i+8 <= len(p); i += 8 {
			bad, last := wordUTF8(le.LittleEndian.Uint64(p[i:]), open)
			if bad != 0 {
				break
			}
			open = last
		}
		i -= int(open >> 7)
		for end := i + 8; i < len(p) && i < end; {
			r, n := utf8.DecodeRune(p[i:])
			if r == utf8.RuneError && n == 1 {
				return i
			}
			i += n
		}
	}
	return i
}

// wordUTF8 checks eight bytes of runes of one and two bytes: bad is 0 where
// they are UTF-8. open and last are 0x80 where the byte before, or the last
// one, is the first of a rune of two.
func wordUTF8(w, open uint64) (bad, last uint64) {
	second := w & highs &^ (w << 1)               // 10xxxxxx
	first := w & highs & (w << 1)                 // 11xxxxxx
	long := first & (w << 2)                      // 111xxxxx
	small := first &^ (w<<3 | w<<4 | w<<5 | w<<6) // 1100000x, which UTF-8 does not have
	lone := second ^ (first<<8 | open)            // one of a rune without the other
	return long | small | lone, first >> 56
}

// lower is not 0 where a byte of w is below the space.
func lower(w uint64) uint64 { return (w - ' '*ones) &^ w & highs }

// equal is not 0 where a byte of w is c.
func equal(w uint64, c uint64) uint64 {
	w ^= c * ones
	return (w - ones) &^ w & highs
}
