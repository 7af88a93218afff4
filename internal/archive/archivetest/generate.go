package archivetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/text"
)

// Generator makes documents that look like news to an index: words by Zipf's
// law, a few hundred speakers and publishers, statements with a cue and a
// content. The same seed gives the same documents.
type Generator struct {
	rnd      *rand.Rand
	zipf     *rand.Zipf
	words    []string
	speakers []string
	outlets  []string
	n        int
}

// Of the generated vocabulary.
const (
	vocabulary = 80000
	speakers   = 400
)

// NewGenerator makes a Generator.
func NewGenerator(seed uint64) *Generator {
	g := &Generator{rnd: rand.New(rand.NewPCG(seed, 1))}
	g.zipf = rand.NewZipf(g.rnd, 1.07, 4, vocabulary-1)
	g.words = vocabularyWords()
	for i := range speakers {
		g.speakers = append(g.speakers, "مدير "+g.words[1000+i]+" "+g.words[5000+i])
	}
	for i := range 40 {
		g.outlets = append(g.outlets, "صحيفة "+g.words[9000+i])
	}
	return g
}

// vocabularyWords makes the vocabulary once.
var vocabularyWords = sync.OnceValue(func() []string {
	words := make([]string, vocabulary)
	spell := rand.New(rand.NewPCG(7, 7))
	letters := []rune("بتثجحخدذرزسشصضطظعغفقكلمنهويا")
	for i := range words {
		var w strings.Builder
		if spell.IntN(4) == 0 {
			w.WriteString([]string{"ال", "و", "وال", "ب", "لل"}[spell.IntN(5)])
		}
		for range 3 + spell.IntN(4) {
			w.WriteRune(letters[spell.IntN(len(letters))])
		}
		if spell.IntN(6) == 0 {
			w.WriteString([]string{"ات", "ها", "ين", "ة"}[spell.IntN(4)])
		}
		words[i] = w.String()
	}
	return words
})

// Word is a word of the vocabulary, the commonest first.
func (g *Generator) Word(i int) string { return g.words[i] }

// Speaker is a name that statements have.
func (g *Generator) Speaker(i int) string { return g.speakers[i] }

// Outlet is a publisher that documents have.
func (g *Generator) Outlet(i int) string { return g.outlets[i] }

// epoch is when the first generated document was published.
var epoch = time.Date(2019, 3, 1, 6, 0, 0, 0, time.UTC)

// Document makes the next document, with that many statements.
func (g *Generator) Document(statements int) (archive.Document, []archive.Statement) {
	var b strings.Builder
	var list []archive.Statement
	d := archive.Document{Capture: int64(g.n), Captured: epoch.Add(time.Duration(g.n) * time.Minute), Reader: "test"}
	d.ID = fmt.Sprintf("doc-%07d", g.n)
	d.Lang = "ar"
	if g.rnd.IntN(10) == 0 {
		d.Lang = "en"
	}
	d.Publisher = g.outlets[g.rnd.IntN(len(g.outlets))]
	d.Title = g.phrase(8)
	if g.rnd.IntN(20) > 0 {
		d.Published = d.Captured.Add(-time.Duration(g.rnd.IntN(3000)) * time.Minute)
	}
	for range statements {
		start := b.Len()
		b.WriteString(g.phrase(12) + ".\n")
		d.Narrative = append(d.Narrative, text.Span{Start: start, End: b.Len()})
		list = append(list, g.statement(&b))
	}
	d.Text = b.String()
	g.n++
	return d, list
}

// statement appends a sentence with an attribution to the text.
func (g *Generator) statement(b *strings.Builder) archive.Statement {
	write := func(s string) text.Span {
		start := b.Len()
		b.WriteString(s)
		return text.Span{Start: start, End: b.Len()}
	}
	var s archive.Statement
	who := min(int(g.rnd.ExpFloat64()*40), speakers-1)
	link := isnad.Link{Cue: []text.Span{write("قال")}, Kind: isnad.SourceKind(g.rnd.IntN(4))}
	write(" ")
	link.Source = []text.Span{write(g.speakers[who])}
	write(" إن ")
	content := g.phrase(20 + g.rnd.IntN(11))
	if g.rnd.IntN(4) == 0 {
		content += fmt.Sprintf(" %d", 100+g.rnd.IntN(9000))
	}
	s.Content = []text.Span{write(content)}
	write(".\n")
	s.Chain = []isnad.Link{link}
	if g.rnd.IntN(12) == 0 {
		s.Chain = append([]isnad.Link{{Cue: link.Cue, Kind: isnad.OutletSource}}, s.Chain...)
	}
	s.Stance = isnad.Stance(g.rnd.IntN(int(isnad.Report) + 1))
	s.Polarity = []isnad.Polarity{isnad.Affirms, isnad.Affirms, isnad.Affirms, isnad.Denies, isnad.Neutral}[g.rnd.IntN(5)]
	s.Parent = -1
	s.Confidence = float64(g.rnd.IntN(1000)) / 1000
	s.Tellers = make([]string, len(s.Chain))
	s.Tellers[len(s.Chain)-1] = fmt.Sprintf("party-%d", who)
	s.Names = []string{g.speakers[who]}
	return s
}

// phrase is n words.
func (g *Generator) phrase(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(g.words[g.zipf.Uint64()])
	}
	return b.String()
}
