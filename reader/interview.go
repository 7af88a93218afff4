package reader

import (
	"sort"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// answers files the one who answers in an interview as the outer teller of what
// the answer passes on: its cue is the dash that opens the answer, its content
// the sentence. An answer that passes nothing on is not filed.
func (d *doc) answers() {
	n := len(d.finds)
	for i := 0; i < n; i++ {
		f := &d.finds[i]
		first, ok := d.answer(f.cue.First)
		if !ok || f.pack.Name != "ar" || f.cue.First == first || f.kind == isnad.Headline || f.reading.Agr == lang.First || f.reading.Agr == lang.FirstP {
			continue
		}
		s := d.t.Sentences[rangeAt(d.t.Sentences, f.cue.First)]
		if s.First == first {
			s.First++
		}
		if last := &d.finds[len(d.finds)-1]; last.rule == "answer" && last.content[0].First >= s.First {
			continue
		}
		d.file(&find{
			cue: text.Range{First: first, End: first + 1}, content: d.keep(d.clip(s)), row: -1, pack: f.pack,
			kind: isnad.Direct, rule: "answer", sentence: f.sentence, over: -1, score: f.score,
		})
	}
	if len(d.finds) > n {
		d.order()
	}
}

// answer gives the dash that opens the paragraph of token i, where the
// paragraph before it is a question.
func (d *doc) answer(i int) (int, bool) {
	p := rangeAt(d.t.Paragraphs, i)
	first := d.t.Paragraphs[p].First
	if p == 0 || !d.is(first, '–') && !d.is(first, '-') && !d.is(first, '—') {
		return 0, false
	}
	q := d.t.Paragraphs[p-1]
	return first, d.is(q.End-1, '؟') || d.is(q.End-1, '?')
}

// rangeAt is the index of the range that holds token i.
func rangeAt(rs []text.Range, i int) int {
	return sort.Search(len(rs), func(k int) bool { return rs[k].End > i })
}
