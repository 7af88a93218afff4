// Package reader finds the attributions of a text: who said what, on whose
// word, with what stance.
//
// It works in one pass over the sentences. The words of a sentence are looked
// up in the language pack; every word that may report (a cue) is tried in the
// frames that its row of the table allows; a frame that fits gives a find:
// cue, source and content. Finds are then placed inside one another to form
// chains, and dropped subjects are traced to the speaker they point to.
//
// # Invariant
//
// The result depends on the text and the packs only. Spans lie on rune
// boundaries within the text; the content of a child lies inside its parent's.
package reader

import (
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Reader finds attributions. It keeps buffers: use one per goroutine.
type Reader struct {
	// Least is the confidence below which a finding is dropped. New sets it to
	// 0.5: what is more likely right than not. Below it, recall rises more slowly
	// than precision falls on the development texts.
	Least float64
	packs []*lang.Pack
	doc   doc
}

// New makes a reader for the given languages. A sentence in a script that no
// pack covers is passed over.
func New(packs ...*lang.Pack) *Reader {
	r := &Reader{Least: .5, packs: packs}
	for _, p := range packs {
		if p.Name == "ar" {
			r.doc.endings = endingsOf(p)
		}
	}
	return r
}

// Read finds the attributions of a text in the order of their cues.
func (r *Reader) Read(t *text.Text) []isnad.Attribution {
	d := r.propose(t)
	d.least = r.Least
	return d.attributions()
}

// propose lets the grammars propose finds for every sentence of a text.
func (r *Reader) propose(t *text.Text) *doc {
	d := &r.doc
	d.reset(t)
	for n := 0; n < len(d.sentences); {
		first := n
		s := d.unit(&n)
		k := r.packFor(t, s)
		if k < 0 {
			clear(d.tags[s.First:s.End])
			continue
		}
		d.pack, d.nth = r.packs[k], uint8(k)
		for _, part := range d.sentences[first:n] {
			d.tagSentence(part)
		}
		switch d.pack.Name {
		case "ar":
			a := arabic{doc: d, s: s, n: n}
			a.read()
		case "en":
			e := english{doc: d, s: s, n: n}
			e.read()
		}
	}
	return d
}

// maxSentence bounds the tokens of a sentence: one without end is cut, so that
// no cue is looked around from further than that. The longest of 30,000
// sentences of news has 222. maxUnit bounds the sentences that a quotation
// holds together, and unitTokens their tokens, up to the end of a sentence.
const (
	maxSentence = 512
	maxUnit     = 40
	unitTokens  = 2 * maxSentence
)

// cut gives the sentences of the text in pieces of at most maxSentence.
func (d *doc) cut() {
	d.sentences = d.sentences[:0]
	for _, s := range d.t.Sentences {
		for ; s.Len() > maxSentence; s.First += maxSentence {
			d.sentences = append(d.sentences, text.Range{First: s.First, End: s.First + maxSentence})
		}
		d.sentences = append(d.sentences, s)
	}
}

// unit gives the tokens to read at once from sentence n on, and moves n past
// them: one sentence, or several where a quotation that was opened in the first
// is closed in a later one.
func (d *doc) unit(n *int) text.Range {
	s := d.sentences[*n]
	for k := 0; ; k++ {
		*n++
		q := d.t.Inside[s.End-1]
		if q < 0 || *n >= len(d.sentences) || k == maxUnit || s.Len() > unitTokens {
			return s
		}
		if quote := d.t.Quotations[q]; !quote.Closed || quote.Close < s.End {
			return s
		}
		s.End = d.sentences[*n].End
	}
}

// packFor picks the language of a sentence by the script of most of its words;
// -1 for none.
func (r *Reader) packFor(t *text.Text, s text.Range) int {
	ar, la := 0, 0
	for i := s.First; i < s.End; i++ {
		switch f := t.Tokens[i].Flags; {
		case f&text.Arabic != 0:
			ar++
		case f&text.Latin != 0:
			la++
		}
	}
	name := "ar"
	switch {
	case ar+la == 0:
		return -1
	case la > ar:
		name = "en"
	}
	return slices.IndexFunc(r.packs, func(p *lang.Pack) bool { return p.Name == name })
}
