package desk

import (
	"context"
	"iter"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
)

// Roster says whose the names are that statements are filed under. It is what
// the archive held when it was made.
type Roster struct {
	whose map[string]string // by name: the party; "" where it fits several
	about map[string]*isnad.Identity
}

// Roster reads the parties of the archive.
func (k *Archivist) Roster(ctx context.Context) (*Roster, error) {
	r := &Roster{whose: make(map[string]string), about: make(map[string]*isnad.Identity)}
	var rows []archive.Party
	for p, err := range k.archive.Index().Parties(ctx) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, p)
		r.whose[p.ID] = p.Of
		if p.Of == p.ID {
			r.about[p.ID] = &isnad.Identity{ID: p.ID, Name: p.Name, Kind: p.Kind}
		}
	}
	for _, p := range rows {
		if of := r.about[p.Of]; of != nil {
			for _, n := range append([]string{p.Name}, p.Names...) {
				if n != of.Name && !slices.Contains(of.Names, n) {
					of.Names = append(of.Names, n)
				}
			}
		}
	}
	return r, nil
}

// Party is the party of a teller as a statement of a document has it. A name
// that fits several parties is one of its document alone.
func (r *Roster) Party(teller, doc string) string {
	of, known := r.whose[teller]
	switch {
	case !known:
		return teller
	case of == "":
		return teller + "." + doc
	}
	return of
}

// Identity is what is known of a party; false for one of a single document.
func (r *Roster) Identity(party string) (isnad.Identity, bool) {
	if id := r.about[party]; id != nil {
		return *id, true
	}
	return isnad.Identity{}, false
}

// Identities are all parties that have a name of their own, by identifier.
func (r *Roster) Identities() map[string]isnad.Identity {
	out := make(map[string]isnad.Identity, len(r.about))
	for id, about := range r.about {
		out[id] = *about
	}
	return out
}

// Source is a filed document with its statements, their tellers being parties.
func (r *Roster) Source(f *archive.Filed) isnad.Source {
	s := isnad.Source{Document: f.Document.Document, Captured: f.Captured, Statements: make([]isnad.Statement, len(f.Statements))}
	for i := range f.Statements {
		s.Statements[i] = r.Statement(f.ID, &f.Statements[i], quote(f.Text, &f.Statements[i]))
	}
	return s
}

// Statement is a statement of a document, its tellers being parties.
func (r *Roster) Statement(doc string, s *archive.Statement, words string) isnad.Statement {
	tellers := make([]string, len(s.Tellers))
	for i, t := range s.Tellers {
		if t != "" {
			tellers[i] = r.Party(t, doc)
		}
	}
	return isnad.Statement{
		Attribution: s.Attribution, ID: s.ID(doc), Doc: doc,
		Tellers: tellers, Names: s.Names, Said: s.Said, Words: words,
	}
}

// quote is the content of a statement, pieces parted by an ellipsis.
func quote(raw string, s *archive.Statement) string {
	words := ""
	for i, span := range s.Content {
		if i > 0 {
			words += " … "
		}
		words += span.Of(raw)
	}
	return words
}

// Documents gives the filed documents from number from on, in the order they
// were filed.
func (k *Archivist) Documents(ctx context.Context, from int64) iter.Seq2[archive.Filed, error] {
	return k.archive.Index().Documents(ctx, from)
}

// Document finds a filed document.
func (k *Archivist) Document(ctx context.Context, id string) (archive.Filed, error) {
	return k.archive.Index().Document(ctx, id)
}
