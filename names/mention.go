package names

import (
	"sort"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// alias is a name by which a party is looked for in the text.
type alias struct {
	name  []word
	party int
	head  bool // a head noun alone: only where it has an article and stands for itself
}

// result numbers the parties that speak in the order in which they do, and
// finds where else they are named.
func (r *resolver) result() ([]isnad.Party, []int) {
	number := make([]int, len(r.parties))
	for i := range number {
		number[i] = -1
	}
	var used []int
	for _, i := range r.order {
		if id := r.tell[i]; id >= 0 && number[id] < 0 {
			number[id] = len(used)
			used = append(used, id)
		}
	}
	r.mentionsOf(used)
	out := make([]isnad.Party, len(used))
	for n, id := range used {
		q := &r.parties[id]
		out[n] = isnad.Party{Name: q.label, Kind: q.kind, Mentions: ascending(q.spans)}
	}
	for i, id := range r.tell {
		if id >= 0 {
			r.tell[i] = number[id]
		} else {
			r.tell[i] = -1
		}
	}
	return out, r.tell
}

// ascending sorts spans, drops those that overlap one before, and bounds their
// number.
func ascending(s []text.Span) []text.Span {
	sort.SliceStable(s, func(i, j int) bool { return s[i].Start < s[j].Start })
	var out []text.Span
	for _, x := range s {
		if x.Empty() || len(out) > 0 && x.Start < out[len(out)-1].End {
			continue
		}
		if len(out) == maxMentions {
			break
		}
		out = append(out, x)
	}
	return out
}

// mentionsOf adds the places where the parties are named outside of sources.
func (r *resolver) mentionsOf(used []int) {
	aliases := r.aliases(used)
	if len(aliases) == 0 {
		return
	}
	taken := r.taken(used)
	next := 0
	for i := 0; i < len(r.ws); i++ {
		w := &r.ws[i]
		for next < len(taken) && taken[next].End <= int(w.start) {
			next++
		}
		if w.key == 0 || next < len(taken) && taken[next].Start < int(w.end) {
			continue
		}
		if a, end := r.longest(aliases, i); end > i {
			q := &r.parties[a.party]
			q.spans = append(q.spans, text.Span{Start: int(w.start), End: int(r.ws[end-1].end)})
			i = end - 1
		}
	}
}

// taken are the sources, which are mentions already.
func (r *resolver) taken(used []int) []text.Span {
	var out []text.Span
	for _, id := range used {
		out = append(out, r.parties[id].spans...)
	}
	return ascendingAll(out)
}

func ascendingAll(s []text.Span) []text.Span {
	sort.SliceStable(s, func(i, j int) bool { return s[i].Start < s[j].Start })
	return s
}

// aliases are the names to look for, by their first word: every full name, and
// a family name or head noun that only one party has.
func (r *resolver) aliases(used []int) map[uint64][]alias {
	owners := make(map[uint64]int) // short form to party, -1 for several
	own := func(key uint64, id int) {
		if have, ok := owners[key]; ok && have != id {
			id = -1
		}
		owners[key] = id
	}
	for id := range r.parties {
		for _, n := range r.parties[id].names {
			if s, _ := r.short(id, n); s != nil {
				own(s.key, id)
			}
		}
	}
	out := make(map[uint64][]alias)
	add := func(a alias) {
		key := a.name[0].key
		if len(out[key]) < maxIndex {
			out[key] = append(out[key], a)
		}
	}
	for _, id := range used {
		if r.parties[id].kind == isnad.UnnamedParty {
			continue
		}
		for _, n := range r.parties[id].names {
			if len(n) > 1 || !n[0].known || n[0].any(lang.Of(lang.Outlet, lang.State, lang.Body, lang.Capital)) {
				add(alias{name: n, party: id})
			}
			if s, head := r.short(id, n); s != nil && owners[s.key] == id {
				add(alias{name: []word{*s}, party: id, head: head})
			}
		}
	}
	return out
}

// short is the one word that may stand for a name, and whether it is a head
// noun; nil where there is none.
func (r *resolver) short(id int, n []word) (*word, bool) {
	switch q := &r.parties[id]; {
	case q.kind == isnad.UnnamedParty:
		return nil, false
	case q.kind == isnad.Person:
		last := &n[len(n)-1]
		if last.known && !last.has(lang.Nisba) || len(n) == 1 || n[0].in(kunya) {
			return nil, false
		}
		return last, false
	case n[0].arabic && n[0].any(lang.Of(lang.Org, lang.OutletHead)):
		return &n[0], true
	case !n[0].arabic:
		for i := len(n) - 1; i >= 0; i-- {
			if n[i].any(lang.Of(lang.Org, lang.OutletHead)) {
				return &n[i], true
			}
		}
	}
	return nil, false
}

// longest is the longest alias that stands at token i, with the token behind
// it.
func (r *resolver) longest(aliases map[uint64][]alias, i int) (best alias, end int) {
	for _, a := range aliases[r.ws[i].key] {
		if e := r.stands(&a, i); e > end {
			best, end = a, e
		}
	}
	return best, end
}

func (r *resolver) stands(a *alias, i int) int {
	k := i
	for n := 0; n < len(a.name); k++ {
		if k == len(r.ws) {
			return 0
		}
		w := &r.ws[k]
		switch {
		case w.key != 0 && w.like(&a.name[n]):
			n++
		case k > i && r.skipped(k):
		default:
			return 0
		}
	}
	if a.head && !r.alone(i) {
		return 0
	}
	return k
}

// skipped reports what a name does not count: quotation marks, a hyphen, the
// small words within names.
func (r *resolver) skipped(k int) bool {
	w, t := &r.ws[k], &r.t.Tokens[k]
	if t.Kind == text.Mark || t.Is('-') && !t.Has(text.Spaced) {
		return true
	}
	return w.key != 0 && (w.any(lang.Of(lang.Prep)) || w.in(the|particle))
}

// alone reports a head noun with an article and without a word that would make
// it another body.
func (r *resolver) alone(i int) bool {
	w := &r.ws[i]
	if !w.arabic {
		return (i > 0 && r.ws[i-1].in(the)) && !(i+1 < len(r.ws) && (r.ws[i+1].capital() || r.ws[i+1].has(lang.Prep) && r.ws[i+1].key == ofKey))
	}
	if !w.def() {
		return false
	}
	return i+1 >= len(r.ws) || r.ws[i+1].key == 0 || !r.ws[i+1].def() || r.ws[i+1].clitic&(lang.To|lang.With) != 0
}

var ofKey = text.Hash("of")
