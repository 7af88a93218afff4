package names

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Name is the name that a party of one document goes by, as far as it is known
// without any other document: what a Ledger needs of each name but once.
type Name struct {
	// ID is that of the [Identity] of one who goes by this name alone. An
	// unnamed source has one with those who are called the same and say the
	// same, any other whose name tells little one with its document.
	ID uint64
	// Common says that other documents may have the name: a Ledger tells whose
	// it is.
	Common bool
	// Titles are the mentions that tell a role that its bearer has.
	Titles []string
}

// Name is the name of party number n of a document.
func (b *Book) Name(doc string, n int, e *Entry) Name {
	scoped := mix(text.Hash(doc), uint64(n))
	p := b.read(e.Name)
	switch {
	case e.Kind == isnad.UnnamedParty && p.form != person:
		return Name{ID: mix(b.unnamedKey(e, &p, scoped), 1)}
	case p.form == role && e.Kind == isnad.Person:
		return commonName(b.roleNode(p.role, e.Name), scoped)
	}
	name := b.nameNode(&p, e.Name, e.Kind)
	out := commonName(name, scoped)
	if out.Common && name.class == personal {
		out.Titles = b.titles(e.Mentions)
	}
	return out
}

func commonName(n node, scoped uint64) Name {
	switch {
	case len(n.units) == 0:
		return Name{ID: mix(scoped, 2)}
	case n.bare:
		return Name{ID: mix(scoped, 3)}
	}
	return Name{ID: mix(n.key, 4), Common: true}
}

// unnamedKey is the key of what an unnamed source is called and says.
func (b *Book) unnamedKey(e *Entry, p *phrase, scoped uint64) uint64 {
	desc, all := b.description(p, e.Name)
	if len(desc) == 0 {
		return scoped
	}
	if keys := sketches(e.Said); len(keys) > 0 {
		return mix(all, keys[0])
	}
	return scoped
}

// titles are the mentions that name a person with a role.
func (b *Book) titles(mentions []string) (out []string) {
	for _, m := range mentions {
		if p := b.read(m); p.form == person && len(p.role) > 1 {
			out = append(out, m)
		}
	}
	return out
}
