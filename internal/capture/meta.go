package capture

import (
	"cmp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/isnad/isnad"
)

// pageData is what a page says of itself.
type pageData struct {
	isnad.Document
	body      string   // the article, where the data of the page have it
	dated     string   // what the time of publication was taken from
	unread    string   // a published time in a form that is not for programs
	datelines []string // more of the kind, from the page as it is seen
}

// pageMeta gathers the metadata: JSON-LD first, which keeps the time of day,
// then meta elements, then the visible page.
func pageMeta(root *html.Node) pageData {
	ld := linkedData(root)
	m := metaElements(root)
	d := pageData{body: ld.body}
	d.Title = clip(cmp.Or(ld.title, m.first("og:title", "twitter:title"), textOf(find(root, atom.H1)), textOf(find(root, atom.Title))))
	d.Publisher = cmp.Or(ld.publisher, m.first("og:site_name", "dc.publisher", "application-name"))
	d.Author = cmp.Or(ld.author, m.first("author", "dc.creator", "article:author_name", "byl", "parsely-author", "sailthru.author"))
	d.URL = cmp.Or(m.first("link:canonical", "og:url"), ld.url)
	d.date("JSON-LD datePublished", ld.published)
	for _, name := range publishedNames {
		d.date("meta "+name, m[name])
	}
	d.date("JSON-LD dateCreated", ld.created)
	for _, t := range timeElements(root) {
		d.date("time element", t.stamp)
		d.datelines = append(d.datelines, t.text)
	}
	d.date("address", addressDate(d.URL))
	return d
}

// clip bounds a title, which hostile pages make as long as they like.
func clip(s string) string {
	if len(s) <= maxTitle {
		return s
	}
	return strings.ToValidUTF8(s[:maxTitle], "")
}

const maxTitle = 2 << 10

// publishedNames are names of meta elements and properties for the time of
// publication, those that say so most plainly first.
var publishedNames = []string{
	"article:published_time", "datepublished", "article:published", "og:published_time", "og:pubdate", "publication_date", "publish_date", "publish-date",
	"publishdate", "published_date", "published", "pubdate", "pub_date", "citation_publication_date", "citation_date", "parsely-pub-date", "sailthru.date",
	"dc.date.issued", "dcterms.issued", "dcterms.created", "dcterms.date", "dc.date.created", "dc.date", "datecreated", "article:post_date",
	"bt:pubdate", "cxenseparse:recs:publishtime", "rnews:datepublished", "displaydate", "ptime", "originalpublicationdate", "article_date_original", "date",
}

// date takes a time of publication, unless there is one that counts for more.
func (d *pageData) date(from, s string) {
	if s = strings.TrimSpace(s); s == "" || !d.Published.IsZero() {
		return
	}
	t, err := parseStamp(s)
	switch {
	case err == nil:
		d.Published, d.dated = t, from
	case d.unread == "":
		d.unread = s
	}
}

// parseStamp reads what pages write for programs, which is not always the
// standard that they mean.
func parseStamp(s string) (time.Time, error) {
	t, err := ParseTime(s)
	if err == nil {
		return t, nil
	}
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, "Z+", "+")), " ")
	for _, layout := range []string{
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02T15:04Z0700",
		"2006-01-02T15:04:05 -0700", "2006-01-02T15:04:05.999999999", "2006/01/02", "2006/01/02 15:04", "2006/01/02 15:04:05", "20060102", "20060102150405",
		"2006-01-02T15:04:05MST", "2006-1-2", "2006-1-2T15:4:5", "2006-1-2 15:4:5",
		time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon Jan 02 15:04:05 MST 2006",
		"January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "January 2, 2006 15:04", "Jan 2, 2006 3:04 PM", "January 2, 2006 3:04 PM",
	} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1970 {
			return t, nil
		}
	}
	return time.Time{}, err
}

// addressDate is the day that stands in the path of an address, as in
// /2024/10/12/ or /2024-10-12-title.
func addressDate(url string) string {
	for i := 0; i+11 <= len(url); i++ {
		p := url[i : i+11]
		sep := p[5]
		if p[0] != '/' || sep != '/' && sep != '-' || p[8] != sep {
			continue
		}
		day := p[1:5] + "-" + p[6:8] + "-" + p[9:11]
		rest := url[i+11:]
		if t, err := time.Parse(time.DateOnly, day); err == nil && t.Year() > 1990 && (rest == "" || rest[0] < '0' || rest[0] > '9') {
			return day
		}
	}
	return ""
}

// elements are the values of meta and other elements by their name.
type elements map[string]string

func (m elements) first(names ...string) string {
	for _, n := range names {
		if m[n] != "" {
			return m[n]
		}
	}
	return ""
}

// metaElements reads meta elements by name, property or itemprop, and the
// canonical address. The first of each name counts.
func metaElements(root *html.Node) elements {
	m := make(elements)
	for n := range root.Descendants() {
		name, value := "", ""
		switch n.DataAtom {
		case atom.Meta:
			name, value = cmp.Or(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")), attr(n, "content")
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				name, value = "link:canonical", attr(n, "href")
			}
		default:
			if attr(n, "itemprop") != "datePublished" {
				continue
			}
			name, value = "datepublished", cmp.Or(attr(n, "datetime"), attr(n, "content"), attr(n, "title"), textOf(n))
		}
		if name = strings.ToLower(name); value != "" && m[name] == "" {
			m[name] = strings.TrimSpace(value)
		}
	}
	return m
}

// stamp is a time element: what it says to programs, and to readers.
type stamp struct{ stamp, text string }

// timeElements gives the time elements of the article: those that do not stand
// in a list of other articles or beside the article.
func timeElements(root *html.Node) []stamp {
	var out []stamp
	for n := range root.Descendants() {
		if n.DataAtom == atom.Time && len(out) < maxStamps && !standsBeside(n) {
			out = append(out, stamp{attr(n, "datetime"), textOf(n)})
		}
	}
	return out
}

const maxStamps = 8

// standsBeside reports whether an element around n is one that stands beside
// an article, or n is a link.
func standsBeside(n *html.Node) bool {
	for p := n; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside, atom.A, atom.Li:
			return true
		case atom.Article, atom.Main, atom.Body:
			return false
		}
		if p != n && (hasName(p, dateSides) || hasName(p, replyNames)) {
			return true
		}
	}
	return false
}
