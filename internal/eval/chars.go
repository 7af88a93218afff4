package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// likeness is the longest common substring of two normal forms over the length
// of both without it: 1 for equal strings, 0 when either is empty.
func likeness(a, b []rune) float64 {
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0
	case string(a) == string(b):
		return 1
	}
	n := longestCommon(a, b)
	return float64(n) / float64(len(a)+len(b)-n)
}

// alike is likeness for those who need it from one half upwards only; below
// that it may return 0, and does so at once where lengths alone decide.
func alike(a, b []rune) float64 {
	if 2*min(len(a), len(b)) < max(len(a), len(b)) {
		return 0
	}
	return likeness(a, b)
}

// longestCommon returns the length in runes of the longest common substring.
func longestCommon(a, b []rune) int {
	if len(b) > len(a) {
		a, b = b, a
	}
	best := 0
	run := make([]int, len(b)+1) // run[j+1]: common suffix of a[:i+1] and b[:j+1]
	for _, x := range a {
		for j := len(b) - 1; j >= 0; j-- {
			if b[j] != x {
				run[j+1] = 0
				continue
			}
			run[j+1] = run[j] + 1
			best = max(best, run[j+1])
		}
	}
	return best
}

// normal folds what two spellings of one passage may differ in: vowel marks
// and direction marks, forms of alef, final ya and ta, digits, punctuation,
// case and spaces.
func normal(s string) []rune {
	out := make([]rune, 0, len(s))
	space := false
	for _, r := range strings.ToLower(s) {
		r = foldRune(r)
		switch {
		case r == dropped:
		case r == ' ':
			space = len(out) > 0
		default:
			if space {
				out = append(out, ' ')
				space = false
			}
			out = append(out, r)
		}
	}
	return out
}

const dropped = -1

func foldRune(r rune) rune {
	switch {
	case isMark(r) || r == 0x200E || r == 0x200F || r == 0x061C:
		return dropped
	case r == 'أ' || r == 'إ' || r == 'آ':
		return 'ا'
	case r == 'ى':
		return 'ي'
	case r == 'ة':
		return 'ه'
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case strings.ContainsRune("«»\"“”„‟'‘’()[]،,.:؛;!؟?–—-", r), unicode.IsSpace(r), r >= 0x1C && r <= 0x1F:
		return ' '
	}
	return r
}

// stretch is a half-open range of characters (code points) of a body.
type stretch struct{ lo, hi int }

func (s stretch) jaccard(t stretch) float64 {
	n := min(s.hi, t.hi) - max(s.lo, t.lo)
	if n <= 0 {
		return 0
	}
	return float64(n) / float64(s.hi-s.lo+t.hi-t.lo-n)
}

const maxFound = 1_000 // places where one text is looked for

// find returns where text stands in body: at byte start if it does stand
// there, else everywhere up to maxFound places, overlaps included.
func find(body, text string, start *int) []stretch {
	if text == "" {
		return nil
	}
	length := utf8.RuneCountInString(text)
	if start != nil && *start >= 0 && *start <= len(body) && strings.HasPrefix(body[*start:], text) {
		lo := utf8.RuneCountInString(body[:*start])
		return []stretch{{lo, lo + length}}
	}
	var out []stretch
	at, chars := 0, 0
	for len(out) < maxFound {
		i := strings.Index(body[at:], text)
		if i < 0 {
			break
		}
		chars += utf8.RuneCountInString(body[at : at+i])
		out = append(out, stretch{chars, chars + length})
		_, n := utf8.DecodeRuneInString(body[at+i:])
		at += i + n
		chars++
	}
	return out
}
