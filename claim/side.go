package claim

import (
	"cmp"
	"slices"
	"strings"

	"github.com/isnad/isnad"
)

// side is the side that a statement takes towards the proposition of its
// claim: of its cue, turned by a negation in the content and by an act that is
// the opposite of the representative's.
func (b *Book) side(s *isnad.Statement, f, rep *frame) isnad.Polarity {
	p := s.Polarity
	switch {
	case f.evades, s.Negated, s.Stance == isnad.Ask, s.Stance == isnad.Doubt:
		return isnad.Neutral
	case p == isnad.Neutral:
		p = isnad.Affirms // a demand, a fear, a promise takes the side of what it names
	}
	turned := f.negative
	if f != rep && b.opposed(f, rep) && !rep.negative {
		turned = !turned
	}
	if f.counts() {
		turned = false
	}
	if turned {
		return isnad.Denies - p
	}
	return p
}

// counts reports a content that gives a number of something.
func (f *frame) counts() bool { return f.quantity[0] != 0 }

// why tells what a member shares with the representative.
func (g *Groups) why(x, r *node) string {
	if x == r {
		return "representative"
	}
	p, _ := g.book.compare(&x.frame, &r.frame)
	type part struct {
		k int
		v float32
	}
	var parts []part
	for k, v := range p {
		if w := v * g.book.weights[k]; k != always && w > 0.1 {
			parts = append(parts, part{k, w})
		}
	}
	slices.SortFunc(parts, func(a, b part) int { return int(1000*b.v) - int(1000*a.v) })
	var names []string
	for _, p := range parts[:min(len(parts), 4)] {
		names = append(names, featureNames[p.k])
	}
	return strings.Join(names, ", ")
}

// proposition is the content that tells a claim best: of the representative,
// unless that says little by itself or denies, and then of what most say.
func (g *Groups) proposition(r *node, voices []voice) string {
	best := r
	for _, v := range voices {
		x := g.nodes.at(v.node)
		if best.frame.weak && !x.frame.weak || best != r && !x.frame.weak && x.fitter(best) {
			best = x
		}
	}
	for _, v := range voices {
		if v.statement == best.members[0] {
			return v.statement.Words
		}
	}
	of := slices.IndexFunc(voices, func(v voice) bool { return g.nodes.at(v.node) == best })
	return voices[of].statement.Words // a ruling has parted statements in the same words
}

// fitter reports whether more statements, or else more neighbours, have the
// words of x than those of y.
func (x *node) fitter(y *node) bool {
	return cmp.Or(cmp.Compare(len(x.members), len(y.members)), cmp.Compare(x.degree, y.degree), cmp.Compare(y.hash, x.hash)) > 0
}
