package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/web"
)

// serveConfig is what serve is told.
type serveConfig struct {
	listen string
	noOpen bool
}

func (c *serveConfig) flags(fs *flag.FlagSet) {
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
	d, err := newDesk("auto")
	if err != nil {
		return errors.Join(err, l.Close())
	}
	host := l.Addr().String()
	handler, err := web.New(web.Config{Host: host, Reader: d, Now: time.Now})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	fmt.Fprintf(e.out, "The workspace is at http://%s/\nCtrl-C ends it.\n", host)
	if !c.noOpen && e.outTTY {
		e.open("http://" + host + "/")
	}
	return serveUntil(ctx, l, handler)
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
