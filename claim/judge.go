package claim

import (
	"cmp"
	"slices"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
)

// judgement holds the tables that disputes and origins are found by.
type judgement struct {
	counter *counter
	roles   roles
	scopes  map[string]bool // words that limit what is said
	showing *showing
}

// newJudgement reads the tables. The packs are for the dates of exhibits.
func newJudgement(folder *fold.Folder, packs []*lang.Pack) (judgement, error) {
	var j judgement
	var err error
	if j.showing, err = newShowing(packs); err != nil {
		return j, err
	}
	if j.counter, err = newCounter(folder); err != nil {
		return j, err
	}
	if j.roles, err = newRoles(); err != nil {
		return j, err
	}
	j.scopes = map[string]bool{}
	return j, lang.ReadRows(tables, "scope.tsv", 1, func(c []string) error {
		j.scopes[bare(fold.Words(c[0])[0].Form)] = true
		return nil
	})
}

// judge finds origins and disputes of the claims of one record.
type judge struct {
	*Book
	*bodies
	sources map[string]*isnad.Source
	copies  map[string]isnad.Copy // by the later document
	shown   map[string][]isnad.Exhibit
}

// Judge finds what claims rest on and how they are contradicted: it sets
// Origins, the counts of independent ones, Exhibits and Disputes. The record has to hold
// the documents of all their members; copies are those of [Book.Copies].
func (b *Book) Judge(r *Record, copies []isnad.Copy, claims []isnad.Claim) {
	j := &judge{Book: b, bodies: b.bodies(r), sources: make(map[string]*isnad.Source, len(r.Sources)), copies: make(map[string]isnad.Copy, len(copies)), shown: map[string][]isnad.Exhibit{}}
	for i := range r.Sources {
		j.sources[r.Sources[i].ID] = &r.Sources[i]
	}
	for _, c := range copies {
		j.copies[c.Later] = c
	}
	stands := make([][]stand, len(claims))
	for i := range claims {
		c := &claims[i]
		stands[i] = j.stands(c)
		j.origins(c, stands[i])
		c.Exhibits = j.exhibitsOf(stands[i])
		c.Disputes = slices.Concat(j.denials(stands[i]), j.reversals(stands[i]), j.figureClashes(stands[i]))
	}
	w := weighing{judge: j, by: map[string][]condemned{}, pages: map[string]*page{}, seen: map[uint64]word{}, topics: map[string][]uint32{}}
	w.answers(claims, stands)
	w.rejections(claims, stands)
	w.deeds(r, claims)
}

// stand is a member of a claim with where it comes from.
type stand struct {
	*isnad.Member
	source *isnad.Source
	at     time.Time
	// body is who takes the side: a body for all its people, an unnamed source
	// for itself; "" where nobody is named.
	body string
	// insider marks a source within body that speaks against it.
	insider bool
}

// side reports whether a side is taken at all.
func (s *stand) side() bool { return s.Polarity != isnad.Neutral }

// stands looks up the members of a claim, in the order of time.
func (j *judge) stands(c *isnad.Claim) []stand {
	out := make([]stand, 0, len(c.Members))
	for i := range c.Members {
		m := &c.Members[i]
		s := stand{Member: m, source: j.sources[m.Statement.Doc]}
		if s.source == nil {
			continue
		}
		s.at = s.source.Filed()
		if said := m.Statement.Said.Start; !said.IsZero() && said.Before(s.at) {
			s.at = said // not what is yet to come
		}
		s.body = j.speaker(s.source, m.Statement)
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b stand) int {
		return cmp.Or(a.at.Compare(b.at), a.source.Filed().Compare(b.source.Filed()), cmp.Compare(a.Statement.ID, b.Statement.ID))
	})
	j.markInsiders(out)
	return out
}

// speaker is the body that a statement is on the word of. What a text says in
// its own voice (a claim that it rejects) is its author's.
func (j *judge) speaker(s *isnad.Source, st *isnad.Statement) string {
	party := st.Teller()
	switch {
	case party != "" && j.unnamed(st) && j.within[party] != "":
		return j.body(j.within[party])
	case party != "":
		return j.body(party)
	case len(st.Own().Source) > 0:
		return "statement " + st.ID // someone, who is nobody else
	case st.Why.Rule == ruleReject:
		return cmp.Or(s.Author, j.outlets[s.Publisher], s.Publisher, "author of "+s.ID)
	}
	return ""
}

// ruleReject is the rule of the reader for what an author rejects: "the claim
// that … is baseless".
const ruleReject = "reject"

// markInsiders parts the unnamed people of a body from it where they speak
// against what it says by itself: on the other side than it took first, or
// with a figure that its own do not fit.
func (j *judge) markInsiders(stands []stand) {
	first := map[string]isnad.Polarity{}
	own := map[string][]figure{}
	for _, s := range stands {
		if !s.side() || s.body == "" || j.unnamed(s.Statement) {
			continue
		}
		if _, known := first[s.body]; !known {
			first[s.body] = s.Polarity
		}
		if len(own[s.body]) < maxKinds {
			own[s.body] = append(own[s.body], j.counter.figures(s.Statement.Words)...)
		}
	}
	for i := range stands {
		s := &stands[i]
		line, known := first[s.body]
		if !known || !s.side() || !j.unnamed(s.Statement) || j.within[s.Statement.Teller()] == "" {
			continue
		}
		if s.Polarity != line || clash(j.counter.figures(s.Statement.Words), own[s.body]) {
			s.insider, s.body = true, s.Statement.Teller()
		}
	}
}

// clash reports that two passages count one thing differently, and nothing
// alike.
func clash(a, b []figure) bool {
	found := false
	for i := range a {
		for k := range b {
			switch {
			case !a[i].counts(&b[k]):
			case a[i].clashes(&b[k]):
				found = true
			default:
				return false
			}
		}
	}
	return found
}

// unnamed reports a teller who is not identified.
func (j *judge) unnamed(st *isnad.Statement) bool {
	return j.kindOf(st) == isnad.UnnamedParty
}

// stems are the stems of a passage, for telling how much two share.
func (j *judge) stems(passage string) map[string]bool {
	out := map[string]bool{}
	for _, w := range fold.Words(passage) {
		for _, s := range j.counter.folder.Stems(nil, w) {
			if len(s) > 4 {
				out[s] = true
			}
		}
	}
	return out
}
