package lang

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Said is a row of said.tsv: words at the start of a content that make another
// act of it than its cue tells. He said that he was *not a party* to it is a
// denial.
type Said struct {
	Row    string         // file:line
	Of     []isnad.Stance // of the cues it applies to
	Stance isnad.Stance
	// Example is a sentence that proves the row, with {source} and [content].
	Example string
	steps   []step
}

// step is one word of a row: its spellings, and whether other words may stand
// before it.
type step struct {
	gap   bool
	words []uint64
}

// What bounds the look at a content: the tokens from which a row may begin, and
// those that a gap may hold.
const (
	maxStart = 8
	maxGap   = 4
)

// saids are the rows of said.tsv, with what tells most words that no row
// begins with.
type saids struct {
	rows   []Said
	of     [isnad.Report + 1][]int // rows by the stances that they apply to
	firsts filter                  // of the first words of rows
}

func (s *saids) add(row Said) {
	for _, of := range row.Of {
		s.of[of] = append(s.of[of], len(s.rows))
	}
	for _, h := range row.steps[0].words {
		s.firsts.add(h)
	}
	s.rows = append(s.rows, row)
}

// Saids gives the rows of said.tsv.
func (p *Pack) Saids() []Said { return p.said.rows }

// Sense is the act that the content in the tokens r makes of a cue with the
// stance of, or of itself where no row applies.
func (p *Pack) Sense(t *text.Text, r text.Range, of isnad.Stance) isnad.Stance {
	rows := p.said.of[of]
	if len(rows) == 0 {
		return of
	}
	for i := r.First; i < min(r.End, r.First+maxStart); i++ {
		if !p.said.mayBegin(t, i) {
			continue
		}
		for _, k := range rows {
			if s := &p.said.rows[k]; s.matches(t, i, r.End) {
				return s.Stance
			}
		}
	}
	return of
}

// mayBegin reports whether a row may begin with token i.
func (s *saids) mayBegin(t *text.Text, i int) bool {
	if t.Tokens[i].Kind > text.Number {
		return false
	}
	return s.firsts.may(t.Tokens[i].Hash) || conjoined(t, i) && s.firsts.may(text.HashFrom(t.Word(i), 1))
}

// conjoined reports a word whose first letter may be a conjunction.
func conjoined(t *text.Text, i int) bool {
	f := t.First(i)
	return f == 'و' || f == 'ف'
}

func (s *Said) matches(t *text.Text, i, end int) bool {
	for n := range s.steps {
		st := &s.steps[n]
		stop := min(i+1, end)
		if st.gap {
			stop = min(i+1+maxGap, end)
		}
		for i < stop && !st.is(t, i) {
			i++
		}
		if i >= stop {
			return false
		}
		i++
	}
	return true
}

func (st *step) is(t *text.Text, i int) bool {
	if t.Tokens[i].Kind > text.Number {
		return false
	}
	if slices.Contains(st.words, t.Tokens[i].Hash) {
		return true
	}
	return conjoined(t, i) && slices.Contains(st.words, text.HashFrom(t.Word(i), 1))
}

// readSaid reads said.tsv: words, the stances of the cues, the stance, an
// example. Words are parted by spaces, their spellings by strokes; ".." is a
// gap.
func readSaid(dir fs.FS) (saids, error) {
	var out saids
	err := ReadTable(dir, "said.tsv", 4, func(id string, c []string) error {
		s := Said{Row: id, Example: c[3]}
		gap := false
		for _, w := range strings.Fields(c[0]) {
			if w == ".." {
				gap = true
				continue
			}
			st := step{gap: gap}
			for _, x := range strings.Split(w, "/") {
				st.words = append(st.words, text.Hash(x))
			}
			s.steps, gap = append(s.steps, st), false
		}
		if len(s.steps) == 0 || s.steps[0].gap {
			return errors.New("a row does not begin with a word")
		}
		for _, name := range strings.Split(c[1], ",") {
			of, err := isnad.ParseStance(name)
			if err != nil {
				return err
			}
			s.Of = append(s.Of, of)
		}
		var err error
		s.Stance, err = isnad.ParseStance(c[2])
		out.add(s)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return saids{}, nil
	}
	return out, err
}
