package claim

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/text"
)

// goldCase is a case as its annotators have it: statements, parties, claims and
// copies are given, so that what is judged here is not upset by how a text
// was read.
type goldCase struct {
	Statements []struct {
		ID, Doc, Cue, Content, Stance, Parent string
		Source                                *string
		SourceParty                           string `json:"source_party"`
		Unnamed                               bool   `json:"unnamed_source"`
		ContentStart                          *int   `json:"content_start"`
	}
	Parties []struct {
		ID, Kind string
		NameAr   string `json:"name_ar"`
		NameEn   string `json:"name_en"`
		Aliases  []string
	}
	Claims []struct {
		ID      string
		Members []struct{ Statement, Polarity string }
	}
	Syndication [][]string
	Origins     []struct {
		Claim              string
		Independent        int
		IndependentDenying int `json:"independent_denying"`
	}
	Disputes []struct {
		Claim, Type         string
		Parties, Statements []string
	}

	record Record
	copies []isnad.Copy
	claims []isnad.Claim
	index  map[string]int
}

var partyKinds = map[string]isnad.PartyKind{
	"person": isnad.Person, "organisation": isnad.Organisation, "state": isnad.StateParty, "outlet": isnad.OutletParty, "unnamed": isnad.UnnamedParty,
}

func loadCase(t testing.TB, dir string) *goldCase {
	t.Helper()
	g := &goldCase{index: map[string]int{}}
	raw, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, g); err != nil {
		t.Fatal(err)
	}
	g.readDocs(t, dir)
	g.readStatements(t)
	g.record.Parties = map[string]isnad.Identity{}
	for _, p := range g.Parties {
		names := append([]string{p.NameAr, p.NameEn}, p.Aliases...)
		g.record.Parties[p.ID] = isnad.Identity{ID: p.ID, Name: p.NameEn, Kind: partyKinds[p.Kind], Names: names}
	}
	g.readClaims()
	return g
}

func (g *goldCase) readDocs(t testing.TB, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "docs", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no documents: %v", dir, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(b), "\n\n")
		s := isnad.Source{Document: isnad.Document{ID: strings.TrimSuffix(filepath.Base(f), ".txt"), Text: strings.TrimSuffix(body, "\n")}}
		for _, line := range strings.Split(head, "\n") {
			k, v, _ := strings.Cut(line, ": ")
			switch k {
			case "publisher":
				s.Publisher = v
			case "published":
				s.Published, err = time.Parse(time.RFC3339, v)
			case "lang":
				s.Lang = v
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		g.record.Sources = append(g.record.Sources, s)
	}
}

func (g *goldCase) readStatements(t testing.TB) {
	t.Helper()
	docs, place, chains := map[string]*isnad.Source{}, map[string]int{}, map[string][]isnad.Link{}
	tellers := map[string][]string{}
	for i := range g.record.Sources {
		docs[g.record.Sources[i].ID] = &g.record.Sources[i]
	}
	for k, s := range g.Statements {
		d := docs[s.Doc]
		at := strings.Index(d.Text, s.Content)
		if s.ContentStart != nil {
			at = *s.ContentStart
		}
		st := isnad.Statement{ID: s.ID, Doc: s.Doc, Words: s.Content}
		st.Content = []text.Span{{Start: at, End: at + len(s.Content)}}
		st.Parent = -1
		if s.Parent != "" {
			st.Parent = place[s.Parent]
		}
		var err error
		if st.Stance, err = isnad.ParseStance(s.Stance); err != nil {
			t.Fatal(err)
		}
		if st.Stance == isnad.Deny {
			st.Polarity = isnad.Denies
		}
		link := isnad.Link{Kind: isnad.Named}
		switch {
		case s.Source == nil:
			link.Kind = isnad.Implicit
		default:
			from := strings.LastIndex(d.Text[:min(len(d.Text), at+len(s.Content))], *s.Source)
			if from < 0 {
				from = strings.Index(d.Text, *s.Source)
			}
			link.Source = []text.Span{{Start: from, End: from + len(*s.Source)}}
		}
		if s.Unnamed {
			link.Kind = isnad.Unnamed
		}
		st.Chain = append(chains[s.Parent][:len(chains[s.Parent]):len(chains[s.Parent])], link)
		st.Tellers = append(tellers[s.Parent][:len(tellers[s.Parent]):len(tellers[s.Parent])], s.SourceParty)
		chains[s.ID], tellers[s.ID] = st.Chain, st.Tellers
		place[s.ID] = len(d.Statements)
		d.Statements = append(d.Statements, st)
		g.index[s.ID] = k
	}
}

func (g *goldCase) readClaims() {
	statements := map[string]*isnad.Statement{}
	filed := map[string]time.Time{}
	for i := range g.record.Sources {
		s := &g.record.Sources[i]
		filed[s.ID] = s.Published
		for k := range s.Statements {
			statements[s.Statements[k].ID] = &s.Statements[k]
		}
	}
	for _, c := range g.Claims {
		out := isnad.Claim{ID: c.ID}
		for _, m := range c.Members {
			p, _ := isnad.ParsePolarity(m.Polarity)
			out.Members = append(out.Members, isnad.Member{Statement: statements[m.Statement], Polarity: p})
		}
		g.claims = append(g.claims, out)
	}
	earliest := map[string]string{}
	for _, pair := range g.Syndication {
		for _, d := range pair {
			for _, o := range pair {
				if e, ok := earliest[d]; filed[o].Before(filed[d]) && (!ok || filed[o].Before(filed[e])) {
					earliest[d] = o
				}
			}
		}
	}
	for _, later := range sortedKeys(earliest) {
		g.copies = append(g.copies, isnad.Copy{Earlier: earliest[later], Later: later, Share: .9})
	}
}

// score judges the case and measures it as [eval.ScoreCase] does.
func (g *goldCase) score(t testing.TB, dir string) eval.CaseReport {
	t.Helper()
	b, err := New()
	if err != nil {
		t.Fatal(err)
	}
	b.Judge(&g.record, g.copies, g.claims)
	var pred eval.CasePrediction
	for _, s := range g.Statements {
		source := ""
		if s.Source != nil {
			source = *s.Source
		}
		st := eval.CaseStatement{Doc: s.Doc, Source: source, Cue: s.Cue, Content: s.Content, Stance: s.Stance, Party: s.SourceParty, ContentStart: s.ContentStart}
		if s.Parent != "" {
			p := g.index[s.Parent]
			st.ParentIndex = &p
		}
		pred.Statements = append(pred.Statements, st)
	}
	member := func(id string) eval.CaseMember { k := g.index[id]; return eval.CaseMember{Statement: &k} }
	for _, c := range g.claims {
		out := eval.CaseClaim{Independent: c.Independent}
		for _, m := range c.Members {
			x := member(m.Statement.ID)
			x.Polarity = m.Polarity.String()
			out.Members = append(out.Members, x)
		}
		pred.Claims = append(pred.Claims, out)
		for _, d := range c.Disputes {
			p := eval.CaseDispute{Type: d.Type.String()}
			for _, s := range d.Statements {
				p.Members = append(p.Members, member(s))
			}
			if d.Type != isnad.WordsAgainstDeed {
				pred.Disputes = append(pred.Disputes, p)
			}
		}
	}
	r, err := eval.ScoreCase(os.DirFS(dir), pred)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGoldClaims judges the claims of the cases as their annotators have them:
// every dispute has to be found and no other, and the independent origins may
// be off by what is on record.
func TestGoldClaims(t *testing.T) {
	for dir, most := range map[string]float64{
		"../internal/sample/convoy": .05, "../internal/eval/testdata/cases/harvest": 0,
		"../internal/eval/testdata/cases/ferries": 0, "../internal/eval/testdata/cases/crossing": 0,
	} {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			g := loadCase(t, dir)
			r := g.score(t, dir)
			if r.Disputes.F1 != 1 || *r.IndependentMeanError > most {
				t.Errorf("disputes %+v, origins off by %.3f", r.Disputes, *r.IndependentMeanError)
				g.explain(t)
			}
		})
	}
}

// explain tells what was found otherwise.
func (g *goldCase) explain(t *testing.T) {
	want := map[string][2]int{}
	for _, o := range g.Origins {
		want[o.Claim] = [2]int{o.Independent, o.IndependentDenying}
	}
	for _, c := range g.claims {
		if got := [2]int{c.Independent, c.IndependentDenying}; got != want[c.ID] {
			t.Logf("%s: %v independent, want %v: %+v", c.ID, got, want[c.ID], c.Origins)
		}
		for _, d := range c.Disputes {
			t.Logf("%s: %s of %v: %v", c.ID, d.Type, d.Parties, d.Clash)
		}
	}
}
