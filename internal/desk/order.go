package desk

import (
	"context"
	"iter"

	"golang.org/x/sync/semaphore"
)

// line is work done in parallel and handed on in the order it came in.
type line[T, R any] struct {
	workers int
	items   int64 // that may be under way, or wait for an earlier one
	weight  int64 // of these together; a single one may be heavier
	// weigh tells the weight of a value, such as its number of bytes.
	weigh func(T) int64
	// worker makes the function of one worker.
	worker func() func(T) R
}

// run works on all values. The channel is closed behind the last result, or
// when ctx ends. The goroutine that takes the values is not waited for: it may
// be waiting for standard input.
func (l *line[T, R]) run(ctx context.Context, in iter.Seq[T]) <-chan R {
	type task struct {
		value  T
		weight int64
		result R
		done   chan struct{}
	}
	out, jobs, order := make(chan R), make(chan *task), make(chan *task, l.items)
	room := semaphore.NewWeighted(l.weight)
	go func() {
		defer close(jobs)
		defer close(order)
		for v := range in {
			t := &task{value: v, weight: min(l.weigh(v), l.weight), done: make(chan struct{})}
			if room.Acquire(ctx, t.weight) != nil {
				return
			}
			for _, to := range []chan<- *task{order, jobs} {
				select {
				case to <- t:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	for range l.workers {
		go func() {
			work := l.worker()
			for t := range jobs {
				t.result = work(t.value)
				close(t.done)
			}
		}()
	}
	go func() {
		defer close(out)
		for t := range order {
			select {
			case <-t.done:
			case <-ctx.Done():
				return
			}
			select {
			case out <- t.result:
				room.Release(t.weight)
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
