package eval

import (
	"fmt"
	"slices"
)

// spanTally compares one field's spans: exact counts identical sets of words,
// coveredGold and coveredPred sum the share of each span that the best span of
// the other side covers (the soft measure of Pareti 2013).
type spanTally struct {
	gold, pred, exact        int
	coveredGold, coveredPred float64
}

func (t *tally) addSpans(v view) {
	var counted []item
	for j, p := range v.pred {
		if !v.excused[j] {
			counted = append(counted, p)
		}
	}
	fields := [3]func(item) wordSet{
		func(it item) wordSet { return it.content },
		func(it item) wordSet { return it.source },
		func(it item) wordSet { return it.cue },
	}
	for k, field := range fields {
		all, gold, pred := having(v.gold, field), having(v.scored, field), having(counted, field)
		s := &t.spans[k]
		s.gold += len(gold)
		s.pred += len(pred)
		s.coveredGold += covered(sets(gold, field), sets(pred, field))
		s.coveredPred += covered(sets(pred, field), sets(all, field))
		if k == 1 {
			s.exact += exactSources(gold, pred)
		} else {
			s.exact += exactSets(sets(gold, field), sets(pred, field))
		}
	}
}

func having(items []item, field func(item) wordSet) []item {
	var out []item
	for _, it := range items {
		if len(field(it)) > 0 {
			out = append(out, it)
		}
	}
	return out
}

func sets(items []item, field func(item) wordSet) []wordSet {
	out := make([]wordSet, len(items))
	for i, it := range items {
		out[i] = field(it)
	}
	return out
}

// covered sums, over the sets of a, the largest share of it found in one of b.
func covered(a, b []wordSet) float64 {
	sum := 0.0
	for _, s := range a {
		best := 0
		for _, t := range b {
			best = max(best, s.common(t))
		}
		sum += float64(best) / float64(s.size())
	}
	return sum
}

// exactSets counts the sets that both sides hold, each as often as both do.
func exactSets(gold, pred []wordSet) int {
	times := map[string]int{}
	for _, p := range pred {
		times[fmt.Sprint(p)]++
	}
	n := 0
	for _, g := range gold {
		if key := fmt.Sprint(g); times[key] > 0 {
			times[key]--
			n++
		}
	}
	return n
}

// exactSources counts gold sources that a prediction, used once, gives exactly
// in any of their accepted forms.
func exactSources(gold, pred []item) int {
	used := make([]bool, len(pred))
	n := 0
	for _, g := range gold {
		forms := append([]wordSet{g.source}, g.accepted...)
		for j, p := range pred {
			same := func(f wordSet) bool { return slices.Equal(f, p.source) }
			if !used[j] && slices.ContainsFunc(forms, same) {
				used[j] = true
				n++
				break
			}
		}
	}
	return n
}
