package when

import (
	"time"

	"github.com/isnad/isnad"
)

// unit of time, in the order of time.tsv.
type unit int8

const (
	noUnit unit = iota
	uMinute
	uHour
	uDay
	uWeek
	uMonth
	uYear
	uDecade
	uCentury
	uWeekend
	uWeekday
	uHalfYear // months, counted in parts of years
)

// relation of a unit, weekday, month or season to the anchor.
type relation int8

const (
	noRelation relation = iota
	relLast
	relThis
	relNext
	relPrior     // before another event
	relFollowing // after another event
	relRecent
	relBeforeLast
)

// shift is the distance in units, where the relation is to the anchor.
func (r relation) shift() int {
	switch r {
	case relLast, relRecent:
		return -1
	case relBeforeLast:
		return -2
	case relNext:
		return 1
	}
	return 0
}

// open reports whether the relation is to another event.
func (r relation) open() bool { return r == relPrior || r == relFollowing }

// hours of a day; 24 and above are in the next one.
type hours struct{ from, to int }

// clock is a time of day. told is false where there is none, half is set where
// it does not say which half of the day.
type clockTime struct {
	told, exact, half bool
	hour, minute      int
}

// date is what a phrase says, before the anchor is applied. Zero fields are
// not said.
type date struct {
	open bool // a date, but not one that the text and the anchor tell

	base   unit // units from the anchor:
	shift  int  // how many, 0 for the current one
	window int  // or that many of them next to the anchor, back if negative

	dated            bool // year is said
	year, month, day int
	hijri            bool
	decade, century  int
	season           int // 1 winter to 4 autumn
	weekday          int // 1 Sunday to 7 Saturday
	weekend          hours
	nth              int // "the third Tuesday", -1 the last
	nthOf            unit
	edge             hours // hundredths of what is dated
	rel              relation

	part  hours
	clock clockTime
	zone  int
	zoned bool
}

// stretch is some whole days.
type stretch struct {
	from, to  int
	precision isnad.Precision
}

// near is how many days ahead of the anchor a date without a year may be
// before it is taken for the one of the year before.
const near = 31

// resolve applies the anchor. The interval is empty, with no precision, where
// both together do not tell, and where it is outside the years 2 to 9999,
// which other formats cannot write.
func (d *date) resolve(anchor time.Time) isnad.Interval {
	if d.open {
		return isnad.Interval{}
	}
	known := !anchor.IsZero() && anchor.Year() > 1 && anchor.Year() < 9999
	if d.base == uHour || d.base == uMinute {
		return d.hours(anchor, known)
	}
	now := 0
	if known {
		now = dayOf(anchor)
	}
	s, ok := d.days(now, known)
	if !ok || s.to <= s.from {
		return isnad.Interval{}
	}
	iv := d.within(s, anchor.Location())
	if iv.Start.Year() < 2 || iv.End.Year() > 9999 {
		return isnad.Interval{}
	}
	return iv
}

// hours resolves a distance of hours or minutes.
func (d *date) hours(anchor time.Time, known bool) isnad.Interval {
	if !known || d.shift > maxHours || d.shift < -maxHours {
		return isnad.Interval{}
	}
	length, p := time.Hour, isnad.Hour
	if d.base == uMinute {
		length, p = time.Minute, isnad.Minute
	}
	if d.window != 0 {
		end := anchor.Add(time.Duration(d.window) * length)
		if d.window < 0 {
			return isnad.Interval{Start: end, End: anchor, Precision: p}
		}
		return isnad.Interval{Start: anchor, End: end, Precision: p}
	}
	at := anchor.Add(time.Duration(d.shift) * length)
	y, m, day := at.Date()
	minute := 0
	if d.base == uMinute {
		minute = at.Minute()
	}
	start := time.Date(y, m, day, at.Hour(), minute, 0, 0, anchor.Location())
	return isnad.Interval{Start: start, End: start.Add(length), Precision: p}
}

const maxHours = 1 << 20

// within places the part of the day and the time of the clock.
func (d *date) within(s stretch, loc *time.Location) isnad.Interval {
	at := func(day, hour, minute int, l *time.Location) time.Time {
		return time.Date(1970, 1, 1+day, hour, minute, 0, 0, l)
	}
	iv := isnad.Interval{Start: at(s.from, 0, 0, loc), End: at(s.to, 0, 0, loc), Precision: s.precision}
	if s.precision != isnad.DayPrecision || s.to != s.from+1 {
		return iv
	}
	hour, ok := d.clock.in(d.part)
	switch {
	case ok:
		zone := loc
		if d.zoned {
			zone = time.FixedZone("", d.zone*3600)
		}
		iv.Start = at(s.from, hour, d.clock.minute, zone).In(loc)
		iv.End, iv.Precision = iv.Start.Add(time.Hour), isnad.Hour
		if d.clock.exact {
			iv.End, iv.Precision = iv.Start.Add(time.Minute), isnad.Minute
		}
	case d.part != hours{} && !d.clock.told:
		return isnad.Interval{Start: at(s.from, d.part.from, 0, loc), End: at(s.from, d.part.to, 0, loc), Precision: isnad.DayPart}
	}
	return iv
}

// in is the hour of a 24-hour clock: of the hours that the words may mean the
// one nearest to the part of the day. Without one, an hour told in words is
// known for one half of the day or the other only.
func (c clockTime) in(part hours) (hour int, ok bool) {
	if !c.told {
		return 0, false
	}
	if !c.half {
		return c.hour, true
	}
	if part == (hours{}) {
		return 0, false
	}
	best, least := 0, 100
	for h := c.hour % 12; h < 36; h += 12 {
		far := max(part.from-h, h-part.to+1, 0)
		if far < least {
			best, least = h, far
		}
	}
	return best, true
}

// days resolves all but the time of day. now is the anchor's day, if known.
func (d *date) days(now int, known bool) (stretch, bool) {
	s, ok := d.largest(now, known)
	if !ok {
		return s, false
	}
	if d.nth != 0 {
		s = d.pick(s)
	}
	if (d.edge != hours{}) {
		s = d.slice(s)
	}
	return s, true
}

// largest resolves the phrase without what counts inside a stretch.
func (d *date) largest(now int, known bool) (stretch, bool) {
	switch {
	case d.window != 0:
		return d.besides(now), known
	case d.month != 0 || d.base == uMonth:
		return d.inMonth(now, known)
	case d.season != 0:
		return d.inSeason(now, known)
	case d.century != 0 || d.decade != 0:
		return d.inCentury(now, known)
	case d.dated:
		return d.calendar().years(d.year, 1), true
	case d.base != noUnit:
		return d.counted(now), known
	case d.weekday != 0:
		day := d.onWeekday(now)
		return stretch{day, day + 1, isnad.DayPrecision}, known
	}
	return stretch{now, now + 1, isnad.DayPrecision}, known
}

func (d *date) calendar() calendar {
	if d.hijri {
		return hijriCalendar
	}
	return gregorianCalendar
}

// years is n years from y.
func (c calendar) years(y, n int) stretch {
	p := isnad.Year
	switch n {
	case 10:
		p = isnad.Decade
	case 100:
		p = isnad.Century
	}
	return stretch{c.start(y, 1), c.start(y+n, 1), p}
}

var precisions = [...]isnad.Precision{
	uMinute: isnad.Minute, uHour: isnad.Hour, uDay: isnad.DayPrecision, uWeek: isnad.Week, uMonth: isnad.MonthPrecision,
	uYear: isnad.Year, uDecade: isnad.Decade, uCentury: isnad.Century, uWeekend: isnad.Week, uWeekday: isnad.DayPrecision,
}

// besides is a number of units next to the anchor's day: the past ones end
// before it, the coming ones begin after it.
func (d *date) besides(now int) stretch {
	from, to := now, now
	if d.window > 0 {
		from, to = now+1, now+1
	}
	y, m, day := gregorianDate(from)
	n := min(max(d.window, -maxUnits), maxUnits)
	far := from
	switch d.base {
	case uDay:
		far += n
	case uWeek:
		far += 7 * n
	case uMonth:
		y, m = addMonths(y, m, n)
		far = gregorianDay(y, m) + min(day, gregorianCalendar.lengthOf(y, m)) - 1
	default:
		y += n * map[unit]int{uYear: 1, uDecade: 10, uCentury: 100}[d.base]
		far = gregorianDay(y, m) + min(day, gregorianCalendar.lengthOf(y, m)) - 1
	}
	return stretch{min(far, from), max(far, to), precisions[d.base]}
}

// maxUnits keeps distances where days can be counted.
const maxUnits = 20000

// counted is the unit at a distance from the anchor.
func (d *date) counted(now int) stretch {
	n := min(max(d.shift, -maxUnits), maxUnits)
	y, m, _ := gregorianDate(now)
	switch d.base {
	case uDay:
		day := now + n
		if d.weekday != 0 {
			day = nearWeekday(day, d.weekday)
		}
		return stretch{day, day + 1, isnad.DayPrecision}
	case uWeek:
		monday := mondayOf(now) + 7*n
		if d.weekday != 0 {
			day := monday + (d.weekday+5)%7
			return stretch{day, day + 1, isnad.DayPrecision}
		}
		return stretch{monday, monday + 7, isnad.Week}
	case uWeekend:
		monday := mondayOf(now) + 7*n
		return stretch{monday + d.weekend.from - 1, monday + d.weekend.to - 1, isnad.Week}
	case uHalfYear: // the season around it
		y, m := addMonths(y, m, n-1)
		ty, tm := addMonths(y, m, 3)
		return stretch{gregorianDay(y, m), gregorianDay(ty, tm), isnad.Season}
	case uYear:
		return gregorianCalendar.years(y+n, 1)
	case uDecade:
		return gregorianCalendar.years(floorDiv(y, 10)*10+10*n, 10)
	}
	return gregorianCalendar.years(floorDiv(y-1, 100)*100+100*n+1, 100)
}

// nearWeekday trusts the weekday over "yesterday" or "tomorrow" by one day: a
// text filed around midnight, or under another clock, is told by its weekday.
func nearWeekday(day, weekday int) int {
	for _, c := range [...]int{day, day - 1, day + 1} {
		if weekdayOf(c) == weekday {
			return c
		}
	}
	return day
}

// onWeekday: a bare weekday of the news is the last one, the day of
// publication included; "last" and "next" exclude it, "this" looks ahead.
func (d *date) onWeekday(now int) int {
	back := (weekdayOf(now) - d.weekday + 7) % 7
	switch d.rel {
	case relNext:
		return now - back + 7
	case relThis:
		if back > 0 {
			back -= 7
		}
	case relLast, relBeforeLast:
		if back == 0 {
			back = 7
		}
		if d.rel == relBeforeLast {
			back += 7
		}
	}
	return now - back
}

// inMonth resolves a month and the day in it.
func (d *date) inMonth(now int, known bool) (stretch, bool) {
	c := d.calendar()
	y, m := d.year, d.month
	ny, nm, _ := c.of(now)
	switch {
	case d.base == uMonth:
		y, m = addMonths(ny, nm, min(max(d.shift, -maxUnits), maxUnits))
	case d.base == uYear:
		y = ny + d.shift
	case !d.dated:
		y = d.nearestYear(c, now)
	case d.hijri && d.year > lastTabulated:
		y = hijriYearIn(d.year, m)
	}
	if !d.dated && !known {
		return stretch{}, false
	}
	if d.hijri && (y < firstTabulated || y > lastTabulated) {
		return c.years(y, 1), true
	}
	s := stretch{c.start(y, m), c.start(y, m+1), isnad.MonthPrecision}
	if d.day == 0 {
		return s, true
	}
	day := s.from + d.day - 1
	return stretch{day, day + 1, isnad.DayPrecision}, day < s.to
}

// hijriYearIn is the Islamic year whose month m begins in a Gregorian year:
// "Ramadan 2019".
func hijriYearIn(year, m int) int {
	first := gregorianDay(year, 1)
	y, _, _ := hijriDate(first)
	if hijriDay(y, m) < first {
		y++
	}
	return y
}

// nearestYear is the year of a month or day that is named without one.
func (d *date) nearestYear(c calendar, now int) int {
	y, m, _ := c.of(now)
	if d.day == 0 && d.edge == (hours{}) && d.nth == 0 {
		return d.yearOfMonth(y, m)
	}
	at := func(y int) int { return c.start(y, d.month) + max(d.day, 1) - 1 }
	for d.day > c.lengthOf(y, d.month) && d.day <= 30 && d.month == 2 && y > 0 {
		y-- // 29 February
	}
	last := y
	if at(last) > now || d.rel == relLast && at(last) == now {
		last--
	}
	next := last + 1
	if at(next) == now {
		next++
	}
	switch {
	case d.rel == relNext:
		return next
	case d.rel == relLast:
		return last
	case d.weekday != 0 && weekdayOf(at(last)) != d.weekday && weekdayOf(at(next)) == d.weekday:
		return next
	case d.weekday != 0 && weekdayOf(at(last)) == d.weekday:
		return last
	case at(next)-now <= near:
		return next
	}
	return last
}

// yearOfMonth: a month by itself is the current or the last one; "last" and
// "next" exclude the current one, "this" is of the current year.
func (d *date) yearOfMonth(y, m int) int {
	switch {
	case d.rel == relThis:
		return y
	case d.rel == relNext && d.month <= m:
		return y + 1
	case d.rel == relNext:
		return y
	case d.month > m || d.rel == relLast && d.month == m:
		return y - 1
	}
	return y
}

// inSeason: seasons are the meteorological ones of the northern hemisphere;
// winter carries the year of its January.
func (d *date) inSeason(now int, known bool) (stretch, bool) {
	of := func(y int) stretch {
		m := 3*d.season - 3 // March, June, September
		if d.season == 1 {
			y, m = y-1, 12
		}
		ey, em := addMonths(y, m, 3)
		return stretch{gregorianDay(y, m), gregorianDay(ey, em), isnad.Season}
	}
	y, _, _ := gregorianDate(now)
	switch {
	case d.dated:
		return of(d.year), true
	case d.base == uYear:
		return of(y + d.shift), known
	case d.rel == relLast:
		for y++; of(y).to > now; {
			y--
		}
	case d.rel == relNext:
		for y--; of(y).from <= now; {
			y++
		}
	case of(y).to <= now && of(y+1).from <= now:
		y++
	}
	return of(y), known
}

// inCentury resolves centuries, which begin with the year 1 (the twentieth is
// 1901 to 2000), and decades (the nineties are 1990 to 1999).
func (d *date) inCentury(now int, known bool) (stretch, bool) {
	century := d.century
	if d.base == uCentury {
		y, _, _ := gregorianDate(now)
		century = floorDiv(y-1, 100) + 1 + d.shift
		if !known {
			return stretch{}, false
		}
	}
	first := (century-1)*100 + 1
	switch {
	case d.dated: // "the 1990s"
		return gregorianCalendar.years(d.year, 10), true
	case d.decade == 0:
		return d.calendar().years(first, 100), true
	}
	return gregorianCalendar.years(first-1+d.decade, 10), true
}

// pick finds the nth day, week or weekday of a stretch.
func (d *date) pick(s stretch) stretch {
	step, first := 1, s.from
	switch d.nthOf {
	case uWeek:
		step = 7
	case uWeekday:
		step = 7
		first += (d.weekday - weekdayOf(first) + 7) % 7
	}
	day := first + (d.nth-1)*step
	if d.nth < 0 {
		day = s.to - step
		if d.nthOf == uWeekday {
			day = s.to - 1 - (weekdayOf(s.to-1)-d.weekday+7)%7
		}
	}
	out := stretch{day, day + 1, isnad.DayPrecision}
	if d.nthOf == uWeek {
		out = stretch{day, min(day+7, s.to), isnad.Week}
	}
	if out.from >= s.to {
		return stretch{}
	}
	return out
}

// slice cuts the edge of a stretch: days of a month, months of a year or
// season, years of a decade, decades of a century.
func (d *date) slice(s stretch) stretch {
	cut := func(n, hundredths int) int { return (n*hundredths + 50) / 100 }
	c := d.calendar()
	y, m, _ := c.of(s.from)
	months := func(n int, p isnad.Precision) stretch {
		fy, fm := addMonths(y, m, cut(n, d.edge.from))
		ty, tm := addMonths(y, m, cut(n, d.edge.to))
		return stretch{c.start(fy, fm), c.start(ty, tm), p}
	}
	switch s.precision {
	case isnad.MonthPrecision:
		n := s.to - s.from
		return stretch{s.from + cut(n, d.edge.from), s.from + cut(n, d.edge.to), isnad.Week}
	case isnad.Season:
		return months(3, isnad.MonthPrecision)
	case isnad.Year:
		return months(12, isnad.Season)
	case isnad.Decade:
		return months(120, isnad.Year)
	case isnad.Century:
		return months(1200, isnad.Decade)
	}
	return s
}
