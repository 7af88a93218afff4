package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
)

// netConfig is how pages are fetched.
type netConfig struct {
	allowPrivate, ignoreRobots bool
	pause, timeout             time.Duration
}

func (c *netConfig) flags(fs *flag.FlagSet) {
	fs.BoolVar(&c.allowPrivate, "allow-private", false, "fetch from this machine and its own network too")
	fs.BoolVar(&c.ignoreRobots, "ignore-robots", false, "fetch what robots.txt asks not to be fetched")
	fs.DurationVar(&c.pause, "pause", time.Second, "least `time` between two requests to a host")
	fs.DurationVar(&c.timeout, "timeout", 30*time.Second, "longest `time` of a request")
}

func (c *netConfig) fetcher() *fetch.Fetcher {
	return fetch.New(fetch.Config{AllowPrivate: c.allowPrivate, IgnoreRobots: c.ignoreRobots, Pause: c.pause, Timeout: c.timeout})
}

// addresses splits what is to be added into addresses and the rest. Standard
// input that begins with an address is a list of them, one a line; of a file
// that is a list of feeds, what it names is added. In folders such files are
// left out: who adds a folder does not ask for the network.
func addresses(e *env, paths []string) (pages iter.Seq2[string, error], rest []string) {
	var lists []iter.Seq2[string, error]
	for _, p := range paths {
		switch {
		case fetch.IsAddress(p):
			lists = append(lists, func(yield func(string, error) bool) { yield(p, nil) })
		case p == "-" && !e.inTTY && isList(e):
			lists = append(lists, lines(e.in))
		case strings.EqualFold(filepath.Ext(p), ".opml"):
			lists = append(lists, subscribed(e, p))
		default:
			rest = append(rest, p)
		}
	}
	return func(yield func(string, error) bool) {
		for _, l := range lists {
			for p, err := range l {
				if !yield(p, err) {
					return
				}
			}
		}
	}, rest
}

// subscribed gives what a file with a list of feeds names.
func subscribed(e *env, name string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		urls, err := subscriptions(e, name)
		if err != nil {
			yield(name, err)
			return
		}
		for _, u := range urls {
			if !yield(u, nil) {
				return
			}
		}
	}
}

// isList looks at the beginning of standard input without taking it.
func isList(e *env) bool {
	in := bufio.NewReader(e.in)
	e.in = in
	head, _ := in.Peek(len("https://")) // what is shorter is no address
	return fetch.IsAddress(string(head))
}

// lines gives the lines of a list, without empty ones and remarks.
func lines(in io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s := bufio.NewScanner(in)
		for s.Scan() {
			line := strings.TrimSpace(s.Text())
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line, nil) {
				return
			}
		}
		if err := s.Err(); err != nil {
			yield("-", &fault.Error{Kind: fault.Invalid, Input: "-", Err: fmt.Errorf("list of addresses: %w", err), Hint: "write one address a line"})
		}
	}
}

// given gives addresses that are in memory.
func given(links []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, l := range links {
			if !yield(l, nil) {
				return
			}
		}
	}
}

// maxFollowed bounds the pages that lists name and one run of add fetches, and
// maxListDepth the lists in lists: of feeds the feeds, of those the pages.
const (
	maxFollowed  = 100_000
	maxListDepth = 4
)

// following fetches pages, and those that lists among them name.
type following struct {
	ctx     context.Context
	fetcher *fetch.Fetcher
	loads   sync.WaitGroup // that were given and are not through

	mu    sync.Mutex
	seen  map[string]bool
	named []string // addresses that are still to be fetched
}

// followed gives a source for each address, and for each that lists among them
// name, when all before are loaded.
func followed(ctx context.Context, fetcher *fetch.Fetcher, pages iter.Seq2[string, error]) iter.Seq[capture.Source] {
	f := &following{ctx: ctx, fetcher: fetcher, seen: make(map[string]bool)}
	return func(yield func(capture.Source) bool) {
		for depth := 0; pages != nil; depth++ {
			for p, err := range pages {
				if !yield(f.source(p, err, depth)) {
					return
				}
			}
			pages = f.next()
		}
	}
}

func (f *following) source(address string, err error, depth int) capture.Source {
	f.loads.Add(1)
	return capture.Source{Input: address, Load: func() (*capture.Capture, error) {
		defer f.loads.Done()
		if err != nil {
			return nil, err
		}
		return f.load(address, depth)
	}}
}

// load fetches a page. A list is left out in favour of what it names.
func (f *following) load(address string, depth int) (*capture.Capture, error) {
	page, err := f.fetcher.Fetch(f.ctx, address, fetch.Known{})
	if err != nil {
		return nil, err
	}
	list, err := desk.ListingOf(page.Capture)
	if err != nil || list == nil {
		return page.Capture, err
	}
	fail := func(problem, hint string) (*capture.Capture, error) {
		return nil, &fault.Error{Kind: fault.Invalid, Input: address, Err: errors.New(problem), Hint: hint}
	}
	switch {
	case len(list.Pages) == 0:
		return fail(list.What+" that names no page", "its entries are kept where it is saved and added as a file")
	case depth == maxListDepth:
		return fail(fmt.Sprintf("%s in %d others", list.What, depth), "add it by itself")
	}
	n := f.follow(list.Pages)
	what := fmt.Sprintf("%s itself, in favour of the %d pages that it names", list.What, n)
	if n < len(list.Pages) {
		what += fmt.Sprintf(" (%d more are named by others too, or are too many)", len(list.Pages)-n)
	}
	if list.Damage != nil {
		what += fmt.Sprintf("; behind these it is damaged: %v", list.Damage)
	}
	return nil, &capture.Skipped{Input: address, What: what}
}

// follow notes addresses to be fetched, and says how many are new.
func (f *following) follow(addresses []string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range addresses {
		if !f.seen[a] && len(f.seen) < maxFollowed {
			f.seen[a] = true
			f.named = append(f.named, a)
			n++
		}
	}
	return n
}

// next waits for what was given, and takes the addresses that lists among it
// name; nil where there are none.
func (f *following) next() iter.Seq2[string, error] {
	through := make(chan struct{})
	go func() { f.loads.Wait(); close(through) }()
	select {
	case <-through:
	case <-f.ctx.Done():
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.named) == 0 {
		return nil
	}
	named := f.named
	f.named = nil
	return given(named)
}

// both gives one sequence after the other.
func both[T any](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range a {
			if !yield(v) {
				return
			}
		}
		b(yield)
	}
}
