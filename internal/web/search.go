package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/query"
	"github.com/isnad/isnad/text"
)

// hit is an answer to a search.
type hit struct {
	Title, Publisher, Address string
	Who, Dir, Side, Sign      string
	Stance                    string
	Published                 time.Time
	Passage                   templ.Component
}

// searchPage is what the page of a search shows.
type searchPage struct {
	Query     string
	Documents bool
	Rank      bool
	Hits      []hit
	More      string // address of what follows
	Wrong     string // what is wrong with the query
	Feed      string // the same search as a feed
	Facets    *facets
}

// pageHits is how many hits a page shows.
const pageHits = 30

// search shows what a query finds; without one, what is newest.
func (s *site) search(r *request) error {
	p := searchPage{Query: r.r.FormValue("q"), Documents: r.r.FormValue("in") == "documents", Rank: r.r.FormValue("by") == "rank"}
	before, _ := strconv.ParseInt(r.r.FormValue("before"), 10, 64)
	found, err := s.Archive.Search(r.r.Context(), desk.Question{
		Query: p.Query, Documents: p.Documents, Rank: p.Rank, Limit: facetHits, Before: before,
	})
	status := http.StatusOK
	if bad, ok := errors.AsType[*query.Error](err); ok {
		p.Wrong, status = bad.Error(), http.StatusBadRequest
	} else if err != nil {
		return err
	}
	p.Facets = r.facets(&p, found.Hits)
	if len(found.Hits) > pageHits {
		found.Hits, found.Next = found.Hits[:pageHits], found.Hits[pageHits-1].Place
	}
	for i := range found.Hits {
		p.Hits = append(p.Hits, r.hit(&found.Hits[i]))
	}
	keep := url.Values{"q": {p.Query}}
	if p.Documents {
		keep.Set("in", "documents")
	}
	p.Feed = "/search.atom?" + keep.Encode()
	if found.Next != 0 && !p.Rank {
		keep.Set("before", strconv.FormatInt(found.Next, 10))
		p.More = "/search?" + keep.Encode()
	}
	return r.show(status, "search", r.T("nav.search"), &p)
}

func (r *request) hit(h *archive.Hit) hit {
	x := hit{
		Title: h.Doc.Title, Publisher: h.Doc.Publisher, Published: h.Doc.Published, Dir: export.Direction(h.Passage),
		Address: "/document/" + url.PathEscape(h.Doc.ID), Passage: marked(h.Passage, h.Marks),
	}
	if x.Title == "" {
		x.Title = h.Doc.ID
	}
	if s := h.Statement; s != nil {
		x.Address = passage(h.Doc.ID, h.Ord+1)
		x.Side, x.Sign = sideClasses[s.Polarity], sideSigns[s.Polarity]
		x.Stance = export.StanceNames(r.Lang())[s.Stance]
		if len(s.Names) > 0 {
			x.Who = s.Names[0]
		}
	}
	return x
}

// marked is a passage with what matched in it marked.
func marked(s string, marks []text.Span) templ.Component {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(export.Escape(s[at:m.Start]))
		spaceAfter(&b, s[at:m.Start])
		b.WriteString("<mark>" + export.Escape(m.Of(s)) + "</mark>")
		at = m.End
		if at < len(s) && s[at] == ' ' {
			b.WriteByte(' ')
		}
	}
	b.WriteString(export.Escape(s[at:]))
	return templ.Raw(b.String())
}

// spaceAfter keeps the space in front of a mark, which Escape drops at an end.
func spaceAfter(b *strings.Builder, before string) {
	if strings.HasSuffix(before, " ") || strings.HasSuffix(before, "\n") {
		b.WriteByte(' ')
	}
}
