package main

import (
	"context"
	"encoding/json"
	"flag"
	"strings"

	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
)

// traceConfig is what trace is told.
type traceConfig struct{ archiveConfig }

func (c *traceConfig) flags(fs *flag.FlagSet) { c.archiveConfig.flags(fs) }

// trace shows what a claim rests on, down to each first source.
func trace(ctx context.Context, e *env, args []string) error {
	var c traceConfig
	rest, err := e.parse("trace", &c, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("trace: needs the identifier of one claim; isnad claims lists them")
	}
	return c.ledger(ctx, e, func(_ *claim.Book, l *desk.Ledger) error {
		found, err := l.Claim(rest[0])
		if err != nil {
			return err
		}
		account := export.NewAccount(&l.Record)
		if c.json {
			return writeLine(e, account.Trace(found))
		}
		return export.Trace(e.out, e.style(), account, found)
	})
}

// ledger opens the archive and groups what is in it.
func (c *archiveConfig) ledger(ctx context.Context, e *env, work func(*claim.Book, *desk.Ledger) error) error {
	book, err := newClaims()
	if err != nil {
		return err
	}
	return c.with(ctx, e, look, func(k *desk.Archivist) error {
		l, err := k.Ledger(ctx, book)
		if err != nil {
			return err
		}
		return work(book, l)
	})
}

// writeLine writes a value as a line of JSON.
func writeLine(e *env, v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// show tells what is known of a party.
func (c *partyConfig) show(ctx context.Context, e *env, words []string) error {
	return c.ledger(ctx, e, func(book *claim.Book, l *desk.Ledger) error {
		who, err := l.Party(strings.Join(words, " "))
		if err != nil {
			return err
		}
		account := export.NewAccount(&l.Record)
		standing := account.Standing(who.ID, l.Claims, book.Speakers(&l.Record))
		if c.json {
			return writeLine(e, standing.JSON(account))
		}
		return export.Party(e.out, e.style(), account, &standing)
	})
}
