package train

import (
	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// endings adds the places at which the annotated clauses of a text go on, and
// those at which they end. Behind an end nothing is asked.
func (q *question) endings(t *text.Text, places []reader.Place, truths []gold.Attribution) {
	seen := map[[3]int]bool{}
	for i := range places {
		p := &places[i]
		key := [3]int{p.Cue.Start, p.From, p.At}
		end := annotatedEnd(t, p, truths)
		if seen[key] || end < 0 {
			continue
		}
		seen[key] = true
		if apart(t, p.At, end) == 0 {
			q.add(p.Features, 1, 1)
		} else if p.At < end {
			q.add(p.Features, 0, 1)
		}
	}
}

// annotatedEnd is where the clause of a place ends by the annotation, a byte
// offset, or -1 if it has no clause of this cue that begins there. Coordinated
// clauses of one cue are one.
func annotatedEnd(t *text.Text, p *reader.Place, truths []gold.Attribution) int {
	end := -1
	for i := range truths {
		a := &truths[i]
		if len(a.Content) == 0 || a.NPContent || !touches(spans(a.Cue), p.Cue) {
			continue
		}
		begins := apart(t, a.Content[0][0], p.From) <= 1
		if begins || end >= 0 && apart(t, end, a.Content[0][0]) == 0 {
			end = max(end, a.Content[len(a.Content)-1][1])
		}
	}
	return end
}

// apart counts the words that begin between two byte offsets.
func apart(t *text.Text, a, b int) int {
	if a > b {
		a, b = b, a
	}
	n := 0
	for i := range t.Tokens {
		if tok := &t.Tokens[i]; tok.Kind <= text.Number && int(tok.Start) >= a && int(tok.Start) < b {
			n++
		}
	}
	return n
}
