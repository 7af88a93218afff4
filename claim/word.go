package claim

import (
	"strings"
	"unicode/utf8"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/names"
	"github.com/isnad/isnad/text"
)

// sort is what a word does in a frame.
type sort uint16

const (
	isAct sort = 1 << iota
	isThing
	isPlain  // stands in news of any subject
	isName   // likely the name of somebody or something
	isNumber // figures or a number word
	isNeg
	isClosed // prepositions, pronouns and the like: no part of a frame
	isPron   // leads back to somebody
	isUs     // first person
	isAny    // any, no … whatsoever
	isArabic
	isDef    // with an article
	isTeller // stands for who speaks
	isDate
	isFirst // may begin an entry of several words
)

// word is what a frame takes from a word: the keys it can meet another word
// by, each enough.
type word struct {
	keys   [3]uint32 // 0 where there are fewer
	weight float32
	sort   sort
	value  float64 // of a number
}

func (w *word) is(s sort) bool { return w.sort&s != 0 }

// topic is the key by which documents of any language may share a word: of a
// name its consonants.
func (w *word) topic() uint32 {
	if w.keys[1] != 0 && !w.is(isAct|isThing|isDate) {
		return w.keys[1]
	}
	return w.keys[0]
}

// Weights of words by what is known of them. What no table knows is rare, and
// a name rarer still.
const (
	plainWeight   = 0.35
	conceptWeight = 1.0
	unknownWeight = 1.0
	nameWeight    = 1.2
	numberWeight  = 1.0
)

var closedClasses = lang.Of(lang.Prep, lang.Conj, lang.Comp, lang.Rel, lang.Dem, lang.Neg, lang.Pron, lang.Aux, lang.Interrog, lang.Time, lang.Place)

// word reads token i of a text.
func (b *Book) word(t *text.Text, i int) word {
	tok := t.Tokens[i]
	switch tok.Kind {
	case text.Punct, text.Mark:
		return word{sort: isClosed}
	case text.Number:
		return b.numeral(t.Word(i))
	}
	form := foldWord(t.Word(i))
	var w word
	if tok.Has(text.Arabic) {
		w = b.arabic(form)
	} else {
		w = b.english(form, tok.Has(text.Capital))
	}
	if len(b.phrases[form]) > 0 {
		w.sort |= isFirst
	}
	return w
}

// numeral reads figures: digits with marks between thousands.
func (b *Book) numeral(raw string) word {
	v, n := 0.0, 0
	frac := 0.0
	for _, r := range raw {
		r = text.FoldRune(r)
		switch {
		case r >= '0' && r <= '9' && frac > 0:
			v += float64(r-'0') * frac
			frac /= 10
		case r >= '0' && r <= '9':
			v, n = v*10+float64(r-'0'), n+1
		case r == '.' || r == '٫':
			frac = 0.1
		}
	}
	return number(v)
}

func number(v float64) word {
	return word{weight: numberWeight, sort: isNumber, value: v}
}

// known gives the concepts of a folded word as a word of a frame.
func (b *Book) known(form string) (word, bool) {
	list := b.words[form]
	if len(list) == 0 {
		return word{}, false
	}
	w := word{weight: conceptWeight}
	for k, e := range list[:min(len(list), len(w.keys))] {
		w.keys[k] = e.key
		switch {
		case e.act:
			w.sort |= isAct
		case e.date:
			w.sort |= isDate
		default:
			w.sort |= isThing
		}
		if e.plain {
			w.sort |= isPlain
			w.weight = plainWeight
		}
	}
	return w, true
}

// classed looks a word up among the closed classes, number words and places.
func (b *Book) classed(form string) (word, bool) {
	if b.light[form] {
		return word{sort: isClosed}, true
	}
	if v, ok := b.numbers[form]; ok {
		return number(v), true
	}
	if d, ok := b.dates[form]; ok {
		return word{keys: [3]uint32{key32("d:", d)}, weight: conceptWeight, sort: isDate}, true
	}
	if p, ok := b.places[form]; ok {
		return word{keys: [3]uint32{key32("p:", p)}, weight: nameWeight, sort: isName}, true
	}
	hash := text.Hash(form)
	for _, p := range b.packs {
		closed, open := false, false
		var s sort
		for _, r := range p.Lookup(hash) {
			if !closedClasses.Has(r.Class) {
				open = open || r.Class != lang.Cue && r.Class != lang.Verb
				continue
			}
			closed = true
			switch r.Class {
			case lang.Neg:
				s |= isNeg
			case lang.Pron:
				s |= isPron
				if r.Agr == lang.First || r.Agr == lang.FirstP {
					s |= isUs
				}
			}
		}
		if closed && (!open || s != 0) {
			return word{sort: isClosed | s}, true
		}
	}
	return word{}, false
}

// arabic reads a folded word in Arabic letters.
func (b *Book) arabic(form string) word {
	if w, ok := b.bare(form); ok {
		w.sort |= isArabic
		return w
	}
	var found word
	ok := false
	strip(form, func(base string, pronoun, verb bool) bool {
		if found, ok = b.known(base); !ok {
			if found, ok = b.known(base + "ه"); !ok && verb {
				found, ok = b.known("ا" + base)
			}
		}
		if !ok && strings.HasSuffix(base, "ت") && pronoun {
			found, ok = b.known(base[:len(base)-2] + "ه")
		}
		if !ok && !verb && !pronoun && base != form {
			found, ok = b.classed(base)
		}
		if ok && pronoun {
			found.sort |= isPron
		}
		return ok
	})
	if !ok {
		found = b.unknown(form)
	}
	found.sort |= isArabic
	if strings.HasPrefix(form, "ال") || strings.HasPrefix(form, "لل") || strings.HasPrefix(form, "وال") || strings.HasPrefix(form, "بال") {
		found.sort |= isDef
	}
	return found
}

func (b *Book) bare(form string) (word, bool) {
	switch form {
	case "اي":
		return word{sort: isClosed | isAny}, true
	case "له", "لها", "لهم", "به", "بها", "عنه", "عنها", "منه", "منها", "فيه", "فيها", "عليه", "عليها":
		return word{sort: isClosed | isPron}, true
	case "لنا", "بنا", "عنا", "منا":
		return word{sort: isClosed | isPron | isUs}, true
	}
	if b.light[form] {
		return word{sort: isClosed}, true
	}
	if w, ok := b.known(form); ok {
		return w, true
	}
	return b.classed(form)
}

// What may be written before and behind an Arabic word, as folded.
var (
	before = []string{"", "ال", "و", "ف", "ب", "ل", "ك", "لل", "وال", "بال", "كال", "فال", "ولل", "وب", "ول", "فل"}
	verbal = []string{"ي", "ت", "ن", "ا", "سي", "ست", "سن", "وي", "وت", "في", "ليت", "لي", "لت", "وسي", "فست"}
	behind = []string{"", "ه", "ا", "ت", "ي", "ها", "هم", "نا", "ون", "ين", "ان", "ات", "وا", "يه", "تم", "هما", "كم", "تها", "تهم", "ته", "تين", "تان", "يين", "يون"}
)

// strip calls try with what is left of a word when more and more is taken off
// before and behind, until it returns true.
func strip(form string, try func(base string, pronoun, verb bool) bool) {
	for most := 1; most <= 6; most++ {
		for group, list := range [...][]string{before, verbal} {
			for _, p := range list {
				rest, ok := strings.CutPrefix(form, p)
				if !ok {
					continue
				}
				for _, s := range behind {
					if utf8.RuneCountInString(p)+utf8.RuneCountInString(s) != most {
						continue
					}
					base, ok := strings.CutSuffix(rest, s)
					if !ok || utf8.RuneCountInString(base) < 3 {
						continue
					}
					pronoun := s == "ه" || s == "ها" || s == "هم" || s == "نا" || s == "هما" || s == "ته" || s == "تها" || s == "تهم"
					if try(base, pronoun, group == 1) {
						return
					}
				}
			}
		}
	}
}

// unknown reads an Arabic word that no table has: by its stem, and by its
// consonants, since it may be a name.
func (b *Book) unknown(form string) word {
	w := word{weight: unknownWeight}
	stem := form
	if words := foldWords(form); len(words) == 1 {
		if stems := b.folder.Stems(nil, words[0]); len(stems) > 0 {
			stem = stems[0]
		}
	}
	w.keys[0] = key32("a:", stem)
	if s := names.Skeleton(stem); len(s) >= 3 {
		w.keys[1] = key32("n:", s)
	}
	return w
}
