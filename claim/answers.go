package claim

import (
	"cmp"
	"slices"
	"time"

	"github.com/isnad/isnad"
)

// answer is the denial by a body of what it is said to have done itself.
type answer struct {
	claim int
	stand stand
	what  []uint32 // the act, or what it was done in
	act   uint32   // the main act
	topic []uint32 // of the document
	own   bool     // set for statements of the body that take it back
}

// answers finds denials and reversals between claims: a body denies an act of
// its own in one (any representative of it attended), and others, or later it
// itself, tell of that act in another (its officer was there).
func (w *weighing) answers(claims []isnad.Claim, stands [][]stand) {
	denied := map[string][]answer{}
	for i := range stands {
		for _, s := range stands[i] {
			if s.Polarity == isnad.Denies && s.body != "" && !w.unnamed(s.Statement) && len(denied[s.body]) < maxCondemned {
				if a, ok := w.answer(i, s); ok && w.itself(s) && !encloses(s) {
					denied[s.body] = append(denied[s.body], a)
				}
			}
		}
	}
	told := map[string][]answer{}
	for i := range stands {
		for _, s := range stands[i] {
			if s.Polarity == isnad.Affirms && s.body != "" {
				w.told(i, s, denied, told)
			}
		}
	}
	for _, body := range sortedKeys(told) {
		w.confront(claims, denied[body], told[body])
	}
}

// answer reads what a statement tells of.
func (w *weighing) answer(i int, s stand) (a answer, ok bool) {
	p := w.page(s.source)
	if p == nil {
		return a, false
	}
	f := p.frame(s.Statement)
	a = answer{claim: i, stand: s, topic: w.topicOf(s.source), act: f.acts[0]}
	light := conceptKey("take-part")
	if f.acts[0] != 0 && f.acts[0] != light {
		a.what = f.acts[:1]
		return a, true
	}
	for _, u := range f.units {
		if u.is(isThing) && !u.is(isPlain) && u.keys[0] != light {
			a.what = u.keys[:1]
			return a, true
		}
	}
	return a, false
}

// topicOf is what a document has most often.
func (w *weighing) topicOf(s *isnad.Source) []uint32 {
	t, known := w.topics[s.ID]
	if !known {
		t = w.page(s).topic()
		w.topics[s.ID] = t
	}
	return t
}

// itself reports that a statement is about the one who makes it: it names its
// body, or nobody else and points back.
func (w *weighing) itself(s stand) bool {
	named := w.bodiesIn(s.Statement.Words, nil)
	if slices.ContainsFunc(named, func(b string) bool { return w.body(b) == s.body }) {
		return true
	}
	p := w.page(s.source)
	for _, span := range s.Statement.Content {
		for _, word := range p.words[p.tokens(span).First:p.tokens(span).End] {
			if word.is(isPron | isUs) {
				return true
			}
		}
	}
	return false
}

// encloses reports a denial of what somebody is told to have said.
func encloses(s stand) bool {
	all := s.source.Statements
	return slices.ContainsFunc(all, func(o isnad.Statement) bool {
		return o.Parent >= 0 && o.Parent < len(all) && all[o.Parent].ID == s.Statement.ID
	})
}

// longest is how far apart in time an act may be told and denied.
const longest = 30 * 24 * time.Hour

// told files a statement that tells of an act that a body denies.
func (w *weighing) told(i int, s stand, denied, told map[string][]answer) {
	var a answer
	read := false
	about := w.bodiesIn(s.Statement.Words, nil)
	if len(denied[s.body]) > 0 && s.Statement.Stance == isnad.Admit {
		about = append(about, s.body)
	}
	for k, body := range about {
		body = w.body(body)
		if len(denied[body]) == 0 || slices.ContainsFunc(about[:k], func(b string) bool { return w.body(b) == body }) || len(told[body]) >= maxCondemned {
			continue
		}
		if !read {
			var ok bool
			if a, ok = w.reading(i, s); !ok {
				return
			}
			read = true
		}
		a.own = s.body == body
		if slices.ContainsFunc(denied[body], func(d answer) bool { return w.replies(&d, &a) }) {
			told[body] = append(told[body], a)
		}
	}
}

// reading is answer for a statement that may tell of several acts.
func (w *weighing) reading(i int, s stand) (a answer, ok bool) {
	p := w.page(s.source)
	if p == nil {
		return a, false
	}
	f := p.frame(s.Statement)
	a = answer{claim: i, stand: s, topic: w.topicOf(s.source), act: f.acts[0]}
	for _, u := range f.units {
		if u.is(isThing | isAct) {
			a.what = append(a.what, u.keys[0])
		}
	}
	return a, len(a.what) > 0
}

// replies reports that a denial and a statement are about one act.
func (w *weighing) replies(d, a *answer) bool {
	apart := a.stand.at.Sub(d.stand.at).Abs()
	switch {
	case apart > longest, d.stand.Statement == a.stand.Statement:
		return false
	case a.own && (a.stand.Statement.Stance != isnad.Admit || !a.stand.at.After(d.stand.at) || d.act != a.act):
		return false // who was there when others agreed has not agreed
	case d.stand.source != a.stand.source && overlap(d.topic, a.topic) == 0:
		return false
	}
	return slices.ContainsFunc(d.what, func(k uint32) bool { return slices.Contains(a.what, k) })
}

// confront makes the disputes of one body: its denials of one act with what
// they answer.
func (w *weighing) confront(claims []isnad.Claim, denied, told []answer) {
	for len(denied) > 0 {
		what := denied[0].what[0]
		var group, rest []answer
		for _, d := range denied {
			if d.what[0] == what {
				group = append(group, d)
			} else {
				rest = append(rest, d)
			}
		}
		denied = rest
		if heard := w.heard(told, group); len(heard) > 0 {
			w.put(claims, group, heard)
		}
	}
}

// heard are the statements that some of the denials answer.
func (w *weighing) heard(told, denials []answer) []answer {
	var out []answer
	for _, a := range told {
		if slices.ContainsFunc(denials, func(d answer) bool { return w.replies(&d, &a) }) {
			out = append(out, a)
		}
	}
	return out
}

// put adds the disputes to the claim of the first denial, unless one of the
// claims holds them.
func (w *weighing) put(claims []isnad.Claim, denials, heard []answer) {
	for _, own := range []bool{false, true} {
		kind := isnad.Denial
		if own {
			kind = isnad.Reversal
		}
		var in []stand
		held := false
		for _, a := range denials {
			in = append(in, a.stand)
			held = held || slices.ContainsFunc(claims[a.claim].Disputes, func(d isnad.Dispute) bool { return d.Type == kind })
		}
		n := len(in)
		for _, a := range heard {
			if a.own == own && !slices.ContainsFunc(denials, func(d answer) bool { return d.claim == a.claim }) {
				in = append(in, a.stand)
			}
		}
		if len(in) == n || held || disputed(claims, kind, in[n:]) {
			continue
		}
		slices.SortStableFunc(in, func(a, b stand) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.Statement.ID, b.Statement.ID)) })
		x, y := w.facing(in)
		if own {
			x, y = y, x
		}
		c := &claims[denials[0].claim]
		c.Disputes = append(c.Disputes, dispute(kind, in, x, y, polarityClash(x, y)))
	}
}

// disputed reports that a dispute of a kind has most of the statements already.
func disputed(claims []isnad.Claim, kind isnad.DisputeType, in []stand) bool {
	ids := make([]string, len(in))
	for i, s := range in {
		ids[i] = s.Statement.ID
	}
	for i := range claims {
		for _, d := range claims[i].Disputes {
			if d.Type == kind && 2*sharedIn(ids, d.Statements) > len(ids) {
				return true
			}
		}
	}
	return false
}

// rejections finds whom an author contradicts who rejects a claim without
// saying whose it is: those who say the like in the same document.
func (w *weighing) rejections(claims []isnad.Claim, stands [][]stand) {
	for i := range stands {
		for _, s := range stands[i] {
			if s.Statement.Why.Rule != ruleReject || s.body == "" {
				continue
			}
			in := []stand{s}
			for k := range stands {
				for _, o := range stands[k] {
					if o.source == s.source && o.body != "" && o.body != s.body && o.Statement != s.Statement && len(in) < maxFacing && w.sameAct(s, o) {
						in = append(in, o)
					}
				}
			}
			if c := &claims[i]; len(in) > 1 && !disputed(claims, isnad.Denial, in[1:]) {
				c.Disputes = append(c.Disputes, dispute(isnad.Denial, in, in[1], s, polarityClash(in[1], s)))
			}
		}
	}
}

// sameAct reports that two statements have an act and something else in common.
func (w *weighing) sameAct(a, b stand) bool {
	p := w.page(a.source)
	if p == nil {
		return false
	}
	f, g := p.frame(a.Statement), p.frame(b.Statement)
	if !slices.ContainsFunc(f.acts[:], func(k uint32) bool { return k != 0 && slices.Contains(g.acts[:], k) }) {
		return false
	}
	return slices.ContainsFunc(f.units, func(u unit) bool {
		return !u.is(isAct|isPlain|isNumber|isTeller) && slices.ContainsFunc(g.units, func(v unit) bool { return u.meets(&v) })
	})
}
