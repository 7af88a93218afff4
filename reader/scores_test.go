package reader_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/eval"
	"github.com/isnad/isnad/internal/gold"
	"github.com/isnad/isnad/internal/train"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/reader"
	"github.com/isnad/isnad/text"
)

var update = flag.Bool("update", false, "write testdata/scores.txt instead of comparing with it")

const scoresFile = "testdata/scores.txt"

// scoresHead opens scores.txt.
const scoresHead = `How well the reader reads the project's own annotated texts. A change of the
reader or of a table that changes a figure has to change this file, where it is
seen: go test ./reader -run Scores -update writes it.

The rules were made with these texts at hand, so the figures say what a change
does, not how the reader fares on news it has never seen. The Arabic weights
are learned from the files that the head of lang/ar/decide.tsv names; to tell
what they owe to that, each Arabic file is read once more with weights learned
from the others alone. The English weights are learned from other texts. The
form is that of isnad eval; confidence is compared with the share of findings
that were right, by tenths.
`

// goldFiles are the names of the annotated texts.
func goldFiles(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/gold*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no annotated texts: %v", err)
	}
	for i := range names {
		names[i] = filepath.Base(names[i])
	}
	return names
}

func isArabic(name string) bool { return strings.HasSuffix(name, ".ar.txt") }

// TestScores compares the quality of reading with what was last agreed on.
func TestScores(t *testing.T) {
	var got bytes.Buffer
	got.WriteString(scoresHead)
	names := goldFiles(t)
	for _, name := range names {
		fmt.Fprintf(&got, "\n\n== %s\n\n", name)
		score(t, &got, name, newReader(t))
		if isArabic(name) {
			others := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == name || !isArabic(n) })
			var all bytes.Buffer
			score(t, &all, name, readerFrom(t, others))
			rows, _, _ := strings.Cut(all.String(), "\nspans ")
			_, confidence, _ := strings.Cut(all.String(), "\nconfidence ")
			fmt.Fprintf(&got, "\n-- %s with weights learned from %s\n\n%s\nconfidence %s", name, strings.Join(others, " and "), rows, confidence)
		}
	}
	if *update {
		if err := os.WriteFile(scoresFile, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(scoresFile)
	if err != nil {
		t.Fatal(err)
	}
	if d := diff.Diff("reader/"+scoresFile, want, "read now", got.Bytes()); d != nil {
		t.Errorf("the reader does not read as %s says:\n%s\nIf that is what the change is for: go test ./reader -run Scores -update", scoresFile, d)
	}
}

// score reads the texts of an annotation and writes how well that went.
func score(t *testing.T, w io.Writer, name string, r *reader.Reader) {
	t.Helper()
	docs := goldDocs(t, name)
	var lines bytes.Buffer
	if err := gold.WriteJSONL(&lines, docs); err != nil {
		t.Fatal(err)
	}
	truth, err := eval.ReadDocs(&lines, name)
	if err != nil {
		t.Fatal(err)
	}
	var bins calibration
	found := make([]eval.Doc, len(docs))
	for i := range docs {
		raw, err := text.New(docs[i].Text)
		if err != nil {
			t.Fatalf("%s: %v", docs[i].ID, err)
		}
		atts := r.Read(raw)
		found[i] = eval.Doc{ID: truth[i].ID, Attributions: make([]eval.Attribution, len(atts))}
		for k := range atts {
			found[i].Attributions[k] = scored(&atts[k])
			if right, known := isRight(raw, &atts[k], docs[i].Attributions); known {
				bins.add(atts[k].Confidence, right)
			}
		}
	}
	if err := eval.Score(truth, found).WriteText(w); err != nil {
		t.Fatal(err)
	}
	bins.write(w)
}

func goldDocs(t testing.TB, name string) []gold.Doc {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	docs, err := gold.Parse(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return docs
}

// newReader reads Arabic and English.
func newReader(t testing.TB) *reader.Reader {
	t.Helper()
	arabic, english := loadPacks(t)
	return reader.New(arabic, english)
}

func loadPacks(t testing.TB) (arabic, english *lang.Pack) {
	t.Helper()
	arabic, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	english, err = en.Load()
	if err != nil {
		t.Fatal(err)
	}
	return arabic, english
}

// readerFrom reads Arabic with weights learned from some of the annotation.
func readerFrom(t *testing.T, names []string) *reader.Reader {
	t.Helper()
	pack, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	var docs []gold.Doc
	for _, name := range names {
		docs = append(docs, goldDocs(t, name)...)
	}
	weights, err := train.Arabic(pack, docs, "test")
	if err != nil {
		t.Fatal(err)
	}
	if pack, err = lang.Load("ar", otherWeights{pack.Dir, weights}); err != nil {
		t.Fatal(err)
	}
	return reader.New(pack)
}

// otherWeights is a language directory with another table of weights.
type otherWeights struct {
	fs.FS
	weights []byte
}

func (o otherWeights) Open(name string) (fs.File, error) {
	if name != lang.WeightsFile {
		return o.FS.Open(name)
	}
	return fstest.MapFS{name: {Data: o.weights}}.Open(name)
}

// scored is an attribution as the scorer takes it.
func scored(a *isnad.Attribution) eval.Attribution {
	return eval.Attribution{
		Cue: pairs(a.Own().Cue), Source: pairs(a.Own().Source), Content: pairs(a.Content),
		Kind: a.Kind.String(), Stance: a.Stance.String(), Polarity: eval.Label(a.Polarity.String()), Negated: a.Negated,
	}
}

func pairs(spans []text.Span) eval.Spans {
	out := make(eval.Spans, len(spans))
	for i, s := range spans {
		out[i] = [2]int{s.Start, s.End}
	}
	return out
}

// isRight reports whether the annotation has a finding: half of the words of
// content and source, or a part of a coordinated content under the same cue.
// What the annotator was unsure of is not known.
func isRight(t *text.Text, a *isnad.Attribution, truths []gold.Attribution) (right, known bool) {
	known = true
	for i := range truths {
		g := &truths[i]
		content := spans(g.Content)
		hit := share(t, a.Content, content) >= .5 || share(t, a.Own().Cue, spans(g.Cue)) > 0 && inside(a.Content, content)
		switch {
		case g.Uncertain:
			known = known && !hit && share(t, a.Own().Cue, spans(g.Cue)) == 0
		case hit && sourceIs(t, a.Own().Source, g):
			return true, true
		}
	}
	return false, known
}

func sourceIs(t *text.Text, source []text.Span, g *gold.Attribution) bool {
	if len(g.Source) == 0 && (len(source) == 0 || g.SourceKind == "unknown") {
		return true
	}
	for _, s := range []gold.Spans{g.Source, g.SourceFull, g.SourceAlt} {
		if len(s) > 0 && share(t, source, spans(s)) >= .5 {
			return true
		}
	}
	return false
}

func spans(s gold.Spans) []text.Span {
	out := make([]text.Span, len(s))
	for i, p := range s {
		out[i] = text.Span{Start: p[0], End: p[1]}
	}
	return out
}

// inside reports that every one of spans lies in one of outer.
func inside(spans, outer []text.Span) bool {
	for _, s := range spans {
		within := false
		for _, o := range outer {
			within = within || o.Contains(s)
		}
		if !within {
			return false
		}
	}
	return true
}

// calibration counts findings by tenths of confidence.
type calibration [10]struct {
	n, right   int
	confidence float64
}

func (c *calibration) add(confidence float64, right bool) {
	bin := &c[min(int(confidence*10), len(c)-1)]
	bin.n++
	bin.confidence += confidence
	if right {
		bin.right++
	}
}

// write ends with the expected calibration error: the gap between confidence
// and the share that was right, averaged over the findings.
func (c *calibration) write(w io.Writer) {
	fmt.Fprintf(w, "\n%-12s %6s   %10s   %6s\n", "confidence", "found", "on average", "right")
	all, gap := 0, 0.0
	for i := range c {
		bin := &c[i]
		if bin.n == 0 {
			continue
		}
		fmt.Fprintf(w, "%.1f to %.1f   %6d   %10.2f   %6.2f\n", float64(i)/10, float64(i+1)/10, bin.n, bin.confidence/float64(bin.n), float64(bin.right)/float64(bin.n))
		all += bin.n
		gap += math.Abs(bin.confidence - float64(bin.right))
	}
	fmt.Fprintf(w, "expected calibration error %.3f over %d findings\n", gap/float64(max(all, 1)), all)
}
