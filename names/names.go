// Package names finds the parties of one document: the persons, bodies, states,
// outlets and unnamed sources that speak in it, each under all the names it has
// there – in full, by a part of the name, by role, by acronym, by pronoun or by
// a subject that is left out.
//
// It works in the order of certainty: full names first, then parts of names
// and roles, each to the one party that bears it, then what has no words at
// all, from the speakers around it. What fits two parties is left open.
//
// A [Ledger] tells which parties of many documents are one.
//
// # Invariant
//
// The result depends on the text, the attributions, the document and the packs
// only. Two persons with one family name, or two bodies with one head noun, are
// never one party. Every teller is -1 or an index of the parties; mentions are
// in ascending order, on rune boundaries of the text and do not overlap within
// a party.
package names

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Book knows how the languages of its packs name parties. It holds no state of
// a document: any number of goroutines may use one.
type Book struct {
	arabic, latin *tongue
	mix           uint64    // see dict
	idle          sync.Pool // of resolvers: only their buffers outlive a document
}

// New makes a book from language packs: ar for words in Arabic letters, en for
// those in Latin letters; either may be missing. It reads names.tsv and
// words.tsv of each. Errors name the file and line.
func New(packs ...*lang.Pack) (*Book, error) {
	b := &Book{mix: rand.Uint64()}
	b.idle.New = func() any { return newResolver(b) }
	for _, p := range packs {
		g, err := newTongue(p)
		if err != nil {
			return nil, fmt.Errorf("names, language %s: %w", p.Name, err)
		}
		switch p.Name {
		case "ar":
			b.arabic = g
		case "en":
			b.latin = g
		}
	}
	return b, nil
}

func newTongue(p *lang.Pack) (*tongue, error) {
	g := &tongue{pack: p, lists: make(map[uint64]list), known: make(map[uint64]entry)}
	if err := g.readLists(p.Dir); err != nil {
		return nil, err
	}
	err := lang.ReadRows(p.Dir, "words.tsv", 3, func(c []string) error {
		switch c[1] {
		case "outlet", "state", "body":
			id := text.Hash(c[0])
			if len(c) > 3 && c[3] != "-" && c[3] != "" {
				id = text.Hash(c[3])
			}
			g.known[nameHash(c[0])] = entry{id, entryKinds[c[1]]}
		}
		return nil
	})
	return g, err
}

func (g *tongue) readLists(dir fs.FS) error {
	return lang.ReadRows(dir, "names.tsv", 2, func(c []string) error {
		l, ok := listNames[c[0]]
		if !ok {
			return fmt.Errorf("unknown list %q", c[0])
		}
		for _, w := range strings.Fields(c[1]) {
			g.lists[text.Hash(w)] |= l
			g.listed.add(text.Hash(w))
		}
		return nil
	})
}

// entry is a state, outlet or body of the tables.
type entry struct {
	id   uint64
	kind isnad.PartyKind
}

var entryKinds = map[string]isnad.PartyKind{"outlet": isnad.OutletParty, "state": isnad.StateParty, "body": isnad.Organisation}

// nameHash is the hash of a name as its words are keyed: without articles.
func nameHash(name string) uint64 {
	h := uint64(0)
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		s := text.Fold(w).Text
		skip := 0
		if strings.HasPrefix(s, "ال") && len(s) > 8 {
			skip = 2
		}
		if strings.EqualFold(w, "the") {
			continue
		}
		h = mix(h, text.HashFrom(s, skip))
	}
	return h
}

func mix(h, key uint64) uint64 { return (h ^ key) * 0x9E3779B97F4A7C15 }

// Limits. A document beyond them is resolved as far as they go.
const (
	maxParties  = 1024 // sources that would open one more have teller -1
	maxPhrase   = 48   // tokens of a source that are looked at
	maxMentions = 4096 // mentions kept of one party
	maxBack     = 12   // attributions looked back for an antecedent
)

// Resolve finds the parties of a document that speak. tellers[i] is the index
// in parties of the source of atts[i].Own(), or -1 where the text does not tell
// or more than one party fits. doc gives publisher and author, to which a text
// in the first person leads back; it may be nil. atts are not changed. Parties
// stand in the order in which they first speak.
//
// The work is linear in the text for texts with ordinary numbers of parties; at
// most 1024 parties are told apart.
func (b *Book) Resolve(t *text.Text, atts []isnad.Attribution, doc *isnad.Document) (parties []isnad.Party, tellers []int) {
	if len(atts) == 0 {
		return nil, nil
	}
	r := b.idle.Get().(*resolver)
	defer b.idle.Put(r)
	r.begin(t, atts, doc)
	defer r.end()
	r.scan()
	r.fullNames()
	r.shortNames()
	r.silent()
	return r.result()
}
