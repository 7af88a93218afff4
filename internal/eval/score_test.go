package eval

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Figures in testdata/want.json and testdata/case-want.json were computed by
// the reference scorers of the gold data, over the texts beside them; they are
// rounded to four decimals.
const tolerance = .0001

type wantRow struct {
	Gold, Pred    int
	Attribution   [3]float64 `json:"attribution"`
	Content       [3]float64 `json:"content"`
	Cue           [3]float64 `json:"cue"`
	Overt         float64    `json:"source_acc_overt"`
	Implicit      float64    `json:"source_acc_implicit"`
	Negated       float64    `json:"negated_acc"`
	DenialN       int        `json:"denial_n"`
	Denial        *float64   `json:"denial_acc"`
	ContentStrict [3]float64 `json:"content_strict"`
	ContentSoft   [3]float64 `json:"content_soft"`
	SourceStrict  [3]float64 `json:"source_strict"`
	SourceSoft    [3]float64 `json:"source_soft"`
	CueStrict     [3]float64 `json:"cue_strict"`
	CueSoft       [3]float64 `json:"cue_soft"`
	Kinds         map[string][2]float64
}

func (w *wantRow) UnmarshalJSON(b []byte) error {
	type plain wantRow
	kinds := struct {
		Kinds map[string][2]float64 `json:"recall_by_kind"`
	}{}
	if err := json.Unmarshal(b, &kinds); err != nil {
		return err
	}
	if err := json.Unmarshal(b, (*plain)(w)); err != nil {
		return err
	}
	w.Kinds = kinds.Kinds
	return nil
}

func TestScoreAgrees(t *testing.T) {
	var want map[string]map[string]wantRow
	decode(t, "want.json", &want)
	gold := readDocs(t, "gold.jsonl")
	for name, rows := range want {
		t.Run(name, func(t *testing.T) {
			r := Score(gold, readDocs(t, "pred-"+name+".jsonl"))
			if len(r.Rows) != len(rows) {
				t.Fatalf("%d rows, want %d", len(r.Rows), len(rows))
			}
			for _, row := range r.Rows {
				compareRow(t, row, rows[row.Name])
			}
		})
	}
}

func compareRow(t *testing.T, got Row, want wantRow) {
	t.Helper()
	prf := func(what string, got PRF, want [3]float64) {
		near(t, what+" P", got.P, want[0])
		near(t, what+" R", got.R, want[1])
		near(t, what+" F1", got.F1, want[2])
	}
	if got.Gold != want.Gold || got.Pred != want.Pred {
		t.Errorf("%s: %d gold %d pred, want %d and %d", got.Name, got.Gold, got.Pred, want.Gold, want.Pred)
	}
	prf(got.Name+" attribution", got.Attribution, want.Attribution)
	prf(got.Name+" content", got.Content, want.Content)
	prf(got.Name+" cue", got.Cue, want.Cue)
	prf(got.Name+" content strict", got.ContentSpan.Strict, want.ContentStrict)
	prf(got.Name+" content soft", got.ContentSpan.Soft, want.ContentSoft)
	prf(got.Name+" source strict", got.SourceSpan.Strict, want.SourceStrict)
	prf(got.Name+" source soft", got.SourceSpan.Soft, want.SourceSoft)
	prf(got.Name+" cue strict", got.CueSpan.Strict, want.CueStrict)
	prf(got.Name+" cue soft", got.CueSpan.Soft, want.CueSoft)
	near(t, got.Name+" overt", got.OvertSource.Right, want.Overt)
	near(t, got.Name+" implicit", got.ImplicitSource.Right, want.Implicit)
	near(t, got.Name+" negated", got.Negated.Right, want.Negated)
	if got.Denial.Of != want.DenialN {
		t.Errorf("%s: %d denials, want %d", got.Name, got.Denial.Of, want.DenialN)
	}
	if want.Denial != nil {
		near(t, got.Name+" denial", got.Denial.Right, *want.Denial)
	}
	if len(got.ByKind) != len(want.Kinds) {
		t.Errorf("%s: kinds %v, want %v", got.Name, got.ByKind, want.Kinds)
	}
	for _, k := range got.ByKind {
		near(t, got.Name+" recall of "+k.Name, k.Recall, want.Kinds[k.Name][0])
		near(t, got.Name+" number of "+k.Name, float64(k.Gold), want.Kinds[k.Name][1])
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s: %.5f, want %.4f", what, got, want)
	}
}

func decode(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func readDocs(t *testing.T, name string) []Doc {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := ReadDocs(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func span(text, part string) Spans {
	i := strings.Index(text, part)
	if i < 0 || part == "" {
		return nil
	}
	return Spans{{i, i + len(part)}}
}

func TestStanceAndPolarity(t *testing.T) {
	const text = "The guild said that nets are dry. The mayor denied that boats are late. Divers warned that tides are high."
	said := func(cue, source, content, stance string, polarity Label) Attribution {
		return Attribution{
			Cue: span(text, cue), Source: span(text, source), Content: span(text, content),
			Stance: stance, Polarity: polarity,
		}
	}
	gold := []Doc{{ID: "d", Text: text, Attributions: []Attribution{
		said("said", "The guild", "that nets are dry", "say", "affirm"),
		said("denied", "The mayor", "that boats are late", "deny", "deny"),
		said("warned", "Divers", "that tides are high", "warn", "affirm"),
	}}}
	pred := []Doc{{ID: "d", Attributions: []Attribution{
		said("said", "The guild", "nets are dry", "say", "affirm"),
		said("denied", "Divers", "boats are late", "deny", "-1"),
	}}}
	row := Score(gold, pred).Rows[0]
	if want := (Share{1, 2}); row.Stance != want || row.Polarity != want {
		t.Errorf("stance %v, polarity %v, want %v", row.Stance, row.Polarity, want)
	}
	want := []Class{
		{"deny", 1, 0, Share{1, 1}},
		{"say", 1, 1, Share{1, 1}},
		{"warn", 1, 0, Share{0, 0}},
	}
	for i, c := range row.ByStance {
		if c != want[i] {
			t.Errorf("stance %v, want %v", c, want[i])
		}
	}
	if c := row.ByPolarity[0]; c != (Class{"affirm", 2, .5, Share{1, 1}}) {
		t.Errorf("polarity %v", c)
	}
}

func TestUnpairedDocuments(t *testing.T) {
	gold := []Doc{{ID: "a", Text: "one"}, {ID: "b", Text: "two"}}
	pred := []Doc{{ID: "b", Text: "tvo"}, {ID: "c"}}
	r := Score(gold, pred)
	if len(r.Silent) != 1 || r.Silent[0] != "a" || len(r.Unknown) != 1 || r.Unknown[0] != "c" ||
		len(r.Differing) != 1 || r.Differing[0] != "b" {
		t.Errorf("silent %v, unknown %v, differing %v", r.Silent, r.Unknown, r.Differing)
	}
	var out bytes.Buffer
	if err := r.WriteText(&out); err != nil || !strings.Contains(out.String(), "no gold attribution") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestErrors(t *testing.T) {
	gold := readDocs(t, "gold.jsonl")
	if got := Errors(gold, readDocs(t, "pred-same.jsonl"), 5); len(got) > 0 {
		t.Errorf("errors in perfect predictions: %+v", got)
	}
	cases := Errors(gold, readDocs(t, "pred-silent.jsonl"), 100)
	seen := map[string]bool{}
	for i, c := range cases {
		seen[c.What] = true
		if i > 0 && c.Words > cases[i-1].Words {
			t.Errorf("case %d has more words than the one before", i)
		}
		if c.What != "spurious" && c.Gold == nil || c.What != "missed" && c.Pred == nil {
			t.Errorf("%s without its passages", c.What)
		}
	}
	for _, what := range []string{"missed", "wrong source", "spurious"} {
		if !seen[what] {
			t.Errorf("no case of %s", what)
		}
	}
	if got := Errors(gold, nil, 2); len(got) != 2 {
		t.Errorf("%d cases, want 2", len(got))
	}
	var out bytes.Buffer
	if err := WriteCases(&out, cases); err != nil || !strings.Contains(out.String(), "source   Two skippers") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestErrorsWithoutClauses(t *testing.T) {
	const text = "The guild voiced its doubt."
	gold := []Doc{{ID: "d", Text: text, Attributions: []Attribution{{
		Cue: span(text, "voiced"), Content: span(text, "its doubt"), NPContent: true,
	}}}}
	got := Errors(gold, nil, 9)
	if len(got) != 1 || got[0].What != "missed" || got[0].Gold.Content != "its doubt" || got[0].Words != 2 {
		t.Errorf("%+v", got)
	}
}

func TestReportText(t *testing.T) {
	var out bytes.Buffer
	if err := Score(readDocs(t, "gold.jsonl"), readDocs(t, "pred-near.jsonl")).WriteText(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.txt", out.Bytes())
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("differs from testdata/%s:\n%s", name, got)
	}
}

func FuzzScore(f *testing.F) {
	f.Add("قال إن «السدّ» 50% سليم", 0, 6, 7, 20, 3, 40)
	f.Add("don't say that", 3, 1, -4, 90, 5, 5)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d, e, g int) {
		gold := Attribution{Cue: Spans{{a, b}}, Source: Spans{{c, d}}, Content: Spans{{e, g}, {a, d}}}
		pred := Attribution{Cue: Spans{{a, d}}, Source: Spans{{c, d}, {g, a}}, Content: Spans{{e, g}}}
		gs := []Doc{{ID: "x", Text: text, Attributions: []Attribution{gold, gold}}}
		ps := []Doc{{ID: "x", Attributions: []Attribution{pred, gold}}}
		for _, row := range Score(gs, ps).Rows {
			for _, x := range []PRF{row.Attribution, row.Content, row.Cue, row.ContentSpan.Soft, row.SourceSpan.Strict} {
				if !(x.P >= 0 && x.P <= 1 && x.R >= 0 && x.R <= 1) {
					t.Errorf("%s: %v", row.Name, x)
				}
			}
		}
		Errors(gs, ps, 3)
	})
}
