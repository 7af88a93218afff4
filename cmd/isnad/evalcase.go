package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/names"
	"github.com/isnad/isnad/text"
)

// scoreCase reads the documents of a case one by one and scores what they say.
func (c *evalConfig) scoreCase(ctx context.Context, e *env) error {
	book, err := newClaims()
	if err != nil {
		return err
	}
	record, err := c.record(ctx, e)
	if err != nil {
		return err
	}
	pred := prediction(book, record)
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

// record is what the case says: as it is annotated, or as it is read.
func (c *evalConfig) record(ctx context.Context, e *env) (*claim.Record, error) {
	if c.annotated {
		r, err := eval.Annotated(os.DirFS(c.caseDir))
		return &r, err
	}
	ledger, err := newLedger()
	if err != nil {
		return nil, err
	}
	got := caseWriter{ledger: ledger}
	form := export.Form{New: func(io.Writer) export.Writer { return &got }}
	docs := filepath.Join(c.caseDir, "docs")
	if err := c.run(ctx, e, form, io.Discard, &capture.Inputs{Paths: []string{docs}}); err != nil {
		return nil, err
	}
	got.settle()
	return &got.record, nil
}

func writeJSON(path string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

// allPacks opens the packs of all languages.
func allPacks() ([]*lang.Pack, error) {
	var packs []*lang.Pack
	for _, load := range languages() {
		p, err := load()
		if err != nil {
			return nil, err
		}
		packs = append(packs, p)
	}
	return packs, nil
}

// newLedger makes a ledger for the parties of all languages.
func newLedger() (*names.Ledger, error) {
	packs, err := allPacks()
	if err != nil {
		return nil, err
	}
	book, err := names.New(packs...)
	if err != nil {
		return nil, err
	}
	return book.NewLedger(), nil
}

// newClaims makes the book by which claims are found.
func newClaims() (*claim.Book, error) {
	packs, err := allPacks()
	if err != nil {
		return nil, err
	}
	return claim.New(ar.Stems(), packs...)
}

// caseWriter gathers readings as a record, from which claims are made; its
// ledger tells which parties of different documents are one.
type caseWriter struct {
	ledger  *names.Ledger
	record  claim.Record
	entries [][]int // of each statement of each document: the number in the ledger, or -1
}

func (w *caseWriter) Begin(h *export.Head) error {
	d := h.Document
	d.ID, d.Text = filepath.Base(h.ID), ""
	w.record.Sources = append(w.record.Sources, isnad.Source{Document: d})
	w.entries = append(w.entries, nil)
	return nil
}

func (w *caseWriter) Part(p *export.Part) error {
	t, err := text.New(p.Text)
	if err != nil {
		return err
	}
	last := len(w.record.Sources) - 1
	d := &w.record.Sources[last]
	d.Text += p.Text
	first := w.ledger.Add(fmt.Sprint(d.ID, p.At), names.EntriesOf(t, p.Attributions, p.Parties, p.Tellers), d.Title, p.Text)
	parent := len(d.Statements)
	for i := range p.Attributions {
		entry := p.Teller(i)
		if entry >= 0 {
			entry += first
		}
		w.entries[last] = append(w.entries[last], entry)
		d.Statements = append(d.Statements, isnad.Statement{
			ID: fmt.Sprintf("%s/%d", d.ID, parent+i), Doc: d.ID, Words: p.Quote(p.Attributions[i].Content),
			Attribution: moved(&p.Attributions[i], p.At, parent),
		})
	}
	return nil
}

func (w *caseWriter) End() error { return nil }

// moved is an attribution of a part as one of the document: its text begins at
// byte at, its attributions at first.
func moved(a *isnad.Attribution, at, first int) isnad.Attribution {
	m := *a
	shift := func(spans []text.Span) []text.Span {
		spans = slices.Clone(spans)
		for i := range spans {
			spans[i].Start += at
			spans[i].End += at
		}
		return spans
	}
	m.Content, m.When, m.Chain = shift(a.Content), shift(a.When), slices.Clone(a.Chain)
	for i := range m.Chain {
		m.Chain[i].Cue, m.Chain[i].Source = shift(m.Chain[i].Cue), shift(m.Chain[i].Source)
	}
	if m.Parent >= 0 {
		m.Parent += first
	}
	return m
}

// settle gives every statement its parties, now that all documents are there.
func (w *caseWriter) settle() {
	w.record.Parties = map[string]isnad.Identity{}
	for d, entries := range w.entries {
		src := &w.record.Sources[d]
		for i, entry := range entries {
			if s := &src.Statements[i]; entry >= 0 {
				w.identify(s, src, w.ledger.Party(entry))
			} else {
				s.Tellers = []string{""}
			}
		}
		for i := range src.Statements {
			src.Statements[i].Tellers = chain(src.Statements, i)
		}
	}
}

// chain is the tellers of a statement from the outermost on; each statement
// has its own so far, as its last.
func chain(all []isnad.Statement, i int) (list []string) {
	for n := len(all[i].Chain); i >= 0 && len(list) < n; i = all[i].Parent {
		list = append(list, all[i].Teller())
	}
	slices.Reverse(list)
	return list
}

// identify makes a party the teller of a statement, and what its document
// calls it a name of the party.
func (w *caseWriter) identify(s *isnad.Statement, src *isnad.Source, p names.Identity) {
	id := fmt.Sprintf("%s #%x", p.Name, p.ID)
	s.Tellers, s.Names = []string{id}, []string{p.Name}
	party := w.record.Parties[id]
	party.ID, party.Name, party.Kind = id, p.Name, p.Kind
	for _, span := range s.Own().Source {
		if name := span.Of(src.Text); !slices.Contains(party.Names, name) {
			party.Names = append(party.Names, name)
		}
	}
	w.record.Parties[id] = party
}

// prediction is what was found in a case.
func prediction(book *claim.Book, record *claim.Record) eval.CasePrediction {
	var pred eval.CasePrediction
	at := map[string]int{}
	for d := range record.Sources {
		src, first := &record.Sources[d], len(pred.Statements)
		for i := range src.Statements {
			s := &src.Statements[i]
			at[s.ID] = len(pred.Statements)
			pred.Statements = append(pred.Statements, caseStatement(src, s, first))
		}
	}
	copies := book.Copies(record.Sources)
	pred.Syndication = copyGroups(copies)
	claims := book.Group(record)
	book.Judge(record, copies, claims)
	for k := range claims {
		c := &claims[k]
		for i := range c.Disputes {
			// The form of cases has no words against deeds.
			if d := &c.Disputes[i]; d.Type != isnad.WordsAgainstDeed {
				pred.Disputes = append(pred.Disputes, caseDispute(d, k, at))
			}
		}
		out := eval.CaseClaim{Independent: c.Independent}
		for _, m := range c.Members {
			i := at[m.Statement.ID]
			out.Members = append(out.Members, eval.CaseMember{Statement: &i, Polarity: m.Polarity.String()})
		}
		pred.Claims = append(pred.Claims, out)
	}
	return pred
}

// caseStatement is a statement of a document whose first one has number first.
func caseStatement(src *isnad.Source, s *isnad.Statement, first int) eval.CaseStatement {
	own := s.Own()
	passage := func(spans []text.Span) string {
		if len(spans) == 0 {
			return ""
		}
		return src.Text[spans[0].Start:spans[len(spans)-1].End]
	}
	out := eval.CaseStatement{
		Doc: src.ID, Stance: s.Stance.String(), Source: passage(own.Source), Cue: passage(own.Cue), Content: passage(s.Content),
		ContentStart: &s.Content[0].Start,
	}
	if id := s.Teller(); id != "" {
		out.Party = id
	}
	if s.Parent >= 0 {
		parent := first + s.Parent
		out.ParentIndex = &parent
	}
	return out
}

// copyGroups puts the copies of one text together.
func copyGroups(copies []isnad.Copy) [][]string {
	var groups [][]string
	at := map[string]int{}
	for _, c := range copies {
		i, known := at[c.Earlier]
		if !known {
			i = len(groups)
			at[c.Earlier] = i
			groups = append(groups, []string{c.Earlier})
		}
		groups[i] = append(groups[i], c.Later)
	}
	return groups
}

func caseDispute(d *isnad.Dispute, claim int, at map[string]int) eval.CaseDispute {
	out := eval.CaseDispute{Type: d.Type.String(), Claim: &claim}
	for _, id := range d.Statements {
		i := at[id]
		out.Members = append(out.Members, eval.CaseMember{Statement: &i})
	}
	return out
}
