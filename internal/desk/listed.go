package desk

import (
	"bytes"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/coding"
	"github.com/isnad/isnad/internal/capture/feed"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/fault"
)

// Listing is what a list of pages names: a feed, a list of feeds or a sitemap.
type Listing struct {
	What  string   // as in "a feed"
	Pages []string // addresses that can be fetched, in its order, each once
	// Damage is why it could not be read to its end; nil where it was.
	Damage error
}

// ListingOf reads the list that a capture is, packed by gzip or not; it is nil
// where the capture is anything else, such as a packed file that is none: that
// is preserved as it is, and whoever reads it is told what is wrong with it.
func ListingOf(c *capture.Capture) (*Listing, error) {
	raw := c.Body
	if bytes.HasPrefix(raw, []byte("\x1F\x8B")) {
		var err error
		if raw, err = coding.Decode(raw, "gzip", capture.MaxBody); err != nil {
			return nil, nil
		}
	}
	kind := feed.KindOf(raw[:min(len(raw), 4<<10)])
	if kind == feed.None {
		return nil, nil
	}
	l, err := listing(kind, raw)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Input: c.Input, Err: err, Hint: "see it in a browser, and name the pages themselves"}
	}
	l.Pages = pageAddresses(c.URL, l.Pages)
	return l, nil
}

// listing reads a list of a kind. Of one that is damaged it gives what stands
// before.
func listing(kind feed.Kind, raw []byte) (*Listing, error) {
	l := &Listing{What: "a feed"}
	switch kind {
	case feed.Entries:
		f, err := feed.Parse(raw)
		if err != nil {
			return l, err
		}
		for i := range f.Entries {
			l.Pages = append(l.Pages, f.Entries[i].URL)
		}
	case feed.Outline:
		l.What = "a list of feeds"
		list, err := feed.ParseOPML(raw)
		for i := range list {
			l.Pages = append(l.Pages, list[i].URL)
		}
		l.Damage = err
	case feed.Sitemap:
		l.What = "a sitemap"
		m, err := feed.ParseSitemap(raw)
		if m != nil {
			for _, p := range append(m.Maps, m.Pages...) {
				l.Pages = append(l.Pages, p.URL)
			}
		}
		l.Damage = err
	}
	if len(l.Pages) == 0 {
		return l, l.Damage
	}
	return l, nil
}

// pageAddresses resolves addresses against that of the list, and leaves out what
// cannot be fetched and what is named twice.
func pageAddresses(base string, list []string) []string {
	at, err := fetch.Parse(base)
	if err != nil {
		return nil
	}
	seen := make(map[string]bool)
	var out []string
	for _, s := range list {
		u, err := at.Parse(s)
		if err != nil || s == "" {
			continue
		}
		u, err = fetch.Parse(u.String())
		if err != nil || seen[u.String()] {
			continue
		}
		seen[u.String()] = true
		out = append(out, u.String())
	}
	return out
}
