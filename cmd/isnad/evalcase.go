package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/internal/export"
)

// scoreCase reads the documents of a case one by one and scores what they say.
func (c *evalConfig) scoreCase(ctx context.Context, e *env) error {
	var got caseWriter
	form := export.Form{New: func(io.Writer) export.Writer { return &got }}
	docs := filepath.Join(c.caseDir, "docs")
	if err := c.run(ctx, e, form, io.Discard, &capture.Inputs{Paths: []string{docs}}); err != nil {
		return err
	}
	if c.emit != "" {
		if err := writeJSON(c.emit, got.pred); err != nil {
			return err
		}
	}
	report, err := eval.ScoreCase(os.DirFS(c.caseDir), got.pred)
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

// caseWriter gathers readings as the prediction of a case. Parties of
// different documents are one where they have the same name.
type caseWriter struct {
	pred eval.CasePrediction
	doc  string
}

func (w *caseWriter) Begin(h *export.Head) error {
	w.doc = filepath.Base(h.ID)
	return nil
}

func (w *caseWriter) Part(p *export.Part) error {
	first := len(w.pred.Statements)
	for i, a := range p.Attributions {
		own := a.Own()
		s := eval.CaseStatement{
			Doc: w.doc, Stance: a.Stance.String(),
			Source: p.Passage(own.Source), Cue: p.Passage(own.Cue), Content: p.Passage(a.Content),
		}
		if n := p.Teller(i); n >= 0 {
			s.Party = p.Parties[n].Name
		}
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
