package reader

import (
	"io/fs"

	"github.com/isnad/isnad/internal/linear"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// english notes one English sentence. English is read when the whole text is
// tagged: a quotation that goes on behind its cue may do so over paragraphs.
type english struct {
	*doc
	s text.Range
	n int
}

func (e *english) read() {
	d := e.doc
	if len(d.en.toks) == 0 {
		d.en.begin(d)
	}
	for k := d.en.next; k < len(d.sentences) && d.sentences[k].First < e.s.End; k++ {
		if s := d.sentences[k]; s.First >= e.s.First {
			d.en.sents = append(d.en.sents, s)
		}
		d.en.next = k + 1
	}
}

// token is what the English grammar knows of a token beyond its tag.
type token struct {
	kind   kind
	quote  int32 // 1 + index of the quotation around it, or 0
	sent   int32
	likely bool // a cue, by what stands around it
}

// englishDoc holds the English sentences of a text and buffers for them.
type englishDoc struct {
	pack   *lang.Pack
	model  *linear.Model
	from   *lang.Pack     // pack that model and rests were made from
	rests  [][]uint64     // words behind the first one, by row
	keys   []uint64       // of the rows, see keysOf
	be     []lang.Reading // of be, whose forms share the rows of their base
	sents  []text.Range
	next   int // sentence of the text to look at next
	toks   []token
	quotes []quote
	cands  []candidate
	pieces []text.Range // of the contents
	feats  []uint32
	lesson *Decision // set while learning
	opts   []option
	fronts []edge
	backs  []edge
}

// begin readies the buffers for the text of d.
func (e *englishDoc) begin(d *doc) {
	e.pack = d.pack
	n := len(d.t.Tokens)
	if cap(e.toks) < n {
		e.toks = make([]token, n)
	}
	e.toks = e.toks[:n]
	clear(e.toks)
}

func (e *englishDoc) reset() {
	e.toks, e.sents, e.quotes, e.cands, e.pieces, e.next = e.toks[:0], e.sents[:0], e.quotes[:0], e.cands[:0], e.pieces[:0], 0
}

// englishText is a text in the course of being read as English.
type englishText struct {
	*doc
	*englishDoc
}

// readEnglish reads the English sentences of the text.
func (d *doc) readEnglish() {
	e := englishText{d, &d.en}
	if len(e.sents) == 0 {
		return
	}
	d.pack = d.en.pack // the last sentence may be in another language
	if e.open(); e.model == nil {
		return
	}
	d.pack = e.englishDoc.pack
	e.prepare()
	e.findCues()
	e.weighCues()
	e.completeAll()
	e.mendAll()
	e.fileAll()
}

// open reads the weights of the pack, once a reader. A pack without them finds
// nothing; a test of lang opens those that are part of the program.
func (e *englishText) open() {
	p := e.englishDoc.pack
	if e.from == p {
		return
	}
	e.from, e.model, e.rests, e.keys, e.be = p, nil, restsOf(p.Cues), keysOf(p.Cues), p.Lookup(text.Hash("be"))
	if b, err := fs.ReadFile(p.Dir, WeightsFile); err == nil {
		e.model, _ = linear.Open(b)
	}
}

// prepare finds quotations, sentence ends and the kinds of all tokens.
func (e *englishText) prepare() {
	for _, p := range e.t.Paragraphs {
		e.pairQuotes(e.t, p)
	}
	e.mendSentences()
	for k, s := range e.sents {
		title := e.titleCase(s)
		before := kBound
		for i := s.First; i < s.End; i++ {
			tok := &e.toks[i]
			tok.sent = int32(k)
			if tok.kind == kBound {
				tok.kind = e.kindOf(i, before, title)
			}
			before = tok.kind
		}
	}
}

// mendSentences moves an opening mark at the end of a sentence to the next, and
// joins sentences that a dot within parted: (D-Mass.) said, Del. Ana Ruiz.
func (e *englishText) mendSentences() {
	kept := e.sents[:0]
	for _, s := range e.sents {
		if n := len(kept); n > 0 && kept[n-1].End == s.First {
			last := &kept[n-1]
			for last.End > last.First+1 && e.toks[last.End-1].kind == kOpenQuote {
				last.End--
				s.First--
			}
			if last.Len()+s.Len() <= maxSentence && e.joined(last.End, s.First) {
				last.End = s.End
				continue
			}
		}
		kept = append(kept, s)
	}
	e.sents = kept
}

// shortTitles are written with a dot and stand before a name.
var shortTitles = [...]uint64{
	text.Hash("Del"), text.Hash("Sens"), text.Hash("Reps"), text.Hash("Govs"), text.Hash("Supt"), text.Hash("Det"),
	text.Hash("Atty"), text.Hash("Asst"), text.Hash("Cpl"), text.Hash("Pvt"), text.Hash("Msgr"), text.Hash("Messrs"),
}

// joined reports that no sentence ends before token i.
func (e *englishText) joined(end, i int) bool {
	tok := e.t.Tokens[i]
	if end != i || i < 2 || tok.Kind != text.Word || e.newParagraph(i) {
		return false
	}
	if !tok.Has(text.Capital) && tok.Has(text.Latin) {
		return e.toks[i-1].kind != kCloseQuote
	}
	if !e.t.Tokens[i-1].Is('.') {
		return false
	}
	for _, h := range shortTitles {
		if e.t.Tokens[i-2].Hash == h {
			return true
		}
	}
	return false
}

// maxTitle is how many tokens of a sentence tell whether it is a title.
const maxTitle = 12

// titleCase reports a sentence whose words nearly all have capitals.
func (e *englishText) titleCase(s text.Range) bool {
	words, capitals := 0, 0
	s.First = e.dateline(s)
	for i := s.First; i < min(s.End, s.First+maxTitle); i++ {
		if tok := e.t.Tokens[i]; tok.Kind == text.Word && tok.End-tok.Start > 3 {
			words++
			if tok.Has(text.Capital) {
				capitals++
			}
		}
	}
	return words > 3 && capitals*10 > words*7
}
