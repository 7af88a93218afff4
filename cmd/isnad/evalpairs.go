package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/internal/fault"
)

// scorePairs measures how well two titles are told to agree, to disagree or to
// be about two matters.
func (c *evalConfig) scorePairs(e *env) error {
	book, err := newClaims()
	if err != nil {
		return err
	}
	f, err := os.Open(c.pairs)
	if err != nil {
		return &fault.Error{Kind: fault.NotFound, Err: err, Hint: "check the name"}
	}
	defer f.Close()
	report, err := eval.ScorePairs(f, func(a, b string) string { return book.Relate(a, b).String() })
	if err != nil {
		return &fault.Error{Kind: fault.Invalid, Err: fmt.Errorf("%s: %w", c.pairs, err)}
	}
	if c.json {
		return json.NewEncoder(e.out).Encode(report)
	}
	fmt.Fprintf(e.out, "%d pairs, macro F1 %.1f\n", report.Pairs, 100*report.MacroF1)
	for _, label := range slices.Sorted(maps.Keys(report.Labels)) {
		s := report.Labels[label]
		fmt.Fprintf(e.out, "%-10s P %5.1f  R %5.1f  F1 %5.1f\n", label, 100*s.P, 100*s.R, 100*s.F1)
	}
	return nil
}
