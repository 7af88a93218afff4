package capture

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
)

func TestLoadHTML(t *testing.T) {
	f, err := os.Open("testdata/news.html")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d, err := loadHTML("news.html", "", f)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"نفت بلدية تل السفرجل، الأربعاء، ما تردد عن إغلاق جسر المعبر أمام السيارات خلال موسم الحصاد.",
		"وقال رئيس البلدية كمال السروجي إن «الجسر سيبقى مفتوحا في النهار» مشيرا إلى أن المقاول تعهد بإنهاء العمل.",
		"وأضاف:\nلن نغلق الطريق يوما واحدا.",
		"هذا وعد.",
		"ماذا يقول السائقون؟",
		"تقول نقابة السائقين إن تحويل السير يزيد كلفة نقل القمح بنحو الربع، وطالبت بنشر التقرير.",
	}, "\n\n")
	if d.Text != want {
		t.Errorf("text\n%s\nwant\n%s", d.Text, want)
	}
	if d.Title != "الجسر يبقى مفتوحا" || d.Publisher != "الضفتان" || d.Author != "ليان بركات" || d.URL != "https://difatayn.example/1" {
		t.Errorf("metadata %+v", d.Document)
	}
	if got := d.Published.Format(time.RFC3339); got != "2025-03-12T18:20:00+03:00" {
		t.Errorf("published %s: the time of day is lost", got)
	}
}

func TestPageMeta(t *testing.T) {
	for _, c := range []struct{ head, title, publisher, published string }{
		{`<title>a</title>`, "a", "", "0001-01-01"},
		{`<title>a</title><meta name="application-name" content="site"><meta name="DC.date" content="2020-01-02">`, "a", "site", "2020-01-02"},
		{`<script type="application/ld+json">[{"@type":"Organization","name":"x"},{"@type":"Article","name":"b","datePublished":"2021-02-03"}]</script>`, "b", "", "2021-02-03"},
		{`<script type="application/ld+json">{"@type":"WebPage","mainEntity":{"@type":"LiveBlogPosting","headline":"c &amp; d","publisher":"p"}}</script>`, "c & d", "p", "0001-01-01"},
		{`<script type="application/ld+json">{broken</script><meta itemprop="datePublished" content="2022-03-04T05:06:07Z"><title>e</title>`, "e", "", "2022-03-04"},
		{`<title>f</title><time datetime="2019-05-06">sixth of May</time><time datetime="2020-05-06"></time>`, "f", "", "2019-05-06"},
		{`<title>g</title><script type="application/ld+json">` + strings.Repeat("[", 50) + strings.Repeat("]", 50) + `</script>`, "g", "", "0001-01-01"},
	} {
		root, err := html.Parse(strings.NewReader(c.head))
		if err != nil {
			t.Fatal(err)
		}
		d := pageMeta(root)
		if d.Title != c.title || d.Publisher != c.publisher || d.Published.Format(time.DateOnly) != c.published {
			t.Errorf("%s: %q, %q, %v", c.head, d.Title, d.Publisher, d.Published)
		}
	}
}

func TestPageOfWhichMostIsHidden(t *testing.T) {
	body := "First paragraph, long enough to be one.\nSecond paragraph, he said, of the same kind."
	page := fmt.Sprintf(`<p>First paragraph, long enough to be one.</p><script type="application/ld+json">{"@type":"NewsArticle","articleBody":%q}</script>`, body)
	d, err := loadHTML("x", "", strings.NewReader(page))
	if err != nil || d.Text != strings.ReplaceAll(body, "\n", "\n\n") {
		t.Errorf("%q, %v", d.Text, err)
	}
}

func TestDecodePage(t *testing.T) {
	labelled := `<meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><p>` + arabicText
	for _, c := range []struct {
		name, raw, want, note string
	}{
		{"UTF-8 with a wrong label", labelled, arabicText, ""},
		{"labelled", string(encode(t, charmap.Windows1256, labelled)), arabicText, ""},
		{"unlabelled", string(encode(t, charmap.Windows1256, "<p>"+arabicText)), arabicText, "windows-1256"},
		{"damaged", "<p>" + arabicText + "\xFF" + arabicText, arabicText + "\uFFFD" + arabicText, "the first at"},
		{"labelled as Latin", string(encode(t, charmap.Windows1256, "<meta charset=iso-8859-1><p>"+arabicText)), arabicText, "windows-1256"},
		{"Chinese", "<meta charset=gb18030>\xC4\xE3", "你", ""},
		{"ISO-8859-6", string(encode(t, charmap.ISO8859_6, `<meta charset="ISO-8859-6">`+"قال المدير")), "قال المدير", ""},
	} {
		got, notes, err := decodePage("x", "", []byte(c.raw))
		note := strings.Join(notes, "; ")
		if err != nil || !strings.HasSuffix(got, c.want) || !strings.Contains(note, c.note) || (note == "") != (c.note == "") {
			t.Errorf("%s: %q, %q, %v", c.name, got, note, err)
		}
	}
	_, _, err := decodePage("x", "", []byte("<meta charset=x-other>\xC4\xE3"))
	if err == nil || !strings.Contains(err.Error(), "x-other") {
		t.Errorf("other encoding: %v", err)
	}
}

// TestHostilePages reads pages of which each takes less than a second where the
// work does not grow with the square of their length, and hours where it does.
func TestHostilePages(t *testing.T) {
	for name, page := range map[string]string{
		"long lines":    strings.Repeat("<p>"+strings.Repeat("he said ", 8)+"2024", 60_000),
		"long title":    "<title>" + strings.Repeat("he said ", 500_000) + "</title>" + strings.Repeat("<p>he said he said he said 2024", 20_000),
		"classes":       strings.Repeat("<div class='"+strings.Repeat("aB-", 20)+"'>x", 50_000),
		"many cards":    strings.Repeat("<li><a href=x><h4>he said that it was so</h4></a>2024", 30_000),
		"broken data":   "<script type=application/ld+json>" + strings.Repeat(`{"a":"\n,`, 100_000) + "</script>",
		"deep data":     "<script type=application/json>" + strings.Repeat(`{"body":[`, 100_000) + "</script>",
		"much data":     "<script type=application/json>[" + strings.Repeat(`{"body":"<p>`+strings.Repeat("he said ", 40)+`"},`, 10_000) + "1]</script>",
		"deep":          strings.Repeat("<div>", 100_000) + "he said",
		"many tags":     strings.Repeat("<b>x", maxTags+1),
		"formatting":    strings.Repeat("<a><b><i><u>", 20_000),
		"tables":        strings.Repeat("<table><tr><td>", 5_000),
		"attributes":    "<p " + strings.Repeat("a=b ", 100_000) + ">x",
		"big":           strings.Repeat("x", maxPage+1),
		"empty":         "",
		"no body":       "<frameset></frameset>",
		"unclosed":      "<script>",
		"only comments": "<!-- -->",
	} {
		d, err := loadHTML(name, "", strings.NewReader(page))
		if err == nil && d.Text == "" && len(d.Notes) == 0 {
			t.Errorf("%s: nothing was found, and nothing said", name)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add("<p>a<br><br>b</p><div class=comments>c</div>", "utf-8")
	f.Add(`<script id=__NEXT_DATA__ type="application/json">{"a":[{"content":"<p>x"},{"content":"y"}],"body":"z","publishDate":"2024-01-02"}</script>`, "")
	f.Add(`<script type="application/ld+json">{"@type":"Article","articleBody":"a\nb",}</script><time>12 آذار 2025</time><h1>t</h1><p>\xC7\xE1`, "windows-1256")
	f.Add(`<ul class=articleBody-x><li><a href=x><h4>he said so then</h4></a><li><a href=x><h4>he said so then</h4></a><li><a href=x><img>he said so then</a></ul>2024`, "x")
	f.Fuzz(func(t *testing.T, page, label string) {
		d, err := loadHTML("x", label, strings.NewReader(page))
		if err != nil {
			return
		}
		if s := d.Text; !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 || s != strings.TrimSpace(s) || strings.Contains(s, "\n\n\n") {
			t.Errorf("untidy: %q", s)
		}
	})
}
