package feed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Subscription is a feed that a list names.
type Subscription struct {
	Title string
	URL   string // of the feed
	Site  string
	// Folders hold it, the outermost first.
	Folders []string
}

// maxFolders is the depth of folders that are kept.
const maxFolders = 16

// ParseOPML reads a list of feeds (OPML 2.0). Where it is damaged, what stands
// before is returned with the error.
func ParseOPML(raw []byte) ([]Subscription, error) {
	var out []Subscription
	var open []string // titles of outlines; "" for feeds
	seen := false
	err := elements(raw, func(t *xml.StartElement) error {
		switch strings.ToLower(t.Name.Local) {
		case "opml":
			seen = true
		case "outline":
			s := Subscription{Title: attr(t, "title", "text"), URL: attr(t, "xmlurl"), Site: attr(t, "htmlurl")}
			folder := s.Title
			if s.URL != "" {
				folder = ""
				s.Folders = folders(open)
				out = append(out, s)
			}
			open = append(open, folder)
		}
		if len(out) > maxEntries {
			return fmt.Errorf("more than %d feeds", maxEntries)
		}
		return nil
	}, func(name, _ string) error {
		if name == "outline" && len(open) > 0 {
			open = open[:len(open)-1]
		}
		return nil
	})
	switch {
	case err != nil:
		return out, fmt.Errorf("not all of the OPML can be read: %w", err)
	case !seen:
		return nil, errors.New("no OPML")
	}
	return out, nil
}

func folders(open []string) []string {
	var out []string
	for _, title := range open[:min(len(open), maxFolders)] {
		if title != "" {
			out = append(out, title)
		}
	}
	return out
}

// attr is the first of the attributes that has a value; names are in small
// letters.
func attr(t *xml.StartElement, names ...string) string {
	for _, name := range names {
		for _, a := range t.Attr {
			if strings.EqualFold(a.Name.Local, name) && strings.TrimSpace(a.Value) != "" {
				return strings.TrimSpace(a.Value)
			}
		}
	}
	return ""
}

// Map is a sitemap (sitemaps.org 0.9), or an index of them.
type Map struct {
	Pages []Page
	Maps  []Page // other sitemaps, of an index
}

// Page is an address that a sitemap names.
type Page struct {
	URL      string
	Modified time.Time // zero where unknown
	// Title, Publisher and Published are there for news.
	Title, Publisher string
	Published        time.Time
}

// ParseSitemap reads a sitemap that is not packed. Where it is damaged, what
// stands before is returned with the error.
func ParseSitemap(raw []byte) (*Map, error) {
	m := new(Map)
	var page Page
	var path []string
	seen := false
	err := elements(raw, func(t *xml.StartElement) error {
		name := strings.ToLower(t.Name.Local)
		seen = seen || name == "urlset" || name == "sitemapindex"
		if name == "url" || name == "sitemap" {
			page = Page{}
		}
		path = append(path, name)
		return nil
	}, func(name, text string) error {
		if path = path[:max(len(path)-1, 0)]; len(path) > 0 {
			page.set(path[len(path)-1], name, text)
		}
		if page.URL != "" {
			switch name {
			case "url":
				m.Pages = append(m.Pages, page)
			case "sitemap":
				m.Maps = append(m.Maps, page)
			}
		}
		if len(m.Pages)+len(m.Maps) > maxEntries {
			return fmt.Errorf("more than %d addresses", maxEntries)
		}
		return nil
	})
	switch {
	case err != nil:
		return m, fmt.Errorf("not all of the sitemap can be read: %w", err)
	case !seen:
		return nil, errors.New("no sitemap")
	}
	return m, nil
}

// set takes the text of an element inside another.
func (p *Page) set(parent, name, text string) {
	switch parent + " " + name {
	case "url loc", "sitemap loc":
		p.URL = text
	case "url lastmod", "sitemap lastmod":
		p.Modified = w3cTime(text)
	case "news title":
		p.Title = text
	case "publication name":
		p.Publisher = text
	case "news publication_date":
		p.Published = w3cTime(text)
	}
}

// w3cTime reads the forms of the W3C note on dates and times that have a day.
func w3cTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
