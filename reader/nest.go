package reader

import (
	"sort"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// attributions turns the finds into attributions in the order of their cues,
// each placed inside the one whose content it lies in.
func (d *doc) attributions() []isnad.Attribution {
	d.readEnglish()
	d.order()
	d.decide()
	d.answers()
	parents := d.parents()
	out := make([]isnad.Attribution, len(d.finds))
	d.shown = make([]text.Span, 0, 3*len(d.finds)) // most have one of each
	for _, i := range outerFirst(parents) {
		f := &d.finds[i]
		a := &out[i]
		a.Kind, a.Negated, a.Parent = f.kind, f.negated, parents[i]
		a.Content = d.spans(f.content...)
		if p := parents[i]; p >= 0 && len(out[p].Chain) == maxChain {
			a.Parent = out[p].Parent
		}
		var outer []isnad.Link
		if p := a.Parent; p >= 0 {
			outer = out[p].Chain
		}
		a.Chain = append(append(make([]isnad.Link, 0, len(outer)+1), outer...), isnad.Link{Cue: d.spans(f.cue), Source: d.sourceSpan(f), Kind: d.sourceKind(f), Agr: agreement(f.reading)})
		d.judge(f, a)
		if p := a.Parent; p < 0 || out[p].Polarity != isnad.Denies {
			a.Stance = d.sense(f, a)
		}
	}
	return out
}

// maxChain bounds the tellers of a chain, and with it what a text of nothing
// but cues can ask for; what is nested deeper stands beside the last.
const maxChain = 16

// order sorts the finds by cue and drops repeated ones: the same cue and
// content found by two rules.
func (d *doc) order() {
	sort.SliceStable(d.finds, func(i, j int) bool {
		a, b := &d.finds[i], &d.finds[j]
		if a.cue.First != b.cue.First {
			return a.cue.First < b.cue.First
		}
		return a.content[0].First < b.content[0].First
	})
	kept := d.finds[:0]
	for i, f := range d.finds {
		if i > 0 && len(kept) > 0 {
			last := &kept[len(kept)-1]
			if last.cue == f.cue && last.content[0].First == f.content[0].First {
				continue
			}
		}
		kept = append(kept, f)
	}
	d.finds = kept
}

// window bounds how many finds back a parent is looked for.
const window = 24

// parents finds for each find the one with the smallest content around it.
func (d *doc) parents() []int {
	out := make([]int, len(d.finds))
	for i := range d.finds {
		out[i] = -1
		best := 1 << 30
		for k := max(0, i-window); k < min(len(d.finds), i+window); k++ {
			if k == i || !d.within(i, k) {
				continue
			}
			if n := length(d.finds[k].content); n < best && !d.cycle(out, i, k) {
				best, out[i] = n, k
			}
		}
	}
	return out
}

// within reports that find i lies in find k: its content is part of k's, and
// its cue is too, or it tells on whose word k's content is.
func (d *doc) within(i, k int) bool {
	f, g := &d.finds[i], &d.finds[k]
	if !covers(g.content, f.content) {
		return false
	}
	same := length(g.content) == length(f.content)
	cueIn := coversRange(g.content, f.cue)
	if same && !cueIn {
		// Both tell the same content: the earlier cue is the outer teller.
		return f.cue.First > g.cue.First
	}
	return cueIn && !coversRange(f.content, g.cue)
}

func (d *doc) cycle(parents []int, i, k int) bool {
	for n := 0; k >= 0 && n < window; n++ {
		if k == i {
			return true
		}
		k = parents[k]
	}
	return false
}

// outerFirst gives the indices of parents so that each parent comes before its
// children. What would lie in itself loses its parent.
func outerFirst(parents []int) []int {
	order := make([]int, 0, len(parents))
	seen, placed := make([]bool, len(parents)), make([]bool, len(parents))
	var stack []int
	for i := range parents {
		stack = stack[:0]
		for k := i; k >= 0 && !placed[k]; k = parents[k] {
			if seen[k] {
				parents[stack[len(stack)-1]] = -1
				break
			}
			seen[k] = true
			stack = append(stack, k)
		}
		for n := len(stack) - 1; n >= 0; n-- {
			placed[stack[n]] = true
			order = append(order, stack[n])
		}
	}
	return order
}

func length(rs []text.Range) int {
	n := 0
	for _, r := range rs {
		n += r.Len()
	}
	return n
}

func coversRange(outer []text.Range, in text.Range) bool {
	for _, o := range outer {
		if o.First <= in.First && in.End <= o.End {
			return true
		}
	}
	return false
}

func covers(outer, in []text.Range) bool {
	for _, r := range in {
		if !coversRange(outer, r) {
			return false
		}
	}
	return true
}

// spans are the bytes of ranges, without the empty ones.
func (d *doc) spans(rs ...text.Range) []text.Span {
	n := len(d.shown)
	for _, r := range rs {
		if r.Len() > 0 {
			d.shown = append(d.shown, d.t.Span(r))
		}
	}
	return d.shown[n:len(d.shown):len(d.shown)]
}

// sourceSpan is the source without a conjunction written onto its first word.
func (d *doc) sourceSpan(f *find) []text.Span {
	if f.source.Len() == 0 {
		return nil
	}
	s := d.spans(f.source)
	if d.clitic(f.source.First, lang.And) {
		s[0].Start += len("و")
	}
	return s
}

func (d *doc) sourceKind(f *find) isnad.SourceKind {
	if f.source.Len() == 0 {
		if f.impersonal {
			return isnad.Unnamed
		}
		return isnad.Implicit
	}
	if f.pack.Name == "en" {
		return d.englishSourceKind(f.source)
	}
	kind := isnad.Named
	for i := f.source.First; i < f.source.End; i++ {
		switch {
		case d.has(i, lang.Unnamed) && i == f.source.First:
			return isnad.Unnamed
		case d.has(i, lang.DocSource) && i == f.source.First:
			return isnad.DocumentSource
		case d.any(i, lang.Of(lang.OutletHead, lang.Outlet)) && i == f.source.First:
			return isnad.OutletSource
		case d.has(i, lang.Title):
			kind = isnad.Role
		case d.has(i, lang.Given):
			return isnad.Named
		}
	}
	return kind
}

func agreement(r lang.Reading) string {
	switch r.Agr {
	case lang.M:
		return "m"
	case lang.F:
		return "f"
	case lang.MP:
		return "mp"
	case lang.FP:
		return "fp"
	}
	return ""
}
