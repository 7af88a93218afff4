package when

import (
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Reader finds the date phrases of the languages it was made for. It is
// read-only and may be used by several goroutines.
type Reader struct {
	words *words
	idle  sync.Pool // of parsers
}

// New reads time.tsv of every language. Errors name language, file and line.
func New(packs ...*lang.Pack) (*Reader, error) {
	w := &words{first: make(map[uint64]int32, entriesAhead), entries: make([]entry, 0, entriesAhead)}
	for _, p := range packs {
		if err := w.read(p); err != nil {
			return nil, fmt.Errorf("language %s: %w", p.Name, err)
		}
	}
	r := &Reader{words: w}
	r.idle.New = func() any { return &parser{words: w} }
	return r, nil
}

// entriesAhead is about the number of entries of two languages.
const entriesAhead = 12_000

// Find returns the date phrases of a text in order; no two overlap. Spans are
// bytes of the text. anchor is the time of publication: what the text counts
// from it is resolved on the calendar of anchor's location. With a zero
// anchor such phrases have an empty interval and no precision, and the others
// are in UTC.
func (r *Reader) Find(t *text.Text, anchor time.Time) []isnad.Time {
	p := r.idle.Get().(*parser)
	defer r.idle.Put(p)
	p.t = t
	out := p.find(anchor)
	p.t, p.times = nil, out[:0]
	return append([]isnad.Time(nil), out...)
}

// find gives the date phrases in the room of those of the text before.
func (p *parser) find(anchor time.Time) []isnad.Time {
	t, out := p.t, p.times[:0]
	for _, s := range t.Sentences {
		p.first = s.First
		for i := s.First; i < s.End; {
			k := p.next(i, s.End)
			if k == s.End {
				break
			}
			for i = p.back(i, k); i <= k; {
				if !p.starts(&t.Tokens[i]) {
					i++
					continue
				}
				out, i = p.run(out, i, s.End, anchor)
			}
		}
	}
	return out
}

// next is the first token from token i on that a date cannot do without.
func (p *parser) next(i, end int) int {
	for ; i < end; i++ {
		switch tok := &p.t.Tokens[i]; tok.Kind {
		case text.Word:
			if p.words.told.may(tok.Hash) || endsInDigit(p.t.Raw[tok.Start:tok.End]) {
				return i
			}
		case text.Number:
			return i
		}
	}
	return end
}

// back is a token, no further back than least, before which no run begins that
// goes on to token i.
func (p *parser) back(least, i int) int {
	for i > least && (p.t.Tokens[i-1].Kind == text.Punct || p.starts(&p.t.Tokens[i-1])) {
		i--
	}
	return i
}

// run reads the items from token i on and adds the dates in them; it returns
// the token to go on from.
func (p *parser) run(out []isnad.Time, i, end int, anchor time.Time) ([]isnad.Time, int) {
	var m match
	from, k, habit := i, 0, -1
	if i > p.first && p.t.Tokens[i-1].Is('(') {
		from--
	}
	for {
		stop := p.fill(from, end)
		if !p.promising() {
			return out, max(stop, i+1)
		}
		whole := p.n < maxItems-3
		for k < p.n && (whole || k < maxItems-maxPhrase) {
			var ok bool
			if p.items[k].set&begins != 0 {
				ok = p.match(k, &m)
			}
			if !ok {
				k++
				continue
			}
			k = m.next
			if p.blocked(&m) || m.first == habit && p.joined(m.first) {
				habit = k // and what و joins to it: أيام الأحد والثلاثاء
			} else {
				out = append(out, isnad.Time{Span: p.span(&m), Interval: m.interval(anchor)})
			}
		}
		if whole || k == p.n {
			return out, max(stop, i+1)
		}
		habit = -1
		at := p.items[k].start
		from = p.items[k-1].tok
		p.fill(from, end)
		for k = 0; k < p.n && p.items[k].start < at; {
			k++
		}
	}
}

// telling are the classes without which, and without a year, there is no date.
var telling = setOf(cMonth, cHijri, cWeekday, cDay, cUnit, cWeekend, cPart, cSeason, cDecade, cRel, cHour, cQuarter, cClock, cTens)

// promising reports whether the items hold more than particles and counts.
func (p *parser) promising() bool {
	for k := range p.n {
		it := &p.items[k]
		if it.num.count > 1 || it.num.width[0] == 4 || it.sign == '/' || it.sign == '-' && it.flags&text.Spaced == 0 {
			return true
		}
		if it.set&telling != 0 {
			return true
		}
	}
	return false
}

// blocked reports a word before the phrase that makes a name of it or a habit.
func (p *parser) blocked(m *match) bool {
	k := m.first
	if p.has(k-1, cThe) {
		k--
	}
	if _, w := p.plain(m.first); w > 0 && p.has(k-1, cNumber) {
		return true
	}
	return (m.a.month != 0 || m.a.weekday != 0) && !m.a.dated && m.a.base == noUnit && p.has(k-1, cBlock)
}

// behindFirst is the byte after the first letter at byte i and its marks.
func behindFirst(raw string, i int) int {
	_, n := utf8.DecodeRuneInString(raw[i:])
	i += n
	for i < len(raw) {
		r, n := utf8.DecodeRuneInString(raw[i:])
		if !(r == 'ـ' || r >= 0x064B && r <= 0x0652) {
			break
		}
		i += n
	}
	return i
}
