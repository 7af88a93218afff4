package lang

import (
	"encoding/binary"
	"errors"

	"github.com/isnad/isnad/text"
)

// The file forms.bin holds the surface forms of a language as the smallest
// automaton without cycles that accepts them. Inflection repeats itself, so that
// a form costs two bytes; [Load] goes along all ways through it and makes a
// table by hash of what it passes.
//
// Format, little endian: magic "ISNF", then numbers of four bytes: version 3,
// words, letters, readings of the patterns, edges, first edge of the root, rows.
// Then the letters (two bytes each), the sizes of the buckets of the table (a byte
// each), the readings of the patterns (class, form, agreement, clitics, suffix,
// and 1 for the last of a pattern), the edges and the rows of the cues (two bytes
// each).
//
// A pattern is the list of readings that a word has, without their rows. An edge
// is its letter (a byte), 1 + the pattern of the word that ends with it or 0 (two
// bytes), and the first edge of the state it leads to (three bytes, 0 for none;
// the upper bit marks the last edge of a state). Rows stand in the order of the
// words, which is that of the ways through the automaton.
const (
	formsMagic   = "ISNF"
	formsVersion = 3
	headerBytes  = 32
	patternBytes = 6
	edgeBytes    = 6
	lastEdge     = 1 << 23
	maxLetters   = 64      // of a word
	maxWords     = 1 << 22 // of a language
)

var errFormat = errors.New("not a table of this version")

// forms is the content of forms.bin.
type forms struct {
	words, root int
	letters     []rune
	buckets     string
	patterns    []pattern
	readings    []Reading // of the patterns
	edges, rows string
}

// pattern is readings n long from first on; cues of them have a row.
type pattern struct{ first, n, cues int }

func parseForms(b string) (*forms, error) {
	if len(b) < headerBytes || b[:4] != formsMagic {
		return nil, errFormat
	}
	var head [headerBytes/4 - 1]int
	for i := range head {
		head[i] = int(binary.LittleEndian.Uint32([]byte(b[4+4*i : 8+4*i])))
	}
	letters, readings, edges, rows := head[2], head[3], head[4], head[6]
	f := &forms{words: head[1], root: head[5]}
	buckets := 1 << bucketBits(f.words)
	if head[0] != formsVersion || f.words > maxWords ||
		len(b) != headerBytes+2*letters+buckets+patternBytes*readings+edgeBytes*edges+2*rows {
		return nil, errFormat
	}
	b = b[headerBytes:]
	for i := range letters {
		f.letters = append(f.letters, rune(short(b, 2*i)))
	}
	b = b[2*letters:]
	f.buckets, b = b[:buckets], b[buckets:]
	f.readings = make([]Reading, 0, readings)
	for p := (pattern{}); len(f.readings) < readings; b = b[patternBytes:] {
		r := Reading{Class: Class(b[0]), Form: Form(b[1]), Agr: Agr(b[2]), Clitic: Clitic(b[3]), Suffix: Agr(b[4]), last: b[5] != 0}
		if r.Class >= numClasses {
			return nil, errFormat
		}
		f.readings = append(f.readings, r)
		p.n++
		if r.Class == Cue {
			p.cues++
		}
		if r.last {
			f.patterns = append(f.patterns, p)
			p = pattern{first: len(f.readings)}
		}
	}
	f.edges, f.rows = b[:edgeBytes*edges], b[edgeBytes*edges:]
	return f, nil
}

func short(b string, at int) int { return int(b[at]) | int(b[at+1])<<8 }

// openTable makes a table of the content of forms.bin, of a language with so many
// rows of cues.
func openTable(b string, cues int) (table, error) {
	f, err := parseForms(b)
	if err != nil {
		return table{}, err
	}
	w := walk{forms: f, cues: cues, table: newTable(f.buckets, f.words), rows: f.rows, left: f.words, steps: (f.words + 1) * maxLetters}
	w.table.readings = append(make([]Reading, 0, len(f.readings)+len(f.rows)*5/8), f.readings...)
	if !w.state(f.root, text.NewHasher(), 0) || w.left != 0 || w.rows != "" || !w.table.full(f.buckets) {
		return table{}, errFormat
	}
	return w.table, nil
}

// walk enters the words of an automaton in a table. What could be without end
// in a file that is not as [Encode] writes it is counted.
type walk struct {
	*forms
	table table
	cues  int    // rows
	rows  string // that are left
	left  int    // words
	steps int    // that may still be taken
}

// state goes along the edges from edge at on; h is the hash of the letters on
// the way there.
func (w *walk) state(at int, h text.Hasher, depth int) bool {
	if depth == maxLetters {
		return false
	}
	for ; ; at++ {
		if edgeBytes*(at+1) > len(w.edges) || w.steps == 0 {
			return false
		}
		w.steps--
		e := w.edges[edgeBytes*at : edgeBytes*(at+1)]
		if int(e[0]) >= len(w.letters) {
			return false
		}
		next := h.Add(w.letters[e[0]])
		if p := short(e, 1); p > 0 && !w.enter(next.Sum(), p-1) {
			return false
		}
		to := short(e, 3) | int(e[5])<<16
		if to&^lastEdge != 0 && !w.state(to&^lastEdge, next, depth+1) {
			return false
		}
		if to&lastEdge != 0 {
			return true
		}
	}
}

// enter gives a word the readings of a pattern. Words without a cue share them.
func (w *walk) enter(hash uint64, n int) bool {
	if n >= len(w.patterns) || w.left == 0 {
		return false
	}
	w.left--
	p := w.patterns[n]
	if p.cues == 0 {
		return w.table.enter(hash, p.first)
	}
	if 2*p.cues > len(w.rows) {
		return false
	}
	first := len(w.table.readings)
	for _, r := range w.readings[p.first : p.first+p.n] {
		if r.Class == Cue {
			r.Row, w.rows = uint16(short(w.rows, 0)), w.rows[2:]
			if int(r.Row) >= w.cues {
				return false
			}
		}
		w.table.readings = append(w.table.readings, r)
	}
	return w.table.enter(hash, first)
}
