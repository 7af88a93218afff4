// Package gold reads hand-annotated attributions: who said what in a text.
//
// Two forms hold the same data. The readable form ([Parse]) is written and
// corrected by hand; it quotes the text, so that no offset is ever typed. The
// line form ([ReadJSONL], [WriteJSONL]) is what a scorer compares: one JSON
// object a line, spans in bytes.
//
// Invariant: every span of a [Doc] that this package returns lies inside its
// text, is not empty, and cuts no UTF-8 sequence.
package gold

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// MaxLine bounds one line of either form, in bytes.
const MaxLine = 16 << 20

// maxErrors bounds how many mistakes one call reports.
const maxErrors = 100

// Doc is one annotated text.
type Doc struct {
	ID           string        `json:"id"`
	Lang         string        `json:"lang"` // "ar" or "en"
	Genre        string        `json:"genre,omitempty"`
	Outlet       string        `json:"outlet,omitempty"`
	From         string        `json:"from,omitempty"`
	Text         string        `json:"text"`
	Attributions []Attribution `json:"attributions"`
}

// Attribution ties a source to a content by a cue. Its spans are those of the
// Doc it stands in.
type Attribution struct {
	ID         string `json:"id"`
	Cue        Spans  `json:"cue"`
	Source     Spans  `json:"source"` // empty if nobody is named at the cue
	Content    Spans  `json:"content"`
	Lemma      string `json:"cue_lemma,omitempty"` // without vowels or hamza on alef
	Negated    bool   `json:"negated"`             // the cue itself is negated
	Kind       string `json:"kind"`                // one of Kinds
	Stance     string `json:"stance,omitempty"`    // one of Stances
	Polarity   string `json:"polarity,omitempty"`  // one of Polarities, after negation
	SourceKind string `json:"source_kind,omitempty"`
	NPContent  bool   `json:"np_content,omitempty"`  // the content is a noun phrase
	Soft       bool   `json:"soft,omitempty"`        // belief, expectation, demand
	Uncertain  bool   `json:"uncertain,omitempty"`   // neither rewarded nor punished
	Nominal    bool   `json:"nominal,omitempty"`     // the cue is a noun
	Rejected   bool   `json:"rejected,omitempty"`    // the author holds it for false
	SourceFull Spans  `json:"source_full,omitempty"` // source with its relative clause
	SourceAlt  Spans  `json:"source_alt,omitempty"`  // antecedent that is accepted too
	Parent     int    `json:"parent"`                // index of the enclosing attribution, or -1
}

// Span is a half-open interval of bytes.
type Span [2]int

// Spans are the pieces of one part, in the order of the text.
type Spans []Span

// MarshalJSON writes no pieces as [], never as null.
func (s Spans) MarshalJSON() ([]byte, error) {
	if s == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]Span(s))
}

// UnmarshalJSON accepts null, one [start,end] or a list of them.
func (s *Spans) UnmarshalJSON(b []byte) error {
	var many []Span
	if err := json.Unmarshal(b, &many); err == nil {
		*s = many
		return nil
	}
	var one Span
	if err := json.Unmarshal(b, &one); err != nil {
		return fmt.Errorf("span is neither [start,end] nor a list of them: %w", err)
	}
	*s = Spans{one}
	return nil
}

// Text returns the pieces of s as text quotes them, joined by " … ".
func (s Spans) Text(text string) string {
	var b []byte
	for i, p := range s {
		if i > 0 {
			b = append(b, " … "...)
		}
		b = append(b, text[p[0]:p[1]]...)
	}
	return string(b)
}

// UnmarshalJSON takes an absent parent as -1.
func (a *Attribution) UnmarshalJSON(b []byte) error {
	type plain Attribution
	p := plain{Parent: -1}
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	*a = Attribution(p)
	return nil
}

// Kinds, Stances, Polarities and SourceKinds are the words the annotation may
// use. The empty string stands for "not judged", which only the line form has.
func Kinds() []string {
	return []string{"direct", "indirect", "mixed", "according-to", "headline"}
}

// Stances returns the speech acts of a cue; see Kinds.
func Stances() []string {
	return []string{
		"say", "affirm", "announce", "admit", "deny", "claim", "accuse", "condemn",
		"demand", "promise", "warn", "believe", "ask", "doubt", "report",
	}
}

// Polarities returns the sides a cue can take towards its content; see Kinds.
func Polarities() []string { return []string{"affirm", "deny", "neutral"} }

// SourceKinds returns why a source is absent; see Kinds.
func SourceKinds() []string {
	return []string{"implicit", "pronoun", "passive", "relative", "controlled", "unknown"}
}

// check reports the first thing in d that breaks the package's invariant.
func (d *Doc) check() error {
	for i := range d.Attributions {
		if err := d.checkAttribution(i); err != nil {
			return fmt.Errorf("attribution %d: %w", i, err)
		}
	}
	return nil
}

func (d *Doc) checkAttribution(i int) error {
	a := &d.Attributions[i]
	for _, part := range []Spans{a.Cue, a.Source, a.Content, a.SourceFull, a.SourceAlt} {
		for _, s := range part {
			if err := s.check(d.Text); err != nil {
				return err
			}
		}
	}
	if err := a.checkWords(); err != nil {
		return err
	}
	for p, steps := i, 0; p != -1; p, steps = d.Attributions[p].Parent, steps+1 {
		if p < 0 || p >= len(d.Attributions) {
			return fmt.Errorf("parent %d does not exist: there are %d attributions, counted from 0", p, len(d.Attributions))
		}
		if steps > len(d.Attributions) {
			return errors.New("parents form a circle")
		}
	}
	return nil
}

func (a *Attribution) checkWords() error {
	for _, c := range []struct {
		name, word string
		known      []string
	}{
		{"kind", a.Kind, Kinds()},
		{"stance", a.Stance, Stances()},
		{"polarity", a.Polarity, Polarities()},
		{"source_kind", a.SourceKind, SourceKinds()},
	} {
		if c.word != "" && !slices.Contains(c.known, c.word) {
			return fmt.Errorf("unknown %s %q: want one of %q", c.name, c.word, c.known)
		}
	}
	return nil
}

func (s Span) check(text string) error {
	if s[0] < 0 || s[1] > len(text) || s[0] >= s[1] {
		return fmt.Errorf("span %v is empty or outside the text of %d bytes", s, len(text))
	}
	if !utf8.RuneStart(text[s[0]]) || s[1] < len(text) && !utf8.RuneStart(text[s[1]]) {
		return fmt.Errorf("span %v cuts a character in two", s)
	}
	return nil
}

// ReadJSONL reads the line form. Fields it does not know are skipped. The
// error names the line of each mistake, up to a limit; the documents read
// without one are returned with it.
func ReadJSONL(r io.Reader) ([]Doc, error) {
	var docs []Doc
	var errs []error
	err := eachLine(r, func(n int, line string) bool {
		if line == "" {
			return true
		}
		var d Doc
		err := json.Unmarshal([]byte(line), &d)
		if err == nil {
			err = d.check()
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("gold: line %d: %w", n, err))
			return len(errs) < maxErrors
		}
		docs = append(docs, d)
		return true
	})
	return docs, errors.Join(append(errs, err)...)
}

// WriteJSONL writes the line form: one document a line, UTF-8 unescaped.
func WriteJSONL(w io.Writer, docs []Doc) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range docs {
		d := docs[i]
		if d.Attributions == nil {
			d.Attributions = []Attribution{}
		}
		if err := enc.Encode(d); err != nil {
			return fmt.Errorf("gold: write %s: %w", d.ID, err)
		}
	}
	return nil
}

// eachLine calls f with each line and its number from 1, until f says no.
func eachLine(r io.Reader, f func(n int, line string) bool) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, MaxLine)
	n := 0
	for sc.Scan() {
		n++
		if !f(n, sc.Text()) {
			return nil
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("gold: after line %d: %w", n, err)
	}
	return nil
}
