package claim

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Relation is how two contents stand to each other.
type Relation uint8

// Relations.
const (
	Other Relation = iota // about two matters
	Agree
	Disagree
)

var relationNames = []string{"other", "agree", "disagree"}

func (r Relation) String() string { return relationNames[r] }

// Relate tells how two contents, such as titles, stand to each other by
// themselves: whether they are of one proposition, and whether they take one
// side. An opposite act, a negation, another name or another figure in the same
// words is another side.
func (b *Book) Relate(x, y string) Relation {
	f, g := b.alone(x), b.alone(y)
	p, ok := b.compare(&f, &g)
	switch {
	case !ok || p[dice] < leastDice:
		return Other
	case f.negative != g.negative, p[actOpposite] > 0, p[nameClash] > 0, numbersClash(&f, &g), p[dice] < agreeDice:
		return Disagree
	}
	return Agree
}

// The share in common from which contents are of one proposition, and from
// which no word of either says something else.
const (
	leastDice = 0.2
	agreeDice = 0.75
)

// numbersClash reports numbers on both sides of which none is shared.
func numbersClash(f, g *frame) bool {
	m := match(f, g)
	return m.inX&m.inY&isNumber != 0 && m.met&isNumber == 0
}

// alone is the frame of a content without a document.
func (b *Book) alone(words string) frame {
	src := &isnad.Source{Document: isnad.Document{Text: words}}
	s := &isnad.Statement{Attribution: isnad.Attribution{Chain: []isnad.Link{{}}, Content: []text.Span{{End: len(words)}}}}
	p, err := b.open(src, map[uint64]word{})
	if err != nil || words == "" {
		return frame{}
	}
	f := p.frame(s)
	f.sift()
	return f
}
