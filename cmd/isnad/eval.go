package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
)

// evalConfig is what eval is told.
type evalConfig struct {
	pred, caseDir, emit, lang, pairs string
	errors, boot                     int
	json, annotated                  bool
}

func (c *evalConfig) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.pred, "pred", "", "score this prediction `file` instead of reading the documents")
	fs.StringVar(&c.lang, "lang", "auto", "`language`: auto (by script), ar, en")
	fs.IntVar(&c.errors, "errors", 0, "print the worst `n` errors, gold above prediction")
	fs.IntVar(&c.boot, "boot", 0, "draw `n` samples of the documents for the 95 % interval of the attribution F1")
	fs.BoolVar(&c.json, "json", false, "print JSON")
	fs.StringVar(&c.caseDir, "case", "", "score the statements and parties of a case `folder` (docs/, gold.json)")
	fs.StringVar(&c.pairs, "pairs", "", "score how two titles stand to each other: a `file` of JSON lines with s1, s2 and label (agree, disagree, other)")
	fs.BoolVar(&c.annotated, "annotated", false, "with --case: group the annotated statements instead of those that are read")
	fs.StringVar(&c.emit, "emit", "", "with --case: write the prediction to this `file`")
}

func evaluate(ctx context.Context, e *env, args []string) error {
	var c evalConfig
	paths, err := e.parse("eval", &c, args)
	switch {
	case err != nil:
		return err
	case c.pairs != "" && len(paths) == 0:
		return c.scorePairs(e)
	case c.caseDir != "" && len(paths) == 0:
		return c.scoreCase(ctx, e)
	case c.caseDir != "" || len(paths) == 0:
		return usagef("eval: name gold files, or a folder with --case")
	}
	gold, err := readGold(paths)
	if err != nil {
		return err
	}
	pred, err := c.predict(ctx, e, paths)
	if err != nil {
		return err
	}
	return c.print(e.out, gold, pred)
}

func readGold(paths []string) ([]eval.Doc, error) {
	var all []eval.Doc
	for _, path := range paths {
		docs, err := readDocs(path)
		if err != nil {
			return nil, err
		}
		all = append(all, docs...)
	}
	return all, nil
}

func readDocs(path string) ([]eval.Doc, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &fault.Error{Kind: fault.NotFound, Err: err, Hint: "check the name"}
	}
	defer f.Close()
	docs, err := eval.ReadDocs(f, path)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Err: err}
	}
	return docs, nil
}

// predict reads the gold files as read does, or takes the prediction given.
func (c *evalConfig) predict(ctx context.Context, e *env, paths []string) ([]eval.Doc, error) {
	if c.pred != "" {
		return readDocs(c.pred)
	}
	var out bytes.Buffer
	if err := c.run(ctx, e, export.JSONL, &out, &capture.Inputs{Paths: paths, Form: capture.JSONL}); err != nil {
		return nil, err
	}
	return eval.ReadDocs(&out, "prediction")
}

// run reads inputs of which none may fail, one after the other.
func (c *evalConfig) run(ctx context.Context, e *env, form export.Form, out io.Writer, in *capture.Inputs) error {
	d, err := newDesk(c.lang)
	if err != nil {
		return err
	}
	failed := new(failures)
	d.Form, d.Out, d.Report, d.Workers = form, out, failed.report(e), 1
	return errors.Join(d.Run(ctx, in.Items()), failed.err(e))
}

func (c *evalConfig) print(w io.Writer, gold, pred []eval.Doc) error {
	report := eval.Score(gold, pred)
	worst := eval.Errors(gold, pred, c.errors)
	low, high := bootstrap(gold, pred, c.boot)
	if c.json {
		out := struct {
			eval.Report
			Interval []float64   `json:"attribution_f1_ci95,omitempty"`
			Errors   []eval.Case `json:"errors,omitempty"`
		}{report, nil, worst}
		if c.boot > 0 {
			out.Interval = []float64{low, high}
		}
		return json.NewEncoder(w).Encode(out)
	}
	if err := report.WriteText(w); err != nil {
		return err
	}
	if c.boot > 0 {
		fmt.Fprintf(w, "\nattribution F1 of the first row, 95 %% interval over %d samples: %.1f to %.1f\n", c.boot, 100*low, 100*high)
	}
	if len(worst) > 0 {
		fmt.Fprintln(w)
	}
	return eval.WriteCases(w, worst)
}

// bootstrap draws documents with replacement, always the same ones, and gives
// the interval that holds 95 % of the attribution F1 of the first row.
func bootstrap(gold, pred []eval.Doc, n int) (low, high float64) {
	if n <= 0 || len(gold) == 0 {
		return 0, 0
	}
	random := rand.New(rand.NewPCG(1, 1))
	sample := make([]eval.Doc, len(gold))
	scores := make([]float64, n)
	for i := range scores {
		for k := range sample {
			sample[k] = gold[random.IntN(len(gold))]
		}
		if rows := eval.Score(sample, pred).Rows; len(rows) > 0 {
			scores[i] = rows[0].Attribution.F1
		}
	}
	slices.Sort(scores)
	return scores[n*25/1000], scores[min(n*975/1000, n-1)]
}
