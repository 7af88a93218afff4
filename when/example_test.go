package when_test

import (
	"fmt"
	"log"
	"time"

	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/text"
	"github.com/isnad/isnad/when"
)

// Resolves what counts from the day of publication, and leaves open what does
// not tell.
func ExampleReader_Find() {
	pack, err := ar.Load()
	if err != nil {
		log.Fatal(err)
	}
	r, err := when.New(pack)
	if err != nil {
		log.Fatal(err)
	}
	t, err := text.New("افتتح الجسر أمس، وسيغلق في 20 نيسان/أبريل 2026، أي بعد عام 1446 هجري.")
	if err != nil {
		log.Fatal(err)
	}
	published := time.Date(2026, time.March, 12, 18, 0, 0, 0, time.UTC)
	for _, d := range r.Find(t, published) {
		i := d.Interval
		fmt.Println(d.Span.Of(t.Raw), i.Start.Format(time.DateOnly), i.End.Format(time.DateOnly), i.Precision)
	}
	for _, d := range r.Find(t, time.Time{})[:1] {
		fmt.Println(d.Span.Of(t.Raw), d.Interval.Precision)
	}
	// Output:
	// أمس 2026-03-11 2026-03-12 day
	// 20 نيسان/أبريل 2026 2026-04-20 2026-04-21 day
	// عام 1446 هجري 2024-07-07 2025-06-26 year
	// أمس none
}
