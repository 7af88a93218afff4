package claim

import "github.com/isnad/isnad"

// Disputes finds the contradictions among the members of a claim.
func (b *Book) Disputes(r *Record, c *isnad.Claim) []isnad.Dispute { return nil }
