package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/text"
)

// searchConfig is what search is told.
type searchConfig struct {
	archiveConfig
	rank, documents bool
	limit           int
}

func (c *searchConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	fs.BoolVar(&c.rank, "rank", false, "the most relevant first, not the newest")
	fs.BoolVar(&c.documents, "documents", false, "look into what documents say in their own voice, not into statements")
	fs.IntVar(&c.limit, "limit", archive.DefaultLimit, "`number` of hits at most")
}

func search(ctx context.Context, e *env, args []string) error {
	var c searchConfig
	words, err := e.parse("search", &c, args)
	if err != nil {
		return err
	}
	if c.limit < 1 || c.limit > archive.MaxLimit {
		return usagef("--limit: a number from 1 to %d", archive.MaxLimit)
	}
	return c.with(ctx, e, look, func(k *desk.Archivist) error {
		found, err := k.Search(ctx, desk.Question{Query: strings.Join(words, " "), Documents: c.documents, Rank: c.rank, Limit: c.limit})
		if err != nil {
			return err
		}
		if c.json {
			return writeHits(ctx, e.out, k, found.Hits)
		}
		if err := export.Hits(e.out, e.style(), found.Hits); err != nil {
			return err
		}
		switch {
		case len(found.Hits) == 0:
			fmt.Fprintln(e.err, "isnad: nothing found")
		case found.Next != 0:
			fmt.Fprintf(e.err, "isnad: there is more than %d; --limit takes up to %d\n", c.limit, archive.MaxLimit)
		case found.Bounded:
			fmt.Fprintf(e.err, "isnad: the best of the newest %d that match\n", archive.RankedAmong)
		}
		return nil
	})
}

// hitLine is a hit as a line of JSON. Spans count bytes of the passage.
type hitLine struct {
	Doc       string     `json:"doc"`
	Capture   int64      `json:"capture"`
	Title     string     `json:"title,omitempty"`
	Publisher string     `json:"publisher,omitempty"`
	URL       string     `json:"url,omitempty"`
	Published *time.Time `json:"published,omitempty"`
	Captured  time.Time  `json:"captured"`
	Statement *saidLine  `json:"statement,omitempty"`
	At        int        `json:"at"` // byte of the text where the passage begins
	Passage   string     `json:"passage"`
	Marks     [][2]int   `json:"marks"`
	Score     float64    `json:"score,omitempty"`
}

type saidLine struct {
	ID       string     `json:"id"`
	Party    string     `json:"party,omitempty"`
	Name     string     `json:"name,omitempty"` // of the party
	Names    []string   `json:"names,omitempty"`
	Stance   string     `json:"stance"`
	Polarity string     `json:"polarity"`
	Said     *time.Time `json:"said,omitempty"`
	Content  [][2]int   `json:"content"`
}

func writeHits(ctx context.Context, w io.Writer, k *desk.Archivist, hits []archive.Hit) error {
	roster, err := k.Roster(ctx)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range hits {
		h := &hits[i]
		line := hitLine{
			Doc: h.Doc.ID, Capture: h.Doc.Capture, Title: h.Doc.Title, Publisher: h.Doc.Publisher, URL: h.Doc.URL,
			Published: known(h.Doc.Published), Captured: h.Doc.Captured, At: h.At, Passage: h.Passage, Marks: pairs(h.Marks, 0), Score: h.Score,
		}
		if h.Statement != nil {
			s := roster.Statement(h.Doc.ID, h.Statement, "")
			id, _ := roster.Identity(s.Teller())
			line.Statement = &saidLine{
				ID: s.ID, Party: s.Teller(), Name: id.Name, Names: s.Names, Stance: s.Stance.String(), Polarity: s.Polarity.String(),
				Said: known(s.Said.Start), Content: pairs(s.Content, h.At),
			}
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// pairs are spans counted from a byte on.
func pairs(spans []text.Span, from int) [][2]int {
	out := make([][2]int, len(spans))
	for i, s := range spans {
		out[i] = [2]int{s.Start - from, s.End - from}
	}
	return out
}
