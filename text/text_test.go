package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func words(t *Text, r Range) string {
	var out []string
	for i := r.First; i < r.End; i++ {
		out = append(out, t.Word(i))
	}
	return strings.Join(out, "|")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"clitics stay on", "وقال الوزير إن", "وقال|الوزير|إن"},
		{"marks belong to their word", "قَالَ أُعلِنَ", "قَالَ|أُعلِنَ"},
		{"abbreviations", "ذكرت أ.ف.ب ذلك", "ذكرت|أ.ف.ب|ذلك"},
		{"initials", "د. محمد", "د|.|محمد"},
		{"numbers", "1,234.5 و٪ ٢٠٢٤", "1,234.5|و|٪|٢٠٢٤"},
		{"quotation marks", "«نعم»، قال", "«|نعم|»|،|قال"},
		{"mark glued to the next word", "«نعم»عارية", "«|نعم|»|عارية"},
		{"direction controls are in no word", "\u202bقال\u202c نعم", "قال|نعم"},
		{"apostrophes", "don’t Smith's", "don’t|Smith|s"},
		{"hyphens", "right-wing", "right|-|wing"},
		{"initialisms", "the U.S. said", "the|U.S.|said"},
		{"tatweel", "قـــال", "قـــال"},
		{"empty", "", ""},
	} {
		tx, err := New(c.in)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := words(tx, Range{0, len(tx.Tokens)}); got != c.want {
			t.Errorf("%s: %q gives %s, want %s", c.name, c.in, got, c.want)
		}
	}
}

func TestHash(t *testing.T) {
	for _, same := range [][]string{
		{"قال", "قَالَ", "قـال", "ﻗﺎﻝ"},
		{"أكد", "اكد", "أكّد"},
		{"نفى", "نفي"},
		{"2024", "٢٠٢٤", "۲۰۲۴"},
		{"Said", "said", "SAID"},
		{"don't", "don’t"},
	} {
		for _, w := range same[1:] {
			if Hash(w) != Hash(same[0]) {
				t.Errorf("%s and %s do not share a hash", same[0], w)
			}
			tx, err := New(w)
			if err != nil || len(tx.Tokens) != 1 || tx.Tokens[0].Hash != Hash(w) {
				t.Errorf("the token of %s has not the hash of the word", w)
			}
		}
	}
	if Hash("قال") == Hash("قيل") {
		t.Error("different words share a hash")
	}
	if HashFrom("والوزير", 3) != Hash("وزير") {
		t.Error("HashFrom does not look behind clitics")
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"قال نعم. ثم ذهب.", []string{"قال|نعم|.", "ثم|ذهب|."}},
		{"قال د. محمد نعم.", []string{"قال|د|.|محمد|نعم|."}},
		{"قال «نعم.» ثم ذهب.", []string{"قال|«|نعم|.|»", "ثم|ذهب|."}},
		{"Mr. Smith left. He slept.", []string{"Mr|.|Smith|left|.", "He|slept|."}},
		{"سطر\nسطر", []string{"سطر", "سطر"}},
		{"هل جاء؟! نعم", []string{"هل|جاء|؟|!", "نعم"}},
	} {
		tx, err := New(c.in)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range tx.Sentences {
			got = append(got, words(tx, s))
		}
		if strings.Join(got, " / ") != strings.Join(c.want, " / ") {
			t.Errorf("%q gives %q, want %q", c.in, got, c.want)
		}
	}
}

func TestQuotations(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string // outermost first, in order of opening
		closed   bool
	}{
		{"guillemets", "قال «نعم» ثم", []string{"نعم"}, true},
		{"straight", `قال "نعم" ثم "لا"`, []string{"نعم", "لا"}, true},
		{"curly", "said “yes” and", []string{"yes"}, true},
		{"curly, opened by the closing mark", "قال ”نعم“ ثم", []string{"نعم"}, true},
		{"nested", "قال «قال لي “نعم” ثم» ذهب", []string{"قال|لي|“|نعم|”|ثم", "نعم"}, true},
		{"unclosed ends with its paragraph", "قال «نعم ثم\nذهب", []string{"نعم|ثم"}, false},
	} {
		tx, err := New(c.in)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, q := range tx.Quotations {
			got = append(got, words(tx, Range{q.Open + 1, q.Close}))
			if q.Closed != c.closed {
				t.Errorf("%s: closed is %v", c.name, q.Closed)
			}
		}
		if strings.Join(got, " / ") != strings.Join(c.want, " / ") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQuotationGoesOnOverParagraphs(t *testing.T) {
	tx, err := New("قال «أولا.\n«ثانيا.\n«ثالثا» ثم ذهب.")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for q := 0; q >= 0; q = tx.Quotations[q].Next {
		n++
	}
	if n != 3 {
		t.Errorf("the quotation has %d parts, want 3", n)
	}
}

func TestDeepNestingIsBounded(t *testing.T) {
	tx, err := New(strings.Repeat("«", 500) + "نعم" + strings.Repeat("»", 500))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range tx.Quotations {
		if q.Depth >= maxDepth {
			t.Fatalf("depth %d", q.Depth)
		}
	}
}

func TestInvalidUTF8(t *testing.T) {
	for _, c := range []struct {
		in string
		at int
	}{{"قال\xffنعم", 6}, {"\xd9", 0}, {"ab\xd9x", 2}, {"نعم \xe2\x80", 7}} {
		_, err := New(c.in)
		e, ok := err.(*EncodingError)
		if !ok || e.Offset != c.at {
			t.Errorf("%q: error %v, want one at byte %d", c.in, err, c.at)
		}
	}
}

func TestFold(t *testing.T) {
	in := "قَالَ الوَزيرُ"
	f := Fold(in)
	if f.Text != "قال الوزير" {
		t.Fatalf("folded to %q", f.Text)
	}
	at := strings.Index(f.Text, "الوزير")
	s := f.Original(Span{at, at + len("الوزير")})
	if got := s.Of(in); got != "الوَزيرُ" {
		t.Errorf("the original is %q", got)
	}
}

func TestReset(t *testing.T) {
	tx := new(Text)
	for _, in := range []string{"«واحد» اثنان.", "ثلاثة", "", "«أربعة» خمسة"} {
		if err := tx.Reset(in); err != nil {
			t.Fatal(err)
		}
		fresh, err := New(in)
		if err != nil {
			t.Fatal(err)
		}
		if words(tx, Range{0, len(tx.Tokens)}) != words(fresh, Range{0, len(fresh.Tokens)}) || len(tx.Quotations) != len(fresh.Quotations) {
			t.Errorf("%q reads differently in a used Text", in)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"قال «نعم» أ.ف.ب 1,2", "\u202eقَالَ\u202c ﷺ", "don’t U.S. “a “b” c”", "«\n«\n»", "\x00\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		tx, err := New(in)
		if err != nil {
			if utf8.ValidString(in) {
				t.Fatalf("valid text refused: %v", err)
			}
			return
		}
		if !utf8.ValidString(in) {
			t.Fatal("invalid text taken")
		}
		last := 0
		for i, tok := range tx.Tokens {
			if int(tok.Start) < last || tok.End <= tok.Start || int(tok.End) > len(in) {
				t.Fatalf("token %d is %d-%d after byte %d of %d", i, tok.Start, tok.End, last, len(in))
			}
			if !utf8.RuneStart(in[tok.Start]) || int(tok.End) < len(in) && !utf8.RuneStart(in[tok.End]) {
				t.Fatalf("token %d cuts a rune", i)
			}
			last = int(tok.End)
		}
		covers(t, "sentences", tx.Sentences, len(tx.Tokens))
		covers(t, "paragraphs", tx.Paragraphs, len(tx.Tokens))
		for _, q := range tx.Quotations {
			if q.Open < 0 || q.Close <= q.Open || q.Close > len(tx.Tokens) || q.Next >= len(tx.Quotations) {
				t.Fatalf("quotation %+v of %d tokens", q, len(tx.Tokens))
			}
		}
		fold := Fold(in)
		if len(fold.at) != len(fold.Text)+1 {
			t.Fatal("the map of the folded text has not its length")
		}
	})
}

// covers checks that ranges follow one another without a gap over n tokens.
func covers(t *testing.T, what string, rs []Range, n int) {
	t.Helper()
	at := 0
	for _, r := range rs {
		if r.First != at || r.End <= r.First {
			t.Fatalf("%s: %+v after token %d", what, r, at)
		}
		at = r.End
	}
	if at != n {
		t.Fatalf("%s end at token %d of %d", what, at, n)
	}
}
