package when

import "github.com/isnad/isnad/text"

// numeric reads dates in digits. Arabic writes day, month, year, or the year
// first; English with slashes may mean either order, and a date that differs
// by it is known to the year only. A day and month without a year are a date
// only behind the word date or a weekday, since 3/4 may be anything else.
func (p *parser) numeric(d *phrase, k int) int {
	if d.edge != (hours{}) || d.nth != 0 || d.day != 0 {
		return k
	}
	f, n := p.fields(k)
	switch {
	case n == k:
		return k
	case f.count == 2:
		return p.twoFields(d, k, f, n)
	}
	a, b, c := f.group[0], f.group[1], f.group[2]
	switch {
	case f.width[0] == 4 && f.width[2] <= 2:
		a, c = c, a
	case f.width[2] == 4 && f.width[0] <= 2:
		if f.sep != '.' && !p.arabicAround(k) {
			return p.englishOrder(d, a, b, c, k, n)
		}
	case f.width[2] == 2 && f.width[0] <= 2 && (d.weekday != 0 || p.before(k, cDate)):
		c += 2000
	default:
		return k
	}
	if f.width[1] > 2 || !d.setDate(a, b, c) && !d.setDate(b, a, c) {
		return k
	}
	return p.numericEra(d, n)
}

// englishOrder reads a/b/c: by the number that can be no month, or not at all.
func (p *parser) englishOrder(d *phrase, a, b, c, k, n int) int {
	switch {
	case a <= 12 && b <= 12 && a != b:
		if a < 1 || b < 1 || c < firstYear || c > lastYear {
			return k
		}
		d.dated, d.year, d.day = true, c, 0
		return n
	case d.setDate(b, a, c), d.setDate(a, b, c):
		return n
	}
	return k
}

// setDate sets day, month and year if there can be such a date. Years of the
// present fifteenth Islamic century and the one before are Islamic.
func (d *phrase) setDate(day, month, year int) bool {
	hijri := year >= 1300 && year <= 1500
	m := monthName{month: month, hijri: hijri}
	if month < 1 || month > 12 || day < 1 || day > m.days() || !hijri && (year < 1700 || year > lastYear) {
		return false
	}
	d.day, d.month, d.year, d.dated, d.hijri = day, month, year, true, hijri
	d.has |= needNear | needFull | needDate
	return true
}

func (p *parser) numericEra(d *phrase, k int) int {
	if e := p.then(k, cEra); e != nil && (e.a == eraHijri) == d.hijri {
		return k + 1
	}
	return k
}

// twoFields reads month/year, and day/month where something tells it is one.
func (p *parser) twoFields(d *phrase, k int, f number, n int) int {
	a, b := f.group[0], f.group[1]
	switch {
	case f.width[1] == 4 && f.width[0] <= 2 && f.sep == '/' && a >= 1 && a <= 12 && b >= firstYear && b <= lastYear && d.weekday == 0:
		d.month, d.year, d.dated = a, b, true
		d.has |= needNear | needFull
		return n
	case f.width[0] > 2 || f.width[1] > 2 || f.sep == ':' || f.sep == ',' || a < 1 || b < 1:
		return k
	case !p.arabicAround(k) || d.weekday == 0 && !p.before(k, cDate) && !p.onDay(k) && !p.dateline(k, n) && !(p.before(k, cIn) && f.sep == '/' && a > b):
		return k
	}
	m := monthName{month: b}
	if b > 12 || a > m.days() {
		return k
	}
	d.day, d.month = a, b
	d.has |= needNear | needFull | needDate
	return p.after(d, n)
}

// dateline reports a day and month at the head of an agency's text: بغداد
// 15-7 (…).
func (p *parser) dateline(k, n int) bool { return p.sign(n, '(') && p.items[k].tok-p.first < 4 }

func (p *parser) onDay(k int) bool {
	s := p.sense(k-1, cUnit)
	return s != nil && unit(s.a) == uDay && s.b == 1
}

// fields reads numbers with one and the same sign between them.
func (p *parser) fields(k int) (f number, next int) {
	if k >= p.n {
		return f, k
	}
	f = p.items[k].num
	if f.count > 1 {
		if f.sep == '.' && f.count == 3 && !p.sign(k+1, '.') {
			return f, k + 1
		}
		return f, k
	}
	if f.count == 0 {
		return f, k
	}
	next = k + 1
	for f.count < 3 {
		sign := '/'
		if p.sign(next, '-') {
			sign = '-'
		}
		n, w := p.plain(next + 1)
		if !p.sign(next, sign) || w == 0 || f.sep != 0 && f.sep != sign || p.items[next+1].lead != 0 {
			break
		}
		f.group[f.count], f.width[f.count], f.sep = n, w, sign
		f.count++
		next += 2
	}
	if f.count < 2 || p.sign(next, '/') && p.items[next].flags&text.Spaced == 0 {
		return f, k
	}
	return f, next
}

// arabicAround reports whether the words around item k are Arabic.
func (p *parser) arabicAround(k int) bool {
	const reach = 12
	i := p.items[k].tok
	for j := range reach {
		for _, at := range [...]int{i - j, i + j} {
			if at < 0 || at >= len(p.t.Tokens) {
				continue
			}
			switch f := p.t.Tokens[at].Flags; {
			case f&text.Arabic != 0:
				return true
			case f&text.Latin != 0:
				return false
			}
		}
	}
	return true
}
