package reader

import "github.com/isnad/isnad/text"

// align ties each annotated attribution to the candidate that decides it.
func (l *learner) align(truths []Truth) {
	for i := range l.answers {
		l.answers[i].known = true
	}
	for _, t := range truths {
		cue, content := l.tokens(t.Cue), l.tokens(t.Content)
		if t.Row > 0 {
			l.alignRow(&t, content)
			continue
		}
		if len(cue) == 0 || len(content) == 0 {
			continue
		}
		at := -1
		for i := range l.cands {
			c := &l.cands[i]
			own := text.Range{First: c.at, End: c.at + 1}
			if coversRange(cue, own) || c.row >= 0 && c.end > c.at+1 && coversRange(cue, text.Range{First: c.end - 1, End: c.end}) {
				if at < 0 || !reports.has(l.toks[l.cands[at].at].kind) && reports.has(l.toks[c.at].kind) {
					at = i
				}
			} else if coversRange(content, own) && !l.answers[i].cue {
				l.answers[i].known = false
			}
		}
		if at >= 0 {
			a := answer{known: true, cue: true, content: content}
			if src := l.tokens(t.Source); len(src) > 0 {
				a.source = src[0]
			}
			l.answers[at] = a
		}
	}
}

// alignRow ties the example of a row to the first candidate of that row, and
// leaves all other candidates open.
func (l *learner) alignRow(t *Truth, content []text.Range) {
	done := len(content) == 0
	for i := range l.cands {
		c := &l.cands[i]
		l.answers[i].known = false
		if done || c.row != t.Row-1 || coversRange(content, text.Range{First: c.at, End: c.at + 1}) {
			continue
		}
		done = true
		a := answer{known: true, cue: true, content: content, open: len(t.Source) == 0}
		if src := l.tokens(t.Source); len(src) > 0 {
			a.source = src[0]
		}
		l.answers[i] = a
	}
}

// agrees reports that content and source of a find share at least half of
// their words with what is annotated.
func (l *learner) agrees(c *candidate, t Truth) bool {
	if l.common(c.content, l.tokens(t.Content)) < 0.5 {
		return false
	}
	if t.Row > 0 && t.Row != c.row+1 {
		return false
	}
	if len(t.Source) == 0 {
		return t.Row > 0 || c.source.Len() == 0
	}
	return l.common([]text.Range{c.source}, l.tokens(t.Source)) >= 0.5
}

// common is the share of words that two lists of ranges have in common.
func (l *learner) common(a, b []text.Range) float64 {
	both, all := 0, 0
	for _, r := range a {
		for i := r.First; i < r.End; i++ {
			if l.word(i) {
				all++
				if coversRange(b, text.Range{First: i, End: i + 1}) {
					both++
				}
			}
		}
	}
	for _, r := range b {
		for i := r.First; i < r.End; i++ {
			if l.word(i) && !coversRange(a, text.Range{First: i, End: i + 1}) {
				all++
			}
		}
	}
	return float64(both) / float64(max(all, 1))
}

// answer is what the annotation says of a candidate.
type answer struct {
	known   bool // worth learning from
	open    bool // nothing is known of the source
	cue     bool
	source  text.Range
	content []text.Range
}

type learner struct {
	englishText
	emit    func(*Decision)
	answers []answer
}

// tokens are the tokens that spans touch, as ranges; pieces with no word in
// between are one.
func (l *learner) tokens(spans []text.Span) []text.Range {
	var out []text.Range
	i := 0
	for _, s := range spans {
		for i > 0 && int(l.t.Tokens[i-1].End) > s.Start {
			i--
		}
		for i < len(l.t.Tokens) && int(l.t.Tokens[i].End) <= s.Start {
			i++
		}
		r := text.Range{First: i}
		for i < len(l.t.Tokens) && int(l.t.Tokens[i].Start) < s.End {
			i++
		}
		if r.End = i; r.Len() > 0 {
			if n := len(out); n > 0 && l.wordless(out[n-1].End, r.First) {
				out[n-1].End = r.End
				continue
			}
			out = append(out, r)
		}
	}
	return out
}

func (l *learner) wordless(a, b int) bool {
	for i := a; i < b; i++ {
		if l.word(i) {
			return false
		}
	}
	return true
}
