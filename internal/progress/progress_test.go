package progress

import (
	"strings"
	"testing"
	"time"
)

// clock is a time that the test moves.
type clock struct{ t time.Time }

func (c *clock) now() time.Time         { return c.t }
func (c *clock) pass(d time.Duration)   { c.t = c.t.Add(d) }
func lines(b *strings.Builder) []string { return strings.Split(b.String(), "\r\x1b[K") }
func last(b *strings.Builder) string    { l := lines(b); return l[len(l)-1] }
func start() (*clock, *strings.Builder) { return &clock{time.Unix(0, 0)}, new(strings.Builder) }

func TestBarShowsShareAndTimeLeft(t *testing.T) {
	c, out := start()
	b := New(out, 4000, c.now)
	c.pass(time.Second)
	b.Item()
	b.Add(1000)
	if got, want := last(out), "[======                  ]  25%  documents: 1, 1 kB/s, 3s left"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	b.Clear()
	if got := last(out); got != "" {
		t.Errorf("after Clear the line holds %q", got)
	}
}

func TestBarOfUnknownSize(t *testing.T) {
	c, out := start()
	b := New(out, -1, c.now)
	c.pass(2 * time.Second)
	b.Item()
	b.Add(5_000_000)
	if got, want := last(out), "documents: 1, 5 MB, 2.5 MB/s"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestShortWorkShowsNothing(t *testing.T) {
	c, out := start()
	b := New(out, 10, c.now)
	for range 10 {
		c.pass(40 * time.Millisecond)
		b.Add(1)
	}
	b.Clear()
	if out.Len() > 0 {
		t.Errorf("drew %q within %v", out, patience)
	}
}

func TestBarDrawsSeldom(t *testing.T) {
	c, out := start()
	b := New(out, 1000, c.now)
	for range 1000 {
		c.pass(time.Millisecond)
		b.Add(1)
	}
	if n := len(lines(out)) - 1; n < 4 || n > 6 {
		t.Errorf("drew %d times in a second, want about 5", n)
	}
}

func TestNoBar(t *testing.T) {
	var b *Bar
	b.Item()
	b.Add(1)
	b.Clear()
}
