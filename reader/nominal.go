package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// noun tries a verbal noun, or a reporting noun of one word.
func (a *arabic) noun(i int, r lang.Reading) bool {
	row := a.row(r)
	switch row.Type {
	case lang.AccPhrase:
		return a.according(i, r, 1)
	case lang.RumourCue, lang.PassiveCue:
		return a.rumour(i, r, 1)
	case lang.RejectCue:
		return a.reject(i, r, 1)
	}
	return a.nominal(i, r, 1)
}

// nominal: a noun that reports, with its teller in the genitive or as a
// pronoun: قوله إن, نفي الوزير أن, إدانة الحكومة ل.
func (a *arabic) nominal(i int, r lang.Reading, n int) bool {
	row := a.row(r)
	lim := a.limit(i)
	f := find{cue: text.Range{First: i, End: i + n}, row: int(r.Row), pack: a.pack, reading: r, sentence: a.n, over: -1, rule: "noun", kind: isnad.Nominal}
	if a.in(i-1, lang.Happen) { // تم الإعلان عن
		f.cue.First--
		f.impersonal = true
		f.rule = "impersonal"
	}
	if a.voiced(i, n, lim, &f) {
		return true
	}
	op, _ := a.open(i+n-1, lim, row)
	if (op.kind == openNone || op.kind == openNP && !op.prep && row.Type == lang.NounCue) && a.judged(i+n, lim, &f) {
		return true
	}
	if op.kind == openNone || op.crossed || op.at > i+25 {
		return false
	}
	if f.impersonal {
		return a.content(op, i, lim, row, &f)
	}
	if r.Clitic&lang.The != 0 && row.Type == lang.VerbCue && op.head > i+n {
		return false
	}
	pronoun := r.Clitic&lang.Suffix != 0
	if !pronoun && r.Clitic&lang.The == 0 {
		f.source = a.nounPhrase(i+n, op.head)
	}
	if pronoun {
		f.source = a.relayTeller(i)
	} else if a.clitic(i, lang.The) && a.clitic(i, lang.With) && row.Type == lang.VerbCue {
		f.source = a.doer(i)
	}
	if op.kind == openNP && !a.nominalNP(&f, op, pronoun) {
		return false
	}
	if f.source.Len() == 0 && !pronoun && op.head > i+n {
		return false
	}
	return a.content(op, i, lim, row, &f)
}

// judged: a reporting noun with its teller in the genitive and, behind a
// preposition, the thing that he speaks of: the criticism of S *of* C.
func (a *arabic) judged(at, lim int, f *find) bool {
	if f.impersonal || a.row(f.reading).Frames&lang.NounP == 0 || f.reading.Clitic&(lang.Suffix|lang.The) != 0 || !a.word(at) || !a.any(at, speakers) {
		return false
	}
	for k := at + 1; k < lim && k < at+9 && !a.comma(k) && !a.stop(k) && !a.that(k); k++ {
		op := opener{kind: openNP, at: k + 1, head: k, prep: true}
		switch {
		case a.steers(k) || a.tags[k].hash == whoHash || a.in(k, lang.About):
		case a.clitic(k, lang.To) && !a.has(k, lang.Prep):
			op.at = k
		case a.finite(k):
			return false
		default:
			continue
		}
		f.source = a.nounPhrase(at, k)
		return f.source.Len() > 0 && op.at < lim && a.content(op, f.cue.First, lim, a.row(f.reading), f)
	}
	return false
}

// doer is the subject of the verb whose act the noun at i is: S contented
// himself *with saying*, S answered that *by saying*.
func (a *arabic) doer(i int) text.Range {
	for v := i - 1; v >= a.s.First && v > i-12 && !a.comma(v) && !a.stop(v); v-- {
		if a.finite(v) && !a.any(v, lang.Of(lang.Prep, lang.Conj, lang.Comp)) {
			return a.beforeAddressee(a.nounPhrase(v+1, i))
		}
	}
	return a.mainSubject(i, lang.Reading{})
}

// voiced: a reporting noun with a verb that says who voiced it: criticism that
// S led against C.
func (a *arabic) voiced(i, n, lim int, f *find) bool {
	v := i + n
	if !a.finite(v) || !a.suffixed(v) || a.row(f.reading).Type == lang.VerbCue && f.reading.Clitic&lang.Suffix != 0 {
		return false
	}
	for k := v + 1; k < lim && k < v+15; k++ {
		at := k + 1
		switch {
		case a.comma(k) || a.stop(k):
			return false
		case a.that(k):
			at = a.afterThat(k)
		case a.has(k, lang.Prep) && !a.suffixed(k) && a.about(k):
		case a.clitic(k, lang.To) && !a.has(k, lang.Prep) && k > v+1:
			at = k
		default:
			continue
		}
		f.source = a.nounPhrase(v+1, k)
		if f.source.Len() == 0 {
			return false
		}
		kind := openNP
		if a.that(k) {
			kind = openThat
		}
		return a.content(opener{kind: kind, at: at, head: k, prep: true}, i, lim, a.row(f.reading), f)
	}
	return false
}

// relayTeller is the phrase behind عن or إلى right before قوله, when a relay
// verb stands before it: the one whose word is passed on.
func (a *arabic) relayTeller(i int) text.Range {
	for k := i - 1; k > a.s.First && k > i-30; k-- {
		if a.stop(k) || a.that(k) {
			break
		}
		if !a.has(k, lang.Prep) || a.tags[k].hash != fromHash && a.tags[k].hash != toHash {
			continue
		}
		for v := k - 1; v >= a.s.First && v > k-20; v-- {
			if a.finiteCue(v) {
				if a.relays(v) {
					return a.nounPhrase(k+1, i)
				}
				return text.Range{}
			}
		}
	}
	return text.Range{}
}

func (a *arabic) relays(v int) bool {
	for _, r := range a.readings(v) {
		if r.Class == lang.Cue && a.row(r).Frames&lang.RelayOf != 0 {
			return true
		}
	}
	return false
}

// nominalNP: a noun phrase is the content of a reporting noun only where a
// preposition leads to it and a speaker is named.
func (a *arabic) nominalNP(f *find, op opener, pronoun bool) bool {
	if pronoun && !op.prep { // نفيها وجود اتفاق
		return a.row(f.reading).Type == lang.VerbCue && op.head == f.cue.End && (a.act(op.at) || a.clitic(op.at, lang.The))
	}
	return op.prep && (pronoun || f.source.Len() > 0 && a.any(f.source.First, speakers))
}

// rumour: a noun without teller, or an impersonal phrase, with its content
// behind it.
func (a *arabic) rumour(i int, r lang.Reading, n int) bool {
	row := a.row(r)
	lim := a.limit(i)
	f := find{cue: text.Range{First: i, End: i + n}, row: int(r.Row), pack: a.pack, reading: r, sentence: a.n, over: -1, rule: "rumour", impersonal: true}
	at := i + n
	for at < lim && at < i+n+2 && !a.that(at) && a.has(at, lang.Nisba) {
		at++
	}
	switch {
	case a.that(at):
		return a.content(opener{kind: openThat, at: a.afterThat(at), head: at}, i, lim, row, &f)
	case a.opening(at) != nil:
		return a.content(opener{kind: openQuote, at: at, head: at}, i, lim, row, &f)
	case a.is(at, ':') && at+1 < len(a.t.Tokens) && a.opening(at+1) != nil:
		return a.content(opener{kind: openQuote, at: at + 1, head: at}, i, lim, row, &f)
	case a.is(at, ':'):
		return a.content(opener{kind: openColon, at: at + 1, head: at}, i, lim, row, &f)
	}
	if row.Type == lang.PassiveCue {
		return a.inDocument(at, lim, i, row, &f)
	}
	if !a.has(at, lang.Prep) && n == 1 {
		return false
	}
	if a.has(at, lang.Prep) {
		at++
	}
	return a.content(opener{kind: openNP, at: at, head: at, prep: true}, i, lim, row, &f)
}

// inDocument: جاء في بيان … أن: the document between phrase and clause is the
// source.
func (a *arabic) inDocument(at, lim, i int, row *lang.CueRow, f *find) bool {
	op, _ := a.open(at-1, lim, row)
	if op.kind == openNone || op.crossed || op.kind == openNP {
		return false
	}
	f.source = a.nounPhrase(at, op.head)
	return a.content(op, i, lim, row, f)
}

// reject: the author calls what was said untrue. The rejected quotation stands
// before the phrase, or the content follows it (لا صحة ل).
func (a *arabic) reject(i int, r lang.Reading, n int) bool {
	row := a.row(r)
	lim := a.limit(i)
	f := find{cue: text.Range{First: i, End: i + n}, row: int(r.Row), pack: a.pack, reading: r, sentence: a.n, over: -1, rule: "reject", impersonal: true}
	if q := a.closing(i - 1); q != nil {
		return a.rejectQuote(q, &f)
	}
	at := i + n
	if row.Frames&lang.NounP != 0 && at < lim && !a.comma(at) && !a.stop(at) {
		if a.that(at) {
			return a.content(opener{kind: openThat, at: a.afterThat(at), head: at}, i, lim, row, &f)
		}
		if a.has(at, lang.Prep) {
			at++
		}
		return a.content(opener{kind: openNP, at: at, head: at, prep: true}, i, lim, row, &f)
	}
	return false
}

// rejectQuote files a quotation that the author calls untrue, and the rejection
// itself, whose content is the quotation with the noun in front of it.
func (a *arabic) rejectQuote(q *text.Quotation, f *find) bool {
	lo := q.Open
	if lo > a.s.First && a.word(lo-1) {
		lo--
	}
	f.content = []text.Range{{First: lo, End: q.Close + 1}}
	if !a.claimed(q) && lo < q.Open {
		g := *f
		g.cue = text.Range{First: lo, End: lo + 1}
		g.row, g.rule, g.kind = -1, "rejected-quote", isnad.Direct
		g.content = a.quoted(q)
		a.file(&g)
	}
	return a.file(f)
}
