package reader

import (
	"slices"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// tagSentence looks up every word of a sentence.
func (d *doc) tagSentence(s text.Range) {
	toks, tags := d.t.Tokens[s.First:s.End], d.tags[s.First:s.End]
	for k := range toks {
		tok := &toks[k]
		if tok.Kind > text.Number {
			tags[k] = tag{hash: tok.Hash}
			continue
		}
		w := d.known(s.First+k, tok)
		tags[k] = tag{set: lang.Set(w.set), hash: w.behind, groups: w.groups, first: w.first, n: w.n, clitic: w.clitic}
		if w.begins {
			d.phrase(s.First+k, tok, &tags[k])
		}
	}
	tags[len(tags)-1].last = true
	for k := len(tags) - 2; k >= 0 && toks[k].Kind >= text.Punct; k-- {
		tags[k].last = true
	}
}

// known is what was found for a word, in half a line of the processor's cache.
// It depends on the folded letters only, so it holds for every token that has
// the hash.
type known struct {
	hash   uint64 // of the word; 0 for none
	behind uint64 // of the word behind the clitics, where that is the known one
	set    uint32 // of classes
	groups lang.Groups
	first  uint32
	n      uint8
	clitic lang.Clitic
	begins bool  // an entry of several words may begin here
	nth    uint8 // the pack that it was found in
}

const _ uint32 = 1 << lang.Human // the last class: known.set holds all

// cacheBits is the size of the cache of looked-up words, of which two share a
// place: the some thousand words that most of a text is made of.
const cacheBits = 13

// known gives what the pack says of the word at token i.
func (d *doc) known(i int, tok *text.Token) *known {
	c := &d.cache[tok.Hash>>(64-cacheBits)]
	if c[0].hash == tok.Hash && c[0].nth == d.nth {
		return &c[0]
	}
	if c[1].hash == tok.Hash && c[1].nth == d.nth {
		return &c[1]
	}
	c[1] = c[0]
	c[0] = d.look(i, tok)
	return &c[0]
}

// look looks up the word at token i.
func (d *doc) look(i int, tok *text.Token) known {
	tg := tag{hash: tok.Hash, groups: d.pack.Groups(tok.Hash)}
	tg.first, tg.n = d.pack.Find(tok.Hash)
	if tok.Flags&text.Arabic != 0 && (tg.n == 0 || onlyVerbs(d.pack.Readings(tg.first, tg.n))) {
		d.behind(i, &tg)
	}
	for _, r := range d.pack.Readings(tg.first, tg.n) {
		tg.set |= 1 << r.Class
		tg.clitic |= r.Clitic &^ lang.Suffix
	}
	return known{
		hash: tok.Hash, behind: tg.hash, set: uint32(tg.set), groups: tg.groups, first: tg.first, n: tg.n, clitic: tg.clitic,
		begins: d.pack.Begins(tok.Hash) || tg.hash != tok.Hash && d.pack.Begins(tg.hash), nth: d.nth,
	}
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
