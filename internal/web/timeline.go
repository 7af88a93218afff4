package web

import (
	"time"

	"github.com/isnad/isnad"
)

// timeline is a drawing of when what was said, one row a side. Positions are in
// units of the drawing; time runs in the direction of the interface.
type timeline struct {
	Width, Height int
	Rows          []row
	Ticks         []tick
	Points        []point
	Turns         []turn
}

type row struct {
	Y           int
	Class, Name string
}

type tick struct {
	X    int
	Text string
}

// point is a statement, or several of one side at one place.
type point struct {
	X, Y    int
	Class   string
	Hollow  bool // by somebody unnamed
	Square  bool // a denial
	Label   string
	LabelY  int
	Title   string
	Passage string // where the statement stands
}

// turn joins two statements of one party that contradict each other.
type turn struct{ X1, Y1, X2, Y2, MiddleX, MiddleY int }

// Measures of the drawing.
const (
	lineWidth  = 1000
	lineMargin = 90
	rowHeight  = 70
	pointStep  = 16 // between points of one place
	maxTicks   = 7
	maxLabels  = 14 // labels of more points would cover one another
	maxPoints  = 80
)

// Left and Top are the corner of a square at the point.
func (p point) Left() int { return p.X - pointStep/2 + 1 }

// Top is the upper edge of the square.
func (p point) Top() int { return p.Y - pointStep/2 + 1 }

// timeline draws the members of a claim, or nil where fewer than two have a time.
func (r *request) timeline(b *Board) *timeline {
	var from, to time.Time
	dated := 0
	for _, m := range b.Claim.Members {
		t := b.said(m.Statement)
		if t.IsZero() {
			continue
		}
		dated++
		if from.IsZero() || t.Before(from) {
			from = t
		}
		if t.After(to) {
			to = t
		}
	}
	if dated < 2 {
		return nil
	}
	from, to = day(from), day(to).AddDate(0, 0, 1)
	d := &timeline{Width: lineWidth + 2*lineMargin}
	x := func(t time.Time) int {
		return r.across(int(int64(lineWidth)*int64(t.Sub(from)/time.Second)/int64(to.Sub(from)/time.Second)), d.Width)
	}
	rows := r.rows(b, d)
	places, turned := map[[2]int]int{}, b.turned()
	at := map[string]*point{}
	for _, m := range b.Claim.Members {
		t := b.said(m.Statement)
		if t.IsZero() || len(d.Points) >= maxPoints && !turned[m.Statement.ID] {
			continue
		}
		c := r.card(b, m)
		p := point{
			X: x(t), Y: rows[m.Polarity], Class: sideClasses[m.Polarity], Hollow: c.Unnamed, Square: m.Polarity == isnad.Denies,
			Title: c.Who + ": " + short(c.Quote, 120), Passage: passage(c.Doc, c.At),
		}
		n := places[[2]int{p.X / pointStep, p.Y}]
		places[[2]int{p.X / pointStep, p.Y}]++
		p.Y += pointStep * (n % 3)
		if n == 0 && dated <= maxLabels {
			p.Label, p.LabelY = short(c.Who, 22), p.Y-12
		}
		d.Points = append(d.Points, p)
		at[m.Statement.ID] = &p
	}
	for _, u := range b.Claim.Disputes {
		p, q := at[u.Passages[0]], at[u.Passages[1]]
		if u.Type == isnad.Reversal && p != nil && q != nil {
			d.Turns = append(d.Turns, turn{p.X, p.Y, q.X, q.Y, (p.X + q.X) / 2, (p.Y + q.Y) / 2})
		}
	}
	d.Ticks = r.ticks(from, to, x)
	return d
}

// rows places the sides that have members and gives the height of each.
func (r *request) rows(b *Board, d *timeline) [3]int {
	var y [3]int
	used := [3]bool{}
	for _, m := range b.Claim.Members {
		used[m.Polarity] = true
	}
	d.Height = 30
	for i, name := range r.sideNames() {
		if used[i] {
			y[i] = d.Height + 10
			d.Rows = append(d.Rows, row{Y: y[i], Class: sideClasses[i], Name: name})
			d.Height += rowHeight
		}
	}
	d.Height += 20
	return y
}

// ticks marks days, at most maxTicks of them.
func (r *request) ticks(from, to time.Time, x func(time.Time) int) []tick {
	days := int(to.Sub(from)/(24*time.Hour)) + 1
	step := max(1, (days+maxTicks-1)/maxTicks)
	var all []tick
	for t := from; t.Before(to); t = t.AddDate(0, 0, step) {
		all = append(all, tick{X: x(t), Text: r.Date(t)})
	}
	return all
}

// across turns a distance from where the line begins into a place.
func (r *request) across(n, width int) int {
	if r.Dir() == "rtl" {
		return width - lineMargin - n
	}
	return lineMargin + n
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// short cuts a text to at most n runes.
func short(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n-1]) + "…"
}
