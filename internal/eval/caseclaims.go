package eval

import (
	"slices"
)

// alone labels a statement that is in a group of its own.
type alone int

// labels give each item, a gold statement by index, the label of its group.
type labels map[int]any

func (s *caseScorer) partyLabels(m matching) (gold, pred labels) {
	gold, pred = labels{}, labels{}
	for _, g := range matchedOnly(m.toPred) {
		party := s.gold.Statements[g].SourceParty
		if party == "" {
			continue
		}
		gold[g], pred[g] = party, alone(g)
		if p := s.pred.Statements[m.toPred[g]].Party; p != nil {
			pred[g] = p
		}
	}
	return gold, pred
}

// groups turns labels into the items under each label.
func (l labels) groups() map[any][]int {
	out := map[any][]int{}
	for _, i := range l.items() {
		out[l[i]] = append(out[l[i]], i)
	}
	return out
}

func (l labels) items() []int {
	out := make([]int, 0, len(l))
	for i := range l {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// bCubed compares the groupings of the items of gold, all of which pred labels.
func bCubed(gold, pred labels) BCubed {
	p, r := bCubedSums(gold.groups(), gold, pred)
	n := float64(len(gold))
	return BCubed{newPRF(ratio(p, n), ratio(r, n)), len(gold)}
}

// bCubedSums sums precision and recall over the items of gold; its groups may
// hold more items than it labels.
func bCubedSums(groups map[any][]int, gold, pred labels) (p, r float64) {
	predGroups := pred.groups()
	for _, i := range gold.items() {
		g, q := groups[gold[i]], predGroups[pred[i]]
		both := float64(shareItems(g, q))
		p += both / float64(len(q))
		r += both / float64(len(g))
	}
	return p, r
}

// shareItems counts the items in both ascending lists.
func shareItems(a, b []int) int {
	n := 0
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return n
}

// claimSides say which claim a gold statement was put in and with which
// polarity; where a statement is in several predicted claims, the first counts.
type claimSides struct {
	claim    labels
	polarity map[int]string
	members  []map[int]bool // gold statements of every predicted claim
}

func (s *caseScorer) predClaims(m matching) claimSides {
	index := s.statementIndex()
	c := claimSides{claim: labels{}, polarity: map[int]string{}}
	for ci, claim := range s.pred.Claims {
		members := map[int]bool{}
		for _, member := range claim.Members {
			for _, g := range s.resolve(m, index, member) {
				members[g] = true
				if _, seen := c.claim[g]; !seen {
					c.claim[g], c.polarity[g] = ci, member.Polarity
				}
			}
		}
		c.members = append(c.members, members)
	}
	return c
}

// statementIndex finds predicted statements by document and content.
func (s *caseScorer) statementIndex() map[[2]string][]int {
	index := map[[2]string][]int{}
	for p, st := range s.pred.Statements {
		key := [2]string{stem(st.Doc), string(s.predForms[p].content)}
		index[key] = append(index[key], p)
	}
	return index
}

// resolve returns the gold statements that a member's statements match.
func (s *caseScorer) resolve(m matching, index map[[2]string][]int, member CaseMember) []int {
	var pred []int
	if member.Statement != nil {
		pred = []int{*member.Statement}
	} else {
		pred = index[[2]string{stem(member.Doc), string(normal(member.Content))}]
	}
	var out []int
	for _, p := range pred {
		if p >= 0 && p < len(m.toGold) && m.toGold[p] != none {
			out = append(out, m.toGold[p])
		}
	}
	return out
}

// goldClaims returns the claim and polarity of the gold statements in claims.
func (s *caseScorer) goldClaims() claimSides {
	c := claimSides{claim: labels{}, polarity: map[int]string{}}
	for _, claim := range s.gold.Claims {
		for _, m := range claim.Members {
			g := s.goldIndex[m.Statement]
			c.claim[g], c.polarity[g] = claim.ID, m.Polarity
		}
	}
	return c
}

func (s *caseScorer) addClaims(r *CaseReport, m matching, got claimSides) {
	want := s.goldClaims()
	outer := map[int]bool{}
	for g := range s.gold.Statements {
		outer[s.goldParent(g)] = true
	}
	allGold, allPred := labels{}, labels{} // claims and single statements
	inGold, inPred := labels{}, labels{}   // members of gold claims
	for _, g := range matchedOnly(m.toPred) {
		claim, member := want.claim[g]
		if !member && outer[g] {
			continue
		}
		guess, ok := got.claim[g]
		if !ok {
			guess = alone(g)
		}
		allGold[g], allPred[g] = alone(g), guess
		if member {
			allGold[g] = claim
			inGold[g], inPred[g] = claim, guess
		}
	}
	r.Claim = bCubed(allGold, allPred)
	r.ClaimInGold = bCubed(inGold, inPred)
	r.ClaimAllGold = s.claimsCharged(m, want.claim, inGold, inPred)
	r.ClaimAllGold.PRF = newPRF(r.ClaimInGold.P, r.ClaimAllGold.R)
	addPolarity(r, inGold, want.polarity, got)
}

// claimsCharged is B-cubed recall over all members of gold claims that had to
// be found or were.
func (s *caseScorer) claimsCharged(m matching, want, gold, pred labels) BCubed {
	charged := labels{}
	for g, claim := range want {
		if !s.gold.Statements[g].Implicit || m.toPred[g] != none {
			charged[g] = claim
		}
	}
	_, sum := bCubedSums(charged.groups(), gold, pred)
	return BCubed{PRF{R: ratio(sum, float64(len(charged)))}, len(charged)}
}

func addPolarity(r *CaseReport, items labels, want map[int]string, got claimSides) {
	var all, deny hit
	for g := range items {
		polarity, ok := got.polarity[g]
		if !ok {
			continue
		}
		all.add(polarity == want[g])
		if want[g] == "deny" {
			deny.add(polarity == "deny")
		}
	}
	r.PolarityAccuracy = all.share().Right
	r.PolarityDenyRecall = deny.share().Right
	r.PolarityCoverage = 1
	if len(items) > 0 {
		r.PolarityCoverage = float64(all.n) / float64(len(items))
	}
}

// addIndependent compares, for every gold claim with a matched member, the
// count of the predicted claim that shares most of its members.
func (s *caseScorer) addIndependent(r *CaseReport, m matching, got claimSides) {
	counts := map[string]int{}
	for _, o := range slices.Backward(s.gold.Origins) {
		counts[o.Claim] = o.Independent
	}
	sum := 0
	for _, claim := range s.gold.Claims {
		want, ok := counts[claim.ID]
		members := map[int]bool{}
		for _, member := range claim.Members {
			if g := s.goldIndex[member.Statement]; m.toPred[g] != none {
				members[g] = true
			}
		}
		if !ok || len(members) == 0 {
			continue
		}
		n := 0
		if best := closest(members, got.members); best != none {
			n = s.pred.Claims[best].Independent
		}
		r.IndependentClaims++
		sum += max(n-want, want-n)
		if n != want {
			r.IndependentCountErrors = append(r.IndependentCountErrors, CountGap{claim.ID, n, want})
		}
	}
	if r.IndependentClaims > 0 {
		mean := float64(sum) / float64(r.IndependentClaims)
		r.IndependentMeanError = &mean
	}
}

// closest returns the group that shares most items with members, the smallest
// and then the first of such, or none if no group shares any.
func closest(members map[int]bool, groups []map[int]bool) int {
	best, most := none, 0
	for i, g := range groups {
		n := common(members, g)
		if n > most || n == most && n > 0 && len(g) < len(groups[best]) {
			best, most = i, n
		}
	}
	return best
}

func common[K comparable](a, b map[K]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

// copyPairs returns every pair of documents that stand in one group.
func copyPairs(groups [][]string) map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, group := range groups {
		docs := make([]string, len(group))
		for i, d := range group {
			docs[i] = stem(d)
		}
		slices.Sort(docs)
		docs = slices.Compact(docs)
		for i, a := range docs {
			for _, b := range docs[i+1:] {
				out[[2]string{a, b}] = true
			}
		}
	}
	return out
}

type dispute struct {
	kind    string
	members map[int]bool // gold statements
}

func (s *caseScorer) predDisputes(m matching, got claimSides) []dispute {
	index := s.statementIndex()
	var out []dispute
	for _, d := range s.pred.Disputes {
		members := map[int]bool{}
		list := d.Members
		if len(list) == 0 {
			list = d.Statements
		}
		for _, member := range list {
			for _, g := range s.resolve(m, index, member) {
				members[g] = true
			}
		}
		if len(members) == 0 && d.Claim != nil && *d.Claim >= 0 && *d.Claim < len(got.members) {
			members = got.members[*d.Claim]
		}
		out = append(out, dispute{d.Type, members})
	}
	return out
}

// matchDisputes pairs gold and predicted disputes that share two statements
// or more, at least half of the predicted ones, best overlap first.
func (s *caseScorer) matchDisputes(pred []dispute, typed bool) PRF {
	var pairs []pair
	for i, d := range s.gold.Disputes {
		gold := map[int]bool{}
		for _, id := range d.Statements {
			gold[s.goldIndex[id]] = true
		}
		for j, p := range pred {
			both := common(gold, p.members)
			if both < 2 || 2*both < len(p.members) || typed && d.Type != p.kind {
				continue
			}
			overlap := float64(both) / float64(len(gold)+len(p.members)-both)
			// Among equals the later ones go first.
			pairs = append(pairs, pair{i, j, [3]float64{overlap, float64(i), float64(j)}})
		}
	}
	n := len(matchPairs(pairs))
	return sidedPRF(n, len(pred), n, len(s.gold.Disputes))
}
