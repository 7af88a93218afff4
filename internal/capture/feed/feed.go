// Package feed reads what tells of articles: feeds (RSS, Atom, JSON Feed) and
// their entries, lists of feeds (OPML), and sitemaps.
//
// # Invariant
//
// Whatever is wrong with the bytes gives an error, or less than all; the depth
// and the number of what is read are bounded, and entities of their own are
// not expanded. The caller bounds the number of bytes.
package feed

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/mmcdole/gofeed"
)

// Limits on what is read.
const (
	MaxBytes = 16 << 20 // that callers should take in

	maxEntries = 100_000
	maxDepth   = 1000 // elements open at a time, unclosed ones included
)

// Kind is what bytes hold.
type Kind uint8

// Kinds.
const (
	None    Kind = iota
	Entries      // a feed
	Outline      // OPML
	Sitemap      // or an index of sitemaps
)

// KindOf goes by the beginning: the first element, or the version of a JSON
// feed. None is what else there is, HTML included.
func KindOf(head []byte) Kind {
	if s := bytes.TrimLeft(head, " \t\r\n\xEF\xBB\xBF"); bytes.HasPrefix(s, []byte("{")) {
		if bytes.Contains(s, []byte("jsonfeed.org/version/")) {
			return Entries
		}
		return None
	}
	switch name, _ := rootOf(head); name {
	case "rss", "feed", "rdf":
		return Entries
	case "opml":
		return Outline
	case "urlset", "sitemapindex":
		return Sitemap
	}
	return None
}

// Feed is a feed with its entries in their order.
type Feed struct {
	Title    string
	URL      string // of the site
	Language string // as the feed has it
	Entries  []Entry
}

// Entry is an entry of a feed.
type Entry struct {
	ID, URL string
	Title   string // without markup
	Author  string
	// Published is zero where Date, the words that tell it, cannot be read.
	Published time.Time
	Date      string
	HTML      string // the longer of summary and content; it may be plain text
}

// Parse reads a feed.
func Parse(raw []byte) (*Feed, error) {
	if err := shallow(raw); err != nil {
		return nil, err
	}
	f, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("not a feed that can be read: %w", err)
	}
	if len(f.Items) > maxEntries {
		return nil, fmt.Errorf("more than %d entries", maxEntries)
	}
	out := &Feed{Title: Text(f.Title), URL: f.Link, Language: f.Language}
	for _, item := range f.Items {
		out.Entries = append(out.Entries, entry(item))
	}
	return out, nil
}

func entry(item *gofeed.Item) Entry {
	e := Entry{ID: item.GUID, URL: item.Link, Title: Text(item.Title), Date: cmp.Or(item.Published, item.Updated), HTML: item.Description}
	if len(item.Content) > len(e.HTML) {
		e.HTML = item.Content
	}
	if e.URL == "" && len(item.Links) > 0 {
		e.URL = item.Links[0]
	}
	if len(item.Authors) > 0 && item.Authors[0] != nil {
		e.Author = Text(cmp.Or(item.Authors[0].Name, item.Authors[0].Email))
	}
	switch {
	case item.PublishedParsed != nil:
		e.Published = *item.PublishedParsed
	case item.Published == "" && item.UpdatedParsed != nil:
		e.Published = *item.UpdatedParsed
	}
	return e
}

// shallow bounds the depth of XML, also where it is so ill-formed that nothing
// is ever closed. Text that looks like tags counts too.
func shallow(raw []byte) error {
	depth := 0
	for {
		i := bytes.IndexByte(raw, '<')
		if i < 0 || i+1 == len(raw) {
			return nil
		}
		raw = raw[i+1:]
		switch c := raw[0]; {
		case bytes.HasPrefix(raw, []byte("![CDATA[")):
			raw = behind(raw, "]]>")
		case bytes.HasPrefix(raw, []byte("!--")):
			raw = behind(raw, "-->")
		case c == '/':
			depth = max(depth-1, 0)
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80:
			if end := bytes.IndexAny(raw, "<>"); end < 1 || raw[end-1] != '/' {
				depth++
			}
		}
		if depth > maxDepth {
			return errTooDeep
		}
	}
}

var errTooDeep = errors.New("its elements are nested too deep, or not closed")

// behind is what follows a mark, or nothing.
func behind(raw []byte, mark string) []byte {
	_, rest, _ := bytes.Cut(raw, []byte(mark))
	return rest
}
