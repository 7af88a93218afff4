package when

import "time"

// Days are counted from 1 January 1970; a date is a day in one of two
// calendars, which agree on the numbering of days only.

type calendar struct {
	start func(y, m int) int // first day of a month; m may be 13
	of    func(day int) (y, m, d int)
}

var (
	gregorianCalendar = calendar{gregorianDay, gregorianDate}
	hijriCalendar     = calendar{hijriDay, hijriDate}
)

func gregorianDay(y, m int) int {
	return int(time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
}

func gregorianDate(day int) (y, m, d int) {
	year, mon, d := time.Unix(int64(day)*secondsADay, 0).UTC().Date()
	return year, int(mon), d
}

const secondsADay = 86400

// dayOf is the day that t's own clock shows.
func dayOf(t time.Time) int {
	y, m, d := t.Date()
	return gregorianDay(y, int(m)) + d - 1
}

// weekdayOf is 1 for Sunday to 7 for Saturday.
func weekdayOf(day int) int { return (day%7+7+4)%7 + 1 }

// mondayOf is the first day of the week, which begins on Monday (ISO 8601).
func mondayOf(day int) int { return day - (weekdayOf(day)+5)%7 }

// lengthOf is the number of days in a month.
func (c calendar) lengthOf(y, m int) int { return c.start(y, m+1) - c.start(y, m) }

// add moves a month by n months.
func addMonths(y, m, n int) (int, int) {
	k := y*12 + m - 1 + n
	return floorDiv(k, 12), k - floorDiv(k, 12)*12 + 1
}
