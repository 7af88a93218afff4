package when

import (
	"github.com/isnad/isnad/text"
)

// weekday reads the name of a day of the week, the relation behind it, and the
// second name of a night between two days (ليل السبت الأحد).
func (p *parser) weekday(d *phrase, k int, linked bool) int {
	s := p.sense(k, cWeekday)
	if s == nil || s.a == 2 && p.before(k, cBetween) && !p.joined(k+1) || p.then(k+1, cKind) != nil {
		return k
	}
	if n := p.then(k+1, cNum); n != nil && n.a == 10 && p.arabic(k) { // الأحد عشر
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
func (p *parser) day(d *phrase, k int, linked bool) int {
	s := p.sense(k, cDay)
	if s == nil || d.base != noUnit || d.month != 0 || d.rel != noRelation || d.season != 0 || d.dated || linked && d.weekday != 0 {
		return k
	}
	if p.then(k+1, cKind) != nil || p.before(k, cOnce, cBlock, cFraction) {
		return k
	}
	if p.has(k, cUnit) && (p.inside(k) || p.items[k].lead&leadPrep != 0 || p.then(k+1, cOrd) != nil) {
		return k // the day, not today: مرتين في اليوم، اليوم الثالث
	}
	if s.a == 0 && p.titled(k) {
		return k
	}
	d.base, d.shift = uDay, int(s.a)
	d.open = p.has(k-1, cThat) && !p.has(k+1, cWeekday) // that day, or said that today
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
	if of == 4 && (d.month != 0 || d.base == uMonth) {
		return k
	}
	return next
}

func (p *parser) numberedPart(k int) (n, of, next int) {
	if s := p.sense(k, cQuarter); s != nil {
		return int(s.a), 4, k + 1
	}
	if s := p.sense(k, cFraction); s != nil && p.definite(k) {
		if n, j := p.ordinal(k + 1); j > k+1 && !p.joined(k+1) {
			return positive(n, int(s.a)), int(s.a), j
		}
		return 0, 0, k
	}
	n, j := p.ordinal(k)
	if s := p.then(j, cFraction); s != nil && j > k && !p.arabic(j) {
		return positive(n, int(s.a)), int(s.a), j + 1
	}
	return 0, 0, k
}

// positive is n, or the last where n is -1.
func positive(n, last int) int {
	if n < 0 {
		return last
	}
	return n
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
		if s := p.then(j, cUnit); s == nil || s.b != 1 || unit(s.a) != uCentury || p.arabic(j) {
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
