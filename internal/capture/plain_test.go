package capture

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// slowPlain is plainBytes by its definition.
func slowPlain(p []byte) int {
	for i, c := range p {
		if c < ' ' || c == '"' || c == '\\' {
			return min(i, slowValid(p))
		}
	}
	return slowValid(p)
}

func slowValid(p []byte) int {
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRune(p[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(p)
}

func checkPlain(t *testing.T, p []byte) {
	t.Helper()
	if got, want := plainBytes(p), slowPlain(p); got != want {
		t.Errorf("plainBytes(%q) = %d, want %d", p, got, want)
	}
	if got, want := validUTF8(p), slowValid(p); got != want {
		t.Errorf("validUTF8(%q) = %d, want %d", p, got, want)
	}
}

// TestPlainBytes puts every byte, and every pair that may be a rune, at every
// place of the eight that are looked at together.
func TestPlainBytes(t *testing.T) {
	for _, around := range []string{"abcdefgh", "قال الوزير", "aقا", "“قال”", "\xD9"} {
		for at := range 9 {
			for c := range 256 {
				p := []byte(strings.Repeat(around, 3))
				if at < len(p) {
					p[at] = byte(c)
				}
				checkPlain(t, p)
			}
		}
	}
	for a := 0xBF; a < 0x100; a++ {
		for b := range 256 {
			for _, front := range []string{"", "a", "abcdef", "abcdefg", "قالت "} {
				checkPlain(t, []byte(front+string([]byte{byte(a), byte(b)})+"قال نعم"))
			}
		}
	}
}

func FuzzPlainBytes(f *testing.F) {
	for _, s := range []string{"", "قال \"نعم\"", "a\\n", "\xED\xA0\x80", "𝄞𝄞𝄞", "\xC0\x80\xC1\xBF", "قال\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, p []byte) { checkPlain(t, p) })
}

func BenchmarkPlainBytes(b *testing.B) {
	p := []byte(strings.Repeat("قالت وزارة الري إن السد في وادي رملان سليم. ", 200))
	b.SetBytes(int64(len(p)))
	for b.Loop() {
		plainBytes(p)
	}
}
