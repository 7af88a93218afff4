package export

import (
	"math"

	"github.com/isnad/isnad"
)

// The forms below are what the commands about claims write as JSON. Names of
// stances, sides and kinds are those of package isnad.

// SaidJSON is a statement.
type SaidJSON struct {
	ID        string   `json:"id"`
	Doc       string   `json:"doc"`
	Publisher string   `json:"publisher,omitempty"`
	URL       string   `json:"url,omitempty"`
	When      string   `json:"when,omitempty"`
	Chain     []string `json:"chain"` // the outermost first
	Party     string   `json:"party,omitempty"`
	Stance    string   `json:"stance"`
	Side      string   `json:"side"` // towards the claim
	Words     string   `json:"words"`
	At        int      `json:"at"` // byte of the text where the words begin
}

// ProofJSON is why a statement was taken together with others.
type ProofJSON struct {
	Statement string `json:"statement"`
	Rule      string `json:"rule"`
	With      string `json:"with,omitempty"`
	Detail    string `json:"detail,omitempty"`
}

// OriginJSON is a first source.
type OriginJSON struct {
	Party   string      `json:"party,omitempty"`
	Name    string      `json:"name,omitempty"`
	Kind    string      `json:"kind"`
	Counted bool        `json:"counted"`
	Said    []SaidJSON  `json:"said"`
	Proofs  []ProofJSON `json:"proofs"`
}

// DisputeJSON is a contradiction.
type DisputeJSON struct {
	Type       string        `json:"type"`
	Claim      string        `json:"claim"`
	Parties    []string      `json:"parties"`
	Passages   []SaidJSON    `json:"passages"`
	Statements []string      `json:"statements"`
	Clash      []isnad.Clash `json:"clash"`
	Amounts    []AmountJSON  `json:"amounts,omitempty"`
}

// AmountJSON is a figure in a dispute about figures.
type AmountJSON struct {
	Statement string   `json:"statement"`
	Words     string   `json:"words"`
	Low       float64  `json:"low"`
	High      *float64 `json:"high"` // null where it is open
}

// TraceJSON is a claim with what it rests on.
type TraceJSON struct {
	Claim              string       `json:"claim"`
	Proposition        string       `json:"proposition"`
	Independent        int          `json:"independent"`
	IndependentDenying int          `json:"independent_denying"`
	Origins            []OriginJSON `json:"origins"`
}

// StandingJSON is what is known of a party.
type StandingJSON struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	Kind        string        `json:"kind"`
	Names       []string      `json:"names"`
	SpeaksFor   string        `json:"speaks_for,omitempty"`
	SpokenForBy []string      `json:"spoken_for_by"`
	Said        []SaidJSON    `json:"said"`
	Disputes    []DisputeJSON `json:"disputes"`
}

// said is the form of a statement; side, where given, is the one that it takes
// towards a claim.
func (a *Account) said(st *isnad.Statement, side *isnad.Polarity) SaidJSON {
	out := SaidJSON{
		ID: st.ID, Doc: st.Doc, When: a.when(st), Chain: a.chain(st), Party: st.Teller(), Stance: st.Stance.String(),
		Side: st.Polarity.String(), Words: st.Words, At: st.Content[0].Start,
	}
	if src := a.sources[st.Doc]; src != nil {
		out.Publisher, out.URL = src.Publisher, src.URL
	}
	if side != nil {
		out.Side = side.String()
	}
	return out
}

// sides are the sides that the members of a claim take.
func sides(c *isnad.Claim) map[string]*isnad.Polarity {
	out := make(map[string]*isnad.Polarity, len(c.Members))
	for i := range c.Members {
		out[c.Members[i].Statement.ID] = &c.Members[i].Polarity
	}
	return out
}

// Trace is a claim with what it rests on.
func (a *Account) Trace(c *isnad.Claim) TraceJSON {
	out := TraceJSON{Claim: c.ID, Proposition: c.Proposition, Independent: c.Independent, IndependentDenying: c.IndependentDenying, Origins: []OriginJSON{}}
	side := sides(c)
	for _, o := range c.Origins {
		j := OriginJSON{Party: o.Party, Name: a.Party(o.Party, a.statements[o.Statements[0]]), Kind: o.Kind.String(), Counted: o.Counted, Proofs: []ProofJSON{}}
		for _, id := range o.Statements {
			if st := a.statements[id]; st != nil {
				j.Said = append(j.Said, a.said(st, side[id]))
			}
		}
		for _, f := range o.Collapsed {
			j.Proofs = append(j.Proofs, ProofJSON(f))
		}
		out.Origins = append(out.Origins, j)
	}
	return out
}

// Dispute is the form of a dispute of a claim.
func (a *Account) Dispute(c *isnad.Claim, d *isnad.Dispute) DisputeJSON {
	out := DisputeJSON{Type: d.Type.String(), Claim: c.ID, Parties: d.Parties, Statements: d.Statements, Clash: d.Clash}
	side := sides(c)
	for _, id := range d.Passages {
		if st := a.statements[id]; st != nil {
			out.Passages = append(out.Passages, a.said(st, side[id]))
		}
	}
	for _, x := range d.Amounts {
		amount := AmountJSON{Statement: x.Statement, Words: x.Words, Low: x.Low}
		if !math.IsInf(x.High, 1) {
			amount.High = &x.High
		}
		out.Amounts = append(out.Amounts, amount)
	}
	return out
}

// JSON is the form of what is known of a party.
func (s *Standing) JSON(a *Account) StandingJSON {
	out := StandingJSON{
		ID: s.Identity.ID, Name: s.Identity.Name, Kind: s.Identity.Kind.String(), Names: append([]string{}, s.Identity.Names...),
		SpeaksFor: s.For, SpokenForBy: append([]string{}, s.By...), Said: []SaidJSON{}, Disputes: []DisputeJSON{},
	}
	for _, st := range s.Said {
		out.Said = append(out.Said, a.said(st, nil))
	}
	for i := range s.Disputes {
		out.Disputes = append(out.Disputes, a.Dispute(s.Claims[i], &s.Disputes[i]))
	}
	return out
}
