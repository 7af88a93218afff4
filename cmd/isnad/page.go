package main

import (
	"cmp"
	"context"
	"flag"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/web"
)

// answerConfig says about which archive a question is, and in what form it is
// answered.
type answerConfig struct {
	archiveConfig
	out string
}

func (c *answerConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	fs.StringVar(&c.out, "out", "text", "`form`: text, json (as --json), or html: a page in one file, in Arabic where LANG is")
}

// check looks at the form, which two flags may tell.
func (c *answerConfig) check() error {
	switch {
	case c.out != "text" && c.out != "json" && c.out != "html":
		return usagef("--out: %q is none of text, json, html", c.out)
	case c.json && c.out == "html":
		return usagef("--json and --out html: one form at a time")
	case c.json:
		c.out = "json"
	}
	c.json = c.out == "json"
	return nil
}

// grouped is an open archive with its claims.
type grouped struct {
	*desk.Ledger
	archive *desk.Archivist
}

// ledger opens the archive and groups what is in it.
func (c *answerConfig) ledger(ctx context.Context, e *env, work func(*grouped) error) error {
	if err := c.check(); err != nil {
		return err
	}
	book, err := newClaims()
	if err != nil {
		return err
	}
	return c.with(ctx, e, look, func(k *desk.Archivist) error {
		l, err := k.Ledger(ctx, book)
		if err != nil {
			return err
		}
		return work(&grouped{l, k})
	})
}

// page writes a page of the workspace as one file; listed are the claims that
// lists show, nil for all.
func (g *grouped) page(ctx context.Context, e *env, path string, listed []*isnad.Claim) error {
	lang := cmp.Or(e.getenv("LC_ALL"), e.getenv("LC_MESSAGES"), e.getenv("LANG"))
	return web.File(ctx, web.Config{
		Host: "isnad.invalid", Archive: g.archive, Claims: web.Gathered(g.Ledger, listed), Context: ctx, Now: time.Now,
	}, path, strings.ReplaceAll(lang, "_", "-"), e.out)
}
