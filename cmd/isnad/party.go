package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os/user"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/text"
)

// partyConfig is what party is told.
type partyConfig struct {
	answerConfig
	by, note string
}

func (c *partyConfig) flags(fs *flag.FlagSet) {
	c.answerConfig.flags(fs)
	fs.StringVar(&c.by, "by", "", "`name` of who decides (default: your user name)")
	fs.StringVar(&c.note, "note", "", "`reason` for the decision")
}

// party tells what is known of a party, lists the parties of the archive, or
// takes down what a person decides about them.
func party(ctx context.Context, e *env, args []string) error {
	var c partyConfig
	rest, err := e.parse("party", &c, args)
	if err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return err
	}
	verb := "list"
	if len(rest) > 0 {
		verb, rest = rest[0], rest[1:]
	}
	want := map[string]int{"alias": 2, "merge": 2, "split": 2, "undo": 1}
	switch n, decides := want[verb]; {
	case c.out == "html" && (decides || verb == "list"):
		return usagef("party: --out html is for one party: isnad party --out html NAME")
	case verb == "list":
		return c.with(ctx, e, look, func(k *desk.Archivist) error { return c.list(ctx, e, k, strings.Join(rest, " ")) })
	case !decides:
		return c.show(ctx, e, append([]string{verb}, rest...))
	case len(rest) != n:
		return usagef("party %s: needs %d names or numbers, has %d; put names in quotation marks", verb, n, len(rest))
	}
	return c.with(ctx, e, change, func(k *desk.Archivist) error { return c.decide(ctx, e, k, verb, rest) })
}

func (c *partyConfig) decide(ctx context.Context, e *env, k *desk.Archivist, verb string, args []string) error {
	d := isnad.Decision{By: c.by, Note: c.note, Verb: isnad.SameParty}
	if d.By == "" {
		if u, err := user.Current(); err == nil {
			d.By = cmp.Or(u.Name, u.Username)
		}
	}
	for _, a := range args {
		d.On = append(d.On, isnad.Anchor{Quote: a})
	}
	switch verb {
	case "split":
		d.Verb = isnad.OtherParty
	case "undo":
		d.Verb, d.On = isnad.Undo, []isnad.Anchor{{ID: args[0]}}
	}
	known := args
	if verb == "alias" {
		known = args[1:]
	}
	if verb != "undo" {
		if err := k.KnowNames(ctx, known...); err != nil {
			return err
		}
	}
	n, err := k.Decide(ctx, d)
	if err != nil {
		return err
	}
	if c.json {
		return json.NewEncoder(e.out).Encode(map[string]int64{"decision": n})
	}
	_, err = fmt.Fprintf(e.out, "decision %d; isnad party undo %d takes it back\n", n, n)
	return err
}

// show tells what is known of a party.
func (c *partyConfig) show(ctx context.Context, e *env, words []string) error {
	return c.ledger(ctx, e, func(g *grouped) error {
		who, err := g.Party(strings.Join(words, " "))
		if err != nil {
			return err
		}
		account := export.NewAccount(&g.Record)
		standing := account.Standing(who.ID, g.Claims, g.Speakers)
		switch c.out {
		case "html":
			return g.page(ctx, e, "/party/"+who.ID, nil)
		case "json":
			return writeLine(e, standing.JSON(account))
		}
		return export.Party(e.out, e.style(), account, &standing)
	})
}

// list prints the parties that have a word in one of their names.
func (c *partyConfig) list(ctx context.Context, e *env, k *desk.Archivist, word string) error {
	roster, err := k.Roster(ctx)
	if err != nil {
		return err
	}
	var list []isnad.Identity
	word = text.Fold(word).Text
	for _, id := range roster.Identities() {
		if slices.ContainsFunc(append(id.Names, id.Name), func(n string) bool { return strings.Contains(text.Fold(n).Text, word) }) {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(a, b isnad.Identity) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	for _, id := range list {
		if c.json {
			err = enc.Encode(map[string]any{"id": id.ID, "name": id.Name, "kind": id.Kind, "names": id.Names})
		} else {
			_, err = fmt.Fprintf(e.out, "%s  %-12s  %s\n", id.ID, id.Kind, fault.Name(strings.Join(append([]string{id.Name}, id.Names...), " = ")))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
