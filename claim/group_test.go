package claim_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/text"
)

// caseDirs are the annotated cases of this project.
func caseDirs(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"../internal/eval/testdata/cases/*/gold.json", "../internal/sample/*/gold.json"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no cases in %s: %v", pattern, err)
		}
		for _, f := range found {
			out = append(out, filepath.Dir(f))
		}
	}
	return out
}

// told sums up claims: what depends on no order.
func told(claims []isnad.Claim) string {
	var b strings.Builder
	for _, c := range claims {
		fmt.Fprintln(&b, c.ID, c.Proposition, c.Negative)
		for _, m := range c.Members {
			fmt.Fprintln(&b, "  ", m.Statement.ID, m.Polarity, m.Why)
		}
	}
	return b.String()
}

// TestOrder adds the documents of every case in many orders.
func TestOrder(t *testing.T) {
	b := claim.BookForTest(t)
	for _, dir := range caseDirs(t) {
		r, err := eval.Annotated(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		sameInAnyOrder(t, b, &r, 12)
	}
}

// sameInAnyOrder groups a record in several orders and compares the claims.
func sameInAnyOrder(t *testing.T, b *claim.Book, r *claim.Record, times int) {
	t.Helper()
	want := told(b.Group(r))
	random := rand.New(rand.NewPCG(1, 2))
	for range times {
		random.Shuffle(len(r.Sources), func(i, k int) { r.Sources[i], r.Sources[k] = r.Sources[k], r.Sources[i] })
		if got := told(b.Group(r)); got != want {
			t.Fatalf("another order, other claims:\n%s", diff.Diff("want", []byte(want), "got", []byte(got)))
		}
	}
}

// TestTwice adds every document twice, and the documents of two archives that
// share some.
func TestTwice(t *testing.T) {
	b := claim.BookForTest(t)
	for _, dir := range caseDirs(t) {
		r, err := eval.Annotated(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		want := told(b.Group(&r))
		half := len(r.Sources) / 2
		for name, sources := range map[string][]isnad.Source{
			"twice":  slices.Concat(r.Sources, r.Sources),
			"merged": slices.Concat(r.Sources[half:], r.Sources[:half+1]),
		} {
			if got := told(b.Group(&claim.Record{Sources: sources})); got != want {
				t.Errorf("%s, %s: other claims:\n%s", dir, name, diff.Diff("want", []byte(want), "got", []byte(got)))
			}
		}
	}
}

// TestCrowdedOrder does the same where more documents share every word than
// the index shows one another.
func TestCrowdedOrder(t *testing.T) {
	b := claim.BookForTest(t)
	sameInAnyOrder(t, b, generate(300, 5, 12), 6)
}

// vocabulary is harmless: things and acts of a harbour town.
var vocabulary = strings.Fields("ميناء مرفأ جسر سفينة قارب حافلة طريق مدرسة مستشفى سوق مصنع مزرعة حديقة مكتبة متحف ملعب جامعة محطة مطار نهر بحيرة قرية حي ساحة برج سد قناة بئر مخبز مطعم فندق مسرح مهرجان معرض مباراة سباق رحلة جولة زيارة اجتماع")

var verbs = strings.Fields("افتتح أغلق رفع خفض بنى هدم باع اشترى أصلح نقل مول وسع أجل دشن زار نظف")

// generate makes documents of some statements each, drawn from few words, so
// that many share a key.
func generate(documents, statements, words int) *claim.Record {
	random := rand.New(rand.NewPCG(3, 4))
	r := &claim.Record{}
	for d := range documents {
		var contents []string
		for range statements {
			content := verbs[random.IntN(min(words, len(verbs)))] + " المجلس"
			for range 4 {
				content += " " + vocabulary[random.IntN(min(words, len(vocabulary)))]
			}
			contents = append(contents, content)
		}
		r.Sources = append(r.Sources, source(fmt.Sprintf("d%06d", d), fmt.Sprintf("p%d", random.IntN(9)), contents...))
	}
	return r
}

// source is a document in which a spokesman of one party says several things.
func source(id, party string, contents ...string) isnad.Source {
	return spoken(id, party, "الناطق", contents...)
}

// spoken is a document in which one party says several things.
func spoken(id, party, speaker string, contents ...string) isnad.Source {
	s := isnad.Source{Document: isnad.Document{ID: id, Published: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}}
	var raw strings.Builder
	for k, content := range contents {
		raw.WriteString("قال " + speaker + " إن ")
		start := raw.Len()
		raw.WriteString(content)
		raw.WriteString(". ")
		s.Statements = append(s.Statements, isnad.Statement{
			ID: fmt.Sprintf("%s/%d", id, k), Doc: id, Words: content, Tellers: []string{party},
			Attribution: isnad.Attribution{
				Chain: []isnad.Link{{}}, Content: []text.Span{{Start: start, End: start + len(content)}}, Parent: -1,
			},
		})
	}
	s.Text = raw.String()
	return s
}

// TestHostile groups what could make it slow; that it ends is the test, and
// that what is one text is one claim.
func TestHostile(t *testing.T) {
	b := claim.BookForTest(t)
	const words = "المجلس أغلق جسر المرفأ القديم أمام الحافلات بعد تسرب مياه البحيرة إلى النفق"
	for name, r := range map[string]*claim.Record{
		"copies": repeated(10_000, 1, words, func(int) string { return "p" }),
		"page":   repeated(1, 100_000, words, func(int) string { return "p" }),
		"chorus": repeated(1_000, 1, words, func(i int) string { return fmt.Sprint("p", i) }),
	} {
		claims := b.Group(r)
		if len(claims) != 1 {
			t.Errorf("%s: %d claims, want 1", name, len(claims))
		}
		if n := len(b.Copies(r.Sources)); n != len(r.Sources)-1 {
			t.Errorf("%s: %d copies of %d documents", name, n, len(r.Sources))
		}
	}
}

func repeated(documents, times int, words string, party func(int) string) *claim.Record {
	r := &claim.Record{}
	for d := range documents {
		r.Sources = append(r.Sources, source(fmt.Sprintf("d%06d", d), party(d), slices.Repeat([]string{words}, times)...))
	}
	return r
}
