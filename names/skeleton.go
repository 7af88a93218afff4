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

// sounds holds the rows of translit.tsv by first letter.
var sounds = readSounds(translit)

func readSounds(table string) map[rune][]sound {
	out := make(map[rune][]sound)
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimSpace(line), "\t")
		if len(c) != 3 || strings.HasPrefix(line, "#") || c[0] == "letters" {
			continue
		}
		s := sound{c[0], strings.TrimPrefix(c[1], "-"), c[2]}
		r, _ := utf8.DecodeRuneInString(s.letters)
		out[r] = append(out[r], s)
	}
	return out
}

// Skeleton is the sequence of consonants that the Arabic and the Latin
// spellings of a name share (القطراني and Al-Katrani give "ktrn"): vowels, long
// or short, the article, doubled letters and a last h are left out, and sounds
// that newsrooms write in several ways are one. Words stay apart by one space.
// Equal skeletons are a hint, not a proof: Salem and Salim share theirs.
func Skeleton(name string) string {
	var out strings.Builder
	for _, w := range strings.Fields(name) {
		if s := skeleton(w); s != "" {
			if out.Len() > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(s)
		}
	}
	return out.String()
}

func skeleton(word string) string {
	first, _ := utf8.DecodeRuneInString(word)
	w := text.Fold(norm.NFD.String(word)).Text
	var out []byte
	for i := 0; i < len(w); {
		r, n := utf8.DecodeRuneInString(w[i:])
		s, ok := soundAt(w, i, r, first)
		if !ok {
			i += n
			continue
		}
		for k := range len(s.out) {
			if len(out) == 0 || out[len(out)-1] != s.out[k] {
				out = append(out, s.out[k])
			}
		}
		i += len(s.letters)
	}
	return string(out)
}

// soundAt gives the longest row that fits at byte i. A row for a place goes
// before one for any place.
func soundAt(w string, i int, r, first rune) (best sound, ok bool) {
	for _, s := range sounds[r] {
		if !strings.HasPrefix(w[i:], s.letters) || !s.fits(w, i, first) {
			continue
		}
		if !ok || len(s.letters) > len(best.letters) || len(s.letters) == len(best.letters) && s.where != "any" {
			best, ok = s, true
		}
	}
	return best, ok
}

// shortest is the number of bytes that an Arabic article must leave of a word.
const shortest = 6

func (s sound) fits(w string, i int, first rune) bool {
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
