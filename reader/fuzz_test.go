package reader_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

// hostile are texts that news does not hold but an input may.
var hostile = []string{
	"", "\x00", "«", "\"", "قال", "said", "قال:", "وقال: «", "\"a\" said", ":", "… : …", "إن أن إن أن",
	"قال الوزير إن" + strings.Repeat(" قال إن", 60),
	strings.Repeat("He said that ", 60) + "it rained.",
	strings.Repeat("قال «", 50) + "نعم" + strings.Repeat("»", 50),
	strings.Repeat("\"A,\" she said, ", 40),
	strings.Repeat("وأضاف أن المضخة تعمل. ", 80),
	"قَالَ الوَزِيـــــرُ إِنَّ المَحَطَّةَ «تَعْمَلُ\u202e»، وأضافَ",
	"ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﻤﺤﻄﺔ ﺗﻌﻤﻞ.",
	"نقلت الوكالة عن المصدر قوله إن المدير نفى أن يكون المقاول قد قال إن الجسر مغلق.",
	"\"One,\" he said.\n\n\"Two.\n\n\"Three,\" he added, \"four.\"",
	"قال المدير (الذي قال إن (الجسر)): «نعم» و«لا»، حسب قوله، وفقا ل",
	"According to according to according to the board, said the board, the board said \"",
	"a\u200db\u200c said\u00a0that\u2028c\u2029d",
	"وزير: مدير: قال: إن: «:»",
	"!\"\"sAid", "قال،إن،لكنه", "قيل،تعلن", "A emAil A 000 wrote\nA0",
}

// FuzzRead checks what holds for every text: spans lie in it on rune
// boundaries, contents are there and lie inside of those around them, a parent
// comes before its child, and the same text gives the same.
func FuzzRead(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	for _, name := range goldFiles(f) {
		docs := goldDocs(f, name)
		for i := range docs {
			if i%4 == 0 {
				f.Add(docs[i].Text)
			}
		}
	}
	r, other := newReader(f), newReader(f)
	f.Fuzz(func(t *testing.T, raw string) {
		doc, err := text.New(raw)
		if err != nil {
			return
		}
		found := r.Read(doc)
		if err := check(doc, found); err != nil {
			t.Fatal(err)
		}
		if again := other.Read(doc); !reflect.DeepEqual(found, again) {
			t.Fatalf("read twice:\n%+v\n%+v", found, again)
		}
	})
}

// TestLeast reads with readers that drop little and much: what is kept has at
// least that confidence.
func TestLeast(t *testing.T) {
	docs := goldDocs(t, "gold.ar.txt")
	before := -1
	for _, least := range []float64{0, .5, .8, 1.1} {
		r := newReader(t)
		r.Least = least
		n := 0
		for i := range docs {
			doc, err := text.New(docs[i].Text)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range r.Read(doc) {
				n++
				if a.Confidence < least {
					t.Errorf("%s: confidence %v, below %v", docs[i].ID, a.Confidence, least)
				}
			}
		}
		if before >= 0 && n >= before {
			t.Errorf("%d findings of confidence %v and more, %d before", n, least, before)
		}
		before = n
	}
}

// TestBuffers reads texts of all lengths with one reader in both orders, and
// each with a reader of its own: nothing is left of the text before.
func TestBuffers(t *testing.T) {
	r := newReader(t)
	docs := goldDocs(t, "gold.en.txt")[:20]
	docs = append(docs, goldDocs(t, "gold.ar.txt")[:20]...)
	first := map[int][]isnad.Attribution{}
	for pass := range 2 {
		for i := range docs {
			if pass == 1 {
				i = len(docs) - 1 - i
			}
			doc, err := text.New(docs[i].Text)
			if err != nil {
				t.Fatal(err)
			}
			found := r.Read(doc)
			if pass == 0 {
				first[i] = found
			} else if !reflect.DeepEqual(found, first[i]) {
				t.Errorf("%s: read behind another text:\n%+v\n%+v", docs[i].ID, found, first[i])
			}
		}
	}
}

// TestShared reads with several readers of the same packs at once.
func TestShared(t *testing.T) {
	arabic, english := loadPacks(t)
	docs := goldDocs(t, "gold.en.txt")
	docs = append(docs, goldDocs(t, "gold.ar.txt")...)
	counts := make([]int, 4)
	var wg sync.WaitGroup
	for k := range counts {
		r := reader.New(arabic, english)
		wg.Go(func() {
			for i := range docs {
				doc, err := text.New(docs[i].Text)
				if err != nil {
					t.Error(err)
					return
				}
				counts[k] += len(r.Read(doc))
			}
		})
	}
	wg.Wait()
	for _, n := range counts[1:] {
		if n != counts[0] || n == 0 {
			t.Errorf("readers of the same texts find %v attributions", counts)
		}
	}
}

// check says what of the promises of the package a reading breaks.
func check(t *text.Text, found []isnad.Attribution) error {
	for i := range found {
		a := &found[i]
		if err := checkSpans(t.Raw, a); err != nil {
			return fmt.Errorf("attribution %d: %w: %+v", i, err, *a)
		}
		if a.Confidence < 0 || a.Confidence > 1 || a.Confidence != a.Confidence {
			return fmt.Errorf("attribution %d: confidence %v", i, a.Confidence)
		}
		if a.Parent < -1 || a.Parent >= len(found) || a.Parent == i {
			return fmt.Errorf("attribution %d: parent %d", i, a.Parent)
		}
		if a.Parent < 0 {
			continue
		}
		p := &found[a.Parent]
		if !inside(a.Content, p.Content) {
			return fmt.Errorf("attribution %d: content %v outside of its parent's %v", i, a.Content, p.Content)
		}
		if len(a.Chain) != len(p.Chain)+1 || !reflect.DeepEqual(a.Chain[:len(p.Chain)], p.Chain) {
			return fmt.Errorf("attribution %d: chain %+v does not go on from its parent's %+v", i, a.Chain, p.Chain)
		}
	}
	return nil
}

func checkSpans(raw string, a *isnad.Attribution) error {
	if len(a.Chain) == 0 {
		return fmt.Errorf("no chain")
	}
	if len(a.Content) == 0 {
		return fmt.Errorf("no content")
	}
	if err := checkList(raw, a.Content); err != nil {
		return fmt.Errorf("content: %w", err)
	}
	if err := checkList(raw, a.When); err != nil {
		return fmt.Errorf("when: %w", err)
	}
	for _, l := range a.Chain {
		if err := checkList(raw, l.Cue); err != nil {
			return fmt.Errorf("cue: %w", err)
		}
		if err := checkList(raw, l.Source); err != nil {
			return fmt.Errorf("source: %w", err)
		}
	}
	return nil
}

// checkList checks pieces of one part: not empty, in order, apart from one
// another, on rune boundaries of the text.
func checkList(raw string, spans []text.Span) error {
	end := 0
	for _, s := range spans {
		if s.Start < end || s.End > len(raw) || s.Start >= s.End {
			return fmt.Errorf("span %v of %d bytes, behind %d", s, len(raw), end)
		}
		if !utf8.RuneStart(raw[s.Start]) || s.End < len(raw) && !utf8.RuneStart(raw[s.End]) {
			return fmt.Errorf("span %v cuts a rune", s)
		}
		end = s.End
	}
	return nil
}

// TestReadTwoLanguages reads sentences of both languages in one text.
func TestReadTwoLanguages(t *testing.T) {
	doc, err := text.New("قال مدير الميناء إن العبّارة ستبحر غدا. The harbour master said that the ferry would sail tomorrow.")
	if err != nil {
		t.Fatal(err)
	}
	found := newReader(t).Read(doc)
	if len(found) != 2 {
		t.Fatalf("%d attributions, want one of each language: %+v", len(found), found)
	}
	if found := reader.New().Read(doc); len(found) != 0 {
		t.Errorf("a reader of no language finds %+v", found)
	}
}
