package when

import (
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// match is a phrase or a range of two, over items.
type match struct {
	a, b  phrase
	first int
	next  int
	ends  bool // b is the end of a range
}

// match reads the longest date or range that begins at item k.
func (p *parser) match(k int, m *match) bool {
	between := p.has(k, cBetween)
	opened := between || p.has(k, cFrom)
	j := k
	if opened {
		j++
		if p.then(j, cThe) != nil {
			j++
		}
	}
	*m = match{first: k}
	if s := p.sense(j, cUnit); s != nil && s.b == 2 && unit(s.a) == uYear && p.items[j].next > 0 {
		if _, w := p.plain(j + 1); w == 4 {
			return p.years(m, j+1, true)
		}
	}
	if p.years(m, j, opened || p.before(k, cIn, cDated) || p.sign(k-1, '(')) {
		return true
	}
	n := p.phrase(&m.a, j)
	if n == j {
		if n = p.bareDay(&m.a, j); n == j {
			return false
		}
	}
	m.next = n
	if p.until(m, between) {
		return true
	}
	if m.a.bare {
		return false
	}
	m.first = m.a.first
	p.sameDay(m)
	p.shared(m)
	return true
}

// bareDay reads a day of a month that only the end of a range names: 3 to
// 5 March.
func (p *parser) bareDay(d *phrase, k int) int {
	n, j := p.dayNumber(k)
	if j > k {
		*d = phrase{first: k, bare: true}
		d.day = n
	}
	return j
}

// years reads two years as a range: between 2010 and 2015, (1948-2012).
func (p *parser) years(m *match, k int, introduced bool) bool {
	a, w := p.plain(k)
	if !introduced || w != 4 || a < firstYear || a > lastYear {
		return false
	}
	j := p.joint(k+1, true)
	if p.sign(j, '/') {
		j++
	}
	b, w := p.plain(j)
	and := p.joined(j) || p.has(j-1, cAnd)
	if w == 2 && !and && b == (a+1)%100 { // 2023/24
		b, w = a+1, 4
	}
	if j == k+1 && !and || w != 4 || b < a || b > lastYear || b%50 == 0 && p.counts(j+1, b) {
		return false
	}
	if and && b != a+1 && !p.has(m.first, cBetween) {
		return false
	}
	m.a, m.b = phrase{}, phrase{}
	m.a.setYear(yearValue{year: a})
	m.b.setYear(yearValue{year: b})
	m.a.first, m.next, m.ends = k, j+1, true
	return true
}

// joint skips what stands between the ends of a range and returns where the
// second begins, or k. و is part of the word it joins.
func (p *parser) joint(k int, and bool) int {
	switch {
	case p.sign(k, '-'):
		return k + 1
	case p.has(k, cTo) && !p.has(k+1, cTo):
		if p.has(k+1, cThe) {
			return k + 2
		}
		return k + 1
	case and && p.then(k, cAnd) != nil:
		return k + 1
	case and && p.joined(k):
		return k
	}
	return k
}

// until reads the second end of a range, if there is one.
func (p *parser) until(m *match, between bool) bool {
	a := &m.a
	days := a.bare || a.dayLast
	j := p.joint(m.next, between || days)
	and := j == m.next
	if and && (!p.joined(j) || !between && !days) {
		if !p.sign(j, '/') || a.month == 0 || a.day != 0 || a.dated {
			return false
		}
		j++
		and = false
	}
	if a.dayLast && !a.dated {
		if p.lastDays(m, j, between) {
			return true
		}
	}
	b := &m.b
	and = and || p.has(m.next, cAnd)
	last, j := p.listedDays(a, j, and)
	n := p.phrase(b, j)
	if n == j || !fits(a, b) {
		return false
	}
	if and && !between {
		if a.bare && b.day != last+1 { // 5 and 9 March are two days
			a.inherit(&b.date)
			a.bare = false
		}
		if b.day != last+1 || !a.bare {
			return false
		}
	}
	m.next, m.ends = n, true
	return true
}

// listedDays skips the days between the first and the last of a list: 5, 6 and
// 7 March. It returns the last one skipped and the item behind it.
func (p *parser) listedDays(a *phrase, k int, and bool) (last, next int) {
	last = a.day
	for and && a.bare {
		n, j := p.dayNumber(k)
		next := p.joint(j, true)
		if j == k || n != last+1 || next == j && !p.joined(j) {
			break
		}
		last, k = n, next
	}
	return last, k
}

// lastDays reads the second day of March 3-5 and the year behind it.
func (p *parser) lastDays(m *match, k int, between bool) bool {
	n, j := p.dayNumber(k)
	if j == k || n <= m.a.day {
		return false
	}
	and := p.joined(k) || p.has(k-1, cAnd)
	if and && !between && n != m.a.day+1 || p.arabic(k) && !p.endsDate(m.a.first, j) {
		return false
	}
	if p.has(j, cMonth) && !p.joined(j) {
		return false
	}
	m.b = m.a
	m.b.day = n
	m.next, m.ends = p.tail(&m.b, j), true
	return true
}

// fits reports whether two dates can be the ends of a range.
func fits(a, b *phrase) bool {
	if a.open || b.open || b.window != 0 || a.window != 0 {
		return false
	}
	if a.bare {
		return b.day != 0 && (b.month != 0 || b.base == uMonth) && b.nth == 0
	}
	if a.clock.told || b.clock.told {
		return a.clock.told && b.clock.told
	}
	grain := func(d *phrase) int {
		switch {
		case d.day != 0 || d.weekday != 0 || d.base == uDay:
			return 1
		case d.month != 0 || d.season != 0 || d.base == uMonth || d.base == uWeek:
			return 2
		case d.decade != 0 || d.century != 0:
			return 4
		}
		return 3
	}
	return grain(a) == grain(b) || !a.dated && b.base == noUnit && grain(b) < grain(a) && grain(a) == 2 || a.dated && b.dated
}

// sameDay reads the name of the day in a second calendar: 15 رمضان 1445 هـ
// الموافق 25 مارس 2024. The one with a year decides, of two the Gregorian.
func (p *parser) sameDay(m *match) {
	if m.a.month == 0 || m.a.day == 0 || !p.has(m.next, cSame) {
		return
	}
	j := m.next + 1
	for p.has(j, cLink) || p.has(j, cDate) {
		j++
	}
	b := &m.b
	n := p.phrase(b, j)
	if n == j || b.day == 0 || b.month == 0 {
		return
	}
	m.next = n
	if b.dated && (!m.a.dated || m.a.hijri) {
		b.weekday = max(b.weekday, m.a.weekday)
		m.a.date = b.date
	}
}

// shared gives a date what stands behind a second one that و joins to it:
// الجمعة والسبت المقبلين, آذار ونيسان 2023.
func (p *parser) shared(m *match) {
	a := &m.a
	if a.month != 0 && !a.dated && a.base == noUnit && a.rel == noRelation && p.joined(m.next) {
		if n := p.phrase(&m.b, m.next); n > m.next && m.b.month != 0 && m.b.dated && m.b.hijri == a.hijri {
			a.dated, a.year = true, m.b.year
		}
	}
	if a.weekday == 0 || a.rel != noRelation || a.base != noUnit || a.month != 0 || !p.joined(m.next) || !p.has(m.next, cWeekday) {
		return
	}
	if r := p.then(m.next+1, cRel); r != nil {
		a.rel = relation(r.a)
		a.open = a.rel.open()
	}
}

// interval resolves the match.
func (m *match) interval(anchor time.Time) isnad.Interval {
	if !m.ends {
		return m.a.resolve(anchor)
	}
	a, b := m.a.date, m.b.date
	inherited := a.inherit(&b)
	from, to := a.resolve(anchor), b.resolve(anchor)
	if from.Precision == isnad.NoPrecision || to.Precision == isnad.NoPrecision {
		return isnad.Interval{}
	}
	if to.Precision <= isnad.Hour {
		to.End = to.Start // until five is not until six
	}
	if to.Start.Before(from.Start) {
		switch {
		case b.month == 0 && b.weekday != 0 && !b.clock.told:
			to.End = to.End.AddDate(0, 0, 7)
		case b.clock.told:
			to.End = to.End.AddDate(0, 0, 1)
		case a.month != 0 && inherited:
			a.year--
			from = a.resolve(anchor)
		case a.month != 0 && !b.dated:
			to.End = to.End.AddDate(1, 0, 0)
		}
	}
	if !from.Start.Before(to.End) {
		return isnad.Interval{}
	}
	return isnad.Interval{Start: from.Start, End: to.End, Precision: max(from.Precision, to.Precision)}
}

// inherit gives each end of a range what only the other says, and reports
// whether a has its year from b.
func (a *date) inherit(b *date) bool {
	switch {
	case a.clock.told && b.clock.told:
		if a.part == (hours{}) {
			a.part = b.part
			a.clock.half = a.clock.half || b.clock.half && a.clock.hour <= 12
		}
		clock, part := b.clock, b.part
		if b.weekday == 0 && b.base == noUnit && b.month == 0 {
			*b = *a
			b.clock, b.part = clock, part
		} else if a.weekday == 0 && a.base == noUnit && a.month == 0 {
			clock, part = a.clock, a.part
			*a = *b
			a.clock, a.part = clock, part
		}
		return false
	case a.month == 0 && a.day != 0 && a.base == noUnit:
		day := a.day
		*a = *b
		a.day, a.weekday = day, 0
		return false
	}
	if a.rel == noRelation && a.base == noUnit && !a.dated {
		a.rel = b.rel
	}
	if a.month != 0 && !a.dated && a.base == noUnit && b.month != 0 {
		if b.base == uYear {
			a.base, a.shift = b.base, b.shift
		}
		if b.dated {
			a.year, a.dated = b.year, true
			return true
		}
	}
	if a.month != 0 && a.day != 0 && a.dated && b.month == a.month && !b.dated {
		b.year, b.dated = a.year, true
	}
	return false
}

// span is the bytes of the match, without a و or ف in front of it.
func (p *parser) span(m *match) text.Span {
	first := &p.items[m.first]
	start := first.start
	if first.lead&leadAnd != 0 {
		start = behindFirst(p.t.Raw, start)
	}
	return text.Span{Start: start, End: p.items[m.next-1].end}
}
