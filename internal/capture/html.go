package capture

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fault"
)

// Limits on a page, which is taken apart in memory.
const (
	maxPage = 8 << 20
	maxTags = 150_000
)

// loadHTML reads the main text of a page and what the page says of itself.
func loadHTML(name string, r io.Reader) (*Document, error) {
	raw, whole, err := readHead(name, r, maxPage)
	if err != nil {
		return nil, err
	}
	if !whole || bytes.Count(raw, []byte("<")) > maxTags {
		return nil, &fault.Error{
			Kind: fault.Invalid, Input: name, Err: fmt.Errorf("a page of more than %d MB or %d tags", maxPage>>20, maxTags),
			Hint: "save its article alone, or as text",
		}
	}
	page, notes, err := decodePage(name, raw)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, notText(name, fmt.Errorf("not HTML: %w", err))
	}
	meta := pageMeta(root)
	meta.Text = articleText(root, meta.body)
	if meta.Text == "" {
		notes = append(notes, "no running text was found in the page")
	}
	if meta.unread != "" {
		notes = append(notes, fmt.Sprintf("published %q is not a date that can be read", meta.unread))
	}
	return newDocument(name, meta.Document, nil, notes), nil
}

// articleText is the main text, or the one that the page's own data give where
// the page hides most of it.
func articleText(root *html.Node, stated string) string {
	text := ""
	if body := find(root, atom.Body); body != nil {
		text = mainText(body)
	}
	if stated = tidy(stated); len(stated) > 2*len(text) {
		return stated
	}
	return text
}

// tidy puts an empty line between lines and collapses other white space.
func tidy(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		if f := strings.Fields(line); len(f) > 0 {
			out = append(out, strings.Join(f, " "))
		}
	}
	return strings.Join(out, "\n\n")
}

// decodePage decodes a page as its bytes or its label tell. Pages are often
// damaged in a byte or two; those become U+FFFD, and that is told.
func decodePage(name string, raw []byte) (string, []string, error) {
	label := metaCharset(raw)
	if e, ok := pageCharsets[label]; ok && !utf8.Valid(raw) {
		out, err := e.NewDecoder().Bytes(raw)
		return string(out), nil, err
	}
	text, notes, err := decodeShort(name, raw)
	if err == nil {
		return text, notes, nil
	}
	if e, ok := errors.AsType[*encodingError](err); !ok || e.nul {
		return "", nil, err
	}
	if label != "" && label != "utf-8" && label != "utf8" {
		return "", nil, notText(name, fmt.Errorf("encoded as %q: convert the page to UTF-8 first", label))
	}
	fixed := bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	return string(fixed), []string{fmt.Sprintf("has bytes that are not UTF-8, the first at %d; they are read as �", validUTF8(raw))}, nil
}

// pageCharsets are the encodings of Arabic and English pages that are not
// Unicode; the first two names stand for windows-1252 (WHATWG Encoding, 4.2).
var pageCharsets = map[string]encoding.Encoding{
	"iso-8859-1": charmap.Windows1252, "latin1": charmap.Windows1252, "windows-1252": charmap.Windows1252,
	"windows-1256": charmap.Windows1256, "cp1256": charmap.Windows1256, "x-cp1256": charmap.Windows1256,
	"iso-8859-6": charmap.ISO8859_6, "arabic": charmap.ISO8859_6,
}

// metaCharset is the encoding that the head of a page names, in small letters.
func metaCharset(raw []byte) string {
	head := bytes.ToLower(raw[:min(len(raw), 4<<10)])
	_, rest, ok := bytes.Cut(head, []byte("charset="))
	if !ok {
		return ""
	}
	rest = bytes.TrimLeft(rest, `"' `)
	end := bytes.IndexAny(rest, `"' ;/>`)
	return string(rest[:max(end, 0)])
}

// pageData is what a page says of itself.
type pageData struct {
	isnad.Document
	body   string // the article, where the data of the page have it
	unread string // a published time that cannot be read
}

// pageMeta gathers the metadata: JSON-LD first, which keeps the time of day,
// then meta elements, then the visible page.
func pageMeta(root *html.Node) pageData {
	ld := linkedData(root)
	m := metaElements(root)
	d := pageData{body: ld.body}
	d.Title = cmp.Or(ld.title, m.first("og:title", "twitter:title"), textOf(find(root, atom.H1)), textOf(find(root, atom.Title)))
	d.Publisher = cmp.Or(ld.publisher, m.first("og:site_name", "dc.publisher", "application-name"))
	d.Author = cmp.Or(ld.author, m.first("author", "dc.creator"))
	d.URL = cmp.Or(m.first("og:url"), ld.url)
	for _, s := range append([]string{ld.published}, m.all(
		"article:published_time", "datepublished", "og:published_time", "date", "pubdate", "publishdate", "dc.date",
		"dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "time")...) {
		if s = strings.TrimSpace(s); s == "" || !d.Published.IsZero() {
			continue
		}
		t, err := ParseTime(s)
		if err != nil && d.unread == "" {
			d.unread = s
		}
		d.Published = t
	}
	if !d.Published.IsZero() {
		d.unread = ""
	}
	return d
}

// elements are the values of meta and time elements by their name.
type elements map[string]string

func (m elements) all(names ...string) []string {
	var out []string
	for _, n := range names {
		out = append(out, m[n])
	}
	return out
}

func (m elements) first(names ...string) string { return cmp.Or(m.all(names...)...) }

// metaElements reads meta elements by name, property or itemprop, and the
// first time element with a datetime. The first of each name counts.
func metaElements(root *html.Node) elements {
	m := make(elements)
	for n := range root.Descendants() {
		name, value := "", ""
		switch n.DataAtom {
		case atom.Meta:
			name, value = cmp.Or(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")), attr(n, "content")
		case atom.Time:
			name, value = "time", attr(n, "datetime")
		default:
			if attr(n, "itemprop") != "datePublished" {
				continue
			}
			name, value = "datepublished", cmp.Or(attr(n, "datetime"), attr(n, "content"))
		}
		if name = strings.ToLower(name); value != "" && m[name] == "" {
			m[name] = strings.TrimSpace(value)
		}
	}
	return m
}

func find(root *html.Node, a atom.Atom) *html.Node {
	for n := range root.Descendants() {
		if n.DataAtom == a {
			return n
		}
	}
	return nil
}

// textOf is the text under a node in one line.
func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
