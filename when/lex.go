package when

import (
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// item is a word, phrase, number or sign that a date may be made of.
type item struct {
	start, end int // bytes
	tok, next  int // its first token, and the one after it
	senses     []sense
	set        set // the classes of senses, or digits
	lead       lead
	flags      text.Flag
	sign       rune
	num        number
}

// number is what a token in digits holds: 12, 14:30, 12.10.2024.
type number struct {
	count int // groups of digits, 0 where the item is no number
	group [3]int
	width [3]int
	sep   rune
}

// maxItems bounds the run of items that is looked at at once; a longer one is
// read in pieces that overlap by maxPhrase.
const (
	maxItems  = 96
	maxPhrase = 40
)

type parser struct {
	words *words
	t     *text.Text
	first int // token of the sentence
	items [maxItems]item
	n     int
	work  int // items read in all, some of them more than once
	times []isnad.Time
}

// starts reports whether token i can be part of a date. This is all that is
// done for most tokens.
func (p *parser) starts(tok *text.Token) bool {
	switch tok.Kind {
	case text.Word:
		return p.words.bits.may(tok.Hash) || endsInDigit(p.t.Raw[tok.Start:tok.End])
	case text.Number:
		return true
	}
	return false
}

// endsInDigit finds words that are a number behind a prefix: و5, الـ24.
func endsInDigit(s string) bool {
	b := s[len(s)-1]
	if b < utf8.RuneSelf || len(s) < 2 {
		return b >= '0' && b <= '9'
	}
	last := uint16(s[len(s)-2])<<8 | uint16(b)
	return last-0xD9A0 <= 9 || last-0xDBB0 <= 9
}

// fill reads the items from token i on, up to the first token that is none,
// and returns the token it stopped at.
func (p *parser) fill(i, end int) int {
	p.n = 0
	for i < end && p.n < maxItems-3 {
		next := p.item(i, end)
		if next == i {
			break
		}
		i = next
	}
	p.work += p.n
	return i
}

// item adds the item or items of token i and returns the token after it, or i.
func (p *parser) item(i, end int) int {
	tok := &p.t.Tokens[i]
	switch tok.Kind {
	case text.Number:
		return p.number(i, p.t.Raw[tok.Start:tok.End], 0, 0)
	case text.Word:
		if p.words.bits.may(tok.Hash) {
			if next := p.word(i, end); next > i {
				return next
			}
		}
		return p.prefixed(i)
	}
	return p.punct(i)
}

func (p *parser) punct(i int) int {
	tok := &p.t.Tokens[i]
	sign := rune(tok.Hash)
	switch sign {
	case '/', '-', ',', '(', ')':
	case '،':
		sign = ','
	case '–', '—', '−', '‐', '‑':
		sign = '-'
	case '.':
		if p.n == 0 || tok.Flags&text.Spaced != 0 || !p.abbreviated(p.n-1) {
			return i
		}
	default:
		return i
	}
	p.add(item{start: int(tok.Start), end: int(tok.End), tok: i, next: i + 1, sign: sign, flags: tok.Flags})
	return i + 1
}

// abbreviated reports a short form that is written with a dot: Jan, Tues.
func (p *parser) abbreviated(k int) bool {
	for _, s := range p.items[k].senses {
		if s.need&needDate != 0 {
			return true
		}
	}
	return false
}

func (p *parser) add(it item) {
	p.items[p.n] = it
	p.n++
}

// word adds the longest entry of the table that begins at token i.
func (p *parser) word(i, end int) int {
	tok := &p.t.Tokens[i]
	for at := p.words.at(tok.Hash); at >= 0; at = p.words.entries[at].next {
		e := &p.words.entries[at]
		next := p.follows(e.rest, i+1, end)
		if next == 0 {
			continue
		}
		p.add(item{
			start: int(tok.Start), end: int(p.t.Tokens[next-1].End), tok: i, next: next,
			senses: e.senses, set: e.set, lead: e.lead, flags: tok.Flags,
		})
		return next
	}
	return i
}

// follows matches the words of an entry, which may be hyphenated, and returns
// the token after them, or 0.
func (p *parser) follows(rest []uint64, i, end int) int {
	for _, h := range rest {
		if i < end && p.t.Tokens[i].Is('-') && p.t.Tokens[i].Flags&text.Spaced == 0 {
			i++
		}
		if i >= end || p.t.Tokens[i].Hash != h || p.t.Tokens[i].Kind != text.Word {
			return 0
		}
		i++
	}
	return i
}

// prefixed adds a number written behind a clitic.
func (p *parser) prefixed(i int) int {
	tok := &p.t.Tokens[i]
	s := p.t.Raw[tok.Start:tok.End]
	if !endsInDigit(s) {
		return i
	}
	l, at := lead(0), 0
	for stage := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		switch {
		case digit(r) >= 0:
			if at == 0 {
				return i
			}
			return p.number(i, s, at, l)
		case stage < 1 && (r == 'و' || r == 'ف'):
			l, stage = l|leadAnd, 1
		case stage < 2 && (r == 'ب' || r == 'ل'):
			l, stage = l|leadPrep, 2
		case stage < 2 && r == 'ك':
			l, stage = l|leadLike, 2
		case stage < 3 && r == 'ا', stage == 2 && r == 'ل':
			stage = 3
		case stage == 3 && r == 'ل':
			l, stage = l|leadThe, 4
		case r == 'ـ' || r >= 0x064B && r <= 0x0652:
		default:
			return i
		}
		at += n
	}
	return i
}

// number adds the number in s from byte at on, and what is written onto it
// where the table knows it: 3rd, 1990s, 5pm, ١٤٤٥هـ. A number with anything
// else written onto it is none.
func (p *parser) number(i int, s string, at int, l lead) int {
	tok := &p.t.Tokens[i]
	start, first := int(tok.Start), p.n
	n, used := readNumber(s[at:])
	if used == 0 {
		return i
	}
	it := item{start: start, end: start + at + used, tok: i, next: i + 1, num: n, set: digits, lead: l, flags: tok.Flags}
	p.add(it)
	at += used
	if at < len(s) && (s[at] == 'T' || s[at] == 't') && n.count == 1 { // 2024-03-12T14:30
		if it.num, used = readNumber(s[at+1:]); it.num.count > 1 {
			it.start, it.end, it.lead = start+at+1, start+at+1+used, 0
			p.add(it)
			at += 1 + used
		}
	}
	if p.suffix(i, s[at:], start+at) {
		return i + 1
	}
	p.n = first
	return i
}

// suffix adds what is written onto a number, if the table knows it.
func (p *parser) suffix(i int, s string, start int) bool {
	hash := text.Hash(s)
	if hash == text.Hash("") {
		return true
	}
	for at := p.words.at(hash); at >= 0; at = p.words.entries[at].next {
		e := &p.words.entries[at]
		if len(e.rest) == 0 {
			flags := p.t.Tokens[i].Flags &^ text.Spaced
			p.add(item{start: start, end: start + len(s), tok: i, next: i + 1, senses: e.senses, set: e.set, flags: flags})
			return true
		}
	}
	return false
}

// readNumber reads groups of digits of any family with a sign between them.
func readNumber(s string) (n number, used int) {
	for used < len(s) && n.count < len(n.group) {
		at := used
		if n.count > 0 {
			r, size := utf8.DecodeRuneInString(s[at:])
			sep := separator(r)
			if sep == 0 || n.sep != 0 && n.sep != sep {
				break
			}
			n.sep = sep
			at += size
		}
		value, width, end := readDigits(s, at)
		if width == 0 {
			break
		}
		n.group[n.count], n.width[n.count] = value, width
		n.count++
		used = end
	}
	if n.count == 1 {
		n.sep = 0
	}
	return n, used
}

// readDigits reads one group; a value of more than six digits is cut.
func readDigits(s string, at int) (value, width, end int) {
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		d := digit(r)
		if d < 0 {
			break
		}
		if width < 6 {
			value = value*10 + d
		}
		width++
		at += size
	}
	return value, width, at
}

func separator(r rune) rune {
	switch r {
	case '.', ':':
		return r
	case ',', '٬', '٫':
		return ','
	}
	return 0
}

// digit is the value of a European, Arabic or Persian digit, or -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '۰' && r <= '۹':
		return int(r - '۰')
	}
	return -1
}
