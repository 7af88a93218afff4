package feed

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
)

const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>صحراء نيوز</title><link>http://sahra.example/</link><language>ar</language>
<item><title>البئر &lt;b&gt;تعمل&lt;/b&gt;</title><link>http://sahra.example/1</link><guid>1</guid><author>سالم</author><pubDate>Sun, 01 Mar 2026 09:00:00 +0200</pubDate>
<description>قصير</description><content:encoded><![CDATA[<p>قال العمدة إن البئر تعمل.</p><p>ونفى ذلك مساعده.</p>]]></content:encoded></item>
<item><title>Two</title><pubDate>الأحد 1 آذار 2026</pubDate><description>Said &amp;amp; done</description></item></channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Sahra</title><entry><title type="html">The &lt;i&gt;well&lt;/i&gt;</title><id>urn:1</id><link href="http://sahra.example/1"/><updated>2026-03-01T07:00:00Z</updated><author><name>S. Abdi</name></author><summary>It works.</summary></entry></feed>`

const jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"Sahra","items":[{"id":"1","url":"http://sahra.example/1","title":"The well","content_html":"<p>It works.</p>","date_published":"2026-03-01T07:00:00Z","authors":[{"name":"S. Abdi"}]}]}`

func TestParse(t *testing.T) {
	at := time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC)
	f, err := Parse([]byte(rss))
	if err != nil || f.Title != "صحراء نيوز" || f.URL != "http://sahra.example/" || f.Language != "ar" || len(f.Entries) != 2 {
		t.Fatalf("RSS: %+v, %v", f, err)
	}
	if e := f.Entries[0]; e.Title != "البئر تعمل" || e.URL != "http://sahra.example/1" || e.Author != "سالم" || !e.Published.Equal(at) || Text(e.HTML) != "قال العمدة إن البئر تعمل.\n\nونفى ذلك مساعده." {
		t.Errorf("RSS: %+v", e)
	}
	if e := f.Entries[1]; !e.Published.IsZero() || e.Date != "الأحد 1 آذار 2026" || Text(e.HTML) != "Said & done" {
		t.Errorf("RSS: %+v", e)
	}
	for name, raw := range map[string]string{"Atom": atomFeed, "JSON": jsonFeed} {
		f, err := Parse([]byte(raw))
		if err != nil || f.Title != "Sahra" || len(f.Entries) != 1 {
			t.Fatalf("%s: %+v, %v", name, f, err)
		}
		if e := f.Entries[0]; e.Title != "The well" || e.URL != "http://sahra.example/1" || e.Author != "S. Abdi" || !e.Published.Equal(at) || Text(e.HTML) != "It works." {
			t.Errorf("%s: %+v", name, e)
		}
	}
	arabic, err := charmap.Windows1256.NewEncoder().String(strings.Replace(rss, `"1.0"?`, `"1.0" encoding="windows-1256"?`, 1))
	if err != nil {
		t.Fatal(err)
	}
	if f, err := Parse([]byte(arabic)); err != nil || f.Title != "صحراء نيوز" {
		t.Errorf("windows-1256: %+v, %v", f, err)
	}
}

func TestHostile(t *testing.T) {
	laughs := `<!DOCTYPE r [<!ENTITY a "` + strings.Repeat("a", 1000) + `"><!ENTITY b "` + strings.Repeat("&a;", 1000) + `">]><rss><channel><title>` + strings.Repeat("&b;", 1000) + `</title></channel></rss>`
	if f, err := Parse([]byte(laughs)); err == nil && len(f.Title) > 10_000 {
		t.Errorf("entities: a title of %d bytes", len(f.Title))
	}
	deep := strings.Repeat("<a>", 1_000_000)
	if _, err := Parse([]byte("<rss><channel>" + deep)); err == nil || !strings.Contains(err.Error(), "too deep") {
		t.Errorf("deep: %v", err)
	}
	if _, err := ParseOPML([]byte("<opml><body>" + strings.Repeat("<outline>", 2000))); err == nil || !strings.Contains(err.Error(), "too deep") {
		t.Errorf("deep OPML: %v", err)
	}
	for _, raw := range []string{"", "x", "<html></html>", "{}", "<rss", `{"version":"https://jsonfeed.org/version/1","items":"x"}`} {
		if f, err := Parse([]byte(raw)); err == nil && len(f.Entries) > 0 {
			t.Errorf("%q: %+v", raw, f)
		}
	}
}

func TestKindOf(t *testing.T) {
	for head, want := range map[string]Kind{
		rss: Entries, atomFeed: Entries, jsonFeed: Entries, "\uFEFF<!-- x --> <rss": None, "\uFEFF<?xml version='1.0' encoding='windows-1256'?>\n<!-- x --><opml>": Outline,
		"<urlset xmlns='x'>": Sitemap, "<sitemapindex>": Sitemap, "<rdf:RDF xmlns:rdf='x'>": Entries,
		"<!DOCTYPE html><html>": None, "He said <rss> is old.": None, `{"text":"x"}`: None, "": None,
	} {
		if got := KindOf([]byte(head)); got != want {
			t.Errorf("%.40q: %d, want %d", head, got, want)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"one\n two\n": "one\n\ntwo", "<p>one\ntwo</p><p>three<br/>four": "one two\n\nthree\n\nfour", "a <b>bold</b> word": "a bold word",
		"<script>x</script>y<style>z": "y", "a &lt; b": "a < b", "a\x00b": "a\uFFFDb", "<": "<",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

const opml = `<?xml version="1.0"?><opml version="2.0"><body><outline text="أخبار"><outline text="Sahra" xmlUrl="http://sahra.example/rss" htmlUrl="http://sahra.example/"/></outline><outline title="B" xmlUrl="http://b.example/"/></body></opml>`

func TestOPML(t *testing.T) {
	list, err := ParseOPML([]byte(opml))
	if err != nil || len(list) != 2 || list[0].URL != "http://sahra.example/rss" || list[0].Site != "http://sahra.example/" || strings.Join(list[0].Folders, "/") != "أخبار" ||
		list[1].Title != "B" || len(list[1].Folders) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := ParseOPML([]byte(opml[:strings.Index(opml, "<outline title")] + "<outline")); err == nil || len(list) != 1 {
		t.Errorf("cut: %+v, %v", list, err)
	}
	if _, err := ParseOPML([]byte("<rss/>")); err == nil {
		t.Error("no OPML: no error")
	}
}

const sitemap = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n"><url><loc> http://sahra.example/1 </loc><lastmod>2026-03-01</lastmod><news:news><news:publication><news:name>صحراء نيوز</news:name></news:publication><news:publication_date>2026-03-01T09:00+02:00</news:publication_date><news:title>البئر</news:title></news:news></url><url><loc>http://sahra.example/2</loc></url><url/></urlset>`

func TestSitemap(t *testing.T) {
	m, err := ParseSitemap([]byte(sitemap))
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	if err != nil || len(m.Pages) != 2 || m.Pages[0] != (Page{"http://sahra.example/1", day, "البئر", "صحراء نيوز", m.Pages[0].Published}) ||
		!m.Pages[0].Published.Equal(day.Add(7*time.Hour)) || m.Pages[1] != (Page{URL: "http://sahra.example/2"}) {
		t.Errorf("%+v, %v", m, err)
	}
	m, err = ParseSitemap([]byte(`<sitemapindex><sitemap><loc>http://sahra.example/a.xml.gz</loc></sitemap><sitemap>`))
	if err == nil || len(m.Maps) != 1 || m.Maps[0].URL != "http://sahra.example/a.xml.gz" {
		t.Errorf("index: %+v, %v", m, err)
	}
	if _, err := ParseSitemap([]byte("<rss/>")); err == nil {
		t.Error("no sitemap: no error")
	}
}

func FuzzFeed(f *testing.F) {
	for _, seed := range []string{rss, atomFeed, jsonFeed, "<rss><channel><item><title>", "<rdf:RDF><item/></rdf:RDF>"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		KindOf(raw)
		got, err := Parse(raw)
		if err != nil {
			return
		}
		for i := range got.Entries {
			if text := Text(got.Entries[i].HTML); len(text) > 8*len(raw) {
				t.Errorf("%d bytes of %d", len(text), len(raw))
			}
		}
	})
}

func FuzzOPML(f *testing.F) {
	f.Add([]byte(opml))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if list, _ := ParseOPML(raw); len(list) > len(raw) {
			t.Errorf("%d feeds of %d bytes", len(list), len(raw))
		}
	})
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(sitemap))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if m, _ := ParseSitemap(raw); m != nil && len(m.Pages)+len(m.Maps) > len(raw) {
			t.Errorf("%d addresses of %d bytes", len(m.Pages)+len(m.Maps), len(raw))
		}
	})
}
