package desk

import (
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/text"
)

// revisions are the decisions about statements of one document that stand, the
// last about each. They are followed where a document is read: what comes after
// (who its speakers are, what it says in its own voice, where it is found) is
// made of what people decided.
type revisions []isnad.Decision

// revises reports whether a decision can change what a document says.
func revises(verb string) bool { return verb == isnad.Reject || verb == isnad.Correct }

// about reports whether a decision is about a statement.
func about(verb string) bool { return verb == isnad.Confirm || revises(verb) }

// revisionsOf are those of the capture of a body, whose SHA-256 is given, as
// they stand after entry no of the log.
func revisionsOf(list []Decided, hash string, no int64) revisions {
	var r revisions
	for _, d := range standing(list, no) {
		if !about(d.Verb) || len(d.On) == 0 || d.On[0].Capture != hash {
			continue
		}
		r = slices.DeleteFunc(r, func(o isnad.Decision) bool { return o.On[0].ID == d.On[0].ID })
		r = append(r, d.Decision)
	}
	return r
}

// standing are the decisions up to an entry of the log that none up to there
// takes back.
func standing(list []Decided, no int64) []Decided {
	n := 0
	for n < len(list) && list[n].No <= no {
		n++
	}
	out, place := slices.Clone(list[:n]), make(map[int64]int, n)
	for i := range out {
		out[i].Undone = false
		place[out[i].No] = i
		takeBack(out, place, i, true)
	}
	return slices.DeleteFunc(out, func(d Decided) bool { return d.Undone || d.Verb == isnad.Undo })
}

// apply revises the attributions of a part of a document, and returns the
// identifier that decisions name each by.
func (r revisions) apply(doc string, part *export.Part) []string {
	ids := make([]string, len(part.Attributions))
	if len(r) == 0 {
		return ids
	}
	v := &revision{part: part, list: part.Attributions, ids: ids, within: map[int]int{}, gone: make([]bool, len(ids))}
	for i := range v.list {
		ids[i] = v.id(doc, i)
	}
	known := slices.Clone(ids)
	for i := range r {
		if at := object(&r[i].On[0], known, v.words); at >= 0 {
			ids[at] = r[i].On[0].ID
		}
	}
	changed := false
	for i := range r {
		if at := slices.Index(ids, r[i].On[0].ID); at >= 0 && revises(r[i].Verb) {
			v.revise(at, &r[i])
			changed = true
		}
	}
	if changed {
		v.nest()
		v.drop()
	}
	return v.ids
}

// object is the place of the statement that an anchor names among others: by
// its identifier or, where the document was read anew since, by its words; -1
// for none.
func object(a *isnad.Anchor, ids []string, words func(int) string) int {
	if at := slices.Index(ids, a.ID); at >= 0 || a.Quote == "" {
		return at
	}
	for i := range ids {
		if words(i) == a.Quote {
			return i
		}
	}
	return -1
}

// revision is a part of a document being revised.
type revision struct {
	part   *export.Part
	list   []isnad.Attribution
	ids    []string
	within map[int]int // by attribution: the one that a person says it lies in, or -1
	gone   []bool
}

// id is the identifier of attribution i as it was read.
func (v *revision) id(doc string, i int) string {
	own := *v.list[i].Own()
	own.Cue, own.Source = v.shifted(own.Cue, v.part.At), v.shifted(own.Source, v.part.At)
	return archive.StatementID(doc, &isnad.Attribution{Chain: []isnad.Link{own}, Content: v.shifted(v.list[i].Content, v.part.At)})
}

func (v *revision) shifted(spans []text.Span, by int) []text.Span {
	out := slices.Clone(spans)
	for i := range out {
		out[i].Start += by
		out[i].End += by
	}
	return out
}

func (v *revision) words(i int) string {
	return quote(v.part.Text, &archive.Statement{Attribution: v.list[i]})
}

// byPerson is the rule that a corrected attribution is explained by.
const byPerson = isnad.Correct

// revise does to attribution i what was decided about it. Spans that do not lie
// in the part are left as they were read.
func (v *revision) revise(i int, d *isnad.Decision) {
	if d.Verb == isnad.Reject || d.Change == nil {
		v.gone[i] = d.Verb == isnad.Reject
		return
	}
	a, c := &v.list[i], d.Change
	a.Confidence, a.Why = 1, isnad.Why{Rule: byPerson}
	if spans := v.shifted(c.Content, -v.part.At); len(spans) > 0 && archive.Fit(v.part.Text, spans) {
		a.Content = spans
	}
	if spans := v.shifted(c.Source, -v.part.At); len(spans) > 0 && archive.Fit(v.part.Text, spans) {
		a.Chain = slices.Clone(a.Chain)
		if own := a.Own(); !slices.Equal(own.Source, spans) {
			own.Source = spans
			if own.Kind == isnad.Implicit {
				own.Kind = isnad.Named
			}
		}
	}
	if c.Stance != a.Stance {
		a.Stance, a.Polarity = c.Stance, polarityOf(c.Stance, a.Negated)
	}
	switch n := slices.Index(v.ids, c.Within); {
	case c.Within == isnad.Outermost:
		v.within[i] = -1
	case n >= 0 && c.Within != "":
		v.within[i] = n
	}
}

// polarityOf is the side that a speech act takes, as most rows of the tables of
// cues have it.
func polarityOf(s isnad.Stance, negated bool) isnad.Polarity {
	switch {
	case negated, s == isnad.Demand, s == isnad.Doubt, s == isnad.Ask:
		return isnad.Neutral
	case s == isnad.Deny:
		return isnad.Denies
	}
	return isnad.Affirms
}

// nest finds the attribution that each lies in: the nearest that is left and
// holds its content. The tellers of a chain are those of the ones it lies in.
func (v *revision) nest() {
	own := make([]isnad.Link, len(v.list))
	for i := range v.list {
		own[i] = *v.list[i].Own()
	}
	for i := range v.list {
		if p, ok := v.within[i]; ok && !v.under(p, i) {
			v.list[i].Parent = p
		}
	}
	parents := make([]int, len(v.list))
	for i := range v.list {
		p := v.list[i].Parent
		for steps := 0; p >= 0 && (v.gone[p] || !holds(v.list[p].Content, v.list[i].Content)); steps++ {
			if p = v.list[p].Parent; steps > len(v.list) {
				p = -1
			}
		}
		parents[i] = p
	}
	for i := range v.list {
		v.list[i].Parent = parents[i]
		chain := []isnad.Link{own[i]}
		for p := parents[i]; p >= 0 && len(chain) <= len(v.list); p = parents[p] {
			chain = append(chain, own[p])
		}
		slices.Reverse(chain)
		v.list[i].Chain = chain
	}
}

// under reports whether attribution p is i or lies in it.
func (v *revision) under(p, i int) bool {
	for range v.list {
		if p < 0 || p == i {
			break
		}
		p = v.list[p].Parent
	}
	return p == i
}

// holds reports whether the spans of a content lie in those of another.
func holds(outer, inner []text.Span) bool {
	return !slices.ContainsFunc(inner, func(s text.Span) bool {
		return s.Start < outer[0].Start || s.End > outer[len(outer)-1].End
	})
}

// drop takes rejected attributions out.
func (v *revision) drop() {
	place, n := make([]int, len(v.list)), 0
	for i := range v.list {
		if place[i] = n; !v.gone[i] {
			v.list[n], v.ids[n] = v.list[i], v.ids[i]
			n++
		}
	}
	v.list, v.ids = v.list[:n], v.ids[:n]
	for i := range v.list {
		if p := v.list[i].Parent; p >= 0 {
			v.list[i].Parent = place[p]
		}
	}
	v.part.Attributions = v.list
}
