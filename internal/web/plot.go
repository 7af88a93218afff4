package web

import (
	"math"

	"github.com/isnad/isnad"
)

// plot is a drawing of the figures of a dispute: a row for each source that
// gives one, in the order of time, on one scale from nought. Positions are in
// units of the drawing; the scale runs in the direction of the interface.
type plot struct {
	Width, Height int
	Rows          []amountRow
	Ticks         []tick
	More          int // rows that there is no room for
}

// amountRow is a figure: who gives it, when, and the values that it allows.
type amountRow struct {
	Y         int
	Who, Date string
	Words     string
	From, To  int  // ends of the range; the same for one value
	Open      bool // it has no upper end
	Passage   string
}

// Measures of the drawing.
const (
	plotWidth = 700
	plotNames = 330 // room for who and when
	plotRow   = 44
	plotHead  = 26
	plotEnd   = 60 // room behind the scale
	maxRows   = 20

	plotRoom = 1.05 // of the scale, so that what is open at its end is seen to be
)

// plot draws amounts, or nothing where fewer than two sources give one.
func (r *request) plot(cards map[string]*card, amounts []isnad.Amount) *plot {
	all := stated(cards, amounts)
	if len(all) < 2 {
		return nil
	}
	d := &plot{Width: plotNames + plotWidth + plotEnd, More: max(0, len(all)-maxRows)}
	all = all[:len(all)-d.More]
	top := 0.0
	for _, g := range all {
		top = max(top, g.Low)
		if !math.IsInf(g.High, 1) {
			top = max(top, g.High)
		}
	}
	step := nice(top)
	top = step * math.Ceil(max(plotRoom*top, step)/step)
	x := func(v float64) int { return r.along(plotNames+int(plotWidth*min(v, top)/top), d.Width) }
	for i, g := range all {
		row := amountRow{
			Y: plotHead + plotRow*i + plotRow/2, Who: short(g.Who, 30), Words: g.Words, From: x(g.Low), To: x(g.High), Open: math.IsInf(g.High, 1),
			Passage: passage(g.Doc, g.At),
		}
		if !g.Said.IsZero() {
			row.Date = r.Date(g.Said)
		}
		d.Rows = append(d.Rows, row)
	}
	for v := 0.0; v <= top; v += step {
		d.Ticks = append(d.Ticks, tick{X: x(v), Text: r.Num(int(v))})
	}
	d.Height = plotHead + plotRow*len(d.Rows) + plotHead
	return d
}

// givenBy is an amount with the statement that gives it.
type givenBy struct {
	isnad.Amount
	*card
}

// stated finds who gives the amounts; what a source says again is left out.
func stated(cards map[string]*card, amounts []isnad.Amount) []givenBy {
	type once struct {
		who       string
		low, high float64
	}
	seen := map[once]bool{}
	var out []givenBy
	for _, a := range amounts {
		c := cards[a.Statement]
		if c == nil {
			continue
		}
		if k := (once{c.Who, a.Low, a.High}); !seen[k] {
			seen[k] = true
			out = append(out, givenBy{a, c})
		}
	}
	return out
}

// along turns a distance from where the interface begins into a place.
func (r *request) along(n, width int) int {
	if r.Dir() == "rtl" {
		return width - n
	}
	return n
}

// nice is the step of a scale up to top: one, two or five of a power of ten,
// so that there are three to ten steps.
func nice(top float64) float64 {
	step := math.Pow(10, math.Floor(math.Log10(max(top, 1))))
	for _, part := range []float64{5, 2, 1} {
		if top/step >= 3 {
			break
		}
		step = math.Pow(10, math.Floor(math.Log10(max(top, 1)))) * part / 10
	}
	return max(step, 1)
}
