package names

import (
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// hint is what the scan of a text asks of a word, and some bits of its key.
type hint uint32

const (
	aWord     hint = 1 << iota // not a sign
	aKnown                     // the tables hold it
	aStranger                  // they do not, and it has no article nor what may be a clitic
	aTitle
	aPerson // a common noun for persons, title or not
	aGiven
	aKunya
	aParticle
	aMaqsura // على
	aPart    // may be part of a personal name, if it is long enough
	aBreak   // no noun phrase goes beyond it
	aHead    // a word without article behind it belongs to a body's name
)

// A hint holds keyBits bits of the word's key, and has hintBits in all.
const (
	keyBits  = 12
	keyShift = 12
	hintBits = keyShift + keyBits
)

func hintOf(w *word) hint {
	m := aWord | hint(w.key>>(64-keyBits))<<keyShift
	m.set(aKnown, w.known)
	m.set(aStranger, w.strange())
	m.set(aTitle, w.has(lang.Title))
	m.set(aPerson, w.any(people))
	m.set(aGiven, w.has(lang.Given))
	m.set(aKunya, w.in(kunya))
	m.set(aParticle, w.in(particle))
	m.set(aMaqsura, maqsura(w))
	m.set(aPart, w.arabic && nameWord(w, true) || !w.arabic && ownName(w))
	m.set(aBreak, w.breaks())
	m.set(aHead, w.in(behalf|carrier) || w.any(ofOrg|ofOutletHead) && w.arabic && !w.def())
	return m
}

func (m *hint) set(bit hint, on bool) {
	if on {
		*m |= bit
	}
}

// keySet is a set of the key bits of hints.
type keySet [1 << (keyBits - 6)]uint64

func (s *keySet) add(key uint64) {
	i := key >> (64 - keyBits)
	s[i>>6] |= 1 << (i & 63)
}

// may reports whether a key may be in the set.
func (s *keySet) may(key uint64) bool {
	i := key >> (64 - keyBits)
	return s[i>>6]>>(i&63)&1 == 1
}

func (s *keySet) has(m hint) bool {
	i := uint(m) >> keyShift
	return s[i>>6]>>(i&63)&1 == 1
}

// memory keeps what was read of words in this text or one before: most words
// of a text are not new. A word is the same wherever it is spelled the same.
type memory struct {
	// hints holds hints below the upper bits of the spelling they are of, two
	// for each value of its uppermost bits, the newer first.
	hints [1 << hintsLog][2]uint64
	words [1 << wordsLog]remembered
}

const (
	hintsLog = 15
	wordsLog = 12
)

type remembered struct {
	id          uint64 // of its spelling; 0 for none
	key, bare   uint64
	set         lang.Set
	lists       list
	hint        hint
	agr, suffix lang.Agr
	clitic      lang.Clitic
	known       bool
	_           [8]byte // to one line of the processor's cache
}

// hintWords gives every token its hint; signs have none.
func (r *resolver) hintWords() {
	r.hints = sized(r.hints, len(r.t.Tokens))
	for i := range r.t.Tokens {
		k := &r.t.Tokens[i]
		if k.Kind > text.Number {
			r.hints[i] = 0
			continue
		}
		id, ok := spelled(k, r.t.Raw)
		e := &r.memory.hints[id>>(64-hintsLog)]
		id = id << hintsLog &^ hintMask
		switch {
		case e[0]&^hintMask == id && e[0] != 0 && ok:
			r.hints[i] = hint(e[0] & hintMask)
		case e[1]&^hintMask == id && e[1] != 0 && ok:
			r.hints[i] = hint(e[1] & hintMask)
		default:
			r.hints[i] = r.recall(i).hint
			if ok {
				e[1], e[0] = e[0], id|uint64(r.hints[i])
			}
		}
	}
}

// hintMask is the place of the hint in an element of memory.hints.
const hintMask = 1<<hintBits - 1

// recall gives what token i says wherever it stands.
func (r *resolver) recall(i int) *remembered {
	k := &r.t.Tokens[i]
	m := &r.fresh
	id, ok := spelled(k, r.t.Raw)
	if ok = ok && r.memory != nil; ok {
		if m = &r.memory.words[id>>(64-wordsLog)]; m.id == id {
			return m
		}
	}
	w := r.b.word(r.t, i, int(k.Start))
	*m = remembered{
		id: id, key: w.key, bare: w.bare, set: w.set, lists: w.lists, hint: hintOf(&w),
		agr: w.agr, suffix: w.suffix, clitic: w.clitic, known: w.known,
	}
	return m
}

// spelled numbers the spellings of words; what is read of a word depends on
// nothing else. It is not ok for the few words of which it depends on more.
func spelled(k *text.Token, raw string) (id uint64, ok bool) {
	s := uint64(k.Flags &^ text.Spaced)
	ok = true
	if k.Flags&text.Arabic != 0 {
		ok = k.Kind == text.Word && k.Flags&(text.Dotted|text.Tanwin) == 0
		first := uint16(raw[k.Start])<<8 | uint16(raw[k.Start+1])
		if first -= alefMadda; first <= alefHamzaBelow-alefMadda && first != wawHamza-alefMadda {
			s |= 1 << 15
		}
	}
	return k.Hash ^ s*spelledMix, ok
}

// The UTF-8 of آ, ؤ and إ; أ is between the first two.
const (
	alefMadda      = 0xD8A2
	wawHamza       = 0xD8A4
	alefHamzaBelow = 0xD8A5
)

const spelledMix = 0x9E3779B97F4A7C15

// word is what token i says where it stands; signs give empty words.
func (r *resolver) word(i int) word {
	k := &r.t.Tokens[i]
	if i+1 == r.insideOf {
		return r.inside
	}
	w := word{start: k.Start, end: k.End, flags: k.Flags, spaced: k.Flags&text.Spaced != 0}
	if k.Kind > text.Number {
		return w
	}
	m := r.recall(i)
	w.key, w.bare, w.set, w.lists = m.key, m.bare, m.set, m.lists
	w.agr, w.suffix, w.clitic, w.known = m.agr, m.suffix, m.clitic, m.known
	w.arabic = k.Flags&text.Arabic != 0
	if w.clitic&lang.And != 0 {
		_, w.start = skipRune(r.t.Raw[k.Start:k.End], k.Start)
	}
	return w
}
