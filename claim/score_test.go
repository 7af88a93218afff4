package claim_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/eval"
)

// score judges the case and measures it as [eval.ScoreCase] does.
func score(t testing.TB, g *claim.GoldCase, dir string) eval.CaseReport {
	t.Helper()
	b := claim.BookForTest(t)
	b.Judge(&g.Record, g.Copies, g.Judged)
	var pred eval.CasePrediction
	for _, s := range g.Statements {
		source := ""
		if s.Source != nil {
			source = *s.Source
		}
		st := eval.CaseStatement{Doc: s.Doc, Source: source, Cue: s.Cue, Content: s.Content, Stance: s.Stance, Party: s.SourceParty, ContentStart: s.ContentStart}
		if s.Parent != "" {
			p := g.Index[s.Parent]
			st.ParentIndex = &p
		}
		pred.Statements = append(pred.Statements, st)
	}
	member := func(id string) eval.CaseMember { k := g.Index[id]; return eval.CaseMember{Statement: &k} }
	for _, c := range g.Judged {
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
			g := claim.LoadCase(t, dir)
			r := score(t, g, dir)
			if r.Disputes.F1 != 1 || *r.IndependentMeanError > most {
				t.Errorf("disputes %+v, origins off by %.3f", r.Disputes, *r.IndependentMeanError)
				explain(t, g)
			}
		})
	}
}

// explain tells what was found otherwise.
func explain(t *testing.T, g *claim.GoldCase) {
	want := map[string][2]int{}
	for _, o := range g.Origins {
		want[o.Claim] = [2]int{o.Independent, o.IndependentDenying}
	}
	for _, c := range g.Judged {
		if got := [2]int{c.Independent, c.IndependentDenying}; got != want[c.ID] {
			t.Logf("%s: %v independent, want %v: %+v", c.ID, got, want[c.ID], c.Origins)
		}
		for _, d := range c.Disputes {
			t.Logf("%s: %s of %v: %v", c.ID, d.Type, d.Parties, d.Clash)
		}
	}
}
