package claim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// figure is an amount of something, as a text tells it: any value from lo to
// hi, of what the words of kinds name.
type figure struct {
	lo, hi float64
	span   text.Span // bytes of the passage: number, bounds and noun
	// kinds are what is counted: names of figures.tsv, or stems of words that
	// are not there. It is empty where the passage does not tell.
	kinds []string
	// people is set where what is counted are persons of some sort.
	people bool
}

// clashes reports that no value fits both figures.
func (f *figure) clashes(o *figure) bool { return f.hi < o.lo || o.hi < f.lo }

// counts reports that two figures may be of one thing.
func (f *figure) counts(o *figure) bool {
	if len(f.kinds) == 0 || len(o.kinds) == 0 {
		return true
	}
	for _, k := range f.kinds {
		if slices.Contains(o.kinds, k) || k == anybody && o.people {
			return true
		}
	}
	return f.people && slices.Contains(o.kinds, anybody)
}

// anybody is the kind that all persons are of.
const anybody = string(kindMark) + "people"

// counter reads figures. It is read-only.
type counter struct {
	rows   map[string][]row // by the first word, longest first
	kinds  map[string][]string
	folder *fold.Folder
}

// row is a line of figures.tsv.
type row struct {
	rest   []string
	class  string
	lo, hi float64
	unit   string
}

func newCounter(folder *fold.Folder) (*counter, error) {
	c := &counter{rows: map[string][]row{}, kinds: map[string][]string{}, folder: folder}
	if err := lang.ReadRows(tables, "figures.tsv", 3, func(f []string) error { return c.add(f[0], f[1], f[2]) }); err != nil {
		return nil, err
	}
	for _, rows := range c.rows {
		slices.SortStableFunc(rows, func(a, b row) int { return len(b.rest) - len(a.rest) })
	}
	return c, nil
}

func (c *counter) add(phrase, class, value string) error {
	var forms []string
	for _, w := range fold.Words(phrase) {
		forms = append(forms, w.Form)
	}
	if len(forms) == 0 {
		return fmt.Errorf("%q has no word", phrase)
	}
	r := row{rest: forms[1:], class: class}
	var err error
	switch class {
	case "num", "scale":
		r.lo, err = strconv.ParseFloat(value, 64)
		r.hi = r.lo
	case "vague":
		lo, hi, _ := strings.Cut(value, "-")
		if r.lo, err = strconv.ParseFloat(lo, 64); err == nil {
			r.hi, err = strconv.ParseFloat(hi, 64)
		}
	case "twice":
		r.lo, r.hi, r.unit = 2, 2, string(kindMark)+value
	case "kind":
		if len(forms) > 1 {
			return fmt.Errorf("%q is not one word", phrase)
		}
		c.kinds[forms[0]] = append(c.kinds[forms[0]], string(kindMark)+value)
		return nil
	case "half", "about", "least", "most", "exceed", "not", "between", "and", "to", "only", "count", "skip", "label", "date":
	default:
		err = fmt.Errorf("unknown class %q", class)
	}
	c.rows[forms[0]] = append(c.rows[forms[0]], r)
	return err
}

// piece is a stretch of words that a row of the table stands for.
type piece struct {
	row
	first, end int  // words
	and        bool // و is written onto the first of them
	digits     bool
}

// pieces cuts a passage into rows of the table and words that are in none,
// whose class is "".
func (c *counter) pieces(words []fold.Word) []piece {
	var out []piece
	for i := 0; i < len(words); {
		p := c.piece(words, i)
		out = append(out, p)
		i = p.end
	}
	return out
}

func (c *counter) piece(words []fold.Word, i int) piece {
	form := words[i].Form
	if words[i].IsNumber() {
		if v, err := strconv.ParseFloat(form, 64); err == nil && v < 1e15 {
			return piece{row: row{class: "num", lo: v, hi: v}, first: i, end: i + 1, digits: true}
		}
	}
	if p, ok := c.lookup(words, i, form, nil); ok {
		return p
	}
	bare := strings.TrimPrefix(form, "و")
	if p, ok := c.lookup(words, i, bare, nil); ok && bare != form {
		p.and = true
		return p
	}
	bare = strings.TrimLeft(bare, "بلك")
	if p, ok := c.lookup(words, i, bare, numbers); ok {
		return p
	}
	if p, ok := c.lookup(words, i, strings.TrimPrefix(bare, "ال"), definite); ok {
		return p
	}
	return piece{first: i, end: i + 1}
}

// numbers are the classes of words to which an article or a preposition may be
// written.
var numbers = []string{"num", "scale", "half", "vague", "twice"}

// definite are those that still tell an amount behind an article: the three
// days are days that were told of.
var definite = []string{"scale", "half", "vague"}

// lookup finds the longest row that begins with form at word i; classes, where
// given, limits it.
func (c *counter) lookup(words []fold.Word, i int, form string, classes []string) (piece, bool) {
	for _, r := range c.rows[form] {
		end := i + 1 + len(r.rest)
		if end > len(words) || classes != nil && !slices.Contains(classes, r.class) {
			continue
		}
		if slices.EqualFunc(r.rest, words[i+1:end], func(f string, w fold.Word) bool { return f == w.Form }) {
			return piece{row: r, first: i, end: end}, true
		}
	}
	return piece{}, false
}
