package text

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// class says what a rune does to the scanner.
type class uint8

const (
	classSpace class = iota
	classLetter
	classDigit
	classMark  // belongs to the letter before it, not matched (vowel marks, tatweel)
	classSkip  // invisible: controls of direction, joiners, byte order marks
	classPunct // one token each
	classQuote // one token each, paired
	classLine  // ends a paragraph
)

// direct is the number of runes classified by table: ASCII, Latin, Greek,
// Cyrillic, Hebrew and Arabic. Everything above goes through classifyHigh.
const direct = 0x0800

// runeTable holds class, folded rune and flags of the directly indexed runes.
type runeTable struct {
	class   [direct]class
	fold    [direct]uint16
	letters [direct]letterEntry // 0 for what is no letter or digit
	ends    [direct]Flag        // that the last letter gives its word
}

// letterEntry is a folded letter and, above it, the flags that it gives its
// word.
type letterEntry uint32

const (
	foldBits = 16
	foldMask = 1<<foldBits - 1
)

var runes = newRuneTable()

func newRuneTable() *runeTable {
	t := new(runeTable)
	for r := rune(0); r < direct; r++ {
		t.class[r] = classify(r)
		t.fold[r] = uint16(foldRune(r))
		t.ends[r] = endFlags(r)
		if c := t.class[r]; c == classLetter || c == classDigit {
			t.letters[r] = letterEntry(t.fold[r]) | letterEntry(letterFlags(r))<<foldBits
		}
	}
	return t
}

// letterFlags are the flags that a letter gives its word, wherever it stands.
func letterFlags(r rune) Flag {
	switch {
	case r == 'أ':
		return Arabic | HamzaAbove
	case r == 'إ':
		return Arabic | HamzaBelow
	case r >= 0x0600 && r < 0x0780:
		return Arabic
	case r >= 'A' && r < 0x0250 && unicode.IsLetter(r):
		if unicode.IsUpper(r) {
			return Latin
		}
		return Latin | lower
	}
	return 0
}

// endFlags are the flags that the last letter gives its word.
func endFlags(r rune) Flag {
	switch r {
	case 'ى', 'ی':
		return EndsMaqsura
	case 'ي':
		return EndsYa
	case 'ة':
		return EndsTa
	}
	return 0
}

// classify gives the class of any rune by Unicode category, with the house
// exceptions: tatweel is a mark, quotation marks are their own class.
func classify(r rune) class {
	switch {
	case r == '\n' || r == 0x0B || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return classLine
	case isQuoteRune(r):
		return classQuote
	case isSkip(r):
		return classSkip
	case isMark(r):
		return classMark
	case unicode.IsSpace(r):
		return classSpace
	case unicode.IsDigit(r):
		return classDigit
	case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
		return classLetter
	case r < 0x20 || r == 0x7F:
		return classSkip
	}
	return classPunct
}

// isMark: U+0610-061A, U+064B-065F, U+0670, U+06D6-06ED and tatweel.
func isMark(r rune) bool {
	switch {
	case r < 0x0300:
		return false
	case r <= 0x036F:
		return true
	case r == 0x0640, r == 0x0670:
		return true
	case r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x065F:
		return true
	case r >= 0x06D6 && r <= 0x06DC, r >= 0x06DF && r <= 0x06E4, r == 0x06E7, r == 0x06E8, r >= 0x06EA && r <= 0x06ED:
		return true
	}
	return false
}

// isSkip: zero-width and direction controls (U+061C, 200B-200F, 202A-202E,
// 2060-2069), soft hyphen and the byte order mark.
func isSkip(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x061C, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	}
	return false
}

func isQuoteRune(r rune) bool {
	switch r {
	case '"', '«', '»', '“', '”', '„', '‟', '‹', '›', '〝', '〞', '＂':
		return true
	}
	return false
}

// foldRune is the folding of one rune for matching, or 0 where it vanishes:
// alef variants to bare alef, alef maqsura to ya, ta marbuta to ha, Persian
// ya and kaf to the Arabic ones, both families of Arabic digits to ASCII,
// capitals to small letters.
func foldRune(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی', 'ې':
		return 'ي'
	case 'ة', 'ۀ', 'ہ', 'ە':
		return 'ه'
	case 'ک', 'ڪ':
		return 'ك'
	case '’', '‘', 'ʼ':
		return '\''
	}
	switch {
	case isMark(r), isSkip(r):
		return 0
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case unicode.IsUpper(r):
		return unicode.ToLower(r)
	}
	return r
}

// isPresentation reports Arabic presentation forms (U+FB50-FDFF, FE70-FEFE),
// which fold to the letters they draw.
func isPresentation(r rune) bool {
	return r >= 0xFB50 && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFE
}

// expand calls f with each folded rune of a presentation form.
func expand(r rune, f func(rune)) {
	var buf [8]byte
	n := len(string(r))
	copy(buf[:], string(r))
	for _, d := range string(norm.NFKC.Bytes(buf[:n])) {
		if d = foldRune(d); d != 0 && d != ' ' {
			f(d)
		}
	}
}

// FoldRune folds one rune for matching; 0 where it vanishes.
func FoldRune(r rune) rune {
	if r < direct {
		return rune(runes.fold[r])
	}
	return foldRune(r)
}
