package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// accordingAt reports an according-to phrase that names a teller, not a rule
// that is followed (وفقا للقانون).
func (a *arabic) accordingAt(i int) bool {
	r, n := a.accordingPhrase(i)
	return r != nil && (a.clausal(i+n-1) && a.finiteCue(i+n) || a.teller(i+n))
}

// teller reports a word that can begin the teller of an according-to phrase.
func (a *arabic) teller(i int) bool {
	if !a.word(i) || a.in(i, lang.Norm) {
		return false
	}
	if a.any(i, speakers) && a.suffixed(i) { // أحدهم
		return true
	}
	if a.in(i, lang.NotSpeaker) || a.in(i, lang.Same) {
		i++
	}
	return a.any(i, speakers) || a.surname(i) || a.reportingNoun(i) || a.named(i) && !a.t.Tokens[i].Has(text.EndsTa) && !a.suffixLike(i)
}

// reportingNoun reports a noun of phrases.tsv that names what somebody said, and
// with it the one who did: estimates, statements.
func (a *arabic) reportingNoun(i int) bool {
	for _, r := range a.readings(i) {
		if r.Class != lang.Cue || a.row(r).Type != lang.NounCue || r.Clitic&lang.Suffix != 0 {
			continue
		}
		switch a.row(r).Stance {
		case isnad.Say, isnad.Believe, isnad.Report:
			return true
		}
	}
	return false
}

// surname reports an unknown word with article that by its form may be a
// surname: الملحاني.
func (a *arabic) surname(i int) bool {
	return a.word(i) && a.tags[i].n == 0 && a.clitic(i, lang.The) && lastRune(a.t.Word(i)) == 'ي'
}

// suffixLike reports an unknown word that ends like a noun with a pronoun.
func (a *arabic) suffixLike(i int) bool {
	w := []rune(a.t.Word(i))
	n := len(w)
	return n > 3 && (w[n-1] == 'ا' || w[n-1] == 'م') && w[n-2] == 'ه'
}

// accordingPhrase gives the row of the according-to phrase that begins at
// token i and its length in tokens.
func (a *arabic) accordingPhrase(i int) (*lang.Reading, int) {
	if !a.word(i) {
		return nil, 0
	}
	tg := &a.tags[i]
	if tg.phrase != nil && tg.phrase.Reading.Class == lang.Cue && a.row(tg.phrase.Reading).Type == lang.AccPhrase {
		return &tg.phrase.Reading, tg.span
	}
	if tg.set.Has(lang.Cue) {
		list := a.readings(i)
		for k := range list {
			if r := &list[k]; r.Class == lang.Cue && a.row(*r).Type == lang.AccPhrase && (r.Clitic&lang.The == 0) {
				return r, 1
			}
		}
	}
	return nil, 0
}

// phraseCue tries an entry of phrases.tsv.
func (a *arabic) phraseCue(i int, tg *tag) bool {
	r := tg.phrase.Reading
	if tg.span == 1 && !a.spelled(i, r) {
		return false
	}
	switch a.row(r).Type {
	case lang.AccPhrase:
		return a.according(i, r, tg.span)
	case lang.RumourCue, lang.PassiveCue:
		return a.rumour(i, r, tg.span)
	case lang.RejectCue:
		return a.reject(i, r, tg.span)
	}
	return a.nominal(i, r, tg.span)
}

// according: the teller stands behind the phrase, the content is the clause
// that the phrase qualifies.
func (a *arabic) according(i int, r lang.Reading, n int) bool {
	if i+n >= a.s.End || !a.clausal(i+n-1) && !a.teller(i+n) && !a.suffixed(i+n-1) && !(n > 1 && a.tags[i+n-1].hash == inHash) {
		return false
	}
	lim := a.limit(i)
	if a.tags[i+n-1].hash == tongueHash && i > a.s.First && !a.comma(i-1) && !a.that(i+n) {
		return false // answered by the tongue of S: what S said comes later
	}
	if a.clausal(i + n - 1) { // حسب ما أعلن: the verb's own frame takes it
		return false
	}
	f := find{cue: text.Range{First: i, End: i + n}, row: int(r.Row), pack: a.pack, reading: r, sentence: a.n, over: -1, kind: isnad.AccordingTo, rule: "according-to"}
	end := a.tellerEnd(i+n, lim)
	f.source = a.speaker(i+n, end)
	if f.source.Len() == 0 && !a.suffixed(i+n-1) {
		return false
	}
	return a.host(i, end, lim, &f)
}

var tongueHash = text.Hash("لسان")

// clausal reports an according-to phrase that ends in ما and so asks for a verb.
func (a *arabic) clausal(i int) bool {
	w := []rune(a.t.Word(i))
	n := len(w)
	return n >= 2 && w[n-2] == 'م' && w[n-1] == 'ا'
}

// tellerEnd is where the teller of an according-to phrase ends at the latest.
func (a *arabic) tellerEnd(i, lim int) int {
	k := i
	for k < lim && k < i+25 {
		if a.stop(k) || a.is(k, ':') || a.that(k) || a.comma(k) && !a.apposes(k+1, lim) {
			return k
		}
		if a.is(k, '(') {
			k = a.closeParen(k, lim)
		}
		k++
	}
	return min(k, lim)
}

// host sets the content of an according-to phrase: what follows it where it
// opens the sentence, else the clause before it.
func (a *arabic) host(i, end, lim int, f *find) bool {
	lo := a.hostStart(i)
	if a.that(end) && a.reportsBefore(lo, i) {
		at := a.afterThat(end)
		f.content = a.keep(a.clip(text.Range{First: at, End: a.clauseEnd(at, lim, i)}))
		return a.file(f)
	}
	if a.onlyLinks(lo, i) {
		at := end
		for at < lim && (a.comma(at) || a.is(at, ':')) {
			at++
		}
		if a.that(at) {
			at = a.afterThat(at)
		}
		f.content = a.keep(a.clip(text.Range{First: at, End: a.clauseEnd(at, lim, i)}))
		return a.file(f)
	}
	if k := a.enclosing(lo, i); k >= 0 {
		f.over = k
		f.content = append([]text.Range(nil), a.finds[k].content...)
		return a.file(f)
	}
	if k := a.surrounding(i); k >= 0 && a.comma(end) {
		r := a.finds[k].content[0]
		f.content = append(f.content, a.clip(text.Range{First: r.First, End: i}), a.clip(text.Range{First: end + 1, End: r.End}))
		return a.file(f)
	}
	r := a.clip(text.Range{First: lo, End: i})
	if q := a.closing(r.End - 1); q != nil && q.Open >= lo {
		f.content = a.quoted(q)
		if q.Open > lo+2 {
			f.content = a.keep(r)
		}
		return a.file(f)
	}
	f.content = a.keep(r)
	a.resume(f, lo, end, lim)
	return a.file(f)
}

// reportsBefore reports a cue before token i whose clause is still to come: the
// agency added, *citing S*, that.
func (a *arabic) reportsBefore(lo, i int) bool {
	for k := i - 1; k >= lo && k > i-12 && !a.comma(k) && !a.that(k); k-- {
		if a.finiteCue(k) {
			return true
		}
	}
	return false
}

// resume takes in what follows a parenthetical according-to phrase: the rest
// of the clause it stands in (C، بحسب S، C), or the reported clause of the
// verb before it (قالت القناة، نقلا عن S، إن C).
func (a *arabic) resume(f *find, lo, end, lim int) {
	at := end
	if !a.comma(at) || !a.comma(f.cue.First-1) {
		return
	}
	at++
	switch {
	case a.that(at):
		at = a.afterThat(at)
		f.content = f.content[:0]
	case at >= lim || a.clitic(at, lang.And) || a.has(at, lang.Conj) || a.in(at, lang.Shift) || a.participleCue(at) || a.finite(at) && !a.has(at, lang.Neg) && !a.hasSubjectOnly(lo, f.cue.First):
		return
	}
	if r := a.clip(text.Range{First: at, End: a.clauseEnd(at, lim, at)}); r.Len() > 0 {
		f.content = append(f.content, r)
	}
}

// hasSubjectOnly reports a stretch without a verb: a subject whose verb is
// still to come.
func (a *arabic) hasSubjectOnly(lo, hi int) bool {
	for i := lo; i < hi; i++ {
		if a.finite(i) {
			return false
		}
	}
	return true
}

// onlyLinks reports that no word but conjunctions stands before the phrase.
func (a *arabic) onlyLinks(lo, i int) bool {
	for k := lo; k < i; k++ {
		if a.word(k) && !a.has(k, lang.Conj) && !a.in(k, lang.Shift) {
			return false
		}
	}
	return true
}

// hostStart is the first token of the clause before token i within its
// quotation.
func (a *arabic) hostStart(i int) int {
	if q := a.around(i); q != nil && q.Open+1 > a.s.First {
		return q.Open + 1
	}
	return a.s.First
}

// enclosing gives the last find whose content ends right before token i (a
// comma aside), so that the phrase at i tells on whose word it is; -1 if none.
func (a *arabic) enclosing(lo, i int) int {
	for k := len(a.finds) - 1; k >= 0; k-- {
		f := &a.finds[k]
		if f.sentence != a.n {
			break
		}
		end := f.content[len(f.content)-1].End
		if end <= i && end >= i-2 && f.content[0].First >= lo && f.opener != openNP && a.weigh(f) >= likely {
			return k
		}
	}
	return -1
}

// surrounding gives the last find whose content goes on over token i, -1 if
// none.
func (a *arabic) surrounding(i int) int {
	for k := len(a.finds) - 1; k >= 0 && a.finds[k].sentence == a.n; k-- {
		if r := a.finds[k].content[0]; r.First < i && i < r.End {
			return k
		}
	}
	return -1
}

// likely is the weight from which on a find may be what an according-to phrase
// tells of.
const likely = .5

// accordingVerb: a verb behind حسب ما, وفق ما or كما tells who says the clause
// around it.
func (a *arabic) accordingVerb(c int, row *lang.CueRow, f *find, lim int) bool {
	p, n := a.accordingBefore(c)
	if n == 0 || n == 1 && a.likening(p) && (f.impersonal || row.Frames&(lang.Weak|lang.Soft) != 0 || row.Frames&(lang.Quoted|lang.Clause) == 0) {
		return false
	}
	if a.that(c+1) || a.comparison(p, c, lim) {
		return false
	}
	f.cue.First = p
	f.kind = isnad.AccordingTo
	f.rule = "according-verb"
	end := a.tellerEnd(c+1, lim)
	f.source = a.nounPhrase(c+1, end)
	if f.source.Len() == 0 && f.reading.Clitic&lang.Suffix == 0 && f.impersonal {
		return false
	}
	return a.host(p, end, lim, f)
}

// likening reports كما and its kin, which also compare.
func (a *arabic) likening(p int) bool {
	r, _ := a.accordingPhrase(p)
	return a.row(*r).Frames&lang.Weak != 0
}

// comparison: كما before a verb with a clause of its own is "and also", not
// "as".
func (a *arabic) comparison(p, c, lim int) bool {
	if p != c-1 {
		return false
	}
	if a.onlyLinks(a.s.First, p) {
		return true
	}
	for k := c + 1; k < lim && k < c+20; k++ {
		if a.that(k) || a.opening(k) != nil && !a.nameQuote(a.opening(k), c, lim) {
			return true
		}
		if a.comma(k) || a.stop(k) {
			return false
		}
	}
	return false
}

// accordingBefore gives the start of an according-to phrase that ends right
// before the verb at c, and its length.
func (a *arabic) accordingBefore(c int) (int, int) {
	for n := 1; n <= 4 && c-n >= a.s.First; n++ {
		if _, k := a.accordingPhrase(c - n); k == n {
			return c - n, n
		}
	}
	return 0, 0
}

// quoteBefore: a quotation or clause stands before the verb: «C»، قال S.
func (a *arabic) quoteBefore(c, lim int, f *find) bool {
	k := c - 1
	for k >= a.s.First && a.comma(k) {
		k--
	}
	q := a.closing(k)
	if q == nil || a.claimed(q) || a.clitic(c, lang.And) {
		return false
	}
	f.source = a.nounPhrase(c+1, a.tellerEnd(c+1, lim))
	f.content = a.quoted(q)
	f.kind = isnad.Direct
	f.rule = "quote-verb"
	return a.file(f)
}

// claimed reports a quotation that is already the content of a find.
func (d *doc) claimed(q *text.Quotation) bool {
	for k := len(d.finds) - 1; k >= 0 && k > len(d.finds)-6; k-- {
		for _, r := range d.finds[k].content {
			if r.First <= q.Open+1 && q.Close <= r.End+1 {
				return true
			}
		}
	}
	return false
}
