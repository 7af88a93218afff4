package archive

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/text"
)

// Finish completes an answer whose hits have, as Passage from At on, enough of
// their document's text to hold [Statement.Extent] or the narrative: it cuts the passages, marks the words that matched and, where relevance is
// asked for, scores the hits and keeps the best. share is the part of all rows
// that hold a leaf of the expression, if the backend knows it.
func Finish(f *fold.Folder, s *Search, found *Found, share func(leaf *Expr) float64) {
	var leaves []*Expr
	if s.Expr != nil {
		leaves = s.Expr.Wanted(nil)
	}
	if s.Rank {
		score(f, found.Hits, leaves, share)
		found.Hits = found.Hits[:min(len(found.Hits), s.Size())]
	}
	for i := range found.Hits {
		h := &found.Hits[i]
		if h.Statement != nil {
			h.cut(h.Statement.Extent())
		} else {
			h.window(f, leaves)
		}
		h.Marks = Mark(f, h.Passage, leaves)
	}
}

// Extent is the stretch of the document from the first to the last byte of the
// statement's own cue, source and content.
func (s *Statement) Extent() text.Span {
	own := s.Own()
	e := s.Content[0]
	for _, spans := range [][]text.Span{own.Cue, own.Source, s.Content} {
		for _, p := range spans {
			e.Start, e.End = min(e.Start, p.Start), max(e.End, p.End)
		}
	}
	return e
}

// of is a stretch of the document, as far as it lies in the passage.
func (h *Hit) of(e text.Span) string {
	start := min(max(e.Start-h.At, 0), len(h.Passage))
	return h.Passage[start:min(max(e.End-h.At, start), len(h.Passage))]
}

// cut keeps a stretch of the document as the passage.
func (h *Hit) cut(e text.Span) {
	e.Start = max(e.Start, h.At)
	piece := h.of(e)
	if len(piece) > MaxPassage {
		end := MaxPassage
		for !boundary(piece, end) {
			end--
		}
		piece = piece[:end]
	}
	h.Passage, h.At = piece, e.Start
}

// around is how much of a document is shown on either side of its first match.
const around = 240

// window keeps the paragraph-like stretch around the first match.
func (h *Hit) window(f *fold.Folder, leaves []*Expr) {
	var at text.Span
	if marks := Mark(f, h.Passage, leaves); len(marks) > 0 {
		at = marks[0]
	}
	e := text.Span{Start: max(0, at.Start-around), End: min(len(h.Passage), at.End+around)}
	if i := strings.LastIndexByte(h.Passage[e.Start:at.Start], '\n'); i >= 0 {
		e.Start += i + 1
	}
	for !boundary(h.Passage, e.Start) {
		e.Start++
	}
	h.cut(text.Span{Start: e.Start + h.At, End: e.End + h.At})
}

// The parameters of BM25 as they are usually set (Robertson and Zaragoza 2009).
const (
	saturation = 1.2
	lengthPart = 0.75
)

// score orders hits by BM25 over the leaves; equal ones stay newest first.
func score(f *fold.Folder, hits []Hit, leaves []*Expr, share func(*Expr) float64) {
	lengths := make([]float64, len(hits))
	counts := make([][]float64, len(hits))
	mean := 0.0
	for i := range hits {
		counts[i], lengths[i] = hits[i].count(f, leaves)
		mean += lengths[i] / float64(len(hits))
	}
	for k, leaf := range leaves {
		weight := idf(hits, counts, k, leaf, share)
		for i := range hits {
			tf := counts[i][k]
			norm := 1 - lengthPart + lengthPart*lengths[i]/max(mean, 1)
			hits[i].Score += weight * tf * (saturation + 1) / (tf + saturation*norm)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(b.Score, a.Score) })
}

// idf weighs a leaf by how rare it is: among all rows where the backend knows,
// or else among the hits.
func idf(hits []Hit, counts [][]float64, k int, leaf *Expr, share func(*Expr) float64) float64 {
	part := 0.0
	if share != nil {
		part = share(leaf)
	} else {
		for i := range hits {
			if counts[i][k] > 0 {
				part += 1 / float64(len(hits))
			}
		}
	}
	part = min(max(part, 1e-9), 1)
	return math.Log1p((1 - part + 1e-9) / part)
}

// count counts how often each leaf stands in what the hit is about, and its words.
func (h *Hit) count(f *fold.Folder, leaves []*Expr) ([]float64, float64) {
	counts := make([]float64, len(leaves))
	length := 0
	piece := func(s string) {
		words := fold.Words(s)
		length += len(words)
		var stems []string
		for i, w := range words {
			stems = f.Stems(stems[:0], w)
			for k, leaf := range leaves {
				if leaf.at(words[i:], stems) {
					counts[k]++
				}
			}
		}
	}
	if h.Statement == nil {
		piece(h.Doc.Title)
		for _, p := range h.Doc.Narrative {
			piece(h.of(p))
		}
		return counts, float64(length)
	}
	for _, p := range h.Statement.Content {
		piece(h.of(p))
	}
	for _, name := range h.Statement.Names {
		piece(name)
	}
	return counts, float64(length)
}

// at reports whether the leaf matches the first of the words, whose stems are given.
func (e *Expr) at(words []fold.Word, stems []string) bool {
	if len(e.Words) > 1 || e.In == Exact {
		return phraseAt(words, e.Words)
	}
	return words[0].Form == e.Words[0] || slices.Contains(stems, e.Words[0])
}
