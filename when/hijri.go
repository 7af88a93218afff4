package when

//go:generate go run ./internal/umalqura umalqura.go

// The Umm al-Qura calendar, the civil one of Saudi Arabia and the one that
// press and offices of the Gulf print, is tabulated for the years
// firstTabulated to lastTabulated (umalqura.go). Other years are reckoned by
// the arithmetical calendar of thirty-year cycles, whose months are up to two
// days off any observed one: of those years no day is told.

// islamicEpoch is the day of 1 Muharram 1, 19 July 622 (Gregorian), counted
// from 1 January 1970.
const islamicEpoch = -492148

// hijriDay is the day on which month m of year y begins; m may be 13.
func hijriDay(y, m int) int {
	if m > 12 {
		y, m = y+1, m-12
	}
	if y < firstTabulated || y > lastTabulated {
		return islamicEpoch + (y-1)*354 + floorDiv(3+11*y, 30) + (59*(m-1)+1)/2
	}
	day := umalquraEpoch
	for _, year := range umalqura[:y-firstTabulated] {
		day += yearDays(year, 12)
	}
	return day + yearDays(umalqura[y-firstTabulated], m-1)
}

// yearDays is the number of days in the first n months of a year given as a
// set of its months of thirty days.
func yearDays(long uint16, n int) int {
	d := 29 * n
	for m := range n {
		d += int(long >> m & 1)
	}
	return d
}

// hijriDate is the Islamic date of a day.
func hijriDate(day int) (y, m, d int) {
	y = (day-islamicEpoch)*30/10631 + 1
	for hijriDay(y, 1) > day {
		y--
	}
	for hijriDay(y+1, 1) <= day {
		y++
	}
	for m = 1; hijriDay(y, m+1) <= day; {
		m++
	}
	return y, m, day - hijriDay(y, m) + 1
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
