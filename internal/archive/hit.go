package archive

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

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
		length += occurrences(f, s, leaves, func(_, leaf int, _ []fold.Word) { counts[leaf]++ })
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

// Mark finds the words of a passage that the leaves match, as spans of the
// passage in ascending order.
func Mark(f *fold.Folder, passage string, leaves []*Expr) []text.Span {
	var marks []text.Span
	last := -1
	occurrences(f, passage, leaves, func(at, leaf int, words []fold.Word) {
		for k := range leaves[leaf].Words {
			if at+k > last {
				last = at + k
				marks = append(marks, words[k].Span)
			}
		}
	})
	return marks
}

// occurrences calls found for every word that a leaf matches, with its index
// and the words from it on, and returns the number of words.
func occurrences(f *fold.Folder, s string, leaves []*Expr, found func(at, leaf int, words []fold.Word)) int {
	if len(leaves) == 0 {
		return 0
	}
	words := fold.Words(s)
	var stems []string
	for i, w := range words {
		stemmed := false
		for k, leaf := range leaves {
			switch {
			case len(leaf.Words) > 1 || leaf.In == Exact:
				if phraseAt(words[i:], leaf.Words) {
					found(i, k, words[i:])
				}
				continue
			case w.Form == leaf.Words[0]:
				found(i, k, words[i:])
				continue
			case !strings.Contains(w.Form, core(leaf.Words[0])):
				continue
			}
			if !stemmed {
				stems, stemmed = f.Stems(stems[:0], w), true
			}
			if slices.Contains(stems, leaf.Words[0]) {
				found(i, k, words[i:])
			}
		}
	}
	return len(words)
}

// core is the part of a stem that every word with this stem holds: a stem
// differs from its words by no more than its last two letters.
func core(stem string) string {
	for range 2 {
		_, n := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-n]
	}
	return stem
}

// phraseAt reports whether the words begin with the phrase.
func phraseAt(words []fold.Word, phrase []string) bool {
	if len(words) < len(phrase) {
		return false
	}
	for k, p := range phrase {
		if words[k].Form != p {
			return false
		}
	}
	return true
}
