// Package fold turns a text into the words that search compares: folded
// spellings, and light stems for Arabic (clitics and regular plural endings
// off) and English (plural endings off).
//
// # Invariant
//
// Indexing and querying go through the same functions, so that two words meet
// exactly when they share a folded spelling or a stem. A word keeps its span of
// the original text: what is shown and marked is never the folded form.
// A [Folder] is read-only once made and safe for use by several goroutines.
package fold

import (
	"unicode"
	"unicode/utf8"

	"github.com/isnad/isnad/text"
)

// Version changes when the same text no longer gives the same words; an index
// made by another version has to be made anew.
const Version = 1

// MaxWord is the largest folded word in bytes; what follows is cut off.
const MaxWord = 128

// Word is one word of a text.
type Word struct {
	// Form is the folded spelling: letters and digits only, letter variants,
	// vowel marks, tatweel, case and both families of Arabic digits united.
	// Numbers lose the marks between thousands and write the decimal mark as a dot.
	Form string
	// Span is where the word stands in the text given to [Words], in bytes.
	Span text.Span
	kind kind
}

// kind tells the stemmer what the folded form has lost.
type kind uint8

const (
	other   kind = iota
	arabic       // Arabic letters only
	endsHa       // Arabic, and its last letter was ه, not ة
	latin        // Latin letters only
	numeral      // begins with a digit
)

// IsNumber reports whether the word begins with a digit.
func (w Word) IsNumber() bool { return w.kind == numeral }

// sort of a rune.
type sort uint8

const (
	gap sort = iota // ends a word
	letter
	digit
	inner // belongs to the word around it and is not compared
)

const direct = 0x0780 // the runes looked up in a table

var sorts = newSorts()

func newSorts() (t [direct]sort) {
	for r := range rune(direct) {
		t[r] = classify(r)
	}
	return t
}

func classify(r rune) sort {
	switch f := text.FoldRune(r); {
	case f == 0:
		return inner
	case f == '\'':
		return gap
	case unicode.IsDigit(r):
		return digit
	case unicode.IsLetter(r):
		return letter
	case unicode.Is(unicode.M, r):
		return inner
	}
	return gap
}

func sortOf(r rune) sort {
	if r < direct {
		return sorts[r]
	}
	return classify(r)
}

// Words cuts a text into words. Invalid UTF-8 separates words.
func Words(s string) []Word {
	sc := scanner{s: s, buf: make([]byte, 0, len(s)), words: make([]Word, 0, len(s)/8+1)}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if so := sortOf(r); so == letter || so == digit {
			i = sc.word(i)
		} else {
			i += n
		}
	}
	folded := string(sc.buf)
	from := 0
	for i := range sc.words {
		to := sc.ends[i]
		sc.words[i].Form = folded[from:to]
		from = to
	}
	return sc.words
}

// scanner collects the folded forms of all words in one buffer.
type scanner struct {
	s     string
	buf   []byte
	ends  []int // end of each word's form in buf
	words []Word
}

// word takes the word that begins at byte i and returns where to go on.
func (sc *scanner) word(i int) int {
	var (
		start, end = i, i
		from       = len(sc.buf)
		sees       seen
	)
	for i < len(sc.s) {
		r, n := utf8.DecodeRuneInString(sc.s[i:])
		so := sortOf(r)
		if so == gap {
			if i == start || !sees.onlyDigits() {
				break
			}
			skip, decimal := separator(sc.s[i:], r, n)
			if skip == 0 {
				break
			}
			if decimal {
				sc.buf = append(sc.buf, '.')
			}
			i += skip
			continue
		}
		if sees.parts(r, so) {
			break
		}
		i += n
		end = i
		if so != inner {
			sees.add(r, so)
			sc.add(r, from)
		}
	}
	if len(sc.buf) == from {
		return i
	}
	sc.words = append(sc.words, Word{Span: text.Span{Start: start, End: end}, kind: sees.kind()})
	sc.ends = append(sc.ends, len(sc.buf))
	return i
}

// add appends the folded rune unless the word that begins at from is full.
func (sc *scanner) add(r rune, from int) {
	if len(sc.buf)-from > MaxWord-utf8.UTFMax {
		return
	}
	if r < 0xFB50 || r > 0xFEFE {
		sc.buf = utf8.AppendRune(sc.buf, text.FoldRune(r))
		return
	}
	for _, f := range text.Fold(string(r)).Text { // a presentation form draws several letters
		if sortOf(f) == letter && len(sc.buf)-from <= MaxWord-utf8.UTFMax {
			sc.buf = utf8.AppendRune(sc.buf, f)
		}
	}
}

// seen sums up the runes of a word.
type seen struct {
	arabic, latin, digits, others bool
	first                         sort
	last                          rune
}

func (v *seen) add(r rune, so sort) {
	if v.first == gap {
		v.first = so
	}
	v.last = r
	switch {
	case so == digit:
		v.digits = true
	case r < 0x0250:
		v.latin = true
	case isArabic(r):
		v.arabic = true
	default:
		v.others = true
	}
}

func isArabic(r rune) bool { return r >= 0x0600 && r < 0x0780 || r >= 0xFB50 && r <= 0xFEFC }

// parts reports whether a number begins or ends at the rune: what is written
// onto a number in Arabic is a word of its own.
func (v *seen) parts(r rune, so sort) bool {
	return so == digit && v.arabic || so == letter && isArabic(r) && v.onlyDigits()
}

func (v *seen) onlyDigits() bool { return v.digits && !v.arabic && !v.latin && !v.others }

func (v *seen) kind() kind {
	switch {
	case v.first == digit:
		return numeral
	case v.others || v.digits || v.arabic == v.latin:
		return other
	case v.latin:
		return latin
	case v.last == 'ه':
		return endsHa
	}
	return arabic
}

// separator looks at a sign between digits: it returns its bytes if it belongs
// to the number, and whether it is a decimal mark. A comma with exactly three
// digits behind it parts thousands.
func separator(s string, r rune, n int) (skip int, decimal bool) {
	switch r {
	case '.', '٫':
		if digitsAt(s[n:]) > 0 {
			return n, true
		}
	case ',', '٬', '،':
		if digitsAt(s[n:]) == 3 {
			return n, false
		}
	}
	return 0, false
}

// digitsAt counts the digits s begins with, up to four.
func digitsAt(s string) int {
	count := 0
	for _, r := range s {
		if sortOf(r) != digit || count == 4 {
			break
		}
		count++
	}
	return count
}
