package reader

import (
	"strings"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// side is where the content of a cue stands.
type side uint8

const (
	noSide side = iota
	right
	left
	numSides
)

// The choices whose shares are kept: cue, source, and the edges of the content
// in the order in which they are chosen.
const (
	cueShare = iota
	sourceShare
	firstShare
	secondShare
	numShares
)

// candidate is a word or phrase that may report.
type candidate struct {
	at, end int // tokens of the cue; at is the word that decides
	row     int // of the pack's cues, or -1 for a colon
	reading lang.Reading
	sent    int
	side    side
	odds    float64            // share of the sides against none, by the cue alone
	share   [numShares]float64 // logs of the shares of what was chosen
	sure    float64            // confidence in the whole
	source  text.Range
	content []text.Range
	linked  bool   // one of two tellers of one content
	rule    string // where it is not what cue and side tell
}

// findCues collects the candidates of all sentences.
func (e *englishText) findCues() {
	for k, s := range e.sents {
		for i := s.First; i < s.End; i++ {
			c := candidate{at: i, end: i + 1, row: -1, sent: k}
			if e.toks[i].kind == kColon && i > s.First && i < s.First+maxTurn {
				e.cands = append(e.cands, c)
				continue
			}
			if e.tags[i].set.Has(lang.Cue) || e.tags[i].phrase != nil || e.toks[i].kind == kBe {
				if e.rowAt(&c, s) {
					e.cands = append(e.cands, c)
					i = c.end - 1
				}
			}
		}
	}
}

// maxTurn bounds the words before a colon that may name a speaker.
const maxTurn = 40

// rowAt finds the row of the cue at c.at: a phrase of several words, a verb
// with its particles, or a noun.
func (e *englishText) rowAt(c *candidate, s text.Range) bool {
	tg := &e.tags[c.at]
	k := e.toks[c.at].kind
	verb := reports.has(k)
	if ph := tg.phrase; ph != nil && ph.Reading.Class == lang.Cue && c.at+tg.span <= s.End {
		typ := e.englishDoc.pack.Cues[ph.Reading.Row].Type
		if tg.span > 1 && (typ != lang.NounCue || !verb) || typ == lang.AccPhrase && e.tellerSoon(c.at+1, s) {
			c.row, c.end, c.reading = int(ph.Reading.Row), c.at+tg.span, ph.Reading
			return true
		}
	}
	if k == kBe {
		return e.verbRow(c, s, e.be, false)
	}
	if verb && e.verbRow(c, s, e.readings(c.at), true) {
		return true
	}
	for _, r := range e.readings(c.at) {
		if r.Class == lang.Cue && r.Form == lang.Masdar {
			c.row, c.reading = int(r.Row), r
			return true
		}
	}
	return e.verbRow(c, s, e.readings(c.at), true)
}

// tellerSoon reports somebody who may speak right behind a word like citing.
func (e *englishText) tellerSoon(i int, s text.Range) bool {
	for k := i; k < s.End && k < i+4; k++ {
		switch e.toks[k].kind {
		case kHuman, kTitle, kName, kOrg, kDoc:
			return true
		case kDet, kNum, kPossPron, kLow:
		default:
			return false
		}
	}
	return false
}

// verbRow takes the reading whose further words follow, the longest first.
func (e *englishText) verbRow(c *candidate, s text.Range, read []lang.Reading, alone bool) bool {
	words := -1
	for _, r := range read {
		if r.Class != lang.Cue || r.Form == lang.Masdar {
			continue
		}
		rest := e.rests[r.Row]
		if len(rest) <= words || len(rest) == 0 && !alone {
			continue
		}
		if end := e.particles(c.at+1, s.End, rest); end > 0 {
			words, c.row, c.end, c.reading = len(rest), int(r.Row), end, r
		}
	}
	return words >= 0
}

// particles gives the token behind the words of rest, which must follow from
// token i on, adverbs aside; 0 if they do not.
func (e *englishText) particles(i, end int, rest []uint64) int {
	for _, h := range rest {
		for skipped := 0; i < end && e.t.Tokens[i].Hash != h; i++ {
			if skipped++; skipped > 2 || !kindsOf(kLy, kNot).has(e.toks[i].kind) {
				return 0
			}
		}
		if i >= end {
			return 0
		}
		i++
	}
	return i
}

// restsOf are the hashes of the words behind the first one of every row.
func restsOf(rows []lang.CueRow) [][]uint64 {
	out := make([][]uint64, len(rows))
	for i := range rows {
		for k, w := range strings.Fields(rows[i].Lemma) {
			if k > 0 {
				out[i] = append(out[i], text.Hash(w))
			}
		}
	}
	return out
}

// cueRow is the row of a candidate, or nil.
func (e *englishText) cueRow(c *candidate) *lang.CueRow {
	if c.row < 0 {
		return nil
	}
	return &e.englishDoc.pack.Cues[c.row]
}
