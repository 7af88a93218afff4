package train

import (
	"fmt"
	"maps"
	"math"
	"slices"

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
	ridge    = 0.0015
	endRidge = 0.003
)

// expected is what is thought of an end before anything is learned, and what the
// weights are pulled towards instead of zero: that a clause goes on, unless
// grammar says that the outer voice is back.
var expected = map[string]float64{"end, bias": -2, "end, back": 4}

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

// Arabic learns the weights of the Arabic reader and gives them in the form of
// lang.WeightsFile: first where reported clauses end, then, of what the reader
// finds with that, what is right. provenance is one line that says where docs
// are from.
func Arabic(pack *lang.Pack, docs []gold.Doc, provenance string) ([]byte, error) {
	texts := make([]*text.Text, len(docs))
	for i := range docs {
		var err error
		if texts[i], err = text.New(docs[i].Text); err != nil {
			return nil, fmt.Errorf("document %s: %w", docs[i].ID, err)
		}
	}
	var ends question
	for i, t := range texts {
		ends.endings(t, reader.Places(pack, t), docs[i].Attributions)
	}
	weights := ends.learn(endRidge, expected)
	pack = pack.Reweighed(weights)
	var finds question
	for i, t := range texts {
		for _, c := range reader.Candidates(pack, t) {
			right, weight := judge(t, &c, docs[i].Attributions)
			if right == 0 {
				weight *= wrong
			}
			finds.add(c.Features, right, weight)
		}
	}
	maps.Copy(weights, finds.learn(ridge, nil))
	return table(weights, provenance), nil
}

// question is one decision with what it is learned from.
type question struct {
	names    map[string]int
	examples []example
}

func (q *question) add(features []string, right, weight float64) {
	if q.names == nil {
		q.names = map[string]int{}
	}
	e := example{right: right, weight: weight}
	for _, f := range features {
		n, ok := q.names[f]
		if !ok {
			n = len(q.names)
			q.names[f] = n
		}
		e.features = append(e.features, n)
	}
	q.examples = append(q.examples, e)
}

func (q *question) learn(ridge float64, prior map[string]float64) map[string]float64 {
	pull := make([]float64, len(q.names))
	for name, n := range q.names {
		pull[n] = prior[name]
	}
	w := logistic(q.examples, pull, ridge)
	out := make(map[string]float64, len(w))
	for name, n := range q.names {
		out[name] = w[n]
	}
	return out
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

// logistic fits weights to the examples, pulled towards prior by ridge.
func logistic(examples []example, prior []float64, ridge float64) []float64 {
	w, grad := slices.Clone(prior), make([]float64, len(prior))
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
			w[f] += stepSize * (grad[f]/float64(len(examples)) - ridge*(w[f]-prior[f]))
		}
	}
	return w
}

func table(weights map[string]float64, provenance string) []byte {
	out := fmt.Appendf(nil, "# %s\n# Made by isnad train. feature, then its weight: in the decision where a reported clause ends (end, …), else whether a find stands.\nfeature\tweight\n", provenance)
	for _, name := range slices.Sorted(maps.Keys(weights)) {
		out = fmt.Appendf(out, "%s\t%.3f\n", name, weights[name])
	}
	return out
}
