package eval

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestSpansJSON(t *testing.T) {
	for in, want := range map[string]Spans{
		`null`:              nil,
		`[]`:                nil,
		`[3,9]`:             {{3, 9}},
		`[[3,9]]`:           {{3, 9}},
		`[[3,9],[],[1,2]]`:  {{3, 9}, {1, 2}},
		` [ [3, 9], null ]`: {{3, 9}},
	} {
		var got Spans
		if err := json.Unmarshal([]byte(in), &got); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{`"3-9"`, `[3]`, `[1,2,3]`, `[["a","b"]]`, `[[1.5,2]]`, `[[[1,2]]]`, `{}`} {
		var got Spans
		if err := json.Unmarshal([]byte(in), &got); err == nil {
			t.Errorf("%s: accepted as %v", in, got)
		}
	}
}

func TestReadDocs(t *testing.T) {
	in := `{"id":"a","text":"one","attributions":[{"cue":[0,1],"polarity":-1}]}

{"id":7,"attributions":null}
{"id":"a","text":"two","attributions":[]}
`
	docs, err := ReadDocs(strings.NewReader(in), "gold")
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || docs[0].Text != "two" || docs[1].ID != "7" {
		t.Errorf("%+v", docs)
	}
}

func TestReadDocsNamesBadLines(t *testing.T) {
	in := "{\"id\":\"a\"}\nnot json\n{\"text\":\"no id\"}\n{\"id\":\"\xff\"}\n{\"id\":\"b\",\"attributions\":[{\"cue\":[1]}]}\n{\"id\":\"c\"}\n"
	docs, err := ReadDocs(strings.NewReader(in), "pred.jsonl")
	if len(docs) != 2 {
		t.Errorf("%d documents, want a and c", len(docs))
	}
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"line 2:", "line 3: no id", "line 4: not valid UTF-8", "line 5: spans"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in:\n%v", want, err)
		}
	}
}

func TestReadDocsStopsAtManyBadLines(t *testing.T) {
	_, err := ReadDocs(strings.NewReader(strings.Repeat("x\n", 1000)), "pred")
	if n := strings.Count(err.Error(), "pred: line"); n != maxBadLines {
		t.Errorf("%d lines reported, want %d", n, maxBadLines)
	}
}

func TestReadDocsBoundsLines(t *testing.T) {
	long := `{"id":"` + strings.Repeat("a", MaxLine) + `"}`
	_, err := ReadDocs(strings.NewReader("{\"id\":\"a\"}\n"+long), "pred")
	if err == nil || !strings.Contains(err.Error(), "line 2: longer than") {
		t.Errorf("%v", err)
	}
	many := `{"id":"a","attributions":[` + strings.Repeat("{},", MaxAttributions) + `{}]}`
	if _, err := ReadDocs(strings.NewReader(many), "pred"); err == nil || !strings.Contains(err.Error(), "at most") {
		t.Errorf("%v", err)
	}
}

func FuzzReadDocs(f *testing.F) {
	f.Add(`{"id":"a","text":"قال","attributions":[{"cue":[[0,6]],"source":null,"content":[1,2]}]}`)
	f.Add(`{"id":1,"attributions":[{"cue":[[0,-6],[]],"polarity":-1}]}`)
	f.Add("\n\nnull\n[]\n")
	f.Fuzz(func(t *testing.T, in string) {
		docs, _ := ReadDocs(strings.NewReader(in), "in")
		for _, d := range docs {
			if d.ID == "" {
				t.Error("a document without id")
			}
		}
		Score(docs, docs)
	})
}
