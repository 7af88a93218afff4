package main

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/web"
)

// claimsConfig is what claims and new are told.
type claimsConfig struct {
	answerConfig
	disputed    bool
	kind, since string
	limit       int
}

func (c *claimsConfig) flags(fs *flag.FlagSet) {
	c.answerConfig.flags(fs)
	fs.BoolVar(&c.disputed, "disputed", false, "disputed claims only")
	fs.StringVar(&c.kind, "type", "", "claims with a dispute of this `type`: denial, reversal, figures, words-against-deeds")
	fs.StringVar(&c.since, "since", "", "spoken of on this `day` or later: 2024-10-12")
	fs.IntVar(&c.limit, "limit", archive.DefaultLimit, "`number` of claims at most")
}

// day reads a date as flags give it.
func day(flag, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return t, usagef("--%s: %q is no day: write 2024-10-12", flag, value)
	}
	return t, nil
}

// chosen looks at the flags that choose.
func (c *claimsConfig) chosen() (since time.Time, err error) {
	types := []string{"", isnad.Denial.String(), isnad.Reversal.String(), isnad.Figures.String(), isnad.WordsAgainstDeed.String()}
	switch {
	case c.limit < 1:
		return since, usagef("--limit: a number from 1 on")
	case !slices.Contains(types, c.kind):
		return since, usagef("--type: %q is none of %s", c.kind, strings.Join(types[1:], ", "))
	}
	return day("since", c.since)
}

// listClaims lists claims, those spoken of last first.
func listClaims(ctx context.Context, e *env, args []string) error {
	var c claimsConfig
	words, err := e.parse("claims", &c, args)
	if err != nil {
		return err
	}
	since, err := c.chosen()
	if err != nil {
		return err
	}
	return c.ledger(ctx, e, func(g *grouped) error {
		about, err := g.archive.Matching(ctx, strings.Join(words, " "))
		if err != nil {
			return err
		}
		account := export.NewAccount(&g.Record)
		found := c.choose(account, g.Claims, about, since)
		if c.out == "html" {
			return c.page(ctx, e, g, found)
		}
		return c.print(e, account, found)
	})
}

// page writes the claims that were found as a page.
func (c *claimsConfig) page(ctx context.Context, e *env, g *grouped, found []*isnad.Claim) error {
	shown := min(len(found), c.limit, web.MaxListed)
	c.tellMore(e, len(found)-shown)
	return g.page(ctx, e, "/claims?all=1", append([]*isnad.Claim{}, found[:shown]...))
}

// tellMore says how many claims are not shown.
func (c *claimsConfig) tellMore(e *env, more int) {
	if more > 0 {
		fmt.Fprintf(e.err, "isnad: there are %d more; --limit takes a larger number\n", more)
	}
}

// choose picks the claims that are asked for; about holds statements of which
// one has to be a member, nil for all.
func (c *claimsConfig) choose(a *export.Account, claims []isnad.Claim, about map[string]bool, since time.Time) []*isnad.Claim {
	var out []*isnad.Claim
	for i := range claims {
		x := &claims[i]
		of := func(d isnad.Dispute) bool { return c.kind == "" || d.Type.String() == c.kind }
		member := func(m isnad.Member) bool { return about[m.Statement.ID] }
		switch {
		case (c.disputed || c.kind != "") && !slices.ContainsFunc(x.Disputes, of):
		case about != nil && !slices.ContainsFunc(x.Members, member):
		case a.Last(x).Before(since):
		default:
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(x, y *isnad.Claim) int { return a.Last(y).Compare(a.Last(x)) })
	return out
}

func (c *claimsConfig) print(e *env, a *export.Account, found []*isnad.Claim) error {
	more := len(found) - c.limit
	found = found[:min(len(found), c.limit)]
	if c.json {
		for _, x := range found {
			if err := writeLine(e, a.Board(x)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := export.Claims(e.out, e.style(), a, found); err != nil {
		return err
	}
	if len(found) == 0 {
		fmt.Fprintln(e.err, "isnad: no such claim")
	}
	c.tellMore(e, more)
	return nil
}

// newly are the claims with news, each once.
func newly(news []export.News) []*isnad.Claim {
	claims := []*isnad.Claim{}
	for _, n := range news {
		if !slices.Contains(claims, n.Claim) {
			claims = append(claims, n.Claim)
		}
	}
	return claims
}

// showClaim shows who affirms a claim, who denies it, and its disputes.
func showClaim(ctx context.Context, e *env, args []string) error {
	var c traceConfig
	rest, err := e.parse("claim", &c, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("claim: needs the identifier of one claim; isnad claims lists them")
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
			return writeLine(e, account.Board(found))
		}
		return export.Board(e.out, e.style(), account, found)
	})
}

// newsConfig is what new is told.
type newsConfig struct {
	answerConfig
	since string
}

func (c *newsConfig) flags(fs *flag.FlagSet) {
	c.answerConfig.flags(fs)
	fs.StringVar(&c.since, "since", "", "what arose on this `day` or later: 2024-10-12")
}

// showNews lists the disputes that arose lately.
func showNews(ctx context.Context, e *env, args []string) error {
	var c newsConfig
	if err := e.parseAlone("new", &c, args); err != nil {
		return err
	}
	since, err := day("since", c.since)
	if err != nil {
		return err
	}
	return c.ledger(ctx, e, func(g *grouped) error {
		account := export.NewAccount(&g.Record)
		news := account.News(g.Claims, since)
		if c.out == "html" {
			return g.page(ctx, e, "/claims", newly(news))
		}
		if !c.json {
			if len(news) == 0 {
				fmt.Fprintln(e.err, "isnad: nothing new is disputed")
			}
			return export.NewsList(e.out, e.style(), account, news)
		}
		for _, n := range news {
			if err := writeLine(e, account.Dispute(n.Claim, n.Dispute)); err != nil {
				return err
			}
		}
		return nil
	})
}
