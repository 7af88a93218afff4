package archive

import (
	"slices"
	"strings"
	"time"

	"github.com/isnad/isnad/text"
)

// Search is a question to the index.
type Search struct {
	// Expr is what has to match; nil finds everything.
	Expr *Expr
	// From and To bound the time of publication, half-open, to the minute;
	// zero leaves an end open. With either set, undated documents are left out.
	From, To time.Time
	// Documents looks into what documents say in their own voice instead of
	// into statements.
	Documents bool
	// Rank orders the newest matches, at most [RankedAmong], by relevance
	// instead of by time. It excludes Before.
	Rank bool
	// Limit is the largest number of hits, [DefaultLimit] if 0, at most [MaxLimit].
	Limit int
	// Before continues an earlier search: the Next of its answer.
	Before int64
}

// Limits of a search.
const (
	DefaultLimit = 20
	MaxLimit     = 1000
	RankedAmong  = 500
)

// Size is the limit that holds.
func (s *Search) Size() int {
	switch {
	case s.Limit <= 0:
		return DefaultLimit
	case s.Limit > MaxLimit:
		return MaxLimit
	}
	return s.Limit
}

// Range is the half-open range of places that can match.
func (s *Search) Range() (first, end int64) {
	first, end = ticks(s.From, s.To)
	first, end = first<<slotBits, end<<slotBits
	if s.Before > 0 {
		end = min(end, s.Before)
	}
	return first, end
}

// Matcher is the expression with what the time bounds ask of the tags; nil
// matches every row.
func (s *Search) Matcher() *Expr {
	if s.From.IsZero() && s.To.IsZero() {
		return s.Expr
	}
	dated := Expr{Op: Not, Kids: []Expr{{Op: Match, In: Tag, Words: []string{TagUndated}}}}
	if s.Expr == nil {
		return &dated
	}
	return &Expr{Op: All, Kids: []Expr{*s.Expr, dated}}
}

// Found is the answer.
type Found struct {
	Hits []Hit
	// Next continues the search where there is more; 0 where there is not.
	Next int64
	// Bounded says that relevance was compared among the newest [RankedAmong]
	// matches only, because there are more.
	Bounded bool
}

// Hit is one answer.
type Hit struct {
	Place int64    // in the newest-first order
	Doc   Document // without its text
	No    int64    // of the document
	// Statement is nil where documents are searched.
	Statement *Statement
	// Ord is its index in its document.
	Ord int
	// Passage is the original text around the statement, from byte At of the
	// document on, at most [MaxPassage] bytes.
	Passage string
	At      int
	// Marks are the words that matched, in bytes of Passage.
	Marks []text.Span
	Score float64 // with Rank
}

// MaxPassage bounds a passage, in bytes.
const MaxPassage = 16 << 10

// Op is what an expression does.
type Op uint8

// The operations.
const (
	Match  Op = iota // Words in a row, in the field In
	All              // every kid matches
	Any              // a kid matches
	Not              // its one kid does not
	During           // the document was published from From to To; see [Search.Parts]
)

// Field is where words are looked for.
type Field uint8

// The fields.
const (
	Text    Field = iota // stems or spellings of content or speaker
	Exact                // spellings of content or speaker
	Speaker              // stems or spellings of the speaker
	Tag
)

// Expr is an expression over [Row].
type Expr struct {
	Op    Op
	Kids  []Expr
	In    Field
	Words []string // folded or stems; several are a phrase
	// From and To are half-open, to the minute; zero leaves an end open.
	From, To time.Time
}

// Match reports whether a row satisfies the expression. It is what backends
// have to agree with.
func (e *Expr) Match(r *Row) bool {
	switch e.Op {
	case All:
		return !slices.ContainsFunc(e.Kids, func(k Expr) bool { return !k.Match(r) })
	case Any:
		return slices.ContainsFunc(e.Kids, func(k Expr) bool { return k.Match(r) })
	case Not:
		return !e.Kids[0].Match(r)
	case During: // a row does not tell
		return false
	}
	phrase := " " + strings.Join(e.Words, " ") + " "
	in := func(column string) bool { return strings.Contains(" "+column+" ", phrase) }
	switch e.In {
	case Text:
		return in(r.Form) || in(r.Stem) || in(r.Speaker)
	case Exact:
		return in(r.Form) || in(r.Speaker)
	case Speaker:
		return in(r.Speaker)
	}
	return in(r.Tags)
}

// Wanted appends the leaves of the expression that a match can show: words and
// phrases that are not negated.
func (e *Expr) Wanted(dst []*Expr) []*Expr {
	switch e.Op {
	case Not:
		return dst
	case Match:
		if e.In != Tag {
			dst = append(dst, e)
		}
		return dst
	}
	for i := range e.Kids {
		dst = e.Kids[i].Wanted(dst)
	}
	return dst
}
