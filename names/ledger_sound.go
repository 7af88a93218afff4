package names

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/isnad/isnad/text"
)

// vowel is a set of the vowels that stand in one place of a word.
type vowel uint8

const (
	vowelA vowel = 1 << iota
	vowelI
	vowelU
)

// vowelOf gives the vowels that a letter may stand for. Latin e is heard as a
// or as i.
func vowelOf(r rune) vowel {
	switch r {
	case 'ا', 'a':
		return vowelA
	case 'ي', 'i', 'y':
		return vowelI
	case 'و', 'u', 'o', 'w':
		return vowelU
	case 'e':
		return vowelA | vowelI
	}
	return 0
}

// voice is a word as it sounds: the consonants of its skeleton and, for the
// place before each of them and the one behind the last, the vowels that are
// written there. Arabic leaves short ones out, so no vowels there mean any.
type voice struct {
	consonants string
	vowels     string // one byte, a vowel set, more than consonants
}

// voiceOf reads the sounds of a word. A first alif may be any vowel; a last ى
// and a last ه or h are an a.
func voiceOf(raw string) voice {
	first := firstRune(raw)
	w := text.Fold(norm.NFD.String(raw)).Text
	if s, ok := soundAt(w, 0, firstRune(w), first); ok && s.out == "" && s.where == "start" {
		w, first = w[len(s.letters):], 'أ' // no second article
	}
	var c, v []byte
	here := vowel(0)
	for i := 0; i < len(w); {
		r, n := utf8.DecodeRuneInString(w[i:])
		s, ok := soundAt(w, i, r, first)
		if !ok {
			i += n
			continue
		}
		switch {
		case s.out == "" && s.where == "end":
			here |= vowelA
		case s.out == "" && !(i == 0 && r == 'ا'):
			here |= vowelOf(r)
		}
		for k := range len(s.out) {
			if len(c) > 0 && c[len(c)-1] == s.out[k] {
				continue
			}
			c, v, here = append(c, s.out[k]), append(v, byte(here)), 0
		}
		i += len(s.letters)
	}
	if strings.HasSuffix(raw, "ى") {
		here |= vowelA
	}
	return voice{string(c), string(append(v, byte(here)))}
}

func firstRune(w string) rune {
	r, _ := utf8.DecodeRuneInString(w)
	return r
}

// covers reports that every vowel of v is written in o as well, place by place,
// and that both end in a vowel or neither does. It compares an Arabic spelling
// with a Latin one, or a short spelling with a fuller one.
func (v voice) covers(o voice) bool {
	if v.consonants != o.consonants {
		return false
	}
	last := len(v.vowels) - 1
	for i := range v.vowels {
		have, want := vowel(o.vowels[i]), vowel(v.vowels[i])
		if i == last && (have == 0) != (want == 0) || want != 0 && !agree(want, have) {
			return false
		}
	}
	return true
}

// agree reports that each vowel of a is heard in b; one that stands for two
// needs one of them.
func agree(a, b vowel) bool {
	return a&b != 0 && (a&^b == 0 || a == vowelA|vowelI || b == vowelA|vowelI)
}

// close reports two Latin spellings of one name: vowels at the same places,
// with one in common.
func (v voice) close(o voice) bool {
	if v.consonants != o.consonants {
		return false
	}
	for i := range v.vowels {
		a, b := vowel(v.vowels[i]), vowel(o.vowels[i])
		if (a == 0) != (b == 0) || a != 0 && a&b == 0 {
			return false
		}
	}
	return true
}
