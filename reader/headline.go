package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// maxHeadline is the longest speaker before a colon, in tokens.
const maxHeadline = 14

// colon reads "source: content" in a sentence without any other cue: a
// headline or a speaker's turn.
func (a *arabic) colon() {
	at := -1
	for i := a.s.First; i < a.s.End && i < a.s.First+maxHeadline; i++ {
		if a.is(i, ':') {
			at = i
			break
		}
	}
	if at <= a.s.First || at+1 >= a.s.End || !a.speaks(text.Range{First: a.s.First, End: at}, at) {
		return
	}
	f := find{cue: text.Range{First: at, End: at + 1}, row: -1, pack: a.pack, sentence: a.n, over: -1, kind: isnad.Headline, rule: "headline"}
	f.source = a.clip(text.Range{First: a.s.First, End: at})
	f.content = []text.Range{a.clip(text.Range{First: at + 1, End: a.s.End})}
	if q := a.opening(at + 1); q != nil && q.Close >= a.s.End-2 {
		f.content = a.quoted(q)
	}
	a.file(&f)
}

// speaks decides whether what stands before a colon can speak: a person, body,
// role or medium, and not a mere topic or place.
func (a *arabic) speaks(r text.Range, at int) bool {
	speaker, topic := 0, 0
	for i := r.First; i < r.End; i++ {
		switch {
		case !a.word(i):
			continue
		case a.in(i, lang.Topic) && i == r.First:
			topic += 4
		case a.t.Tokens[i].Kind == text.Number || a.has(i, lang.Month):
			topic += 2
		case a.any(i, lang.Of(lang.Title, lang.Org, lang.Outlet, lang.OutletHead, lang.Unnamed, lang.Body)):
			speaker += 3
		case a.has(i, lang.Given):
			speaker += 2
		case a.any(i, lang.Of(lang.State, lang.Capital)):
			topic++
		case a.named(i):
			speaker++
		case a.has(i, lang.Prep) || a.finite(i):
			topic += 2
		default:
			topic++
		}
	}
	if a.opening(at+1) != nil {
		speaker += 2
	}
	return speaker > topic
}
