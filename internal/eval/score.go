package eval

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// item is one attribution with its spans as sets of words.
type item struct {
	*Attribution
	cue, source, content wordSet
	accepted             []wordSet // other sources that are right too
}

// page is one document prepared for scoring: all gold, and the predictions
// with coordinated contents joined.
type page struct {
	id         Label
	text       string
	gold, pred []item
}

func newPage(gold Doc, pred []Attribution) page {
	w := splitWords(gold.Text)
	p := page{id: gold.ID, text: gold.Text}
	for i := range gold.Attributions {
		p.gold = append(p.gold, newItem(w, &gold.Attributions[i]))
	}
	for i := range pred {
		if it := newItem(w, &pred[i]); len(it.cue) > 0 || len(it.content) > 0 {
			p.pred = append(p.pred, it)
		}
	}
	p.pred = joinCoordinated(p.pred, p.gold)
	return p
}

func newItem(w words, a *Attribution) item {
	it := item{
		Attribution: a,
		cue:         w.under(a.Cue),
		source:      w.trim(w.under(a.Source)),
		content:     w.trim(w.under(a.Content)),
	}
	for _, alt := range []Spans{a.SourceFull, a.SourceAlt} {
		if len(alt) > 0 {
			it.accepted = append(it.accepted, w.trim(w.under(alt)))
		}
	}
	return it
}

// joinCoordinated reads predictions with one cue and one source as a single
// one where gold knows that cue at most once: gold keeps "said that X and that
// Y" in one content, a reader may file two statements.
func joinCoordinated(pred, gold []item) []item {
	groups := map[string][]item{}
	var order []string
	for i, p := range pred {
		key := fmt.Sprint(p.cue, p.source)
		if len(p.cue) == 0 {
			key = strconv.Itoa(i)
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], p)
	}
	out := make([]item, 0, len(pred))
	for _, key := range order {
		g := groups[key]
		if len(g) > 1 && sharingCue(gold, g[0]) <= 1 {
			for _, p := range g[1:] {
				g[0].content = append(slices.Clone(g[0].content), p.content...)
			}
			g[0].content = g[0].content.normal()
			g = g[:1]
		}
		out = append(out, g...)
	}
	return out
}

func sharingCue(items []item, p item) int {
	n := 0
	for _, it := range items {
		if it.cue.common(p.cue) > 0 {
			n++
		}
	}
	return n
}

// rightSource reports whether p names the source of g: at least half of the
// words of the source or of another accepted one, or nobody where g has none.
func rightSource(g, p item) bool {
	if len(g.source) > 0 && g.source.jaccard(p.source) >= .5 {
		return true
	}
	if len(g.source) == 0 && (g.SourceKind == "unknown" || len(p.source) == 0) {
		return true
	}
	return slices.ContainsFunc(g.accepted, func(a wordSet) bool { return a.jaccard(p.source) >= .5 })
}

// pair proposes to match gold g with prediction p; higher ranks go first.
type pair struct {
	g, p int
	rank [3]float64
}

// matchPairs matches one to one, best first; ties go to the earlier gold, then
// to the earlier prediction.
func matchPairs(pairs []pair) []pair {
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(slices.Compare(b.rank[:], a.rank[:]), cmp.Compare(a.g, b.g), cmp.Compare(a.p, b.p))
	})
	usedG, usedP := map[int]bool{}, map[int]bool{}
	var out []pair
	for _, c := range pairs {
		if !usedG[c.g] && !usedP[c.p] {
			usedG[c.g], usedP[c.p] = true, true
			out = append(out, c)
		}
	}
	return out
}

// matchContents matches gold and predictions whose contents share half of
// their words; a shared cue, then the source, decides between equals.
func matchContents(gold, pred []item) []pair {
	var pairs []pair
	for i, g := range gold {
		for j, p := range pred {
			content := hundredths(g.content.jaccard(p.content))
			if content < .5 {
				continue
			}
			rank := [3]float64{content, 0, hundredths(g.source.jaccard(p.source))}
			if g.cue.common(p.cue) > 0 {
				rank[1] = 1
			}
			pairs = append(pairs, pair{i, j, rank})
		}
	}
	return matchPairs(pairs)
}

// matchCues matches gold and predictions whose cues share a word.
func matchCues(gold, pred []item) []pair {
	var pairs []pair
	for i, g := range gold {
		for j, p := range pred {
			if g.cue.common(p.cue) > 0 {
				pairs = append(pairs, pair{i, j, [3]float64{g.cue.jaccard(p.cue), g.content.jaccard(p.content)}})
			}
		}
	}
	return matchPairs(pairs)
}

// hundredths rounds the exact binary value of x in [0, 1] to two decimals,
// halves to even: contents that differ by less rank alike.
func hundredths(x float64) float64 {
	if x == 0 || x == 1 {
		return x
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 2, 64), 64)
	return rounded
}

// view is a page as one row sees it: the gold it scores, the gold it leaves
// out, the matches by content, and the predictions excused because they hit
// gold that is left out.
type view struct {
	page
	scored, left []item
	matched      []pair
	excused      map[int]bool
}

func newView(pg page, keep func(*Attribution) bool) view {
	v := view{page: pg, excused: map[int]bool{}}
	for _, g := range pg.gold {
		if !g.Uncertain && keep(g.Attribution) {
			v.scored = append(v.scored, g)
		} else {
			v.left = append(v.left, g)
		}
	}
	v.matched = matchContents(v.scored, v.pred)
	used := predicted(v.matched)
	for j, p := range v.pred {
		if !used[j] && v.excuses(p) {
			v.excused[j] = true
		}
	}
	return v
}

// excuses reports whether p hits gold that is left out, by its content, or by
// a cue that is not the cue of scored gold as well.
func (v view) excuses(p item) bool {
	sameContent := func(g item) bool { return g.content.jaccard(p.content) >= .5 }
	return slices.ContainsFunc(v.left, sameContent) || sharingCue(v.left, p) > 0 && sharingCue(v.scored, p) == 0
}

func predicted(matched []pair) map[int]bool {
	out := make(map[int]bool, len(matched))
	for _, m := range matched {
		out[m.p] = true
	}
	return out
}

// tally counts what one row needs, over all documents.
type tally struct {
	gold, pred, content, attribution  int
	cue, cueGold, cuePred             int
	overt, implicit, negated, denials hit
	spans                             [3]spanTally // content, source, cue
	kinds, stances, polarities        map[string]*classTally
}

// hit counts how many of n were right.
type hit struct{ right, n int }

func (h *hit) add(right bool) {
	h.n++
	if right {
		h.right++
	}
}

type classTally struct {
	gold, found int
	label       hit // over matched content
}

func newTally() *tally {
	return &tally{kinds: map[string]*classTally{}, stances: map[string]*classTally{}, polarities: map[string]*classTally{}}
}

func (t *tally) add(v view) {
	t.gold += len(v.scored)
	t.pred += len(v.pred) - len(v.excused)
	t.content += len(v.matched)
	for _, g := range v.scored {
		for _, c := range t.classes(g.Attribution) {
			c.gold++
		}
	}
	for _, m := range v.matched {
		t.addMatch(v.scored[m.g], v.pred[m.p])
	}
	t.addCues(v)
	t.addSpans(v)
}

func (t *tally) addMatch(g, p item) {
	right := rightSource(g, p)
	classes := t.classes(g.Attribution)
	if right {
		t.attribution++
		for _, c := range classes {
			c.found++
		}
	}
	if len(g.source) > 0 {
		t.overt.add(right)
	} else {
		t.implicit.add(right)
	}
	t.negated.add(g.Negated == p.Negated)
	if isDenialLemma(g.CueLemma) {
		t.denials.add(side(p.Polarity) == "deny")
	}
	classes[0].label.add(g.Kind == p.Kind)
	classes[1].label.add(g.Stance == p.Stance)
	classes[2].label.add(side(g.Polarity) == side(p.Polarity))
}

// classes returns the counters of the kind, stance and polarity of gold a.
func (t *tally) classes(a *Attribution) [3]*classTally {
	counter := func(m map[string]*classTally, name string) *classTally {
		if m[name] == nil {
			m[name] = &classTally{}
		}
		return m[name]
	}
	return [3]*classTally{
		counter(t.kinds, cmp.Or(a.Kind, "?")),
		counter(t.stances, a.Stance),
		counter(t.polarities, side(a.Polarity)),
	}
}

func (t *tally) addCues(v view) {
	matched := matchCues(v.scored, v.pred)
	t.cue += len(matched)
	for _, g := range v.scored {
		if len(g.cue) > 0 {
			t.cueGold++
		}
	}
	used := predicted(matched)
	for j, p := range v.pred {
		excused := !used[j] && (v.excused[j] || sharingCue(v.left, p) > 0)
		if len(p.cue) > 0 && !excused {
			t.cuePred++
		}
	}
}

// side maps the names in use for a polarity to one.
func side(p Label) string {
	switch p {
	case "deny", "denial", "denied", "negative", "-1":
		return "deny"
	}
	return string(p)
}

// isDenialLemma reports whether a gold cue lemma is a verb of denial.
func isDenialLemma(lemma string) bool {
	switch lemma {
	case "نفى", "نفا", "انكر", "أنكر", "كذب", "دحض", "فند", "deny", "denied", "denies", "denying", "denial":
		return true
	}
	for _, stem := range []string{"refut", "rebut", "disput", "reject", "dismiss"} {
		if rest, ok := strings.CutPrefix(lemma, stem); ok {
			return strings.IndexFunc(rest, notWordRune) < 0
		}
	}
	return false
}

func notWordRune(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_'
}
