package reader

import (
	"math"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// A find is weighed by a logistic model over what is known of it. Every
// feature is a yes or no with a name; the weights stand in decide.tsv of the
// language, a line a name, where they can be read. What has no line weighs
// nothing.

// weigh estimates the share of finds like f that are right.
func (d *doc) weigh(f *find) float64 {
	if f.rule == "headline" {
		return headlineWeight
	}
	d.pack = f.pack
	sum := 0.0
	d.features(f, func(name string) { sum += f.pack.Weight(name) })
	return 1 / (1 + math.Exp(-sum))
}

// headlineWeight is the share of speakers before a colon that proved right on
// the project's own headlines; [arabic.speaks] has decided already.
const headlineWeight = .85

// features calls add with the name of every feature of a find.
func (d *doc) features(f *find, add func(string)) {
	add("bias")
	rule, np := strings.CutSuffix(f.rule, "-np")
	add(ruleFeature(rule, np))
	d.sourceFeatures(f, np, add)
	d.contentFeatures(f, np, add)
	if f.row < 0 {
		return
	}
	row := f.cueRow()
	if np {
		add(phraseOf[row.Stance])
	} else {
		add(clauseOf[row.Stance])
	}
	add(row.Lemma)
	d.rowFeatures(f, row, np, add)
	d.formFeatures(f, row, add)
	d.placeFeatures(f, add)
}

// ruleFeature names a rule; with a noun phrase as content it is another rule.
func ruleFeature(rule string, np bool) string {
	if np {
		switch rule {
		case "verb":
			return "verb phrase"
		case "participle":
			return "participle phrase"
		}
		return "noun phrase"
	}
	return rule
}

// phraseOf and clauseOf name the stances of cues with a noun phrase and with a
// clause or quotation, weakPhraseOf those of weak cues with a noun phrase.
var phraseOf, clauseOf, weakPhraseOf = stanceFeatures("phrase "), stanceFeatures("clause "), stanceFeatures("weak phrase after preposition, ")

func stanceFeatures(prefix string) []string {
	out := make([]string, isnad.Report+1)
	for s := range out {
		out[s] = prefix + isnad.Stance(s).String()
	}
	return out
}

// sourceClass is what a source looks like.
type sourceClass uint8

const (
	otherSource sourceClass = iota
	impersonalSource
	noSourceAnd
	noSource
	namedSource
	speakingSource
	oddSource
	definiteSource
)

// sourceOf names the classes of sources; beside it, of cues with a noun phrase as
// content and of cues in the imperfect.
var sourceOf = [...]string{
	otherSource: "source other", impersonalSource: "impersonal", noSourceAnd: "no source, conjoined", noSource: "no source",
	namedSource: "source titled or named", speakingSource: "source speaks", oddSource: "source odd", definiteSource: "source definite",
}

var phraseSourceOf, imperfectSourceOf = prefixed("phrase, "), prefixed("imperfect, ")

func prefixed(prefix string) (out [len(sourceOf)]string) {
	for i, name := range sourceOf {
		out[i] = prefix + name
	}
	return out
}

func (d *doc) sourceFeatures(f *find, np bool, add func(string)) {
	c := d.sourceClass(f)
	if c != otherSource {
		add(sourceOf[c])
	}
	if np {
		add(phraseSourceOf[c])
	}
	if f.row >= 0 && (f.reading.Form == lang.Imperfect || f.reading.Form == lang.Short) {
		add(imperfectSourceOf[c])
	}
	if f.relative.Len() > 0 {
		add("relative")
	}
}

func (d *doc) sourceClass(f *find) sourceClass {
	switch {
	case f.impersonal:
		return impersonalSource
	case f.source.Len() == 0 && d.clitic(f.cue.First, lang.And):
		return noSourceAnd
	case f.source.Len() == 0:
		return noSource
	case d.anyIn(f.source, lang.Of(lang.Title, lang.Given)):
		return namedSource
	case d.anyIn(f.source, speakers):
		return speakingSource
	case d.any(f.source.First, lang.Of(lang.Prep, lang.Neg, lang.Conj, lang.Rel, lang.Verb, lang.Num)):
		return oddSource
	case d.clitic(f.source.First, lang.The):
		return definiteSource
	}
	return otherSource
}

// anyIn looks for a class among the first words of a range.
func (d *doc) anyIn(r text.Range, s lang.Set) bool {
	for i := r.First; i < r.End && i < r.First+4; i++ {
		if d.any(i, s) {
			return true
		}
	}
	return false
}

func (d *doc) contentFeatures(f *find, np bool, add func(string)) {
	switch n := d.words(f.content); {
	case n == 1:
		add("one word")
	case n < 4:
		add("few words")
	}
	if np {
		d.nounFeatures(f.content[0].First, add)
	}
	switch f.opener {
	case openQuote:
		if d.is(f.content[0].First-2, ':') {
			add("colon and quotation")
		} else if d.words(f.content) < 4 {
			add("short quotation")
		} else {
			add("quotation")
		}
	case openColon:
		add("colon")
	case openThat:
		d.clauseFeatures(f, add)
	}
}

// nounFeatures look at the noun that begins a content: a verbal noun is said
// more often than a thing.
func (d *doc) nounFeatures(i int, add func(string)) {
	switch {
	case d.in(i, lang.Light):
		add("light noun")
	case d.in(i, lang.Which):
		add("what")
	case d.in(i, lang.Act):
		add("verbal noun")
	case d.masdarShape(i):
		add("verbal noun by form")
	case d.has(i, lang.Cue):
		add("reporting noun")
	case d.any(i, lang.Of(lang.Human, lang.Given, lang.State, lang.Capital, lang.Org)):
		add("someone")
	case d.clitic(i, lang.The):
		add("definite noun")
	case d.t.Tokens[i].Kind == text.Number:
		add("number")
	}
}

// clauseFeatures look at the complementizer and what it governs: إن reports,
// أن before an imperfect asks or wishes as often.
func (d *doc) clauseFeatures(f *find, add func(string)) {
	at := f.cue.End - 1 + f.distance
	if !d.in(at, lang.That) {
		return
	}
	if d.t.Tokens[at].Has(text.HamzaBelow) {
		add("inna")
	}
	if first(d.t.Word(at)) == 'ب' {
		add("that after preposition")
	}
	for _, r := range d.readings(f.content[0].First) {
		if finiteForm(r) && (r.Form == lang.Imperfect || r.Form == lang.Short) {
			add("that, imperfect")
			return
		}
	}
	add("that, other")
}

func (d *doc) rowFeatures(f *find, row *lang.CueRow, np bool, add func(string)) {
	if f.homograph {
		add("homograph")
	}
	switch weak := row.Frames&lang.Weak != 0; {
	case weak && np && f.prep:
		add(weakPhraseOf[row.Stance])
	case weak:
		add(pick(np, "weak phrase", "weak"))
	}
	if row.Frames&lang.Soft != 0 {
		add(pick(np, "soft phrase", "soft"))
	}
	if np && row.Groups.Has(lang.Express) {
		add("express")
	}
	if row.Groups.Has(lang.Continuer) {
		add("continuer")
	}
	if np && f.prep {
		add("phrase after preposition")
		if f.source.Len() > 0 {
			add("phrase of a source after preposition")
		}
	}
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

func (d *doc) formFeatures(f *find, row *lang.CueRow, add func(string)) {
	r := f.reading
	switch r.Agr {
	case lang.FirstP:
		add(pick(row.Frames&lang.Soft != 0, "our belief", "we"))
	case lang.First, lang.Second:
		add(pick(row.Frames&lang.Soft != 0, "own belief", "not third person"))
	case lang.Dual, lang.DualF:
		add("dual")
	}
	if r.Clitic&lang.To != 0 {
		add("purpose")
	}
	if r.Form == lang.Masdar && r.Clitic&lang.Suffix != 0 && f.source.Len() > 0 {
		add("relayed")
	}
	if r.Form == lang.Masdar && d.clitic(f.cue.First, lang.With) && f.opener != openNP && f.distance == 1 {
		add("by saying")
	}
	if row.Stance == isnad.Demand && f.opener == openThat && d.has(f.cue.End, lang.Prep) {
		add("asked of")
	}
	if r.Form == lang.Imperfect || r.Form == lang.Short {
		add("imperfect")
	}
	if r.Clitic&lang.Suffix != 0 {
		add(pick(finiteForm(r), "object pronoun", "pronoun"))
	}
	if f.negated {
		add("negated")
	}
}

func (d *doc) placeFeatures(f *find, add func(string)) {
	c := f.cue.First
	switch {
	case d.sentenceStart(c):
		add("opens sentence")
	case d.comma(c - 1):
		add("after comma")
	}
	if d.around(c) != nil {
		add("in quotation")
	}
	switch {
	case f.distance > 20:
		add("very far")
	case f.distance > 8:
		add("far")
	case f.distance == 1:
		add("next")
	}
	if f.crossed {
		add("crossed")
	}
	if f.relays {
		add("relays")
	}
	if c > 0 && d.any(c-1, lang.Of(lang.Conj, lang.Comp)) && d.suffixed(c-1) {
		add("pronoun subject")
	}
}

// sentenceStart reports the first token of a sentence or quotation.
func (d *doc) sentenceStart(i int) bool {
	return i == 0 || d.tags[i-1].last || d.t.Inside[i] != d.t.Inside[i-1] || d.t.Raw[d.t.Tokens[i-1].End:d.t.Tokens[i].Start] == "\n"
}

func (d *doc) words(rs []text.Range) int {
	n := 0
	for _, r := range rs {
		for i := r.First; i < r.End; i++ {
			if d.word(i) {
				n++
			}
		}
	}
	return n
}

// Candidate is a find with its features, for learning the weights.
type Candidate struct {
	Features             []string
	Cue, Source, Content []text.Span
	Group                int // candidates that compete for one opening share it
}

// Candidates gives everything that the frames propose in t, before any of it is
// dropped.
func Candidates(pack *lang.Pack, t *text.Text) []Candidate {
	r := New(pack)
	d := r.propose(t)
	d.order()
	out := make([]Candidate, len(d.finds))
	for i := range d.finds {
		f := &d.finds[i]
		c := &out[i]
		d.features(f, func(name string) { c.Features = append(c.Features, name) })
		c.Cue, c.Source, c.Content = d.spans(f.cue), d.sourceSpan(f), d.spans(f.content...)
		c.Group = f.content[0].First
	}
	return out
}
