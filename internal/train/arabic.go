package train

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// Settings of the logistic model: full gradient steps, step size, and the
// strength of the pull towards zero that keeps rare features small.
const (
	steps    = 3000
	stepSize = 0.5
	ridge    = 0.015
)

// wrong is how much more a wrong candidate counts than a right one: words put
// into somebody's mouth do more harm than words that are missed.
const wrong = 1.1

// example is a candidate with the answer of the annotation.
type example struct {
	features []int
	right    float64
	weight   float64
}

// doubtful is how much a candidate counts that hits what the annotator was
// unsure of: it is taken for wrong, at this weight.
const doubtful = 0.5

// Arabic learns the decision weights of the Arabic reader and gives them in
// the form of lang.WeightsFile. provenance is one line that says where docs
// are from.
func Arabic(pack *lang.Pack, docs []gold.Doc, provenance string) ([]byte, error) {
	names := map[string]int{}
	var list []string
	var examples []example
	for i := range docs {
		t, err := text.New(docs[i].Text)
		if err != nil {
			return nil, fmt.Errorf("document %s: %w", docs[i].ID, err)
		}
		for _, c := range reader.Candidates(pack, t) {
			var e example
			e.right, e.weight = judge(t, &c, docs[i].Attributions)
			if e.right == 0 {
				e.weight *= wrong
			}
			for _, f := range c.Features {
				if _, ok := names[f]; !ok {
					names[f] = len(list)
					list = append(list, f)
				}
				e.features = append(e.features, names[f])
			}
			examples = append(examples, e)
		}
	}
	return table(list, logistic(examples, len(list)), provenance), nil
}

// judge says whether a candidate is what the annotation has: the same content
// by half of its words, and the same source. weight is how much that counts.
func judge(t *text.Text, c *reader.Candidate, truths []gold.Attribution) (right, weight float64) {
	weight = 1
	for i := range truths {
		a := &truths[i]
		share := common(t, c.Content, spans(a.Content))
		if a.Uncertain && (share >= .5 || common(t, c.Cue, spans(a.Cue)) > 0) {
			weight = doubtful
		}
		if !a.Uncertain && share >= .5 && sourceRight(t, c, a) {
			return 1, 1
		}
	}
	return 0, weight
}

func sourceRight(t *text.Text, c *reader.Candidate, a *gold.Attribution) bool {
	if len(a.Source) == 0 && len(c.Source) == 0 || len(a.Source) > 0 && common(t, c.Source, spans(a.Source)) >= .5 {
		return true
	}
	return len(a.SourceAlt) > 0 && common(t, c.Source, spans(a.SourceAlt)) >= .5
}

// common is the share of words that two sets of spans have in common.
func common(t *text.Text, a, b []text.Span) float64 {
	both, either := 0, 0
	for _, tok := range t.Tokens {
		if tok.Kind > text.Number {
			continue
		}
		s := text.Span{Start: int(tok.Start), End: int(tok.End)}
		inA, inB := touches(a, s), touches(b, s)
		if inA && inB {
			both++
		}
		if inA || inB {
			either++
		}
	}
	if either == 0 {
		return 0
	}
	return float64(both) / float64(either)
}

func touches(spans []text.Span, s text.Span) bool {
	return slices.ContainsFunc(spans, s.Overlaps)
}

func logistic(examples []example, n int) []float64 {
	w, grad := make([]float64, n), make([]float64, n)
	for range steps {
		clear(grad)
		for _, e := range examples {
			sum := 0.0
			for _, f := range e.features {
				sum += w[f]
			}
			miss := e.weight * (e.right - 1/(1+math.Exp(-sum)))
			for _, f := range e.features {
				grad[f] += miss
			}
		}
		for f := range w {
			w[f] += stepSize * (grad[f]/float64(len(examples)) - ridge/10*w[f])
		}
	}
	return w
}

func table(names []string, w []float64, provenance string) []byte {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(names[a], names[b]) })
	out := fmt.Appendf(nil, "# %s\n# Made by isnad train. feature, then its weight in the decision whether a find stands.\nfeature\tweight\n", provenance)
	for _, i := range order {
		out = fmt.Appendf(out, "%s\t%.3f\n", names[i], w[i])
	}
	return out
}
