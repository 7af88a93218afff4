package claim_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
)

// TestScale groups generated statements, copies and paraphrases among them, as
// many as ISNAD_SCALE says, and logs what it takes.
func TestScale(t *testing.T) {
	n := 4_000
	if s := os.Getenv("ISNAD_SCALE"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	b := claim.BookForTest(t)
	sources, origin := plant(n)
	last := sources[len(sources)-1]
	sources = sources[:len(sources)-1]
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := cpu(t)
	g := b.NewGroups()
	for i := range sources {
		g.Add(&sources[i])
	}
	took := cpu(t) - start
	runtime.GC()
	runtime.ReadMemStats(&after)
	start = cpu(t)
	g.Add(&last)
	one := cpu(t) - start
	copies, paraphrases, wrong := found(g.Claims(), origin)
	memory := float64(after.HeapAlloc-before.HeapAlloc) / float64(len(origin))
	t.Logf("%d statements: %.2f CPU-s, %.0f a second, %.0f bytes a statement, one more document %v; copies found %.4f, paraphrases %.4f, false joins %.5f",
		len(origin), took.Seconds(), float64(len(origin))/took.Seconds(), memory, one, copies, paraphrases, wrong)
	if copies < 0.95 {
		t.Errorf("copies found %.3f, want 0.95", copies)
	}
	runtime.KeepAlive(sources)
}

// planting is what a statement was made from: the first that says it, and how.
type planting struct {
	first string
	how   byte // 0 the first, c a copy, p a paraphrase
}

// perDocument is the number of statements of a generated document.
const perDocument = 5

// plant makes about n statements in documents of five: of ten documents seven
// are new, two are edited copies of one before, and one tells in other words
// what one before told.
func plant(n int) ([]isnad.Source, map[string]planting) {
	random := rand.New(rand.NewPCG(5, 6))
	w := newWriter(n, random)
	var sources []isnad.Source
	origin := make(map[string]planting, n)
	contents := [][]string{}
	for d := 0; len(origin) < n; d++ {
		id, how, from := fmt.Sprintf("d%08d", d), byte(0), -1
		if k := d % 10; d > 10 && k >= 7 {
			from = random.IntN(d)
			how = map[bool]byte{true: 'p', false: 'c'}[k == 9]
		}
		var lines []string
		if from < 0 {
			lines = w.document()
		} else {
			for _, c := range contents[from] {
				lines = append(lines, w.again(c, how))
			}
		}
		contents = append(contents, lines)
		party := fmt.Sprint("p", d%1000)
		if from >= 0 {
			party = sources[from].Statements[0].Tellers[0]
		}
		sources = append(sources, source(id, party, lines...))
		for k := range lines {
			o := planting{fmt.Sprintf("%s/%d", id, k), how}
			if from >= 0 {
				o.first = origin[fmt.Sprintf("%s/%d", sources[from].ID, k)].first
			}
			origin[fmt.Sprintf("%s/%d", id, k)] = o
		}
	}
	return sources, origin
}

// writer draws words as they are spread in texts.
type writer struct {
	*rand.Rand
	zipf *rand.Zipf
	acts [][2]string // two words of one act
}

func newWriter(n int, r *rand.Rand) *writer {
	return &writer{r, rand.NewZipf(r, 1.1, 20, uint64(20_000+n/20)), [][2]string{
		{"افتتح", "دشن"}, {"رفع", "زاد"}, {"باع", "بيع"}, {"نقل", "ترحيل"}, {"أغلق", "إغلاق"}, {"رمم", "بنى"}, {"عين", "تعيين"}, {"أعاد", "رجع"},
	}}
}

// word is one of a made-up language in Arabic letters.
func (w *writer) word() string {
	letters := []rune("بتجحدرزسشصضطعغفقكلمن")
	k := w.zipf.Uint64()
	k = k*0x9E3779B97F4A7C15 + 0x1234567
	out := make([]rune, 5)
	for i := range out {
		out[i] = letters[k>>33%uint64(len(letters))]
		k = k*6364136223846793005 + 1442695040888963407
	}
	return string(out)
}

func (w *writer) document() []string {
	place, who := w.word()+" "+w.word(), w.word()
	var out []string
	for range perDocument {
		words := []string{w.acts[w.IntN(len(w.acts))][0], who, place, strconv.Itoa(10 + w.IntN(900))}
		for range 9 + w.IntN(6) {
			words = append(words, w.word())
		}
		out = append(out, strings.Join(words, " "))
	}
	return out
}

// again edits a content: a copy has a word changed and another cut; a
// paraphrase another word for its act, and the rest in another order with a
// fourth left out.
func (w *writer) again(content string, how byte) string {
	words := strings.Fields(content)
	if how == 'c' {
		words[4+w.IntN(len(words)-4)] = w.word()
		return strings.Join(words[:len(words)-1], " ")
	}
	for _, a := range w.acts {
		if words[0] == a[0] {
			words[0] = a[1]
		}
	}
	tail := words[5:]
	w.Shuffle(len(tail), func(i, k int) { tail[i], tail[k] = tail[k], tail[i] })
	return strings.Join(words[:len(words)-len(tail)/4], " ")
}

// found tells which share of the copies and of the paraphrases is in one claim
// with the first of them, and which share of all statements is in a claim with
// others that say something else.
func found(claims []isnad.Claim, origin map[string]planting) (copies, paraphrases, wrong float64) {
	in := make(map[string]string, len(origin))
	for _, c := range claims {
		for _, m := range c.Members {
			in[m.Statement.ID] = c.ID
		}
	}
	var all, hit [256]float64
	for id, o := range origin {
		all[o.how]++
		if in[id] == in[o.first] {
			hit[o.how]++
		}
	}
	for _, c := range claims {
		of := map[string]int{}
		for _, m := range c.Members {
			of[origin[m.Statement.ID].first]++
		}
		most := 0
		for _, n := range of {
			most = max(most, n)
		}
		wrong += float64(len(c.Members) - most)
	}
	return hit['c'] / all['c'], hit['p'] / all['p'], wrong / float64(len(origin))
}

// TestGrowth compares the work for n statements and for four times as many.
func TestGrowth(t *testing.T) {
	if os.Getenv("ISNAD_SCALE") == "" {
		t.Skip("measured where ISNAD_SCALE is set: times are no test")
	}
	b := claim.BookForTest(t)
	n, _ := strconv.Atoi(os.Getenv("ISNAD_SCALE"))
	type point struct{ n, s float64 }
	var points []point
	for _, k := range []int{n / 20, n / 5, n} {
		sources, origin := plant(k)
		start := cpu(t)
		g := b.NewGroups()
		for i := range sources {
			g.Add(&sources[i])
		}
		points = append(points, point{float64(len(origin)), (cpu(t) - start).Seconds()})
	}
	a, z := points[0], points[len(points)-1]
	t.Logf("%v: CPU time grows as N^%.3f", points, math.Log(z.s/a.s)/math.Log(z.n/a.n))
	slices.SortFunc(points, func(x, y point) int { return cmp.Compare(x.n, y.n) })
}
