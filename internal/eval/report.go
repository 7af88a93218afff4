package eval

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Report is the outcome of [Score].
type Report struct {
	Documents int     `json:"documents"`
	Silent    []Label `json:"without_prediction,omitempty"` // gold documents nothing was predicted for
	Unknown   []Label `json:"not_in_gold,omitempty"`        // predicted documents that gold does not have
	Differing []Label `json:"text_differs,omitempty"`       // predicted from another text than gold's
	Rows      []Row   `json:"rows"`
}

// Row holds the figures for one class of gold. Gold and Pred count the
// attributions that take part.
type Row struct {
	Name string `json:"name"`
	Gold int    `json:"gold"`
	Pred int    `json:"pred"`

	Attribution PRF `json:"attribution"` // content and source right
	Content     PRF `json:"content"`     // content alone
	Cue         PRF `json:"cue"`         // a word of the cue shared

	// Over the matched contents.
	OvertSource    Share `json:"source_overt"`    // gold has a source
	ImplicitSource Share `json:"source_implicit"` // gold has none
	Negated        Share `json:"negated"`
	Denial         Share `json:"denial"` // cues of denial read as denying
	Stance         Share `json:"stance"`
	Polarity       Share `json:"polarity"`

	ContentSpan SpanScore `json:"content_span"`
	SourceSpan  SpanScore `json:"source_span"`
	CueSpan     SpanScore `json:"cue_span"`

	ByKind     []Class `json:"by_kind"`
	ByStance   []Class `json:"by_stance,omitempty"`
	ByPolarity []Class `json:"by_polarity,omitempty"`
}

// PRF is precision, recall and their harmonic mean, each from 0 to 1.
type PRF struct {
	P  float64 `json:"p"`
	R  float64 `json:"r"`
	F1 float64 `json:"f1"`
}

// Share is the part, from 0 to 1, of Of cases that were right; 0 of none.
type Share struct {
	Right float64 `json:"right"`
	Of    int     `json:"of"`
}

// SpanScore compares the spans of one field: Strict asks for the same words,
// Soft takes the share of each span that the best counterpart covers.
type SpanScore struct {
	Strict PRF `json:"strict"`
	Soft   PRF `json:"soft"`
}

// Class is one kind, stance or polarity of gold: how much of it was found with
// its source, and how often the label itself was right where the content was
// found.
type Class struct {
	Name   string  `json:"name"`
	Gold   int     `json:"gold"`
	Recall float64 `json:"recall"`
	Label  Share   `json:"label"`
}

func keepClause(a *Attribution) bool { return !a.NPContent }

// Score compares predictions with gold. Rows are clause (contents that are
// clauses, the primary row), clause-core (those without belief, expectation
// and demand), all, and np-only (contents that are noun phrases); a row that
// has no gold is left out. Gold documents without a prediction count as
// missed, predicted documents unknown to gold are named but not scored.
func Score(gold, pred []Doc) Report {
	list, r := newPages(gold, pred)
	for _, row := range []struct {
		name string
		keep func(*Attribution) bool
	}{
		{"clause", keepClause},
		{"clause-core", func(a *Attribution) bool { return !a.NPContent && !a.Soft }},
		{"all", func(*Attribution) bool { return true }},
		{"np-only", func(a *Attribution) bool { return a.NPContent }},
	} {
		t := newTally()
		for _, pg := range list {
			t.add(newView(pg, row.keep))
		}
		if t.gold > 0 {
			r.Rows = append(r.Rows, t.row(row.name))
		}
	}
	return r
}

// newPages prepares every gold document with its prediction, and a report
// that names the documents that do not pair.
func newPages(gold, pred []Doc) ([]page, Report) {
	r := Report{Documents: len(gold)}
	byID := make(map[Label]Doc, len(pred))
	for _, p := range pred {
		byID[p.ID] = p
	}
	pages := make([]page, 0, len(gold))
	known := make(map[Label]bool, len(gold))
	for _, g := range gold {
		known[g.ID] = true
		p, ok := byID[g.ID]
		if !ok {
			r.Silent = append(r.Silent, g.ID)
		} else if p.Text != "" && p.Text != g.Text {
			r.Differing = append(r.Differing, g.ID)
		}
		pages = append(pages, newPage(g, p.Attributions))
	}
	for _, p := range pred {
		if !known[p.ID] {
			r.Unknown = append(r.Unknown, p.ID)
		}
	}
	return pages, r
}

func (t *tally) row(name string) Row {
	r := Row{
		Name: name, Gold: t.gold, Pred: t.pred,
		Attribution:    countPRF(t.attribution, t.pred, t.gold),
		Content:        countPRF(t.content, t.pred, t.gold),
		Cue:            countPRF(t.cue, t.cuePred, t.cueGold),
		OvertSource:    t.overt.share(),
		ImplicitSource: t.implicit.share(),
		Negated:        t.negated.share(),
		Denial:         t.denials.share(),
		ContentSpan:    t.spans[0].score(),
		SourceSpan:     t.spans[1].score(),
		CueSpan:        t.spans[2].score(),
		ByKind:         classes(t.kinds),
	}
	r.ByStance, r.Stance = labelled(t.stances)
	r.ByPolarity, r.Polarity = labelled(t.polarities)
	return r
}

func (h hit) share() Share {
	return Share{Right: ratio(float64(h.right), float64(h.n)), Of: h.n}
}

func (s spanTally) score() SpanScore {
	return SpanScore{
		Strict: countPRF(s.exact, s.pred, s.gold),
		Soft:   newPRF(ratio(s.coveredPred, float64(s.pred)), ratio(s.coveredGold, float64(s.gold))),
	}
}

func classes(m map[string]*classTally) []Class {
	var out []Class
	for _, name := range slices.Sorted(maps.Keys(m)) {
		c := m[name]
		out = append(out, Class{
			Name: name, Gold: c.gold,
			Recall: ratio(float64(c.found), float64(c.gold)), Label: c.label.share(),
		})
	}
	slices.SortStableFunc(out, func(a, b Class) int { return cmp.Compare(b.Gold, a.Gold) })
	return out
}

// labelled is classes without the gold that has no label, and how often the
// label was right over all of them.
func labelled(m map[string]*classTally) ([]Class, Share) {
	var all hit
	named := maps.Clone(m)
	delete(named, "")
	for _, c := range named {
		all.right += c.label.right
		all.n += c.label.n
	}
	return classes(named), all.share()
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func newPRF(p, r float64) PRF {
	return PRF{P: p, R: r, F1: ratio(2*p*r, p+r)}
}

func countPRF(right, pred, gold int) PRF {
	return newPRF(ratio(float64(right), float64(pred)), ratio(float64(right), float64(gold)))
}

// WriteText writes the report as tables of percentages.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d documents", r.Documents)
	for _, note := range []struct {
		ids  []Label
		what string
	}{
		{r.Silent, "without a prediction"},
		{r.Unknown, "predicted but not in gold"},
		{r.Differing, "predicted from another text"},
	} {
		if len(note.ids) > 0 {
			fmt.Fprintf(&b, ", %d %s (%s …)", len(note.ids), note.what, note.ids[0])
		}
	}
	b.WriteString("\n")
	if len(r.Rows) == 0 {
		b.WriteString("no gold attribution to score\n")
	} else {
		r.writeRows(&b)
		r.Rows[0].writeDetail(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Report) writeRows(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-12s %6s %6s   %-17s   %-17s   %s\n", "", "", "", "attribution", "content", "cue")
	fmt.Fprintf(b, "%-12s %6s %6s   %s   %s   %s\n", "row", "gold", "pred", prfHead, prfHead, prfHead)
	for _, x := range r.Rows {
		fmt.Fprintf(b, "%-12s %6d %6d   %s   %s   %s\n", x.Name, x.Gold, x.Pred, x.Attribution, x.Content, x.Cue)
	}
	fmt.Fprintf(b, "\n%-12s %14s %14s %14s %14s %14s %14s\n", "right of n",
		"source overt", "source none", "negated", "denials", "stance", "polarity")
	for _, x := range r.Rows {
		fmt.Fprintf(b, "%-12s %14s %14s %14s %14s %14s %14s\n", x.Name,
			x.OvertSource, x.ImplicitSource, x.Negated, x.Denial, x.Stance, x.Polarity)
	}
}

func (x Row) writeDetail(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-12s   %-17s   %s\n", "spans", "same words", "share covered")
	fmt.Fprintf(b, "%-12s   %s   %s\n", x.Name, prfHead, prfHead)
	for _, s := range []struct {
		name string
		SpanScore
	}{{"content", x.ContentSpan}, {"source", x.SourceSpan}, {"cue", x.CueSpan}} {
		fmt.Fprintf(b, "%-12s   %s   %s\n", s.name, s.Strict, s.Soft)
	}
	writeClasses(b, "kind", x.ByKind)
	writeClasses(b, "stance", x.ByStance)
	writeClasses(b, "polarity", x.ByPolarity)
}

// writeClasses leaves out how often the label was right if it never was, which
// is what predictions without labels come to.
func writeClasses(b *strings.Builder, what string, classes []Class) {
	if len(classes) == 0 {
		return
	}
	labels := slices.ContainsFunc(classes, func(c Class) bool { return c.Label.Right > 0 })
	fmt.Fprintf(b, "\n%-12s %6s   %6s", what, "gold", "recall")
	if labels {
		fmt.Fprintf(b, "   %14s", "label right")
	}
	for _, c := range classes {
		fmt.Fprintf(b, "\n%-12s %6d   %6.1f", c.Name, c.Gold, 100*c.Recall)
		if labels {
			fmt.Fprintf(b, "   %14s", c.Label)
		}
	}
	b.WriteString("\n")
}

const prfHead = "    P     R    F1"

// String writes three percentages in 17 columns.
func (p PRF) String() string {
	return fmt.Sprintf("%5.1f %5.1f %5.1f", 100*p.P, 100*p.R, 100*p.F1)
}

// String writes the percentage and its base, or a dash for a share of nothing.
func (s Share) String() string {
	if s.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f of %d", 100*s.Right, s.Of)
}
