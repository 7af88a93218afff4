package names

import (
	"slices"
	"sort"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// cue is what the cue of an attribution tells of a teller without words.
type cue struct {
	at        int // byte
	sentence  int
	paragraph int
	level     int    // attribution whose content this one is part of, or -1
	want      gender // 0 where the cue does not tell
	firstly   bool   // I, we
	maybeUs   bool   // a form that may be "we did" as well as "did us"
	maybeI    bool   // a form that may be "I do" as well as "he did"
	wordless  bool   // no form of a word: the dash of an answer
	follows   bool   // a participle: its subject is the main verb's
	suffix    bool   // the teller is a pronoun written onto a noun (قوله)
}

func (r *resolver) cueOf(i int) cue {
	c := cue{level: -1}
	own := r.atts[i].Own()
	if len(own.Cue) > 0 {
		c.at = r.clamp(own.Cue[0]).Start
	} else if len(r.atts[i].Content) > 0 {
		c.at = r.clamp(r.atts[i].Content[0]).Start
	}
	rg := r.tokens(text.Span{Start: c.at, End: c.at + 1})
	c.sentence, c.paragraph = at(r.t.Sentences, rg.First), at(r.t.Paragraphs, rg.First)
	for _, s := range own.Cue {
		rg := r.tokens(r.clamp(s))
		for k := rg.First; k < rg.End && c.want == 0 && !c.firstly && !c.follows; k++ {
			r.inflection(k, &c)
		}
	}
	if g, ok := agreements[own.Agr]; ok && !c.suffix {
		c.want = g
		c.firstly = false
	}
	c.level = r.levelOf(i)
	return c
}

var agreements = map[string]gender{"m": masc, "f": fem, "mp": plural, "fp": pluralF}

// inflection reads person, gender and number off a cue word.
func (r *resolver) inflection(k int, c *cue) {
	read := r.readings(k)
	arabic := r.t.Tokens[k].Flags&text.Arabic != 0
	c.wordless = len(read) == 0
	third, us := false, false // any third person; we, or I where no other reading came first
	for _, x := range read {
		if x.Class != lang.Cue && x.Class != lang.Verb {
			continue
		}
		switch {
		case x.Form == lang.Masdar || x.Form == lang.Base:
			if x.Clitic&lang.Suffix != 0 {
				c.want, c.suffix = genderOf(x.Suffix), true
				c.firstly = x.Suffix == lang.First || x.Suffix == lang.FirstP
			}
			continue
		case x.Form == lang.Participle && arabic, x.Form == lang.Gerund:
			c.follows = true
		case x.Agr == lang.First || x.Agr == lang.FirstP:
			us = us || x.Agr == lang.FirstP || !third
			c.maybeI = x.Agr == lang.First && x.Form == lang.Imperfect
			continue
		}
		third = true
		if arabic {
			c.want |= genderOf(x.Agr)
		}
	}
	c.firstly = c.firstly || us && !third
	c.maybeUs = us && third
}

// readings looks up a token, behind a conjunction if need be.
func (r *resolver) readings(k int) []lang.Reading {
	g := r.b.latin
	if r.t.Tokens[k].Flags&text.Arabic != 0 {
		g = r.b.arabic
	}
	if g == nil || r.t.Tokens[k].Kind > text.Number {
		return nil
	}
	if read := g.pack.Lookup(r.t.Tokens[k].Hash); len(read) > 0 {
		return read
	}
	if f := r.t.First(k); f == 'و' || f == 'ف' {
		return g.pack.Lookup(text.HashFrom(r.t.Word(k), 1))
	}
	return nil
}

// levelOf is the attribution whose content attribution i is part of; the inner
// teller of a relay, who has the same content, stands on the level of the
// outer.
func (r *resolver) levelOf(i int) int {
	for n := 0; n < maxBack; n++ {
		p := r.atts[i].Parent
		if p < 0 || p >= len(r.atts) || p == i {
			return -1
		}
		if !sameSpans(r.atts[i].Content, r.atts[p].Content) {
			return p
		}
		i = p
	}
	return -1
}

func sameSpans(a, b []text.Span) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// silent traces the tellers that no word names, in the order of the text.
func (r *resolver) silent() {
	for _, i := range r.order {
		p := &r.phr[i]
		switch {
		case p.form == document:
			r.tellAs(i, r.issuer(i, p))
		case p.form == pronoun || len(r.atts[i].Own().Source) == 0:
			r.tell[i] = r.trace(i)
			if id := r.tell[i]; id >= 0 {
				r.parties[id].latent = false
			}
		}
		if p.doc != 0 && r.tell[i] >= 0 {
			r.issuers.set(p.doc, int32(r.tell[i]))
		}
	}
}

// issuer finds whose word a document is that is named without its author: of
// the last such document, or of the last speaker in whose sentence it stands.
func (r *resolver) issuer(i int, p *phrase) int {
	if p.def {
		if id, ok := r.issuers.get(p.doc); ok {
			return int(id)
		}
		for n := r.rank[i] - 1; n >= 0 && n >= r.rank[i]-maxBack; n-- {
			j := r.order[n]
			if r.tell[j] >= 0 && r.mentions(r.cues[j].sentence, p.doc) {
				return r.tell[j]
			}
		}
	}
	all := bag(p.name)
	if id, ok := r.whole.get(all); ok {
		return int(id)
	}
	id := r.add(p, r.t.Raw)
	r.whole.set(all, int32(id))
	return id
}

func (r *resolver) mentions(sentence int, key uint64) bool {
	if sentence >= len(r.t.Sentences) {
		return false
	}
	s := r.t.Sentences[sentence]
	for k := s.First; k < s.End; k++ {
		if w := r.word(k); w.key == key || w.has(lang.DocSource) && w.suffix != lang.AnyAgr {
			return true
		}
	}
	return false
}

// trace finds the teller of an attribution without a source or with a pronoun.
func (r *resolver) trace(i int) int {
	own := r.atts[i].Own()
	if own.Kind == isnad.Unnamed && len(own.Source) == 0 {
		return -1
	}
	c := r.cues[i]
	if p := &r.phr[i]; p.form == pronoun {
		c.want, c.follows = p.agr, false
		if len(p.name) > 0 { // the source may be a body of any gender
			c.want = 0
		}
		c.firstly = r.firstWord(p.span)
	}
	if p := &r.phr[i]; p.relates {
		if id := r.before(p.span); id >= 0 || r.t.Tokens[r.tokens(p.span).First].Flags&text.Arabic == 0 {
			return id
		}
	}
	rejects := r.atts[i].Why.Rule == "reject" // the author's own word
	answers := r.turns && r.turn(c.paragraph) && (c.maybeI || c.wordless)
	if c.firstly || rejects || answers || c.maybeUs && r.nearest(i, c, c.sentence, false) < 0 {
		return r.speaker(i)
	}
	return r.antecedent(i, c)
}

// before is the party that the words right before a relative pronoun name.
func (r *resolver) before(s text.Span) int {
	end := r.tokens(s).First
	for end > 0 && r.t.Tokens[end-1].Kind > text.Number {
		end--
	}
	p := r.paragraph(s.Start)
	if p >= len(r.t.Paragraphs) {
		return -1
	}
	from := len(r.kept)
	for first := max(r.t.Paragraphs[p].First, end-maxBefore); first < end; first++ {
		r.kept = r.kept[:from]
		q := r.read(r.parts(text.Range{First: first, End: end}))
		if q.form != person && q.form != body && q.form != proper || len(q.name) == 0 {
			continue
		}
		q.span = r.t.Span(text.Range{First: first, End: end})
		if id, _ := r.match(&q); id >= 0 {
			return id
		}
	}
	return -1
}

// maxBefore is the number of tokens before a relative pronoun that are looked at.
const maxBefore = 8

func (r *resolver) firstWord(s text.Span) bool {
	rg := r.tokens(s)
	if rg.Len() == 0 {
		return false
	}
	w := r.word(rg.First)
	return w.in(first)
}

// speaker is who says I or we: the teller of the speech it stands in, the one
// who answers in an interview, the author, or the publisher.
func (r *resolver) speaker(i int) int {
	if p := r.atts[i].Parent; p >= 0 && p < len(r.tell) && p != i && r.tell[p] >= 0 {
		return r.tell[p]
	}
	rg := r.tokens(text.Span{Start: r.cues[i].at, End: r.cues[i].at + 1})
	if rg.First < len(r.t.Inside) && r.t.Inside[rg.First] >= 0 {
		if id := r.quoting(i); id >= 0 {
			return id
		}
	}
	if r.turns && r.turn(r.cues[i].paragraph) {
		for _, m := range r.found {
			if !hasInt(r.self, m.party) {
				return m.party
			}
		}
		return -1
	}
	if len(r.self) > 0 {
		return r.self[0]
	}
	return -1
}

// quoting is the teller of the content that the cue of attribution i stands in.
func (r *resolver) quoting(i int) int {
	for n := max(0, r.rank[i]-maxBack); n < min(len(r.order), r.rank[i]+maxBack); n++ {
		j := r.order[n]
		for _, s := range r.atts[j].Content {
			if j != i && s.Start <= r.cues[i].at && r.cues[i].at < s.End && r.tell[j] >= 0 {
				return r.tell[j]
			}
		}
	}
	return -1
}

// antecedent finds the last speaker that agrees with the cue: for a participle
// in its sentence, inside a report its teller, then in the paragraph, then a
// person named in the paragraph, then in the paragraphs before.
func (r *resolver) antecedent(i int, c cue) int {
	if c.follows {
		if id := r.nearest(i, c, c.sentence, false); id >= 0 {
			return id
		}
		if id := r.following(i, c); id >= 0 {
			return id
		}
	}
	if r.gives(c) {
		if id := r.nearest(i, c, c.sentence, false); id >= 0 {
			return id
		}
	}
	if p := r.atts[i].Parent; p >= 0 && p < len(r.tell) && p != i && r.within(i, p) && r.agrees(r.tell[p], c.want) {
		return r.tell[p]
	}
	s := r.paragraphStart(c.paragraph)
	for _, deep := range []bool{false, true} {
		if id := r.nearest(i, c, s, deep); id != -1 {
			return max(id, -1)
		}
	}
	if id := r.inParagraph(c); id >= 0 {
		return id
	}
	if r.turns && r.turn(c.paragraph) {
		return r.speaker(i)
	}
	if id := r.nearest(i, c, r.paragraphStart(max(0, c.paragraph-3)), false); id >= 0 {
		return id
	}
	return -1
}

// gives reports a cue that gives a reason behind لأن with a pronoun, and goes on from the
// clause in front of it: objected, *for it thinks*.
func (r *resolver) gives(c cue) bool {
	k := r.tokens(text.Span{Start: c.at, End: c.at + 1}).First - 1
	if k < 0 || r.t.Tokens[k].Kind > text.Number || r.t.Tokens[k].Flags&text.Arabic == 0 || r.t.First(k) != 'ل' {
		return false
	}
	return slices.ContainsFunc(r.readings(k), func(x lang.Reading) bool { return x.Class == lang.Conj })
}

// within reports that the cue of attribution i stands in the content of p.
func (r *resolver) within(i, p int) bool {
	for _, s := range r.atts[p].Content {
		if s.Start <= r.cues[i].at && r.cues[i].at < s.End {
			return true
		}
	}
	return false
}

// paragraphStart is the first sentence of a paragraph.
func (r *resolver) paragraphStart(k int) int {
	if k >= len(r.t.Paragraphs) {
		return len(r.t.Sentences)
	}
	return at(r.t.Sentences, r.t.Paragraphs[k].First)
}

// tie is what nearest gives where two tellers of one report agree.
const tie = -2

// nearest is the last teller before attribution i that agrees, from a sentence
// on; deep takes those inside other reports as well. Two tellers of one report
// that both agree are a tie.
func (r *resolver) nearest(i int, c cue, from int, deep bool) int {
	for n := r.rank[i] - 1; n >= 0 && n >= r.rank[i]-maxBack; n-- {
		j := r.order[n]
		d := &r.cues[j]
		if d.sentence < from {
			break
		}
		if !deep && d.level != c.level && j != c.level || !r.spoke(j, c.want) {
			continue
		}
		if p := r.atts[j].Parent; p >= 0 && p < len(r.tell) && d.level != p && r.tell[p] != r.tell[j] && r.spoke(p, c.want) {
			return tie
		}
		return r.tell[j]
	}
	return -1
}

// following is the teller of a later attribution in the same sentence: "after
// insisting that …, the ministry said".
func (r *resolver) following(i int, c cue) int {
	for n := r.rank[i] + 1; n < len(r.order) && n <= r.rank[i]+3; n++ {
		j := r.order[n]
		if r.cues[j].sentence != c.sentence {
			break
		}
		if r.cues[j].level == c.level && r.spoke(j, c.want) {
			return r.tell[j]
		}
	}
	return -1
}

// inParagraph is the last person named in the paragraph before the cue.
func (r *resolver) inParagraph(c cue) int {
	before := sort.Search(len(r.found), func(n int) bool { return int(r.t.Tokens[r.found[n].tok].Start) >= c.at })
	for n := before - 1; n >= 0; n-- {
		m := r.found[n]
		if at(r.t.Paragraphs, m.tok) != c.paragraph {
			return -1
		}
		if r.agrees(m.party, c.want) {
			return m.party
		}
	}
	return -1
}

// spoke reports that attribution j has a teller that agrees: by what is known
// of it, or by the words that name it there (إدارة النادي اعترضت).
func (r *resolver) spoke(j int, want gender) bool {
	if r.tell[j] < 0 {
		return false
	}
	return r.agrees(r.tell[j], want) || r.phr[j].form > pronoun && (r.phr[j].agr|r.cues[j].want&(masc|fem))&want != 0
}

// agrees reports that a party may be what a cue asks for.
func (r *resolver) agrees(id int, want gender) bool {
	return id >= 0 && (want == 0 || r.parties[id].genders()&want != 0)
}
