package eval

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

const none = -1 // no gold or predicted statement

// forms are the normal forms of a statement's passages.
type forms struct{ source, cue, content []rune }

// caseScorer compares the statements of one case. Gold and predicted
// statements go by their index.
type caseScorer struct {
	gold      goldCase
	pred      CasePrediction
	goldIndex map[string]int // by statement id
	goldAt    []stretch
	predAt    [][]stretch
	goldForms []forms
	predForms []forms
	ignored   []bool              // predictions about a title
	byDoc     map[string][]int    // predictions that count, by stem
	names     map[string][][]rune // all names and source strings of a gold party
}

// matching pairs gold and predicted statements, none where unmatched.
type matching struct{ toPred, toGold []int }

// ScoreCase scores a prediction against the case in dir, which holds docs/ and
// gold.json. A gold and a predicted statement match when they stand in one
// document and both content and source agree by half or more; stance, parents,
// parties, claims and polarity are judged over matched statements only. It
// fails if the case cannot be read or contradicts itself, or if the prediction
// exceeds the limits of this package.
func ScoreCase(dir fs.FS, pred CasePrediction) (CaseReport, error) {
	if err := pred.check(); err != nil {
		return CaseReport{}, err
	}
	docs, gold, err := readCase(dir)
	if err != nil {
		return CaseReport{}, err
	}
	s := &caseScorer{gold: gold, pred: pred}
	if err := s.placeGold(docs); err != nil {
		return CaseReport{}, err
	}
	s.placePred(docs)
	s.collectNames()
	return s.report(s.match(s.sourceLikeness), s.match(s.lenientSource)), nil
}

func (s *caseScorer) placeGold(docs map[string]caseDoc) error {
	s.goldIndex = make(map[string]int, len(s.gold.Statements))
	for k, g := range s.gold.Statements {
		s.goldIndex[g.ID] = k
		at := find(docs[g.Doc].body, g.Content, g.ContentStart)
		if len(at) == 0 {
			return fmt.Errorf("gold.json: statement %s: content is not in document %q", g.ID, g.Doc)
		}
		s.goldAt = append(s.goldAt, at[0])
		f := forms{cue: normal(g.Cue), content: normal(g.Content)}
		if g.Source != nil {
			f.source = normal(*g.Source)
		}
		s.goldForms = append(s.goldForms, f)
	}
	return s.checkReferences()
}

func (s *caseScorer) checkReferences() error {
	check := func(from, id string) error {
		if _, ok := s.goldIndex[id]; !ok {
			return fmt.Errorf("gold.json: %s: there is no statement %q", from, id)
		}
		return nil
	}
	for _, g := range s.gold.Statements {
		if g.Parent != "" {
			if err := check("parent of "+g.ID, g.Parent); err != nil {
				return err
			}
		}
	}
	for _, c := range s.gold.Claims {
		for _, m := range c.Members {
			if err := check("claim "+c.ID, m.Statement); err != nil {
				return err
			}
		}
	}
	for _, d := range s.gold.Disputes {
		for _, id := range d.Statements {
			if err := check("dispute", id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *caseScorer) placePred(docs map[string]caseDoc) {
	n := len(s.pred.Statements)
	s.predAt = make([][]stretch, n)
	s.predForms = make([]forms, n)
	s.ignored = make([]bool, n)
	s.byDoc = map[string][]int{}
	for k, p := range s.pred.Statements {
		s.predForms[k] = forms{normal(p.Source), normal(p.Cue), normal(p.Content)}
		s.ignored[k] = p.Field == "title"
		doc, known := docs[stem(p.Doc)]
		if known {
			at := find(doc.body, p.Content, p.ContentStart)
			if at == nil {
				at = find(doc.body, strings.Trim(p.Content, ` «»"“”.,،:؛`), nil)
			}
			s.predAt[k] = at
			inTitle := p.Content != "" && strings.Contains(string(normal(doc.title)), string(s.predForms[k].content))
			s.ignored[k] = s.ignored[k] || at == nil && inTitle
		}
		if !s.ignored[k] {
			s.byDoc[stem(p.Doc)] = append(s.byDoc[stem(p.Doc)], k)
		}
	}
}

func (s *caseScorer) collectNames() {
	s.names = map[string][][]rune{}
	add := func(party, name string) {
		s.names[party] = append(s.names[party], normal(name))
	}
	for _, p := range s.gold.Parties {
		add(p.ID, p.NameAr)
		add(p.ID, p.NameEn)
		for _, a := range p.Aliases {
			add(p.ID, a)
		}
	}
	for _, g := range s.gold.Statements {
		if g.Source != nil && *g.Source != "" && g.SourceParty != "" {
			add(g.SourceParty, *g.Source)
		}
	}
}

// contentLikeness compares places in the body, or the strings where the
// predicted content does not stand there. Values below one half are not exact.
func (s *caseScorer) contentLikeness(g, p int) float64 {
	if len(s.predAt[p]) == 0 {
		return alike(s.goldForms[g].content, s.predForms[p].content)
	}
	best := 0.0
	for _, at := range s.predAt[p] {
		best = max(best, s.goldAt[g].jaccard(at))
	}
	return best
}

// sourceLikeness compares the source strings; where gold has none, nobody is
// right, and so is any name of the gold party. Values below one half are not
// exact.
func (s *caseScorer) sourceLikeness(g, p int) float64 {
	silent := s.pred.Statements[p].Source == ""
	if s.gold.Statements[g].Source == nil && silent {
		return 1
	}
	if silent {
		return 0
	}
	best := 0.0
	for _, name := range s.sourceNames(g) {
		best = max(best, alike(name, s.predForms[p].source))
	}
	return best
}

// sourceNames are the strings that a source may be named by.
func (s *caseScorer) sourceNames(g int) [][]rune {
	switch st := s.gold.Statements[g]; {
	case st.Source != nil:
		return [][]rune{s.goldForms[g].source}
	case st.SourceParty != "":
		return s.names[st.SourceParty]
	}
	return nil
}

// lenientSource also accepts a source whose words are all in the gold one, or
// the other way round.
func (s *caseScorer) lenientSource(g, p int) float64 {
	j := s.sourceLikeness(g, p)
	if j >= .5 {
		return j
	}
	mine := strings.Fields(string(s.predForms[p].source))
	for _, name := range s.sourceNames(g) {
		other := strings.Fields(string(name))
		if len(mine) > 0 && len(other) > 0 && (within(mine, other) || within(other, mine)) {
			return .5
		}
	}
	return j
}

func within(a, b []string) bool {
	return !slices.ContainsFunc(a, func(w string) bool { return !slices.Contains(b, w) })
}

// match pairs statements one to one, best first: content and source count
// fully, then the cue, being nested or not, and the stance.
func (s *caseScorer) match(source func(g, p int) float64) matching {
	type candidate struct {
		score float64
		g, p  int
	}
	var cands []candidate
	for g, st := range s.gold.Statements {
		for _, p := range s.byDoc[st.Doc] {
			content := s.contentLikeness(g, p)
			if content < .5 {
				continue
			}
			if from := source(g, p); from >= .5 {
				cands = append(cands, candidate{s.rank(g, p, content+from), g, p})
			}
		}
	}
	slices.SortFunc(cands, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.g, b.g), cmp.Compare(a.p, b.p))
	})
	m := matching{unmatched(len(s.gold.Statements)), unmatched(len(s.pred.Statements))}
	for _, c := range cands {
		if m.toPred[c.g] == none && m.toGold[c.p] == none {
			m.toPred[c.g], m.toGold[c.p] = c.p, c.g
		}
	}
	return m
}

func unmatched(n int) []int {
	return slices.Repeat([]int{none}, n)
}

// rank adds to the agreement of content and source what else agrees.
func (s *caseScorer) rank(g, p int, agreed float64) float64 {
	gold, pred := s.gold.Statements[g], s.pred.Statements[p]
	// The conversion keeps the product rounded on its own on any machine.
	agreed += float64(.3 * likeness(s.goldForms[g].cue, s.predForms[p].cue))
	if (gold.Parent == "") == (pred.ParentIndex == nil) {
		agreed += .1
	}
	if gold.Stance == pred.Stance {
		agreed += .05
	}
	return agreed
}
