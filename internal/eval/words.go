package eval

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words are the word tokens of a text: byte ranges, and whether the word is a
// complementizer or bare preposition that does not count at the front of a
// content or source.
type words struct {
	start, end []int
	leading    []bool
}

func splitWords(text string) words {
	var w words
	for i := 0; i < len(text); {
		j := tokenEnd(text, i)
		if j == i {
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		w.start = append(w.start, i)
		w.end = append(w.end, j)
		w.leading = append(w.leading, isLeading(text[i:j]))
		i = j
	}
	return w
}

// tokenEnd returns the end of the token that begins at byte i, or i if none
// does. A vowel mark belongs to its word and joins what follows it.
func tokenEnd(text string, i int) int {
	end := plainEnd(text, i)
	if end == i {
		return i
	}
	for end < len(text) {
		next := plainEnd(text, end)
		r, n := utf8.DecodeRuneInString(text[end:])
		last, _ := utf8.DecodeLastRuneInString(text[:end])
		switch {
		case next > end && (isMark(r) || isMark(last)):
			end = next
		case isMark(r):
			end += n
		default:
			return end
		}
	}
	return end
}

// plainEnd returns the end of the run of letters and digits at byte i, with
// single apostrophes inside it; a sign of money or per cent is a run by itself.
func plainEnd(text string, i int) int {
	r, n := utf8.DecodeRuneInString(text[i:])
	if strings.ContainsRune("%$€£", r) {
		return i + n
	}
	end := alnumEnd(text, i)
	for end > i {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune("'’‘", r) {
			break
		}
		next := alnumEnd(text, end+n)
		if next == end+n {
			break
		}
		end = next
	}
	return end
}

func alnumEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			break
		}
		i += n
	}
	return i
}

// isMark reports whether r is an Arabic vowel mark, dagger alef or tatweel.
func isMark(r rune) bool {
	return r >= 0x064B && r <= 0x0652 || r == 0x0640 || r == 0x0670
}

func isLeading(word string) bool {
	word = strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	switch word {
	case "أن", "إن", "ان", "وأن", "وإن", "وان", "بأن", "بان", "إنما", "انما",
		"إلى", "الى", "على", "عن", "من", "في", "ل", "ب",
		"that", "to", "of", "by", "for":
		return true
	}
	return false
}

// tokenRange is a half-open range of token numbers.
type tokenRange struct{ lo, hi int }

// wordSet is a set of token numbers as sorted ranges that do not touch.
type wordSet []tokenRange

// under returns the words covered by the spans: those of which at least half
// lies inside a span, and those that hold a whole span.
func (w words) under(spans Spans) wordSet {
	var out wordSet
	for _, s := range spans {
		lo := max(0, sort.Search(len(w.start), func(k int) bool { return w.start[k] > s[0] })-1)
		hi := sort.SearchInts(w.start, s[1])
		for lo < hi && !w.covered(lo, s) {
			lo++
		}
		for lo < hi && !w.covered(hi-1, s) {
			hi--
		}
		if lo < hi {
			out = append(out, tokenRange{lo, hi})
		}
	}
	return out.normal()
}

func (w words) covered(k int, s [2]int) bool {
	shared := min(w.end[k], s[1]) - max(w.start[k], s[0])
	return shared > 0 && (2*shared >= w.end[k]-w.start[k] || shared >= s[1]-s[0])
}

// trim drops leading complementizers and prepositions, but never the last word.
func (w words) trim(set wordSet) wordSet {
	left := set.size()
	for left > 1 && w.leading[set[0].lo] {
		left--
		if set[0].lo++; set[0].lo == set[0].hi {
			set = set[1:]
		}
	}
	return set
}

func (s wordSet) normal() wordSet {
	if len(s) < 2 {
		return s
	}
	sort.Slice(s, func(i, j int) bool { return s[i].lo < s[j].lo })
	out := s[:1]
	for _, r := range s[1:] {
		if last := &out[len(out)-1]; r.lo <= last.hi {
			last.hi = max(last.hi, r.hi)
		} else {
			out = append(out, r)
		}
	}
	return out
}

func (s wordSet) size() int {
	n := 0
	for _, r := range s {
		n += r.hi - r.lo
	}
	return n
}

// common returns how many words both sets hold.
func (s wordSet) common(t wordSet) int {
	n := 0
	for i, j := 0, 0; i < len(s) && j < len(t); {
		n += max(0, min(s[i].hi, t[j].hi)-max(s[i].lo, t[j].lo))
		if s[i].hi < t[j].hi {
			i++
		} else {
			j++
		}
	}
	return n
}

// jaccard is the size of the intersection over that of the union, 0 when
// either set is empty.
func (s wordSet) jaccard(t wordSet) float64 {
	n := s.common(t)
	if n == 0 {
		return 0
	}
	return float64(n) / float64(s.size()+t.size()-n)
}
