package reader

import "github.com/isnad/isnad/text"

// quote is an outermost quotation of an English text. Besides the marks that
// the text package pairs, a doubled apostrophe opens and closes one, and so do
// single marks outside of any other.
type quote struct {
	open, first int // first token of the opening mark, first token inside
	close, end  int // first token of the closing mark, token behind it
	closed      bool
}

// markFamily tells which marks close one another.
type markFamily uint8

const (
	noMark markFamily = iota
	doubleMark
	twinMark // two apostrophes
	singleMark
)

// quoteScan pairs the marks of one paragraph.
type quoteScan struct {
	*englishDoc
	t      *text.Text
	open   int // index of the open quotation, or -1
	family markFamily
}

// pairQuotes finds the quotations of a paragraph.
func (e *englishDoc) pairQuotes(t *text.Text, p text.Range) {
	s := quoteScan{englishDoc: e, t: t, open: -1}
	for i := p.First; i < p.End; {
		f, n := s.markAt(i)
		if f == noMark || !s.take(i, n, f, p) {
			i++
			continue
		}
		i += n
	}
	if s.open >= 0 {
		q := &e.quotes[s.open]
		q.close, q.end = p.End, p.End
		s.fill(q)
	}
}

// markAt gives the family and the tokens of the mark at i.
func (s *quoteScan) markAt(i int) (markFamily, int) {
	tok := s.t.Tokens[i]
	if tok.Kind == text.Mark {
		return doubleMark, 1
	}
	if !apostrophe(tok) {
		return noMark, 0
	}
	if i+1 < len(s.t.Tokens) && apostrophe(s.t.Tokens[i+1]) && s.t.Tokens[i+1].Start == tok.End {
		return twinMark, 2
	}
	return singleMark, 1
}

func apostrophe(tok text.Token) bool {
	return tok.Kind == text.Punct && (tok.Hash == '\'' || tok.Hash == '’' || tok.Hash == '‘' || tok.Hash == '`')
}

// take opens or closes a quotation with the mark at i and reports whether it
// did.
func (s *quoteScan) take(i, n int, f markFamily, p text.Range) bool {
	before := s.t.Tokens[i].Has(text.Spaced)
	behind := i+n >= p.End || s.t.Tokens[i+n].Has(text.Spaced)
	if s.open < 0 {
		if !s.opens(i, f, before, behind, p) {
			return false
		}
		s.begin(i, n, f)
		return true
	}
	if f != s.family {
		return false
	}
	reopens := before && !behind && s.t.Tokens[i].Hash != '”' || s.t.Tokens[i].Hash == '“'
	s.finish(i, n)
	if reopens {
		q := &s.quotes[len(s.quotes)-1]
		q.end, q.closed = i, false
		s.begin(i, n, f)
	}
	return true
}

func (s *quoteScan) opens(i int, f markFamily, before, behind bool, p text.Range) bool {
	switch s.t.Tokens[i].Hash {
	case '”':
		return false
	case '“':
		return true
	}
	if !before && behind {
		return false
	}
	return f != singleMark || before && !behind && s.singleCloses(i, p)
}

// singleCloses reports that a single mark at i has a partner: an apostrophe
// with a word before it and none behind.
func (s *quoteScan) singleCloses(i int, p text.Range) bool {
	for k := i + 2; k < p.End && k < i+60; k++ {
		tok := s.t.Tokens[k]
		if tok.Kind == text.Mark {
			return false
		}
		if apostrophe(tok) && !tok.Has(text.Spaced) && (k+1 >= p.End || s.t.Tokens[k+1].Has(text.Spaced) || s.t.Tokens[k+1].Kind == text.Punct) {
			return true
		}
	}
	return false
}

func (s *quoteScan) begin(i, n int, f markFamily) {
	s.open, s.family = len(s.quotes), f
	s.quotes = append(s.quotes, quote{open: i, first: i + n})
	for k := i; k < i+n; k++ {
		s.toks[k].kind = kOpenQuote
	}
}

func (s *quoteScan) finish(i, n int) {
	q := &s.quotes[s.open]
	q.close, q.end, q.closed = i, i+n, true
	for k := i; k < i+n; k++ {
		s.toks[k].kind = kCloseQuote
	}
	s.fill(q)
	s.open = -1
}

// fill notes the quotation at the tokens inside.
func (s *quoteScan) fill(q *quote) {
	for k := q.first; k < q.close; k++ {
		s.toks[k].quote = int32(s.open) + 1
	}
}
