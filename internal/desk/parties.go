package desk

import (
	"context"
	"maps"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
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

// people are the parties, loaded where they are not there, or where a batch
// has a decision that they do not follow yet.
func (k *Archivist) people(ctx context.Context, batch []*filing) (*parties, error) {
	if k.parties != nil && !slices.ContainsFunc(batch, func(f *filing) bool { return f.decision }) {
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
		stale = stale || f.decision
		for i := range f.names {
			if p.take(&f.names[i]) {
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

// take files a name and reports whether the ledger learned something.
func (p *parties) take(s *spoken) bool {
	r := p.rows[s.id]
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
