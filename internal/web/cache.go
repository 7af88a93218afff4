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
