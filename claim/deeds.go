package claim

import (
	"slices"

	"github.com/isnad/isnad"
)

// condemned is an act that a body speaks against.
type condemned struct {
	statement *isnad.Statement
	page      *page
	what      []unit // the acts, or the thing that stands for one
	about     []unit // what else is named
}

// deeds finds words against deeds: a body condemns an act, and another says
// that the body did the like. The two have to share the act and something that
// it is done to or with.
func (w *weighing) deeds(r *Record, claims []isnad.Claim) {
	for i := range r.Sources {
		w.condemnations(&r.Sources[i])
	}
	if len(w.by) == 0 {
		return
	}
	for i := range claims {
		w.weigh(&claims[i])
	}
}

// weighing compares statements of different claims.
type weighing struct {
	*judge
	by    map[string][]condemned // by body
	pages map[string]*page       // documents that were opened
	seen  map[uint64]word
	// topics are what documents have most often.
	topics map[string][]uint32
}

// maxCondemned bounds the condemnations of one body that are kept.
const maxCondemned = 64

func (w *weighing) condemnations(s *isnad.Source) {
	for i := range s.Statements {
		st := &s.Statements[i]
		if st.Stance != isnad.Condemn || st.Polarity == isnad.Denies || w.unnamed(st) {
			continue
		}
		body := w.speaker(s, st)
		if len(w.by[body]) >= maxCondemned || slices.Contains(w.bodiesIn(st.Words, nil), body) {
			continue
		}
		p := w.page(s)
		if p == nil {
			return
		}
		f := p.frame(st)
		c := condemned{statement: st, page: p}
		for _, u := range f.units {
			switch {
			case u.is(isAct):
				c.what = append(c.what, u)
			case !u.is(isPlain | isNumber | isTeller):
				c.about = append(c.about, u)
			}
		}
		if at := slices.IndexFunc(c.about, func(u unit) bool { return u.is(isThing) }); at >= 0 {
			c.what = append(c.what, c.about[at]) // the deal, for making it
		}
		if len(c.what) > 0 && len(c.about) > 0 {
			w.by[body] = append(w.by[body], c)
		}
	}
}

// page opens a document once.
func (w *weighing) page(s *isnad.Source) *page {
	p, open := w.pages[s.ID]
	if !open {
		p, _ = w.open(s, w.seen) // no text, nothing said
		w.pages[s.ID] = p
	}
	return p
}

// weigh adds to a claim the disputes between what its members report a body to
// have done and what that body condemns.
func (w *weighing) weigh(c *isnad.Claim) {
	found := map[string]*isnad.Dispute{}
	var order []string
	for _, m := range c.Members {
		st, src := m.Statement, w.sources[m.Statement.Doc]
		if src == nil || m.Statement.Polarity == isnad.Denies || st.Stance == isnad.Demand || st.Stance == isnad.Ask {
			continue
		}
		for _, body := range w.bodiesIn(st.Words, nil) {
			body = w.body(body)
			if len(w.by[body]) == 0 || w.speaker(src, st) == body {
				continue
			}
			for i := range w.by[body] {
				clash, ok := w.like(&w.by[body][i], src, st)
				if !ok {
					continue
				}
				d := found[body]
				if d == nil {
					d = &isnad.Dispute{Type: isnad.WordsAgainstDeed, Parties: []string{body}, Passages: [2]string{w.by[body][i].statement.ID, st.ID}, Clash: clash}
					found[body] = d
					order = append(order, body)
				}
				for _, id := range []string{w.by[body][i].statement.ID, st.ID} {
					if !slices.Contains(d.Statements, id) && len(d.Statements) < maxParties {
						d.Statements = append(d.Statements, id)
					}
				}
			}
		}
	}
	for _, body := range order {
		c.Disputes = append(c.Disputes, *found[body])
	}
}

// like reports that a statement tells of an act like the condemned one, and
// the words in which both name it.
func (w *weighing) like(c *condemned, src *isnad.Source, st *isnad.Statement) ([]isnad.Clash, bool) {
	p := w.page(src)
	if p == nil || c.statement.ID == st.ID {
		return nil, false
	}
	f := p.frame(st)
	act := slices.IndexFunc(c.what, func(u unit) bool { return slices.ContainsFunc(f.units, func(v unit) bool { return u.meets(&v) }) })
	if act < 0 {
		return nil, false
	}
	about := slices.IndexFunc(c.about, func(u unit) bool {
		return !u.meets(&c.what[act]) && slices.ContainsFunc(f.units, func(v unit) bool { return u.meets(&v) })
	})
	if about < 0 {
		return nil, false
	}
	return []isnad.Clash{{Slot: "act", A: c.page.wordOf(c.statement, &c.what[act]), B: p.wordOf(st, &c.what[act])}}, true
}

// wordOf is the first word of a statement's content that a unit meets.
func (p *page) wordOf(st *isnad.Statement, u *unit) string {
	for _, span := range st.Content {
		for i, r := p.tokens(span).First, p.tokens(span); i < r.End; i++ {
			if meet(&p.words[i].keys, &u.keys) {
				return p.text.Word(i)
			}
		}
	}
	return ""
}
