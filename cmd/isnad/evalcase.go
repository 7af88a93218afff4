package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/names"
	"github.com/isnad/isnad/text"
)

// scoreCase reads the documents of a case one by one and scores what they say.
func (c *evalConfig) scoreCase(ctx context.Context, e *env) error {
	ledger, err := newLedger()
	if err != nil {
		return err
	}
	got := caseWriter{ledger: ledger}
	form := export.Form{New: func(io.Writer) export.Writer { return &got }}
	docs := filepath.Join(c.caseDir, "docs")
	if err := c.run(ctx, e, form, io.Discard, &capture.Inputs{Paths: []string{docs}}); err != nil {
		return err
	}
	pred := got.prediction()
	if c.emit != "" {
		if err := writeJSON(c.emit, pred); err != nil {
			return err
		}
	}
	report, err := eval.ScoreCase(os.DirFS(c.caseDir), pred)
	switch {
	case err != nil:
		return err
	case c.json:
		return json.NewEncoder(e.out).Encode(report)
	}
	if err := report.WriteText(e.out); err != nil || c.errors == 0 {
		return err
	}
	return report.WriteMisses(e.out)
}

func writeJSON(path string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

// newLedger makes a ledger for the parties of all languages.
func newLedger() (*names.Ledger, error) {
	var packs []*lang.Pack
	for _, load := range languages() {
		p, err := load()
		if err != nil {
			return nil, err
		}
		packs = append(packs, p)
	}
	book, err := names.New(packs...)
	if err != nil {
		return nil, err
	}
	return book.NewLedger(), nil
}

// caseWriter gathers readings as the prediction of a case; its ledger tells
// which parties of different documents are one.
type caseWriter struct {
	ledger  *names.Ledger
	pred    eval.CasePrediction
	tellers []int // of each statement: the number in the ledger, or -1
	title   string
	doc     string
}

func (w *caseWriter) Begin(h *export.Head) error {
	w.doc, w.title = filepath.Base(h.ID), h.Title
	return nil
}

func (w *caseWriter) Part(p *export.Part) error {
	t, err := text.New(p.Text)
	if err != nil {
		return err
	}
	entries := names.EntriesOf(t, p.Attributions, p.Parties, p.Tellers)
	entry := w.ledger.Add(fmt.Sprint(w.doc, p.At), entries, w.title, p.Text)
	first := len(w.pred.Statements)
	for i, a := range p.Attributions {
		own := a.Own()
		s := eval.CaseStatement{
			Doc: w.doc, Stance: a.Stance.String(),
			Source: p.Passage(own.Source), Cue: p.Passage(own.Cue), Content: p.Passage(a.Content),
		}
		teller := p.Teller(i)
		if teller >= 0 {
			teller += entry
		}
		w.tellers = append(w.tellers, teller)
		if a.Parent >= 0 {
			parent := first + a.Parent
			s.ParentIndex = &parent
		}
		start := p.At + a.Content[0].Start
		s.ContentStart = &start
		w.pred.Statements = append(w.pred.Statements, s)
	}
	return nil
}

func (w *caseWriter) End() error { return nil }

// prediction is what was gathered, each party under one label.
func (w *caseWriter) prediction() eval.CasePrediction {
	for i, n := range w.tellers {
		if n >= 0 {
			id := w.ledger.Party(n)
			w.pred.Statements[i].Party = fmt.Sprintf("%s #%x", id.Name, id.ID)
		}
	}
	return w.pred
}
