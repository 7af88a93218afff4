package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/feed"
	"github.com/isnad/isnad/internal/capture/fetch"
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
// input that begins with an address is a list of them, one a line.
func addresses(e *env, paths []string) (pages iter.Seq2[string, error], rest []string) {
	var lists []iter.Seq2[string, error]
	for _, p := range paths {
		switch {
		case fetch.IsAddress(p):
			lists = append(lists, func(yield func(string, error) bool) { yield(p, nil) })
		case p == "-" && !e.inTTY && isList(e):
			lists = append(lists, lines(e.in))
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

// pageSources gives a source for each address.
func pageSources(ctx context.Context, f *fetch.Fetcher, pages iter.Seq2[string, error]) iter.Seq[capture.Source] {
	return func(yield func(capture.Source) bool) {
		for p, err := range pages {
			s := capture.Source{Input: p, Load: func() (*capture.Capture, error) {
				if err != nil {
					return nil, err
				}
				page, err := f.Fetch(ctx, p, fetch.Known{})
				if err != nil {
					return nil, err
				}
				if feed.KindOf(page.Capture.Body) != feed.None {
					return nil, &fault.Error{
						Kind: fault.Invalid, Input: p, Err: errors.New("a list of pages, and none itself"),
						Hint: "isnad watch add takes it, and isnad watch run --once preserves the pages",
					}
				}
				return page.Capture, nil
			}}
			if !yield(s) {
				return
			}
		}
	}
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
