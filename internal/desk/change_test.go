package desk

import (
	"strings"
	"testing"

	"github.com/isnad/isnad/text"
)

// sides puts the edits of a difference together again.
func (d *diff) sides() (a, b string) {
	for _, e := range d.edits {
		if e.Op != Insert {
			a += e.Text
		}
		if e.Op != Remove {
			b += e.Text
		}
	}
	return a, b
}

func FuzzDiff(f *testing.F) {
	f.Add("قال الوزير إن عشرين قتلوا", "قال الوزير إن ثلاثين قتلوا اليوم", 3, 20)
	f.Add(" a  b\nc", "b c\n", 0, 4)
	f.Fuzz(func(t *testing.T, a, b string, start, end int) {
		d := newDiff(a, b)
		if x, y := d.sides(); x != a || y != b {
			t.Fatalf("%q and %q come back as %q and %q", a, b, x, y)
		}
		if start < 0 || end > len(a) || start > end {
			return
		}
		edits, other := d.within(text.Span{Start: start, End: end}, Remove)
		if x, _ := (&diff{edits}).sides(); x != a[start:end] {
			t.Fatalf("bytes %d to %d of %q come out as %q", start, end, a, x)
		}
		if other.Start < 0 || other.End > len(b) || other.Start > other.End {
			t.Fatalf("the other side is %v of %d bytes", other, len(b))
		}
	})
}

func TestManyWords(t *testing.T) {
	var a, b strings.Builder
	for i := range 70_000 { // more words than fit below the surrogates
		a.WriteString(strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune(0x600+i%200)) + string(rune(0x4E00+i/9)) + " ")
	}
	b.WriteString(a.String() + "end")
	d := newDiff(a.String(), b.String())
	if x, y := d.sides(); x != a.String() || y != b.String() || d.count(Insert) != 1 || d.count(Remove) != 0 {
		t.Errorf("%d edits", len(d.edits))
	}
}
