package desk

import (
	"context"
	"sync"
	"time"
)

// Patrol is how what is watched is visited.
type Patrol struct {
	Fetcher Fetcher
	Once    bool          // end when nothing is due any more
	All     bool          // do not wait until it is due; each is visited once
	Workers int           // visits at a time; default 4
	Report  func(Visit)   // called for each visit, one after the other
	Least   time.Duration // shortest wait between two looks at what is due; default 1 s
}

// longestWait is how long a patrol sleeps before it looks at what others may have
// begun to watch meanwhile.
const longestWait = time.Minute

// Patrol visits what is due, files what it captures, and waits for more, until
// ctx ends.
func (k *Archivist) Patrol(ctx context.Context, p Patrol) error {
	if p.Workers == 0 {
		p.Workers = 4
	}
	if p.Least == 0 {
		p.Least = time.Second
	}
	if err := k.Sync(ctx, func(Progress) {}); err != nil { // what a run that was cut off left
		return err
	}
	seen := make(map[string]bool) // in this run, where each is visited once
	for {
		due, wait, err := k.due(ctx, &p, seen)
		if err != nil {
			return err
		}
		if len(due) > 0 {
			if err := k.visit(ctx, &p, due); err != nil {
				return err
			}
			continue
		}
		if p.Once {
			return nil
		}
		timer := time.NewTimer(max(min(wait, longestWait), p.Least))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		}
	}
}

// due is what is to be visited now, and else how long to wait.
func (k *Archivist) due(ctx context.Context, p *Patrol, seen map[string]bool) (due []Watched, wait time.Duration, err error) {
	list, err := k.Watching(ctx)
	wait = longestWait
	now := k.now()
	for _, w := range list {
		switch {
		case w.Rests:
		case (p.Once || p.All) && seen[w.URL]:
		case p.All, !w.Next.After(now):
			seen[w.URL] = true
			due = append(due, w)
		default:
			wait = min(wait, w.Next.Sub(now))
		}
	}
	return due, wait, err
}

// visit makes a round of visits and files what they found.
func (k *Archivist) visit(ctx context.Context, p *Patrol, due []Watched) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan Watched)
	var mu sync.Mutex // guards found and Report
	found := false
	var working sync.WaitGroup
	for range min(p.Workers, len(due)) {
		working.Go(func() {
			for w := range next {
				v, err := k.Visit(ctx, p.Fetcher, w)
				if err != nil {
					cancel(err)
					return
				}
				mu.Lock()
				found = found || v.Capture >= 0 || v.Change >= 0
				p.Report(v)
				mu.Unlock()
			}
		})
	}
	for _, w := range due {
		select {
		case next <- w:
		case <-ctx.Done():
		}
	}
	close(next)
	working.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if !found {
		return nil
	}
	return k.Sync(ctx, func(Progress) {})
}
