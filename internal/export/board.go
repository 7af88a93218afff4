package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/isnad/isnad"
)

// Claims writes a line or two for each claim: what it says, on how many
// independent origins, and how it is disputed.
func Claims(w io.Writer, style Style, a *Account, claims []*isnad.Claim) error {
	p := newPlain(w, style)
	for i, c := range claims {
		if i > 0 {
			p.buf.WriteByte('\n')
		}
		p.claimHead(c)
		fmt.Fprintf(&p.buf, "%s\n", p.paint(dim, a.sum(c)))
	}
	return p.flush()
}

// sum counts the members of a claim by side, and names its disputes and days.
func (a *Account) sum(c *isnad.Claim) string {
	var n [3]int
	for i := range c.Members {
		n[c.Members[i].Polarity]++
	}
	first, last := a.span(c)
	out := fmt.Sprintf("statements: %d affirm, %d deny, %d neutral · %s", n[isnad.Affirms], n[isnad.Denies], n[isnad.Neutral], days(first, last))
	if types := disputeTypes(c); len(types) > 0 {
		out += " · disputed: " + strings.Join(types, ", ")
	}
	return out
}

// span is when a claim was first and last spoken of.
func (a *Account) span(c *isnad.Claim) (first, last time.Time) {
	for i := range c.Members {
		at := a.at(c.Members[i].Statement)
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
	}
	return first, last
}

func days(first, last time.Time) string {
	x, y := first.Format(time.DateOnly), last.Format(time.DateOnly)
	if x == y {
		return x
	}
	return x + " to " + y
}

// disputeTypes are the types of the disputes of a claim, once each.
func disputeTypes(c *isnad.Claim) []string {
	var out []string
	for _, d := range c.Disputes {
		if t := d.Type.String(); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// boardSides are the columns of the board, in its order.
var boardSides = []struct {
	side isnad.Polarity
	head string
}{{isnad.Affirms, "affirm"}, {isnad.Denies, "deny"}, {isnad.Neutral, "take no side"}}

// Board writes for a terminal who affirms a claim, who denies it and who takes
// no side, by party and time, then its disputes with their passages.
func Board(w io.Writer, style Style, a *Account, c *isnad.Claim) error {
	p := newPlain(w, style)
	p.claimHead(c)
	if c.Negative {
		fmt.Fprintf(&p.buf, "%s\n", p.paint(dim, "nobody says it in the positive: who says these words denies"))
	}
	for _, col := range boardSides {
		p.column(a, c, col.side, col.head)
	}
	for i := range c.Disputes {
		p.buf.WriteByte('\n')
		p.dispute(a, c, &c.Disputes[i])
	}
	return p.flush()
}

// column writes the members of one side, those of a party together.
func (p *plainWriter) column(a *Account, c *isnad.Claim, side isnad.Polarity, head string) {
	var order []string
	by := map[string][]*isnad.Statement{}
	for i := range c.Members {
		m := &c.Members[i]
		if m.Polarity != side {
			continue
		}
		who := cmp.Or(a.Party(m.Statement.Teller(), m.Statement), "(not named)")
		if by[who] == nil {
			order = append(order, who)
		}
		by[who] = append(by[who], m.Statement)
	}
	if len(order) == 0 {
		return
	}
	fmt.Fprintf(&p.buf, "\n%s\n", p.paint(bold, head))
	for _, who := range order {
		fmt.Fprintf(&p.buf, "  %s\n", isolate(visible(who)))
		p.sayings(a, by[who])
	}
}

// BoardJSON is a claim with its members by side.
type BoardJSON struct {
	Claim              string        `json:"claim"`
	Proposition        string        `json:"proposition"`
	Negative           bool          `json:"negative,omitempty"`
	Independent        int           `json:"independent"`
	IndependentDenying int           `json:"independent_denying"`
	First              string        `json:"first"`
	Last               string        `json:"last"`
	Members            []MemberJSON  `json:"members"`
	Disputes           []DisputeJSON `json:"disputes"`
}

// MemberJSON is a member of a claim; Why names what it shares with the
// proposition.
type MemberJSON struct {
	SaidJSON
	Why string `json:"why"`
}

// Board is the form of a claim.
func (a *Account) Board(c *isnad.Claim) BoardJSON {
	first, last := a.span(c)
	out := BoardJSON{
		Claim: c.ID, Proposition: c.Proposition, Negative: c.Negative, Independent: c.Independent, IndependentDenying: c.IndependentDenying,
		First: first.Format(time.RFC3339), Last: last.Format(time.RFC3339), Members: []MemberJSON{}, Disputes: []DisputeJSON{},
	}
	for i := range c.Members {
		m := &c.Members[i]
		out.Members = append(out.Members, MemberJSON{a.said(m.Statement, &m.Polarity), m.Why})
	}
	for i := range c.Disputes {
		out.Disputes = append(out.Disputes, a.Dispute(c, &c.Disputes[i]))
	}
	return out
}

// Last is when a claim was last spoken of.
func (a *Account) Last(c *isnad.Claim) time.Time {
	_, last := a.span(c)
	return last
}

// News is a dispute that arose lately, with its claim.
type News struct {
	At      time.Time // of the statement by which it arose
	Claim   *isnad.Claim
	Dispute *isnad.Dispute
}

// News finds the disputes that arose at a time or later, the newest first: a
// dispute arises with the later of the two passages that show it.
func (a *Account) News(claims []isnad.Claim, since time.Time) []News {
	var out []News
	for i := range claims {
		c := &claims[i]
		for k := range c.Disputes {
			d := &c.Disputes[k]
			var at time.Time
			for _, id := range d.Passages {
				if st := a.statements[id]; st != nil && a.at(st).After(at) {
					at = a.at(st)
				}
			}
			if !at.Before(since) {
				out = append(out, News{at, c, d})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y News) int { return y.At.Compare(x.At) })
	return out
}

// NewsList writes for a terminal what arose, the newest first.
func NewsList(w io.Writer, style Style, a *Account, news []News) error {
	p := newPlain(w, style)
	for i, n := range news {
		if i > 0 {
			p.buf.WriteByte('\n')
		}
		fmt.Fprintf(&p.buf, "%s\n", p.paint(dim, n.At.Format(time.DateOnly)+" · claim "+n.Claim.ID))
		p.dispute(a, n.Claim, n.Dispute)
	}
	return p.flush()
}
