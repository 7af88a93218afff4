package when

// clock reads a time of day: الساعة الخامسة والنصف, 14:30, 5 p.m.
func (p *parser) clock(d *phrase, k int) int {
	if d.clock.told || d.base != noUnit && d.base != uDay {
		return k
	}
	worded, j := p.has(k, cClock), k
	if worded {
		j++
	}
	if p.joined(j) && worded {
		return k
	}
	c, n := p.digital(j)
	if m, w := p.plain(j); worded && w == 4 && m < 2400 && m%100 < 60 { // الساعة 1300
		c, n = clockTime{told: true, exact: true, hour: m / 100, minute: m % 100}, j+1
	}
	if n == j {
		c, n = p.hour(j, worded)
	}
	if n == j {
		return k
	}
	d.clock = c
	if p.has(n, cOclock) {
		return n + 1
	}
	if worded || p.items[j].num.count > 1 || p.dayHalf(n) {
		return n
	}
	return k
}

// digital reads 14:30, which is of a 24-hour clock where no half of the day
// is named.
func (p *parser) digital(k int) (c clockTime, next int) {
	if k >= p.n {
		return c, k
	}
	n := &p.items[k].num
	if n.count < 2 || n.sep != ':' || n.width[0] > 2 || n.width[1] != 2 || n.group[0] > 24 || n.group[1] > 59 {
		return c, k
	}
	return clockTime{told: true, exact: true, half: n.group[0] <= 12 && n.group[0] > 0 && p.dayHalf(k+1), hour: n.group[0], minute: n.group[1]}, k + 1
}

// dayHalf reports that a part of the day follows, or من and one.
func (p *parser) dayHalf(k int) bool {
	if p.joined(k) {
		return false
	}
	if p.has(k, cLink) || p.has(k, cPrerel) {
		k++
	}
	return p.has(k, cPart) && !p.joined(k)
}

// hour reads an hour in words or digits and the minutes behind it.
func (p *parser) hour(k int, worded bool) (c clockTime, next int) {
	n, j := 0, k
	if s := p.sense(k, cHour); s != nil {
		n, j = int(s.a), k+1
	} else if m, w := p.plain(k); w == 1 || w == 2 {
		n, j = m, k+1
	} else if worded && p.arabic(k) {
		n, j = p.amount(k)
	}
	if j == k || n > 24 || n == 0 && !worded {
		return c, k
	}
	c = clockTime{told: true, half: n <= 12 && n > 0, hour: n}
	if m, j2 := p.minutes(j); j2 > j {
		c.exact, c.minute, j = true, m, j2
		if m < 0 {
			c.hour, c.minute = (n+23)%24, 60+m
			if c.half && c.hour == 0 {
				c.hour = 12
			}
		}
	}
	return c, j
}

// minutes reads والنصف, و18 دقيقة and إلا ربعا, which is negative.
func (p *parser) minutes(k int) (m, next int) {
	j := k
	sign := 1
	switch {
	case p.has(j, cLess):
		sign, j = -1, j+1
	case p.has(j, cAnd):
		j++
	case !p.joined(j):
		return 0, k
	}
	if j > k && p.joined(j) {
		return 0, k
	}
	if f := p.sense(j, cFraction); f != nil {
		return sign * 60 / int(f.a), j + 1
	}
	n, j2 := p.amount(j)
	s := p.then(j2, cUnit)
	if j2 == j || s == nil || unit(s.a) != uMinute || n > 59 {
		return 0, k
	}
	return sign * n, j2 + 1
}
