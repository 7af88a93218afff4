package when

import (
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/text"
)

// TestWorkIsLinear reads what could be read over and over, and four times as
// much of it: the work, which is the items that are read, must not grow with the
// square.
func TestWorkIsLinear(t *testing.T) {
	r := newReader(t)
	for _, unit := range []string{"بين 3 و", "و3 ", "من الأحد ", "12/", "يوم ", "2010 و", "5 و6 ", "in 2010, ", "( ", "آذار/", "last ", "من من من 12 آذار "} {
		less, more := r.work(t, strings.Repeat(unit, 2000)), r.work(t, strings.Repeat(unit, 8000))
		if more > 5*less {
			t.Errorf("%q: 4 times the text is %d times the work, %d after %d items", unit, more/max(less, 1), more, less)
		}
	}
}

// work is the number of items read to find the dates of a text.
func (r *Reader) work(t *testing.T, raw string) int {
	t.Helper()
	tx, err := text.New(raw)
	if err != nil {
		t.Fatal(err)
	}
	p := &parser{words: r.words, t: tx}
	p.find(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
	return p.work
}
