package when

import "github.com/isnad/isnad/text"

// firstYear and lastYear bound what a bare number of four digits may mean.
const (
	firstYear = 1900
	lastYear  = 2100
)

const (
	eraHijri = 1
	eraAD    = 2
	eraBC    = 3
)

// yearValue is a year with its era.
type yearValue struct {
	year      int
	hijri, bc bool
	unclear   bool // 1440 without an era
}

// introduction is how much a number is expected to be a year.
type introduction int

const (
	notIntroduced introduction = iota // needs the word year or an era
	byPreposition                     // may count the noun behind it
	bySense                           // behind a month, an edge and the like
	byIslamicMonth
)

// year reads a year.
func (p *parser) year(k int, intro introduction) (y yearValue, next int) {
	j := k
	word := false
	if s := p.sense(j, cUnit); s != nil && s.b == 1 && unit(s.a) == uYear {
		word, j = true, j+1
		if p.joined(j) {
			return y, k
		}
	}
	n, w := p.plain(j)
	if w > 0 {
		j++
	} else if word {
		var j2 int
		if n, j2 = p.amount(j); j2 > j && n >= 1000 {
			j, w = j2, 4
		}
	}
	if w == 0 || p.has(j, cTens) && p.items[j].flags&text.Spaced == 0 {
		return y, k
	}
	if e := p.then(j, cEra); e != nil && w <= 4 && (w > 2 || word) {
		return yearValue{year: n, hijri: e.a == eraHijri, bc: e.a == eraBC}, j + 1
	}
	switch {
	case w != 4:
		return y, k
	case word && n >= 1000 && n <= lastYear:
		return yearValue{year: n, unclear: n >= 1400 && n <= 1450}, j
	case intro == byIslamicMonth && n >= 1300 && n <= 1500:
		return yearValue{year: n, hijri: true}, j
	case intro != notIntroduced && n >= firstYear && n <= lastYear && (intro != byPreposition || !p.counts(j, n)):
		return yearValue{year: n}, j
	}
	return y, k
}

// setYear fits a year to what is there.
func (d *phrase) setYear(y yearValue) {
	d.dated, d.year = true, y.year
	if y.hijri && d.month == 0 {
		d.hijri = true
	}
	d.open = d.open || y.bc || y.unclear && !d.hijri || y.hijri && !d.hijri
	d.has |= needNear | needFull
}

// calendar reads what the calendar numbers: dates, months, years.
func (p *parser) calendar(d *phrase, k int, linked bool) int {
	if d.base != noUnit && (d.base != uDay || linked && p.before(k, cLink)) || d.season != 0 || d.month != 0 || d.dated || d.decade != 0 || d.century != 0 {
		return k
	}
	whole := d.weekday == 0 && d.base == noUnit
	for _, c := range [...]component{compNumeric, compDayFirst, compMonthFirst} {
		was := *d
		if n := p.read(c, d, k, linked); n > k && (d.day != 0 || whole) {
			return n
		}
		*d = was
	}
	if d.weekday != 0 || d.base != noUnit || d.part != (hours{}) || d.clock.told {
		return k
	}
	return p.yearAlone(d, k)
}

// yearAlone reads a year by itself: only where it is clearly one.
func (p *parser) yearAlone(d *phrase, k int) int {
	at := k
	if p.has(k-1, cThe) {
		at--
	}
	intro := notIntroduced
	switch {
	case d.edge != hours{}, d.nth != 0, p.has(at-1, cDated), p.sign(k-1, '(') && p.sign(k+1, ')'):
		intro = bySense
	case p.has(at-1, cIn), p.listed(k):
		intro = byPreposition
	}
	y, n := p.year(k, intro)
	if n == k || p.sign(n, '/') || d.rel != noRelation {
		return k
	}
	d.setYear(y)
	return n
}

// listed reports that a year goes on with a list of them: in 2008 and 2012.
func (p *parser) listed(k int) bool {
	for range maxPhrase {
		switch {
		case p.joined(k):
			k--
		case p.has(k-1, cAnd), p.sign(k-1, ','):
			k -= 2
		default:
			s := p.sense(k-1, cUnit)
			return p.has(k-1, cIn) || s != nil && unit(s.a) == uYear
		}
		if y, w := p.plain(k); w != 4 || y < firstYear || y > lastYear {
			return false
		}
	}
	return false
}

// dayFirst reads 12 March and what may follow, and the 15th of this month.
func (p *parser) dayFirst(d *phrase, k int) int {
	n, j := p.dayNumber(k)
	if j == k {
		return k
	}
	d.day, d.dayLast = n, false
	if r := p.then(j, cRel); r != nil && p.arabic(j) && relation(r.a).shift() <= 0 && relation(r.a) != relRecent && !p.joined(j) {
		if relation(r.a).open() || p.has(k, cOrd) || p.has(k, cNum) {
			return k
		}
		d.base, d.shift = uMonth, relation(r.a).shift()
		return j + 1
	}
	at := j
	for p.then(j, cLink) != nil || p.then(j, cThe) != nil {
		j++
	}
	if o := p.sense(k, cOrd); o != nil && j > at && p.arabic(k) && !p.definite(k) {
		return k // أول من: the first who
	}
	was := *d
	d.base = noUnit
	if n := p.related(d, j); (j > at || p.onDay(k) || p.before(k, cFrom, cIn)) && n > j && d.base == uMonth {
		return n
	}
	*d = was
	m, next := p.month(j, true)
	if next == j || p.joined(j) || n > m.days() {
		return k
	}
	d.setMonth(m)
	return p.tail(d, next)
}

// monthFirst reads March, March 2024 and March 3, 2024.
func (p *parser) monthFirst(d *phrase, k int) int {
	m, j := p.month(k, d.nth != 0 || d.day != 0)
	if j == k {
		return k
	}
	d.setMonth(m)
	if d.day == 0 && d.nth == 0 && d.edge == (hours{}) {
		if n, j2 := p.dayNumber(j); j2 > j && !p.joined(j) && n <= m.days() && p.endsDate(k, j2) {
			d.day, d.dayLast, j = n, true, j2
		}
	}
	return p.tail(d, j)
}

// endsDate reports that the number before item j, behind a month, is its day
// and does not count the noun that follows. English writes the day after the
// month, but not after "in" (in March 15 people ...).
func (p *parser) endsDate(k, j int) bool {
	if !p.arabic(k) {
		return !p.inside(k)
	}
	i := p.items[j-1].next
	return i >= len(p.t.Tokens) || p.t.Tokens[i].Kind != text.Word || j < p.n && !p.has(j, cUnit)
}

// setMonth notes a month with what it needs and has.
func (d *phrase) setMonth(m monthName) {
	d.month, d.hijri = m.month, m.hijri
	d.need |= m.need
	d.has |= m.has
	if d.day != 0 {
		d.has |= needNear | needDate
	}
}

// tail reads the year or relation behind a month.
func (p *parser) tail(d *phrase, k int) int {
	if d.day != 0 {
		d.has |= needNear | needDate
	}
	if n := p.after(d, k); n > k && p.arabic(k) {
		return n
	}
	j := k
	if p.sign(j, ',') {
		if _, w := p.plain(j + 1); w != 4 && !p.has(j+1, cUnit) {
			return k
		}
		j++
	}
	for p.then(j, cLink) != nil || p.then(j, cThe) != nil {
		j++
	}
	if p.joined(j) {
		return k
	}
	intro := notIntroduced
	switch {
	case d.hijri && j == k && p.arabic(k-1):
		intro = byIslamicMonth
		if n, _ := p.plain(j); n >= firstYear {
			intro = bySense
		}
	case j == k, p.sign(j-1, ','), !p.arabic(j):
		intro = bySense
	}
	y, n := p.year(j, intro)
	if n == j || d.rel != noRelation {
		return k
	}
	d.setYear(y)
	return n
}

// monthName is a month as it is named.
type monthName struct {
	month int
	hijri bool
	need  need
	has   need
}

// days is the most that the month can have.
func (m monthName) days() int {
	switch {
	case m.hijri:
		return 30
	case m.month == 2:
		return 29
	case m.month == 4, m.month == 6, m.month == 9, m.month == 11:
		return 30
	}
	return 31
}

// month reads a month: its name, the word month before it, its name in
// another tradition behind it (آب/أغسطس), or its number behind the word month
// where a day or the like comes before (numbered).
func (p *parser) month(k int, numbered bool) (m monthName, next int) {
	j := k
	if s := p.sense(k, cUnit); s != nil && s.b == 1 && unit(s.a) == uMonth && p.arabic(k) {
		m.has |= needFull | needNear
		j++
		if p.joined(j) {
			return m, k
		}
	}
	h := p.sense(j, cHijri)
	if s := p.sense(j, cMonth); s != nil {
		h = s
	}
	if h == nil {
		if j == k {
			return m, k
		}
		return p.monthNumber(m, k, j, numbered)
	}
	m.month, m.hijri, m.need = int(h.a), h.class == cHijri, h.need
	j++
	if p.sign(j, '.') {
		j++
	}
	if n := p.double(h, j); n > j {
		m.has |= needFull | needNear
		return m, n
	}
	return m, j
}

func (p *parser) monthNumber(m monthName, k, j int, numbered bool) (monthName, int) {
	n, w := p.plain(j)
	next := j + 1
	if w == 0 {
		if n, next = p.ordinal(j); next == j || !p.definite(k) || !numbered {
			if n, next = p.amount(j); next == j || n == 1 || !numbered || p.definite(k) {
				return m, k
			}
		}
	}
	if n < 1 || n > 12 || w > 2 {
		return m, k
	}
	m.month = n
	return m, next
}

// double reads the second name of a month and returns the item after it.
func (p *parser) double(first *sense, k int) int {
	j := k
	bracket := p.sign(j, '(')
	if bracket || p.sign(j, '/') || p.sign(j, '-') {
		j++
	}
	s := p.then(j, cMonth)
	if s == nil || first.class != cMonth || s.a != first.a || j == k && p.items[j].flags&text.Latin != 0 {
		return k
	}
	j++
	if bracket {
		if !p.sign(j, ')') {
			return k
		}
		j++
	}
	return j
}
