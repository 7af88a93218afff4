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
func English(pack *lang.Pack, docs []gold.Doc, provenance string) ([]byte, error) {
	texts, err := readTexts(docs)
	if err != nil {
		return nil, err
	}
	tried, err := judgeEnglish(pack, texts)
	if err != nil {
		return nil, err
	}
	return linear.Encode(learn(append(collect(pack, texts), tried...)), provenance), nil
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

func collect(pack *lang.Pack, texts []annotated) []lesson {
	var out []lesson
	for _, x := range texts {
		reader.Decisions(pack, x.text, x.truths, func(d *reader.Decision) { out = append(out, keep(d)) })
	}
	return out
}

// judgeEnglish collects the finds of every fold of the texts, read with weights that
// were learned from the other folds, and whether they are right.
func judgeEnglish(pack *lang.Pack, texts []annotated) ([]lesson, error) {
	var out []lesson
	for f := range folds {
		var rest, fold []annotated
		for i, x := range texts {
			if i%folds == f {
				fold = append(fold, x)
			} else {
				rest = append(rest, x)
			}
		}
		m, err := linear.Open(linear.Encode(learn(collect(pack, rest)), "fold"))
		if err != nil {
			return nil, err
		}
		for _, x := range fold {
			reader.Trials(pack, m, x.text, x.truths, func(d *reader.Decision) { out = append(out, keep(d)) })
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

// least is how many decisions a feature must occur in to be kept.
const least = 5

// prune drops the features that too few decisions know.
func prune(lessons []lesson) {
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
	for i := range lessons {
		l := &lessons[i]
		from, n := int32(0), int32(0)
		for k, end := range l.ends {
			for _, f := range l.feats[from:end] {
				if seen[f] >= least {
					l.feats[n] = f
					n++
				}
			}
			from, l.ends[k] = end, n
		}
		l.feats = l.feats[:n]
	}
}

// learner holds the weights while they are learned: softmax over the options
// of a decision, steps scaled by the gradients seen so far (AdaGrad).
type learner struct {
	w, seen []float32
	scores  []float64
}

func learn(lessons []lesson) []float32 {
	prune(lessons)
	l := &learner{w: make([]float32, linear.Size), seen: make([]float32, linear.Size)}
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
		d := g - decay*l.w[f]
		l.seen[f] += d * d
		l.w[f] += rate * d / (slack + float32(math.Sqrt(float64(l.seen[f]))))
	}
}
