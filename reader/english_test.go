package reader

import (
	"testing"

	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/text"
)

// prepared gives an English text with its quotations and kinds.
func prepared(t *testing.T, s string) *englishText {
	t.Helper()
	pack, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := text.New(s)
	if err != nil {
		t.Fatal(err)
	}
	l := newLearner(pack, nil, doc, func(*Decision) {})
	if l == nil {
		t.Fatalf("%q: no English sentence", s)
	}
	return &l.englishText
}

func TestEnglishQuotes(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{`"We came," she said. "We saw."`, []string{"We came,", "We saw."}},
		{`''We came,'' she said. ''We saw.''`, []string{"We came,", "We saw."}},
		{"“We came,” she said, “and saw.”", []string{"We came,", "and saw."}},
		{"He called it 'a good year' for the farmers' club.", []string{"a good year"}},
		{"The farmers' club and the bakers' guild met.", nil},
		{"“We came.\n\n“We saw.”", []string{"We came.", "We saw."}},
		{`She said "we came.`, []string{"we came."}},
	} {
		e := prepared(t, c.text)
		var got []string
		for _, q := range e.quotes {
			got = append(got, e.t.Span(text.Range{First: q.first, End: q.close}).Of(c.text))
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: quotations %q, want %q", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: quotation %q, want %q", c.text, got[i], c.want[i])
			}
		}
	}
}

func TestEnglishSentences(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"Rep. Ana Ruiz (D-Mass.) said no. She left.", 2},
		{"Del. Ana Ruiz said no.", 1},
		{"''We came,'' he said. ''We saw.''", 2},
	} {
		if e := prepared(t, c.text); len(e.sents) != c.want {
			t.Errorf("%s: %d sentences, want %d", c.text, len(e.sents), c.want)
		}
	}
}

func TestEnglishKinds(t *testing.T) {
	for _, c := range []struct {
		text string
		word int
		want kind
	}{
		{"The report said so.", 1, kDoc},
		{"They report every week.", 1, kSay},
		{"The farmers' claim was old.", 2, kPoss},
		{"The farmers' claim was old.", 3, kLow},
		{"She claims the prize.", 1, kSays},
		{"She quietly left.", 1, kLy},
		{"Two towns agreed.", 0, kNum},
	} {
		if got := prepared(t, c.text).toks[c.word].kind; got != c.want {
			t.Errorf("%s: token %d has kind %d, want %d", c.text, c.word, got, c.want)
		}
	}
}
