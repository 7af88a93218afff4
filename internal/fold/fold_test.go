package fold

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func newFolder(t testing.TB) *Folder {
	t.Helper()
	table, err := os.ReadFile("../../lang/ar/stems.tsv")
	if err != nil {
		t.Fatal(err)
	}
	f, err := New(string(table))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestWords(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"قَالَ المُديرُ", "قال|المدير"},
		{"الإدارة الأولى", "الاداره|الاولي"},
		{"محطـــة المياه", "محطه|المياه"},
		{"٣٤٬٥٦٧ طنا و34,567 و34567", "34567|طنا|و|34567|و|34567"},
		{"34,567 tons, 1,234,567", "34567|tons|1234567"},
		{"3.5 و٣٫٥", "3.5|و|3.5"},
		{"1,23", "1|23"},
		{"Ferry-Line's HARBOUR", "ferry|line|s|harbour"},
		{"«جسر» (الوادي)؛", "جسر|الوادي"},
		{"ﻻ ﷲ", "لا|الله"},
		{"أ.ف.ب", "ا|ف|ب"},
		{"x\xffy", "x|y"},
		{"", ""},
	} {
		var forms []string
		for _, w := range Words(test.in) {
			forms = append(forms, w.Form)
		}
		if got := strings.Join(forms, "|"); got != test.want {
			t.Errorf("Words(%q) = %s, want %s", test.in, got, test.want)
		}
	}
}

func TestSpansAreOfTheOriginal(t *testing.T) {
	const s = "صرّح المُديرُ: ٣٤٬٥٦٧ طنًّا."
	want := []string{"صرّح", "المُديرُ", "٣٤٬٥٦٧", "طنًّا"}
	for i, w := range Words(s) {
		if got := w.Span.Of(s); got != want[i] {
			t.Errorf("word %d is %q, want %q", i, got, want[i])
		}
	}
}

func TestStems(t *testing.T) {
	f := newFolder(t)
	for _, test := range []struct{ words, stem string }{
		// One stem in every row; the words stand in the spelling of a text.
		{"فلسطين وفلسطين لفلسطين بفلسطين", "فلسطين"},
		{"فلسطينيين الفلسطينيين فلسطينيون للفلسطينيين", "فلسطيني"},
		{"فلسطينية والفلسطينية", "فلسطينيه"},
		{"وزراء الوزراء ووزراء لوزراء للوزراء وزرائها وزراؤه", "وزراء"},
		{"وزير الوزير ووزير لوزير والوزير وزيرها وزيرا وزيرين", "وزير"},
		{"مستشفيات المستشفيات ومستشفيات بالمستشفيات مستشفياتها", "مستشفيات"},
		{"والد والد", "والد"},
		{"لبنان ولبنان بلبنان للبنان", "لبنان"},
		{"لبنانية اللبنانية", "لبنانيه"},
		{"حكومة الحكومة والحكومة للحكومة بالحكومة حكومته حكومتها حكومات الحكومات وحكومتنا", "حكومه"},
		{"قرار القرار قراره قرارها بقرار وبقرار لقرار قرارا", "قرار"},
		{"انتخابات الانتخابات بالانتخابات وانتخاباتها", "انتخاب"},
		{"مسؤول مسؤولين المسؤولون للمسؤولين", "مسؤول"},
		{"بلدية البلدية ببلدية وبلدية بلديتها", "بلديه"},
		{"مياه المياه بمياه مياهها", "مياه"},
		{"قال وقال فقال", "قال"},
		{"أكدت وأكدت", "اكدت"},
		{"فريق الفريق وفريق لفريق", "فريق"},
		{"جسر والجسر بالجسر وللجسر جسرا", "جسر"},
		{"يفتح سيفتح وسيفتح", "يفتح"},
		{"سياسة السياسة بسياسة", "سياسه"},
		{"لليل", "ليل"},
		{"bridge bridges", "bridge"},
		{"agency agencies", "agency"},
		{"glass glasses", "glass"},
		{"٢٠٢٤ 2024", "2024"},
	} {
		for _, w := range Words(test.words) {
			if stems := f.Stems(nil, w); !slices.Contains(stems, test.stem) {
				t.Errorf("%s (%s) has the stems %v, want %s among them", w.Span.Of(test.words), w.Form, stems, test.stem)
			}
		}
	}
}

func TestStemsKeepApart(t *testing.T) {
	f := newFolder(t)
	for _, pair := range [][2]string{
		{"والد", "الد"},
		{"بلدية", "لدية"},
		{"مدرسة", "مدرس"},
		{"وزير", "زير"},
		{"لبنان", "بنان"},
		{"كتاب", "تاب"},
		{"فريق", "ريق"},
		{"قانون", "قان"},
	} {
		a, b := f.Stems(nil, Words(pair[0])[0]), f.Stems(nil, Words(pair[1])[0])
		for _, s := range a {
			if slices.Contains(b, s) {
				t.Errorf("%s and %s share the stem %s", pair[0], pair[1], s)
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New("word\nجسر\nجسر الوادي\n"); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("two words in a row: %v", err)
	}
}

func FuzzWords(f *testing.F) {
	f.Add("قالَ المديرُ: ٣٤٬٥٦٧ طنًّا، 3.5 Bridges")
	f.Add("ﷺ ﻻ \xff a'b 1,2,3. ")
	folder := newFolder(f)
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, w := range Words(s) {
			if w.Span.Start < last || w.Span.End > len(s) || w.Span.Empty() {
				t.Fatalf("span %v after byte %d of %d", w.Span, last, len(s))
			}
			last = w.Span.End
			if w.Form == "" || len(w.Form) > MaxWord || !utf8.ValidString(w.Form) {
				t.Fatalf("form %q", w.Form)
			}
			if again := Words(w.Form); len(again) != 1 || again[0].Form != w.Form {
				t.Fatalf("form %q folds again to %v", w.Form, again)
			}
			stems := folder.Stems(nil, w)
			if len(stems) == 0 || len(stems) > MaxStems || slices.Contains(stems, "") {
				t.Fatalf("%q has the stems %q", w.Form, stems)
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	f := newFolder(b)
	s := strings.Repeat("وقالت بلدية رملان إن المحطة الجديدة ستعالج ٣٤٬٥٦٧ مترا من المياه يوميا بحسب مديرها. ", 40)
	b.SetBytes(int64(len(s)))
	var stems []string
	for b.Loop() {
		for _, w := range Words(s) {
			stems = f.Stems(stems[:0], w)
		}
	}
}
