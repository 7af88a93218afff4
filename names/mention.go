package names

import (
	"cmp"
	"slices"

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

// search is what is looked for in a text.
type search struct {
	aliases []alias
	byFirst chains // aliases by their first word
	firsts  keySet // of their first words
	owners  dict   // of short forms: a party, or -1 for several
	taken   []text.Span
	number  []int // of each party that was found, or -1
	used    []int // parties that speak, in the order in which they first do
}

func newSearch(mix uint64) search { return search{byFirst: newChains(mix), owners: newDict(mix)} }

// result numbers the parties that speak in the order in which they do, and
// finds where else they are named.
func (r *resolver) result() ([]isnad.Party, []int) {
	s := &r.search
	s.number, s.used = sized(s.number, len(r.parties)), s.used[:0]
	for i := range s.number {
		s.number[i] = -1
	}
	for _, i := range r.order {
		if id := r.tell[i]; id >= 0 && s.number[id] < 0 {
			s.number[id] = len(s.used)
			s.used = append(s.used, id)
		}
	}
	r.mentionsOf(s.used)
	spans := 0
	for _, id := range s.used {
		spans += len(r.parties[id].spans)
	}
	out, mentions := make([]isnad.Party, len(s.used)), make([]text.Span, 0, spans)
	for n, id := range s.used {
		q := &r.parties[id]
		out[n] = isnad.Party{Name: q.label, Kind: q.kind}
		from := len(mentions)
		if mentions = appendMentions(mentions, q.spans); len(mentions) > from {
			out[n].Mentions = mentions[from:len(mentions):len(mentions)]
		}
	}
	for i, id := range r.tell {
		if id >= 0 {
			r.tell[i] = s.number[id]
		} else {
			r.tell[i] = -1
		}
	}
	return out, r.tell
}

// appendMentions appends spans in ascending order, without those that overlap
// one before, up to maxMentions.
func appendMentions(out, s []text.Span) []text.Span {
	ascending(s)
	end := 0
	first := len(out)
	for _, x := range s {
		if x.Empty() || x.Start < end {
			continue
		}
		if len(out)-first == maxMentions {
			break
		}
		out = append(out, x)
		end = x.End
	}
	return out
}

func ascending(s []text.Span) {
	slices.SortStableFunc(s, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
}

// mentionsOf adds the places where the parties are named outside of sources.
func (r *resolver) mentionsOf(used []int) {
	r.aliases(used)
	s := &r.search
	if len(s.aliases) == 0 {
		return
	}
	s.taken = s.taken[:0] // by the sources, which are mentions already
	for _, id := range used {
		s.taken = append(s.taken, r.parties[id].spans...)
	}
	ascending(s.taken)
	next := 0
	for i := 0; i < len(r.hints); i++ {
		if r.hints[i] == 0 || !s.firsts.has(r.hints[i]) {
			continue
		}
		w := r.word(i)
		for next < len(s.taken) && s.taken[next].End <= int(w.start) {
			next++
		}
		if next < len(s.taken) && s.taken[next].Start < int(w.end) {
			continue
		}
		if a, end := r.longest(i, w.key); end > i {
			q := &r.parties[a.party]
			q.spans = append(q.spans, text.Span{Start: int(w.start), End: int(r.t.Tokens[end-1].End)})
			i = end - 1
		}
	}
}

// aliases gathers the names to look for: every full name, and a family name or
// head noun that only one party has.
func (r *resolver) aliases(used []int) {
	s := &r.search
	s.aliases, s.firsts = s.aliases[:0], keySet{}
	s.byFirst.reset()
	s.owners.reset()
	for id := range r.parties {
		for _, n := range r.parties[id].names {
			if k, _ := r.short(id, n); k >= 0 {
				s.own(n[k].key, int32(id))
			}
		}
	}
	for _, id := range used {
		if r.parties[id].kind == isnad.UnnamedParty {
			continue
		}
		for _, n := range r.parties[id].names {
			if len(n) > 1 || !n[0].known || n[0].any(ofOutlet|ofState|ofBody|ofCapital) {
				s.add(alias{name: n, party: id})
			}
			k, head := r.short(id, n)
			if k < 0 {
				continue
			}
			if owner, _ := s.owners.get(n[k].key); int(owner) == id {
				s.add(alias{name: n[k : k+1], party: id, head: head})
			}
		}
	}
}

func (s *search) own(key uint64, id int32) {
	if have, ok := s.owners.get(key); ok && have != id {
		id = -1
	}
	s.owners.set(key, id)
}

func (s *search) add(a alias) {
	key := a.name[0].key
	s.firsts.add(key)
	s.byFirst.add(key, int32(len(s.aliases)), maxIndex)
	s.aliases = append(s.aliases, a)
}

// short is the index of the one word that may stand for a name, and whether it
// is a head noun; -1 where there is none.
func (r *resolver) short(id int, n []word) (int, bool) {
	switch q := &r.parties[id]; {
	case q.kind == isnad.UnnamedParty:
		return -1, false
	case q.kind == isnad.Person:
		last := &n[len(n)-1]
		if last.known && !last.has(lang.Nisba) || len(n) == 1 || n[0].in(kunya) {
			return -1, false
		}
		return len(n) - 1, false
	case n[0].arabic && n[0].any(ofOrg|ofOutletHead):
		return 0, true
	case !n[0].arabic:
		for i := len(n) - 1; i >= 0; i-- {
			if n[i].any(ofOrg | ofOutletHead) {
				return i, true
			}
		}
	}
	return -1, false
}

// longest is the longest alias that stands at token i, with the token behind
// it.
func (r *resolver) longest(i int, key uint64) (best *alias, end int) {
	s := &r.search
	for l := s.byFirst.first(key); l >= 0; l = s.byFirst.links[l].next {
		a := &s.aliases[s.byFirst.links[l].value]
		if e := r.stands(a, i); e > end {
			best, end = a, e
		}
	}
	return best, end
}

func (r *resolver) stands(a *alias, i int) int {
	k := i
	for n := 0; n < len(a.name); k++ {
		if k == len(r.t.Tokens) {
			return 0
		}
		w := r.word(k)
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

// skipped reports what a name does not count: quotation hints, a hyphen, the
// small words within names.
func (r *resolver) skipped(k int) bool {
	w, t := r.word(k), &r.t.Tokens[k]
	if t.Kind == text.Mark || t.Is('-') && !t.Has(text.Spaced) {
		return true
	}
	return w.key != 0 && (w.any(ofPrep) || w.in(the|particle))
}

// alone reports a head noun with an article and without a word that would make
// it another body.
func (r *resolver) alone(i int) bool {
	w, next := r.word(i), word{}
	if i+1 < len(r.t.Tokens) {
		next = r.word(i + 1)
	}
	if !w.arabic {
		before := word{}
		if i > 0 {
			before = r.word(i - 1)
		}
		return before.in(the) && !(next.capital() || next.has(lang.Prep) && next.key == ofKey)
	}
	return w.def() && (next.key == 0 || !next.def() || next.clitic&(lang.To|lang.With) != 0)
}

var ofKey = text.Hash("of")
