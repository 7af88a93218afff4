package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Limits on what [ReadDocs] accepts.
const (
	MaxLine         = 32 << 20 // bytes of one line
	MaxAttributions = 10_000   // attributions of one document
	maxBadLines     = 20       // malformed lines reported before giving up
)

// Doc is one line of a gold or prediction file. A prediction needs no text.
type Doc struct {
	ID           Label         `json:"id"`
	Lang         string        `json:"lang,omitempty"`
	Text         string        `json:"text,omitempty"`
	Attributions []Attribution `json:"attributions"`
}

// Attribution is one cue with its source and content. The fields from CueLemma
// to SourceKind matter in gold only, the others on both sides.
type Attribution struct {
	Cue        Spans  `json:"cue"`
	Source     Spans  `json:"source"`
	Content    Spans  `json:"content"`
	Negated    bool   `json:"negated,omitempty"`
	Stance     string `json:"stance,omitempty"`
	Polarity   Label  `json:"polarity,omitempty"`
	CueLemma   string `json:"cue_lemma,omitempty"`
	SourceFull Spans  `json:"source_full,omitempty"` // the source with its relative clauses, accepted too
	SourceAlt  Spans  `json:"source_alt,omitempty"`  // an antecedent, accepted too
	NPContent  bool   `json:"np_content,omitempty"`
	Soft       bool   `json:"soft,omitempty"`
	Uncertain  bool   `json:"uncertain,omitempty"`
	Kind       string `json:"kind,omitempty"`
	SourceKind string `json:"source_kind,omitempty"`
}

// Spans are half-open byte ranges [start, end) of the document's text. In JSON
// they are null, one pair, or a list of pairs.
type Spans [][2]int

// UnmarshalJSON reads any of the three forms. Empty pairs are dropped.
func (s *Spans) UnmarshalJSON(b []byte) error {
	*s = nil
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return fmt.Errorf("spans: want null, a pair or a list of pairs: %w", err)
	}
	if len(list) > 0 && list[0][0] != '[' {
		list = []json.RawMessage{b}
	}
	for _, raw := range list {
		var pair []int
		if err := json.Unmarshal(raw, &pair); err != nil {
			return fmt.Errorf("spans: %w", err)
		}
		switch len(pair) {
		case 0:
		case 2:
			*s = append(*s, [2]int{pair[0], pair[1]})
		default:
			return fmt.Errorf("spans: %d numbers where a pair is wanted", len(pair))
		}
	}
	return nil
}

// Label is a name that some files write as a JSON number.
type Label string

// UnmarshalJSON reads a string, a number as its digits, or null as "".
func (l *Label) UnmarshalJSON(b []byte) error {
	if b[0] == '"' {
		return json.Unmarshal(b, (*string)(l))
	}
	var n *json.Number
	if err := json.Unmarshal(b, &n); err != nil {
		return fmt.Errorf("want a string or a number: %w", err)
	}
	*l = ""
	if n != nil {
		*l = Label(*n)
	}
	return nil
}

// ReadDocs reads JSON lines, one document each; blank lines are skipped and a
// later line with the same id takes the place of the earlier one. name is used
// in messages only. It returns the documents it could read together with an
// error that names each malformed line by its number.
func ReadDocs(r io.Reader, name string) ([]Doc, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), MaxLine)
	var docs []Doc
	var bad []error
	at := map[Label]int{}
	line := 0
	for in.Scan() && len(bad) < maxBadLines {
		line++
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		d, err := parseDoc(in.Bytes())
		if err != nil {
			bad = append(bad, fmt.Errorf("%s: line %d: %w", name, line, err))
			continue
		}
		if i, seen := at[d.ID]; seen {
			docs[i] = d
			continue
		}
		at[d.ID] = len(docs)
		docs = append(docs, d)
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		bad = append(bad, fmt.Errorf("%s: line %d: longer than %d bytes; split the document", name, line+1, MaxLine))
	} else if err != nil {
		bad = append(bad, fmt.Errorf("%s: line %d: %w", name, line+1, err))
	}
	return docs, errors.Join(bad...)
}

func parseDoc(line []byte) (Doc, error) {
	var d Doc
	if !utf8.Valid(line) {
		return d, errNotUTF8
	}
	if err := json.Unmarshal(line, &d); err != nil {
		return d, err
	}
	if d.ID == "" {
		return d, errors.New("no id")
	}
	if n := len(d.Attributions); n > MaxAttributions {
		return d, fmt.Errorf("%d attributions in %s, at most %d are scored", n, d.ID, MaxAttributions)
	}
	return d, nil
}
