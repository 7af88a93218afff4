package capture

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// readLines loads all documents of JSON lines and tells the errors.
func readLines(t testing.TB, r io.Reader) (docs []*Document, errs []string) {
	t.Helper()
	l, err := newLines("in.jsonl", r)
	if err != nil {
		return nil, []string{err.Error()}
	}
	l.items(func(i Item) bool {
		d, err := i.Load()
		if err != nil {
			errs = append(errs, err.Error())
			return true
		}
		docs = append(docs, d)
		return true
	})
	return docs, errs
}

func TestLines(t *testing.T) {
	in := "\uFEFF" + `{"id":"a","text":"قال \"نعم\"\n\u0642\u0627\u0644 \ud834\udd1e \/","lang":"ar","title":null,"published":"2024-10-12","x":[1,{"y":[true,false,null,-1.5e3,"\u0000"]}]}` + "\n\n" +
		`  {"text" : "b" , "id" : 17 }  ` + "\r\n" + `{"text":""}`
	docs, errs := readLines(t, iotest.OneByteReader(strings.NewReader(in)))
	if len(errs) > 0 || len(docs) != 3 {
		t.Fatalf("%d documents, errors %q", len(docs), errs)
	}
	a := docs[0]
	if a.ID != "a" || a.Text != "قال \"نعم\"\nقال 𝄞 /" || a.Lang != "ar" || a.Published.Day() != 12 || !a.Shared {
		t.Errorf("first: %+v", a)
	}
	if docs[1].ID != "17" || docs[1].Text != "b" {
		t.Errorf("second: %+v", docs[1])
	}
	if docs[2].ID != "in.jsonl:4" {
		t.Errorf("a line without an id is called %q", docs[2].ID)
	}
}

func TestLinesReportMalformedOnes(t *testing.T) {
	deep := strings.Repeat("[", 300) + strings.Repeat("]", 300)
	for _, c := range []struct{ line, want string }{
		{`{"id":"a"}`, `line 2: no "text"`},
		{`[]`, `line 2: not JSON: '[' at byte 0, where '{' is wanted`},
		{`{"text":"a"`, "line 2: not JSON: the line ends at byte 11"},
		{`{"text":"a`, "the line ends at byte 10, where the end of a string is wanted"},
		{`{"text":"a"} x`, "'x' at byte 13, where the end of the line is wanted"},
		{`{"text":17}`, `line 2: "text": not JSON: '1' at byte 8, where a string is wanted`},
		{`{"text":"a","title":[]}`, `"title"`},
		{`{"text":"a\x"}`, "where an escape is wanted"},
		{`{"text":"a\u12"}`, "four hexadecimal digits"},
		{"{\"text\":\"a\tb\"}", "'\\t' at byte 10"},
		{"{\"text\":\"a\xFFb\"}", "invalid UTF-8 at byte 10"},
		{"{\"text\":\"\xD9\\n\"}", "invalid UTF-8 at byte 9"},
		{`{"text":"a","x":` + deep + `}`, "nested more than 200 deep"},
		{`{"text":"a","x":01e}`, "a number"},
		{`{"text":"a","x":nul}`, "where null is wanted"},
		{`{"text":"a","title":"` + strings.Repeat("x", maxField+1) + `"}`, `"title": longer than`},
		{`{"text":"a",}`, "where a string is wanted"},
	} {
		docs, errs := readLines(t, strings.NewReader(`{"text":"before"}`+"\n"+c.line+"\n"+`{"text":"after"}`+"\n"))
		if len(docs) != 2 || docs[1].Text != "after" {
			t.Errorf("%.40q: the lines around it were not read: %d", c.line, len(docs))
		}
		if len(errs) != 1 || !strings.Contains(errs[0], c.want) || !strings.HasPrefix(errs[0], "in.jsonl: line 2: ") {
			t.Errorf("%.40q: errors %q, want %q", c.line, errs, c.want)
		}
	}
}

func TestLinesKeepLongTextsOnDisk(t *testing.T) {
	text := strings.Repeat("قال الوزير إن \"المحطة\" ستعمل.\n", 20_000)
	line, err := json.Marshal(map[string]string{"id": "long", "text": text, "title": "behind it"})
	if err != nil {
		t.Fatal(err)
	}
	docs, errs := readLines(t, bytes.NewReader(slices.Concat(line, []byte("\n"), []byte(`{"text":"next"}`))))
	if len(docs) != 2 {
		t.Fatal(errs)
	}
	d := docs[0]
	if d.Long == nil || d.Text != "" || d.Title != "behind it" || d.Long.Size() != int64(len(text)) {
		t.Fatalf("not kept on disk: %+v", d)
	}
	for range 2 {
		got, err := io.ReadAll(d.Long.Reader())
		if err != nil || string(got) != text {
			t.Errorf("read back %d bytes, %v", len(got), err)
		}
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func TestLinesOfOtherEncoding(t *testing.T) {
	docs, errs := readLines(t, strings.NewReader("\xFF\xFE{\x00\"\x00t\x00e\x00x\x00t\x00\"\x00:\x00\"\x00a\x00\"\x00}\x00"))
	if len(docs) != 1 || docs[0].Text != "a" || len(docs[0].Notes) != 1 {
		t.Errorf("%+v, %q", docs, errs)
	}
	if _, errs := readLines(t, strings.NewReader("\x1F\x8B\x08")); len(errs) != 1 || !strings.Contains(errs[0], "gzip") {
		t.Errorf("gzip: %q", errs)
	}
}

func TestLinesPassReadErrorsOn(t *testing.T) {
	r := io.MultiReader(strings.NewReader(`{"text":"a"}`+"\n"), iotest.ErrReader(fmt.Errorf("disk on fire")))
	docs, errs := readLines(t, r)
	if len(docs) != 1 || len(errs) != 1 || !strings.Contains(errs[0], "disk on fire") {
		t.Errorf("%d documents, %q", len(docs), errs)
	}
}

// FuzzLines compares with encoding/json, which takes invalid UTF-8 and deeper
// nesting but is otherwise as strict.
func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"id":"a","text":"x\u00e9\ud834\udd1e\ud834","n":[1,-2.5e+3,{}]}`))
	f.Add([]byte("{\"text\":\"\xD9\"}"))
	f.Add([]byte(`{"text":"a","text":"b","title":null}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		if bytes.ContainsAny(line, "\n\x00") || len(line) > 1000 || bytes.HasPrefix(line, []byte("\xEF\xBB\xBF")) {
			return
		}
		docs, errs := readLines(t, bytes.NewReader(line))
		if len(docs)+len(errs) > 1 {
			t.Fatalf("one line gave %d documents and %q", len(docs), errs)
		}
		var want struct {
			Text *string
			ID   any
		}
		valid := utf8.Valid(line) && json.Valid(line)
		if len(docs) == 1 {
			if len(docs[0].Notes) > 0 {
				return // decoded, or with a date that cannot be read
			}
			if !valid {
				t.Fatalf("accepted %q", line)
			}
			if json.Unmarshal(line, &want) == nil && want.Text != nil && exactKeys(line) && docs[0].Text != *want.Text {
				t.Errorf("text %q, want %q", docs[0].Text, *want.Text)
			}
		}
	})
}

// exactKeys reports whether encoding/json, which folds the case of keys, sees
// the same "text" as this package.
func exactKeys(line []byte) bool {
	return bytes.Count(bytes.ToLower(line), []byte("text")) == 1 && bytes.Contains(line, []byte(`"text"`))
}
