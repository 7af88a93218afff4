// Package train learns the weights of the readers from annotated texts.
//
// # Invariant
//
// The same texts in the same order give the same weights, byte for byte.
package train

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/internal/linear"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// Passes over the decisions, and the settings of the learner.
const (
	passes = 8
	rate   = 0.1
	decay  = 1e-4
	slack  = 1
	folds  = 4
	// exampleWeight is how often the example of a row is learned in a pass.
	exampleWeight = 4
)

// lesson is one decision, kept in one slice: the end of each option's
// features, then right.
type lesson struct {
	feats []uint32
	ends  []int32
	right int32
}

// English learns the weights of the English reader and gives them in the form
// of the pack's weights.bin. provenance is one line that says where docs are
// from.
//
// What a later step asks of an earlier one is told by weights that have not
// seen the text: the texts are dealt into folds, and each is read with what was
// learned from the others.
func English(pack *lang.Pack, docs []gold.Doc, provenance string) ([]byte, error) {
	texts, err := readTexts(docs)
	if err != nil {
		return nil, err
	}
	proofs, err := readExamples(pack)
	if err != nil {
		return nil, err
	}
	texts = append(texts, proofs...)
	c := course{pack: pack, texts: texts, cues: make([][]lesson, folds), rest: make([][]lesson, folds)}
	c.each(func(f int, x annotated) {
		reader.Decisions(pack, nil, x.text, x.truths, func(d *reader.Decision) { c.cues[f] = append(c.cues[f], keep(d)) })
	})
	models, err := c.models(c.cues)
	if err != nil {
		return nil, err
	}
	c.each(func(f int, x annotated) {
		reader.Decisions(pack, models[f], x.text, x.truths, func(d *reader.Decision) { c.rest[f] = append(c.rest[f], keep(d)) })
	})
	if models, err = c.models(c.cues, c.rest); err != nil {
		return nil, err
	}
	var tried []lesson
	c.each(func(f int, x annotated) {
		reader.Trials(pack, models[f], x.text, x.truths, func(d *reader.Decision) { tried = append(tried, keep(d)) })
	})
	all := slices.Concat(slices.Concat(c.cues...), slices.Concat(c.rest...), tried)
	return linear.Encode(learn(all), provenance), nil
}

// course is the texts with what was collected from each fold of them.
type course struct {
	pack       *lang.Pack
	texts      []annotated
	cues, rest [][]lesson
}

// each calls f with every text and the fold it is in.
func (c *course) each(f func(fold int, x annotated)) {
	for _, x := range c.texts {
		f(len(x.text.Raw)%folds, x)
	}
}

// models learns for each fold from the lessons of the other folds.
func (c *course) models(lessons ...[][]lesson) ([]*linear.Model, error) {
	out := make([]*linear.Model, folds)
	for f := range out {
		var rest []lesson
		for _, l := range lessons {
			for g := range folds {
				if g != f {
					rest = append(rest, l[g]...)
				}
			}
		}
		m, err := linear.Open(linear.Encode(learn(rest), "fold"))
		if err != nil {
			return nil, err
		}
		out[f] = m
	}
	return out, nil
}

// annotated is an annotated text.
type annotated struct {
	text   *text.Text
	truths []reader.Truth
}

func readTexts(docs []gold.Doc) ([]annotated, error) {
	out := make([]annotated, len(docs))
	for i := range docs {
		t, err := text.New(docs[i].Text)
		if err != nil {
			return nil, fmt.Errorf("document %s: %w", docs[i].ID, err)
		}
		out[i] = annotated{t, truths(&docs[i])}
	}
	return out, nil
}

// readExamples gives the sentences that prove the rows of a pack, each as often
// as it weighs.
func readExamples(pack *lang.Pack) ([]annotated, error) {
	var out []annotated
	for i := range pack.Cues {
		sentence, truth := reader.Example(i, pack.Cues[i].Example)
		t, err := text.New(sentence)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", pack.Cues[i].ID, err)
		}
		for range exampleWeight {
			out = append(out, annotated{t, []reader.Truth{truth}})
		}
	}
	return out, nil
}

func truths(d *gold.Doc) []reader.Truth {
	var out []reader.Truth
	for _, a := range d.Attributions {
		out = append(out, reader.Truth{Cue: spans(a.Cue), Source: spans(a.Source), Content: spans(a.Content)})
	}
	return out
}

func spans(s gold.Spans) []text.Span {
	out := make([]text.Span, len(s))
	for i, p := range s {
		out[i] = text.Span{Start: p[0], End: p[1]}
	}
	return out
}

func keep(d *reader.Decision) lesson {
	l := lesson{right: int32(d.Right)}
	for _, o := range d.Options {
		l.feats = append(l.feats, o...)
		l.ends = append(l.ends, int32(len(l.feats)))
	}
	return l
}

// least is how many decisions a feature must occur in to be learned.
const least = 8

// counts tells for each feature how many of the decisions know it.
func counts(lessons []lesson) []int32 {
	seen := make([]int32, linear.Size)
	last := make([]int32, linear.Size)
	for i := range lessons {
		for _, f := range lessons[i].feats {
			if last[f] != int32(i+1) {
				last[f] = int32(i + 1)
				seen[f]++
			}
		}
	}
	return seen
}

// learner holds the weights while they are learned: softmax over the options
// of a decision, steps scaled by the gradients seen so far (AdaGrad).
type learner struct {
	w, seen []float32
	known   []int32 // decisions that know a feature
	scores  []float64
}

func learn(lessons []lesson) []float32 {
	l := &learner{w: make([]float32, linear.Size), seen: make([]float32, linear.Size), known: counts(lessons)}
	order := make([]int, len(lessons))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, 2))
	sum := make([]float32, linear.Size)
	for p := range passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			l.step(&lessons[i])
		}
		if p >= passes/2 {
			for i, v := range l.w {
				sum[i] += v / float32(passes-passes/2)
			}
		}
	}
	return sum
}

// step moves the weights towards the right option of one decision.
func (l *learner) step(x *lesson) {
	l.scores = l.scores[:0]
	top := math.Inf(-1)
	from := int32(0)
	for _, end := range x.ends {
		s := 0.0
		for _, f := range x.feats[from:end] {
			s += float64(l.w[f])
		}
		from = end
		l.scores = append(l.scores, s)
		top = max(top, s)
	}
	total := 0.0
	for i, s := range l.scores {
		l.scores[i] = math.Exp(s - top)
		total += l.scores[i]
	}
	from = 0
	for i, end := range x.ends {
		g := -l.scores[i] / total
		if int32(i) == x.right {
			g++
		}
		if math.Abs(g) > 1e-4 {
			l.move(x.feats[from:end], float32(g))
		}
		from = end
	}
}

func (l *learner) move(feats []uint32, g float32) {
	for _, f := range feats {
		if l.known[f] < least {
			continue
		}
		d := g - decay*l.w[f]
		l.seen[f] += d * d
		l.w[f] += rate * d / (slack + float32(math.Sqrt(float64(l.seen[f]))))
	}
}
