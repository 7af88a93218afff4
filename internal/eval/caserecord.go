package eval

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/text"
)

// Annotated makes a record of the annotated statements of the case in dir, so
// that claims can be judged apart from reading. Spans that are not found stay
// empty.
func Annotated(dir fs.FS) (claim.Record, error) {
	docs, gold, err := readCase(dir)
	if err != nil {
		return claim.Record{}, err
	}
	r := claim.Record{Parties: map[string]isnad.Identity{}}
	at := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		at[name] = len(r.Sources)
		r.Sources = append(r.Sources, sourceOf(name, docs[name]))
	}
	for _, p := range gold.Parties {
		r.Parties[p.ID] = isnad.Identity{ID: p.ID, Name: p.NameAr, Names: append(slices.Clone(p.Aliases), p.NameEn)}
	}
	index := map[string]int{}
	for _, g := range gold.Statements {
		i, known := at[g.Doc]
		if !known {
			return claim.Record{}, fmt.Errorf("gold.json: statement %s: there is no document %q", g.ID, g.Doc)
		}
		src := &r.Sources[i]
		s, err := g.statement(src.Text)
		if err != nil {
			return claim.Record{}, err
		}
		index[g.ID] = len(src.Statements)
		src.Statements = append(src.Statements, s)
	}
	for _, g := range gold.Statements {
		if parent, ok := index[g.Parent]; ok {
			r.Sources[at[g.Doc]].Statements[index[g.ID]].Parent = parent
		}
	}
	return r, nil
}

func sourceOf(name string, d caseDoc) isnad.Source {
	out := isnad.Source{Document: isnad.Document{ID: name, Title: d.title, Text: d.body}}
	for line := range strings.SplitSeq(d.head, "\n") {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch key {
		case "publisher":
			out.Publisher = value
		case "author":
			out.Author = value
		case "url":
			out.URL = value
		case "lang":
			out.Lang = value
		case "published":
			out.Published, _ = time.Parse(time.RFC3339, value)
		}
	}
	return out
}

// statement makes a statement of an annotation in a body.
func (g *goldStatement) statement(body string) (isnad.Statement, error) {
	stance, err := isnad.ParseStance(g.Stance)
	if err != nil {
		return isnad.Statement{}, fmt.Errorf("gold.json: statement %s: %w", g.ID, err)
	}
	content := strings.Index(body, g.Content)
	if g.ContentStart != nil {
		content = *g.ContentStart
	}
	if content < 0 {
		return isnad.Statement{}, fmt.Errorf("gold.json: statement %s: content is not in document %q", g.ID, g.Doc)
	}
	link := isnad.Link{Cue: nearWords(body, g.Cue, content)}
	if g.Source != nil {
		link.Source = nearWords(body, *g.Source, content)
	}
	s := isnad.Statement{ID: g.ID, Doc: g.Doc, Tellers: []string{g.SourceParty}, Words: g.Content}
	s.Attribution = isnad.Attribution{
		Chain: []isnad.Link{link}, Content: []text.Span{{Start: content, End: content + len(g.Content)}}, Stance: stance, Parent: -1,
	}
	switch stance {
	case isnad.Deny:
		s.Polarity = isnad.Denies
	case isnad.Ask, isnad.Doubt:
		s.Polarity = isnad.Neutral
	}
	return s, nil
}

// nearWords finds the place of some words that is nearest to another place.
func nearWords(body, words string, to int) []text.Span {
	best := -1
	for i := 0; words != ""; i++ {
		k := strings.Index(body[i:], words)
		if k < 0 {
			break
		}
		i += k
		if best < 0 || max(i-to, to-i) < max(best-to, to-best) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return []text.Span{{Start: best, End: best + len(words)}}
}
