package capture

import (
	"strings"
	"testing"
	"time"
)

func TestSplitHeader(t *testing.T) {
	at := time.Date(2024, 10, 12, 16, 40, 0, 0, time.FixedZone("", 3*60*60))
	for _, c := range []struct {
		name, text, body, title string
		published               time.Time
		notes                   int
	}{
		{"block", "title: جسر\npublished: 2024-10-12T16:40:00+03:00\n\nقال\n", "قال\n", "جسر", at, 0},
		{"carriage returns", "title: a\r\nlang: ar\r\n\r\nb", "b", "a", time.Time{}, 0},
		{"other keys", "title: a\nsection: b\n\nc", "c", "a", time.Time{}, 0},
		{"blank values", "title:\n\nc", "c", "", time.Time{}, 0},
		{"bad date", "published: yesterday\ntitle: a\n\nc", "c", "a", time.Time{}, 1},
		{"no blank line", "title: a\nb", "title: a\nb", "", time.Time{}, 0},
		{"unknown key first", "section: b\ntitle: a\n\nc", "section: b\ntitle: a\n\nc", "", time.Time{}, 0},
		{"prose", "Note: he said\n\nthat", "Note: he said\n\nthat", "", time.Time{}, 0},
		{"blank first line", "\ntitle: a\n\nc", "\ntitle: a\n\nc", "", time.Time{}, 0},
		{"a line that is no key", "title: a\nقال فلان\n\nc", "title: a\nقال فلان\n\nc", "", time.Time{}, 0},
		{"too long", "title: a\nurl: " + strings.Repeat("x", maxHeader) + "\nlang: ar\n\nc", "title: a\nurl: " + strings.Repeat("x", maxHeader) + "\nlang: ar\n\nc", "", time.Time{}, 0},
		{"empty", "", "", "", time.Time{}, 0},
	} {
		d, notes, n := splitHeader(c.text)
		if c.text[n:] != c.body || d.Title != c.title || !d.Published.Equal(c.published) || len(notes) != c.notes {
			t.Errorf("%s: body %q, %+v, notes %q", c.name, c.text[n:], d, notes)
		}
	}
}

func TestParseTime(t *testing.T) {
	for s, want := range map[string]string{
		"2024-10-12":                   "2024-10-12T00:00:00Z",
		"2024-10-12T16:40:00+03:00":    "2024-10-12T16:40:00+03:00",
		"2024-10-12T16:40:00.123+0300": "2024-10-12T16:40:00+03:00",
		"2024-10-12T16:40+03:00":       "2024-10-12T16:40:00+03:00",
		"2024-10-12 16:40":             "2024-10-12T16:40:00Z",
		"2024-10-12T16:40:00":          "2024-10-12T16:40:00Z",
		"12/10/2024":                   "",
		"":                             "",
	} {
		got, err := ParseTime(s)
		if want == "" {
			if err == nil {
				t.Errorf("%q read as %v", s, got)
			}
			continue
		}
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%q: %v, %v, want %s", s, got, err, want)
		}
	}
}

func FuzzHeader(f *testing.F) {
	f.Add("title: البئر\npublished: 2026-03-01\n\nقال العمدة")
	f.Add("url: x\r\nlang: ar\r\n\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, _, n := splitHeader(text)
		if n < 0 || n > len(text) {
			t.Fatalf("%d of %d bytes", n, len(text))
		}
		if n == 0 && d.Title+d.URL+d.ID != "" {
			t.Errorf("fields without a header: %+v", d)
		}
	})
}
