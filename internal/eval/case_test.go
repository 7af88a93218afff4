package eval

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func readPrediction(t *testing.T, name string) CasePrediction {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := ReadCasePrediction(f, name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestScoreCaseAgrees(t *testing.T) {
	var want map[string]map[string]any
	decode(t, "case-want.json", &want)
	for name, figures := range want {
		t.Run(name, func(t *testing.T) {
			r, err := ScoreCase(os.DirFS("testdata/case"), readPrediction(t, "case-pred-"+name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]any
			if err := json.Unmarshal(data, &got); err != nil {
				t.Fatal(err)
			}
			for key, value := range figures {
				compareFigure(t, key, got[key], value)
			}
		})
	}
}

func compareFigure(t *testing.T, key string, got, want any) {
	t.Helper()
	switch want := want.(type) {
	case float64:
		number, ok := got.(float64)
		if !ok {
			t.Fatalf("%s: %v is not a number", key, got)
		}
		near(t, key, number, want)
	case map[string]any:
		parts, ok := got.(map[string]any)
		if !ok {
			t.Fatalf("%s: %v is not an object", key, got)
		}
		for name, value := range want {
			compareFigure(t, key+"."+name, parts[name], value)
		}
	default:
		if got != want {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
}

func TestCaseText(t *testing.T) {
	r, err := ScoreCase(os.DirFS("testdata/case"), readPrediction(t, "case-pred-near.json"))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := r.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	out.WriteString("\n")
	if err := r.WriteMisses(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "case-report.txt", out.Bytes())
}

func TestEmptyPrediction(t *testing.T) {
	r, err := ScoreCase(os.DirFS("testdata/case"), CasePrediction{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Statements.F1 != 0 || r.Counts.Matched != 0 || r.IndependentMeanError != nil || len(r.Missed) != r.Counts.GoldExplicit {
		t.Errorf("%+v", r)
	}
}

func TestScoreCaseRefuses(t *testing.T) {
	const doc = "title: ميناء\n\nقال الحارس إن البوابة مغلقة.\n"
	gold := func(s string) fs.FS {
		return fstest.MapFS{
			"docs/a.txt": {Data: []byte(doc)},
			"gold.json":  {Data: []byte(s)},
		}
	}
	const one = `{"id":"s","doc":"a","content":"البوابة مغلقة"}`
	many := make([]CaseStatement, MaxStatements+1)
	for _, tc := range []struct {
		name string
		dir  fs.FS
		pred CasePrediction
		want string
	}{
		{"no folder", fstest.MapFS{}, CasePrediction{}, "docs/ and gold.json"},
		{"no gold", fstest.MapFS{"docs/a.txt": {Data: []byte(doc)}}, CasePrediction{}, "gold.json"},
		{"bad gold", gold("{"), CasePrediction{}, "gold.json"},
		{"not UTF-8", fstest.MapFS{"docs/a.txt": {Data: []byte("\xff")}}, CasePrediction{}, "docs/a.txt: not valid UTF-8"},
		{"content elsewhere", gold(`{"statements":[{"id":"s","doc":"a","content":"البوابة مفتوحة"}]}`), CasePrediction{}, "statement s"},
		{"unknown parent", gold(`{"statements":[{"id":"s","doc":"a","content":"البوابة","parent":"x"}]}`), CasePrediction{}, `"x"`},
		{"unknown member", gold(`{"statements":[` + one + `],"claims":[{"id":"c","members":[{"statement":"x"}]}]}`), CasePrediction{}, "claim c"},
		{"unknown in dispute", gold(`{"statements":[` + one + `],"disputes":[{"statements":["x"]}]}`), CasePrediction{}, "dispute"},
		{"many statements", gold("{}"), CasePrediction{Statements: many}, "at most"},
		{"odd party", gold("{}"), CasePrediction{Statements: []CaseStatement{{Party: []any{"a"}}}}, "party"},
		{"large group", gold("{}"), CasePrediction{Syndication: [][]string{make([]string, MaxGroup+1)}}, "syndication group 0"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ScoreCase(tc.dir, tc.pred)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want one with %q", err, tc.want)
			}
		})
	}
}

func TestCaseMemberJSON(t *testing.T) {
	three := 3
	for in, want := range map[string]CaseMember{
		`3`: {Statement: &three},
		`{"doc":"a","content":"b","polarity":"deny"}`: {Doc: "a", Content: "b", Polarity: "deny"},
		`{"statement":3}`: {Statement: &three},
		`null`:            {},
	} {
		var got CaseMember
		if err := json.Unmarshal([]byte(in), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v %v", in, got, err)
		}
	}
}

func TestParseCaseDoc(t *testing.T) {
	for text, want := range map[string]caseDoc{
		"url: x\ntitle:  سد \n\nbody\n\nmore\n\n": {"سد", "body\n\nmore", "url: x\ntitle:  سد "},
		"title: a\r\n\r\nb\r\nc\r\n":              {"a", "b\nc", "title: a"},
		"title: only a header":                    {"only a header", "", "title: only a header"},
		"":                                        {},
	} {
		if got := parseCaseDoc(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func FuzzReadCasePrediction(f *testing.F) {
	f.Add(`{"statements":[{"doc":"a","content":"b","party":1,"parent_index":0}],"claims":[{"members":[0,{"doc":"a"}]}]}`)
	f.Add(`{"disputes":[{"claim":0,"statements":[0,1]}],"syndication":[["a","b"],["b"]]}`)
	f.Fuzz(func(t *testing.T, in string) {
		p, err := ReadCasePrediction(strings.NewReader(in), "in")
		if err == nil {
			_, _ = ScoreCase(os.DirFS("testdata/case"), p)
		}
	})
}
