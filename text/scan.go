package text

import "unicode/utf8"

// scanner cuts a text into tokens, sentences and paragraphs in one pass.
type scanner struct {
	t      *Text
	toks   []Token
	sents  []Range
	paras  []Range
	sent   int // first token of the open sentence
	para   int // first token of the open paragraph
	spaced bool
	ended  bool // a sentence end was seen; closing marks may still follow
	// invalid is the first byte that is not UTF-8, or -1. The scan stops there.
	invalid int
}

func (s *scanner) run() {
	raw := s.t.Raw
	s.spaced = true
	for i := 0; i < len(raw) && s.invalid < 0; {
		r, n := rune(raw[i]), 1
		if r >= utf8.RuneSelf {
			if r, n = utf8.DecodeRuneInString(raw[i:]); r == utf8.RuneError && n == 1 {
				s.invalid = i
				return
			}
		}
		switch c := classOf(r); c {
		case classSpace, classSkip, classMark:
			s.spaced = s.spaced || c == classSpace
			i += n
		case classLine:
			s.breakParagraph()
			i += n
		case classLetter, classDigit:
			i = s.word(i, c == classDigit)
		default:
			s.sign(i, n, r, c)
			i += n
		}
	}
	s.breakParagraph()
}

func classOf(r rune) class {
	if r < direct {
		return runes.class[r]
	}
	if isPresentation(r) {
		return classLetter
	}
	return classify(r)
}

// word scans a word or number that begins at byte i and returns its end, or
// the byte behind a space there, which is behind i whatever stands there.
func (s *scanner) word(i int, number bool) int {
	s.settle()
	raw := s.t.Raw
	w := wordScan{h: hashSeed, end: i}
	j := i
	for j < len(raw) {
		j = w.letters(raw, j)
		if j >= len(raw) || raw[j] == ' ' {
			break
		}
		r, n := utf8.DecodeRuneInString(raw[j:])
		if r == utf8.RuneError && n == 1 {
			s.invalid = j
			return j
		}
		k := w.other(raw, j, r, n, number)
		if k == j {
			break
		}
		j = k
	}
	if w.end == i { // a presentation form that is nothing but a mark
		return j
	}
	kind := Word
	if number {
		kind = Number
	}
	s.add(hashEnd(w.h), i, w.end, kind, w.flagged())
	if w.end < len(raw) && raw[w.end] == ' ' {
		s.spaced = true
		return w.end + 1
	}
	return w.end
}

// letters passes over the letters, digits and marks from byte j on that the
// table knows and returns the byte after them. What it gathers stays out of w
// until its end, where the processor is quicker to find it.
func (w *wordScan) letters(raw string, j int) int {
	h, n, begin := w.h, 0, j
	var flags, first letterEntry
	last := w.last
loop:
	for j < len(raw) {
		r, size := rune(raw[j]), 1
		if r >= utf8.RuneSelf {
			if r < 0xC2 || r >= 0xE0 || j+1 >= len(raw) || raw[j+1]&0xC0 != 0x80 {
				break
			}
			r, size = r&0x1F<<6|rune(raw[j+1])&0x3F, 2
		}
		e := runes.letters[r]
		switch {
		case e != 0:
			h = hashStep(h, rune(e&foldMask))
			if n == 0 {
				first = e
			}
			flags |= e
			last = r
			n++
		case runes.class[r] == classMark:
			w.mark(r)
		default:
			break loop
		}
		j += size
	}
	if j == begin {
		return j
	}
	w.h, w.end, w.last = h, j, last
	w.flags |= Flag(flags >> foldBits)
	if w.count == 0 && Flag(first>>foldBits)&(Latin|lower) == Latin {
		w.flags |= Capital
	}
	w.run += n
	w.count += n
	return j
}

// other takes the rune r at byte j, which the fast loop did not: a letter
// outside the table, something invisible, or a sign that keeps the word going.
// It returns the byte to go on from, or j where the word is over.
func (w *wordScan) other(raw string, j int, r rune, n int, number bool) int {
	switch {
	case isPresentation(r):
		expand(r, func(d rune) { w.letter(d, d, letterFlags(d), j+n) })
		return j + n
	case r >= direct:
		switch classify(r) {
		case classLetter, classDigit:
			w.letter(r, foldRune(r), 0, j+n)
			return j + n
		case classSkip:
			return j + n
		}
	case runes.class[r] == classSkip && r != 0:
		return j + n
	}
	return joins(raw, j, r, n, w, number)
}

// joins decides whether the sign at byte j keeps the word going: a dot inside
// an abbreviation, a separator inside a number, an apostrophe inside a word.
// It returns the byte to go on from, or j.
func joins(raw string, j int, r rune, n int, w *wordScan, number bool) int {
	next, m := utf8.DecodeRuneInString(raw[j+n:])
	if m == 0 {
		next = ' '
	}
	c := classOf(next)
	switch {
	case number && c == classDigit && (r == '.' || r == ',' || r == '٫' || r == '٬' || r == ':'):
		w.h = hashStep(w.h, '.')
		return j + n
	case number:
		return j
	case r == '.' && w.run == 1 && c == classLetter:
		w.flags |= Dotted
		w.run = 0
		return j + n
	case r == '.' && w.run == 1 && w.flags&Dotted != 0:
		w.end = j + n
		w.run = 2
		return j + n
	case (r == '\'' || r == '’') && c == classLetter && w.flags&Latin != 0 && !possessive(raw[j+n:], next, m):
		w.h = hashStep(w.h, '\'')
		return j + n
	}
	return j
}

// possessive reports whether the rest of the word is the 's that is a token of
// its own.
func possessive(rest string, next rune, m int) bool {
	if next != 's' && next != 'S' {
		return false
	}
	after, k := utf8.DecodeRuneInString(rest[m:])
	return k == 0 || classOf(after) != classLetter
}

// wordScan gathers what is known of a word while its runes pass by.
type wordScan struct {
	h      uint64
	end    int // byte after the last letter or mark
	run    int // letters since the start or the last inner dot
	count  int
	flags  Flag
	last   rune
	marked bool
}

func (w *wordScan) letter(r, folded rune, flags Flag, end int) {
	w.h = hashStep(w.h, folded)
	w.end = end
	w.run++
	if w.count++; w.count == 1 && flags&(Latin|lower) == Latin {
		flags |= Capital
	}
	w.last = r
	w.flags |= flags
}

func (w *wordScan) mark(r rune) {
	switch r {
	case 0x0651:
		w.flags |= Shadda
	case 0x064B:
		w.flags |= Tanwin
	}
	if !w.marked && r >= 0x064B && r <= 0x0652 && r != 0x0651 {
		w.marked = true
		if r == 0x064F {
			w.flags |= Damma
		}
	}
}

// flagged are the flags of the whole word.
func (w *wordScan) flagged() Flag {
	f := w.flags
	if w.last < direct {
		f |= runes.ends[w.last]
	}
	if f&(Capital|lower) == Capital && w.count > 1 {
		f |= AllCaps
	}
	return f &^ lower
}

// sign adds a mark of punctuation or quotation and notes sentence ends.
func (s *scanner) sign(i, n int, r rune, c class) {
	if r == '\'' || r == '’' {
		if j := s.possessiveToken(i, n); j {
			return
		}
	}
	if c == classQuote {
		s.add(uint64(r), i, i+n, Mark, 0)
		return
	}
	if s.ended && !closes(r) {
		s.settle()
	}
	s.add(uint64(r), i, i+n, Punct, 0)
	if endsSentence(r) && !s.abbreviates(r, i+n) {
		s.ended = true
	}
}

// possessiveToken notes that an apostrophe before a lone s belongs to it: the
// sign is dropped and the s that follows carries its own token.
func (s *scanner) possessiveToken(i, n int) bool {
	rest := s.t.Raw[i+n:]
	r, m := utf8.DecodeRuneInString(rest)
	return !s.spaced && len(s.toks) > 0 && s.toks[len(s.toks)-1].Kind == Word && possessive(rest, r, m)
}

func endsSentence(r rune) bool {
	switch r {
	case '.', '!', '?', '؟', '…', '۔', '。':
		return true
	}
	return false
}

func closes(r rune) bool {
	switch r {
	case ')', ']', '}', '.', '!', '?', '؟', '…', '\'', '’':
		return true
	}
	return false
}

// abbreviates reports whether the dot just added belongs to an abbreviation or
// an initial (د. , J.), so that no sentence ends there: the word before it is
// one letter or one of the common short titles, or the next word is in small
// Latin letters.
func (s *scanner) abbreviates(r rune, end int) bool {
	if r != '.' || len(s.toks) < 2 {
		return false
	}
	prev := s.toks[len(s.toks)-2]
	if prev.Kind != Word || prev.End != s.toks[len(s.toks)-1].Start {
		return false
	}
	if utf8.RuneCountInString(s.t.Raw[prev.Start:prev.End]) == 1 && s.t.Raw[prev.Start:prev.End] != "I" {
		return true
	}
	if prev.Flags&Capital != 0 && abbreviations[prev.Hash] {
		return true
	}
	rest := s.t.Raw[end:]
	return len(rest) > 1 && rest[0] == ' ' && rest[1] >= 'a' && rest[1] <= 'z' && prev.Flags&Latin != 0
}

// abbreviations are English short forms that are written with a dot and are
// followed by a capital.
var abbreviations = hashSet("Mr Mrs Ms Dr Prof Sen Rep Gov Gen Col Lt Sgt Capt Maj Cmdr Adm Rev Hon Pres St Jr Sr vs No Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Inc Corp Co Ltd")

func hashSet(words string) map[uint64]bool {
	set := make(map[uint64]bool)
	for len(words) > 0 {
		i := 0
		for i < len(words) && words[i] != ' ' {
			i++
		}
		set[Hash(words[:i])] = true
		words = words[min(i+1, len(words)):]
	}
	return set
}

func (s *scanner) add(hash uint64, start, end int, kind Kind, flags Flag) {
	if s.spaced {
		flags |= Spaced
	}
	s.spaced = false
	s.toks = append(s.toks, Token{hash, int32(start), int32(end), kind, flags})
}

// settle closes a sentence whose end has been seen, now that something other
// than a closing mark follows.
func (s *scanner) settle() {
	if !s.ended {
		return
	}
	s.ended = false
	s.breakSentence()
}

func (s *scanner) breakSentence() {
	end := len(s.toks)
	// An opening mark that was added while the end was pending belongs to the
	// sentence that follows.
	for end > s.sent+1 && s.toks[end-1].Kind == Mark && s.toks[end-1].Flags&Spaced != 0 && !s.toks[end-1].Is('»') && !s.toks[end-1].Is('”') {
		end--
	}
	if end > s.sent {
		s.sents = append(s.sents, Range{s.sent, end})
		s.sent = end
	}
}

func (s *scanner) breakParagraph() {
	s.ended = false
	if end := len(s.toks); end > s.sent {
		s.sents = append(s.sents, Range{s.sent, end})
		s.sent = end
	}
	if len(s.toks) > s.para {
		s.paras = append(s.paras, Range{s.para, len(s.toks)})
		s.para = len(s.toks)
	}
	s.spaced = true
}
