package text_test

import (
	"testing"

	"github.com/isnad/isnad/text"
)

// TestEveryRune reads each rune of the first planes alone and between words:
// the scan ends, and no token is empty.
func TestEveryRune(t *testing.T) {
	for r := rune(1); r < 0x20000; r++ {
		for _, in := range []string{string(r), "\x15" + string(r), "a " + string(r) + " ب"} {
			doc, err := text.New(in)
			if err != nil {
				continue // surrogates are no UTF-8 and come as U+FFFD
			}
			for _, k := range doc.Tokens {
				if k.Start >= k.End || int(k.End) > len(in) {
					t.Fatalf("%U in %q: token %d–%d", r, in, k.Start, k.End)
				}
			}
		}
	}
}
