package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/progress"
)

// readConfig is what read is told.
type readConfig struct {
	in, out, lang, published string
}

const inUsage = "`form` of the input: auto (by extension, or what it begins with), text, html, jsonl, warc, wacz, feed, pdf, docx"

func (c *readConfig) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.in, "in", "auto", inUsage)
	fs.StringVar(&c.out, "out", "text", "`form` of the output: text, json, jsonl, html")
	fs.StringVar(&c.lang, "lang", "auto", "`language`: auto (by script), ar, en")
	fs.StringVar(&c.published, "published", "", "`date` of documents that do not say theirs, as 2024-10-12 or 2024-10-12T16:40:00+03:00")
}

func read(ctx context.Context, e *env, args []string) error {
	var c readConfig
	paths, err := e.parse("read", &c, args)
	if err != nil {
		return err
	}
	// What the start allocates, it keeps: collecting garbage meanwhile is time
	// lost. Documents are read in bounded memory, and the limit keeps the
	// collector from letting more pile up.
	usual := debug.SetGCPercent(400)
	d, in, err := c.desk(e, paths)
	debug.SetGCPercent(usual)
	debug.SetMemoryLimit(memoryLimit)
	if err != nil {
		return err
	}
	var failed failures
	bar := e.bar(in)
	report := failed.report(e)
	d.Progress = bar.Add
	d.Report = func(item capture.Item, err error, notes []string) {
		bar.Item()
		if err != nil || len(notes) > 0 {
			bar.Clear()
		}
		report(item, err, notes)
	}
	err = d.Run(ctx, in.Items())
	bar.Clear()
	if err != nil {
		return err
	}
	return failed.err(e)
}

// memoryLimit is a soft one, in bytes.
const memoryLimit = 64 << 20

// bar is a progress bar where someone looks at it and it is not in the way of
// the output.
func (e *env) bar(in *capture.Inputs) *progress.Bar {
	if !e.errTTY || e.outTTY {
		return nil
	}
	return progress.New(e.err, in.Size(), time.Now)
}

// failures counts the inputs of a run that failed.
type failures struct{ failed, all int }

// report tells what there is to tell of each input.
func (f *failures) report(e *env) func(capture.Item, error, []string) {
	return func(item capture.Item, err error, notes []string) {
		for _, n := range notes {
			fmt.Fprintf(e.err, "isnad: %s: %s\n", fault.Name(item.Name), n)
		}
		if s, ok := errors.AsType[*capture.Skipped](err); ok {
			fmt.Fprintf(e.err, "isnad: %v\n", s)
			return
		}
		f.all++
		if err != nil {
			f.failed++
			e.tell(err)
		}
	}
}

// err ends a run of which some inputs failed.
func (f *failures) err(e *env) error {
	if f.failed == 0 {
		return nil
	}
	fmt.Fprintf(e.err, "isnad: %d of %d inputs failed, the others were read\n", f.failed, f.all)
	return errReported
}

// desk checks the configuration and makes the desk for it.
func (c *readConfig) desk(e *env, paths []string) (*desk.Desk, *capture.Inputs, error) {
	if len(paths) == 0 {
		if e.inTTY {
			return nil, nil, usagef("read: nothing to read: name files or folders, or - for standard input")
		}
		paths = []string{"-"}
	}
	form, err := capture.ParseForm(c.in)
	if err != nil {
		return nil, nil, usagef("--in: %w", err)
	}
	d, err := newDesk(c.lang)
	if err != nil {
		return nil, nil, err
	}
	d.Out = e.out
	if d.Form, err = e.form(c.out); err != nil {
		return nil, nil, usagef("--out: %w", err)
	}
	if c.published != "" {
		if d.Published, err = capture.ParseTime(c.published); err != nil {
			return nil, nil, usagef("--published: %q is not a date such as 2024-10-12", c.published)
		}
	}
	return d, &capture.Inputs{Paths: paths, Form: form, Stdin: e.in}, nil
}

// style is how text is laid out. Colour is for a terminal only, and not for
// those who set NO_COLOR (no-color.org).
func (e *env) style() export.Style {
	return export.Style{Color: e.outTTY && e.getenv("NO_COLOR") == "" && e.getenv("TERM") != "dumb", Width: e.columns}
}

// form finds a form of output by name.
func (e *env) form(name string) (export.Form, error) {
	forms := []export.Form{
		export.Plain(e.style()),
		export.JSON, export.JSONL, export.HTML,
	}
	for _, f := range forms {
		if f.Name == name {
			return f, nil
		}
	}
	return export.Form{}, fmt.Errorf("no form %q: one of text, json, jsonl, html", name)
}
