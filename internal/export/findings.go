package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/isnad/isnad"
)

// Findings writes for a terminal the n disputes that most is said about, each
// of another type as far as there are, with the claim they are of. It returns
// that claims' identifiers.
func Findings(w io.Writer, style Style, a *Account, claims []isnad.Claim, n int) ([]string, error) {
	type finding struct {
		c *isnad.Claim
		d *isnad.Dispute
		// nth is how many of its type are said more about.
		nth int
	}
	var all []finding
	for i := range claims {
		for k := range claims[i].Disputes {
			all = append(all, finding{c: &claims[i], d: &claims[i].Disputes[k]})
		}
	}
	slices.SortStableFunc(all, func(x, y finding) int {
		return cmp.Or(cmp.Compare(len(y.d.Statements), len(x.d.Statements)), cmp.Compare(x.c.ID, y.c.ID))
	})
	seen := map[isnad.DisputeType]int{}
	for i := range all {
		all[i].nth = seen[all[i].d.Type]
		seen[all[i].d.Type]++
	}
	slices.SortStableFunc(all, func(x, y finding) int { return cmp.Compare(x.nth, y.nth) })
	p := newPlain(w, style)
	var ids []string
	for _, f := range all[:min(n, len(all))] {
		p.buf.WriteByte('\n')
		p.dispute(a, f.c, f.d)
		p.buf.WriteString(p.paint(dim, fmt.Sprintf("%*sindependent origins of the claim: %d affirm, %d deny\n", margin, "", f.c.Independent, f.c.IndependentDenying)))
		ids = append(ids, f.c.ID)
	}
	return ids, p.flush()
}
