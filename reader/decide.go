package reader

import (
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// decide settles which finds stand. The word that opens a content (أن, a
// quotation mark) belongs to one cue only, and what is more likely wrong than
// right is dropped.
func (d *doc) decide() {
	for i := range d.finds {
		if f := &d.finds[i]; f.score == 0 {
			f.score = d.weigh(f)
		}
	}
	d.compete()
	d.bestOfCue()
	kept := d.finds[:0]
	for _, f := range d.finds {
		if f.score >= d.least {
			kept = append(kept, f)
		}
	}
	d.finds = kept
}

// compete drops all but one of the cues that claim the same content from the
// same opening. A relay keeps both tellers.
func (d *doc) compete() {
	kept := d.finds[:0]
	for i := range d.finds {
		if !d.outdone(i) {
			kept = append(kept, d.finds[i])
		}
	}
	d.finds = kept
}

func (d *doc) outdone(i int) bool {
	f := &d.finds[i]
	if f.kind == isnad.AccordingTo || f.over >= 0 {
		return false
	}
	for k := max(0, i-window); k < min(len(d.finds), i+window); k++ {
		g := &d.finds[k]
		if k == i || g.cue == f.cue || g.kind == isnad.AccordingTo || g.content[0].First != f.content[0].First || g.sentence != f.sentence {
			continue
		}
		if d.relayPair(f, g) || d.relayPair(g, f) {
			continue
		}
		if g.score > f.score || g.score == f.score && g.cue.First > f.cue.First {
			return true
		}
	}
	return false
}

// bestOfCue keeps of each cue the reading that weighs most; coordinated
// contents of one reading stay together.
func (d *doc) bestOfCue() {
	kept := d.finds[:0]
	for i := range d.finds {
		f := &d.finds[i]
		best := true
		for k := max(0, i-window); k < min(len(d.finds), i+window) && best; k++ {
			g := &d.finds[k]
			best = g.cue != f.cue || g.distance == f.distance || g.score < f.score || g.score == f.score && g.distance > f.distance
		}
		if best {
			kept = append(kept, *f)
		}
	}
	d.finds = append([]find(nil), kept...)
}

// relayPair reports a relay verb and the noun (قوله) that names the inner
// teller.
func (d *doc) relayPair(f, g *find) bool {
	return f.row >= 0 && f.cueRow().Frames&lang.RelayOf != 0 && f.cue.First < g.cue.First && strings.HasPrefix(g.rule, "noun")
}

func (f *find) cueRow() *lang.CueRow { return &f.pack.Cues[f.row] }

// nounPhraseWeight is how likely a noun phrase behind a cue is what was said:
// verbs that take a side are rarely used otherwise.
var nounPhraseWeight = map[isnad.Stance]float64{
	isnad.Deny: .85, isnad.Condemn: .75, isnad.Accuse: .7, isnad.Demand: .75, isnad.Announce: .65, isnad.Affirm: .65,
	isnad.Admit: .7, isnad.Promise: .6, isnad.Warn: .7, isnad.Believe: .5, isnad.Claim: .55, isnad.Say: .3, isnad.Report: .35,
	isnad.Ask: .4, isnad.Doubt: .5,
}

// weigh estimates how likely a find is right.
func (d *doc) weigh(f *find) float64 {
	w := d.ruleWeight(f)
	if f.row < 0 {
		return w
	}
	row := f.cueRow()
	spoken := f.source.Len() > 0 && d.any(f.source.First, speakers)
	switch {
	case spoken:
		w += .08
	case f.source.Len() == 0 && !f.impersonal && !d.clitic(f.cue.First, lang.And) && strings.HasPrefix(f.rule, "verb"):
		w -= .1
	}
	if row.Frames&lang.Weak != 0 {
		w -= .1
	}
	if f.rule == "rumour" && row.Stance == isnad.Believe {
		w -= .3
	}
	if row.Frames&lang.Soft != 0 && (f.reading.Agr == lang.First || f.reading.Agr == lang.FirstP) && d.around(f.cue.First) != nil {
		w -= .15
	}
	if row.Frames&lang.Soft != 0 && (f.reading.Agr == lang.First || f.reading.Agr == lang.FirstP) {
		w -= .1
	}
	if f.reading.Clitic&lang.Suffix != 0 && finiteForm(f.reading) && row.Frames&lang.Person == 0 && f.opener == openThat && f.relative.Len() == 0 {
		w -= .3
	}
	if f.source.Len() == 0 && row.Frames&lang.Weak != 0 && f.rule == "verb" {
		w -= .1
	}
	if f.rule == "participle-np" && !d.comma(f.cue.First-1) {
		w -= .2
	}
	if f.reading.Agr == lang.First || f.reading.Agr == lang.FirstP && row.Frames&lang.Clause != 0 || f.reading.Agr == lang.Second {
		w -= .15
	}
	if f.distance > 20 {
		w -= .1
	}
	if f.crossed {
		w -= .12
	}
	if f.reading.Clitic&lang.To != 0 || f.reading.Agr == lang.Dual {
		w -= .35
	}
	if f.opener == openColon && f.rule == "noun" && f.reading.Clitic&lang.Suffix == 0 {
		w -= .2
	}
	if f.opener == openQuote && !d.is(f.content[0].First-2, ':') && d.words(f.content) < 4 {
		w -= .3
	}
	if strings.HasSuffix(f.rule, "-np") {
		w += d.phraseWeight(f)
	}
	return min(max(w, .01), .99)
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

// phraseWeight weighs the noun phrase that a find takes for its content.
func (d *doc) phraseWeight(f *find) float64 {
	w := 0.0
	c := f.content[0]
	switch {
	case f.cueRow().Groups.Has(lang.Express), d.in(c.First, lang.Light):
		w += .4
	case length(f.content) < 2:
		w -= .3
	}
	if f.relative.Len() > 0 {
		w -= .1
	}
	if f.cueRow().Frames&lang.Weak != 0 {
		w -= .3
	}
	if f.homograph {
		w -= .3
	}
	return w
}

func (d *doc) ruleWeight(f *find) float64 {
	rule, np := strings.CutSuffix(f.rule, "-np")
	if np && f.row >= 0 && (rule == "verb" || rule == "participle") {
		w := nounPhraseWeight[f.cueRow().Stance]
		if rule == "participle" {
			w -= .1
		}
		return w
	}
	switch rule {
	case "verb":
		return .88
	case "participle":
		return .88
	case "according-to", "according-verb":
		return .7
	case "noun":
		if f.reading.Clitic&lang.Suffix != 0 {
			return .8
		}
		if f.distance > 5 {
			return .4
		}
		return .6
	}
	return .65
}
