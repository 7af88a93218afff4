package reader

import (
	"math"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/linear"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// WeightsFile is the file of a pack that holds the weights of its reader.
const WeightsFile = "weights.bin"

// minShare is the least share of a side for a candidate to be worth completing.
const minShare = 0.2

// sideScores scores the sides on which the content of a candidate may stand.
func (e *englishText) offerCue(c *candidate) {
	e.clearOptions()
	e.cueFeatures(c)
	n := len(e.feats)
	for sd := right; sd < numSides; sd++ {
		for i := range n {
			e.feats[i] = twist(e.feats[i])
		}
		e.offer(int(sd), int(sd))
	}
	e.feats = e.feats[:0]
	e.offer(0, 0)
}

// twist gives the number of a feature for the next side.
func twist(f uint32) uint32 { return (f*0x9E37 + 0x5bd1) & (linear.Size - 1) }

// weighCues sets side and odds of all candidates by what stands around them.
func (e *englishText) weighCues() {
	for i := range e.cands {
		c := &e.cands[i]
		e.offerCue(c)
		i, _ := best(e.opts[:2])
		c.side, c.odds = side(e.opts[i].a), odds(e.opts)
		e.toks[c.at].likely = c.odds > 0.5
	}
}

// completeAll decides on all candidates in the order of the text.
func (e *englishText) completeAll() {
	before, sent := text.Range{}, -1
	for i := range e.cands {
		c := &e.cands[i]
		if c.sent != sent {
			sent, before = c.sent, text.Range{}
		}
		if c.odds < minShare || !e.complete(c, before) {
			c.side = noSide
			continue
		}
		before = c.source
	}
}

// complete finds source and content of a candidate.
func (e *englishText) complete(c *candidate, before text.Range) bool {
	c.share[cueShare] = math.Log(c.odds)
	e.offerSources(c, before)
	r, _ := e.choose(c, sourceShare)
	c.source = r
	if !e.chooseContent(c) {
		return false
	}
	e.chooseMore(c)
	return true
}

// odds is the share of the two sides against none.
func odds(opts []option) float64 {
	r, l := math.Exp(opts[0].score), math.Exp(opts[1].score)
	return (r + l) / (r + l + math.Exp(opts[2].score))
}

// choose takes the best option and notes its share; it reports false where
// there is none.
func (e *englishText) choose(c *candidate, share int) (text.Range, bool) {
	i, log := best(e.opts)
	if i < 0 {
		return text.Range{}, false
	}
	c.share[share] = log
	return text.Range{First: e.opts[i].a, End: e.opts[i].b}, true
}

func (e *englishText) chooseContent(c *candidate) bool {
	var p text.Range
	if c.side == right {
		e.offerBegins(c)
		r, ok := e.choose(c, firstShare)
		if !ok {
			return false
		}
		p.First = r.First
		e.offerEnds(c, p.First)
		r, _ = e.choose(c, secondShare)
		p.End = r.End
	} else {
		e.offerLeftEnds(c)
		r, ok := e.choose(c, firstShare)
		if !ok {
			return false
		}
		p.End = r.End
		e.offerLeftBegins(c, p.End)
		if r, ok = e.choose(c, secondShare); !ok {
			return false
		}
		p.First = r.First
	}
	e.pieces = append(e.pieces, p)
	c.content = e.pieces[len(e.pieces)-1:]
	return p.Len() > 0
}

// chooseMore adds the pieces with which a content goes on.
func (e *englishText) chooseMore(c *candidate) {
	z := max(c.content[0].End, c.end, c.source.End)
	for range maxParagraphs {
		p, ok := e.chooseNext(c, z)
		if !ok || p.Len() == 0 || p.End <= z {
			return
		}
		e.addPiece(c, p)
		z = p.End
	}
}

// chooseNext tries the junctions behind token z, the closest first.
func (e *englishText) chooseNext(c *candidate, z int) (text.Range, bool) {
	for j := laterQuote; j < noJunction; j++ {
		p, ok := e.pieceAt(c, z, j)
		if !ok {
			continue
		}
		e.offerMore(c, z, p, j)
		if i, _ := best(e.opts); i == 0 {
			continue
		}
		if j == restOfClause {
			e.offerEnds(c, p.First)
			i, _ := best(e.opts)
			p.End = e.opts[i].a
		}
		return p, true
	}
	return text.Range{}, false
}

// addPiece adds to the content that was begun last.
func (e *englishText) addPiece(c *candidate, p text.Range) {
	n := len(c.content)
	e.pieces = append(e.pieces, p)
	c.content = e.pieces[len(e.pieces)-n-1:]
}

// fileAll judges the finds and files those that do not lie in the content of
// another, or that would be certain without it.
func (e *englishText) fileAll() {
	for i := range e.cands {
		if c := &e.cands[i]; c.side != noSide {
			c.sure = e.judgeFind(i, false)
			e.trust(c, false)
		}
	}
	for i := range e.cands {
		c := &e.cands[i]
		if c.side == noSide {
			continue
		}
		if e.nested(i) {
			c.sure = e.judgeFind(i, true)
			if e.trust(c, true); c.sure < e.innerLeast(c) {
				continue
			}
		}
		e.fileCandidate(c)
	}
}

// judgeFind is the share of finds like candidate i that are right.
func (e *englishText) judgeFind(i int, alone bool) float64 {
	e.judgeFeatures(i, alone)
	return 1 / (1 + math.Exp(-e.model.Score(e.feats)))
}

// minInner is the least confidence of a find that lies in the content of
// another.
const minInner = 0.85

// minOuter is the least confidence of a find that hides those in its content.
const minOuter = 0.4

// nested reports that candidate i lies in the content of another find.
func (e *englishText) nested(i int) bool {
	c := &e.cands[i]
	for k := max(0, i-window); k < min(len(e.cands), i+window); k++ {
		o := &e.cands[k]
		if k == i || o.side == noSide || o.sure < minOuter {
			continue
		}
		in := coversRange(o.content, text.Range{First: c.at, End: c.at + 1})
		if in && (!coversRange(c.content, text.Range{First: o.at, End: o.at + 1}) || o.sure > c.sure) {
			return true
		}
	}
	return false
}

func (e *englishText) fileCandidate(c *candidate) {
	f := find{
		cue: text.Range{First: c.at, End: c.end}, source: c.source, row: c.row, pack: e.englishDoc.pack, reading: c.reading,
		sentence: c.sent, over: -1, rule: e.ruleOf(c), score: c.sure, content: c.content, kind: e.kindOfFind(c),
	}
	for k := c.at - 1; k >= e.sents[c.sent].First && fillers.has(e.toks[k].kind) && e.toks[k].kind != kTime; k-- {
		f.negated = f.negated || e.has(k, lang.Neg)
		f.cue.First = k
	}
	f.reading.Agr = e.agreementOf(c.source)
	if row := e.cueRow(c); row != nil && c.source.Len() == 0 {
		f.impersonal = row.Type == lang.RumourCue || row.Type == lang.PassiveCue
	}
	e.fileParts(c, f)
}

// ruleOf names what was chosen: the type of the cue and the side of the content.
func (e *englishText) ruleOf(c *candidate) string {
	if c.rule != "" {
		return c.rule
	}
	typ := lang.VerbCue
	if row := e.cueRow(c); row != nil {
		typ = row.Type
	} else {
		return "en-colon"
	}
	return englishRules[typ][c.side-right]
}

var englishRules = [...][2]string{
	lang.VerbCue: {"en-verb", "en-verb-left"}, lang.AccPhrase: {"en-according", "en-according-left"},
	lang.NounCue: {"en-noun", "en-noun-left"}, lang.RumourCue: {"en-rumour", "en-rumour-left"},
	lang.PassiveCue: {"en-passive", "en-passive-left"}, lang.RejectCue: {"en-reject", "en-reject-left"},
}

// agreementOf is what a pronoun tells of the speaker.
func (e *englishText) agreementOf(r text.Range) lang.Agr {
	if r.Len() != 1 {
		return lang.AnyAgr
	}
	for _, x := range e.readings(r.First) {
		if x.Class == lang.Pron {
			return x.Agr
		}
	}
	return lang.AnyAgr
}

// englishSourceKind judges an English source by its words up to the first
// preposition or comma: the head stands last there.
func (d *doc) englishSourceKind(r text.Range) isnad.SourceKind {
	kind, named := isnad.Role, false
	for i := r.First; i < r.End; i++ {
		k := d.en.toks[i].kind
		if r.Len() == 1 && kindsOf(kSubject, kIt, kPron, kPossPron, kWho, kThat).has(k) {
			return isnad.Implicit
		}
		if i > r.First && (signs.has(k) || k == kOf || k == kPrep || k == kWho) {
			break
		}
		switch {
		case d.any(i, lang.Of(lang.Outlet, lang.OutletHead)):
			kind = isnad.OutletSource
		case k == kName || k == kPlace || d.has(i, lang.Given) || k == kDoc && i > r.First && d.t.Tokens[i].Has(text.Capital):
			named = true
		case k == kOrg:
			kind, named = isnad.Named, true
		case d.has(i, lang.Unnamed):
			kind = isnad.Unnamed
		case k == kDoc:
			kind = isnad.DocumentSource
		}
	}
	if named && (kind == isnad.Role || kind == isnad.Unnamed) {
		return isnad.Named
	}
	return kind
}

func (e *englishText) kindOfFind(c *candidate) isnad.Kind {
	row := e.cueRow(c)
	switch {
	case row == nil:
		return isnad.Headline
	case row.Type == lang.AccPhrase:
		return isnad.AccordingTo
	case row.Type == lang.NounCue:
		return isnad.Nominal
	}
	p := c.content[0]
	if q := e.opens(p.First); q != nil && q.end >= p.End {
		return isnad.Direct
	}
	for i := p.First; i < p.End; i++ {
		if e.toks[i].kind == kOpenQuote {
			return isnad.Mixed
		}
	}
	return isnad.Indirect
}
