package claim

import (
	"cmp"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fold"
)

// denials is the dispute between those who affirm and those who deny. Of one
// who changed sides the first side counts, until the change: what follows is
// for reversals.
func (j *judge) denials(stands []stand) []isnad.Dispute {
	first := map[string]isnad.Polarity{}
	var in []stand
	var sides [2]map[string]bool
	for i := range sides {
		sides[i] = map[string]bool{}
	}
	for _, s := range stands {
		if !s.side() || s.body == "" {
			continue
		}
		side, known := first[s.body]
		if !known {
			side, first[s.body] = s.Polarity, s.Polarity
		}
		if side == s.Polarity {
			in = append(in, s)
			sides[side][s.body] = true
		}
	}
	if len(sides[isnad.Affirms]) == 0 || len(sides[isnad.Denies]) == 0 {
		return nil
	}
	a, d := j.facing(in)
	return []isnad.Dispute{dispute(isnad.Denial, in, a, d, polarityClash(a, d))}
}

// reversals are the disputes of bodies with themselves, over time.
func (j *judge) reversals(stands []stand) []isnad.Dispute {
	var order []string
	by := map[string][]stand{}
	for _, s := range stands {
		if s.side() && s.body != "" {
			if by[s.body] == nil {
				order = append(order, s.body)
			}
			by[s.body] = append(by[s.body], s)
		}
	}
	var out []isnad.Dispute
	for _, body := range order {
		own := by[body]
		turn := slices.IndexFunc(own, func(s stand) bool { return s.Polarity != own[0].Polarity })
		if turn < 0 || !later(own[0], own[turn]) {
			continue
		}
		a, d := j.facing(own)
		if a.at.After(d.at) {
			a, d = d, a
		}
		clash := polarityClash(a, d)
		if c, ok := j.scope(a, d); ok {
			clash = append(clash, c)
		}
		out = append(out, dispute(isnad.Reversal, own, a, d, clash))
	}
	return out
}

// later reports that b was said after a: on another day or in another document.
// In one document and at one time a party does not change sides, it says two
// things.
func later(a, b stand) bool {
	return a.at.Before(b.at) && (a.Statement.Doc != b.Statement.Doc || !a.Statement.Said.Start.Equal(b.Statement.Said.Start))
}

// maxFacing bounds the statements of a side that are looked at for the pair
// that shows a dispute best.
const maxFacing = 24

// facing picks the two passages that show a dispute best: the pair of both
// sides that shares the most words, the earliest among equals.
func (j *judge) facing(in []stand) (affirms, denies stand) {
	var sides [2][]stand
	for _, s := range in {
		if list := &sides[s.Polarity]; len(*list) < maxFacing {
			*list = append(*list, s)
		}
	}
	best := -1.0
	for _, d := range sides[isnad.Denies] {
		stems := j.stems(d.Statement.Words)
		for _, a := range sides[isnad.Affirms] {
			shared, other := 0, j.stems(a.Statement.Words)
			for w := range other {
				if stems[w] {
					shared++
				}
			}
			score := float64(shared) / float64(8+len(stems)+len(other))
			if !j.unnamed(a.Statement) {
				score += .001
			}
			if score > best {
				best, affirms, denies = score, a, d
			}
		}
	}
	return affirms, denies
}

// dispute gathers what a dispute is made of.
func dispute(kind isnad.DisputeType, in []stand, a, b stand, clash []isnad.Clash) isnad.Dispute {
	d := isnad.Dispute{Type: kind, Passages: [2]string{a.Statement.ID, b.Statement.ID}, Clash: clash}
	for _, s := range in {
		d.Statements = append(d.Statements, s.Statement.ID)
		p := s.Statement.Teller()
		if p == "" && s.Statement.Why.Rule == ruleReject {
			p = s.body
		}
		if p != "" && !slices.Contains(d.Parties, p) && len(d.Parties) < maxParties {
			d.Parties = append(d.Parties, p)
		}
	}
	return d
}

// maxParties bounds the parties that a dispute names.
const maxParties = 256

func polarityClash(a, b stand) []isnad.Clash {
	return []isnad.Clash{{Slot: "polarity", A: a.Polarity.String() + ": " + a.Statement.Stance.String(), B: b.Polarity.String() + ": " + b.Statement.Stance.String()}}
}

// scope finds words that narrow one of two passages and not the other: who
// denied any part and then admits one of a kind has changed the scope, and not
// only the side.
func (j *judge) scope(a, b stand) (isnad.Clash, bool) {
	x, y := j.narrowing(a.Statement.Words), j.narrowing(b.Statement.Words)
	return isnad.Clash{Slot: "scope", A: x, B: y}, (x == "") != (y == "")
}

// narrowing is the first word of a passage that limits what it says, or "".
func (j *judge) narrowing(passage string) string {
	for _, w := range fold.Words(passage) {
		if j.scopes[bare(w.Form)] {
			return w.Span.Of(passage)
		}
	}
	return ""
}

// figureClashes are the disputes about how many: figures of one thing that no
// value fits together.
func (j *judge) figureClashes(stands []stand) []isnad.Dispute {
	all, kinds := j.countsOf(stands)
	var found []isnad.Dispute
	for _, kind := range kinds {
		group := alike(all, &kind)
		low, high := 0, 0 // the figure that ends lowest, the one that begins highest
		for i := range group {
			if group[i].figure.hi < group[low].figure.hi {
				low = i
			}
			if group[i].figure.lo > group[high].figure.lo {
				high = i
			}
		}
		if len(group) < 2 || !group[low].figure.clashes(&group[high].figure) || group[low].Statement == group[high].Statement {
			continue
		}
		var in []stand
		var amounts []isnad.Amount
		for _, g := range group {
			amounts = append(amounts, isnad.Amount{Statement: g.Statement.ID, Low: g.figure.lo, High: g.figure.hi, Words: g.figure.span.Of(g.Statement.Words)})
			if len(in) == 0 || in[len(in)-1].Statement != g.Statement {
				in = append(in, g.stand)
			}
		}
		a, b := group[low], group[high]
		clash := isnad.Clash{Slot: "number", A: a.figure.span.Of(a.Statement.Words), B: b.figure.span.Of(b.Statement.Words)}
		d := dispute(isnad.Figures, in, a.stand, b.stand, []isnad.Clash{clash})
		d.Amounts = amounts
		found = append(found, d)
	}
	return distinct(found)
}

// counted is a figure of a member.
type counted struct {
	stand
	figure figure
}

// countsOf gives the figures of all members in order, and one of each kind of
// thing that they count.
func (j *judge) countsOf(stands []stand) (all []counted, kinds []figure) {
	seen := map[string]bool{}
	for _, s := range stands {
		for _, f := range j.counter.figures(s.Statement.Words) {
			all = append(all, counted{s, f})
			for _, k := range f.kinds {
				if !seen[k] && len(kinds) < maxKinds {
					seen[k] = true
					kinds = append(kinds, figure{kinds: []string{k}, people: f.people})
				}
			}
		}
	}
	if len(kinds) == 0 && len(all) > 1 {
		kinds = []figure{{}}
	}
	return all, kinds
}

// maxKinds bounds the things that are told apart in the figures of one claim.
const maxKinds = 64

// alike are the figures that may count the same as kind.
func alike(all []counted, kind *figure) []counted {
	var out []counted
	for _, f := range all {
		if f.figure.counts(kind) {
			out = append(out, f)
		}
	}
	return out
}

// distinct drops disputes that share half of their statements with a larger
// one.
func distinct(found []isnad.Dispute) []isnad.Dispute {
	slices.SortStableFunc(found, func(a, b isnad.Dispute) int { return cmp.Compare(len(b.Statements), len(a.Statements)) })
	var out []isnad.Dispute
	for _, d := range found {
		if !slices.ContainsFunc(out, func(o isnad.Dispute) bool { return 2*sharedIn(d.Statements, o.Statements) >= len(d.Statements) }) {
			out = append(out, d)
		}
	}
	return out
}

func sharedIn(a, b []string) int {
	in := make(map[string]bool, len(b))
	for _, s := range b {
		in[s] = true
	}
	n := 0
	for _, s := range a {
		if in[s] {
			n++
		}
	}
	return n
}
