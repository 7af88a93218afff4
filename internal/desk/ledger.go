package desk

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/text"
)

// Ledger is what an archive amounts to: its documents with what is said in
// them, and the claims that these are about.
type Ledger struct {
	Record claim.Record
	Copies []isnad.Copy
	Claims []isnad.Claim
	// Speakers are the bodies that parties speak for, by party.
	Speakers map[string]string
}

// Ledger groups all that is filed into claims and judges them.
func (k *Archivist) Ledger(ctx context.Context, book *claim.Book) (*Ledger, error) {
	return k.Ledgers(book).Next(ctx)
}

// Ledgers makes the ledgers of an archive one after another. What is filed since
// the last one is put into its groups; where earlier documents are no longer as
// they were, since they were read anew or a party has other names, all are
// grouped again. It is used by one goroutine at a time.
type Ledgers struct {
	archive *Archivist
	book    *claim.Book
	groups  *claim.Groups
	sources []isnad.Source // as they were grouped
}

// Ledgers begins with no documents.
func (k *Archivist) Ledgers(book *claim.Book) *Ledgers {
	return &Ledgers{archive: k, book: book, groups: book.NewGroups()}
}

// Next is the ledger of the archive as it is now. Ledgers share the documents
// that are in both.
func (l *Ledgers) Next(ctx context.Context) (*Ledger, error) {
	roster, err := l.archive.Roster(ctx)
	if err != nil {
		return nil, err
	}
	kept := 0 // documents that are as they were
	var more []isnad.Source
	for f, err := range l.archive.Documents(ctx, 0) {
		if err != nil {
			return nil, err
		}
		src := roster.Source(&f)
		if len(more) == 0 && kept < len(l.sources) && reflect.DeepEqual(&src, &l.sources[kept]) {
			kept++
			continue
		}
		more = append(more, src)
	}
	l.group(kept, more)
	rulings, err := l.rulings(ctx)
	if err != nil {
		return nil, err
	}
	out := &Ledger{Record: claim.Record{Sources: l.sources, Parties: roster.Identities()}}
	var copies sync.WaitGroup
	copies.Go(func() { out.Copies = l.book.Copies(l.sources) })
	out.Claims = l.groups.Claims(rulings...)
	copies.Wait()
	l.book.Judge(&out.Record, out.Copies, out.Claims)
	out.Speakers = l.book.Speakers(&out.Record)
	return out, nil
}

// rulings are the decisions about claims that stand, in the order of the log.
// Statements are found by their identifiers or, in documents that were read anew
// since, by their words; what a decision names and is not there is left out.
func (l *Ledgers) rulings(ctx context.Context) ([]claim.Ruling, error) {
	list, err := l.archive.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	var rulings []claim.Ruling
	for _, d := range list {
		if d.Undone || d.Verb != isnad.SameClaim && d.Verb != isnad.OtherClaim {
			continue
		}
		var ids []string
		for i := range d.On {
			if id := l.find(&d.On[i]); id != "" {
				ids = append(ids, id)
			} else if i == 0 {
				break
			}
		}
		if len(ids) > 1 {
			rulings = append(rulings, claim.Ruling{Of: ids[0], Others: ids[1:], Same: d.Verb == isnad.SameClaim})
		}
	}
	return rulings, nil
}

// find is the identifier of the statement that an anchor names, or "".
func (l *Ledgers) find(a *isnad.Anchor) string {
	doc := DocumentID(a.Capture)
	at := slices.IndexFunc(l.sources, func(s isnad.Source) bool { return s.ID == doc })
	if at < 0 {
		return ""
	}
	list := l.sources[at].Statements
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	if i := object(a, ids, func(i int) string { return list[i].Words }); i >= 0 {
		return ids[i]
	}
	return ""
}

// group has the first documents that are grouped followed by others.
func (l *Ledgers) group(kept int, more []isnad.Source) {
	grouped := len(l.sources)
	l.sources = slices.Concat(l.sources[:kept], more)
	if kept < grouped {
		l.groups, kept = l.book.NewGroups(), 0
	}
	for i := kept; i < len(l.sources); i++ {
		l.groups.Add(&l.sources[i])
	}
}

// Claim finds a claim by its identifier or the beginning of it.
func (l *Ledger) Claim(id string) (*isnad.Claim, error) {
	var found []*isnad.Claim
	for i := range l.Claims {
		if c := &l.Claims[i]; c.ID == id {
			return c, nil
		} else if id != "" && strings.HasPrefix(c.ID, id) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, &fault.Error{Kind: fault.NotFound, Err: fmt.Errorf("there is no claim %q", id), Hint: "isnad claims lists them"}
	}
	return nil, &fault.Error{Kind: fault.Conflict, Err: fmt.Errorf("%d claims begin with %q", len(found), id), Hint: "give more of it"}
}

// Party finds the one party with a name or identifier; part of a name is
// enough where no other party has it.
func (l *Ledger) Party(name string) (isnad.Identity, error) {
	want := text.Fold(strings.TrimSpace(name)).Text
	var whole, part []isnad.Identity
	for _, p := range l.Record.Parties {
		if p.ID == name {
			return p, nil
		}
		names := append([]string{p.Name}, p.Names...)
		switch {
		case slices.ContainsFunc(names, func(n string) bool { return text.Fold(n).Text == want }):
			whole = append(whole, p)
		case slices.ContainsFunc(names, func(n string) bool { return strings.Contains(text.Fold(n).Text, want) }):
			part = append(part, p)
		}
	}
	for _, found := range [][]isnad.Identity{whole, part} {
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			slices.SortFunc(found, func(a, b isnad.Identity) int { return cmp.Compare(a.Name, b.Name) })
			return isnad.Identity{}, &fault.Error{
				Kind: fault.Conflict, Err: fmt.Errorf("%q is in the names of %d parties, such as %s and %s", name, len(found), fault.Name(found[0].Name), fault.Name(found[1].Name)),
				Hint: "give the name in full, or the number that isnad party list shows",
			}
		}
	}
	return isnad.Identity{}, &fault.Error{Kind: fault.NotFound, Err: fmt.Errorf("nobody in the archive is called %q", name), Hint: "isnad party list shows who is known"}
}

// Matching finds the statements that a query matches, by their identifiers;
// nil for an empty query, which asks for nothing.
func (k *Archivist) Matching(ctx context.Context, query string) (map[string]bool, error) {
	if strings.TrimSpace(query) == "" {
		return nil, nil
	}
	out := map[string]bool{}
	q := Question{Query: query, Limit: archive.MaxLimit}
	for {
		found, err := k.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		for i := range found.Hits {
			if h := &found.Hits[i]; h.Statement != nil {
				out[h.Statement.ID(h.Doc.ID)] = true
			}
		}
		if q.Before = found.Next; q.Before == 0 {
			return out, nil
		}
	}
}
