package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Case is one error with the passages of both sides. Gold is nil for a
// spurious prediction without gold near it, Pred for a missed attribution
// without a prediction near it.
type Case struct {
	Doc   Label     `json:"doc"`
	What  string    `json:"what"`  // missed, wrong source, spurious
	Words int       `json:"words"` // words that were not attributed, or wrongly
	At    int       `json:"at"`    // byte offset in the text
	Gold  *Passages `json:"gold,omitempty"`
	Pred  *Passages `json:"pred,omitempty"`
}

// Passages are the words of one attribution; pieces are joined by " … ".
type Passages struct {
	Cue     string `json:"cue"`
	Source  string `json:"source"`
	Content string `json:"content"`
}

// Errors returns the n worst errors of the clause row (of all gold where it
// has no clause): those that attribute the most words wrongly or not at all.
func Errors(gold, pred []Doc, n int) []Case {
	list, _ := newPages(gold, pred)
	keep := keepClause
	if !slices.ContainsFunc(list, func(pg page) bool { return pg.scores(keepClause) }) {
		keep = func(*Attribution) bool { return true }
	}
	var cases []Case
	for _, pg := range list {
		cases = append(cases, newView(pg, keep).errors()...)
	}
	slices.SortStableFunc(cases, func(a, b Case) int { return cmp.Compare(b.Words, a.Words) })
	return cases[:min(max(n, 0), len(cases))]
}

// scores reports whether the page has gold that a row scores.
func (pg page) scores(keep func(*Attribution) bool) bool {
	return slices.ContainsFunc(pg.gold, func(g item) bool { return !g.Uncertain && keep(g.Attribution) })
}

func (v view) errors() []Case {
	var out []Case
	found := map[int]bool{}
	for _, m := range v.matched {
		found[m.g] = true
		if g, p := v.scored[m.g], v.pred[m.p]; !rightSource(g, p) {
			out = append(out, v.newCase("wrong source", g.content.size(), &g, &p))
		}
	}
	for i, g := range v.scored {
		if !found[i] {
			near := nearest(g, v.pred)
			out = append(out, v.newCase("missed", g.content.size()-shared(near, g), &g, near))
		}
	}
	used := predicted(v.matched)
	for j, p := range v.pred {
		if !used[j] && !v.excused[j] {
			near := nearest(p, v.gold)
			out = append(out, v.newCase("spurious", p.content.size()-shared(near, p), near, &p))
		}
	}
	return out
}

// nearest returns the item that shares most of its content with it or, failing
// that, its cue; nil if none does.
func nearest(it item, among []item) *item {
	var best *item
	most := 0
	for i, c := range among {
		if n := 2*c.content.common(it.content) + min(1, c.cue.common(it.cue)); n > most {
			best, most = &among[i], n
		}
	}
	return best
}

func shared(near *item, it item) int {
	if near == nil {
		return 0
	}
	return near.content.common(it.content)
}

func (v view) newCase(what string, n int, gold, pred *item) Case {
	c := Case{Doc: v.id, What: what, Words: n, Gold: v.passages(gold), Pred: v.passages(pred)}
	it := cmp.Or(gold, pred)
	if what == "spurious" {
		it = pred
	}
	for _, s := range []Spans{it.Content, it.Cue} {
		if len(s) > 0 {
			c.At = s[0][0]
		}
	}
	return c
}

func (v view) passages(it *item) *Passages {
	if it == nil {
		return nil
	}
	return &Passages{Cue: cut(v.text, it.Cue), Source: cut(v.text, it.Source), Content: cut(v.text, it.Content)}
}

// cut returns the words under the spans; parts outside the text are left out,
// and so are the broken ends of a span that cuts a character.
func cut(text string, spans Spans) string {
	var parts []string
	for _, s := range spans {
		lo, hi := max(0, min(s[0], len(text))), max(0, min(s[1], len(text)))
		if lo < hi {
			parts = append(parts, strings.Join(strings.Fields(strings.ToValidUTF8(text[lo:hi], "")), " "))
		}
	}
	return strings.Join(parts, " … ")
}

const shownWords = 40 // of a passage

// WriteCases writes errors one after the other, gold above prediction; long
// passages are shortened in the middle.
func WriteCases(w io.Writer, cases []Case) error {
	var b strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&b, "%s: %s, byte %d, words %d\n", c.What, c.Doc, c.At, c.Words)
		c.Gold.write(&b, "gold")
		c.Pred.write(&b, "pred")
		b.WriteString("\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p *Passages) write(b *strings.Builder, side string) {
	if p == nil {
		fmt.Fprintf(b, "  %s  -\n", side)
		return
	}
	fmt.Fprintf(b, "  %s  cue      %s\n        source   %s\n        content  %s\n",
		side, show(p.Cue), show(p.Source), show(p.Content))
}

func show(passage string) string {
	if passage == "" {
		return "-"
	}
	w := strings.Fields(passage)
	if len(w) > shownWords {
		w = slices.Concat(w[:shownWords/2], []string{"[…]"}, w[len(w)-shownWords/2:])
	}
	return strings.Join(w, " ")
}
