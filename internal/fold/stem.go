package fold

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Folder finds the stems of words. The zero Folder protects no word.
type Folder struct {
	whole map[string]bool // folded words that stay whole
	id    string
}

// New makes a Folder from the table of protected words: UTF-8, one word a line,
// optionally followed by a tab and a remark; # begins a comment line and the
// first line that is none is the header. The error names the line.
func New(table string) (*Folder, error) {
	f := &Folder{whole: make(map[string]bool)}
	header := true
	lines := bufio.NewScanner(strings.NewReader(table))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if header {
			header = false
			continue
		}
		word, _, _ := strings.Cut(line, "\t")
		words := Words(word)
		if len(words) != 1 {
			return nil, fmt.Errorf("line %d: %q is not one word", n, word)
		}
		f.whole[words[0].Form] = true
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("table of protected words: %w", err)
	}
	sum := sha256.Sum256([]byte(table))
	f.id = fmt.Sprintf("%d-%s", Version, hex.EncodeToString(sum[:8]))
	return f, nil
}

// ID names the way of folding: [Version] and a digest of the table.
func (f *Folder) ID() string { return f.id }

// Stems appends to dst the stems of a word, at most [MaxStems], the likeliest
// first. Two words are one for search if they share a stem; a spelling that
// can be read in two ways has the stems of both.
func (f *Folder) Stems(dst []string, w Word) []string {
	switch w.kind {
	case arabic, endsHa:
		return f.arabic(dst, w.Form, w.kind == endsHa)
	case latin:
		return append(dst, english(w.Form))
	}
	return append(dst, w.Form)
}

// MaxStems is the largest number of stems of one word.
const MaxStems = 3

// arabic tries what may be written onto the word, the least first, and takes
// the first reading that is a protected word; without one, the reading that
// takes the most off within the limits of length.
func (f *Folder) arabic(dst []string, form string, ha bool) []string {
	from := len(dst)
	rest, more := form, true
	for conjunction := true; ; conjunction = false {
		if f.protects(rest) {
			return append(dst[:from], rest)
		}
		dst = suffixes(dst[:from], rest, ha)
		if whole := slices.IndexFunc(dst[from:], f.protects); whole >= 0 {
			return append(dst[:from], dst[from+whole])
		}
		if !more {
			return dst
		}
		var ok bool
		if lam := strings.TrimPrefix(rest, "ل"); strings.HasPrefix(lam, "ل") && f.protects(lam) {
			return append(dst[:from], lam)
		}
		if rest, more, ok = prefix(rest, conjunction); !ok {
			return dst
		}
	}
}

// protects reports whether a word is in the table, as it is or as the feminine
// or the adjective (nisba) of a word that is.
func (f *Folder) protects(w string) bool {
	if f.whole[w] {
		return true
	}
	w = strings.TrimSuffix(w, "ه")
	return f.whole[w] || f.whole[strings.TrimSuffix(w, "ي")]
}

// prefix takes one proclitic off a folded word: the article with what is
// written before it, a conjunction (wa, fa), a preposition (bi, ka, li), or the
// sa of the future. Short words keep what could be their own letter. more says
// that another may follow, as it may behind a conjunction only.
func prefix(w string, conjunction bool) (rest string, more, ok bool) {
	n := utf8.RuneCountInString(w)
	first, size := utf8.DecodeRuneInString(w)
	conjunction = conjunction && (first == 'و' || first == 'ف')
	preposition := first == 'ب' || first == 'ك' || first == 'ل'
	switch {
	case strings.HasPrefix(w, "ال") && n >= 4:
		return w[4:], false, true
	case strings.HasPrefix(w, "لل") && n >= 5:
		return w[4:], false, true
	case strings.HasPrefix(w, "لل") && n == 4: // the noun's own lam is written once
		return w[2:], false, true
	case (conjunction || preposition) && strings.HasPrefix(w[size:], "ال") && n >= 6:
		return w[size+4:], false, true
	case conjunction && n >= 4:
		return w[size:], true, true
	case preposition && n >= 5, first == 'س' && n >= 5 && strings.HasPrefix(w[size:], "ي"):
		return w[size:], false, true
	}
	return "", false, false
}

// enclitics are the object and possessive pronouns, longest first; the one of
// a single letter is told from ta marbuta by the original spelling.
var enclitics = [...]string{"هما", "كما", "ها", "هم", "هن", "كم", "نا"}

// suffixes appends the readings of a word without enclitics and regular plural
// endings.
func suffixes(dst []string, w string, ha bool) []string {
	for _, e := range enclitics {
		rest, found := strings.CutSuffix(w, e)
		if !found || utf8.RuneCountInString(rest) < 3 {
			continue
		}
		dst = possessed(dst, rest)
		if e == "نا" { // or the accusative of a word in nun
			dst = append(dst, w[:len(w)-2])
		}
		return dst
	}
	if rest, found := strings.CutSuffix(w, "ه"); found && ha && utf8.RuneCountInString(rest) >= 3 {
		dst = possessed(dst, rest)
		if len(dst) == 0 || !strings.HasSuffix(rest, "ت") { // or ta marbuta without its dots
			dst = append(dst, w)
		}
		return dst
	}
	return plural(dst, w)
}

// possessed appends the noun that a pronoun was written onto: before it ta
// marbuta is written as ta, and a final hamza takes a seat.
func possessed(dst []string, w string) []string {
	for _, seat := range [...]string{"ائ", "اؤ"} {
		if rest, found := strings.CutSuffix(w, seat); found {
			return append(dst, rest+"اء")
		}
	}
	if rest, found := strings.CutSuffix(w, "ت"); found {
		if strings.HasSuffix(rest, "ا") && utf8.RuneCountInString(rest) >= 4 {
			return append(plural(dst, w), w)
		}
		return append(dst, rest+"ه", w)
	}
	return plural(dst, w)
}

// plural takes off the regular plural endings, the dual of feminines, and the
// alef of the accusative.
func plural(dst []string, w string) []string {
	n := utf8.RuneCountInString(w)
	cut := func(end string, least int) (string, bool) {
		rest, found := strings.CutSuffix(w, end)
		return rest, found && n-utf8.RuneCountInString(end) >= least
	}
	if rest, ok := cut("ات", 3); ok {
		return append(dst, rest, rest+"ه")
	}
	for _, end := range [...]string{"تان", "تين"} {
		if rest, ok := cut(end, 3); ok {
			return append(dst, rest+"ه")
		}
	}
	for _, end := range [...]string{"ون", "ين"} {
		if rest, ok := cut(end, 4); ok {
			return append(dst, rest)
		}
	}
	if rest, ok := cut("ا", 3); ok && !strings.HasSuffix(rest, "ي") {
		return append(dst, rest)
	}
	return append(dst, w)
}

// english takes off the plural s.
func english(w string) string {
	switch {
	case len(w) < 4 || !strings.HasSuffix(w, "s"):
		return w
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	}
	for _, end := range [...]string{"ches", "shes", "sses", "xes", "zes"} {
		if strings.HasSuffix(w, end) {
			return w[:len(w)-2]
		}
	}
	return w[:len(w)-1]
}
