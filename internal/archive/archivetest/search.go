package archivetest

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/text"
)

func leaf(in archive.Field, words ...string) archive.Expr {
	return archive.Expr{Op: archive.Match, In: in, Words: words}
}

func op(o archive.Op, kids ...archive.Expr) *archive.Expr { return &archive.Expr{Op: o, Kids: kids} }

// form is the folded spelling of a word.
func form(w string) string { return fold.Words(w)[0].Form }

// expressions are questions with many, few and no answers.
func expressions(g *Generator) []*archive.Expr {
	w := func(i int) archive.Expr { return leaf(archive.Text, form(g.Word(i))) }
	x := func(i int) archive.Expr { return leaf(archive.Exact, form(g.Word(i))) }
	var speaker []string
	for _, s := range fold.Words(g.Speaker(2)) {
		speaker = append(speaker, s.Form)
	}
	deny := leaf(archive.Tag, archive.TagPolarity(isnad.Denies))
	list := []*archive.Expr{
		op(archive.All, w(0), w(1)),
		op(archive.Any, w(30), w(40), x(3)),
		op(archive.All, w(0), *op(archive.Not, w(2))),
		op(archive.Not, w(0)),
		op(archive.All, *op(archive.Not, w(0)), *op(archive.Not, w(1))),
		op(archive.Any, *op(archive.Not, w(0)), w(1)),
		op(archive.Not, *op(archive.Any, w(0), w(1))),
		op(archive.Not, *op(archive.Not, w(5))),
		op(archive.All, w(0), *op(archive.Any, w(3), *op(archive.All, w(4), deny))),
		op(archive.All, leaf(archive.Speaker, speaker...), deny),
		op(archive.All, leaf(archive.Tag, archive.TagLang("en")), leaf(archive.Tag, archive.TagChain(2))),
		op(archive.All, leaf(archive.Tag, archive.TagFigure), leaf(archive.Tag, archive.TagStance(isnad.Warn))),
	}
	for _, e := range []archive.Expr{
		w(0), w(1), w(7), w(500), w(79999), x(0), x(9), deny, leaf(archive.Text, "none"),
		leaf(archive.Exact, form(g.Word(0)), form(g.Word(1))),
		leaf(archive.Exact, form(g.Word(1)), form(g.Word(0))),
		leaf(archive.Speaker, "مدير"),
		leaf(archive.Tag, archive.TagOrigin(isnad.Unnamed)),
		leaf(archive.Tag, archive.TagParty("party-3")),
		leaf(archive.Tag, archive.TagUndated),
		leaf(archive.Tag, archive.TagPublisher("صحيفه"), archive.TagPublisher(form(g.Word(9003)))),
	} {
		list = append(list, &e)
	}
	return list
}

// row is a row as the suite expects it.
type row struct {
	name  string
	place int64
	when  time.Time
	words archive.Row
}

// expected makes the rows of n generated documents, the newest first.
func expected(b Backend, n int) []row {
	g, maker := NewGenerator(1), archive.NewRows(b.Folder)
	var rows []row
	for n := range n {
		d, list := g.Document(3)
		when := d.Published
		if when.IsZero() {
			when = d.Captured
		}
		for i := range list {
			place := when.Unix()/60<<20 + int64(3*n+i) // of one minute, in the order of filing
			rows = append(rows, row{fmt.Sprintf("%s/%d", d.ID, i), place, d.Published, maker.Statement(&d, &list[i])})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(b.place, a.place) })
	return rows
}

func testSearch(t *testing.T, b Backend) {
	a := b.New(t)
	g := NewGenerator(1)
	Fill(t, a, g, 120)
	rows := expected(b, 120)
	from, to := epoch.Add(20*time.Minute), epoch.Add(60*time.Minute)
	some := 0
	for _, e := range expressions(g) {
		for _, s := range []archive.Search{{Expr: e}, {Expr: e, From: from}, {Expr: e, To: to}, {Expr: e, From: from, To: to}} {
			s.Limit = archive.MaxLimit
			var want []string
			for _, r := range rows {
				dated := s.From.IsZero() && s.To.IsZero() ||
					!r.when.IsZero() && !r.when.Before(s.From) && (s.To.IsZero() || r.when.Before(s.To))
				if dated && e.Match(&r.words) {
					want = append(want, r.name)
				}
			}
			some += len(want)
			if got := find(t, a, s); !slices.Equal(got, want) {
				t.Errorf("%+v from %v to %v finds %d: %v\nwant %d: %v", *e, s.From, s.To, len(got), got, len(want), want)
			}
		}
	}
	if some == 0 {
		t.Error("no question has an answer")
	}
}

// holds is what a row answers to an expression with dates.
func (r *row) holds(e *archive.Expr) bool {
	holds := func(k archive.Expr) bool { return r.holds(&k) }
	switch e.Op {
	case archive.All:
		return !slices.ContainsFunc(e.Kids, func(k archive.Expr) bool { return !holds(k) })
	case archive.Any:
		return slices.ContainsFunc(e.Kids, holds)
	case archive.Not:
		return !holds(e.Kids[0])
	case archive.During:
		return !r.when.IsZero() && !r.when.Before(e.From) && (e.To.IsZero() || r.when.Before(e.To))
	}
	return e.Match(&r.words)
}

// testDates asks for dates inside other expressions, page by page.
func testDates(t *testing.T, b Backend) {
	a := b.New(t)
	g := NewGenerator(1)
	Fill(t, a, g, 120)
	rows := expected(b, 120)
	middle := rows[len(rows)/2].when.Truncate(time.Minute)
	early := archive.Expr{Op: archive.During, To: middle.Add(-6 * time.Hour)}
	late := archive.Expr{Op: archive.During, From: middle}
	w, deny := leaf(archive.Text, form(g.Word(0))), leaf(archive.Tag, archive.TagPolarity(isnad.Denies))
	for _, e := range []*archive.Expr{
		&early, op(archive.Not, early), op(archive.Any, early, late), op(archive.All, early, late),
		op(archive.Any, *op(archive.All, w, early), *op(archive.All, deny, late)),
		op(archive.All, w, *op(archive.Not, *op(archive.Any, late, deny))),
		op(archive.Any, deny, *op(archive.Not, late)),
	} {
		for _, bounds := range []archive.Search{{}, {From: middle.Add(-9 * time.Hour), To: middle.Add(9 * time.Hour)}} {
			bound := archive.Expr{Op: archive.During, From: bounds.From, To: bounds.To}
			var want, got []string
			for _, r := range rows {
				if r.holds(e) && (bounds.From.IsZero() || r.holds(&bound)) {
					want = append(want, r.name)
				}
			}
			for s := (archive.Search{Expr: e, From: bounds.From, To: bounds.To, Limit: 7}); ; {
				found, err := a.Index().Search(ctx, s)
				must(t, err)
				for _, h := range found.Hits {
					got = append(got, fmt.Sprintf("%s/%d", h.Doc.ID, h.Ord))
				}
				if s.Before = found.Next; s.Before == 0 {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%+v from %v finds %d: %v\nwant %d: %v", *e, bounds.From, len(got), got, len(want), want)
			}
		}
	}
}

func testOrder(t *testing.T, b Backend) {
	a := b.New(t)
	Fill(t, a, NewGenerator(1), 40)
	rows := expected(b, 40)
	deny := leaf(archive.Tag, archive.TagPolarity(isnad.Affirms))
	for _, e := range []*archive.Expr{nil, &deny} {
		s := archive.Search{Expr: e, Limit: 7}
		var got []string
		for {
			found, err := a.Index().Search(ctx, s)
			must(t, err)
			for _, h := range found.Hits {
				got = append(got, fmt.Sprintf("%s/%d", h.Doc.ID, h.Ord))
			}
			if found.Next == 0 {
				break
			}
			s.Before = found.Next
		}
		var want []string
		for _, r := range rows {
			if e == nil || e.Match(&r.words) {
				want = append(want, r.name)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("page by page there are %d, want %d: %v", len(got), len(want), got)
		}
	}
}

// said files one document whose sentences are statements.
func said(t *testing.T, a archive.Archive, id string, sentences ...string) {
	t.Helper()
	d := archive.Document{Captured: epoch}
	d.ID, d.Lang = id, "ar"
	var list []archive.Statement
	for _, s := range sentences {
		start := len(d.Text)
		d.Text += s + "\n"
		var st archive.Statement
		st.Chain = []isnad.Link{{Kind: isnad.Named}}
		st.Content = []text.Span{{Start: start, End: start + len(s)}}
		st.Parent = -1
		list = append(list, st)
	}
	write(t, a, func(tx *archive.Tx) error {
		if _, err := tx.PutDocument(d); err != nil {
			return err
		}
		return tx.PutStatements(id, list)
	})
}

func testRank(t *testing.T, b Backend) {
	a := b.New(t)
	said(t, a, "x",
		"محطة المياه الجديدة قرب الجسر القديم ستعمل في الربيع بعد انتهاء الأشغال كلها",
		"الجسر الجسر",
		"ستعمل المحطة يوميا",
	)
	bridge := leaf(archive.Text, "جسر")
	if got := find(t, a, archive.Search{Expr: &bridge, Rank: true}); !slices.Equal(got, []string{"x/1", "x/0"}) {
		t.Errorf("by relevance: %v", got)
	}
	either := op(archive.Any, bridge, leaf(archive.Text, "ستعمل"))
	found, err := a.Index().Search(ctx, archive.Search{Expr: either, Rank: true, Limit: 2})
	must(t, err)
	if len(found.Hits) != 2 || found.Bounded || found.Hits[0].Score < found.Hits[1].Score || found.Hits[1].Score <= 0 {
		t.Errorf("%d hits, bounded %v", len(found.Hits), found.Bounded)
	}
}

func testVoices(t *testing.T, b Backend) {
	a := b.New(t)
	g := NewGenerator(1)
	Fill(t, a, g, 60)
	fresh, maker := NewGenerator(1), archive.NewRows(b.Folder)
	docs := make([]archive.Row, 60)
	for i := range docs {
		d, _ := fresh.Document(3)
		docs[i] = maker.Document(&d)
	}
	for _, e := range expressions(g) {
		found, err := a.Index().Search(ctx, archive.Search{Expr: e, Documents: true, Limit: 100})
		must(t, err)
		var got, want []string
		for _, h := range found.Hits {
			got = append(got, h.Doc.ID)
		}
		for i := range docs {
			if e.Match(&docs[i]) {
				want = append(want, fmt.Sprintf("doc-%07d", i))
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%+v finds %v, want %v", *e, got, want)
		}
	}
}

func testHighlight(t *testing.T, b Backend) {
	a := b.New(t)
	said(t, a, "x", "صرّحتِ الوزارةُ بأنّ المحطّاتِ الثلاثَ ستُفتح في ٢٠٢٤", "The ferries return")
	marked := func(e archive.Expr) []string {
		found, err := a.Index().Search(ctx, archive.Search{Expr: &e})
		must(t, err)
		var list []string
		for _, h := range found.Hits {
			for _, m := range h.Marks {
				list = append(list, m.Of(h.Passage))
			}
			if filed, _ := a.Index().Document(ctx, "x"); !strings.HasPrefix(filed.Text[h.At:], h.Passage) {
				t.Errorf("the passage %q is not at byte %d", h.Passage, h.At)
			}
		}
		return list
	}
	for _, test := range []struct {
		expr archive.Expr
		want []string
	}{
		{leaf(archive.Text, "وزاره"), []string{"الوزارةُ"}},
		{leaf(archive.Text, "محطه"), []string{"المحطّاتِ"}},
		{leaf(archive.Exact, "الثلاث", "ستفتح"), []string{"الثلاثَ", "ستُفتح"}},
		{leaf(archive.Exact, "محطات"), nil},
		{leaf(archive.Text, "2024"), []string{"٢٠٢٤"}},
		{leaf(archive.Text, "ferry"), []string{"ferries"}},
		{*op(archive.All, leaf(archive.Text, "ferry"), *op(archive.Not, leaf(archive.Text, "return"))), nil},
	} {
		if got := marked(test.expr); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%+v marks %q, want %q", test.expr, got, test.want)
		}
	}
}
