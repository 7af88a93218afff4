package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"net"
	"net/http"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/web"
)

// serveConfig is what serve is told.
type serveConfig struct {
	archiveConfig
	netConfig
	listen        string
	noOpen, watch bool
}

func (c *serveConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	c.netConfig.flags(fs)
	fs.BoolVar(&c.watch, "watch", false, "visit what is watched while the workspace is open")
	fs.StringVar(&c.listen, "listen", "127.0.0.1:8420", "`address` to listen on; port 0 takes a free one")
	fs.BoolVar(&c.noOpen, "no-open", false, "do not open a browser")
}

// Limits on what a client may take its time for; an upload has a minute.
const (
	headerTime = 10 * time.Second
	bodyTime   = time.Minute
	idleTime   = 2 * time.Minute
	closeTime  = 5 * time.Second
	maxHeader  = 32 << 10
)

func serve(ctx context.Context, e *env, args []string) error {
	var c serveConfig
	rest, err := e.parse("serve", &c, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("serve takes no arguments, got %q", rest[0])
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", c.listen)
	if err != nil {
		return &fault.Error{Kind: fault.Unavailable, Input: c.listen, Err: err, Hint: "choose another address with --listen"}
	}
	return errors.Join(c.with(ctx, e, begin, func(k *desk.Archivist) error {
		return c.serve(ctx, e, l, k)
	}), closed(l))
}

// serve serves the pages of an archive.
func (c *serveConfig) serve(ctx context.Context, e *env, l net.Listener, k *desk.Archivist) error {
	d, err := newDesk("auto")
	if err != nil {
		return err
	}
	book, err := newClaims()
	if err != nil {
		return err
	}
	fetcher := c.fetcher()
	host := l.Addr().String()
	handler, err := web.New(web.Config{
		Host: host, Reader: d, Archive: k, Claims: web.NewClaims(ctx, k, book), Context: ctx, Now: time.Now,
		Fetch: func(links []string) iter.Seq[capture.Source] { return followed(ctx, fetcher, given(links)) },
	})
	if err != nil {
		return err
	}
	address := "http://" + host + "/"
	if c.json {
		err = json.NewEncoder(e.out).Encode(map[string]string{"address": address})
	} else {
		_, err = fmt.Fprintf(e.out, "The workspace is at %s\nCtrl-C ends it.\n", address)
	}
	if err != nil {
		return err
	}
	if !c.noOpen && e.outTTY {
		e.open(address)
	}
	patrol := make(chan error, 1)
	if c.watch {
		go func() { patrol <- k.Patrol(ctx, desk.Patrol{Fetcher: fetcher, Report: func(desk.Visit) {}}) }()
	} else {
		patrol <- nil
	}
	err = serveUntil(ctx, l, handler)
	if watched := <-patrol; !errors.Is(watched, context.Canceled) {
		err = errors.Join(err, watched)
	}
	return err
}

// closed closes a listener that may be closed already.
func closed(l net.Listener) error {
	if err := l.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// serveUntil serves until ctx ends, and lets answers under way finish.
func serveUntil(ctx context.Context, l net.Listener, h http.Handler) error {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: bodyTime, WriteTimeout: bodyTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
	}
	stop := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		if s.Shutdown(end) != nil {
			_ = s.Close()
		}
	})
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
