package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Limits on what [ScoreCase] and [ReadCasePrediction] accept.
const (
	MaxCaseFile   = 32 << 20 // bytes of a document, of gold.json, or of a prediction
	MaxStatements = 20_000   // predicted statements
	MaxGroup      = 2_000    // documents of one syndication group
)

// CasePrediction is what was read from the documents of a case.
type CasePrediction struct {
	Statements  []CaseStatement `json:"statements"`
	Claims      []CaseClaim     `json:"claims"`
	Syndication [][]string      `json:"syndication"` // groups of copies
	Disputes    []CaseDispute   `json:"disputes"`
}

// CaseStatement is one predicted statement. Doc is a file name, with or
// without directory and .txt.
type CaseStatement struct {
	Doc     string `json:"doc"`
	Source  string `json:"source"` // "" where nobody is named
	Cue     string `json:"cue"`
	Content string `json:"content"`
	Stance  string `json:"stance"`
	// Party is a string, number or bool, or nil for nobody: equal values are
	// one party, across documents.
	Party        any    `json:"party"`
	ParentIndex  *int   `json:"parent_index"`            // into Statements; nil for none
	ContentStart *int   `json:"content_start,omitempty"` // byte offset in the body
	Field        string `json:"field,omitempty"`         // "title": not scored
}

// CaseClaim groups statements about one proposition.
type CaseClaim struct {
	Members     []CaseMember `json:"members"`
	Independent int          `json:"independent"` // independent origins that affirm it
}

// CaseMember points to a statement by its index or, without one, to all
// statements of a document with that content. In JSON a bare number is an index.
type CaseMember struct {
	Doc       string `json:"doc"`
	Content   string `json:"content"`
	Polarity  string `json:"polarity,omitempty"`
	Statement *int   `json:"statement,omitempty"`
}

// UnmarshalJSON reads an index or an object.
func (m *CaseMember) UnmarshalJSON(b []byte) error {
	*m = CaseMember{}
	if b[0] != '{' {
		return json.Unmarshal(b, &m.Statement)
	}
	type plain CaseMember
	return json.Unmarshal(b, (*plain)(m))
}

// CaseDispute is a denial, reversal or conflict of figures. Its statements are
// its Members or else its Statements; if none of them is found in gold, those
// of the claim with index Claim.
type CaseDispute struct {
	Type       string       `json:"type"`
	Members    []CaseMember `json:"members"`
	Statements []CaseMember `json:"statements,omitempty"`
	Claim      *int         `json:"claim,omitempty"`
}

// ReadCasePrediction reads a prediction; name is used in messages only.
func ReadCasePrediction(r io.Reader, name string) (CasePrediction, error) {
	var p CasePrediction
	data, err := readAll(r, name)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return p, fmt.Errorf("%s: not a case prediction: %w", name, err)
	}
	return p, nil
}

func (p CasePrediction) check() error {
	if n := len(p.Statements); n > MaxStatements {
		return fmt.Errorf("%d predicted statements, at most %d are scored", n, MaxStatements)
	}
	for i, s := range p.Statements {
		if s.Party != nil && !reflect.TypeOf(s.Party).Comparable() {
			return fmt.Errorf("predicted statement %d: party must be a string, a number or null", i)
		}
	}
	for i, group := range p.Syndication {
		if len(group) > MaxGroup {
			return fmt.Errorf("syndication group %d: %d documents, at most %d are scored", i, len(group), MaxGroup)
		}
	}
	return nil
}

// goldCase is the part of gold.json that is scored.
type goldCase struct {
	Statements []goldStatement `json:"statements"`
	Parties    []struct {
		ID      string   `json:"id"`
		NameAr  string   `json:"name_ar"`
		NameEn  string   `json:"name_en"`
		Aliases []string `json:"aliases"`
	} `json:"parties"`
	Claims []struct {
		ID      string `json:"id"`
		Members []struct {
			Statement string `json:"statement"`
			Polarity  string `json:"polarity"`
		} `json:"members"`
	} `json:"claims"`
	Disputes []struct {
		Type       string   `json:"type"`
		Statements []string `json:"statements"`
	} `json:"disputes"`
	Syndication [][]string `json:"syndication"`
	Origins     []struct {
		Claim       string `json:"claim"`
		Independent int    `json:"independent"`
	} `json:"origins"`
}

type goldStatement struct {
	ID           string  `json:"id"`
	Doc          string  `json:"doc"`
	Source       *string `json:"source"`
	SourceParty  string  `json:"source_party"`
	Cue          string  `json:"cue"`
	Content      string  `json:"content"`
	Stance       string  `json:"stance"`
	Parent       string  `json:"parent"`
	ContentStart *int    `json:"content_start"`
	Implicit     bool    `json:"implicit"`
}

// caseDoc is one document of a case.
type caseDoc struct{ title, body, head string }

func readCase(dir fs.FS) (map[string]caseDoc, goldCase, error) {
	var gold goldCase
	docs := map[string]caseDoc{}
	entries, err := fs.ReadDir(dir, "docs")
	if err != nil {
		return nil, gold, fmt.Errorf("a case is a folder with docs/ and gold.json: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		data, err := readFile(dir, path.Join("docs", e.Name()))
		if err != nil {
			return nil, gold, err
		}
		docs[stem(e.Name())] = parseCaseDoc(string(data))
	}
	data, err := readFile(dir, "gold.json")
	if err != nil {
		return nil, gold, err
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		return nil, gold, fmt.Errorf("gold.json: %w", err)
	}
	return docs, gold, nil
}

func readFile(dir fs.FS, name string) ([]byte, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, name)
}

func readAll(r io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxCaseFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case len(data) > MaxCaseFile:
		return nil, fmt.Errorf("%s: longer than %d bytes", name, MaxCaseFile)
	case !utf8.Valid(data):
		return nil, fmt.Errorf("%s: %w", name, errNotUTF8)
	}
	return data, nil
}

var errNotUTF8 = errors.New("not valid UTF-8; convert the file first")

// parseCaseDoc splits header lines from the body at the first blank line.
func parseCaseDoc(text string) caseDoc {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	head, body, _ := strings.Cut(text, "\n\n")
	d := caseDoc{head: head, body: strings.TrimRight(body, "\n")}
	for line := range strings.SplitSeq(head, "\n") {
		if title, ok := strings.CutPrefix(line, "title:"); ok {
			d.title = strings.TrimSpace(title)
		}
	}
	return d
}

// stem is a file name without directory and .txt.
func stem(name string) string {
	return strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".txt")
}
