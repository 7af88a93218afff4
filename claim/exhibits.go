package claim

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
	"github.com/isnad/isnad/when"
)

// showing holds the words of exhibits.tsv: classes by phrase.
type showing struct {
	classes map[string]string
	times   *when.Reader
}

func newShowing(packs []*lang.Pack) (*showing, error) {
	s := &showing{classes: map[string]string{}}
	err := lang.ReadRows(tables, "exhibits.tsv", 2, func(c []string) error {
		if c[1] != "shows" && c[1] != "attach" {
			if _, err := isnad.ParseExhibitKind(c[1]); err != nil {
				return err
			}
		}
		s.classes[strings.Join(nameWords(c[0]), " ")] = c[1]
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.times, err = when.New(packs...)
	return s, err
}

// maxExhibits bounds what one document shows.
const maxExhibits = 64

// Exhibits finds what a document says there is to be seen, heard or read, in
// the order of the text.
func (b *Book) Exhibits(s *isnad.Source) []isnad.Exhibit {
	t, err := text.New(s.Text)
	if err != nil {
		return nil
	}
	var out []isnad.Exhibit
	for _, sentence := range t.Sentences {
		if len(out) >= maxExhibits {
			break
		}
		span := t.Span(sentence)
		if e, ok := b.showing.find(span.Of(s.Text)); ok {
			e.Doc = s.ID
			move(&e.Span, span.Start)
			move(&e.Noun, span.Start)
			e.When = b.showing.dates(s, e.Span)
			e.Places = places(s.Text, e.Span, e.When)
			e.Statement = shownWith(t, s, span)
			out = append(out, e)
		}
	}
	return out
}

// exhibitsOf are the exhibits that were shown with the members of a claim.
func (j *judge) exhibitsOf(stands []stand) []isnad.Exhibit {
	var out []isnad.Exhibit
	for _, s := range stands {
		all, read := j.shown[s.source.ID]
		if !read {
			all = j.Exhibits(s.source)
			j.shown[s.source.ID] = all
		}
		for _, e := range all {
			if e.Statement == s.Statement.ID {
				out = append(out, e)
			}
		}
	}
	return out
}

func move(s *text.Span, by int) { s.Start, s.End = s.Start+by, s.End+by }

// find finds the exhibit of a sentence: the first noun with a word that says
// that it is shown.
func (w *showing) find(sentence string) (e isnad.Exhibit, ok bool) {
	words := fold.Words(sentence)
	shown, attached := false, false
	noun := -1
	for i := range words {
		class := w.class(words, i)
		switch class {
		case "":
			if rest, with := strings.CutPrefix(words[i].Form, "ب"); with && noun < 0 && attached {
				class = w.classes[bare(rest)]
			}
			if class == "" || class == "shows" || class == "attach" {
				continue
			}
		case "attach":
			shown, attached = true, true
			continue
		case "shows":
			shown = true
			continue
		}
		if noun < 0 {
			kind, err := isnad.ParseExhibitKind(class)
			if err == nil {
				noun, e.Kind, e.Noun = i, kind, words[i].Span
			}
		}
	}
	if noun < 0 || !shown {
		return e, false
	}
	e.Span = text.Span{Start: e.Noun.Start, End: clauseEnd(sentence, e.Noun.End)}
	return e, true
}

// class is the class of the phrase or word at i.
func (w *showing) class(words []fold.Word, i int) string {
	form := bare(words[i].Form)
	if i+1 < len(words) {
		if c := w.classes[form+" "+bare(words[i+1].Form)]; c != "" {
			return c
		}
	}
	if c := w.classes[form]; c != "" {
		return c
	}
	return w.classes[strings.TrimPrefix(form, "و")]
}

// clauseEnd is where the clause around a byte ends.
func clauseEnd(s string, from int) int {
	for i, r := range s[from:] {
		if strings.ContainsRune(".؟!؛;\n", r) || (r == '،' || r == ',') && i > 24 {
			return from + i
		}
	}
	return len(s)
}

// dates are the dates of a passage, counted from when its document was
// published.
func (w *showing) dates(s *isnad.Source, span text.Span) []isnad.Time {
	t, err := text.New(span.Of(s.Text))
	if err != nil {
		return nil
	}
	var anchor time.Time
	if !s.Published.IsZero() {
		anchor = s.Published
	}
	found := w.times.Find(t, anchor)
	for i := range found {
		move(&found[i].Span, span.Start)
	}
	return found
}

// maxPlace is the number of words of a place.
const maxPlace = 4

// places are the nouns behind "in" (في, in, at, near) in a passage that are no
// dates: places as the passage has them, not looked up anywhere.
func places(raw string, span text.Span, dates []isnad.Time) []text.Span {
	words := fold.Words(span.Of(raw))
	var out []text.Span
	for i := 0; i+1 < len(words); i++ {
		if f := words[i].Form; f != "في" && f != "قرب" && f != "in" && f != "at" && f != "near" {
			continue
		}
		end := placeEnd(span.Of(raw), words, i+1)
		if end == i+1 {
			continue
		}
		p := text.Span{Start: span.Start + words[i+1].Span.Start, End: span.Start + words[end-1].Span.End}
		if !slices.ContainsFunc(dates, func(d isnad.Time) bool { return d.Span.Overlaps(p) }) {
			out = append(out, p)
		}
	}
	return out
}

// placeEnd is the word after a place that begins at word i, or i where none
// does: a noun with those that belong to it by their articles, or names in
// capitals.
func placeEnd(s string, words []fold.Word, i int) int {
	end := i
	for end < len(words) && end < i+maxPlace && !words[end].IsNumber() {
		raw := words[end].Span.Of(s)
		first, _ := utf8.DecodeRuneInString(raw)
		if end > i && strings.TrimSpace(s[words[end-1].Span.End:words[end].Span.Start]) != "" {
			break
		}
		definite := strings.HasPrefix(words[end].Form, "ال")
		switch {
		case first < 0x80 && !unicode.IsUpper(first):
			return end
		case first >= 0x80 && end > i && !definite:
			return end
		case first >= 0x80 && end == i && !definite && end+1 < len(words) && !strings.HasPrefix(words[end+1].Form, "ال"):
			return end + 1
		}
		end++
	}
	return end
}

// shownWith is the statement that an exhibit in a sentence belongs to: one in
// the sentence, or the last before it in the paragraph, or the first after it.
func shownWith(t *text.Text, s *isnad.Source, sentence text.Span) string {
	paragraph := sentence
	for _, p := range t.Paragraphs {
		if span := t.Span(p); span.Contains(sentence) {
			paragraph = span
		}
	}
	best, rank := "", 0
	for i := range s.Statements {
		st := &s.Statements[i]
		at := st.Content[0]
		var r int
		switch {
		case at.Overlaps(sentence):
			r = 1 << 40
		case !at.Overlaps(paragraph):
			continue
		case at.Start < sentence.Start:
			r = 1<<32 - (sentence.Start - at.Start)
		default:
			r = 1<<16 - min(at.Start-sentence.Start, 1<<15)
		}
		if r > rank {
			best, rank = st.ID, r
		}
	}
	return best
}
