package desk

import (
	"context"
	"errors"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/query"
)

// Question is what is asked of the archive.
type Question struct {
	Query     string // as typed; see package query
	Documents bool   // look into what documents say in their own voice
	Rank      bool   // by relevance instead of by time
	Limit     int
	Before    int64 // continues: the Next of an answer
}

// Search answers a question, the newest first. An error of kind invalid input
// says where the query goes wrong.
func (k *Archivist) Search(ctx context.Context, q Question) (archive.Found, error) {
	node, err := query.Parse(q.Query)
	var s archive.Search
	if err == nil {
		s, err = query.Search(node, k.folder)
	}
	if bad, ok := errors.AsType[*query.Error](err); ok {
		return archive.Found{}, &fault.Error{Kind: fault.Invalid, Err: bad, Hint: "isnad search --help shows what can be asked"}
	}
	if err != nil {
		return archive.Found{}, err
	}
	s.Documents, s.Rank, s.Limit, s.Before = q.Documents, q.Rank, q.Limit, q.Before
	return k.archive.Index().Search(ctx, s)
}
