package lang

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Source is the content of a language's tables, as written.
type Source struct {
	Cues  []CueRow // rows of cues.tsv, then of phrases.tsv
	Verbs []VerbRow
	Words []WordRow
}

// VerbRow holds the principal parts of a verb. Row is its cue, or -1.
type VerbRow struct {
	Past, Present, Participle string
	Nouns                     []string
	Row                       int
}

// WordRow is a line of words.tsv.
type WordRow struct {
	Word  string
	Class Class
	Agr   Agr
}

var agrNames = map[string]Agr{"-": AnyAgr, "": AnyAgr, "m": M, "f": F, "mp": MP, "fp": FP, "np": NP}

// ReadSource reads cues.tsv, phrases.tsv, words.tsv and, where there is one,
// verbs.tsv. Errors name file and line.
func ReadSource(dir fs.FS) (*Source, error) {
	s := new(Source)
	if err := s.readCues(dir); err != nil {
		return nil, err
	}
	err := ReadRows(dir, "words.tsv", 3, func(c []string) error {
		w, err := wordRow(c)
		s.Words = append(s.Words, w)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := ReadRows(dir, "verbs.tsv", 2, s.verbRow); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s, nil
}

func (s *Source) readCues(dir fs.FS) error {
	if err := ReadTable(dir, "cues.tsv", 8, s.cueRow); err != nil {
		return err
	}
	return ReadTable(dir, "phrases.tsv", 6, s.phraseRow)
}

// ReadTable calls row with every line of a table: tab-separated, comments
// begin with #, the first line that is none is the header. id is the file and
// line; the columns are good until row returns.
func ReadTable(dir fs.FS, name string, cols int, row func(id string, c []string) error) error {
	return readTable(dir, name, cols, func(line int, c []string) error {
		return row(lineID(name, line), c)
	})
}

// ReadRows is ReadTable for those who do not ask for the line.
func ReadRows(dir fs.FS, name string, cols int, row func(c []string) error) error {
	return readTable(dir, name, cols, func(_ int, c []string) error { return row(c) })
}

func lineID(name string, line int) string { return name + ":" + strconv.Itoa(line) }

func readTable(dir fs.FS, name string, cols int, row func(line int, c []string) error) error {
	rest, err := readText(dir, name)
	if err != nil {
		return err
	}
	header := false
	var c []string
	for n := 1; rest != ""; n++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' || strings.TrimSpace(line) == "" {
			continue
		}
		if !header {
			header = true
			continue
		}
		c = c[:0]
		for more := true; more; {
			var f string
			f, line, more = strings.Cut(line, "\t")
			c = append(c, f)
		}
		if len(c) < cols {
			return fmt.Errorf("%s: %d columns, need %d", lineID(name, n), len(c), cols)
		}
		if err := row(n, c); err != nil {
			return fmt.Errorf("%s: %w", lineID(name, n), err)
		}
	}
	return nil
}

// readText reads a file as a string, of which rows keep pieces.
func readText(dir fs.FS, name string) (string, error) {
	f, err := dir.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	if info, err := f.Stat(); err == nil {
		b.Grow(int(info.Size()))
	}
	_, err = io.Copy(&b, f)
	return b.String(), err
}

// cueRow reads the Arabic form (lemma imperfect participle masdar prep stance
// polarity frames example) or the English one, which has no verbal noun.
func (s *Source) cueRow(id string, c []string) error {
	v := VerbRow{Past: c[0], Present: c[1], Participle: c[2], Row: len(s.Cues)}
	rest := c[3:]
	if len(c) >= 9 {
		v.Nouns = list(c[3])
		rest = c[4:]
	}
	cue := CueRow{Lemma: c[0], Preps: list(rest[0]), ID: id}
	if err := cue.fill(rest[1:]); err != nil {
		return err
	}
	s.Cues = append(s.Cues, cue)
	s.Verbs = append(s.Verbs, v)
	return nil
}

func (s *Source) phraseRow(id string, c []string) error {
	typ, ok := typeNames[c[1]]
	if !ok {
		return fmt.Errorf("unknown type %q", c[1])
	}
	cue := CueRow{Lemma: c[0], Type: typ, ID: id}
	if err := cue.fill(c[2:]); err != nil {
		return err
	}
	s.Cues = append(s.Cues, cue)
	return nil
}

// fill reads stance, polarity, frames and example.
func (c *CueRow) fill(cols []string) error {
	var err error
	if c.Stance, err = isnad.ParseStance(cols[0]); err != nil {
		return err
	}
	if c.Polarity, err = isnad.ParsePolarity(cols[1]); err != nil {
		return err
	}
	for _, f := range strings.Split(cols[2], ",") {
		f = strings.TrimSpace(f)
		if f == "" || f == "-" {
			continue
		}
		bit, ok := frameNames[f]
		if !ok {
			return fmt.Errorf("unknown frame %q", f)
		}
		c.Frames |= bit
	}
	c.Example = cols[3]
	return nil
}

func wordRow(c []string) (WordRow, error) {
	class, err := ParseClass(c[1])
	if err != nil {
		return WordRow{}, err
	}
	agr, ok := agrNames[c[2]]
	if !ok {
		return WordRow{}, fmt.Errorf("unknown agreement %q", c[2])
	}
	return WordRow{c[0], class, agr}, nil
}

func (s *Source) verbRow(c []string) error {
	s.Verbs = append(s.Verbs, VerbRow{Past: c[0], Present: c[1], Participle: "-", Row: -1})
	return nil
}

func list(s string) []string {
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return r == '،' || r == ',' }) {
		if f = strings.TrimSpace(f); f != "" && f != "-" {
			out = append(out, f)
		}
	}
	return out
}

// readPhrases calls add with the entries of several words, and with the
// one-word cues that are not verbs. Entries that end with a one-letter
// preposition ask for it.
func (s *Source) readPhrases(dir fs.FS, add func(Phrase)) error {
	for i, c := range s.Cues {
		if c.Type != VerbCue {
			add(phrase(c.Lemma, Reading{Class: Cue, Row: uint16(i)}))
		}
	}
	return ReadRows(dir, "words.tsv", 3, func(c []string) error {
		w, err := wordRow(c)
		if err != nil || !strings.ContainsAny(w.Word, " .-") {
			return err
		}
		if p := phrase(w.Word, Reading{Class: w.Class, Agr: w.Agr}); len(p.Words) > 1 {
			add(p)
		}
		return nil
	})
}

func phrase(words string, r Reading) Phrase {
	p := Phrase{Reading: r}
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == '-' }) {
		p.Words = append(p.Words, text.Hash(w))
	}
	if f := strings.Fields(words); len(f) > 1 {
		if last := []rune(f[len(f)-1]); len(last) == 1 && (last[0] == 'ل' || last[0] == 'ب') {
			p.Words, p.Clitic = p.Words[:len(p.Words)-1], last[0]
		}
	}
	return p
}
