package claim

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fold"
)

// Book holds what grouping knows of the languages. It is read-only.
type Book struct {
	judgement
}

// New reads the tables.
func New() (*Book, error) {
	j, err := newJudgement(new(fold.Folder), nil)
	if err != nil {
		return nil, err
	}
	return &Book{judgement: j}, nil
}

// Record is what claims are made from.
type Record struct {
	Sources []isnad.Source
	Parties map[string]isnad.Identity // by identifier
}

// Group puts the statements of a record into claims. Only innermost statements
// are members, and outer ones that take a side themselves; statements that
// stand alone make a claim of one member. The claims stand in the order of
// their first members.
func (b *Book) Group(r *Record) []isnad.Claim {
	return nil
}
