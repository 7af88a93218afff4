package capture

import (
	"bytes"
	"strings"
	"testing"
)

const exampleFeed = `<rss version="2.0"><channel><title>صحراء نيوز</title>
<item><title>البئر</title><link>http://sahra.example/1</link><pubDate>Sun, 01 Mar 2026 09:00:00 +0200</pubDate><description>&lt;p&gt;قال العمدة إن البئر تعمل.&lt;/p&gt;</description></item>
<item><title>The well</title><pubDate>الأحد 1 آذار 2026</pubDate></item>
<item><link>http://sahra.example/3</link></item></channel></rss>`

func TestFeedSources(t *testing.T) {
	for _, raw := range []string{exampleFeed, gzipped(exampleFeed)} {
		var docs []*Document
		var first []byte
		skipped := 0
		for s := range (&Inputs{Paths: []string{"-"}, Stdin: strings.NewReader(raw)}).Sources() {
			c, err := s.Load()
			if err != nil {
				skipped++
				continue
			}
			if first == nil {
				first = c.Body
			}
			d, err := Extract(c)
			if err != nil {
				t.Fatal(err)
			}
			docs = append(docs, d)
		}
		if len(docs) != 2 || skipped != 1 {
			t.Fatalf("%d documents, %d left out", len(docs), skipped)
		}
		if d := docs[0]; d.ID != "-:1" || d.Text != "قال العمدة إن البئر تعمل." || d.Title != "البئر" || d.Publisher != "صحراء نيوز" || d.URL != "http://sahra.example/1" ||
			d.Published.Format("2006-01-02T15") != "2026-03-01T07" || d.Dated != "the feed" {
			t.Errorf("%+v", d)
		}
		if d := docs[1]; d.Text != "The well" || !d.Published.IsZero() || len(d.Datelines) != 1 || d.Datelines[0] != "الأحد 1 آذار 2026" {
			t.Errorf("%+v", d)
		}
		for s := range (&Inputs{Paths: []string{"-"}, Stdin: strings.NewReader(raw)}).Sources() {
			if c, err := s.Load(); err != nil || !bytes.Equal(c.Body, first) {
				t.Errorf("another capture of the same entry: %v", err)
			}
			break
		}
	}
}

func TestLists(t *testing.T) {
	for raw, want := range map[string]string{
		`<opml><body><outline xmlUrl="http://a.example/"/></body></opml>`: "left out the 1 feeds that it lists",
		`<urlset><url><loc>http://a.example/</loc></url></urlset>`:        "left out the 1 pages and 0 sitemaps",
		`<opml><body><outline`:                                                   "not all of the OPML can be read",
		`<rss><channel></channel></rss>`:                                         "a feed without entries",
		gzipped("<urlset>" + strings.Repeat("\x00", 1<<20)):                      "not all of the sitemap",
		gzipped("<urlset><url><loc>http://a.example/</loc></url></urlset>")[:30]: "gzip: it is cut short",
	} {
		got := loadAll(&Inputs{Paths: []string{"-"}, Form: Feed, Stdin: strings.NewReader(raw)})
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%.40q: %q, want %s", raw, got, want)
		}
	}
	if got := loadAll(&Inputs{Paths: []string{"-"}, Form: Feed, Stdin: strings.NewReader("no feed")}); !strings.Contains(got[0], "no feed, list of feeds or sitemap") {
		t.Errorf("text: %q", got)
	}
}
