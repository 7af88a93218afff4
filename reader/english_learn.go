package reader

import (
	"strings"

	"github.com/isnad/isnad/internal/linear"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Decision is one choice that reading an English text asks for: the features
// of each option, and the option that the annotation tells is right.
type Decision struct {
	Step    Step
	Options [][]uint32
	Right   int
}

// Step is what a decision is about.
type Step uint8

// The steps, in the order in which they are taken for a cue.
const (
	CueStep Step = iota
	SourceStep
	BeginStep // of content behind its cue
	EndStep
	LeftEndStep // of content before its cue
	LeftBeginStep
	MoreStep
	JudgeStep
)

// Truth is an annotated attribution, in bytes of the text.
type Truth struct {
	Cue, Source, Content []text.Span
	// Row is 1 + the row of the pack whose cue it is, where the cue itself is
	// not marked; nothing is known of other cues of the text then.
	Row int
}

// Example reads the sentence that proves a row: braces around the source,
// brackets around the content. It gives the sentence without them.
func Example(row int, marked string) (string, Truth) {
	var b strings.Builder
	x := Truth{Row: row + 1}
	open := 0
	for _, r := range marked {
		switch r {
		case '{', '[':
			open = b.Len()
		case '}':
			x.Source = append(x.Source, text.Span{Start: open, End: b.Len()})
		case ']':
			x.Content = append(x.Content, text.Span{Start: open, End: b.Len()})
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), x
}

// Decisions calls emit with every choice that reading t asks for and that the
// annotation answers: without cues those of [CueStep], with a model that knows
// that step those of the steps after it. The Decision is only valid during the
// call.
func Decisions(pack *lang.Pack, cues *linear.Model, t *text.Text, truths []Truth, emit func(*Decision)) {
	l := newLearner(pack, cues, t, emit)
	if l == nil {
		return
	}
	l.lesson = new(Decision)
	l.align(truths)
	if cues == nil {
		l.learnCues()
	} else {
		l.learnRest()
	}
}

// Trials reads t with a model and calls emit with every find and whether it is
// right: the decision of [JudgeStep], with yes as its first option.
func Trials(pack *lang.Pack, model *linear.Model, t *text.Text, truths []Truth, emit func(*Decision)) {
	l := newLearner(pack, model, t, emit)
	if l == nil {
		return
	}
	l.completeAll()
	for i := range l.cands {
		c := &l.cands[i]
		if c.side == noSide || l.nested(i) {
			continue
		}
		l.judgeFeatures(i, false)
		d := Decision{Step: JudgeStep, Options: [][]uint32{l.feats, nil}, Right: 1}
		for _, t := range truths {
			if l.agrees(c, t) {
				d.Right = 0
			}
		}
		l.emit(&d)
	}
}

func newLearner(pack *lang.Pack, model *linear.Model, t *text.Text, emit func(*Decision)) *learner {
	r := New(pack)
	d := &r.doc
	d.reset(t)
	d.pack = pack
	for n, s := range d.sentences {
		if r.packFor(t, s) < 0 {
			continue
		}
		d.tagSentence(s)
		(&english{doc: d, s: s, n: n}).read()
	}
	e := englishText{d, &d.en}
	if len(e.sents) == 0 {
		return nil
	}
	e.open()
	e.prepare()
	e.findCues()
	if e.model = model; model != nil {
		e.weighCues()
	}
	return &learner{e, emit, make([]answer, len(e.cands))}
}

func (l *learner) learnCues() {
	for i := range l.cands {
		c, a := &l.cands[i], &l.answers[i]
		if !a.known {
			continue
		}
		l.offerCue(c)
		switch a.side(c) {
		case right:
			l.tell(CueStep, 0)
		case left:
			l.tell(CueStep, 1)
		default:
			l.tell(CueStep, 2)
		}
	}
}

// side is where the content stands.
func (a *answer) side(c *candidate) side {
	switch {
	case !a.cue:
		return noSide
	case a.content[0].First < c.at:
		return left
	}
	return right
}

func (l *learner) learnRest() {
	before, sent := text.Range{}, -1
	for i := range l.cands {
		c, a := &l.cands[i], &l.answers[i]
		if c.sent != sent {
			sent, before = c.sent, text.Range{}
		}
		if c.side = a.side(c); c.side != noSide {
			if !a.open {
				l.learnSource(c, a, before)
			}
			before = a.source
			l.learnContent(c, a)
		}
	}
}

func (l *learner) tell(step Step, right int) {
	l.lesson.Step, l.lesson.Right = step, right
	l.emit(l.lesson)
}

func (l *learner) learnSource(c *candidate, a *answer, before text.Range) {
	c.source = a.source
	l.offerSources(c, before)
	if a.source.Len() == 0 {
		c.source = text.Range{First: c.at, End: c.at}
		l.tell(SourceStep, 0)
		return
	}
	if i, share := l.closest(a.source); share > 0.6 {
		l.tell(SourceStep, i)
	}
}

// closest is the option whose range shares most words with r, and that share.
func (l *learner) closest(r text.Range) (int, float64) {
	at, top := 0, 0.0
	for i, o := range l.opts {
		if s := overlap(text.Range{First: o.a, End: o.b}, r); s > top {
			at, top = i, s
		}
	}
	return at, top
}

// overlap is the share of tokens that two ranges have in common.
func overlap(a, b text.Range) float64 {
	both := min(a.End, b.End) - max(a.First, b.First)
	if both <= 0 {
		return 0
	}
	return float64(both) / float64(a.Len()+b.Len()-both)
}

// nearest is the option closest to token i, and how far it is.
func (l *learner) nearest(i int) (int, int) {
	at, far := -1, 1<<30
	for k, o := range l.opts {
		if d := max(o.a-i, i-o.a); d < far {
			at, far = k, d
		}
	}
	return at, far
}

// maxMiss is how far an option may lie from what is annotated.
const maxMiss = 2

func (l *learner) learnContent(c *candidate, a *answer) {
	p := a.content[0]
	if c.side == right {
		l.offerBegins(c)
		i, far := l.nearest(p.First)
		if i < 0 || far > maxMiss {
			return
		}
		p.First = l.opts[i].a
		l.tell(BeginStep, i)
		l.offerEnds(c, p.First)
		i, far = l.nearest(p.End)
		if i < 0 || far > maxMiss && l.opts[i].a != l.limit(c, p.First) {
			return
		}
		p.End = l.opts[i].a
		l.tell(EndStep, i)
	} else {
		l.offerLeftEnds(c)
		i, far := l.nearest(p.End)
		if i < 0 || far > maxMiss {
			return
		}
		p.End = l.opts[i].a
		l.tell(LeftEndStep, i)
		l.offerLeftBegins(c, p.End)
		i, far = l.nearest(p.First)
		if i < 0 || far > maxMiss {
			return
		}
		p.First = l.opts[i].a
		l.tell(LeftBeginStep, i)
	}
	if p.Len() > 0 {
		l.learnMore(c, a, p)
	}
}

func (l *learner) learnMore(c *candidate, a *answer, p text.Range) {
	c.content = append(c.content[:0], p)
	z := max(p.End, c.end, c.source.End)
	for range maxParagraphs {
		q, ok := l.learnNext(c, a, z)
		if !ok || q.End <= z {
			return
		}
		c.content = append(c.content, q)
		z = q.End
	}
}

func (l *learner) learnNext(c *candidate, a *answer, z int) (text.Range, bool) {
	for j := laterQuote; j < noJunction; j++ {
		q, ok := l.pieceAt(c, z, j)
		if !ok {
			continue
		}
		l.offerMore(c, z, q, j)
		yes := l.annotated(a, q)
		l.tell(MoreStep, int(flag(yes)))
		if !yes {
			continue
		}
		if j == restOfClause {
			l.offerEnds(c, q.First)
			i, far := l.nearest(l.goldEnd(a, q.First))
			if i < 0 || far > maxMiss {
				return q, false
			}
			q.End = l.opts[i].a
			l.tell(EndStep, i)
		}
		return q, true
	}
	return text.Range{}, false
}

// annotated reports that a piece, or the token it begins with, is content.
func (l *learner) annotated(a *answer, q text.Range) bool {
	mid := q.First + q.Len()/2
	return coversRange(a.content, text.Range{First: mid, End: mid + 1})
}

func (l *learner) goldEnd(a *answer, i int) int {
	for _, r := range a.content {
		if r.First <= i && i < r.End {
			return r.End
		}
	}
	return i
}
