package capture_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"
	"unicode"

	"github.com/hablullah/go-hijri"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/text"
	"github.com/isnad/isnad/when"
)

// The pages of this test are templates in the manner of news sites, filled with
// our own articles. What a template passes through g, glink or jsg is the
// article; that is the marking that the extraction is measured by.

var pageTexts = map[string][]string{
	"ar": {"1-bridge.ar.txt", "2-museum.ar.txt", "convoy/docs/20-distractor-water-station.txt", "convoy/docs/11-driver-interview.txt"},
	"en": {"3-ferry.en.txt", "convoy/docs/13-observatory-english.txt"},
}

// page is what the templates are filled with.
type page struct {
	Title, Site, Author, URL string
	P                        []string
	Others                   []*page
	date                     time.Time
	teasers, comments        [][2]string
	gold                     []string
}

type teaser struct{ Head, Lead string }

type comment struct{ Who, Text string }

func (p *page) Teasers(n int) (out []teaser) {
	for i := range n {
		t := p.teasers[i%len(p.teasers)]
		out = append(out, teaser{t[0], t[1]})
	}
	return out
}

func (p *page) Comments(n int) (out []comment) {
	for i := range n {
		c := p.comments[i%len(p.comments)]
		out = append(out, comment{c[0], c[1]})
	}
	return out
}

func (p *page) Few() []string { return p.P[:min(3, len(p.P))] }

var (
	levant = strings.Fields("كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول")
	egypt  = strings.Fields("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
	tunis  = strings.Fields("جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر")
	hijra  = strings.Fields("محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة ذو_الحجة")
	days   = strings.Fields("الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت")
)

func (p *page) written(names []string) string {
	return fmt.Sprintf("%d %s %d", p.date.Day(), strings.ReplaceAll(names[p.date.Month()-1], "_", " "), p.date.Year())
}

func (p *page) DateLevant() string { return days[p.date.Weekday()] + " " + p.written(levant) }
func (p *page) DateEgypt() string  { return days[p.date.Weekday()] + "، " + p.written(egypt) }
func (p *page) DatePlain() string  { return p.written(egypt) }
func (p *page) DateMaghreb() string {
	return p.written(tunis)
}

func (p *page) DateDouble() string {
	m := strings.ReplaceAll(levant[p.date.Month()-1], "_", " ")
	return fmt.Sprintf("%s %d %s/%s %d", days[p.date.Weekday()], p.date.Day(), m, egypt[p.date.Month()-1], p.date.Year())
}

func (p *page) DateHijri() string {
	h, err := hijri.CreateUmmAlQuraDate(p.date)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%d %s %d هـ", h.Day, strings.ReplaceAll(hijra[h.Month-1], "_", " "), h.Year)
}
func (p *page) DateNumeric() string { return p.date.Format("02/01/2006") }
func (p *page) DateEnglish() string { return p.date.Format("January 2, 2006") }
func (p *page) DateDay() string     { return p.date.Format(time.DateOnly) }
func (p *page) ISO() string         { return p.date.Format(time.RFC3339) }
func (p *page) Clock() string       { return p.date.Format("15:04") }
func (p *page) Today() string       { return "الثلاثاء 25 تشرين الثاني 2025" }

// marks are the functions of the templates; what goes through is noted.
func (p *page) marks() template.FuncMap {
	note := func(s string) string {
		p.gold = append(p.gold, s)
		return s
	}
	quoted := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			return err.Error()
		}
		return string(b)
	}
	return template.FuncMap{
		"g":  func(s string) string { return html.EscapeString(note(s)) },
		"js": quoted,
		"jsg": func(s string) string {
			q := quoted(note(s))
			return q[1 : len(q)-1]
		},
		"glink": func(s string) string {
			words := strings.Fields(note(s))
			for i := range words {
				words[i] = html.EscapeString(words[i])
			}
			if n := len(words); n > 12 {
				words[4] = `<a href="/topic">` + words[4]
				words[7] += "</a>"
				words[n-3] = "<strong>" + words[n-3] + "</strong>"
			}
			return strings.Join(words, " ")
		},
	}
}

// pairs reads lines of two parts.
func pairs(t *testing.T, name string) (out [][2]string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "pages", name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if a, b, ok := strings.Cut(strings.TrimSpace(line), " | "); ok && line[0] != '#' {
			out = append(out, [2]string{a, b})
		}
	}
	return out
}

func newPage(t *testing.T, lang, name string) *page {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "sample", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := capture.Extract(&capture.Capture{Input: name, Media: "text/plain", Body: raw})
	if err != nil {
		t.Fatal(err)
	}
	p := &page{
		Title: d.Title, Site: d.Publisher, Author: "ريم القاضي", URL: d.URL, date: d.Published,
		teasers: pairs(t, "beside."+lang+".txt"), comments: pairs(t, "comments."+lang+".txt"),
	}
	if lang == "en" {
		p.Author = "Ada Merrow"
	}
	for part := range strings.SplitSeq(d.Text, "\n\n") {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			p.P = append(p.P, part)
		}
	}
	return p
}

// render fills a template; portals of 1256 are encoded so.
func render(t *testing.T, file string, p *page) []byte {
	t.Helper()
	tmpl, err := template.New(filepath.Base(file)).Funcs(p.marks()).ParseFiles(file)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := tmpl.Execute(&b, p); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(file, "1256") {
		return b.Bytes()
	}
	out, err := encoding.HTMLEscapeUnsupported(charmap.Windows1256.NewEncoder()).Bytes(b.Bytes())
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return out
}

// shingles counts runs of four words.
func shingles(s string) map[string]int {
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) })
	out := make(map[string]int)
	for i := range max(len(words)-3, 0) {
		out[strings.Join(words[i:i+4], " ")]++
	}
	return out
}

func shingleF1(gold, got string) float64 {
	g, o := shingles(gold), shingles(got)
	both, all := 0, 0
	for s, n := range g {
		both += min(n, o[s])
		all += n
	}
	for _, n := range o {
		all += n
	}
	return 2 * float64(both) / float64(max(all, 1))
}

// whole is the share of the marked paragraphs that are paragraphs of their own.
func whole(gold []string, got string) float64 {
	n := 0
	for _, p := range gold {
		for line := range strings.Lines(got) {
			if strings.TrimSpace(line) == p {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(gold))
}

func TestPages(t *testing.T) {
	arabic, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	dates, err := when.New(arabic, english)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	pages, dated, sum, paragraphs := 0, 0, 0.0, 0.0
	for _, file := range files {
		lang := filepath.Base(file)[:2]
		for i, name := range pageTexts[lang] {
			p := newPage(t, lang, name)
			for k := 1; k < 3; k++ {
				p.Others = append(p.Others, newPage(t, lang, pageTexts[lang][(i+k)%len(pageTexts[lang])]))
			}
			body := render(t, file, p)
			d, err := capture.Extract(&capture.Capture{Input: file, Media: "text/html", Body: body})
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			f1, kept := shingleF1(strings.Join(p.gold, "\n\n"), d.Text), whole(p.gold, d.Text)
			day := dayOf(t, dates, d)
			pages, sum, paragraphs = pages+1, sum+f1, paragraphs+kept
			if day == p.DateDay() {
				dated++
			} else {
				t.Logf("%s, %s: dated %q, want %s; %q", file, name, day, p.DateDay(), d.Datelines)
			}
			if f1 < 0.95 || kept < 1 {
				t.Logf("%s, %s: F1 %.3f, paragraphs %.2f", file, name, f1, kept)
			}
		}
	}
	n := float64(pages)
	t.Logf("%d pages: F1 of shingles %.4f, paragraphs %.4f, dates %.4f", pages, sum/n, paragraphs/n, float64(dated)/n)
	if pages < 60 || sum/n < 0.98 || paragraphs/n < 0.98 || float64(dated)/n < 0.95 {
		t.Errorf("worse than it was")
	}
}

// dayOf is the day of publication that a document tells, in words if need be.
func dayOf(t *testing.T, dates *when.Reader, d *capture.Document) string {
	t.Helper()
	if !d.Published.IsZero() {
		return d.Published.Format(time.DateOnly)
	}
	for _, line := range d.Datelines {
		read, err := text.New(line)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range dates.Find(read, time.Time{}) {
			if p := found.Interval.Precision; p != isnad.NoPrecision && p <= isnad.DayPrecision {
				return found.Interval.Start.Format(time.DateOnly)
			}
		}
	}
	return ""
}
