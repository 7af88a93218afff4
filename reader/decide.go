package reader

import (
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
)

// decide settles which finds stand. The word that opens a content (أن, a
// quotation mark) belongs to one cue only, and what is more likely wrong than
// right is dropped.
func (d *doc) decide() {
	for i := range d.finds {
		switch f := &d.finds[i]; {
		case f.score > 0:
		case f.rule == "relay":
			f.score = d.outerScore(i)
		default:
			f.score = d.weigh(f)
		}
	}
	d.joinRelays()
	d.compete()
	d.bestOfCue()
	kept := d.finds[:0]
	for _, f := range d.finds {
		if f.score >= d.least {
			kept = append(kept, f)
		}
	}
	d.finds = kept
}

// outerScore is the score of the outer teller of the relay whose inner teller
// is find i: the two stand or fall together.
func (d *doc) outerScore(i int) float64 {
	f := &d.finds[i]
	for k := i - 1; k >= max(0, i-window); k-- {
		if g := &d.finds[k]; d.relayPair(g, f) && g.content[0] == f.content[0] {
			return g.score
		}
	}
	return 0
}

// joinRelays lets the outer teller of a relay stand where the noun that names
// the inner one does (نقلت A عن B قوله): the two have one content.
func (d *doc) joinRelays() {
	for i := range d.finds {
		f := &d.finds[i]
		for k := i + 1; f.relays && k < min(len(d.finds), i+window); k++ {
			if g := &d.finds[k]; d.relayPair(f, g) && g.content[0] == f.content[0] {
				f.score = max(f.score, g.score)
			}
		}
	}
}

// compete drops all but one of the cues that claim the same content from the
// same opening. A relay keeps both tellers.
func (d *doc) compete() {
	kept := d.finds[:0]
	for i := range d.finds {
		if !d.outdone(i) {
			kept = append(kept, d.finds[i])
		}
	}
	d.finds = kept
}

func (d *doc) outdone(i int) bool {
	f := &d.finds[i]
	if f.kind == isnad.AccordingTo || f.over >= 0 {
		return false
	}
	for k := max(0, i-window); k < min(len(d.finds), i+window); k++ {
		g := &d.finds[k]
		if k == i || g.cue == f.cue || g.kind == isnad.AccordingTo || g.content[0].First != f.content[0].First || g.sentence != f.sentence {
			continue
		}
		if d.relayPair(f, g) || d.relayPair(g, f) {
			continue
		}
		if g.crossed != f.crossed && min(g.score, f.score) >= d.least {
			if f.crossed {
				return true
			}
			continue
		}
		if g.score > f.score || g.score == f.score && g.cue.First > f.cue.First {
			return true
		}
	}
	return false
}

// bestOfCue keeps of each cue the reading that weighs most; coordinated
// contents of one reading stay together.
func (d *doc) bestOfCue() {
	kept := d.finds[:0]
	for i := range d.finds {
		f := &d.finds[i]
		best := true
		for k := max(0, i-window); k < min(len(d.finds), i+window) && best; k++ {
			g := &d.finds[k]
			best = g.cue != f.cue || g.distance == f.distance || g.score < f.score || g.score == f.score && g.distance > f.distance
		}
		if best {
			kept = append(kept, *f)
		}
	}
	d.finds = kept
}

// relayPair reports a relay verb and the noun (قوله) that names the inner
// teller.
func (d *doc) relayPair(f, g *find) bool {
	return f.row >= 0 && f.cueRow().Frames&lang.RelayOf != 0 && f.cue.First < g.cue.First && (strings.HasPrefix(g.rule, "noun") || g.rule == "relay")
}

func (f *find) cueRow() *lang.CueRow { return &f.pack.Cues[f.row] }
