package when

import (
	"strings"

	"github.com/isnad/isnad/text"
)

// counted reads an amount of time from now: منذ ثلاثة أيام, two weeks ago.
func (p *parser) counted(d *phrase, k int) int {
	if !d.empty() {
		return k
	}
	sign, j := 0, k
	switch {
	case p.has(k, cPast):
		sign, j = -1, k+1
	case p.has(k, cAhead):
		sign, j = 1, k+1
	}
	for p.then(j, cAbout) != nil || p.then(j, cOver) != nil {
		d.open = d.open || p.has(j, cOver)
		j++
	}
	u, n, j2 := p.duration(j, sign != 0)
	if j2 == j {
		return k
	}
	j = j2
	switch {
	case sign > 0 && p.then(j, cHence) != nil:
		j++
	case sign != 0:
		d.open = d.open || p.then(j, cOf) != nil || sign > 0 && p.then(j, cOn) != nil || sign > 0 && u <= uHour // by the clock of what is told
	case p.then(j, cAgo) != nil:
		sign, j = -1, j+1
	case p.then(j, cHence) != nil:
		sign, j = 1, j+1
	case p.then(j, cLater) != nil:
		d.open, j = true, j+1
	default:
		return k
	}
	d.base, d.shift = u, sign*n
	d.open = d.open || n > maxUnits
	return j
}

func (d *phrase) empty() bool { return d.date == date{} }

// duration reads an amount and its unit. Without a number the unit is one,
// where it does not begin the name of a date (قبل عام 2016, قبل يوم الجمعة).
func (p *parser) duration(k int, bare bool) (u unit, n, next int) {
	if f := p.sense(k, cFraction); f != nil {
		j := k + 1
		if p.has(j, cOne) {
			j++
		}
		if s := p.then(j, cUnit); s != nil && unit(s.a) == uHour {
			return uMinute, 60 / int(f.a), j + 1
		}
	}
	n, j := p.amount(k)
	if p.has(k, cOne) {
		n, j = 1, k+1
	}
	s := p.sense(j, cUnit)
	if s == nil || p.definite(j) || j > k && p.joined(j) {
		return 0, 0, k
	}
	u = unit(s.a)
	if j == k {
		if n = int(s.b); !bare || n == 0 || n == 1 && p.namesDate(j+1) {
			return 0, 0, k
		}
	}
	j++
	if o := p.then(j, cNum); o != nil && o.a == 1 && n == 1 {
		j++
	}
	if f := p.sense(j, cFraction); f != nil && p.joined(j) && u > uMinute {
		return p.andHalf(u, n, int(f.a), j+1)
	}
	return u, n, j
}

// andHalf adds a part of a unit, in the units below it.
func (p *parser) andHalf(u unit, n, parts, next int) (unit, int, int) {
	if s := p.then(next, cUnit); s != nil {
		next++
	}
	switch u {
	case uHour:
		return uMinute, n*60 + 60/parts, next
	case uYear:
		return uHalfYear, n*12 + 12/parts, next
	case uDecade:
		return uYear, n*10 + 10/parts, next
	}
	return u, n, next
}

// namesDate reports that item k goes on with the name of a date.
func (p *parser) namesDate(k int) bool {
	if k >= p.n || p.joined(k) {
		return false
	}
	if n, w := p.plain(k); w > 0 && n != 1 {
		return true
	}
	for _, c := range [...]class{cMonth, cHijri, cWeekday, cDay, cRel, cPrerel, cPart, cOrd} {
		if p.has(k, c) {
			return true
		}
	}
	n, j := p.amount(k)
	return j > k && n >= 1000
}

// windowed reads a number of units next to now: الأيام الثلاثة الماضية, the
// last 24 hours.
func (p *parser) windowed(d *phrase, k int) int {
	if !d.empty() {
		return k
	}
	var r relation
	j := k
	if s := p.sense(k, cPrerel); s != nil {
		r, j = relation(s.a), k+1
	}
	n, j2 := p.amount(j)
	s := p.then(j2, cUnit)
	if j2 == j {
		s = p.sense(j2, cUnit)
	}
	if s == nil || j2 == j && (s.b == 1 || r != 0) || j2 > j && p.definite(j2) {
		return k
	}
	j = j2 + 1
	if n == 0 {
		n = int(s.b)
	}
	if n == 0 && p.definite(j2) {
		n, j = p.amount(j)
	}
	if r == 0 {
		post := p.then(j, cRel)
		if post == nil {
			return k
		}
		r, j = relation(post.a), j+1
	}
	if n == 0 || r.shift() == 0 || n > maxUnits || unit(s.a) == uDay && n == 1 {
		return k
	}
	d.base, d.window = unit(s.a), r.shift()*n
	return j
}

// nth reads the third Tuesday of, the last week of, اليوم الأخير من, and the
// month or year that must follow.
func (p *parser) nth(d *phrase, k int) int {
	if d.month != 0 || d.base != noUnit || d.weekday != 0 || d.dated {
		return k
	}
	j, n := k, 0
	if n, j = p.ordinal(k); j > k {
		if s := p.then(j, cUnit); s != nil && unit(s.a) == uDay && p.then(j+1, cWeekday) != nil {
			j++
		}
	}
	u, weekday := p.nthUnit(j)
	if u == noUnit || j > k && p.joined(j) {
		return k
	}
	j++
	if n == 0 {
		s := p.then(j, cOrd)
		if s == nil {
			return k
		}
		n, j = p.ordinal(j)
	}
	if n > 5 && u != uDay {
		return k
	}
	at := j
	for p.then(j, cLink) != nil || p.then(j, cThe) != nil {
		j++
	}
	if j == at && (j >= p.n || p.items[j].lead&leadPrep == 0) {
		return k
	}
	if u == uDay && n > 0 {
		d.day = n
	} else {
		d.nth, d.nthOf, d.weekday = n, u, weekday
	}
	d.has |= needDay | needNear
	return p.holder(d, k, j)
}

// nthUnit is what can be numbered in a month or year.
func (p *parser) nthUnit(k int) (u unit, weekday int) {
	if s := p.sense(k, cUnit); s != nil && s.b == 1 && (unit(s.a) == uDay || unit(s.a) == uWeek) {
		return unit(s.a), 0
	}
	if s := p.sense(k, cWeekday); s != nil {
		return uWeekday, int(s.a)
	}
	return noUnit, 0
}

// holder reads the month or year that holds what d has so far; k is where d
// began and is returned where there is none.
func (p *parser) holder(d *phrase, k, j int) int {
	day := d.day
	for _, c := range [...]component{compRelated, compRelatedWord, compMonthFirst, compYearAlone, compCentury} {
		was := *d
		if n := p.read(c, d, j, true); n > j && d.day == day && (d.month != 0 || d.dated || d.base >= uMonth && d.base <= uCentury || d.century != 0) {
			return n
		}
		*d = was
	}
	return k
}

// related reads a unit by its relation to now: الأسبوع الماضي, this month.
func (p *parser) related(d *phrase, k int) int {
	r, u, j := p.relation(k)
	if j == k {
		return p.current(d, k)
	}
	if r == relRecent {
		return k
	}
	s := p.items[u].senses
	var of unit
	for i := range s {
		switch {
		case s[i].class == cUnit && s[i].b == 1:
			of = unit(s[i].a)
		case s[i].class == cWeekend:
			of, d.weekend = uWeekend, hours{int(s[i].a), int(s[i].b)}
		}
	}
	if !d.takes(of) || of == uYear && p.before(u, cTitle) && p.items[u].flags&text.EndsTa == 0 {
		return k
	}
	if of == uDay && r != relThis {
		if !d.empty() {
			return k
		}
		d.open = r != relLast || !p.arabic(u)
	}
	if of <= uHour {
		if d.open = r.open(); !d.open && r.shift() == 0 {
			return k
		}
		d.window = r.shift()
	}
	if y, w := p.plain(j); of == uYear && w == 4 && y >= firstYear && y <= lastYear && !p.joined(j) { // العام الماضي 2003
		d.dated, d.year = true, y
		return j + 1
	}
	d.base, d.shift, d.open = of, r.shift(), d.open || r.open()
	return j
}

// current reads the month or year alone behind a part of it, which is of the
// current one: نهاية العام, the first half of the year. العام الدراسي and other
// years of their own are not meant.
func (p *parser) current(d *phrase, k int) int {
	s := p.sense(k, cUnit)
	if s == nil || s.b != 1 || d.edge == (hours{}) || !d.takes(unit(s.a)) || unit(s.a) != uMonth && unit(s.a) != uYear {
		return k
	}
	if p.arabic(k) && !p.definite(k) || !p.arabic(k) && !p.has(k-1, cThe) || p.articleAt(p.items[k].next) {
		return k
	}
	if _, w := p.plain(k + 1); w > 0 && !p.joined(k+1) || p.namesDate(k+1) {
		return k
	}
	d.base = unit(s.a)
	return k + 1
}

// articleAt reports whether token i begins with ال.
func (p *parser) articleAt(i int) bool {
	return i < len(p.t.Tokens) && p.t.Tokens[i].Kind == text.Word && strings.HasPrefix(p.t.Word(i), "ال")
}

// relation reads a unit with last, this or next on either side of it; u is the
// item of the unit.
func (p *parser) relation(k int) (r relation, u, next int) {
	if s := p.sense(k, cPrerel); s != nil && p.singular(k+1) && !p.joined(k+1) {
		return relation(s.a), k + 1, k + 2
	}
	if !p.singular(k) || p.arabic(k) && !p.definite(k) && !p.has(k, cWeekend) {
		return 0, 0, k
	}
	if s := p.then(k+1, cRel); s != nil {
		return relation(s.a), k, k + 2
	}
	return 0, 0, k
}

func (p *parser) singular(k int) bool {
	s := p.sense(k, cUnit)
	return s != nil && s.b == 1 || p.has(k, cWeekend)
}

// takes reports whether a unit may hold what is there: a day in a month, a
// month in a year.
func (d *phrase) takes(of unit) bool {
	if d.base != noUnit || d.dated || d.rel != noRelation || d.clock.told && of > uDay {
		return false
	}
	switch of {
	case noUnit:
		return false
	case uWeek:
		return d.month == 0 && d.day == 0 && d.season == 0
	case uMonth:
		return d.month == 0 && d.season == 0 && (d.weekday == 0 || d.day != 0 || d.nth != 0)
	case uYear:
		return d.weekday == 0 || d.month != 0
	case uCentury:
		return d.month == 0 && d.season == 0 && d.weekday == 0
	}
	return d.month == 0 && d.day == 0 && d.weekday == 0 && d.season == 0
}

// relatedWord reads last, this or next in front of a weekday, month, season or
// part of the day.
func (p *parser) relatedWord(d *phrase, k int) int {
	s := p.sense(k, cPrerel)
	if s == nil || d.rel != noRelation || p.joined(k+1) {
		return k
	}
	r := relation(s.a)
	if r == relFollowing && !p.has(k-1, cThe) && !p.arabic(k) {
		return k // the preposition
	}
	if h := p.sense(k+1, cPart); h != nil && d.part == (hours{}) && d.base == noUnit {
		d.part, d.base = hours{int(h.a), int(h.b)}, uDay
		if r == relLast {
			d.shift = -1
		}
		d.open = r != relLast && r != relThis
		return k + 2
	}
	d.rel, d.open = r, r.open()
	d.has |= needNear
	for _, c := range [...]component{compWeekday, compSeason, compMonthFirst} {
		if n := p.try(c, d, k+1, true); n > k+1 {
			return n
		}
	}
	return k
}
