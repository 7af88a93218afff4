package desk

import (
	"sort"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// near is how many attributions before and after one are looked at.
const near = 8

// saidWhen fills in when attributions were said, where the reader has left it
// open: by the nearest date of the day or finer that stands in the sentence of
// the cue and on its level, that is, inside the same contents and no other,
// with no other cue between. A date within the words for the source belongs to
// those.
func saidWhen(t *text.Text, list []isnad.Attribution, times []isnad.Time) {
	for i := range list {
		a := &list[i]
		cue := a.Own().Cue
		if len(a.When) > 0 || len(cue) == 0 {
			continue
		}
		around := list[max(0, i-near):min(len(list), i+near+1)]
		sentence := sentenceOf(t, cue[0].Start)
		best := -1
		for k := sort.Search(len(times), func(k int) bool { return times[k].Span.Start >= sentence.Start }); k < len(times) && times[k].Span.End <= sentence.End; k++ {
			span := times[k].Span
			if times[k].Interval.Precision > isnad.DayPrecision || !onLevel(span, cue[0], around) {
				continue
			}
			if best < 0 || distance(span, cue[0]) < distance(times[best].Span, cue[0]) {
				best = k
			}
		}
		if best >= 0 {
			a.When = []text.Span{times[best].Span}
		}
	}
}

// sentenceOf is the sentence that holds a byte.
func sentenceOf(t *text.Text, at int) text.Span {
	n := sort.Search(len(t.Sentences), func(n int) bool { return t.Span(t.Sentences[n]).End > at })
	if n == len(t.Sentences) {
		return text.Span{}
	}
	return t.Span(t.Sentences[n])
}

// onLevel reports whether a date and a cue lie in the same contents, with no
// cue between them, and the date in no source.
func onLevel(date, cue text.Span, around []isnad.Attribution) bool {
	between := text.Span{Start: min(date.End, cue.End), End: max(date.Start, cue.Start)}
	for i := range around {
		if within(date, around[i].Content) != within(cue, around[i].Content) {
			return false
		}
		own := around[i].Own()
		for _, s := range own.Source {
			if s.Overlaps(date) {
				return false
			}
		}
		for _, s := range own.Cue {
			if between.Contains(s) {
				return false
			}
		}
	}
	return true
}

func within(s text.Span, spans []text.Span) bool {
	for _, o := range spans {
		if o.Overlaps(s) {
			return true
		}
	}
	return false
}

func distance(a, b text.Span) int { return max(a.Start, b.Start) - min(a.End, b.End) }
