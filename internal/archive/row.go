package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fold"
)

// Row is what the index holds of a statement, or of a document's own voice:
// words parted by single spaces. A backend stores no more of it than it needs
// to answer [Expr].
type Row struct {
	// Form holds the folded spelling of every word of the content in order,
	// with [Gap] between pieces that do not follow each other.
	Form string
	// Stem holds the stems of these words that differ from their spelling, once each.
	Stem string
	// Speaker holds spellings and stems of the teller's names.
	Speaker string
	// Tags are what filters ask for; none of them can be a word of a text.
	Tags string
}

// Gap stands between words that a phrase must not join.
const Gap = "~"

// Tags of fixed meaning.
const (
	TagFigure  = ":figure"  // the content has a number
	TagUndated = ":undated" // the document does not tell when it was published
	TagDoc     = ":doc"     // every row of a document
)

// TagStance is the tag of a speech act.
func TagStance(s isnad.Stance) string { return "s:" + s.String() }

// TagPolarity is the tag of a side; a statement has exactly one.
func TagPolarity(p isnad.Polarity) string { return "p:" + p.String() }

// TagOrigin is about the innermost teller of the chain.
func TagOrigin(k isnad.SourceKind) string { return "o:" + k.String() }

// TagLang takes a language as documents give it.
func TagLang(lang string) string { return "l:" + clean(lang) }

// TagPublisher is the tag of one folded word of a publisher's name; the tags of
// a name stand in order.
func TagPublisher(form string) string { return "w:" + form }

// MaxChain is the longest chain told from longer ones.
const MaxChain = 9

// TagChain says that a chain has at least n links, 2 ≤ n ≤ [MaxChain].
func TagChain(n int) string { return ":chain" + strconv.Itoa(n) }

// TagParty is the tag of a party by its identifier.
func TagParty(id string) string {
	sum := sha256.Sum256([]byte(id))
	return "@" + hex.EncodeToString(sum[:8])
}

// clean keeps ASCII letters, digits and hyphens, which part no tag.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, s)
}

// maxCached bounds the stems that a Rows remembers.
const maxCached = 1 << 18

// Rows makes the rows of documents. It is used by one goroutine.
type Rows struct {
	folder *fold.Folder
	known  map[string]*stemmed // by spelling in the text's own letters
	// Of the row being made:
	form, stem, tags []byte
	row              int
	figure           bool
}

// NewRows makes a Rows that folds by f.
func NewRows(f *fold.Folder) *Rows {
	return &Rows{folder: f, known: make(map[string]*stemmed)}
}

// Statement makes the row of a statement of d, whose text has to be there.
func (r *Rows) Statement(d *Document, s *Statement) Row {
	r.begin()
	for _, span := range s.Content {
		r.words(span.Of(d.Text))
	}
	row := Row{Form: string(r.form), Stem: string(r.stem)}
	figure := r.figure
	r.begin()
	for i, name := range s.Names {
		if !told(s.Names, i) {
			r.words(name)
		}
	}
	row.Speaker = string(r.form)
	if len(r.stem) > 0 {
		row.Speaker += " " + Gap + " " + string(r.stem)
	}
	r.tag(TagStance(s.Stance))
	r.tag(TagPolarity(s.Polarity))
	r.tag(TagOrigin(s.Own().Kind))
	for n := 2; n <= min(len(s.Chain), MaxChain); n++ {
		r.tag(TagChain(n))
	}
	if figure {
		r.tag(TagFigure)
	}
	for i, id := range s.Tellers {
		if id != "" && i == len(s.Chain)-1 {
			r.tag(TagParty(id))
		}
	}
	r.ofDocument(d)
	row.Tags = string(r.tags)
	return row
}

// told reports that another name holds all words of name i in a row.
func told(names []string, i int) bool {
	for k, other := range names {
		if k != i && (len(other) > len(names[i]) || other == names[i] && k < i) && strings.Contains(" "+other+" ", " "+names[i]+" ") {
			return true
		}
	}
	return false
}

// Document makes the row of a document's own voice.
func (r *Rows) Document(d *Document) Row {
	r.begin()
	r.words(d.Title)
	for _, span := range d.Narrative {
		r.words(span.Of(d.Text))
	}
	if r.figure {
		r.tag(TagFigure)
	}
	r.tag(TagDoc)
	r.ofDocument(d)
	return Row{Form: string(r.form), Stem: string(r.stem), Tags: string(r.tags)}
}

func (r *Rows) begin() {
	r.form, r.stem, r.tags = r.form[:0], r.stem[:0], r.tags[:0]
	r.figure = false
	r.row++
	if len(r.known) > maxCached {
		clear(r.known)
	}
}

// ofDocument adds the tags that all rows of a document share.
func (r *Rows) ofDocument(d *Document) {
	if d.Lang != "" {
		r.tag(TagLang(d.Lang))
	}
	if d.Published.IsZero() {
		r.tag(TagUndated)
	}
	for _, w := range fold.Words(d.Publisher) {
		r.tag(TagPublisher(w.Form))
	}
}

func (r *Rows) tag(tag string) { r.tags = appendWord(r.tags, tag) }

func appendWord(b []byte, w string) []byte {
	if len(b) > 0 {
		b = append(b, ' ')
	}
	return append(b, w...)
}

// words adds the words of a piece of text.
func (r *Rows) words(piece string) {
	if len(r.form) > 0 {
		r.form = appendWord(r.form, Gap)
	}
	for _, w := range fold.Words(piece) {
		r.form = appendWord(r.form, w.Form)
		r.figure = r.figure || w.IsNumber()
		if e := r.stemmed(w, piece); e.row != r.row {
			e.row = r.row
			r.addStems(e.stems)
		}
	}
}

// addStems adds the stems that are not in the row yet.
func (r *Rows) addStems(stems []string) {
	for _, s := range stems {
		if !hasWord(r.stem, s) {
			r.stem = appendWord(r.stem, s)
		}
	}
}

// hasWord reports whether a row's column has a word.
func hasWord(column []byte, w string) bool {
	for {
		i := bytes.Index(column, []byte(w))
		if i < 0 {
			return false
		}
		end := i + len(w)
		if (i == 0 || column[i-1] == ' ') && (end == len(column) || column[end] == ' ') {
			return true
		}
		column = column[end:]
	}
}

// stemmed is a spelling with the stems that differ from its form.
type stemmed struct {
	stems []string
	row   int // the last row that has it
}

// stemmed is the folder's answer, remembered.
func (r *Rows) stemmed(w fold.Word, piece string) *stemmed {
	raw := w.Span.Of(piece)
	e := r.known[raw]
	if e == nil {
		e = &stemmed{stems: r.folder.Stems(nil, w)}
		e.stems = slices.DeleteFunc(e.stems, func(s string) bool { return s == w.Form })
		for i, s := range e.stems { // not to keep the whole text
			e.stems[i] = strings.Clone(s)
		}
		r.known[strings.Clone(raw)] = e
	}
	return e
}

// ticks is the range of places of a time range; zero times leave it open.
func ticks(from, to time.Time) (first, end int64) {
	end = maxTick + 1
	if !from.IsZero() {
		first = tick(from)
	}
	if !to.IsZero() {
		end = tick(to)
	}
	return first, end
}
