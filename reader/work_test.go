package reader

import (
	"strings"
	"testing"

	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/text"
)

// TestWorkIsLinear reads texts without an end of a sentence, and four times as
// much of each: the work, which is what contents are looked for in, must not
// grow with the square.
func TestWorkIsLinear(t *testing.T) {
	arabic, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := New(arabic, english)
	for _, shape := range []string{
		"قال إن ", "قال: ", "قال (إن ", "قال الوزير أحمد سالم إن المدينة ", "«قال إن ", "«قال سالم إن الباب مغلق\n", "قوله إنه ", "مشيرا إلى أن ",
		"قال «نعم. ", "نقلت وكالة عن محمد قوله إن ", "he said that ", "said, ", "“said ", "John Smith said the city ", "said ( ", "who said “it ",
		"claims of ", "\"He said. ",
	} {
		less, more := r.work(t, strings.Repeat(shape, 1000)), r.work(t, strings.Repeat(shape, 4000))
		if less == 0 || more > 5*less {
			t.Errorf("%q: 4 times the text is %d times the work, %d after %d tokens", shape, more/max(less, 1), more, less)
		}
	}
}

// work is the tokens of the stretches that a reader looks at for every cue: the
// contents of what the Arabic grammar proposes, the sentences of what the
// English grammar does.
func (r *Reader) work(t *testing.T, raw string) int {
	t.Helper()
	tx, err := text.New(raw)
	if err != nil {
		t.Fatal(err)
	}
	d, n := r.propose(tx), 0
	for i := range d.finds {
		n += length(d.finds[i].content)
	}
	d.readEnglish()
	for i := range d.en.cands {
		n += d.en.sents[d.en.cands[i].sent].Len()
	}
	return n
}
