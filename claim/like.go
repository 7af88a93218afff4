package claim

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/isnad/isnad/lang"
)

// The features of a pair of frames, by which likeness is judged.
const (
	always    = iota
	dice      // share of both frames that they have in common
	contained // of the one that has more of itself in the other
	actSame   // the main acts
	actOpposite
	actOther
	headSame  // the first things
	pointSame // act and thing
	countSame // numbers of the same thing
	countOther
	countOne // only one of them counts something
	thinOne  // only one of them says little by itself
	thinBoth
	thinHead   // what a thin one is about is the point of the other
	viaContext // share in common with what a thin one points to
	sameDoc
	sameTopic // share of what the documents say most
	sameTeller
	numberShared
	nameShared
	firstShared // the first units
	nameClash   // each has a name that the other has not, and they share none
	dateShared
	dateClash
	rareDice   // dice of names, numbers and words in no table
	denySame   // one party denies both
	denyOne    // only one of them is a denial, and they stand close in one document
	affirmSame // one party affirms both
	thinExists // a thin frame, and another that says its thing has come to be
	countTopic // numbers of the same thing, by how much the documents share
	speakerShared
	speakerDeny // the same, and both deny
	unrelated   // the documents share nothing of what they say most
	features
)

// featureNames are the names of the features in weights.tsv.
var featureNames = [features]string{
	"always", "dice", "contained", "act-same", "act-opposite", "act-other", "head-same", "point-same", "count-same", "count-other",
	"count-one", "thin-one", "thin-both", "thin-head", "via-context", "same-document", "same-topic", "same-teller", "number-shared",
	"name-shared", "first-shared", "name-clash", "date-shared", "date-clash", "rare-dice", "deny-same", "deny-close", "affirm-same", "thin-exists", "count-topic", "speaker-shared", "speaker-deny", "unrelated",
}

type pair [features]float32

// compare gives the features of two frames, or false where they share nothing.
func (b *Book) compare(x, y *frame) (pair, bool) {
	var p pair
	m := match(x, y)
	mx, my := m.x, m.y
	if mx == 0 && len(x.context) == 0 && len(y.context) == 0 || x.total == 0 || y.total == 0 {
		return p, false
	}
	p[always] = 1
	p[dice] = (mx + my) / (x.total + y.total + 1e-6)
	p[contained] = max(mx/(x.total+1e-6), my/(y.total+1e-6))
	acts := x.acts[0] != 0 && y.acts[0] != 0
	same := acts && (slices.Contains(y.acts[:], x.acts[0]) || slices.Contains(x.acts[:], y.acts[0]))
	head := x.head[0] != 0 && meet(&x.head, &y.head)
	set := func(k int, on bool) {
		if on {
			p[k] = 1
		}
	}
	set(actSame, same)
	set(actOpposite, acts && !same && b.opposed(x, y))
	set(actOther, acts && !same && !b.opposed(x, y))
	set(headSame, head)
	set(pointSame, head && same)
	cx, cy := x.quantity[0] != 0, y.quantity[0] != 0
	if p[dice] < strangersDice && strangers(x, y) {
		return p, false
	}
	topic := overlap(x.topic, y.topic)
	related := x.doc == y.doc || topic > 0
	set(unrelated, !related)
	set(countSame, related && cx && cy && meet(&x.quantity, &y.quantity))
	set(countOther, cx && cy && !meet(&x.quantity, &y.quantity))
	set(countOne, cx != cy)
	tx, ty := x.thin(), y.thin()
	set(thinOne, tx != ty)
	set(thinBoth, tx && ty)
	set(thinHead, tx && x.head[0] != 0 && y.has(&x.head) || ty && y.head[0] != 0 && x.has(&y.head))
	set(thinExists, tx && x.head[0] != 0 && b.brings[y.acts[0]] && y.has(&x.head) || ty && y.head[0] != 0 && b.brings[x.acts[0]] && x.has(&y.head))
	p[countTopic] = p[countSame] * topic
	p[viaContext] = max(through(x, y), through(y, x))
	set(sameDoc, x.doc == y.doc)
	p[sameTopic] = topic
	set(sameTeller, x.teller != 0 && x.teller == y.teller)
	p.words(&m)
	both := x.teller != 0 && x.teller == y.teller
	speaker := slices.ContainsFunc(x.speaker[:], func(k uint32) bool { return k != 0 && slices.Contains(y.speaker[:], k) })
	set(speakerShared, speaker)
	set(speakerDeny, speaker && x.denies && y.denies)
	set(denySame, both && x.denies && y.denies)
	set(affirmSame, both && !x.denies && !y.denies)
	set(denyOne, x.doc == y.doc && x.denies != y.denies && max(x.order-y.order, y.order-x.order) <= 3)
	return p, true
}

// Statements of strangers share at least strangersDice themselves: an act and
// a number of something are in all news. Across languages less of what is
// shared is seen.
const (
	acquainted    = topicSize / 2 // keys of what their documents say most
	strangersDice = 0.3
)

// strangers reports frames of documents that share little of what they say most:
// fewer than acquainted keys, what both count not among them, and are of one
// language.
func strangers(x, y *frame) bool {
	if x.doc == y.doc || (x.sorts^y.sorts)&isArabic != 0 || shared(x.topic, y.topic) >= acquainted {
		return false
	}
	for _, k := range x.quantity {
		if k != 0 && slices.Contains(y.quantity[:], k) && slices.Contains(x.topic, k) && slices.Contains(y.topic, k) {
			return false
		}
	}
	return true
}

// distant reports frames that are surely not alike, by a quick look.
func distant(x, y *frame) bool {
	most := x.sieve.weigh(y.units) + y.sieve.weigh(x.units)
	return most < strangersDice*(x.total+y.total) && strangers(x, y)
}

// matched is what the units of two frames have in common.
type matched struct {
	x, y      float32 // weight on either side
	rare, all float32 // of rare units, on both sides
	met       sort    // of the units in common
	first     bool    // the first ones meet
	inX, inY  sort    // of all units
}

// match compares two frames unit by unit.
func match(x, y *frame) (m matched) {
	var hit [maxUnits]bool
	for i := range x.units {
		u := &x.units[i]
		m.inX |= u.sort
		if u.rare() {
			m.all += u.weight
		}
		if !y.sieve.has(u) {
			continue
		}
		met := false
		for k := range y.units {
			if v := &y.units[k]; u.meets(v) {
				m.met |= u.sort&v.sort | (u.sort|v.sort)&isName
				m.first = m.first || i == 0 && k == 0
				met = true
				if !hit[k] {
					hit[k] = true
					m.y += v.weight
					if v.rare() {
						m.rare += v.weight
					}
				}
			}
		}
		if met {
			m.x += u.weight
			if u.rare() {
				m.rare += u.weight
			}
		}
	}
	for k := range y.units {
		m.inY |= y.units[k].sort
		if v := &y.units[k]; v.rare() {
			m.all += v.weight
		}
	}
	return m
}

// words sets the features of single words.
func (p *pair) words(m *matched) {
	set := func(k int, on bool) {
		if on {
			p[k] = 1
		}
	}
	set(numberShared, m.met&isNumber != 0)
	set(firstShared, m.first)
	set(nameShared, m.met&isName != 0)
	set(nameClash, m.met&isName == 0 && m.inX&m.inY&isName != 0)
	set(dateShared, m.met&isDate != 0)
	set(dateClash, m.met&isDate == 0 && m.inX&m.inY&isDate != 0)
	if m.all > 0 {
		p[rareDice] = m.rare / m.all
	}
}

// rare reports a word that few contents share.
func (u *unit) rare() bool { return !u.is(isAct | isThing | isPlain | isTeller) }

// opposed reports main acts that say the opposite of each other.
func (b *Book) opposed(x, y *frame) bool {
	return x.acts[0] != 0 && y.acts[0] != 0 && (b.opposite[x.acts[0]] == y.acts[0] || b.opposite[y.acts[0]] == x.acts[0])
}

// through is how much of the smaller of y and what x points to they share.
func through(x, y *frame) float32 {
	if len(x.context) == 0 {
		return 0
	}
	c := frame{units: x.context, sieve: x.sieve}
	for i := range c.units {
		c.total += c.units[i].weight
	}
	m := match(&c, y)
	return (m.x + m.y) / (c.total + y.total)
}

// overlap is the share of the keys of two ascending lists that both have.
func overlap(a, b []uint32) float32 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float32(shared(a, b)) / float32(min(len(a), len(b)))
}

// likeness is how likely two frames are about one proposition, as the odds'
// logarithm: from 0 on they are.
func (b *Book) likeness(x, y *frame) float32 {
	p, ok := b.compare(x, y)
	if !ok {
		return -9
	}
	var sum float32
	for k, v := range p {
		sum += v * b.weights[k]
	}
	return sum
}

// readWeights reads weights.tsv.
func (b *Book) readWeights() error {
	return lang.ReadRows(tables, "weights.tsv", 2, func(c []string) error {
		k := slices.Index(featureNames[:], c[0])
		if k < 0 {
			return fmt.Errorf("unknown feature %q", c[0])
		}
		v, err := strconv.ParseFloat(c[1], 32)
		b.weights[k] = float32(v)
		return err
	})
}
