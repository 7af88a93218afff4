package main

import (
	"context"
	"encoding/json"
	"flag"

	"github.com/isnad/isnad/internal/export"
)

// traceConfig is what trace is told.
type traceConfig struct{ answerConfig }

func (c *traceConfig) flags(fs *flag.FlagSet) { c.answerConfig.flags(fs) }

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
	return c.ledger(ctx, e, func(g *grouped) error {
		found, err := g.Claim(rest[0])
		if err != nil {
			return err
		}
		account := export.NewAccount(&g.Record)
		switch c.out {
		case "html":
			return g.page(ctx, e, "/claim/"+found.ID, nil)
		case "json":
			return writeLine(e, account.Trace(found))
		}
		return export.Trace(e.out, e.style(), account, found)
	})
}

// writeLine writes a value as a line of JSON.
func writeLine(e *env, v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
