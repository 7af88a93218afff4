package claim

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
	"github.com/isnad/isnad/text"
)

// testBook is a book that knows both languages.
func testBook(t testing.TB) *Book {
	t.Helper()
	arabic, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(ar.Stems(), arabic, english)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// BookForTest is the book that tests use.
func BookForTest(t testing.TB) *Book { return testBook(t) }

func TestExhibits(t *testing.T) {
	b := testBook(t)
	for _, tc := range [][2]string{
		{
			"وقال الحارس إن الباب كان مفتوحا. وأرفق بيانه بصورة العمدة سليم الراوي في 12 تشرين الأول يصافح عمالا في المرفأ لبحث الأمر.",
			"photograph [صورة العمدة سليم الراوي في 12 تشرين الأول يصافح عمالا في المرفأ لبحث الأمر] 2024-10-12 @المرفأ",
		},
		{"ونشر الغدران صورة تظهر جذوعا مقطوعة على الضفة صباح الأحد.", "photograph [صورة تظهر جذوعا مقطوعة على الضفة صباح الأحد] 2024-10-13"},
		{"She posted a video showing the flooded hall in Port Ambar on 3 October.", "video [video showing the flooded hall in Port Ambar on 3 October] 2024-10-03 @Port Ambar"},
		{"وحصلت الصحيفة على وثيقة تثبت موعد التسليم.", "document [وثيقة تثبت موعد التسليم]"},
		{"وتداول رواد مواقع التواصل مقاطع مصورة قصيرة للحافلات.", "video [مقاطع مصورة قصيرة للحافلات]"},
		// Not things to be seen.
		{"ولم تتمكن من التحقق بصورة مستقلة.", ""},
		{"رسم الكاتب صورة قاتمة للوضع.", ""},
		{"He painted a bleak picture of the hall.", ""},
		{"نشر المجلس تعليماته بصورة عاجلة.", ""},
	} {
		s := &isnad.Source{Document: isnad.Document{ID: "d", Text: tc[0], Published: time.Date(2024, 10, 14, 12, 0, 0, 0, time.UTC)}}
		var got []string
		for _, e := range b.Exhibits(s) {
			line := fmt.Sprintf("%s [%s]", e.Kind, strings.TrimPrefix(e.Span.Of(tc[0]), "ب"))
			for _, w := range e.When {
				line += " " + w.Interval.Start.Format(time.DateOnly)
			}
			for _, p := range e.Places {
				line += " @" + p.Of(tc[0])
			}
			got = append(got, line)
		}
		if strings.Join(got, "; ") != tc[1] {
			t.Errorf("%s\n got %s\nwant %s", tc[0], strings.Join(got, "; "), tc[1])
		}
	}
}

func TestExhibitBelongs(t *testing.T) {
	b := testBook(t)
	raw := "قال الأول كذا. وأضاف شيئا آخر. ونشر صورة للباب.\n\nوقال الثاني غير ذلك."
	s := &isnad.Source{Document: isnad.Document{ID: "d", Text: raw}}
	for i, c := range []string{"كذا", "شيئا آخر", "غير ذلك"} {
		at := strings.Index(raw, c)
		s.Statements = append(s.Statements, isnad.Statement{ID: fmt.Sprint(i), Attribution: isnad.Attribution{Content: []text.Span{{Start: at, End: at + len(c)}}}})
	}
	got := b.Exhibits(s)
	if len(got) != 1 || got[0].Statement != "1" {
		t.Errorf("%+v", got)
	}
}
