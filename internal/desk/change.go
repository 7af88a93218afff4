package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/sergi/go-diff/diffmatchpatch"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/text"
)

// kindChange entries tell that a page that is watched was changed or deleted.
const kindChange = "change"

// changed is the data of such an entry. What changed is not in it: that is found
// in the captures.
type alteration struct {
	URL  string `json:"url"`
	From int64  `json:"from"` // entry of the capture before
	To   int64  `json:"to"`   // and of the one after; From where it was deleted
	Gone bool   `json:"gone,omitempty"`
	watch
}

// Change is what became of a page.
type Change struct {
	No       int64     `json:"no"` // entry of the log
	At       time.Time `json:"at"`
	URL      string    `json:"url"`
	From     int64     `json:"from"` // captures
	To       int64     `json:"to"`
	Deleted  bool      `json:"deleted,omitempty"`
	Title    []Edit    `json:"title,omitempty"` // where the title was changed
	Passages []Passage `json:"passages,omitempty"`
	// Removed and Added count the words of the whole text.
	Removed int `json:"removed,omitempty"`
	Added   int `json:"added,omitempty"`
}

// Passage is an attributed passage in which words changed.
type Passage struct {
	Who string `json:"who,omitempty"` // as the text calls the source
	// Lost and New say that the passage is in one of the texts only as an
	// attribution.
	Lost  bool   `json:"lost,omitempty"`
	New   bool   `json:"new,omitempty"`
	Edits []Edit `json:"edits"`
	// After are the numbers of its statements in the text after.
	After []int `json:"-"`
}

// Edit is a run of words that both texts have, or only one.
type Edit struct {
	Op   EditOp `json:"op"`
	Text string `json:"text"` // with the white space behind it
}

// EditOp says which of the texts has an edit.
type EditOp string

// Edits.
const (
	Keep   EditOp = "="
	Remove EditOp = "-"
	Insert EditOp = "+"
)

// Change tells what an entry of the log of that kind is about.
func (e *Entry) change() (c alteration, ok bool) {
	return c, e.Kind == kindChange && json.Unmarshal(e.Data, &c) == nil
}

// Changes gives what became of watched pages from entry from on, with the words
// that differ. Passages are those of documents that are filed.
func (k *Archivist) Changes(ctx context.Context, from int64) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		for e, err := range k.Log(ctx, from) {
			if err != nil {
				yield(Change{}, err)
				return
			}
			raw, ok := e.change()
			if !ok {
				continue
			}
			c, err := k.difference(ctx, raw.told(&e))
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// told is a change without the words that differ.
func (a *alteration) told(e *Entry) Change {
	return Change{No: e.No, At: e.At, URL: a.URL, From: a.From, To: a.To, Deleted: a.Gone}
}

// difference adds to a change the words that differ.
func (k *Archivist) difference(ctx context.Context, c Change) (Change, error) {
	if c.Deleted {
		return c, nil
	}
	before, err := k.filedAs(ctx, c.From)
	if err != nil {
		return c, err
	}
	after, err := k.filedAs(ctx, c.To)
	if err != nil {
		return c, err
	}
	if before.Title != after.Title {
		c.Title = newDiff(before.Title, after.Title).edits
	}
	d := newDiff(before.Text, after.Text)
	c.Removed, c.Added = d.count(Remove), d.count(Insert)
	c.Passages = d.passages(&before, &after)
	return c, nil
}

// filedAs is the document of a capture; an empty one where none could be made.
func (k *Archivist) filedAs(ctx context.Context, entry int64) (archive.Filed, error) {
	id, err := k.DocumentOf(ctx, entry)
	if err != nil {
		return archive.Filed{}, err
	}
	f, err := k.Document(ctx, id)
	if fault.Of(err) == fault.NotFound {
		return archive.Filed{}, nil
	}
	return f, err
}

// diff is how one text became another, word by word.
type diff struct{ edits []Edit }

// diffTime bounds the search for the shortest difference; a longer one is found
// at once.
const diffTime = time.Second

// newDiff compares two texts by words, with the white space behind them.
func newDiff(a, b string) *diff {
	var w wordBook
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = diffTime
	d := new(diff)
	for _, e := range dmp.DiffCleanupMerge(dmp.DiffMainRunes(w.runes(a), w.runes(b), false)) {
		op := Keep
		switch e.Type {
		case diffmatchpatch.DiffDelete:
			op = Remove
		case diffmatchpatch.DiffInsert:
			op = Insert
		}
		d.edits = append(d.edits, Edit{op, w.text(e.Text)})
	}
	return d
}

// wordBook writes each word as a rune, which is what the library compares.
type wordBook struct {
	words  []string
	number map[string]rune
}

// surrogates are no runes of a string.
const (
	firstSurrogate = 0xD800
	surrogates     = 0x800
)

func (w *wordBook) runes(s string) []rune {
	if w.number == nil {
		w.number = make(map[string]rune)
	}
	var out []rune
	for len(s) > 0 {
		n := strings.IndexAny(s, " \t\r\n")
		if n < 0 {
			n = len(s)
		}
		n += len(s[n:]) - len(strings.TrimLeft(s[n:], " \t\r\n"))
		r, ok := w.number[s[:n]]
		if !ok {
			if r = rune(len(w.words)) + 1; r >= firstSurrogate {
				r += surrogates
			}
			w.number[s[:n]] = r
			w.words = append(w.words, s[:n])
		}
		out, s = append(out, r), s[n:]
	}
	return out
}

func (w *wordBook) text(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > firstSurrogate {
			r -= surrogates
		}
		b.WriteString(w.words[r-1])
	}
	return b.String()
}

// count counts the words of one kind of edits.
func (d *diff) count(op EditOp) (n int) {
	for _, e := range d.edits {
		if e.Op == op {
			n += len(strings.Fields(e.Text))
		}
	}
	return n
}

// passages are the attributions of both texts in which something changed: those
// of the text before with what became of them, then those that are new.
func (d *diff) passages(before, after *archive.Filed) (out []Passage) {
	told := make(map[text.Span]bool) // of the text after
	for i := range before.Statements {
		s := &before.Statements[i]
		if s.Parent >= 0 {
			continue
		}
		edits, now := d.within(s.Extent(), Remove)
		if same(edits) {
			continue
		}
		var kept []int
		for j := range after.Statements {
			if e := after.Statements[j].Extent(); after.Statements[j].Parent < 0 && e.Start < now.End && now.Start < e.End {
				kept, told[e] = append(kept, j), true
			}
		}
		out = append(out, Passage{Who: source(before, s), Lost: len(kept) == 0, Edits: edits, After: kept})
	}
	for j := range after.Statements {
		s := &after.Statements[j]
		if s.Parent >= 0 || told[s.Extent()] {
			continue
		}
		if edits, _ := d.within(s.Extent(), Insert); !same(edits) {
			out = append(out, Passage{Who: source(after, s), New: true, Edits: edits, After: []int{j}})
		}
	}
	return out
}

func same(edits []Edit) bool {
	for _, e := range edits {
		if e.Op != Keep {
			return false
		}
	}
	return true
}

// within cuts the edits of a span out, which is one of the text that has the
// words of side (Remove: before, Insert: after); other is the same stretch of
// the other text.
func (d *diff) within(span text.Span, side EditOp) (edits []Edit, other text.Span) {
	at, there, begun := 0, 0, false
	for _, e := range d.edits {
		if e.Op != Keep && e.Op != side { // only the other text has it
			if at > span.Start && at < span.End {
				edits = append(edits, e)
			}
			there += len(e.Text)
			if begun && at <= span.End {
				other.End = there
			}
			continue
		}
		from, to := max(span.Start, at), min(span.End, at+len(e.Text))
		if from < to {
			edits = append(edits, Edit{e.Op, e.Text[from-at : to-at]})
			start, end := there, there
			if e.Op == Keep {
				start, end = there+from-at, there+to-at
			}
			if !begun {
				begun, other.Start = true, start
			}
			other.End = max(other.End, end)
		}
		at += len(e.Text)
		if e.Op == Keep {
			there += len(e.Text)
		}
	}
	return edits, other
}

// source is what the text calls the source of a statement.
func source(f *archive.Filed, s *archive.Statement) string {
	var words []string
	for _, span := range s.Own().Source {
		words = append(words, f.Text[span.Start:span.End])
	}
	return strings.Join(words, " ")
}

// Line is a change in a line.
func (c *Change) Line() string {
	switch {
	case c.Deleted:
		return fmt.Sprintf("%s was deleted; capture %d is the last", fault.Name(c.URL), c.From)
	default:
		return fmt.Sprintf("%s: %d words removed, %d added, in %d attributed passages (captures %d, %d)",
			fault.Name(c.URL), c.Removed, c.Added, len(c.Passages), c.From, c.To)
	}
}

// Change is what the entry tells of a watched page.
func (k *Archivist) Change(ctx context.Context, entry int64) (Change, error) {
	e, err := k.entry(ctx, entry)
	if err != nil {
		return Change{}, err
	}
	raw, ok := e.change()
	if !ok {
		return Change{}, &fault.Error{Kind: fault.NotFound, Err: fmt.Errorf("entry %d is no change of a page", entry), Hint: "isnad watch changes lists them"}
	}
	return k.difference(ctx, raw.told(&e))
}
