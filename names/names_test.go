package names

import (
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/text"
)

func book(t testing.TB) *Book {
	t.Helper()
	arabic, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(arabic, english)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sample is one case of a testdata file.
type sample struct {
	title, file string
	doc         isnad.Document
	atts        []isnad.Attribution
	want        []string
	parties     [][]string
}

func samples(t testing.TB, file string) []sample {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out []sample
	for _, block := range strings.Split(string(raw), "\n== ")[1:] {
		title, rest, _ := strings.Cut(block, "\n")
		s := sample{title: title, file: file}
		s.read(t, strings.Split(rest, "\n"))
		out = append(out, s)
	}
	return out
}

func (s *sample) read(t testing.TB, lines []string) {
	var body []string
	var marks []string
	for _, l := range lines {
		switch {
		case strings.HasPrefix(l, "publisher: "):
			s.doc.Publisher = strings.TrimPrefix(l, "publisher: ")
		case strings.HasPrefix(l, "author: "):
			s.doc.Author = strings.TrimPrefix(l, "author: ")
		case strings.HasPrefix(l, ">"):
			marks = append(marks, l[1:])
		case strings.HasPrefix(l, "= "):
			s.parties = append(s.parties, strings.Split(l[2:], " | "))
		default:
			body = append(body, l)
		}
	}
	s.doc.Text = strings.TrimSpace(strings.Join(body, "\n"))
	at := 0
	for _, m := range marks {
		at = s.mark(t, strings.TrimSpace(m), at)
	}
}

// mark adds an attribution whose cue stands at or behind byte at.
func (s *sample) mark(t testing.TB, m string, at int) int {
	inner := strings.HasPrefix(m, "^")
	c := strings.Split(strings.TrimSpace(strings.TrimPrefix(m, "^")), " | ")
	k := strings.Index(s.doc.Text[at:], c[0])
	if k < 0 || len(c) < 3 {
		t.Fatalf("%s: %s: no cue for %q", s.file, s.title, m)
	}
	k += at
	link := isnad.Link{Cue: []text.Span{{Start: k, End: k + len(c[0])}}}
	end := k + len(c[0])
	if c[1] != "-" {
		from := strings.LastIndex(s.doc.Text[:end], c[1])
		if after := strings.Index(s.doc.Text[end:], c[1]); after >= 0 && (from < 0 || after < k-from-len(c[1])) {
			from = end + after
		}
		if from < 0 {
			t.Fatalf("%s: %s: no source for %q", s.file, s.title, m)
		}
		link.Source, link.Kind = []text.Span{{Start: from, End: from + len(c[1])}}, isnad.Named
	}
	if len(c) > 3 && c[3] == "U" {
		link.Kind = isnad.Unnamed
	}
	stop := strings.IndexAny(s.doc.Text[end:], ".\n")
	if stop < 0 {
		stop = len(s.doc.Text) - end
	}
	a := isnad.Attribution{Chain: []isnad.Link{link}, Content: []text.Span{{Start: end, End: end + stop}}, Parent: -1}
	if inner {
		a.Parent = len(s.atts) - 1
		if c[0] == "عن" {
			a.Content = s.atts[a.Parent].Content
		}
	}
	s.atts = append(s.atts, a)
	s.want = append(s.want, c[2])
	return end
}

func TestResolve(t *testing.T) {
	b := book(t)
	for _, file := range []string{"ar.txt", "en.txt"} {
		for _, s := range samples(t, file) {
			t.Run(s.title, func(t *testing.T) { s.check(t, b) })
		}
	}
}

func (s *sample) check(t *testing.T, b *Book) {
	tx, err := text.New(s.doc.Text)
	if err != nil {
		t.Fatal(err)
	}
	parties, tellers := b.Resolve(tx, s.atts, &s.doc)
	for i, id := range tellers {
		got := "-"
		if id >= 0 {
			got = parties[id].Name
		}
		if got != s.want[i] {
			t.Errorf("attribution %d (%s): party %q, want %q", i, s.atts[i].Own().Cue[0].Of(s.doc.Text), got, s.want[i])
		}
	}
	for _, w := range s.parties {
		n := 0
		for _, p := range parties {
			if p.Name != w[0] {
				continue
			}
			n++
			if p.Kind.String() != w[1] {
				t.Errorf("%s: kind %s, want %s", p.Name, p.Kind, w[1])
			}
			var m []string
			for _, x := range p.Mentions {
				m = append(m, x.Of(s.doc.Text))
			}
			if got := strings.Join(m, " / "); got != w[2] {
				t.Errorf("%s: mentions %q, want %q", p.Name, got, w[2])
			}
		}
		if n != 1 {
			t.Errorf("%d parties are called %s, want 1", n, w[0])
		}
	}
	valid(t, s.doc.Text, parties, tellers, len(s.atts))
}

// valid checks what holds for every result.
func valid(t testing.TB, raw string, parties []isnad.Party, tellers []int, atts int) {
	t.Helper()
	if len(tellers) != atts {
		t.Fatalf("%d tellers for %d attributions", len(tellers), atts)
	}
	spoke := make([]bool, len(parties))
	for _, id := range tellers {
		if id < -1 || id >= len(parties) {
			t.Fatalf("teller %d of %d parties", id, len(parties))
		}
		if id >= 0 {
			spoke[id] = true
		}
	}
	for i, p := range parties {
		if !spoke[i] {
			t.Errorf("party %d (%s) does not speak", i, p.Name)
		}
		end := 0
		for _, m := range p.Mentions {
			if m.Start < end || m.End > len(raw) || m.Empty() {
				t.Fatalf("%s: mention %v behind byte %d of %d", p.Name, m, end, len(raw))
			}
			if !boundary(raw, m.Start) || !boundary(raw, m.End) {
				t.Fatalf("%s: mention %v is not on rune boundaries", p.Name, m)
			}
			end = m.End
		}
	}
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

func TestResolveIsPure(t *testing.T) {
	b := book(t)
	for _, s := range samples(t, "ar.txt") {
		tx, err := text.New(s.doc.Text)
		if err != nil {
			t.Fatal(err)
		}
		before := samples(t, "ar.txt")
		p1, t1 := b.Resolve(tx, s.atts, &s.doc)
		p2, t2 := b.Resolve(tx, s.atts, &s.doc)
		if !reflect.DeepEqual(p1, p2) || !reflect.DeepEqual(t1, t2) {
			t.Errorf("%s: two runs differ", s.title)
		}
		for _, o := range before {
			if o.title == s.title && !reflect.DeepEqual(o.atts, s.atts) {
				t.Errorf("%s: attributions were changed", s.title)
			}
		}
	}
}

func TestLastSpeaker(t *testing.T) {
	b := book(t)
	raw := "قال المدير سعيد الهادي إن الباب مغلق. وقال الحارس نزار المالح إنه مفتوح. وأضاف أن المفتاح ضاع."
	tx, err := text.New(raw)
	if err != nil {
		t.Fatal(err)
	}
	span := func(s string) text.Span {
		i := strings.Index(raw, s)
		return text.Span{Start: i, End: i + len(s)}
	}
	att := func(cue, source, content string) isnad.Attribution {
		l := isnad.Link{Cue: []text.Span{span(cue)}}
		if source != "" {
			l.Source = []text.Span{span(source)}
		}
		return isnad.Attribution{Chain: []isnad.Link{l}, Content: []text.Span{span(content)}, Parent: -1}
	}
	atts := []isnad.Attribution{
		att("قال", "المدير سعيد الهادي", "الباب مغلق"),
		att("قال الحارس", "الحارس نزار المالح", "مفتوح"),
		att("أضاف", "", "المفتاح ضاع"),
	}
	if _, tellers := b.Resolve(tx, atts, nil); tellers[2] != tellers[1] {
		t.Errorf("tellers %v, want the last speaker", tellers)
	}
}

func TestManyParties(t *testing.T) {
	b := book(t)
	var raw strings.Builder
	var atts []isnad.Attribution
	for i := range maxParties + 100 {
		letters := []rune("جحخدرزسشصطعغفقكم")
		name := "لجنة ال" + string([]rune{letters[i%16], letters[i/16%16], letters[i/256]}) + "ات"
		raw.WriteString("قال ")
		from := raw.Len()
		raw.WriteString(name)
		l := isnad.Link{Cue: []text.Span{{Start: from - 7, End: from - 1}}, Source: []text.Span{{Start: from, End: raw.Len()}}}
		raw.WriteString(" إن الجو صحو.\n")
		atts = append(atts, isnad.Attribution{Chain: []isnad.Link{l}, Content: []text.Span{{Start: raw.Len() - 6, End: raw.Len() - 2}}, Parent: -1})
	}
	tx, err := text.New(raw.String())
	if err != nil {
		t.Fatal(err)
	}
	parties, tellers := b.Resolve(tx, atts, nil)
	if len(parties) > maxParties {
		t.Errorf("%d parties, the limit is %d", len(parties), maxParties)
	}
	if tellers[len(tellers)-1] != -1 {
		t.Errorf("the source beyond the limit has teller %d, want -1", tellers[len(tellers)-1])
	}
	valid(t, raw.String(), parties, tellers, len(atts))
}

func TestNewWithoutPacks(t *testing.T) {
	b, err := New()
	if err != nil {
		t.Fatal(err)
	}
	tx, err := text.New("قال المدير سعيد الهادي إن الباب مغلق.")
	if err != nil {
		t.Fatal(err)
	}
	l := isnad.Link{Cue: []text.Span{{Start: 0, End: 6}}, Source: []text.Span{{Start: 7, End: 41}}}
	parties, tellers := b.Resolve(tx, []isnad.Attribution{{Chain: []isnad.Link{l}, Content: []text.Span{{Start: 42, End: 50}}, Parent: -1}}, nil)
	valid(t, tx.Raw, parties, tellers, 1)
}

func TestSkeleton(t *testing.T) {
	for _, c := range []struct{ arabic, latin string }{
		{"القطراني", "Qatrani"},
		{"القطراني", "Al-Katrani"},
		{"القطراني", "al-Qatrānī"},
		{"خالد", "Khaled"},
		{"وليد", "Waleed"},
		{"وليد", "Oualid"},
		{"يوسف", "Youssef"},
		{"يوسف", "Yusuf"},
		{"حسين", "Hussein"},
		{"جمال", "Gamal"},
		{"جمال", "Djamel"},
		{"الشامي", "ash-Shami"},
		{"شريف", "Cherif"},
		{"فاطمة", "Fatimah"},
		{"وضّاح", "Waddah"},
		{"غسان", "Ghassan"},
		{"مارتن أولدرين", "Martin Oldrin"},
		{"نزيه القطراني", "Nazih al-Qatrani"},
		{"ألبرت", "Albert"},
		{"سيسيليا", "Cecilia"},
	} {
		if a, l := Skeleton(c.arabic), Skeleton(c.latin); a != l || a == "" {
			t.Errorf("Skeleton(%s) = %q, Skeleton(%s) = %q, want the same", c.arabic, a, c.latin, l)
		}
	}
	for _, c := range [][2]string{{"خالد", "Walid"}, {"كريم", "Khorram"}, {"سمير", "Shamir"}} {
		if Skeleton(c[0]) == Skeleton(c[1]) {
			t.Errorf("Skeleton(%s) = Skeleton(%s) = %q", c[0], c[1], Skeleton(c[0]))
		}
	}
}

func TestTranslitTable(t *testing.T) {
	n := 0
	for line := range strings.Lines(translit) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "letters\t") {
			continue
		}
		n++
		c := strings.Split(line, "\t")
		if len(c) != 3 || !strings.Contains(" any start end front ", " "+c[2]+" ") {
			t.Errorf("translit.tsv: bad row %q", line)
		}
		if folded := text.Fold(c[0]).Text; folded != c[0] && c[0] != "ؤ" && c[0] != "ئ" {
			t.Errorf("translit.tsv: %q is not folded (%q)", c[0], folded)
		}
	}
	if n < 90 {
		t.Errorf("translit.tsv: %d rows", n)
	}
}

func TestNewNamesTheLine(t *testing.T) {
	p, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	q := &lang.Pack{Name: "ar", Dir: os.DirFS("testdata/bad")}
	if _, err := New(p, q); err == nil || !strings.Contains(err.Error(), "names.tsv:2") {
		t.Errorf("New: %v, want the file and line", err)
	}
}

func FuzzResolve(f *testing.F) {
	for _, file := range []string{"ar.txt", "en.txt"} {
		for _, s := range samples(f, file) {
			f.Add(s.doc.Text, s.doc.Publisher, s.doc.Author, uint32(len(s.doc.Text)))
		}
	}
	f.Add("", "", "", uint32(0))
	f.Add("قال «", "و", "أبو", uint32(7))
	b := book(f)
	f.Fuzz(func(t *testing.T, raw, publisher, author string, seed uint32) {
		if len(raw) > 1<<14 {
			return
		}
		tx, err := text.New(raw)
		if err != nil {
			return
		}
		atts := random(tx, seed)
		parties, tellers := b.Resolve(tx, atts, &isnad.Document{Publisher: publisher, Author: author})
		valid(t, raw, parties, tellers, len(atts))
	})
}

// random makes attributions of spans that a seed picks, some out of the text.
func random(tx *text.Text, seed uint32) []isnad.Attribution {
	next := func(n int) int {
		seed = seed*1664525 + 1013904223
		return int(seed>>8) % max(n, 1)
	}
	span := func() text.Span {
		if len(tx.Tokens) == 0 || next(16) == 0 {
			return text.Span{Start: next(1<<16) - 9, End: next(1 << 16)}
		}
		i := next(len(tx.Tokens))
		return tx.Span(text.Range{First: i, End: min(len(tx.Tokens), i+1+next(9))})
	}
	var atts []isnad.Attribution
	for i := range 1 + next(12) {
		l := isnad.Link{Kind: isnad.SourceKind(next(6)), Agr: []string{"", "m", "f", "mp", "fp", "x"}[next(6)]}
		if next(8) > 0 {
			l.Cue = []text.Span{span()}
		}
		if next(3) > 0 {
			l.Source = []text.Span{span()}
		}
		a := isnad.Attribution{Chain: []isnad.Link{l}, Content: []text.Span{span()}, Parent: -1}
		if i > 0 && next(3) == 0 {
			a.Parent = next(i + 1)
		}
		atts = append(atts, a)
	}
	return atts
}

func FuzzSkeleton(f *testing.F) {
	for _, s := range []string{"القطراني", "Al-Katrani", "عبد الرحمن", "ﷲ", "\xff", "Ḥusayn"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range Skeleton(s) {
			if r != ' ' && (r < 'a' || r > 'z') {
				t.Fatalf("Skeleton(%q) = %q", s, Skeleton(s))
			}
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	bk := book(b)
	all := samples(b, "ar.txt")
	var raw strings.Builder
	var atts []isnad.Attribution
	for range 4 {
		for _, s := range all {
			base := raw.Len()
			first := len(atts)
			raw.WriteString(s.doc.Text)
			raw.WriteString("\n\n")
			for _, a := range s.atts {
				l := *a.Own()
				l.Cue, l.Source = shift(l.Cue, base), shift(l.Source, base)
				c := isnad.Attribution{Chain: []isnad.Link{l}, Content: shift(a.Content, base), Parent: a.Parent}
				if c.Parent >= 0 {
					c.Parent += first
				}
				atts = append(atts, c)
			}
		}
	}
	tx, err := text.New(raw.String())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(raw.Len()))
	b.ReportAllocs()
	for b.Loop() {
		bk.Resolve(tx, atts, nil)
	}
}

func shift(s []text.Span, by int) []text.Span {
	var out []text.Span
	for _, x := range s {
		out = append(out, text.Span{Start: x.Start + by, End: x.End + by})
	}
	return out
}
