package claim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/isnad/isnad"
)

// Rules of proofs, in the order in which they are tried.
const (
	ruleCopy    = "copy"        // the document is an edited copy of an earlier one
	ruleLoop    = "loop"        // outlets that cite each other in a ring
	ruleCites   = "cites"       // an outlet, on the word of another
	ruleBody    = "body"        // people and papers of one body
	ruleSources = "same-source" // unnamed sources of one that speaks by name
	ruleUnnamed = "unnamed"     // nobody who can be told from others
	ruleDenied  = "denied"      // known from its denial alone
	ruleInsider = "insider"     // within a body, against what it says
	ruleFirst   = "first-hand"  // an unnamed source, to the outlet's own reporter
)

// root is the first source that a stand leads back to.
type root struct {
	key     string
	party   string
	kind    isnad.SourceKind
	counted bool
	proofs  []isnad.Proof // of the stand itself
	ring    []string      // outlets that cite each other and nobody else
}

// origins finds the first sources of a claim and counts those that are
// independent of each other.
func (j *judge) origins(c *isnad.Claim, stands []stand) {
	t := &tracing{judge: j, stands: stands, byDoc: map[string][]int{}, byOutlet: map[string][]int{}, roots: make([]*root, len(stands))}
	for i, s := range stands {
		t.byDoc[s.source.ID] = append(t.byDoc[s.source.ID], i)
		if o := j.outlets[s.source.Publisher]; o != "" {
			t.byOutlet[o] = append(t.byOutlet[o], i)
		}
	}
	c.Origins, c.Independent, c.IndependentDenying = nil, 0, 0
	at := map[string]int{}
	var sides [2]map[string]bool
	sides[0], sides[1] = map[string]bool{}, map[string]bool{}
	for i, s := range stands {
		if !s.side() {
			continue
		}
		r := t.trace(i)
		k, have := at[r.key]
		if !have {
			k = len(c.Origins)
			at[r.key] = k
			c.Origins = append(c.Origins, isnad.Origin{Party: r.party, Kind: r.kind})
		}
		o := &c.Origins[k]
		o.Statements = append(o.Statements, s.Statement.ID)
		o.Collapsed = append(o.Collapsed, r.proofs...)
		if len(r.ring) > 0 && !have {
			o.Collapsed = append(o.Collapsed, t.proof(&s, ruleLoop, "", strings.Join(append(r.ring, r.ring[0]), " ← "))...)
		}
		o.Counted = o.Counted || r.counted
		if r.counted {
			sides[s.Polarity][r.key] = true
		}
	}
	c.Independent, c.IndependentDenying = len(sides[isnad.Affirms]), len(sides[isnad.Denies])
}

// tracing leads the stands of one claim back to their first sources.
type tracing struct {
	*judge
	stands   []stand
	byDoc    map[string][]int
	byOutlet map[string][]int // by the party that published
	roots    []*root          // as they become known
	path     []int            // of citations that are being followed
}

// trace finds the root of a stand.
func (t *tracing) trace(i int) *root {
	if t.roots[i] != nil {
		return t.roots[i]
	}
	if k := slices.Index(t.path, i); k >= 0 {
		return t.ring(t.path[k:])
	}
	t.path = append(t.path, i)
	r := t.find(i)
	t.path = t.path[:len(t.path)-1]
	t.roots[i] = r
	return r
}

// find decides by the rules.
func (t *tracing) find(i int) *root {
	s := &t.stands[i]
	if r := t.copied(i); r != nil {
		return r
	}
	st := s.Statement
	kind := t.kindOf(st)
	switch {
	case t.throughDenial(s):
		return &root{key: "denied " + s.body, party: st.Teller(), kind: st.Own().Kind, proofs: t.proof(s, ruleDenied, "", "")}
	case s.insider:
		return &root{key: s.body, party: st.Teller(), kind: st.Own().Kind, counted: true, proofs: t.proof(s, ruleInsider, t.within[st.Teller()], "")}
	case st.Why.Rule == ruleReject && st.Teller() == "":
		return &root{key: s.body, party: s.body, kind: st.Own().Kind, counted: true}
	case kind == isnad.UnnamedParty:
		return t.nameless(i)
	case kind == isnad.OutletParty && t.outlets[s.source.Publisher] != st.Teller():
		if r := t.cited(i, st.Teller()); r != nil {
			return r
		}
	}
	r := &root{key: s.body, party: s.body, kind: st.Own().Kind, counted: true}
	if st.Teller() != "" && s.body != st.Teller() {
		r.proofs = t.proof(s, ruleBody, s.body, t.called(s)+" speaks for "+t.parties[s.body].Name)
	}
	return r
}

// called is the name of a stand's teller, or what the text calls it.
func (t *tracing) called(s *stand) string {
	if p, known := t.parties[s.Statement.Teller()]; known {
		return p.Name
	}
	var words []string
	for _, span := range s.Statement.Own().Source {
		words = append(words, span.Of(s.source.Text))
	}
	return strings.Join(words, " ")
}

func (t *tracing) proof(s *stand, rule, with, detail string) []isnad.Proof {
	return []isnad.Proof{{Statement: s.Statement.ID, Rule: rule, With: with, Detail: detail}}
}

// copied leads a stand of a copy to the stand of the text it was copied from.
func (t *tracing) copied(i int) *root {
	s := &t.stands[i]
	c, ok := t.copies[s.source.ID]
	if !ok {
		return nil
	}
	best, score := -1, .5
	words := t.stems(s.Statement.Words)
	for _, k := range t.byDoc[c.Earlier] {
		o := &t.stands[k]
		if o.Polarity != s.Polarity {
			continue
		}
		if n := sameWords(words, t.stems(o.Statement.Words)); n > score {
			best, score = k, n
		}
	}
	if best < 0 {
		return nil
	}
	r := *t.trace(best)
	detail := fmt.Sprintf("%d %% of shingles", int(c.Share*100+.5))
	if c.Credit != "" {
		detail += ", credited to " + c.Credit
	}
	r.proofs = t.proof(s, ruleCopy, c.Earlier, detail)
	return &r
}

// sameWords is the share of the words of both that both have.
func sameWords(a, b map[string]bool) float64 {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(a)+len(b)-n))
}

// throughDenial reports a statement that is known only because somebody who is
// told around it denies it.
func (t *tracing) throughDenial(s *stand) bool {
	all := s.source.Statements
	for p, n := s.Statement.Parent, 0; p >= 0 && p < len(all) && n < len(all); p, n = all[p].Parent, n+1 {
		if all[p].Polarity == isnad.Denies && t.body(all[p].Teller()) != s.body {
			return true
		}
	}
	return false
}

// nameless finds the root of a stand whose source is not identified.
func (t *tracing) nameless(i int) *root {
	s := &t.stands[i]
	st := s.Statement
	own := func(rule string, counted bool) *root {
		key := s.body
		if key == "" {
			key = "nobody"
		}
		return &root{key: key, party: st.Teller(), kind: st.Own().Kind, counted: counted, proofs: t.proof(s, rule, "", "")}
	}
	if t.mayBeAnyone(s.source, st) {
		return own(ruleUnnamed, false)
	}
	publisher := t.outlets[s.source.Publisher]
	if outer := t.outer(st); outer != "" {
		if t.parties[outer].Kind != isnad.OutletParty {
			body := t.body(outer)
			return &root{key: body, party: body, kind: isnad.Named, counted: true, proofs: t.proof(s, ruleSources, body, "sources of "+t.parties[body].Name)}
		}
		if outer != publisher {
			if r := t.cited(i, outer); r != nil {
				return r
			}
			return own(ruleFirst, true)
		}
	}
	if body := t.within[st.Teller()]; body != "" && t.body(body) == s.body {
		return &root{key: s.body, party: s.body, kind: isnad.Named, counted: true, proofs: t.proof(s, ruleBody, s.body, "within "+t.parties[s.body].Name)}
	}
	if p, known := t.parties[publisher]; known && p.Kind != isnad.OutletParty {
		body := t.body(publisher)
		return &root{key: body, party: body, kind: isnad.Named, counted: true, proofs: t.proof(s, ruleSources, body, "sources of "+p.Name)}
	}
	return own(ruleFirst, true)
}

// outer is the nearest teller around a statement's own, or "".
func (t *tracing) outer(st *isnad.Statement) string {
	for i := len(st.Tellers) - 2; i >= 0; i-- {
		if st.Tellers[i] != "" && st.Tellers[i] != st.Teller() {
			return st.Tellers[i]
		}
	}
	return ""
}

// ring is the root of outlets that cite each other and nobody else. It is told
// from the name that sorts first, wherever it was entered.
func (t *tracing) ring(members []int) *root {
	var names []string
	first := 0
	for k, i := range members {
		names = append(names, t.stands[i].source.Publisher)
		if names[k] < names[first] {
			first = k
		}
	}
	names = slices.Concat(names[first:], names[:first])
	return &root{key: "ring " + strings.Join(names, "\n"), kind: isnad.OutletSource, ring: names}
}

// Bounds on following citations.
const (
	maxPath  = 64 // outlets one behind another
	maxCited = 64 // stands of one outlet
)

// cited follows a citation to what the outlet itself published on the claim:
// the root of the stand there that is most like this one. It is nil where the
// record has no document of the outlet on the claim.
func (t *tracing) cited(i int, outlet string) *root {
	s := &t.stands[i]
	best, score := -1, -1.0
	words := t.stems(s.Statement.Words)
	for _, k := range t.byOutlet[outlet][:min(len(t.byOutlet[outlet]), maxCited)] {
		o := &t.stands[k]
		if k == i || o.Polarity != s.Polarity || o.source.ID == s.source.ID {
			continue
		}
		n := sameWords(words, t.stems(o.Statement.Words))
		if t.unnamed(s.Statement) && t.unnamed(o.Statement) {
			n++ // the same unnamed source, told again
		}
		if n > score {
			best, score = k, n
		}
	}
	if best < 0 || len(t.path) >= maxPath {
		return nil
	}
	r := *t.trace(best)
	r.proofs = t.proof(s, ruleCites, t.stands[best].source.ID, s.source.Publisher+" cites "+t.parties[outlet].Name)
	return &r
}
