package desk

import (
	"context"
	"maps"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/names"
)

// parties are the names of an archive with a ledger that tells whose they are.
// What it tells depends on the names and the decisions alone, not on their order.
type parties struct {
	ledger *names.Ledger
	rows   map[string]*partyRow
	// changed are the identifiers of rows that are not stored as they are.
	changed map[string]bool
}

type partyRow struct {
	archive.Party
	entry int // in the ledger
}

// maxTitles is the number of titles kept of a name: one more than a ledger
// takes, which is how it knows of too many.
const maxTitles = 65

// gone are the names that nobody speaks under any more once a batch is filed:
// those of documents that a decision has read again, and of no other.
func (k *Archivist) gone(ctx context.Context, batch []*filing) (map[string]bool, error) {
	gone := make(map[string]bool)
	for _, f := range batch {
		if !f.again || f.doc.ID == "" {
			continue
		}
		old, err := k.Document(ctx, f.doc.ID)
		if fault.Of(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, id := range left(old.Statements, f.statements) {
			if gone[id], err = k.deserted(ctx, id, f.doc.ID); err != nil {
				return nil, err
			}
		}
	}
	maps.DeleteFunc(gone, func(_ string, is bool) bool { return !is })
	return gone, nil
}

// left are the tellers of statements that others do not have.
func left(before, after []archive.Statement) []string {
	var list []string
	for i := range before {
		for _, id := range before[i].Tellers {
			if id != "" && !slices.ContainsFunc(after, func(s archive.Statement) bool { return slices.Contains(s.Tellers, id) }) {
				list = append(list, id)
			}
		}
	}
	return list
}

// deserted reports whether nobody speaks under a name but in one document.
func (k *Archivist) deserted(ctx context.Context, name, doc string) (bool, error) {
	s := archive.Search{Expr: &archive.Expr{In: archive.Tag, Words: []string{archive.TagParty(name)}}, Limit: archive.MaxLimit}
	for {
		found, err := k.archive.Index().Search(ctx, s)
		if err != nil || slices.ContainsFunc(found.Hits, func(h archive.Hit) bool { return h.Doc.ID != doc }) {
			return false, err
		}
		if s.Before = found.Next; s.Before == 0 {
			return true, nil
		}
	}
}

// people are the parties but for those that are gone. They are loaded where they
// are not there, or where a batch has a decision that they do not follow yet.
func (k *Archivist) people(ctx context.Context, batch []*filing, gone map[string]bool) (*parties, error) {
	if k.parties != nil && !slices.ContainsFunc(batch, func(f *filing) bool { return f.decision || f.again }) {
		return k.parties, nil
	}
	rulings, err := k.rulings(ctx)
	if err != nil {
		return nil, err
	}
	p := &parties{ledger: k.desk.names.NewLedger(rulings...), rows: make(map[string]*partyRow), changed: make(map[string]bool)}
	for row, err := range k.archive.Index().Parties(ctx) {
		if err != nil {
			return nil, err
		}
		if gone[row.ID] {
			continue
		}
		r := &partyRow{Party: row}
		p.rows[row.ID] = r
		r.entry = p.ledger.Add("", []names.Entry{{Name: row.Names[0], Kind: row.Kind, Mentions: row.Names[1:]}})
	}
	k.parties = p
	return p, nil
}

// learn takes the names of a batch in and returns the parties that are new or
// have changed.
func (p *parties) learn(batch []*filing) []archive.Party {
	stale := false
	for _, f := range batch {
		stale = stale || f.decision || f.again
		for i := range f.names {
			if p.take(&f.names[i], f.again) {
				stale = true
			}
		}
	}
	if stale {
		p.settle()
	}
	var out []archive.Party
	for _, id := range slices.Sorted(maps.Keys(p.changed)) {
		out = append(out, p.rows[id].Party)
	}
	clear(p.changed)
	return out
}

// take files a name and reports whether the ledger learned something. From a
// document that is read again only new names are taken: what a correction
// teaches about others could not be forgotten with it.
func (p *parties) take(s *spoken, again bool) bool {
	r := p.rows[s.id]
	if r != nil && again {
		return false
	}
	if r == nil {
		r = &partyRow{Party: archive.Party{ID: s.id, Name: s.name, Kind: s.kind, Names: []string{s.name}}}
		p.rows[s.id], p.changed[s.id] = r, true
		r.addTitles(s.titles)
		r.entry = p.ledger.Add("", []names.Entry{{Name: s.name, Kind: s.kind, Mentions: r.Names[1:]}})
		return true
	}
	if len(s.name) > len(r.Name) || len(s.name) == len(r.Name) && s.name < r.Name {
		r.Name, p.changed[s.id] = s.name, true
	}
	before := len(r.Names)
	if !r.addTitles(s.titles) {
		return false
	}
	p.changed[s.id] = true
	p.ledger.Add("", []names.Entry{{Name: r.Names[0], Kind: r.Kind, Mentions: r.Names[before:]}})
	return true
}

func (r *partyRow) addTitles(titles []string) (added bool) {
	for _, t := range titles {
		if len(r.Names) <= maxTitles && !slices.Contains(r.Names[1:], t) {
			r.Names = append(r.Names, t)
			added = true
		}
	}
	return added
}

// settle finds out anew whose the names are.
func (p *parties) settle() {
	for _, r := range p.rows {
		of := ""
		if id := p.ledger.Party(r.entry); !id.Open {
			of = partyID(id.ID)
		}
		if of != r.Of {
			r.Of, p.changed[r.ID] = of, true
		}
	}
}

// rulings are the decisions about parties that hold.
func (k *Archivist) rulings(ctx context.Context) ([]names.Ruling, error) {
	decided, err := k.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	var list []names.Ruling
	for _, d := range decided {
		if len(d.On) == 2 && !d.Undone && (d.Verb == isnad.SameParty || d.Verb == isnad.OtherParty) {
			list = append(list, names.Ruling{Name: d.On[0].Quote, Other: d.On[1].Quote, Same: d.Verb == isnad.SameParty})
		}
	}
	return list, nil
}
