package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// CaseReport is the outcome of [ScoreCase]. All shares are from 0 to 1.
type CaseReport struct {
	Counts                 CaseCounts `json:"counts"`
	Statements             PRF        `json:"statements"`
	StatementsLenient      PRF        `json:"statements_lenient_source"` // a part of the source's words is enough
	ContentRecall          float64    `json:"content_recall"`            // whatever the source
	StanceAccuracy         float64    `json:"stance_accuracy"`
	ParentAccuracy         float64    `json:"parent_accuracy"`
	Chain                  PRF        `json:"chain"` // links between nested statements
	Party                  BCubed     `json:"party_b3"`
	Claim                  BCubed     `json:"claim_b3"`                // single statements included
	ClaimInGold            BCubed     `json:"claim_b3_in_gold_claims"` // members of gold claims only
	ClaimAllGold           BCubed     `json:"claim_b3_all_gold"`       // the same, missed members charged
	PolarityAccuracy       float64    `json:"polarity_accuracy"`
	PolarityCoverage       float64    `json:"polarity_coverage"`
	PolarityDenyRecall     float64    `json:"polarity_deny_recall"`
	IndependentMeanError   *float64   `json:"independent_mean_error"` // null where no claim could be compared
	IndependentClaims      int        `json:"independent_claims_scored"`
	Syndication            PRF        `json:"syndication"` // pairs of copies
	Disputes               PRF        `json:"disputes"`
	DisputesUntyped        PRF        `json:"disputes_untyped"`
	Missed                 []CaseMiss `json:"missed,omitempty"`
	Spurious               []CaseMiss `json:"spurious,omitempty"`
	IndependentCountErrors []CountGap `json:"independent_errors,omitempty"`
}

// CaseCounts says how many statements took part. Explicit gold leaves out
// statements that need not be found.
type CaseCounts struct {
	Gold         int `json:"gold"`
	GoldExplicit int `json:"gold_explicit"`
	Predicted    int `json:"predicted"`
	IgnoredTitle int `json:"ignored_title"`
	Matched      int `json:"matched"`
}

// BCubed compares two groupings of N items: for each item, how much of its
// predicted group belongs there (P) and how much of its gold group is there (R).
type BCubed struct {
	PRF
	N int `json:"n"`
}

// CaseMiss is a gold statement that was not found or a predicted one that
// matches none. ID is that of the gold statement, Index that of the predicted.
type CaseMiss struct {
	ID      string `json:"id,omitempty"`
	Index   int    `json:"index"`
	Doc     string `json:"doc"`
	Source  string `json:"source"`
	Cue     string `json:"cue"`
	Content string `json:"content"`
}

// CountGap is a claim whose number of independent origins was miscounted.
type CountGap struct {
	Claim string `json:"claim"`
	Pred  int    `json:"pred"`
	Gold  int    `json:"gold"`
}

func (s *caseScorer) report(strict, lenient matching) CaseReport {
	var r CaseReport
	s.addStatements(&r, strict, lenient)
	s.addChains(&r, strict)
	gold, pred := s.partyLabels(strict)
	r.Party = bCubed(gold, pred)
	claims := s.predClaims(strict)
	s.addClaims(&r, strict, claims)
	s.addIndependent(&r, strict, claims)
	want, got := copyPairs(s.gold.Syndication), copyPairs(s.pred.Syndication)
	both := common(want, got)
	r.Syndication = sidedPRF(both, len(got), both, len(want))
	disputes := s.predDisputes(strict, claims)
	r.Disputes = s.matchDisputes(disputes, true)
	r.DisputesUntyped = s.matchDisputes(disputes, false)
	s.addMisses(&r, strict)
	return r
}

func (s *caseScorer) addStatements(r *CaseReport, strict, lenient matching) {
	stances := hit{}
	explicit, found, foundLenient := 0, 0, 0
	for g, st := range s.gold.Statements {
		p := strict.toPred[g]
		if p != none {
			stances.add(s.pred.Statements[p].Stance == st.Stance)
		}
		if st.Implicit {
			continue
		}
		explicit++
		if p != none {
			found++
		}
		if lenient.toPred[g] != none {
			foundLenient++
		}
	}
	ignored := 0
	for _, ig := range s.ignored {
		if ig {
			ignored++
		}
	}
	counted := len(s.ignored) - ignored
	r.Counts = CaseCounts{len(s.gold.Statements), explicit, counted, ignored, stances.n}
	r.Statements = sidedPRF(stances.n, counted, found, explicit)
	r.StatementsLenient = sidedPRF(len(matchedOnly(lenient.toPred)), counted, foundLenient, explicit)
	r.ContentRecall = s.contentRecall(explicit)
	r.StanceAccuracy = stances.share().Right
}

// matchedOnly returns the indexes that have a partner, ascending.
func matchedOnly(partner []int) []int {
	var out []int
	for i, p := range partner {
		if p != none {
			out = append(out, i)
		}
	}
	return out
}

// contentRecall gives every gold statement in turn the best free prediction.
func (s *caseScorer) contentRecall(explicit int) float64 {
	if explicit == 0 {
		return 1
	}
	used := map[int]bool{}
	found := 0
	for g, st := range s.gold.Statements {
		best, at := 0.0, none
		for _, p := range s.byDoc[st.Doc] {
			if used[p] {
				continue
			}
			if j := s.contentLikeness(g, p); j >= best {
				best, at = j, p
			}
		}
		if best >= .5 {
			used[at] = true
			if !st.Implicit {
				found++
			}
		}
	}
	return float64(found) / float64(explicit)
}

// unknownParent is the parent of a statement whose predicted parent matches no gold.
const unknownParent = -2

func (s *caseScorer) goldParent(g int) int {
	if id := s.gold.Statements[g].Parent; id != "" {
		return s.goldIndex[id]
	}
	return none
}

// predParent returns the gold statement that p's parent matches.
func (s *caseScorer) predParent(m matching, p int) int {
	x := s.pred.Statements[p].ParentIndex
	if x == nil || *x < 0 || *x >= len(m.toGold) {
		return none
	}
	if g := m.toGold[*x]; g != none {
		return g
	}
	return unknownParent
}

func (s *caseScorer) addChains(r *CaseReport, m matching) {
	parents, links := hit{}, hit{}
	for g, p := range m.toPred {
		parent := s.goldParent(g)
		right := p != none && s.predParent(m, p) == parent
		if p != none {
			parents.add(right)
		}
		if parent != none {
			links.add(right)
		}
	}
	nested := 0
	for p, st := range s.pred.Statements {
		if st.ParentIndex != nil && !s.ignored[p] {
			nested++
		}
	}
	r.ParentAccuracy = parents.share().Right
	r.Chain = sidedPRF(links.right, nested, links.right, links.n)
}

func (s *caseScorer) addMisses(r *CaseReport, m matching) {
	for g, st := range s.gold.Statements {
		if m.toPred[g] == none && !st.Implicit {
			source := ""
			if st.Source != nil {
				source = *st.Source
			}
			r.Missed = append(r.Missed, CaseMiss{st.ID, g, st.Doc, source, st.Cue, st.Content})
		}
	}
	for p, st := range s.pred.Statements {
		if m.toGold[p] == none && !s.ignored[p] {
			r.Spurious = append(r.Spurious, CaseMiss{"", p, st.Doc, st.Source, st.Cue, st.Content})
		}
	}
}

// sidedPRF is precision and recall counted on either side. Nothing predicted
// where there is nothing to find is perfect.
func sidedPRF(rightPred, pred, rightGold, gold int) PRF {
	p, r := ratio(float64(rightPred), float64(pred)), ratio(float64(rightGold), float64(gold))
	if gold == 0 {
		r = 1
		if pred == 0 {
			p = 1
		}
	}
	return newPRF(p, r)
}

// WriteText writes the figures as a table.
func (r CaseReport) WriteText(w io.Writer) error {
	var b strings.Builder
	c := r.Counts
	fmt.Fprintf(&b, "%d gold statements (%d required), %d predicted (%d more in titles), %d matched\n\n",
		c.Gold, c.GoldExplicit, c.Predicted, c.IgnoredTitle, c.Matched)
	fmt.Fprintf(&b, "%-28s %s\n", "", prfHead)
	for _, x := range []struct {
		name string
		PRF
	}{
		{"statements", r.Statements},
		{"  with lenient source", r.StatementsLenient},
		{"chain links", r.Chain},
		{"parties (B-cubed)", r.Party.PRF},
		{"claims (B-cubed)", r.Claim.PRF},
		{"  in gold claims", r.ClaimInGold.PRF},
		{"  missed members charged", r.ClaimAllGold.PRF},
		{"copies", r.Syndication},
		{"disputes", r.Disputes},
		{"  of any type", r.DisputesUntyped},
	} {
		fmt.Fprintf(&b, "%-28s %s\n", x.name, x.PRF)
	}
	b.WriteString("\n")
	for _, x := range []struct {
		name  string
		value float64
	}{
		{"content recall", r.ContentRecall},
		{"stance right", r.StanceAccuracy},
		{"parent right", r.ParentAccuracy},
		{"polarity right", r.PolarityAccuracy},
		{"polarity given", r.PolarityCoverage},
		{"denials read as denials", r.PolarityDenyRecall},
	} {
		fmt.Fprintf(&b, "%-28s %5.1f\n", x.name, 100*x.value)
	}
	gap := "    -"
	if r.IndependentMeanError != nil {
		gap = fmt.Sprintf("%5.2f", *r.IndependentMeanError)
	}
	fmt.Fprintf(&b, "%-28s %s over %d claims\n", "independent origins, off by", gap, r.IndependentClaims)
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteMisses writes the statements missed, those that match no gold, and the
// miscounted origins, by document.
func (r CaseReport) WriteMisses(w io.Writer) error {
	var b strings.Builder
	for _, part := range []struct {
		what   string
		misses []CaseMiss
	}{{"missed", r.Missed}, {"spurious", r.Spurious}} {
		misses := slices.Clone(part.misses)
		slices.SortStableFunc(misses, func(a, b CaseMiss) int { return cmp.Compare(stem(a.Doc), stem(b.Doc)) })
		for _, m := range misses {
			fmt.Fprintf(&b, "%s: %s %s\n  cue      %s\n  source   %s\n  content  %s\n\n", part.what, stem(m.Doc),
				cmp.Or(m.ID, fmt.Sprintf("#%d", m.Index)), cmp.Or(m.Cue, "-"), cmp.Or(m.Source, "-"), cmp.Or(m.Content, "-"))
		}
	}
	for _, g := range r.IndependentCountErrors {
		fmt.Fprintf(&b, "claim %s: %d independent origins counted, %d in gold\n", g.Claim, g.Pred, g.Gold)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
