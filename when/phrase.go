package when

import (
	"unicode"
	"unicode/utf8"

	"github.com/isnad/isnad/text"
)

// phrase is a date as it is being read.
type phrase struct {
	date
	first   int  // item
	need    need // of the words that were read
	has     need // what they have beside them
	dayLast bool // the last item is the day of the month: March 3
	bare    bool // a number that is a date only as one end of a range
}

// component is a part that a phrase can have.
type component int

// The components in the order in which they are tried: the ones that know most
// of what surrounds a word come first.
const (
	compCounted component = iota
	compWindowed
	compNth
	compRelated
	compRelatedWord
	compWeekday
	compDayWord
	compQuarter
	compDecade
	compCentury
	compEdgeOf
	compSeason
	compClock
	compDayPart
	compZone
	compCalendar
	numComponents

	compNumeric // the components of calendar
	compDayFirst
	compMonthFirst
	compYearAlone
)

// starts are the classes that a component can begin with.
var starts = [numComponents]set{
	compCounted:     setOf(cPast, cAhead, cAbout, cOver, cNum, cOne, cUnit, cFraction) | digits,
	compWindowed:    setOf(cPrerel, cNum, cUnit) | digits,
	compNth:         setOf(cOrd, cNum, cUnit, cWeekday) | digits,
	compRelated:     setOf(cPrerel, cUnit, cWeekend),
	compRelatedWord: setOf(cPrerel),
	compWeekday:     setOf(cWeekday),
	compDayWord:     setOf(cDay),
	compQuarter:     setOf(cQuarter, cFraction, cOrd, cNum) | digits,
	compDecade:      setOf(cDecade) | digits,
	compCentury:     setOf(cUnit, cOrd, cNum) | digits,
	compEdgeOf:      setOf(cEdge),
	compSeason:      setOf(cSeason),
	compClock:       setOf(cClock, cHour) | digits,
	compDayPart:     setOf(cPart),
	compZone:        setOf(cZone),
	compCalendar:    setOf(cMonth, cHijri, cOrd, cNum, cUnit) | digits,
}

// begins are the classes that a match can begin with.
var begins = func() set {
	s := setOf(cFrom, cBetween)
	for _, c := range starts {
		s |= c
	}
	return s
}()

// component reads one part of a phrase at item k and returns the item after
// it, or k. linked says that a preposition or comma stands before it.
func (p *parser) component(d *phrase, k int, linked bool) int {
	if k >= p.n {
		return k
	}
	for c, s := range starts {
		if p.items[k].set&s != 0 {
			if n := p.try(component(c), d, k, linked); n > k {
				return n
			}
		}
	}
	return k
}

// try reads a component and leaves d as it was where it is not there.
func (p *parser) try(c component, d *phrase, k int, linked bool) int {
	was := *d
	n := p.read(c, d, k, linked)
	if n == k {
		*d = was
	}
	return n
}

func (p *parser) read(c component, d *phrase, k int, linked bool) int {
	switch c {
	case compCounted:
		return p.counted(d, k)
	case compWindowed:
		return p.windowed(d, k)
	case compNth:
		return p.nth(d, k)
	case compRelated:
		return p.related(d, k)
	case compRelatedWord:
		return p.relatedWord(d, k)
	case compWeekday:
		return p.weekday(d, k, linked)
	case compDayWord:
		return p.day(d, k, linked)
	case compQuarter:
		return p.quarter(d, k)
	case compDecade:
		return p.decade(d, k)
	case compCentury:
		return p.century(d, k)
	case compEdgeOf:
		return p.edgeOf(d, k)
	case compSeason:
		return p.season(d, k)
	case compClock:
		return p.clock(d, k)
	case compDayPart:
		return p.dayPart(d, k, linked)
	case compZone:
		return p.zone(d, k)
	case compCalendar:
		return p.calendar(d, k, linked)
	case compNumeric:
		return p.numeric(d, k)
	case compDayFirst:
		return p.dayFirst(d, k)
	case compMonthFirst:
		return p.monthFirst(d, k)
	case compYearAlone:
		return p.yearAlone(d, k)
	}
	return k
}

// phrase reads the longest phrase that begins at item k and returns the item
// after it, or k.
func (p *parser) phrase(d *phrase, k int) int {
	*d = phrase{first: k}
	next := k
	j := k
	if p.opens(j) {
		d.has |= needDay
		j++
	}
	linked := false
	for {
		n := p.component(d, j, linked)
		if n == j {
			break
		}
		next = n
		if p.joined(n) {
			break
		}
		j = p.links(d, n)
		linked = j > n
	}
	if next == k || !p.sound(d, next) {
		return k
	}
	return next
}

// opens reports the word day in front of the name of one.
func (p *parser) opens(k int) bool {
	s := p.sense(k, cUnit)
	if s == nil || unit(s.a) != uDay || p.items[k].flags&text.Latin != 0 || p.joined(k+1) || p.has(k, cDay) {
		return false
	}
	if p.has(k+1, cWeekday) || p.has(k+1, cDay) {
		return s.b == 1 || s.b == 2 && p.has(k+1, cWeekday) // يومي
	}
	if s.b != 1 && p.items[k+1].set&digits == 0 {
		return false
	}
	_, n := p.dayNumber(k + 1)
	return n > k+1 && !p.definite(k)
}

// links skips what may stand between two parts of a phrase.
func (p *parser) links(d *phrase, k int) int {
	j := k
	switch {
	case p.sign(j, ','):
		if d.weekday == 0 && d.day == 0 && d.base != uDay {
			return k
		}
		j++
	case p.sign(j, '-'):
		if d.edge == (hours{}) || p.items[j].flags&text.Spaced != 0 {
			return k
		}
		j++
	}
	for range 3 {
		if p.joined(j) || !p.has(j, cLink) && !p.has(j, cThe) && !p.has(j, cDate) && !p.has(j, cSame) {
			break
		}
		j++
	}
	if p.opens(j) {
		j++
	}
	return j
}

// sense is what item k means as class c, or nil.
func (p *parser) sense(k int, c class) *sense {
	if k < 0 || k >= p.n {
		return nil
	}
	it := &p.items[k]
	if it.set>>c&1 == 0 {
		return nil
	}
	for i := range it.senses {
		s := &it.senses[i]
		if s.class != c {
			continue
		}
		if s.need&needCapital != 0 && it.flags&text.Capital == 0 || s.need&needMadda != 0 && it.flags&text.HamzaAbove != 0 {
			continue
		}
		return s
	}
	return nil
}

func (p *parser) has(k int, c class) bool { return p.sense(k, c) != nil }

// then is the sense of an item that goes on with a phrase: no و before it.
func (p *parser) then(k int, c class) *sense {
	if p.joined(k) {
		return nil
	}
	return p.sense(k, c)
}

func (p *parser) joined(k int) bool { return k >= 0 && k < p.n && p.items[k].lead&leadAnd != 0 }

func (p *parser) sign(k int, sign rune) bool { return k >= 0 && k < p.n && p.items[k].sign == sign }

func (p *parser) definite(k int) bool { return k < p.n && p.items[k].lead&leadThe != 0 }

func (p *parser) arabic(k int) bool { return k >= 0 && k < p.n && p.items[k].flags&text.Arabic != 0 }

// plain is a number without groups.
func (p *parser) plain(k int) (n, width int) {
	if k < 0 || k >= p.n || p.items[k].num.count != 1 {
		return 0, 0
	}
	return p.items[k].num.group[0], p.items[k].num.width[0]
}

// glued reports whether item k is written onto the one before it.
func (p *parser) glued(k int, c class) bool {
	return k > 0 && p.has(k, c) && p.items[k].tok == p.items[k-1].tok
}

// amount reads a cardinal number in digits or words.
func (p *parser) amount(k int) (n, next int) {
	if n, w := p.plain(k); w > 0 {
		if p.glued(k+1, cNth) || p.glued(k+1, cTens) {
			return 0, k
		}
		return n, k + 1
	}
	s := p.sense(k, cNum)
	if s == nil {
		return 0, k
	}
	n = int(s.a)
	for next = k + 1; ; next++ {
		j := next
		if p.sign(j, '-') && p.items[j].flags&text.Spaced == 0 {
			j++
		}
		s := p.sense(j, cNum)
		if s == nil {
			return n, next
		}
		sum, ok := compose(n, int(s.a), p.joined(j) || j > next || !p.arabic(j))
		if !ok {
			return n, next
		}
		n, next = sum, j
	}
}

// compose continues a number in words by v: added where a smaller place is
// joined on, multiplied by a following hundred or thousand, a teen before ten.
func compose(n, v int, joined bool) (int, bool) {
	switch {
	case !joined && v == 10 && n%100 > 0 && n%100 < 10:
		return n + 10, true
	case v >= 100 && n < 100 && n > 1 && v != 200 && v != 2000:
		return n * v, true
	case !joined:
		return n, false
	case n%100 > 0 && n%100 < 10 && v >= 20 && v < 100:
		return n + v, true
	case n%10 == 0 && n >= 20 && n < 100 && v < 10, n >= 100 && n%100 == 0 && v < 100, n >= 1000 && n%1000 == 0 && v < 1000:
		return n + v, true
	}
	return n, false
}

// ordinal reads first to ninety-ninth, in words or as 3rd.
func (p *parser) ordinal(k int) (n, next int) {
	if n, w := p.plain(k); w > 0 && p.glued(k+1, cNth) {
		return n, k + 2
	}
	if s := p.sense(k, cOrd); s != nil {
		n, next = int(s.a), k+1
		if n < 1 || n > 9 {
			return n, next
		}
		if s := p.sense(next, cNum); s != nil {
			if s.a == 10 && !p.joined(next) {
				return n + 10, next + 1
			}
			if s.a >= 20 && s.a < 100 && p.joined(next) {
				return n + int(s.a), next + 1
			}
		}
		return n, next
	}
	s := p.sense(k, cNum)
	if s == nil || s.a < 20 || s.a >= 100 {
		return 0, k
	}
	if p.definite(k) {
		return int(s.a), k + 1
	}
	j := k + 1
	if p.sign(j, '-') {
		j++
	}
	if o := p.sense(j, cOrd); o != nil && o.a > 0 && o.a < 10 && !p.arabic(j) {
		return int(s.a + o.a), j + 1
	}
	return 0, k
}

// dayNumber reads a day of a month.
func (p *parser) dayNumber(k int) (n, next int) {
	if n, next = p.ordinal(k); next == k {
		w := 0
		if n, w = p.plain(k); w == 0 || w > 2 {
			return 0, k
		}
		next = k + 1
	}
	if n < 1 || n > 31 {
		return 0, k
	}
	return n, next
}

// before is the class test for the word in front of a phrase.
func (p *parser) before(k int, classes ...class) bool {
	for _, c := range classes {
		if p.has(k-1, c) {
			return true
		}
	}
	return false
}

// introduced reports a preposition in front of item k or written onto it, or
// brackets around it.
func (p *parser) introduced(k int) bool {
	if p.has(k, cUnit) {
		return true
	}
	if p.has(k-1, cThe) {
		k--
	}
	return p.before(k, cIn) || k < p.n && p.items[k].lead&leadPrep != 0
}

// inside reports the preposition في or in before item k: of those that
// introduce dates the only one that also joins their parts.
func (p *parser) inside(k int) bool { return p.has(k-1, cIn) && p.has(k-1, cLink) }

// sound decides whether what was read is a date at all.
func (p *parser) sound(d *phrase, next int) bool {
	k := d.first
	if p.introduced(k) {
		d.has |= needNear
	}
	if d.weekday != 0 && p.onDay(k) {
		d.has |= needDay
	}
	if missing := d.need &^ d.has & (needNear | needFull | needDay | needDate); missing != 0 {
		return false
	}
	if p.name(d, next) {
		return false
	}
	whole := d.open || d.base != noUnit || d.dated || d.month != 0 || d.weekday != 0 || d.century != 0 || d.clock.told
	switch {
	case d.decade != 0:
		return p.soundDecade(d, next)
	case d.season != 0:
		return d.dated || d.rel != noRelation || d.base == uYear
	case d.edge != hours{} && !d.open && (d.weekday != 0 || d.base == uDay || d.day != 0):
		return !p.arabic(k)
	}
	return whole
}

// name guards against names made of English months and weekdays: April Jones,
// The Sunday Herald.
func (p *parser) name(d *phrase, next int) bool {
	if next-d.first != 1 || d.has&needNear != 0 || p.has(d.first-1, cLink) || d.month == 0 && d.weekday == 0 || p.arabic(d.first) {
		return false
	}
	i := p.items[next-1].next
	if i >= len(p.t.Tokens) || p.t.Tokens[i].Kind != text.Word || p.t.Tokens[i].Flags&text.Capital == 0 {
		return false
	}
	return !p.has(next, cPart) && !p.has(next, cMonth)
}

// counts reports that the number just before item k counts the noun behind it
// and is no year. After hundreds an Arabic noun has no mark, so round numbers
// are years only before a sign, a particle or nothing; after other numbers it
// shows ة or the accusative ا.
func (p *parser) counts(k, n int) bool {
	i := p.items[k-1].next
	if p.has(k, cUnit) {
		return true
	}
	if i >= len(p.t.Tokens) || p.t.Tokens[i].Kind != text.Word || p.joined(k) || p.has(k, cAdverb) || p.has(k, cLink) || p.has(k, cIn) || p.has(k, cTo) {
		return false
	}
	tok := &p.t.Tokens[i]
	if p.t.Tokens[i-1].Flags&text.Arabic == 0 && tok.Flags&text.Latin != 0 {
		last := p.t.Raw[tok.End-1]
		return n%50 == 0 && last == 's' && unicode.IsLower(rune(p.t.Raw[tok.Start]))
	}
	if tok.Flags&text.Arabic == 0 {
		return false
	}
	if n%100 == 0 {
		return true
	}
	return indefinite(p.t.Raw[tok.Start:tok.End], tok.Flags)
}

// indefinite reports an Arabic noun counted by a number: with ة or the ا of
// the accusative, without the article.
func indefinite(word string, flags text.Flag) bool {
	r, n := utf8.DecodeRuneInString(word)
	if s, _ := utf8.DecodeRuneInString(word[n:]); r == 'ا' && s == 'ل' {
		return false
	}
	if (r == 'ب' || r == 'ل') && utf8.RuneCountInString(word) > 4 {
		return false
	}
	if flags&text.EndsTa != 0 || flags&text.Tanwin != 0 {
		return true
	}
	last, size := utf8.DecodeLastRuneInString(word)
	prev, _ := utf8.DecodeLastRuneInString(word[:len(word)-size])
	return last == 'ا' && prev != 'م' && prev != 'ذ' && prev != 'ن' && utf8.RuneCountInString(word) > 3
}
