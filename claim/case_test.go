package claim

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// GoldCase is a case as its annotators have it: statements, parties, claims and
// copies are given, so that what is judged here is not upset by how a text
// was read.
type GoldCase struct {
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

	Record Record
	Copies []isnad.Copy
	Judged []isnad.Claim
	Index  map[string]int
}

var partyKinds = map[string]isnad.PartyKind{
	"person": isnad.Person, "organisation": isnad.Organisation, "state": isnad.StateParty, "outlet": isnad.OutletParty, "unnamed": isnad.UnnamedParty,
}

// LoadCase reads a case.
func LoadCase(t testing.TB, dir string) *GoldCase {
	t.Helper()
	g := &GoldCase{Index: map[string]int{}}
	raw, err := os.ReadFile(filepath.Join(dir, "gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, g); err != nil {
		t.Fatal(err)
	}
	g.readDocs(t, dir)
	g.readStatements(t)
	g.Record.Parties = map[string]isnad.Identity{}
	for _, p := range g.Parties {
		names := append([]string{p.NameAr, p.NameEn}, p.Aliases...)
		g.Record.Parties[p.ID] = isnad.Identity{ID: p.ID, Name: p.NameEn, Kind: partyKinds[p.Kind], Names: names}
	}
	g.readClaims()
	return g
}

func (g *GoldCase) readDocs(t testing.TB, dir string) {
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
		g.Record.Sources = append(g.Record.Sources, s)
	}
}

func (g *GoldCase) readStatements(t testing.TB) {
	t.Helper()
	docs, place, chains := map[string]*isnad.Source{}, map[string]int{}, map[string][]isnad.Link{}
	tellers := map[string][]string{}
	for i := range g.Record.Sources {
		docs[g.Record.Sources[i].ID] = &g.Record.Sources[i]
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
		g.Index[s.ID] = k
	}
}

func (g *GoldCase) readClaims() {
	statements := map[string]*isnad.Statement{}
	filed := map[string]time.Time{}
	for i := range g.Record.Sources {
		s := &g.Record.Sources[i]
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
		g.Judged = append(g.Judged, out)
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
		g.Copies = append(g.Copies, isnad.Copy{Earlier: earliest[later], Later: later, Share: .9})
	}
}
