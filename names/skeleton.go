package names

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/isnad/isnad/text"
)

//go:embed translit.tsv
var translit string

// sound is what a run of letters adds to a skeleton at a place in a word.
type sound struct{ letters, out, where string }

// soundTable holds rows by their first letter, which is an ASCII or an Arabic
// one.
type soundTable [0x80 + 0x100][]sound

func soundIndex(r rune) int {
	switch {
	case r < 0x80:
		return int(r)
	case r >= 0x0600 && r < 0x0700:
		return int(r) - 0x0600 + 0x80
	}
	return -1
}

// sounds holds the rows of translit.tsv.
var sounds = readSounds(translit)

func readSounds(table string) *soundTable {
	out := new(soundTable)
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimSpace(line), "\t")
		if len(c) != 3 || strings.HasPrefix(line, "#") || c[0] == "letters" {
			continue
		}
		s := sound{c[0], strings.TrimPrefix(c[1], "-"), c[2]}
		r, _ := utf8.DecodeRuneInString(s.letters)
		if i := soundIndex(r); i >= 0 {
			out[i] = append(out[i], s)
		}
	}
	return out
}

// Skeleton is the sequence of consonants that the Arabic and the Latin
// spellings of a name share (القطراني and Al-Katrani give "ktrn"): vowels, long
// or short, the article, doubled letters and a last h are left out, and sounds
// that newsrooms write in several ways are one. Words stay apart by one space.
// Equal skeletons are a hint, not a proof: Salem and Salim share theirs.
func Skeleton(name string) string {
	var out []byte
	for _, w := range strings.Fields(name) {
		n := len(out)
		if n > 0 {
			out = append(out, ' ')
		}
		if out = appendSkeleton(out, w); len(out) == n+1 && n > 0 {
			out = out[:n]
		}
	}
	return string(out)
}

// appendSkeleton appends the skeleton of a word.
func appendSkeleton(out []byte, word string) []byte {
	first, _ := utf8.DecodeRuneInString(word)
	var room [64]byte
	w := string(appendBare(room[:0], word))
	begin := len(out)
	for i := 0; i < len(w); {
		r, n := utf8.DecodeRuneInString(w[i:])
		s, ok := soundAt(w, i, r, first)
		if !ok {
			i += n
			continue
		}
		for k := range len(s.out) {
			if len(out) == begin || out[len(out)-1] != s.out[k] {
				out = append(out, s.out[k])
			}
		}
		i += len(s.letters)
	}
	return out
}

// appendBare appends a word as it is folded for matching, without the marks on
// its letters.
func appendBare(out []byte, word string) []byte {
	for i, r := range word {
		switch {
		case r == 'ؤ':
			r = 'و'
		case r == 'ئ':
			r = 'ي'
		case r == 'ۓ':
			r = 'ے'
		case r >= 0x80 && r < 0x0600 || r >= 0x0700:
			return append(out, text.Fold(norm.NFD.String(word[i:])).Text...)
		}
		if f := text.FoldRune(r); f != 0 {
			out = utf8.AppendRune(out, f)
		}
	}
	return out
}

// soundAt gives the longest row that fits at byte i. A row for a place goes
// before one for any place.
func soundAt(w string, i int, r, first rune) (best *sound, ok bool) {
	k := soundIndex(r)
	if k < 0 {
		return nil, false
	}
	for n := range sounds[k] {
		s := &sounds[k][n]
		if !strings.HasPrefix(w[i:], s.letters) || !s.fits(w, i, first) {
			continue
		}
		if best == nil || len(s.letters) > len(best.letters) || len(s.letters) == len(best.letters) && s.where != "any" {
			best = s
		}
	}
	return best, best != nil
}

// shortest is the number of bytes that an Arabic article must leave of a word.
const shortest = 6

func (s *sound) fits(w string, i int, first rune) bool {
	end := i + len(s.letters)
	switch s.where {
	case "start":
		if s.out == "" && first > 'z' { // an article; أل with hamza is none
			return i == 0 && len(w)-end >= shortest && first != 'أ' && first != 'إ' && first != 'آ'
		}
		return i == 0
	case "end":
		return end == len(w)
	case "front":
		return end < len(w) && strings.IndexByte("eiy", w[end]) >= 0
	}
	return true
}
