package claim

import "github.com/isnad/isnad"

// Copies finds the documents that are edited copies of an earlier one. Each
// names the earliest of its group; they stand in the order of the sources.
func (b *Book) Copies(sources []isnad.Source) []isnad.Copy { return nil }
