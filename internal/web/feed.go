package web

import (
	"encoding/xml"
	"net/http"
	"time"

	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
)

// feed is a search as an Atom feed (RFC 4287).
type feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Link    atomLink    `xml:"link"`
	Entries []feedEntry `xml:"entry"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr,omitempty"`
}

type feedEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// searchFeed answers a search as a feed.
func (s *site) searchFeed(r *request) error {
	q := r.r.FormValue("q")
	found, err := s.Archive.Search(r.r.Context(), desk.Question{Query: q, Documents: r.r.FormValue("in") == "documents", Limit: pageHits})
	if err != nil {
		return err
	}
	own := "http://" + s.Host
	f := feed{ID: own + r.r.URL.RequestURI(), Title: r.T("app.name") + ": " + q, Link: atomLink{own + r.r.URL.RequestURI(), "self"}, Updated: s.Now().UTC().Format(time.RFC3339)}
	for i := range found.Hits {
		h := r.hit(&found.Hits[i])
		at := h.Published
		if at.IsZero() {
			at = found.Hits[i].Doc.Captured
		}
		if i == 0 {
			f.Updated = at.UTC().Format(time.RFC3339)
		}
		f.Entries = append(f.Entries, feedEntry{
			ID: own + h.Address, Title: export.Visible(h.Who + " " + h.Sign), Updated: at.UTC().Format(time.RFC3339), Author: export.Visible(h.Who),
			Link: atomLink{Href: own + h.Address}, Summary: export.Visible(found.Hits[i].Passage),
		})
	}
	r.w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	r.w.WriteHeader(http.StatusOK)
	if _, err := r.w.Write([]byte(xml.Header)); err != nil {
		return err
	}
	return xml.NewEncoder(r.w).Encode(f)
}
