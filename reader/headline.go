package reader

import (
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// maxHeadline is the longest speaker before a colon, in tokens.
const maxHeadline = 14

// colon reads "source: content" where no cue stands before the colon: a
// headline or a speaker's turn. first is the first find of the sentence.
func (a *arabic) colon(first int) {
	at := a.firstColon()
	if at <= a.s.First || at+1 >= a.s.End {
		return
	}
	for i := first; i < len(a.finds); i++ {
		if a.finds[i].cue.First < at {
			return
		}
	}
	src := a.turnSpeaker(text.Range{First: a.afterClock(at), End: at})
	if src.Len() == 0 || !a.speaks(src, at) {
		return
	}
	f := find{cue: text.Range{First: at, End: at + 1}, row: -1, pack: a.pack, sentence: a.n, over: -1, kind: isnad.Headline, rule: "headline", source: src}
	f.content = a.keep(a.clip(text.Range{First: at + 1, End: a.s.End}))
	if q := a.opening(at + 1); q != nil && q.Close >= a.s.End-2 {
		f.content = a.quoted(q)
	}
	a.file(&f)
}

// afterClock passes over the time of day that opens an entry of a live blog.
func (a *arabic) afterClock(at int) int {
	i := a.s.First
	if a.t.Tokens[i].Kind == text.Number && (a.is(i+1, '–') || a.is(i+1, '-') || a.is(i+1, '|')) && i+2 < at {
		return i + 2
	}
	return i
}

func (a *arabic) firstColon() int {
	for i := a.s.First; i < a.s.End && i < a.s.First+maxHeadline; i++ {
		if a.is(i, ':') {
			return i
		}
	}
	return -1
}

// turnSpeaker is the noun phrase that opens a headline, without the occasion or
// hearer that may follow it (X after the summit, X to Y).
func (a *arabic) turnSpeaker(r text.Range) text.Range {
	r = a.clip(r)
	for i := r.First + 1; i < r.End; i++ {
		if a.in(i, lang.Aside) || a.has(i, lang.Prep) && !a.any(i-1, lang.Of(lang.Title, lang.Unnamed, lang.Org)) && !a.any(i+1, lang.Of(lang.State)) ||
			a.t.Tokens[i].Kind == text.Word && first(a.t.Word(i)) == 'ل' && a.any(i, lang.Of(lang.Title)) {
			return a.clip(text.Range{First: r.First, End: i})
		}
		if a.comma(i) && !a.apposes(i+1, r.End) {
			return text.Range{First: i + 1, End: r.End}
		}
	}
	return r
}

// speaks decides whether the noun phrase r before the colon at token at can
// speak: a person, body, role, document or medium, and not a topic or place.
func (a *arabic) speaks(r text.Range, at int) bool {
	if a.in(r.First, lang.Topic) || a.foreword(r) {
		return false
	}
	speaker, topic := a.voice(at+1), 0
	for i := r.First; i < r.End; i++ {
		switch {
		case !a.word(i):
		case a.t.Tokens[i].Kind == text.Number || a.any(i, lang.Of(lang.Month)):
			topic += 3
		case a.any(i, lang.Of(lang.Title, lang.Org, lang.Outlet, lang.OutletHead, lang.Unnamed, lang.Body, lang.DocSource, lang.Human)):
			speaker += 3
		case a.has(i, lang.Given):
			speaker += 2
		case a.any(i, lang.Of(lang.State, lang.Capital, lang.Place)):
			topic++
		case a.named(i):
			speaker++
		case a.clitic(i, lang.The) && r.Len() == 1 && a.tags[i].n == 0:
			speaker++
		case a.any(i, lang.Of(lang.Nisba)) || a.adjective(i):
		case a.has(i, lang.Prep) || a.finite(i):
			topic += 2
		default:
			topic++
		}
	}
	if !a.alone() {
		speaker-- // within a paragraph more labels end with a colon
	}
	return speaker > topic
}

// alone reports a sentence that is a paragraph of its own.
func (a *arabic) alone() bool {
	before := a.s.First == 0 || strings.Contains(a.t.Raw[a.t.Tokens[a.s.First-1].End:a.t.Tokens[a.s.First].Start], "\n")
	after := a.s.End == len(a.t.Tokens) || strings.Contains(a.t.Raw[a.t.Tokens[a.s.End-1].End:a.t.Tokens[a.s.End].Start], "\n")
	return before && after
}

// foreword reports a phrase of reason or time in front of a colon (لوقف
// الخسائر): it begins with a preposition, written apart or onto its noun.
func (a *arabic) foreword(r text.Range) bool {
	if a.any(r.First, lang.Of(lang.Prep, lang.Interrog)) || a.clitic(r.First, lang.With|lang.To) {
		return true
	}
	f := first(a.t.Word(r.First))
	return (f == 'ل' || f == 'ب') && a.tags[r.First].n == 0 && r.Len() > 1 && a.clitic(r.First+1, lang.The)
}

// voice looks at how the text behind the colon begins: a quotation, a verb in
// the first person, a denial or a promise is speech.
func (a *arabic) voice(at int) int {
	if a.opening(at) != nil {
		return 2
	}
	for i := at; i < a.s.End && i < at+4; i++ {
		if a.has(i, lang.Neg) || a.has(i, lang.Aux) && i == at {
			return 2
		}
		for _, r := range a.readings(i) {
			if finiteForm(r) && a.spelled(i, r) && (r.Clitic&lang.Will != 0 || r.Agr == lang.FirstP || r.Agr == lang.First && r.Class == lang.Cue) {
				return 2
			}
		}
	}
	if a.has(at, lang.Prep) {
		return -2
	}
	return 0
}
