// Package progress shows on a terminal how far long work has come.
//
// One line of text is all that is needed here, so this is written out rather
// than taken from a library, of which the usual ones start goroutines and
// bring three or four modules of their own.
package progress

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Bar is a line that is drawn over itself. A nil one draws nothing. It
// is not for several goroutines at once.
type Bar struct {
	w       io.Writer
	total   int64 // bytes; negative where unknown
	now     func() time.Time
	start   time.Time
	drawn   time.Time
	done    int64
	items   int
	counts  string
	visible bool
}

// Timing: short work shows no bar, and drawing costs nothing that is noticed.
const (
	patience = 500 * time.Millisecond
	interval = 100 * time.Millisecond
)

// New makes a bar for work on that many bytes, or an unknown number where
// total is negative.
func New(w io.Writer, total int64, now func() time.Time) *Bar {
	return &Bar{w: w, total: total, now: now, start: now()}
}

// Item counts a document as done.
func (b *Bar) Item() {
	if b != nil {
		b.items++
	}
}

// Counts says what to show in place of the number of documents.
func (b *Bar) Counts(text string) {
	if b != nil {
		b.counts = text
	}
}

// told is what the bar says of the items.
func (b *Bar) told() string {
	if b.counts != "" {
		return b.counts
	}
	return fmt.Sprintf("documents: %d", b.items)
}

// Add counts bytes as done.
func (b *Bar) Add(bytes int64) {
	if b == nil {
		return
	}
	b.done += bytes
	if t := b.now(); t.Sub(b.start) >= patience && t.Sub(b.drawn) >= interval {
		b.drawn = t
		b.draw(t)
	}
}

// Clear takes the line away, before something else is printed and at the end.
func (b *Bar) Clear() {
	if b != nil && b.visible {
		fmt.Fprint(b.w, "\r\x1b[K")
		b.visible = false
	}
}

const width = 24

func (b *Bar) draw(t time.Time) {
	b.visible = true
	speed := float64(b.done) / t.Sub(b.start).Seconds()
	if b.total <= 0 {
		fmt.Fprintf(b.w, "\r\x1b[K%s, %s, %s/s", b.told(), size(float64(b.done)), size(speed))
		return
	}
	share := min(float64(b.done)/float64(b.total), 1)
	full := int(share * width)
	left := ""
	if speed > 0 {
		left = ", " + time.Duration(float64(b.total-b.done)/speed*float64(time.Second)).Round(time.Second).String() + " left"
	}
	fmt.Fprintf(b.w, "\r\x1b[K[%s%s] %3.0f%%  %s, %s/s%s",
		strings.Repeat("=", full), strings.Repeat(" ", width-full), 100*share, b.told(), size(speed), left)
}

func size(bytes float64) string {
	for _, u := range []string{"B", "kB", "MB"} {
		if bytes < 1000 {
			return fmt.Sprintf("%.3g %s", bytes, u)
		}
		bytes /= 1000
	}
	return fmt.Sprintf("%.3g GB", bytes)
}
