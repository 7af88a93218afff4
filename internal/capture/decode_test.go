package capture

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/isnad/isnad/internal/fault"
)

const arabicText = "أعلنت بلدية تل السفرجل، الأربعاء، أن الجسر سيبقى مفتوحا خلال موسم الحصاد.\nوقال المدير: «لن يتوقف السير».\n"

func encode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecodeShort(t *testing.T) {
	le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, c := range []struct {
		name string
		raw  []byte
		want string
		note string
	}{
		{"UTF-8", []byte(arabicText), arabicText, ""},
		{"empty", nil, "", ""},
		{"byte order mark", []byte("\uFEFF" + arabicText), arabicText, ""},
		{"only the first mark goes", []byte("\uFEFF\uFEFFa"), "\uFEFFa", ""},
		{"windows-1256", encode(t, charmap.Windows1256, arabicText), arabicText, "windows-1256"},
		{"UTF-16LE", encode(t, le, arabicText), arabicText, "UTF-16LE"},
		{"UTF-16BE", encode(t, be, arabicText), arabicText, "UTF-16BE"},
		{"UTF-16LE, English", encode(t, le, "The bridge stays open, he said."), "The bridge stays open, he said.", "UTF-16LE"},
		{"UTF-16LE with mark", append([]byte("\xFF\xFE"), encode(t, le, arabicText)...), arabicText, "byte order mark"},
		{"UTF-16BE with mark", append([]byte("\xFE\xFF"), encode(t, be, arabicText)...), arabicText, "byte order mark"},
		{"controls of direction", []byte("قال\u202Eإن\u2067\u200F"), "قال\u202Eإن\u2067\u200F", ""},
		{"presentation forms", []byte("ﻗﺎﻝ ﷲ"), "ﻗﺎﻝ ﷲ", ""},
		{"tatweel, vowels, joiner", []byte("قـــال مُحَمَّدٌ بي\u200Dت"), "قـــال مُحَمَّدٌ بي\u200Dت", ""},
	} {
		got, notes, err := decodeShort("x.txt", c.raw)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
		if note := strings.Join(notes, "; "); (note == "") != (c.note == "") || !strings.Contains(note, c.note) {
			t.Errorf("%s: note %q, want one of %q", c.name, note, c.note)
		}
	}
}

func TestDecodeShortRefuses(t *testing.T) {
	cyrillic := encode(t, charmap.Windows1251, strings.Repeat("Мост останется открытым, сказал глава города. ", 5))
	french := encode(t, charmap.Windows1252, strings.Repeat("Le maire a déclaré que le pont resterait fermé. ", 5))
	damaged := []byte(strings.Repeat(arabicText, 3))
	damaged[len(arabicText)+1] = 0xFF
	for _, c := range []struct {
		name string
		raw  []byte
		want string
	}{
		{"one bad byte", []byte("قال\xFFإن"), "invalid UTF-8 at byte 6"},
		{"bad byte behind a mark", []byte("\uFEFFab\xFFc"), "invalid UTF-8 at byte 5"},
		{"cut rune", []byte("abc\xD9"), "invalid UTF-8 at byte 3"},
		{"damaged UTF-8", damaged, "invalid UTF-8 at byte"},
		{"windows-1251", cyrillic, "invalid UTF-8 at byte 0"},
		{"windows-1252", french, "invalid UTF-8 at byte 12"},
		{"NUL", []byte("قال\x00إن"), "NUL at byte 6"},
		{"PDF", []byte("%PDF-1.7\n%\xE2\xE3"), "a PDF"},
		{"docx", []byte("PK\x03\x04\x14\x00"), "office document"},
		{"gzip", []byte("\x1F\x8B\x08"), "gzip"},
		{"picture", []byte("\x89PNG\r\n\x1a\n"), "picture"},
		{"controls", bytes.Repeat([]byte("\x01\x02a"), 20), "binary data"},
	} {
		_, _, err := decodeShort("x.txt", c.raw)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "x.txt: ") {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if fault.Of(err) != fault.Invalid {
			t.Errorf("%s: kind %v", c.name, fault.Of(err))
		}
	}
}

// TestCheckerAgrees writes texts in pieces of every size.
func TestCheckerAgrees(t *testing.T) {
	for _, s := range []string{"", "abc", arabicText, "a\xFF", "ab\xD9", "\xD9a", "𝄞 clef", "x\xF0\x9D\x84", "q\xF0\x9D\x84z", "\x80", "a\x00b"} {
		for size := 1; size < 9; size++ {
			err := checkPieces([]byte(s), size)
			bad := validUTF8([]byte(s))
			if nul := strings.IndexByte(s, 0); nul >= 0 {
				bad = nul
			}
			var e *encodingError
			switch {
			case bad == len(s) && err != nil:
				t.Errorf("%q by %d: %v", s, size, err)
			case bad < len(s) && !errors.As(err, &e):
				t.Errorf("%q by %d: accepted", s, size)
			case e != nil && e.at != int64(bad):
				t.Errorf("%q by %d: refused at %d, want %d", s, size, e.at, bad)
			}
		}
	}
}

func checkPieces(p []byte, size int) error {
	var c checker
	for len(p) > 0 {
		n := min(size, len(p))
		if _, err := c.Write(p[:n]); err != nil {
			return err
		}
		p = p[n:]
	}
	return c.end()
}

func FuzzDecodeShort(f *testing.F) {
	f.Add([]byte(arabicText))
	f.Add([]byte("\xFF\xFEa\x00"))
	f.Add(encode(f, charmap.Windows1256, arabicText))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, _, err := decodeShort("x", raw)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Errorf("accepted %q", text)
		}
		if err := checkPieces([]byte(text), 3); err != nil {
			t.Errorf("in pieces: %v", err)
		}
	})
}
