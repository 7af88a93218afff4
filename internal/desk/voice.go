package desk

import (
	"context"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fold"
)

// Said finds what a party said, under all its names, the newest first.
func (k *Archivist) Said(ctx context.Context, r *Roster, party string, limit int) (archive.Found, error) {
	any := archive.Expr{Op: archive.Any}
	for name, of := range r.whose {
		if of == party {
			any.Kids = append(any.Kids, archive.Expr{In: archive.Tag, Words: []string{archive.TagParty(name)}})
		}
	}
	slices.SortFunc(any.Kids, func(a, b archive.Expr) int { return strings.Compare(a.Words[0], b.Words[0]) })
	return k.archive.Index().Search(ctx, archive.Search{Expr: &any, Limit: limit})
}

// Alike reports whether a name of a party holds all words of a question, as
// search compares them.
func (k *Archivist) Alike(question string, p *isnad.Identity) bool {
	asked := fold.Words(question)
	return slices.ContainsFunc(append([]string{p.Name}, p.Names...), func(name string) bool {
		words := fold.Words(name)
		return !slices.ContainsFunc(asked, func(a fold.Word) bool {
			return !slices.ContainsFunc(words, func(w fold.Word) bool { return strings.Contains(w.Form, a.Form) })
		})
	})
}
