package when

import (
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/text"
)

// TestHostile reads a quarter of a megabyte of what could be read over and
// over: each takes milliseconds, and the bound is there to catch a square.
func TestHostile(t *testing.T) {
	r := newReader(t)
	for _, unit := range []string{"بين 3 و", "و3 ", "من الأحد ", "12/", "يوم ", "2010 و", "5 و6 ", "in 2010, ", "( ", "آذار/", "last ", "من من من 12 آذار "} {
		tx, err := text.New(strings.Repeat(unit, 1<<18/len(unit)))
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		r.Find(tx, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q took %v", unit, d)
		} else {
			t.Logf("%q took %v", unit, d)
		}
	}
}
