package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/sample"
)

// demoConfig is what demo is told.
type demoConfig struct{ dir string }

func (c *demoConfig) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.dir, "dir", "", "write isnad-demo.html and isnad-demo.isnad to this `folder` instead of a temporary one")
}

// demo reads the articles that come with the program, for the terminal and as
// a page, and puts the case that comes with it into an archive to tell what is
// disputed in it.
func demo(ctx context.Context, e *env, args []string) error {
	var c demoConfig
	if rest, err := e.parse("demo", &c, args); err != nil {
		return err
	} else if len(rest) > 0 {
		return usagef("demo: takes no files; isnad read %s reads yours", rest[0])
	}
	items, err := sampleItems()
	if err != nil {
		return err
	}
	terminal, err := e.form("text")
	if err != nil {
		return err
	}
	if err := readSamples(ctx, e, items, terminal, e.out); err != nil {
		return err
	}
	page, err := c.create()
	if err != nil {
		return &fault.Error{Kind: fault.Unavailable, Err: err, Hint: "name a folder that may be written with --dir"}
	}
	if err := errors.Join(readSamples(ctx, e, items, export.HTML, page), page.Close()); err != nil {
		return err
	}
	if _, err = fmt.Fprintf(e.out, "\nThe same as a page: %s\n", page.Name()); err != nil {
		return err
	}
	return demoCase(ctx, e, filepath.Join(filepath.Dir(page.Name()), strings.TrimSuffix(filepath.Base(page.Name()), ".html")+".isnad"))
}

func (c *demoConfig) create() (*os.File, error) {
	if c.dir == "" {
		return os.CreateTemp("", "isnad-demo-*.html")
	}
	if err := os.MkdirAll(c.dir, 0o755); err != nil {
		return nil, err
	}
	return os.Create(filepath.Join(c.dir, "isnad-demo.html"))
}

func sampleItems() (iter.Seq[capture.Item], error) {
	articles, err := sample.Articles()
	return func(yield func(capture.Item) bool) {
		for _, a := range articles {
			if !yield(capture.TextItem(a.Name, a.Text)) {
				return
			}
		}
	}, err
}

func readSamples(ctx context.Context, e *env, items iter.Seq[capture.Item], form export.Form, out io.Writer) error {
	d, err := newDesk("auto")
	if err != nil {
		return err
	}
	var failed failures
	d.Form, d.Out, d.Report = form, out, failed.report(e)
	return errors.Join(d.Run(ctx, items), failed.err(e))
}
