package capture

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/capture/coding"
	"github.com/isnad/isnad/internal/capture/feed"
	"github.com/isnad/isnad/internal/fault"
)

// mediaEntry is the media type of an entry of a feed, as [FeedEntry].
const mediaEntry = "application/x.isnad.entry+json"

// FeedEntry is an entry of a feed as it is preserved: feeds are kept by their
// entries, which come and go.
type FeedEntry struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Author    string `json:"author,omitempty"`
	Feed      string `json:"feed,omitempty"`      // title of the feed
	Published string `json:"published,omitempty"` // RFC 3339
	Date      string `json:"date,omitempty"`      // the words that tell it, where they could not be read
	HTML      string `json:"html"`
}

// CaptureEntry makes the capture of an entry. The same entry of the same feed
// always gives the same bytes, so that one that was captured before is seen.
func CaptureEntry(f *feed.Feed, e *feed.Entry) (*Capture, error) {
	kept := FeedEntry{ID: e.ID, URL: e.URL, Title: e.Title, Author: e.Author, Feed: f.Title, HTML: e.HTML}
	if e.Published.IsZero() {
		kept.Date = e.Date
	} else {
		kept.Published = e.Published.UTC().Format(time.RFC3339)
	}
	body, err := json.Marshal(kept)
	if err != nil {
		return nil, err
	}
	return &Capture{URL: e.URL, Media: mediaEntry, Body: body}, nil
}

// feedSources gives the entries of a feed. The addresses that a list of feeds
// or a sitemap names are told as left out: following them is for the network.
func feedSources(name string, r io.Reader, yield func(Source) bool) bool {
	fail := func(err error) bool {
		return yield(Source{Input: name}.failing(&fault.Error{Kind: fault.Invalid, Input: name, Err: err}))
	}
	raw, whole, err := readHead(name, r, MaxBody)
	if err == nil && !whole {
		err = tooLong(name)
	}
	if err != nil {
		return yield(Source{Input: name}.failing(err))
	}
	size := int64(len(raw))
	if bytes.HasPrefix(raw, []byte("\x1F\x8B")) {
		if raw, err = coding.Decode(raw, "gzip", MaxBody); err != nil {
			return fail(err)
		}
	}
	switch feed.KindOf(raw) {
	case feed.Entries:
		return entrySources(name, raw, size, yield)
	case feed.Outline, feed.Sitemap:
		what, err := listed(raw)
		if err != nil {
			return fail(err)
		}
		s := &Skipped{Input: name, What: what}
		return yield(Source{Input: name, Size: size, Load: func() (*Capture, error) { return nil, s }})
	}
	return fail(errors.New("no feed, list of feeds or sitemap"))
}

// listed counts what a list of feeds or a sitemap names.
func listed(raw []byte) (string, error) {
	if feed.KindOf(raw) == feed.Outline {
		list, err := feed.ParseOPML(raw)
		return fmt.Sprintf("the %d feeds that it lists, which are not fetched", len(list)), err
	}
	m, err := feed.ParseSitemap(raw)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the %d pages and %d sitemaps that it lists, which are not fetched", len(m.Pages), len(m.Maps)), nil
}

func entrySources(name string, raw []byte, size int64, yield func(Source) bool) bool {
	if len(raw) > feed.MaxBytes {
		return yield(Source{Input: name}.failing(tooLong(name)))
	}
	f, err := feed.Parse(raw)
	if err == nil && len(f.Entries) == 0 {
		err = errors.New("a feed without entries")
	}
	if err != nil {
		return yield(Source{Input: name}.failing(&fault.Error{Kind: fault.Invalid, Input: name, Err: err}))
	}
	for i := range f.Entries {
		e := &f.Entries[i]
		s := Source{Input: name, Record: strconv.Itoa(i + 1), Size: size / int64(len(f.Entries))}
		s.Load = func() (*Capture, error) {
			c, err := CaptureEntry(f, e)
			if err != nil {
				return nil, err
			}
			c.Input, c.Record = s.Input, s.Record
			return c, nil
		}
		if strings.TrimSpace(e.Title+e.HTML) == "" {
			s = s.skipped("entry without text")
		}
		if !yield(s) {
			return false
		}
	}
	return true
}

// extractEntry makes the document of an entry. Its text begins with its title
// only where there is nothing else.
func extractEntry(c *Capture) (*Document, error) {
	var e FeedEntry
	if err := json.Unmarshal(c.Body, &e); err != nil {
		return nil, notText(c.Name(), fmt.Errorf("not an entry of a feed: %w", err))
	}
	meta := isnad.Document{Title: e.Title, Publisher: e.Feed, Author: e.Author, URL: e.URL, Text: feed.Text(e.HTML)}
	if meta.Text == "" {
		meta.Text = e.Title
	}
	d := newDocument(c.Name(), meta, nil, nil)
	if e.Date != "" {
		d.Datelines = []string{e.Date}
	}
	if e.Published != "" {
		at, err := ParseTime(e.Published)
		if err != nil {
			d.Notes = append(d.Notes, fmt.Sprintf("published %q is not a date that can be read", e.Published))
		}
		d.Published, d.Dated = at, "the feed"
	}
	return d, nil
}
