package eval

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitWords(t *testing.T) {
	for _, tc := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"قال، «نعم».", []string{"قال", "نعم"}},
		{"مَرْفَأُ الصيد", []string{"مَرْفَأُ", "الصيد"}},
		{"مــرفأ", []string{"مــرفأ"}},
		{"ًبحر", []string{"بحر"}},
		{"don't 'stop'", []string{"don't", "stop"}},
		{"fishers’ nets", []string{"fishers", "nets"}},
		{"50% of €7", []string{"50", "%", "of", "€", "7"}},
		{"بحرٌ% x", []string{"بحرٌ%", "x"}},
		{"a_b", []string{"a", "b"}},
		{"١٢ آذار", []string{"١٢", "آذار"}},
		{"\xff\xfeميناء", []string{"ميناء"}},
	} {
		w := splitWords(tc.text)
		var got []string
		for i := range w.start {
			got = append(got, tc.text[w.start[i]:w.end[i]])
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%q: %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestUnder(t *testing.T) {
	const text = "That the old pier of stone, he said"
	w := splitWords(text)
	at := func(part string) [2]int { return span(text, part)[0] }
	for _, tc := range []struct {
		name  string
		spans Spans
		trim  bool
		want  wordSet
	}{
		{"nothing", nil, false, nil},
		{"punctuation only", Spans{at(", ")}, false, nil},
		{"inverted", Spans{{9, 4}}, false, nil},
		{"outside", Spans{{-9, -1}, {900, 999}}, false, nil},
		{"two words", Spans{at("old pier")}, false, wordSet{{2, 4}}},
		{"half a word counts", Spans{at("ld pi")}, false, wordSet{{2, 4}}},
		{"less than half does not", Spans{at("d pier")}, false, wordSet{{3, 4}}},
		{"inside one word", Spans{at("n")}, false, wordSet{{5, 6}}},
		{"pieces join", Spans{at("pier"), at("old")}, false, wordSet{{2, 4}}},
		{"pieces apart", Spans{at("said"), at("old")}, false, wordSet{{2, 3}, {7, 8}}},
		{"complementizer dropped", Spans{at("That the old")}, true, wordSet{{1, 3}}},
		{"but not the last word", Spans{at("of")}, true, wordSet{{4, 5}}},
	} {
		got := w.under(tc.spans)
		if tc.trim {
			got = w.trim(got)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestIsLeading(t *testing.T) {
	for word, want := range map[string]bool{
		"أنّ": true, "إِلَى": true, "THAT": true, "بـــأن": true, "أنه": false, "the": false, "": false,
	} {
		if got := isLeading(word); got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
}

func TestWordSetAgainstMaps(t *testing.T) {
	sets := []wordSet{nil, {{0, 1}}, {{0, 4}}, {{2, 3}, {5, 9}}, {{1, 2}, {3, 6}, {8, 9}}}
	expand := func(s wordSet) map[int]bool {
		m := map[int]bool{}
		for _, r := range s {
			for k := r.lo; k < r.hi; k++ {
				m[k] = true
			}
		}
		return m
	}
	for _, a := range sets {
		for _, b := range sets {
			if got, want := a.common(b), common(expand(a), expand(b)); got != want {
				t.Errorf("%v and %v share %d, want %d", a, b, got, want)
			}
		}
		if a.size() != len(expand(a)) {
			t.Errorf("size of %v: %d", a, a.size())
		}
	}
}

func TestHundredths(t *testing.T) {
	for x, want := range map[float64]float64{0: 0, 1: 1, .125: .12, .375: .38, .495: .49, 2.0 / 3: .67, .5: .5} {
		if got := hundredths(x); got != want {
			t.Errorf("%v: %v, want %v", x, got, want)
		}
	}
}

func TestIsDenialLemma(t *testing.T) {
	for lemma, want := range map[string]bool{
		"نفى": true, "انكر": true, "denied": true, "refuted": true, "reject": true,
		"قال": false, "denounced": false, "reject-": false, "": false,
	} {
		if got := isDenialLemma(lemma); got != want {
			t.Errorf("%q: %v", lemma, got)
		}
	}
}

func BenchmarkSplitWords(b *testing.B) {
	text := strings.Repeat("وقالَ مديرُ المحطة إن «المياه» ستعود بنسبة 50% مساء الخميس. ", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		splitWords(text)
	}
}
