package archive

import (
	"math"
	"reflect"
	"slices"
)

// Part is a stretch of the newest-first order in which every date of a search
// is either true or false, so that rows alone decide.
type Part struct {
	First, End int64 // places, half-open
	Expr       *Expr // without [During]; nil matches every row
}

// Parts cuts a search at its dates, the newest part first. Parts in which
// nothing can match are left out. Dates are false of undated documents, which
// stand in the order by when they were captured.
func (s *Search) Parts() []Part {
	first, end := s.Range()
	e := s.Matcher()
	if e == nil {
		return []Part{{first, end, nil}}
	}
	cuts := slices.DeleteFunc(e.cuts([]int64{first, end}), func(at int64) bool { return at < first || at > end })
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var parts []Part
	for i := len(cuts) - 1; i > 0; i-- {
		switch in := e.within(cuts[i-1]); {
		case in.is(false):
		case in.is(true):
			parts = append(parts, Part{cuts[i-1], cuts[i], nil})
		default:
			parts = append(parts, Part{cuts[i-1], cuts[i], &in})
		}
	}
	return parts
}

// cuts appends the places at which a date of the expression begins or ends to be true.
func (e *Expr) cuts(dst []int64) []int64 {
	if e.Op == During {
		first, end := ticks(e.From, e.To)
		return append(dst, first<<slotBits, end<<slotBits)
	}
	for i := range e.Kids {
		dst = e.Kids[i].cuts(dst)
	}
	return dst
}

// nowhere is a place that no date holds, for undated documents.
const nowhere = math.MinInt64

// within is what the expression asks of rows at the place.
func (e *Expr) within(place int64) Expr {
	dated, undated := e.at(place), e.at(nowhere)
	if reflect.DeepEqual(dated, undated) {
		return dated
	}
	tag := Expr{Op: Match, In: Tag, Words: []string{TagUndated}}
	both := Expr{Op: Any, Kids: []Expr{
		{Op: All, Kids: []Expr{dated, {Op: Not, Kids: []Expr{tag}}}},
		{Op: All, Kids: []Expr{undated, tag}},
	}}
	return both.at(nowhere) // to fold what is true or false by itself
}

// at is the expression with its dates decided for a place. What is then true or
// false by itself is folded away, or is all there is.
func (e *Expr) at(place int64) Expr {
	switch e.Op {
	case During:
		first, end := ticks(e.From, e.To)
		return truth(place >= first<<slotBits && place < end<<slotBits)
	case Not:
		kid := e.Kids[0].at(place)
		if kid.is(true) || kid.is(false) {
			return truth(kid.is(false))
		}
		return Expr{Op: Not, Kids: []Expr{kid}}
	case All, Any:
		return e.fold(place)
	}
	return *e
}

// fold decides the dates in the kids of All or Any.
func (e *Expr) fold(place int64) Expr {
	out := Expr{Op: e.Op}
	for i := range e.Kids {
		kid := e.Kids[i].at(place)
		if kid.is(e.Op == Any) {
			return kid // one that is true decides Any, one that is false All
		}
		if !kid.is(e.Op == All) {
			out.Kids = append(out.Kids, kid)
		}
	}
	if len(out.Kids) == 1 {
		return out.Kids[0]
	}
	return out
}

// truth is the expression of no kids that every row matches, or none.
func truth(v bool) Expr {
	if v {
		return Expr{Op: All}
	}
	return Expr{Op: Any}
}

// is reports whether the expression is that of [truth].
func (e *Expr) is(v bool) bool { return len(e.Kids) == 0 && e.Op == truth(v).Op }
