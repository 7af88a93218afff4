package names

import (
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// class is what a node names.
type class uint8

const (
	personal class = iota
	corporate
	titular // a role whose holder is not named
)

// unit is a word of a name as names are compared.
type unit struct {
	key, bare uint64
	concept   uint64 // number in bilingual.tsv, or 0
	neutral   uint64 // key for both scripts: the concept, else the sound
	other     uint64 // the same of bare, or 0
	voice     voice
	marks     mark
}

// mark is a set of what is known of a unit.
type mark uint8

const (
	inArabic mark = 1 << iota
	given
	heading  // heads the names of bodies
	optional // a head that short forms leave out
	definite
	capitals
	familiar // the tables hold it as a common word
)

func (u *unit) is(m mark) bool { return u.marks&m != 0 }

func unitOf(w *word, raw string) unit {
	u := unit{key: w.key, bare: w.bare, concept: concepts[w.key], voice: voiceOf(raw)}
	for _, x := range []struct {
		on bool
		m  mark
	}{
		{w.arabic, inArabic},
		{w.has(lang.Given), given},
		{w.any(ofOrg | ofOutletHead), heading},
		{w.in(carrier) || w.has(lang.OutletHead), optional},
		{w.def(), definite},
		{w.flags&text.AllCaps != 0, capitals},
		{w.known && !w.any(ofGiven|ofOutlet|ofState|ofCapital|ofNisba|ofPlace), familiar},
	} {
		if x.on {
			u.marks |= x.m
		}
	}
	if w.arabic && w.clitic&(lang.To|lang.With) != 0 {
		u.voice = voiceOf(behindClitic(raw, w.def()))
	}
	u.neutral = u.sounds(u.voice)
	if u.concept == 0 && w.bare != 0 {
		_, n := skipRune(raw, 0)
		u.other = u.sounds(voiceOf(raw[n:]))
		if c := concepts[w.bare]; c != 0 {
			u.other = c
		}
	}
	return u
}

// behindClitic is a word without the particle written onto it.
func behindClitic(raw string, def bool) string {
	_, n := skipRune(raw, 0)
	if rest := raw[n:]; def && !strings.HasPrefix(rest, "ا") {
		return "ا" + rest
	}
	return raw[n:]
}

// sounds is the neutral key of a unit that sounds like v.
func (u *unit) sounds(v voice) uint64 {
	switch {
	case u.concept != 0:
		return u.concept
	case v.consonants == "":
		return u.key
	}
	return text.Hash(v.consonants)
}

// node is a name that stands in some document, with the names it is compared
// with.
type node struct {
	key   uint64 // of the name's words, as they are written
	class class
	bare  bool // a head noun alone: it names a party within its document only
	known uint64
	units []unit
	name  string
	kinds [5]uint32
	roles [][]unit
	// everyone tells that a person has had more than maxRoles roles: no role
	// leads to this person.
	everyone bool
	equal    []edge
	longer   []edge
}

// edge leads to another node that a bucket holds too.
type edge struct {
	to   int32
	via  *bucket
	role bool // from a role to a person
}

// bucket holds the nodes that share a key: under their own names, and those of
// which the key is a short form.
type bucket struct{ short, long []int32 }

// crowded reports a key that too many names share.
func (b *bucket) crowded() bool { return len(b.short) > maxBucket || len(b.long) > maxBucket }

func (n *node) kind() isnad.PartyKind {
	best := 0
	for k := range n.kinds {
		if n.kinds[k] > n.kinds[best] {
			best = k
		}
	}
	return isnad.PartyKind(best)
}

// nameNode makes the node of a named party.
func (b *Book) nameNode(p *phrase, name string, kind isnad.PartyKind) node {
	n := node{class: corporate, name: name}
	words := p.name
	if kind == isnad.Person || kind == isnad.UnnamedParty {
		n.class = personal
	}
	if len(words) == 0 {
		words = content(b.words(name))
	}
	n.known = b.known(words)
	n.units = unitsOf(words, name, n.class == personal)
	if len(n.units) == 1 && n.class == corporate {
		u := &n.units[0]
		n.bare = n.known == 0 && u.is(heading)
	}
	n.key = mix(uint64(n.class), keyOf(n.units, n.class == personal))
	return n
}

// roleNode makes the node of a role.
func (b *Book) roleNode(words []word, name string) node {
	n := node{class: titular, name: name, units: roleUnits(words, name)}
	n.key = mix(uint64(titular), keyOf(n.units, false))
	n.bare = len(n.units) < 2
	return n
}

// roleUnits are the words of a role that count.
func roleUnits(words []word, raw string) []unit {
	var out []unit
	for i := range words {
		w := &words[i]
		if w.any(closed) && !w.any(people|bodies) || w.in(behalf|itself|the|indefinite|link) || w.possessive() || len(out) == maxUnits {
			continue
		}
		u := unitOf(w, spelling(raw, w))
		if w.in(spokesman) {
			u.concept, u.neutral, u.other = spokesmanKey, spokesmanKey, 0
		}
		if i > 0 && i+1 == len(words) && w.has(lang.Title) && (w.def() || !w.arabic) && u.concept == 0 {
			continue // a further title: الشيخ، العقيد
		}
		out = append(out, u)
	}
	return out
}

// spelling is a word in the text that it was read from.
func spelling(raw string, w *word) string {
	if int(w.end) > len(raw) || w.start > w.end {
		return ""
	}
	return raw[w.start:w.end]
}

// unitsOf makes units of the words of a name; عبد is one with the word behind.
func unitsOf(words []word, raw string, name bool) []unit {
	var out []unit
	for i := 0; i < len(words) && len(out) < maxUnits; i++ {
		w := &words[i]
		u := unitOf(w, spelling(raw, w))
		switch {
		case w.in(compound) && i+1 < len(words):
			i++
			v := unitOf(&words[i], spelling(raw, &words[i]))
			u.key, u.bare, u.other = mix(u.key, v.key), 0, 0
			u.voice = voice{"bd" + v.voice.consonants, "\x00\x00" + v.voice.vowels}
			u.marks |= v.marks & given
			u.neutral = text.Hash(u.voice.consonants)
		case name:
			if c, ok := strings.CutPrefix(u.voice.consonants, "bdl"); ok && c != "" && !w.arabic {
				u.voice = voice{"bd" + c, "\x00\x00" + u.voice.vowels[3:]}
			}
			u.concept = 0
			u.neutral, u.other = u.sounds(u.voice), 0
		}
		out = append(out, u)
	}
	return out
}

// keyOf is the hash of a name: persons in order, bodies in any.
func keyOf(units []unit, ordered bool) uint64 {
	h := uint64(len(units))
	for i := range units {
		if ordered {
			h = mix(h, units[i].key)
		} else {
			h += mix(0, units[i].key)
		}
	}
	return h
}

// enter finds the node with the same name or adds it and compares it.
func (l *Ledger) enter(n node, kind isnad.PartyKind) int32 {
	if len(n.units) == 0 {
		return -1
	}
	id, ok := l.byKey[n.key]
	if !ok {
		id = int32(len(l.nodes))
		l.byKey[n.key] = id
		l.nodes = append(l.nodes, n)
		l.link(id)
	}
	have := &l.nodes[id]
	have.kinds[kind]++
	if len(n.name) > len(have.name) || len(n.name) == len(have.name) && n.name < have.name {
		have.name = n.name
	}
	return id
}

// learnRoles adds the titles under which a document names a person.
func (l *Ledger) learnRoles(id int32, mentions []string) {
	for _, m := range mentions {
		p := l.book.read(m)
		if p.form != person || len(p.role) == 0 {
			continue
		}
		r := roleUnits(p.role, m)
		if len(r) < 2 {
			continue
		}
		key := keyOf(r, false)
		n := &l.nodes[id]
		if slices.ContainsFunc(n.roles, func(x []unit) bool { return keyOf(x, false) == key }) {
			continue
		}
		if len(n.roles) == maxRoles {
			n.everyone = true
			return
		}
		n.roles = append(n.roles, r)
		l.linkRole(id, r)
	}
}

func compareKeys(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// spokesmanRole is the role of a body's spokesman without a name, where the
// document gives the body's word through one alone.
func (l *Ledger) spokesmanRole(mentions []string) []word {
	var role []word
	for i, m := range mentions {
		p := l.book.read(m)
		if p.form != body || len(p.role) == 0 || !p.role[0].in(spokesman) && p.head != spokesmanKey {
			return nil
		}
		if i == 0 {
			role = p.role
		}
	}
	return role
}
