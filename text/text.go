package text

import "fmt"

// Kind of a token.
type Kind uint8

// The kinds of tokens.
const (
	Word   Kind = iota // letters, with their marks, inner dots (أ.ف.ب) and digits
	Number             // begins with a digit; digit groups and decimals are one token
	Punct              // one mark of punctuation or other sign
	Mark               // one quotation mark
)

// Flag is what the spelling of a token says beyond its folded hash.
type Flag uint16

// Flags of a token's raw spelling.
const (
	Spaced      Flag = 1 << iota // white space or the start of a line before it
	Arabic                       // has an Arabic letter
	Latin                        // has a Latin letter
	Capital                      // begins with a capital
	AllCaps                      // every letter is a capital, at least two
	HamzaAbove                   // has alef with hamza above
	HamzaBelow                   // has alef with hamza below
	EndsMaqsura                  // last letter ى
	EndsYa                       // last letter ي
	EndsTa                       // last letter ة
	Tanwin                       // ends with the mark of fathatan, with or without alef
	Dotted                       // has inner dots: أ.ف.ب, U.S.
	Shadda                       // has a shadda
	Damma                        // first vowel mark is damma (أُعلن)
	lower                        // has a small Latin letter
)

// Token is one word, number or mark.
type Token struct {
	Hash       uint64 // of the folded runes ([Hash]); the rune itself for Punct and Mark
	Start, End int32  // bytes of the stored text, half-open
	Kind       Kind
	Flags      Flag
}

// Is reports whether the token is the given sign.
func (t Token) Is(sign rune) bool { return t.Kind >= Punct && t.Hash == uint64(sign) }

// Has reports whether all the flags are set.
func (t Token) Has(f Flag) bool { return t.Flags&f == f }

// Quotation is a stretch between two quotation marks.
type Quotation struct {
	// Open and Close are token indexes of the marks. Close is the index of the
	// token after the last one inside where the quotation was never closed.
	Open, Close int
	Closed      bool
	Depth       int // 0 for an outermost quotation
	// Next is the index in [Text.Quotations] of the paragraph that continues
	// this quotation (opened anew without having been closed), or -1.
	Next int
}

// Text is a stored text with its tokens and structure. Treat it as read-only.
type Text struct {
	Raw        string
	Tokens     []Token
	Sentences  []Range // of tokens; end marks belong to their sentence
	Paragraphs []Range // of tokens
	Quotations []Quotation
	// Inside[i] is the innermost quotation around token i, or -1; the marks
	// themselves are outside of what they enclose.
	Inside []int32
}

// MaxBytes is the largest text that New takes: offsets are kept in 32 bits.
const MaxBytes = 1<<31 - 1

// EncodingError says where a text stops being UTF-8.
type EncodingError struct{ Offset int }

func (e *EncodingError) Error() string {
	return fmt.Sprintf("invalid UTF-8 at byte %d: convert the text to UTF-8 first", e.Offset)
}

// New reads raw in one pass. The error is an [*EncodingError] where raw is not
// UTF-8, and names the limit where raw is over [MaxBytes].
func New(raw string) (*Text, error) {
	t := new(Text)
	return t, t.Reset(raw)
}

// Reset makes t the view of another text and reuses its buffers.
func (t *Text) Reset(raw string) error {
	if len(raw) > MaxBytes {
		return fmt.Errorf("text has %d bytes, the limit is %d: read it in parts", len(raw), MaxBytes)
	}
	t.Raw = raw
	s := scanner{t: t, toks: t.Tokens[:0], sents: t.Sentences[:0], paras: t.Paragraphs[:0], invalid: -1}
	s.run()
	t.Tokens, t.Sentences, t.Paragraphs = s.toks, s.sents, s.paras
	if s.invalid >= 0 {
		*t = Text{}
		return &EncodingError{s.invalid}
	}
	t.pair()
	return nil
}

// Span is the bytes from the first to the last token of a range of tokens; an
// empty range gives an empty span.
func (t *Text) Span(r Range) Span {
	if r.End <= r.First {
		return Span{}
	}
	return Span{int(t.Tokens[r.First].Start), int(t.Tokens[r.End-1].End)}
}

// Word is the raw text of token i.
func (t *Text) Word(i int) string {
	return t.Raw[t.Tokens[i].Start:t.Tokens[i].End]
}

// Line is the number, from 1, of the line that holds byte at.
func (t *Text) Line(at int) int {
	n := 1
	for i := range at {
		if t.Raw[i] == '\n' {
			n++
		}
	}
	return n
}

// First is the first folded rune of token i, or 0.
func (t *Text) First(i int) rune {
	for _, r := range t.Word(i) {
		if f := FoldRune(r); f != 0 {
			return f
		}
	}
	return 0
}
