package reader

import (
	"slices"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// tagSentence looks up every word of a sentence.
func (d *doc) tagSentence(s text.Range) {
	for i := s.First; i < s.End; i++ {
		tok := &d.t.Tokens[i]
		if tok.Kind > text.Number {
			d.tags[i] = tag{hash: tok.Hash}
			continue
		}
		tg := &d.tags[i]
		*tg = *d.known(i, tok)
		if tg.begins {
			d.phrase(i, tok, tg)
		}
	}
	d.tags[s.End-1].last = true
	for i := s.End - 2; i >= s.First && d.t.Tokens[i].Kind >= text.Punct; i-- {
		d.tags[i].last = true
	}
}

// cached is what was found for a word before.
type cached struct {
	hash uint64
	pack *lang.Pack
	tag  tag
}

// cacheBits is the size of the cache of looked-up words: the few thousand words
// that most of a text is made of.
const cacheBits = 13

// known gives the tag of a word. It depends on the folded letters only, so what
// was found for a hash holds for every token that has it.
func (d *doc) known(i int, tok *text.Token) *tag {
	c := &d.cache[tok.Hash>>(64-cacheBits)]
	if c.hash == tok.Hash && c.pack == d.pack {
		return &c.tag
	}
	c.hash, c.pack, c.tag = tok.Hash, d.pack, tag{hash: tok.Hash}
	tg := &c.tag
	tg.groups = d.pack.Groups(tok.Hash)
	tg.first, tg.n = d.pack.Find(tok.Hash)
	if tok.Flags&text.Arabic != 0 && (tg.n == 0 || onlyVerbs(d.pack.Readings(tg.first, tg.n))) {
		d.behind(i, tg)
	}
	for _, r := range d.pack.Readings(tg.first, tg.n) {
		tg.set |= 1 << r.Class
		tg.clitic |= r.Clitic &^ lang.Suffix
	}
	tg.begins = d.pack.Begins(tok.Hash) || tg.hash != tok.Hash && d.pack.Begins(tg.hash)
	return tg
}

// phrase looks for an entry of several words that begins at token i.
func (d *doc) phrase(i int, tok *text.Token, tg *tag) {
	ph, n := d.pack.PhraseAt(d.t, i, tok.Hash)
	if n == 0 && tg.hash != tok.Hash {
		ph, n = d.pack.PhraseAt(d.t, i, tg.hash)
	}
	if n > 1 || n > 0 && ph.Reading.Class == lang.Cue {
		tg.phrase, tg.span = ph, n
		if ph.Reading.Class != lang.Cue {
			tg.set |= 1 << ph.Reading.Class
		}
	}
}

// onlyVerbs reports a word that is known as a verb that does not report: what
// begins with و may as well be the conjunction and a verb that does (ودعا).
func onlyVerbs(list []lang.Reading) bool {
	for _, r := range list {
		if r.Class != lang.Verb {
			return false
		}
	}
	return true
}

// behind looks up what stands behind the clitics of an Arabic word: first و or
// ف, then one of ب ك ل س, then the article.
func (d *doc) behind(i int, tg *tag) {
	w := d.t.Word(i)
	var head [4]rune
	n := folded(w, head[:])
	skip := 0
	if tg.n > 0 {
		first, known := tg.first, tg.n
		if n > 3 && head[0] == 'و' && d.try(tg, w, 1) && d.pack.Readings(tg.first, tg.n)[0].Class == lang.Cue {
			tg.clitic |= lang.And
			return
		}
		tg.first, tg.n, tg.hash = first, known, d.t.Tokens[i].Hash
		return
	}
	if n == 3 && (head[0] == 'و' || head[0] == 'ف') { // وهو, ورد
		unknown := *tg
		if d.try(tg, w, 1) && d.joins(tg, head[0]) {
			tg.clitic |= lang.And
		} else {
			*tg = unknown
		}
		return
	}
	if n > 3 && (head[0] == 'و' || head[0] == 'ف') {
		skip = 1
		tg.clitic |= lang.And
		if d.try(tg, w, skip) {
			return
		}
		tg.groups |= d.pack.Groups(text.HashFrom(w, skip))
	}
	switch r := head[skip]; {
	case r == 'ا' && head[skip+1] == 'ل':
		tg.clitic |= lang.The
		if d.try(tg, w, skip+2) {
			return
		}
	case r == 'ل' && head[skip+1] == 'ل':
		tg.clitic |= lang.The | lang.To
		if d.try(tg, w, skip+2) || d.try(tg, w, skip+1) {
			return
		}
	case r == 'ب' || r == 'ك' || r == 'ل':
		if d.try(tg, w, skip+1) {
			tg.clitic |= prefix(r)
			return
		}
		if skip+2 < len(head) && head[skip+1] == 'ا' && head[skip+2] == 'ل' && d.try(tg, w, skip+3) {
			tg.clitic |= prefix(r) | lang.The
			return
		}
		if skip+2 < len(head) && head[skip+1] == 'ا' && head[skip+2] == 'ل' {
			tg.clitic |= prefix(r) | lang.The
		}
	}
	if skip == 1 && tg.n == 0 && tg.clitic == lang.And {
		tg.clitic = maybeAnd
	}
}

// short are the classes whose words may have two letters behind و: وهو, ولم,
// وفي.
var short = lang.Of(lang.Prep, lang.Neg, lang.Pron, lang.Aux, lang.Rel, lang.Conj, lang.Comp)

// joins reports that the two letters behind و or ف are a word by themselves.
func (d *doc) joins(tg *tag, and rune) bool {
	list := d.pack.Readings(tg.first, tg.n)
	if and == 'و' && list[0].Form == lang.Base && short.Has(list[0].Class) {
		return true
	}
	return slices.ContainsFunc(list, func(r lang.Reading) bool { return r.Class == lang.Cue && finiteForm(r) })
}

// maybeAnd marks an unknown word that begins with و or ف: the letter may be
// the conjunction or belong to the word.
const maybeAnd = lang.Suffix

func prefix(r rune) lang.Clitic {
	if r == 'ل' {
		return lang.To
	}
	return lang.With
}

func (d *doc) try(tg *tag, w string, n int) bool {
	h := text.HashFrom(w, n)
	first, found := d.pack.Find(h)
	if found == 0 {
		return false
	}
	tg.first, tg.n, tg.hash = first, found, h
	tg.groups |= d.pack.Groups(h)
	return true
}

// folded fills buf with the first folded runes of w and returns how many there
// are, at most len(buf) counted.
func folded(w string, buf []rune) int {
	n := 0
	for _, r := range w {
		if f := text.FoldRune(r); f != 0 {
			buf[n] = f
			if n++; n == len(buf) {
				return n
			}
		}
	}
	return n
}
