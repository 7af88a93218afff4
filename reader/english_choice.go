package reader

import "math"

// option is one of the things that a step may choose: a range of tokens, or a
// place where a and b are the same.
type option struct {
	a, b  int
	score float64
}

// edge is a place where a phrase may begin or end, with what speaks for it.
type edge struct {
	at    int
	score float64
	feats []uint32 // only while learning
}

// offer adds an option with the features gathered, and with those of edges.
func (e *englishText) offer(a, b int, edges ...*edge) {
	o := option{a: a, b: b}
	if e.lesson != nil {
		all := append([]uint32(nil), e.feats...)
		for _, x := range edges {
			all = append(all, x.feats...)
		}
		e.lesson.Options = append(e.lesson.Options, all)
	} else {
		o.score = e.model.Score(e.feats)
		for _, x := range edges {
			o.score += x.score
		}
	}
	e.opts = append(e.opts, o)
}

// edge makes an edge at token i of the features gathered.
func (e *englishText) edge(i int) edge {
	if e.lesson != nil {
		return edge{at: i, feats: append([]uint32(nil), e.feats...)}
	}
	return edge{at: i, score: e.model.Score(e.feats)}
}

// clearOptions forgets the options of the step before.
func (e *englishText) clearOptions() {
	e.opts = e.opts[:0]
	if e.lesson != nil {
		e.lesson.Options = e.lesson.Options[:0]
	}
}

// best is the option with the highest score and the log of its share among
// all; i is -1 where there is none.
func best(opts []option) (i int, log float64) {
	if len(opts) == 0 {
		return -1, 0
	}
	for k := range opts {
		if opts[k].score > opts[i].score {
			i = k
		}
	}
	sum := 0.0
	for _, o := range opts {
		if d := o.score - opts[i].score; d > -12 {
			sum += math.Exp(d)
		}
	}
	return i, -math.Log(sum)
}
