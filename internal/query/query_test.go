package query

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/text"
)

func newFolder(t testing.TB) *fold.Folder {
	t.Helper()
	table, err := os.ReadFile("../../lang/ar/stems.tsv")
	if err != nil {
		t.Fatal(err)
	}
	f, err := fold.New(string(table))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"جسر", "جسر"},
		{"  جسر   الوادي ", "جسر الوادي"},
		{"جسر OR عبّارة ميناء", "جسر OR (عبّارة ميناء)"},
		{"(جسر OR عبّارة) ميناء", "(جسر OR عبّارة) ميناء"},
		{"((جسر))", "جسر"},
		{"a OR b OR c", "a OR b OR c"},
		{"or Or", "or Or"},
		{`"جسر الوادي" -مغلق`, `"جسر الوادي" -مغلق`},
		{"«جسر الوادي» “x y”", `"جسر الوادي" "x y"`},
		{"-(a OR b)", "-(a OR b)"},
		{"--a", "--a"},
		{"covid-19 أ.ف.ب 12:30", "covid-19 أ.ف.ب 12:30"},
		{`Speaker:وزير stance:deny`, `speaker:وزير stance:deny`},
		{`speaker:"وزير المياه"`, `speaker:"وزير المياه"`},
		{"speaker:«وزير المياه»", `speaker:"وزير المياه"`},
		{"-stance:deny lang:ar", "-stance:deny lang:ar"},
		{"after:2024-05-31 before:٢٠٢٥", "after:2024-05-31 before:٢٠٢٥"},
		{"origin:unnamed chain:>1 chain:>=2 chain:3 has:figure", "origin:unnamed chain:>1 chain:>=2 chain:3 has:figure"},
		{`word"phrase"(x)`, `word "phrase" x`},
		{"\u200fجسر\u200f الوادي", "جسر الوادي"},
	} {
		n, err := Parse(test.in)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.in, err)
			continue
		}
		if got := n.String(); got != test.want {
			t.Errorf("Parse(%q) = %s, want %s", test.in, got, test.want)
		}
	}
	for _, empty := range []string{"", "  ", "\u200f"} {
		if n, err := Parse(empty); n != nil || err != nil {
			t.Errorf("Parse(%q) = %v, %v", empty, n, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct {
		in   string
		at   int
		want string
	}{
		{"speker:x", 0, "there is no filter speker:; the filters are speaker: stance:"},
		{"a stance:lie", 9, `unknown stance "lie"`},
		{"a polarity:", 11, "polarity: needs a value right behind it, such as polarity:deny"},
		{"a polarity: deny", 11, "needs a value"},
		{`a "b`, 2, "this quotation is not closed"},
		{`a "..."`, 2, "no letter or digit"},
		{"a (b", 2, "this ( is not closed"},
		{"a b) c", 3, "a ) without a ("},
		{"()", 1, "a word is missing"},
		{"OR a", 0, "OR needs a word before it"},
		{"a OR", 4, "a word is missing"},
		{"a OR OR b", 5, "OR needs a word before it"},
		{"a - b", 2, "- needs a word right behind it"},
		{"a ،", 2, "no letter or digit"},
		{"after:2024-13", 6, "is not a date: write 2024, 2024-05 or 2024-05-31"},
		{"stance:>deny", 7, "stance: takes no >"},
		{"chain:>12", 7, "a number from 1 to 8"},
		{"has:name", 4, "has: takes figure"},
		{"lang:x", 5, "not the tag of a language"},
		{"origin:secret", 7, `there is no origin "secret": one of [implicit named`},
		{"a\xff", 1, "not valid UTF-8"},
		{strings.Repeat("(", 100), 33, "more than 32 parentheses"},
		{strings.Repeat("-", 100) + "a", 32, "more than 32 parentheses"},
		{strings.Repeat("a ", 65), 128, "more than 64 words"},
		{strings.Repeat("a", 5000), 4096, "longer than 4096 bytes"},
	} {
		_, err := Parse(test.in)
		var e *Error
		if !errors.As(err, &e) || e.At != test.at || !strings.Contains(e.Problem, test.want) {
			t.Errorf("Parse(%.40q): %v, want byte %d: %s", test.in, err, test.at, test.want)
		}
	}
}

func TestSearchBounds(t *testing.T) {
	f := newFolder(t)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, test := range []struct {
		in       string
		from, to time.Time
	}{
		{"a", time.Time{}, time.Time{}},
		{"after:2024-05-31", day(2024, 6, 1), time.Time{}},
		{"a after:2024-05 before:2025", day(2024, 6, 1), day(2025, 1, 1)},
		{"after:2024 after:2023", day(2025, 1, 1), time.Time{}},
		{"before:٢٠٢٤-٠٥-٠٢ before:2025", time.Time{}, day(2024, 5, 2)},
	} {
		n, err := Parse(test.in)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Search(n, f)
		if err != nil || !s.From.Equal(test.from) || !s.To.Equal(test.to) {
			t.Errorf("%s is from %v to %v (%v), want %v to %v", test.in, s.From, s.To, err, test.from, test.to)
		}
	}
	for in, want := range map[string]archive.Expr{
		"a OR after:2024": {Op: archive.Any, Kids: []archive.Expr{{In: archive.Text, Words: []string{"a"}}, {Op: archive.During, From: day(2025, 1, 1)}}},
		"-before:2024":    {Op: archive.Not, Kids: []archive.Expr{{Op: archive.During, To: day(2024, 1, 1)}}},
	} {
		n, err := Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := Search(n, f); err != nil || !reflect.DeepEqual(*s.Expr, want) || !s.From.IsZero() {
			t.Errorf("%s: %+v, %v", in, s, err)
		}
	}
}

// rows are statements that the next test asks for, by name.
func rows(f *fold.Folder) map[string]archive.Row {
	maker := archive.NewRows(f)
	make := func(content string, publisher string, change func(*archive.Statement)) archive.Row {
		d := archive.Document{}
		d.Text, d.Lang, d.Publisher = content, "ar", publisher
		var s archive.Statement
		s.Chain = []isnad.Link{{Kind: isnad.Named}}
		s.Content = []text.Span{{Start: 0, End: len(content)}}
		change(&s)
		return maker.Statement(&d, &s)
	}
	return map[string]archive.Row{
		"bridge": make("جسر الوادي لن يغلق قبل الخريف", "صحيفة رملان", func(s *archive.Statement) {
			s.Names = []string{"وزير الأشغال سالم الدهري"}
			s.Stance, s.Polarity = isnad.Deny, isnad.Denies
		}),
		"water": make("مياه المحطات الثلاث وصلت إلى ٣٤٬٥٦٧ بيتا بحسب الوزارة", "وكالة الساحل", func(s *archive.Statement) {
			s.Chain = []isnad.Link{{Kind: isnad.OutletSource}, {Kind: isnad.Unnamed}}
		}),
	}
}

func TestSearchMatches(t *testing.T) {
	f := newFolder(t)
	all := rows(f)
	for _, test := range []struct{ in, want string }{
		{"جسر", "bridge"},
		{"الجسور", ""},
		{"والجسر", "bridge"},
		{`"الجسر"`, ""},
		{`"جسر الوادي"`, "bridge"},
		{`"الوادي جسر"`, ""},
		{"محطة", "water"},
		{"للمحطات", "water"},
		{"34567", "water"},
		{"٣٤٥٦٧", "water"},
		{"-جسر", "water"},
		{"جسر OR محطة", "bridge water"},
		{"جسر محطة", ""},
		{"الدهري", "bridge"},
		{"speaker:الوزير", "bridge"},
		{"speaker:وزارة", ""},
		{"الوزارة", "water"},
		{`speaker:"سالم الدهري"`, "bridge"},
		{`speaker:"الدهري سالم"`, ""},
		{"stance:deny", "bridge"},
		{"polarity:deny جسر", "bridge"},
		{"polarity:affirm", "water"},
		{"publisher:رملان", "bridge"},
		{`publisher:"وكالة الساحل"`, "water"},
		{"publisher:وكاله", "water"},
		{"lang:ar", "bridge water"},
		{"lang:en", ""},
		{"origin:unnamed", "water"},
		{"chain:>1", "water"},
		{"chain:1", "bridge"},
		{"chain:<2", "bridge"},
		{"chain:<=2 chain:>=1", "bridge water"},
		{"has:figure", "water"},
		{"-has:figure -lang:en", "bridge"},
	} {
		n, err := Parse(test.in)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Search(n, f)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, name := range []string{"bridge", "water"} {
			if row := all[name]; s.Expr.Match(&row) {
				got = append(got, name)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s finds %v, want %s", test.in, got, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", `a "b c" -d OR (e f)`, "speaker:«وزير المياه» chain:>1", "after:2024 --(a)", "a OR", "أ.ف.ب ٣٤٬٥", "-has:figure",
	} {
		f.Add(s)
	}
	folder := newFolder(f)
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.At < 0 || e.At > len(s) {
				t.Fatalf("error %v for %d bytes", err, len(s))
			}
			return
		}
		if n == nil {
			return
		}
		again, err := Parse(n.String())
		if err != nil && len(n.String()) <= MaxBytes {
			t.Fatalf("%q prints as %q: %v", s, n.String(), err)
		}
		if err == nil && again.String() != n.String() {
			t.Fatalf("%q prints as %q, and that as %q", s, n.String(), again.String())
		}
		search, err := Search(n, folder)
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Fatal(err)
		}
		if err == nil && search.Expr != nil {
			row := archive.Row{Form: "a", Tags: "l:ar"}
			search.Expr.Match(&row)
		}
	})
}

func TestFieldsAreWhatTheArchiveKnows(t *testing.T) {
	if maxChain != archive.MaxChain {
		t.Errorf("maxChain is %d, the archive's %d", maxChain, archive.MaxChain)
	}
	for _, s := range specs {
		n, err := Parse(s.example)
		if err != nil {
			t.Errorf("the example %s: %v", s.example, err)
		} else if got := reflect.TypeOf(n); got != reflect.TypeFor[Field]() {
			t.Errorf("the example %s is a %v", s.example, got)
		}
	}
}
