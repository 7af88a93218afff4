package names

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// list is a set of the word lists in a language's names.tsv.
type list uint32

const (
	spokesman  list = 1 << iota // whose word is the word of the body
	behalf                      // in the name of
	itself                      // the same with a pronoun
	organ                       // part of a body that speaks for all of it
	government                  // bodies of a state
	carrier                     // heads that a short form leaves out
	other                       // opens a new unnamed party
	same                        // points back to one
	first                       // I, we
	called                      // known as
	kunya
	particle // of names
	the
	indefinite
	source   // the noun for an unnamed source
	compound // first half of a given name
	link     // of, by, from: before the body behind a document or spokesman
)

var listNames = map[string]list{
	"spokesman": spokesman, "behalf": behalf, "itself": itself, "organ": organ, "government": government,
	"carrier": carrier, "other": other, "same": same, "first": first, "called": called, "kunya": kunya,
	"particle": particle, "the": the, "a": indefinite, "link": link, "source": source, "compound": compound,
}

// tongue is what the package knows of one language.
type tongue struct {
	pack  *lang.Pack
	lists map[uint64]list
	// listed tells most words that are in no list.
	listed keySet
	// known gives one number to all names that the tables hold for one state,
	// outlet or body, by the hash of the name.
	known map[uint64]entry
}

// spokesmanKey is the key of all words for a spokesman.
var spokesmanKey = text.Hash("spokesman")

// word is a token as it counts for names.
type word struct {
	key    uint64 // hash behind clitics and article
	bare   uint64 // hash without a first letter that may be a clitic, or 0
	alt    uint64 // hash of the skeleton, for parts of personal names, or 0
	set    lang.Set
	lists  list
	start  int32 // first byte, behind a conjunction
	end    int32
	agr    lang.Agr
	suffix lang.Agr // of a pronoun written behind it
	clitic lang.Clitic
	flags  text.Flag
	known  bool // the tables hold it
	arabic bool
	spaced bool
}

func (w *word) has(c lang.Class) bool { return w.set.Has(c) }
func (w *word) any(s lang.Set) bool   { return w.set.Any(s) }
func (w *word) in(l list) bool        { return w.lists&l != 0 }
func (w *word) def() bool             { return w.clitic&lang.The != 0 }
func (w *word) capital() bool         { return w.flags&text.Capital != 0 }
func (w *word) like(o *word) bool {
	switch {
	case w.key == o.key:
		return true
	case w.bare != 0 && w.bare == o.key, o.bare != 0 && w.key == o.bare:
		return true
	}
	return w.alt != 0 && w.alt == o.alt && !(w.has(lang.Given) && o.has(lang.Given))
}

// word reads the token i from byte from on.
func (b *Book) word(t *text.Text, i, from int) word {
	k := &t.Tokens[i]
	w := word{start: int32(from), end: k.End, flags: k.Flags, spaced: k.Flags&text.Spaced != 0}
	if k.Kind > text.Number {
		return w
	}
	w.key = k.Hash
	switch {
	case k.Flags&text.Arabic != 0:
		w.arabic = true
		if b.arabic != nil {
			raw, hash := t.Raw[from:k.End], k.Hash
			if from > int(k.Start) || k.Kind == text.Number {
				hash = text.Hash(raw)
			}
			b.arabic.split(&w, raw, hash)
			if w.clitic&lang.And != 0 {
				_, w.start = skipRune(raw, w.start)
			}
		}
	case b.latin != nil:
		b.latin.look(&w, k.Hash)
	}
	if w.in(spokesman) {
		w.key = spokesmanKey
	}
	return w
}

// look fills in what the tables know of a hash.
func (g *tongue) look(w *word, hash uint64) bool {
	w.lists = 0
	if g.listed.may(hash) {
		w.lists = g.lists[hash]
	}
	first, n := g.pack.Find(hash)
	if w.known = n > 0 || w.lists != 0; n == 0 {
		return w.known
	}
	for _, r := range g.pack.Readings(first, n) {
		if r.Suffix == lang.M && w.flags&text.EndsTa != 0 {
			continue // طبيبة, not طبيبه
		}
		w.set |= 1 << r.Class
		if r.Class == lang.Verb || r.Class == lang.Cue {
			continue
		}
		if w.agr == lang.AnyAgr {
			w.agr = r.Agr
		}
		if r.Clitic&lang.Suffix != 0 {
			w.suffix = r.Suffix
		}
	}
	return true
}

// noun reports that the tables know the word as something else than a verb.
func (w *word) noun() bool { return w.set&^(ofVerb|ofCue) != 0 || w.lists != 0 }

// prefix is a few letters, with 0 behind the last.
type prefix [4]rune

// cut is a way to take what is written onto a word off it.
type cut struct {
	letters prefix
	runes   int // that are taken off
	clitic  lang.Clitic
}

// cuts are tried in order, on the word and behind its conjunction.
var cuts = [...]cut{
	{prefix{'ا', 'ل'}, 2, lang.The},
	{prefix{'ل', 'ل'}, 1, lang.To}, // لليث
	{prefix{'ل', 'ل'}, 2, lang.To | lang.The},
	{prefix{'ب', 'ا', 'ل'}, 3, lang.With | lang.The},
	{prefix{'ك', 'ا', 'ل'}, 3, lang.With | lang.The},
	{prefix{'ب'}, 1, lang.With},
	{prefix{'ك'}, 1, lang.With},
	{prefix{'ل'}, 1, lang.To},
}

// shapes are the cuts of words that the tables do not know.
var shapes = [...]cut{
	{prefix{'ا', 'ل'}, 2, lang.The},
	{prefix{'ل', 'ل'}, 2, lang.To | lang.The},
	{prefix{'و', 'ا', 'ل'}, 3, lang.And | lang.The},
	{prefix{'ف', 'ا', 'ل'}, 3, lang.And | lang.The},
	{prefix{'ب', 'ا', 'ل'}, 3, lang.With | lang.The},
	{prefix{'و', 'ل', 'ل'}, 3, lang.And | lang.To | lang.The},
	{prefix{'و', 'ب', 'ا', 'ل'}, 4, lang.And | lang.With | lang.The},
}

// stem is an Arabic word on its way to what is behind its clitics.
type stem struct {
	raw     string // folded, where it has presentation forms
	folded  [32]rune
	letters int
	odd     bool // not all of its letters are in folded as they count for hashes
	hamza   bool // begins with a hamza: no article
}

func (s *stem) read(raw string) {
	*s = stem{raw: raw}
	s.fold()
	if !s.odd {
		return
	}
	if f := text.Fold(raw).Text; f != raw { // presentation forms
		*s = stem{raw: f}
		s.fold()
	}
}

func (s *stem) fold() {
	for i := 0; i < len(s.raw); {
		r, n := rune(s.raw[i]), 1
		switch {
		case r >= 0xC2 && r < 0xE0 && i+1 < len(s.raw): // most are of two bytes
			r, n = r&0x1F<<6|rune(s.raw[i+1])&0x3F, 2
		case r >= utf8.RuneSelf:
			r, n = utf8.DecodeRuneInString(s.raw[i:])
			s.odd = s.odd || r >= 0x0800
		}
		i += n
		f := text.FoldRune(r)
		if f == 0 {
			continue
		}
		if s.letters == 0 {
			s.hamza = r == 'أ' || r == 'إ' || r == 'آ'
		}
		if s.letters < len(s.folded) {
			s.folded[s.letters] = f
		}
		s.letters++
	}
	s.odd = s.odd || s.letters > len(s.folded)
}

// hash is the hash of the word without its first n letters.
func (s *stem) hash(n int) uint64 {
	if s.odd || n >= s.letters {
		return text.HashFrom(s.raw, n)
	}
	return text.HashFolded(s.folded[n:s.letters])
}

// begins reports that the letters stand at letter n.
func (s *stem) begins(letters *prefix, n int) bool {
	for i, r := range letters {
		if r == 0 {
			return true
		}
		if s.folded[n+i] != r {
			return false
		}
	}
	return true
}

// proclitic reports whether letter n may be written onto a word, other than
// the conjunctions.
func (s *stem) proclitic(n int) bool {
	switch s.folded[n] {
	case 'ا', 'ل', 'ب', 'ك':
		return true
	}
	return false
}

// conjunction reports whether the word may begin with و or ف.
func (s *stem) conjunction() bool { return s.folded[0] == 'و' || s.folded[0] == 'ف' }

// split looks behind the clitics of an Arabic word.
func (g *tongue) split(w *word, raw string, hash uint64) {
	var s stem
	s.read(raw)
	found := g.look(w, hash)
	if !found && w.flags&text.Tanwin != 0 {
		if i := strings.LastIndex(raw, "ا"); i > 0 { // متحدثا
			s.read(raw[:i])
			found = g.look(w, text.Hash(s.raw))
		}
	}
	if found && w.noun() {
		w.cutAt(&s, 0)
		return
	}
	whole := *w
	skip, found := g.behind(w, &s)
	if !found {
		w.set, w.lists, w.agr, w.suffix, w.known = whole.set, whole.lists, whole.agr, whole.suffix, whole.known
		w.clitic, found = 0, whole.known
	}
	if !found && !s.hamza {
		skip, w.clitic = s.shape()
	}
	if skip == 0 && !found && (s.conjunction() || s.proclitic(0) && s.folded[0] != 'ا') {
		w.bare = s.hash(1)
	}
	w.cutAt(&s, skip)
}

// behind tries the cuts; it gives the letters cut off and whether the tables
// know a noun that is left.
func (g *tongue) behind(w *word, s *stem) (int, bool) {
	lead := lang.Clitic(0)
	for n := 0; ; n++ {
		if n > 0 && s.letters > n+1 && g.look(w, s.hash(n)) && w.noun() {
			w.clitic = lang.And
			return n, true
		}
		for i := range cuts {
			if !s.proclitic(n) || s.hamza && n == 0 {
				break
			}
			c := &cuts[i]
			if skip := n + c.runes; s.letters-skip >= 2 && s.begins(&c.letters, n) && g.look(w, s.hash(skip)) && w.noun() {
				w.clitic = c.clitic | lead
				return skip, true
			}
		}
		if n > 0 || s.letters <= 3 || !s.conjunction() {
			return 0, false
		}
		lead = lang.And
	}
}

// shape judges a word that the tables do not know by its first letters.
func (s *stem) shape() (skip int, clitic lang.Clitic) {
	if !s.conjunction() && !s.proclitic(0) {
		return 0, 0
	}
	for i := range shapes {
		if c := &shapes[i]; s.letters-c.runes >= 2 && s.begins(&c.letters, 0) {
			return c.runes, c.clitic
		}
	}
	return 0, 0
}

// article are the letters of the article.
var article = prefix{'ا', 'ل'}

// cutAt sets the key from letter skip on, without an article that the tables
// hold as part of the word (الجزائر).
func (w *word) cutAt(s *stem, skip int) {
	if w.clitic&lang.The == 0 && !(s.hamza && skip == 0) && s.letters-skip > 4 && s.begins(&article, skip) {
		w.clitic |= lang.The
		skip += 2
	}
	w.key = s.hash(skip)
}

// skipRune gives the first letter of raw and the byte behind it and its hints.
func skipRune(raw string, at int32) (rune, int32) {
	seen := rune(0)
	for i, r := range raw {
		if text.FoldRune(r) == 0 {
			continue
		}
		if seen != 0 {
			return seen, at + int32(i)
		}
		seen = r
	}
	return seen, at
}
