package main

import (
	"context"
	"fmt"
	"iter"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/sample"
)

// demoFindings is the number of disputes that the demo shows.
const demoFindings = 3

// demoCase makes an archive of the sample case and shows what is most disputed
// in it.
func demoCase(ctx context.Context, e *env, file string) error {
	articles, err := sample.Convoy()
	if err != nil {
		return err
	}
	c := answerConfig{archiveConfig: archiveConfig{archive: file}, out: "text"}
	err = c.with(ctx, e, begin, func(k *desk.Archivist) error {
		nothing := func(desk.Progress) {}
		return k.Add(ctx, caseSources(articles), func([]desk.Receipt) error { return nil }, nothing)
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "\nA case of %d documents, in an archive: what they dispute\n", len(articles))
	return c.ledger(ctx, e, func(g *grouped) error {
		ids, err := export.Findings(e.out, e.style(), export.NewAccount(&g.Record), g.Claims, demoFindings)
		if err != nil || len(ids) == 0 {
			return err
		}
		_, err = fmt.Fprintf(e.out, "\nWhat the first rests on: isnad trace --archive %s %s\nRead your own:           isnad read article.txt\n", file, ids[0])
		return err
	})
}

// caseSources are articles as an archive receives them.
func caseSources(articles []sample.Article) iter.Seq[capture.Source] {
	return func(yield func(capture.Source) bool) {
		for _, a := range articles {
			load := func() (*capture.Capture, error) {
				return &capture.Capture{Input: a.Name, Media: "text/plain", Body: []byte(a.Text)}, nil
			}
			if !yield(capture.Source{Input: a.Name, Size: int64(len(a.Text)), Load: load}) {
				return
			}
		}
	}
}
