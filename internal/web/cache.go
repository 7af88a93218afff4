package web

import (
	"context"
	"sync"
	"time"

	"github.com/isnad/isnad/internal/desk"
)

// freshFor is how long something that is made from the whole archive is shown
// while others add to it.
const freshFor = 2 * time.Second

// cached keeps what is made from the whole archive until that has changed. It
// may be used by several goroutines; they wait for one that makes it.
type cached[T any] struct {
	mu      sync.Mutex
	value   T
	made    time.Time // zero where there is nothing
	version int64
}

// get gives the value for a version of the archive, or one that is still fresh.
func (c *cached[T]) get(now time.Time, version int64, make func() (T, error)) (T, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.made.IsZero() && (c.version == version || now.Sub(c.made) < freshFor) {
		return c.value, nil
	}
	v, err := make()
	if err == nil {
		c.value, c.made, c.version = v, now, version
	}
	return v, err
}

// forget makes the next get make its value anew.
func (c *cached[T]) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made = time.Time{}
}

// glance is how long a look at the state of the archive counts.
const glance = 200 * time.Millisecond

// version numbers the state of the archive that pages are made of.
func (s *site) version(ctx context.Context) (int64, error) {
	return s.looked.get(s.Now(), glance, func() (int64, error) { return s.Archive.Size(ctx) })
}

// glanced keeps a number for a while.
type glanced struct {
	mu sync.Mutex
	n  int64
	at time.Time
}

func (g *glanced) get(now time.Time, lasts time.Duration, look func() (int64, error)) (int64, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.at.IsZero() && now.Sub(g.at) < lasts {
		return g.n, nil
	}
	n, err := look()
	if err == nil {
		g.n, g.at = n, now
	}
	return n, err
}

func (g *glanced) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.at = time.Time{}
}

// Bounds of the pages that are kept.
const (
	maxRendered      = 200
	maxRenderedBytes = 16 << 20
)

// rendered keeps pages of one version of the archive.
type rendered struct {
	mu      sync.Mutex
	version int64
	pages   map[string][]byte
	bytes   int
}

// get gives a page, or makes it; one that is not to be kept is made each time.
func (c *rendered) get(key string, version int64, make func() (page []byte, keep bool, err error)) ([]byte, error) {
	c.mu.Lock()
	page, ok := c.pages[key]
	ok = ok && c.version == version
	c.mu.Unlock()
	if ok {
		return page, nil
	}
	page, keep, err := make()
	if err != nil || !keep {
		return page, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pages == nil || c.version != version || len(c.pages) == maxRendered || c.bytes+len(page) > maxRenderedBytes {
		c.pages, c.bytes, c.version = map[string][]byte{}, 0, version
	}
	c.pages[key], c.bytes = page, c.bytes+len(page)
	return page, nil
}

// changed forgets what was made before a change of one's own.
func (s *site) changed() {
	s.roster.forget()
	s.stats.forget()
	s.looked.forget()
}

// names are the parties of the archive.
func (s *site) names(ctx context.Context) (*desk.Roster, error) {
	version, err := s.Archive.Filed(ctx)
	if err != nil {
		return nil, err
	}
	return s.roster.get(s.Now(), version, func() (*desk.Roster, error) { return s.Archive.Roster(ctx) })
}

// counts are the counts of the archive.
func (s *site) counts(ctx context.Context) (desk.Stats, error) {
	version, err := s.Archive.Size(ctx)
	if err != nil {
		return desk.Stats{}, err
	}
	return s.stats.get(s.Now(), version, func() (desk.Stats, error) { return s.Archive.Stats(ctx) })
}
