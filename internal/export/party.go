package export

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Standing is what an archive knows of one party.
type Standing struct {
	Identity isnad.Identity
	// For is the body that the party speaks for, or ""; By are those who speak
	// for it.
	For string
	By  []string
	// Said is what it says itself, in the order of time.
	Said []*isnad.Statement
	// Disputes are those that the party is in, with the claims they are of.
	Disputes []isnad.Dispute
	Claims   []*isnad.Claim
}

// Standing gathers what is known of a party; speakers tells who speaks for
// whom.
func (a *Account) Standing(id string, claims []isnad.Claim, speakers map[string]string) Standing {
	s := Standing{Identity: a.parties[id], For: speakers[id]}
	for _, who := range slices.Sorted(maps.Keys(speakers)) {
		if speakers[who] == id {
			s.By = append(s.By, who)
		}
	}
	for _, st := range a.statements {
		if st.Teller() == id {
			s.Said = append(s.Said, st)
		}
	}
	slices.SortFunc(s.Said, func(x, y *isnad.Statement) int {
		return cmp.Or(a.at(x).Compare(a.at(y)), cmp.Compare(x.Doc, y.Doc), cmp.Compare(x.Content[0].Start, y.Content[0].Start))
	})
	for i := range claims {
		for _, d := range claims[i].Disputes {
			if slices.Contains(d.Parties, id) {
				s.Disputes, s.Claims = append(s.Disputes, d), append(s.Claims, &claims[i])
			}
		}
	}
	return s
}

// Party writes for a terminal who a party is, who speaks for it, where it
// changed sides or is contradicted, and all it said.
func Party(w io.Writer, style Style, a *Account, s *Standing) error {
	p := newPlain(w, style)
	p.lines(s.Identity.Name, 0, bold)
	fmt.Fprintf(&p.buf, "%s\n", p.paint(dim, s.Identity.Kind.String()+" "+s.Identity.ID))
	p.listed("also", s.Identity.Names)
	p.listed("speaks for", a.named([]string{s.For}))
	p.listed("spoken for by", a.named(s.By))
	for i := range s.Disputes {
		if s.Disputes[i].Type == isnad.Reversal {
			p.buf.WriteByte('\n')
			p.dispute(a, s.Claims[i], &s.Disputes[i])
		}
	}
	for i := range s.Disputes {
		if s.Disputes[i].Type != isnad.Reversal {
			p.buf.WriteByte('\n')
			p.dispute(a, s.Claims[i], &s.Disputes[i])
		}
	}
	p.told(a, s.Said)
	return p.flush()
}

// told writes statements in the order of time; what several documents have in
// the same words is written once.
func (p *plainWriter) told(a *Account, said []*isnad.Statement) {
	fmt.Fprintf(&p.buf, "\n%s\n", p.paint(bold, fmt.Sprintf("said: %d", len(said))))
	p.sayings(a, said)
}

// sayings writes statements in their order, those in the same words once.
func (p *plainWriter) sayings(a *Account, said []*isnad.Statement) {
	where := map[string][]string{}
	for _, st := range said {
		words := text.Fold(st.Words).Text
		if at := a.chain(st)[0]; !slices.Contains(where[words], at) {
			where[words] = append(where[words], at)
		}
	}
	for _, st := range said {
		words := text.Fold(st.Words).Text
		if where[words] == nil {
			continue
		}
		fmt.Fprintf(&p.buf, "  %s %s %s\n", p.paint(dim, a.when(st)), p.act(&st.Attribution), p.paint(dim, joinShown(where[words], " · ")))
		p.lines(st.Words, margin, "")
		where[words] = nil
	}
}

// named are the names of parties.
func (a *Account) named(ids []string) []string {
	var out []string
	for _, id := range ids {
		if n := a.Party(id, nil); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func (p *plainWriter) listed(label string, names []string) {
	if len(names) > 0 {
		fmt.Fprintf(&p.buf, "%s %s\n", p.paint(dim, label+":"), joinShown(names, " · "))
	}
}

// disputeHeads say what sort of dispute it is.
var disputeHeads = map[isnad.DisputeType]string{
	isnad.Denial: "denied", isnad.Reversal: "changed sides", isnad.Figures: "figures differ", isnad.WordsAgainstDeed: "words against deeds",
}

// dispute writes a dispute with its two passages and what clashes in them.
func (p *plainWriter) dispute(a *Account, c *isnad.Claim, d *isnad.Dispute) {
	fmt.Fprintf(&p.buf, "%s %s\n", p.paint(yellow, "⇄ "+disputeHeads[d.Type]+":"), p.paint(bold, joinShown(a.named(d.Parties), " · ")))
	sides := map[string]isnad.Polarity{}
	for _, m := range c.Members {
		sides[m.Statement.ID] = m.Polarity
	}
	for _, id := range d.Passages {
		if st := a.statements[id]; st != nil {
			shown := *st
			if side, member := sides[id]; member {
				shown.Polarity = side
			}
			fmt.Fprintf(&p.buf, "  %s %s %s\n", p.paint(dim, a.when(st)), p.act(&shown.Attribution), joinShown(a.chain(st), " ← "))
			p.lines(st.Words, margin, "")
		}
	}
	for _, k := range d.Clash {
		if k.Slot != "polarity" {
			fmt.Fprintf(&p.buf, "%*s%s %s\n", margin, "", p.paint(dim, k.Slot+":"), joinShown([]string{cmp.Or(k.A, "–"), cmp.Or(k.B, "–")}, " / "))
		}
	}
	fmt.Fprintf(&p.buf, "%*s%s\n", margin, "", p.paint(dim, fmt.Sprintf("%d statements · claim %s", len(d.Statements), c.ID)))
}
