package names

import (
	"strings"

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
	tok    int32
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

// words reads every token of a text; signs give empty words.
func (b *Book) words(t *text.Text) []word {
	out := make([]word, len(t.Tokens))
	for i := range t.Tokens {
		out[i] = b.word(t, i, int(t.Tokens[i].Start))
	}
	return out
}

// word reads the token i from byte from on.
func (b *Book) word(t *text.Text, i, from int) word {
	k := &t.Tokens[i]
	w := word{tok: int32(i), start: int32(from), end: k.End, flags: k.Flags, spaced: k.Flags&text.Spaced != 0}
	if k.Kind > text.Number {
		return w
	}
	w.key = k.Hash
	switch {
	case k.Flags&text.Arabic != 0:
		w.arabic = true
		if b.arabic != nil {
			b.arabic.split(&w, t.Raw[from:k.End])
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
	read := g.pack.Lookup(hash)
	w.lists = g.lists[hash]
	for _, r := range read {
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
	w.known = len(read) > 0 || w.lists != 0
	return w.known
}

// noun reports that the tables know the word as something else than a verb.
func (w *word) noun() bool { return w.set&^lang.Of(lang.Verb, lang.Cue) != 0 || w.lists != 0 }

// cut is a way to take what is written onto a word off it.
type cut struct {
	letters string
	runes   int
	clitic  lang.Clitic
}

// cuts are tried in order, on the word and behind its conjunction.
var cuts = []cut{
	{"", 0, 0},
	{"ال", 2, lang.The},
	{"لل", 1, lang.To}, // لليث
	{"لل", 2, lang.To | lang.The},
	{"بال", 3, lang.With | lang.The},
	{"كال", 3, lang.With | lang.The},
	{"ب", 1, lang.With},
	{"ك", 1, lang.With},
	{"ل", 1, lang.To},
}

// shapes are the cuts of words that the tables do not know.
var shapes = []cut{
	{"ال", 2, lang.The},
	{"لل", 2, lang.To | lang.The},
	{"وال", 3, lang.And | lang.The},
	{"فال", 3, lang.And | lang.The},
	{"بال", 3, lang.With | lang.The},
	{"ولل", 3, lang.And | lang.To | lang.The},
	{"وبال", 4, lang.And | lang.With | lang.The},
}

// stem is an Arabic word on its way to what is behind its clitics.
type stem struct {
	raw     string
	head    [5]rune // its first folded letters
	letters int
	hamza   bool // begins with a hamza: no article
}

func stemOf(raw string) stem {
	s := stem{raw: raw}
	for _, r := range raw {
		f := text.FoldRune(r)
		if f == 0 {
			continue
		}
		if s.letters == 0 {
			s.hamza = r == 'أ' || r == 'إ' || r == 'آ'
		}
		if s.letters < len(s.head) {
			s.head[s.letters] = f
		}
		s.letters++
	}
	return s
}

// begins reports that the letters stand at letter n.
func (s *stem) begins(letters string, n int) bool {
	for _, r := range letters {
		if n >= len(s.head) || s.head[n] != r {
			return false
		}
		n++
	}
	return true
}

// split looks behind the clitics of an Arabic word.
func (g *tongue) split(w *word, raw string) {
	s := stemOf(raw)
	found := g.look(w, text.Hash(raw))
	if !found && w.flags&text.Tanwin != 0 {
		if i := strings.LastIndex(raw, "ا"); i > 0 { // متحدثا
			s = stemOf(raw[:i])
			found = g.look(w, text.Hash(s.raw))
		}
	}
	whole := *w
	skip := 0
	if found = found && w.noun(); !found {
		skip, found = g.behind(w, &s)
	}
	if !found {
		w.set, w.lists, w.agr, w.suffix, w.known = whole.set, whole.lists, whole.agr, whole.suffix, whole.known
		w.clitic, found = 0, whole.known
	}
	if !found && !s.hamza {
		for _, c := range shapes {
			if s.letters-c.runes >= 2 && s.begins(c.letters, 0) {
				skip, w.clitic = c.runes, c.clitic
				break
			}
		}
	}
	if skip == 0 && !found && strings.ContainsRune("لبكوف", s.head[0]) {
		w.bare = text.HashFrom(s.raw, 1)
	}
	w.cutAt(&s, skip)
}

// behind tries the cuts; it gives the letters cut off and whether the tables
// know a noun that is left.
func (g *tongue) behind(w *word, s *stem) (int, bool) {
	lead := 0
	if s.letters > 3 && (s.head[0] == 'و' || s.head[0] == 'ف') {
		lead = 1
	}
	for n := 0; n <= lead; n++ {
		for _, c := range cuts {
			if skip := n + c.runes; skip > 0 && s.letters-skip >= 2 && !(s.hamza && n == 0) && s.begins(c.letters, n) &&
				g.look(w, text.HashFrom(s.raw, skip)) && w.noun() {
				w.clitic = c.clitic
				if n > 0 {
					w.clitic |= lang.And
				}
				return skip, true
			}
		}
	}
	return 0, false
}

// cutAt sets the key from letter skip on, without an article that the tables
// hold as part of the word (الجزائر), and the start behind a conjunction.
func (w *word) cutAt(s *stem, skip int) {
	if w.clitic&lang.The == 0 && !(s.hamza && skip == 0) && s.letters-skip > 4 && s.begins("ال", skip) {
		w.clitic |= lang.The
		skip += 2
	}
	w.key = text.HashFrom(s.raw, skip)
	if w.clitic&lang.And != 0 {
		_, w.start = skipRune(s.raw, w.start)
	}
}

// skipRune gives the first letter of raw and the byte behind it and its marks.
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
