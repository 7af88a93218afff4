package desk

import (
	"slices"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/feed"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/fault"
)

// maxPages is how many pages of one look at a feed are watched.
const maxPages = 500

// pagesOf gives the pages that a feed or a sitemap names, in its order; a page
// is none.
func pagesOf(c *capture.Capture) (pages []string, isFeed bool, err error) {
	kind := feed.KindOf(c.Body[:min(len(c.Body), 4<<10)])
	switch kind {
	case feed.Entries:
		f, err := feed.Parse(c.Body)
		if err != nil {
			return nil, true, &fault.Error{Kind: fault.Invalid, Input: c.Input, Err: err, Hint: "see it in a browser, or watch the page that it belongs to"}
		}
		for i := range f.Entries {
			pages = append(pages, f.Entries[i].URL)
		}
	case feed.Sitemap:
		m, err := feed.ParseSitemap(c.Body)
		if err != nil && (m == nil || len(m.Pages)+len(m.Maps) == 0) {
			return nil, true, &fault.Error{Kind: fault.Invalid, Input: c.Input, Err: err, Hint: "watch the pages themselves"}
		}
		for _, p := range slices.Concat(m.Maps, m.Pages) {
			pages = append(pages, p.URL)
		}
	default:
		return nil, false, nil
	}
	return pageAddresses(c.URL, pages), true, nil
}

// pageAddresses resolves addresses against that of the feed, and leaves out what
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
		if err != nil || seen[u.String()] || len(out) == maxPages {
			continue
		}
		seen[u.String()] = true
		out = append(out, u.String())
	}
	return out
}
