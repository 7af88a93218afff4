package claim

import "github.com/isnad/isnad"

// Origins finds the first sources that the members of a claim lead back to,
// and sets Origins, Independent and IndependentDenying.
func (b *Book) Origins(r *Record, copies []isnad.Copy, c *isnad.Claim) {}
