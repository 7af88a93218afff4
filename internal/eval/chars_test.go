package eval

import (
	"slices"
	"strings"
	"testing"
)

func TestNormal(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "",
		" «المَرْفأُ» ":       "المرفا",
		"آلة  إلى\tأُخرى":     "اله الي اخري",
		"Port-Almsey: ‘OPEN’": "port almsey open",
		"١٢ مـــترا\u200f.":   "12 مترا",
		"!?":                  "",
	} {
		if got := string(normal(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestLikeness(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want float64
	}{
		{"", "", 0},
		{"a", "", 0},
		{"سد", "سد", 1},
		{"abcd", "xabcy", .5}, // abc: 3 of 4+5-3
		{"ab", "cd", 0},
		{"مدير المرفأ", "المرفأ", 6.0 / 11},
	} {
		if got := likeness([]rune(tc.a), []rune(tc.b)); got != tc.want {
			t.Errorf("%q %q: %v, want %v", tc.a, tc.b, got, tc.want)
		}
	}
}

func TestFind(t *testing.T) {
	const body = "ماء وماء وماء"
	second := strings.Index(body, "وماء") + len("و")
	wrong, far := 1, 999
	for _, tc := range []struct {
		name, text string
		start      *int
		want       []stretch
	}{
		{"nothing", "", nil, nil},
		{"absent", "نار", nil, nil},
		{"everywhere", "ماء", nil, []stretch{{0, 3}, {5, 8}, {10, 13}}},
		{"at its place", "ماء", &second, []stretch{{5, 8}}},
		{"wrong place", "وماء", &wrong, []stretch{{4, 8}, {9, 13}}},
		{"place outside", "وماء", &far, []stretch{{4, 8}, {9, 13}}},
	} {
		if got := find(body, tc.text, tc.start); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
	if got := find("aaaa", "aa", nil); len(got) != 3 {
		t.Errorf("overlaps: %v", got)
	}
	if got := find(strings.Repeat("a", 5*maxFound), "a", nil); len(got) != maxFound {
		t.Errorf("%d places", len(got))
	}
}

func FuzzLongestCommon(f *testing.F) {
	f.Add("الميناء الكبير", "ميناء كبير")
	f.Add("abab", "baba")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a) > 40 || len(b) > 40 {
			return
		}
		x, y := []rune(a), []rune(b)
		want := 0
		for i := range x {
			for j := i + 1; j <= len(x); j++ {
				if j-i > want && strings.Contains(string(y), string(x[i:j])) {
					want = j - i
				}
			}
		}
		if got := longestCommon(x, y); got != want {
			t.Errorf("%q %q: %d, want %d", a, b, got, want)
		}
	})
}
