package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/isnad/isnad"
)

// Trace writes for a terminal what a claim rests on: every first source with
// the statements that lead back to it, and for each that is not first-hand why
// it was taken together with others.
func Trace(w io.Writer, style Style, a *Account, c *isnad.Claim) error {
	p := newPlain(w, style)
	p.claimHead(c)
	for i := range c.Origins {
		p.origin(a, c, &c.Origins[i])
	}
	return p.flush()
}

func newPlain(w io.Writer, style Style) *plainWriter {
	form := Plain(style)
	return form.New(w).(*plainWriter)
}

// claimHead tells what a claim says and how many independent origins it has.
func (p *plainWriter) claimHead(c *isnad.Claim) {
	p.lines(c.Proposition, 0, bold)
	fmt.Fprintf(&p.buf, "%s\n", p.paint(dim, fmt.Sprintf("claim %s · independent origins: %d affirm, %d deny", c.ID, c.Independent, c.IndependentDenying)))
}

func (p *plainWriter) origin(a *Account, c *isnad.Claim, o *isnad.Origin) {
	proofs := map[string][]isnad.Proof{}
	ring := ""
	for _, f := range o.Collapsed {
		if f.Rule == "loop" {
			ring = f.Detail
			continue
		}
		proofs[f.Statement] = append(proofs[f.Statement], f)
	}
	first := a.statements[o.Statements[0]]
	name := a.Party(o.Party, first)
	sign, state := "●", ""
	if !o.Counted {
		sign, state = "○", " · not counted"
	}
	if ring != "" {
		name = "outlets that cite each other: " + isolated(strings.Split(ring, " ← "), " ← ")
	} else {
		name = isolate(visible(orUnnamed(name)))
	}
	fmt.Fprintf(&p.buf, "\n%s %s%s\n", sign, p.paint(bold, name), p.paint(dim, state))
	for i, id := range o.Statements {
		branch := "├"
		if i == len(o.Statements)-1 {
			branch = "└"
		}
		p.leaf(a, c, branch, id, proofs[id])
	}
}

func orUnnamed(name string) string {
	if name == "" {
		return "(not named)"
	}
	return name
}

// isolated shows names of any direction beside each other.
func isolated(names []string, sep string) string { return joinShown(names, sep) }

// leaf is one statement under its origin.
func (p *plainWriter) leaf(a *Account, c *isnad.Claim, branch, id string, proofs []isnad.Proof) {
	st := a.statements[id]
	if st == nil {
		return
	}
	side := *st
	for _, m := range c.Members {
		if m.Statement.ID == id {
			side.Polarity = m.Polarity
		}
	}
	fmt.Fprintf(&p.buf, "  %s %s %s %s\n", branch, p.paint(dim, a.when(st)), p.act(&side.Attribution), joinShown(a.chain(st), " ← "))
	p.lines(st.Words, margin, "")
	for _, f := range proofs {
		fmt.Fprintf(&p.buf, "%*s%s\n", margin, "", p.paint(dim, a.proof(&f)))
	}
}

// proofWords say what the rules of proofs mean.
var proofWords = map[string]string{
	"copy": "a copy of", "cites": "cites", "body": "speaks for", "same-source": "one of the sources of",
	"unnamed": "may be anyone", "denied": "known from its denial alone", "insider": "from within, against what it says:",
	"first-hand": "not named, told to this outlet itself",
}

// proof tells why a statement was taken together with others.
func (a *Account) proof(f *isnad.Proof) string {
	out := "= " + proofWords[f.Rule]
	switch with := f.With; {
	case with == "":
	case a.sources[with] != nil:
		src := a.sources[with]
		out += " " + joinShown([]string{src.Publisher, src.Title}, ", ")
	default:
		out += " " + joinShown([]string{a.Party(with, nil)}, "")
	}
	if f.Rule == "copy" && f.Detail != "" {
		out += ": " + visible(f.Detail)
	}
	return out
}
