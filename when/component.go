package when

import (
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
	for _, c := range [...]component{compRelated, compRelatedWord, compMonthFirst, compYearAlone} {
		was := *d
		if n := p.read(c, d, j, true); n > j && d.day == day && (d.month != 0 || d.base == uMonth || d.dated || d.base == uYear) {
			return n
		}
		*d = was
	}
	return k
}

// related reads a unit by its relation to now: الأسبوع الماضي, this month.
func (p *parser) related(d *phrase, k int) int {
	r, u, j := p.relation(k)
	if j == k || r == relRecent {
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
		d.open = true
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

// weekday reads the name of a day of the week, the relation behind it, and the
// second name of a night between two days (ليل السبت الأحد).
func (p *parser) weekday(d *phrase, k int, linked bool) int {
	s := p.sense(k, cWeekday)
	if s == nil || s.a == 2 && p.before(k, cBetween) && !p.joined(k+1) {
		return k
	}
	if d.weekday != 0 {
		if d.weekday%7+1 == int(s.a) && d.part.to > 24 && !linked && p.has(k-1, cWeekday) {
			return k + 1
		}
		return k
	}
	if d.base != noUnit && d.base != uDay && d.base != uWeek || d.month != 0 || d.season != 0 || d.dated {
		return k
	}
	d.weekday = int(s.a)
	d.need |= s.need
	j := k + 1
	if p.sign(j, '.') {
		j++
	}
	if n := p.after(d, j); n > j {
		return n
	}
	if p.sign(j, '/') || p.sign(j, '-') {
		if o := p.then(j+1, cWeekday); o != nil && d.part.to > 24 && d.weekday%7+1 == int(o.a) {
			return j + 2
		}
	}
	if s := p.sense(j, cUnit); s != nil && unit(s.a) == uWeek {
		d.has |= needDay
	}
	return j
}

// after reads the relation behind a weekday, month or season.
func (p *parser) after(d *phrase, k int) int {
	s := p.then(k, cRel)
	if s == nil || d.rel != noRelation || relation(s.a) == relRecent || p.has(k, cPrerel) && p.singular(k+1) {
		return k
	}
	d.rel = relation(s.a)
	d.open = d.open || d.rel.open()
	d.has |= needNear
	return k + 1
}

// day reads yesterday, today, tomorrow.
func (p *parser) day(d *phrase, k int) int {
	s := p.sense(k, cDay)
	if s == nil || d.base != noUnit || d.month != 0 || d.weekday != 0 || d.season != 0 || d.dated {
		return k
	}
	if p.has(k+1, cKind) && !p.joined(k+1) || p.before(k, cOnce) {
		return k
	}
	if p.has(k, cUnit) && (p.inside(k) || p.items[k].lead&leadPrep != 0 || p.then(k+1, cOrd) != nil) {
		return k // the day, not today: مرتين في اليوم، اليوم الثالث
	}
	if s.a == 0 && p.titled(k) {
		return k
	}
	d.base, d.shift = uDay, int(s.a)
	if h := p.sense(k, cPart); h != nil {
		d.part = hours{int(h.a), int(h.b)}
		if r := p.then(k+1, cRel); r != nil {
			d.shift = min(relation(r.a).shift(), 0)
			return k + 2
		}
	}
	return k + 1
}

// titled reports that the word today is part of a name: in the quotation marks
// of a newspaper's, or with a capital behind a capital.
func (p *parser) titled(k int) bool {
	i := p.items[k].tok
	if q := p.t.Inside[i]; q >= 0 {
		if quote := p.t.Quotations[q]; quote.Close == i+1 && quote.Close-quote.Open <= 4 {
			return true
		}
	}
	const name = text.Capital | text.Latin
	return i > p.first && p.items[k].flags&name == name && p.t.Tokens[i-1].Flags&name == name && p.t.Tokens[i-1].Kind == text.Word
}

// dayPart reads morning to night, before or behind the day it belongs to.
func (p *parser) dayPart(d *phrase, k int, linked bool) int {
	s := p.sense(k, cPart)
	if s == nil || d.part != (hours{}) {
		return k
	}
	d.part = hours{int(s.a), int(s.b)}
	if d.clock.told || d.empty() || d.date == (date{part: d.part}) {
		return p.partFirst(d, k, s)
	}
	if d.weekday == 0 && d.base != uDay && d.day == 0 || linked && p.arabic(k) {
		return k
	}
	if p.has(k+1, cWeekday) && !p.joined(k+1) && p.arabic(k+1) || p.then(k+1, cDay) != nil {
		return k
	}
	return k + 1
}

// partFirst reads a part of the day with what follows: nothing, a relation, or
// a day that the phrase goes on with.
func (p *parser) partFirst(d *phrase, k int, s *sense) int {
	if r := p.then(k+1, cRel); r != nil && p.definite(k) {
		d.base, d.shift = uDay, min(relation(r.a).shift(), 0)
		d.open = relation(r.a).open()
		return k + 2
	}
	if s.need&needNear != 0 && !d.clock.told && !p.continues(d, k+1) {
		d.open = true // midnight: of which night is not told
		d.need |= needNear
	}
	return k + 1
}

// continues reports that a day follows a part of it.
func (p *parser) continues(d *phrase, k int) bool {
	if p.joined(k) {
		return false
	}
	j := p.links(d, k)
	for _, c := range [...]class{cWeekday, cDay, cPrerel, cMonth, cHijri} {
		if p.has(j, c) {
			return true
		}
	}
	_, n := p.dayNumber(j)
	return n > j
}

// season reads a season with its year or relation.
func (p *parser) season(d *phrase, k int) int {
	s := p.sense(k, cSeason)
	if s == nil || d.season != 0 || d.month != 0 || d.base != noUnit || d.weekday != 0 || d.dated || d.part != (hours{}) {
		return k
	}
	d.season = int(s.a) + 1
	if s.need&needNear != 0 && d.rel == noRelation { // "fall" is also a verb
		return p.seasonYear(d, k, k+1)
	}
	if p.arabic(k) {
		if n := p.after(d, k+1); n > k+1 {
			return n
		}
	}
	if n := p.seasonYear(d, k+1, k+1); n > k+1 {
		return n
	}
	return k + 1
}

// seasonYear reads the year of a season, 2023 or 2023-2024; none is returned
// where there is none.
func (p *parser) seasonYear(d *phrase, none, k int) int {
	j := k
	for p.then(j, cLink) != nil {
		j++
	}
	y, n := p.year(j, bySense)
	if n == j || y.hijri {
		return none
	}
	d.dated, d.year = true, y.year
	if next, w := p.plain(n + 1); (p.sign(n, '-') || p.sign(n, '/')) && (w == 4 && next == y.year+1 || w == 2 && next == (y.year+1)%100) {
		n += 2
		if d.season == 1 {
			d.year++
		}
	}
	return n
}

// quarter reads the first quarter or half of a year or month.
func (p *parser) quarter(d *phrase, k int) int {
	if !d.empty() {
		return k
	}
	n, of, j := p.numberedPart(k)
	if j == k || n > of {
		return k
	}
	at := j
	for p.then(j, cLink) != nil || p.then(j, cThe) != nil {
		j++
	}
	if y, n := p.plain(j); j == at && (n != 4 || y < firstYear) && p.sense(j, cPrerel) == nil {
		return k
	}
	d.edge = hours{100 * (n - 1) / of, 100 * n / of}
	next := p.holder(d, k, j)
	if of == 4 && d.month != 0 {
		return k
	}
	return next
}

func (p *parser) numberedPart(k int) (n, of, next int) {
	if s := p.sense(k, cQuarter); s != nil {
		return int(s.a), 4, k + 1
	}
	if s := p.sense(k, cFraction); s != nil && p.definite(k) {
		if n, j := p.ordinal(k + 1); j > k+1 && !p.joined(k+1) && n > 0 {
			return n, int(s.a), j
		}
		return 0, 0, k
	}
	n, j := p.ordinal(k)
	if s := p.then(j, cFraction); s != nil && j > k && !p.arabic(j) {
		if n < 0 {
			n = int(s.a)
		}
		return n, int(s.a), j + 1
	}
	return 0, 0, k
}

// decade reads the nineties and the 1990s.
func (p *parser) decade(d *phrase, k int) int {
	if d.decade != 0 || d.month != 0 || d.base != noUnit || d.season != 0 || d.weekday != 0 || d.dated {
		return k
	}
	if y, w := p.plain(k); w == 4 && y%10 == 0 && y >= firstYear && y <= lastYear && p.has(k+1, cTens) && p.items[k+1].flags&text.Spaced == 0 {
		d.decade, d.dated, d.year = 1, true, y
		return k + 2
	}
	s := p.sense(k, cDecade)
	if s == nil {
		return k
	}
	d.decade = int(s.a)
	return k + 1
}

// soundDecade tells decades of a century from those of a life (في الستينيات
// من عمره); without a century they are of the twentieth, from the fifties on.
func (p *parser) soundDecade(d *phrase, next int) bool {
	if d.dated || d.century != 0 || d.base == uCentury {
		return true
	}
	j := next
	for p.then(j, cLink) != nil {
		j++
	}
	if p.has(j, cAge) || d.decade < 50 {
		return false
	}
	d.century = 20
	return true
}

// century reads a century by its number.
func (p *parser) century(d *phrase, k int) int {
	if d.century != 0 || d.month != 0 || d.base != noUnit || d.season != 0 || d.weekday != 0 || d.dated {
		return k
	}
	n, j := 0, k
	if s := p.sense(k, cUnit); s != nil && s.b == 1 && unit(s.a) == uCentury {
		if n, j = p.ordinal(k + 1); j == k+1 {
			n, _ = p.plain(k + 1)
			j = k + 2
		}
		if p.joined(k + 1) {
			return k
		}
	} else if n, j = p.ordinal(k); j > k {
		if s := p.then(j, cUnit); s == nil || s.b != 1 || unit(s.a) != uCentury {
			return k
		}
		j++
	}
	if n < 1 || n > 30 {
		return k
	}
	d.century = n
	if e := p.then(j, cEra); e != nil {
		d.hijri = e.a == eraHijri
		d.open = e.a == eraBC
		j++
	}
	return j
}

// edgeOf reads the beginning, middle or end of what follows.
func (p *parser) edgeOf(d *phrase, k int) int {
	s := p.sense(k, cEdge)
	if s == nil || !d.empty() {
		return k
	}
	d.edge = hours{int(s.a), int(s.b)}
	d.has |= needNear
	return k + 1
}

// zone reads the time zone of a time of day.
func (p *parser) zone(d *phrase, k int) int {
	s := p.sense(k, cZone)
	if s == nil || !d.clock.told || d.zoned {
		return k
	}
	if s.a != localZone {
		d.zone, d.zoned = int(s.a), true
	}
	return k + 1
}
