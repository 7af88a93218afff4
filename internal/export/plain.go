package export

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/isnad/isnad"
)

// Style is how text for a terminal is laid out.
type Style struct {
	Color bool
	Width int // columns; 0 for 80
}

// Plain is text to be read in a terminal: for each statement the line it
// stands in, its tellers from the outermost to the first, the side and the act
// of what they say, and the passage.
func Plain(s Style) Form {
	if s.Width <= 0 {
		s.Width = 80
	}
	s.Width = min(max(s.Width, 40), 100)
	return Form{Name: "text", Between: "\n", New: func(w io.Writer) Writer {
		return &plainWriter{w: w, style: s}
	}}
}

const (
	margin = 6 // columns before a passage, for the number of its line

	bold, dim, green, red, yellow = "1", "2", "32", "31", "33"
)

type plainWriter struct {
	w     io.Writer
	style Style
	buf   strings.Builder
	sides [3]int // statements by polarity
}

func (p *plainWriter) Begin(h *Head) error {
	p.sides = [3]int{}
	p.buf.Reset()
	about := []string{h.Publisher, h.Credit}
	if h.Title != "" {
		p.lines(h.Title, 0, bold)
		about = append(about, h.ID)
	} else {
		p.lines(h.ID, 0, bold)
	}
	about = append(about, dated(&h.Document))
	p.buf.WriteString(p.paint(dim, joinShown(about, " · ")))
	p.buf.WriteString("\n")
	return p.flush()
}

func (p *plainWriter) Part(part *Part) error {
	lines := lineCounter{text: part.Text, line: part.Line}
	for i := range part.Attributions {
		a := &part.Attributions[i]
		p.sides[a.Polarity]++
		number := fmt.Sprintf("%*d", margin-2, lines.at(a.Content[0].Start))
		fmt.Fprintf(&p.buf, "\n%s  %s  %s%s\n", p.paint(dim, number), p.act(a), p.chain(part, i), p.said(part, i))
		p.lines(part.Quote(a.Content), margin, "")
	}
	return p.flush()
}

func (p *plainWriter) End() error {
	n := p.sides[isnad.Affirms] + p.sides[isnad.Denies] + p.sides[isnad.Neutral]
	switch n {
	case 0:
		p.buf.WriteString("\n" + p.paint(dim, "no statement was found") + "\n")
	default:
		fmt.Fprintf(&p.buf, "\n%s\n", p.paint(dim, fmt.Sprintf("statements: %d (%d affirm, %d deny, %d take no side)",
			n, p.sides[isnad.Affirms], p.sides[isnad.Denies], p.sides[isnad.Neutral])))
	}
	return p.flush()
}

func (p *plainWriter) flush() error {
	_, err := io.WriteString(p.w, p.buf.String())
	p.buf.Reset()
	return err
}

// chain names the tellers, one behind the other.
func (p *plainWriter) chain(part *Part, i int) string {
	names := part.Chain(i)
	for k, n := range names {
		if n == "" {
			names[k] = p.paint(dim, "(not named)")
			continue
		}
		names[k] = p.paint(bold, isolate(visible(n)))
	}
	return strings.Join(names, p.paint(dim, " ← "))
}

// act is the side, by sign and colour, and the speech act.
func (p *plainWriter) act(a *isnad.Attribution) string {
	side := [...]struct{ sign, color string }{{"+", green}, {"−", red}, {"○", yellow}}[a.Polarity]
	return p.paint(side.color, fmt.Sprintf("%s %-8s", side.sign, act(a)))
}

// said is when a statement was made, if the text tells.
func (p *plainWriter) said(part *Part, i int) string {
	t := part.When(i)
	if t < 0 {
		return ""
	}
	if when := moment(part.Times[t].Interval); when != "" {
		return p.paint(dim, " · "+when)
	}
	return ""
}

// act is the speech act, as the cue has it before its negation is counted.
func act(a *isnad.Attribution) string {
	if a.Negated {
		return "not " + a.Stance.String()
	}
	return a.Stance.String()
}

// dated is when a document was published, and by what evidence.
func dated(d *isnad.Document) string {
	at := published(d.Published)
	if at == "" || d.Dated == "" {
		return at
	}
	return fmt.Sprintf("%s (%s)", at, d.Dated)
}

// published is a time as far as it is known: midnight in UTC stands for a date
// without a time of day.
func published(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case dateOnly(t):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04 -07:00")
}

// moment is the start of an interval as far as it is known.
func moment(i isnad.Interval) string {
	if i.Start.IsZero() {
		return ""
	}
	layout := "2006-01-02 15:04"
	switch i.Precision {
	case isnad.DayPart, isnad.DayPrecision, isnad.Week:
		layout = "2006-01-02"
	case isnad.MonthPrecision, isnad.Season:
		layout = "2006-01"
	case isnad.Year, isnad.Decade, isnad.Century:
		layout = "2006"
	}
	return i.Start.Format(layout)
}

// lines writes a passage in as many lines as it needs, behind a margin.
func (p *plainWriter) lines(s string, margin int, color string) {
	s = visible(s)
	open, shut := isolates(s)
	for line := range wrap(s, p.style.Width-margin) {
		fmt.Fprintf(&p.buf, "%*s%s%s%s\n", margin, "", open, p.paint(color, line), shut)
	}
}

func (p *plainWriter) paint(color, s string) string {
	if !p.style.Color || color == "" || s == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// joinShown joins what there is to show.
func joinShown(parts []string, sep string) string {
	var shown []string
	for _, s := range parts {
		if s != "" {
			shown = append(shown, isolate(visible(s)))
		}
	}
	return strings.Join(shown, sep)
}

// lineCounter tells the line of a byte; to ask in ascending order is cheap.
type lineCounter struct {
	text       string
	seen, line int
}

func (c *lineCounter) at(i int) int {
	if i < c.seen {
		return c.line - strings.Count(c.text[i:c.seen], "\n")
	}
	c.line += strings.Count(c.text[c.seen:i], "\n")
	c.seen = i
	return c.line
}
