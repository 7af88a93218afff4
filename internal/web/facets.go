package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/export"
)

// facets tell what the newest answers to a search have in common, each as a
// narrower search.
type facets struct {
	Among                      int // answers that were counted
	Speakers, Stances, Outlets []facet
	Bars                       []bar
	Width                      int
}

// facet is one value of the answers.
type facet struct {
	Name, Address string
	Count         int
}

// bar is a stretch of time, and how many of the answers are of it.
type bar struct {
	facet
	X, Y, Height int
}

// Bounds of facets.
const (
	facetHits = 100 // answers that are counted
	maxFacets = 6   // of a kind
	barHeight = 48
	barStep   = 26
	maxBars   = 36
)

// facets counts hits; nil where there is nothing to tell apart.
func (r *request) facets(p *searchPage, hits []archive.Hit) *facets {
	if p.Documents || len(hits) < 2 {
		return nil
	}
	speakers, stances, outlets := map[string]int{}, map[string]int{}, map[string]int{}
	var times []time.Time
	for i := range hits {
		h := &hits[i]
		speakers[first(h.Statement.Names)]++
		stances[h.Statement.Stance.String()]++
		outlets[h.Doc.Publisher]++
		if !h.Doc.Published.IsZero() {
			times = append(times, h.Doc.Published)
		}
	}
	f := &facets{Among: len(hits), Speakers: narrower(p, "speaker", speakers), Stances: narrower(p, "stance", stances), Outlets: narrower(p, "publisher", outlets)}
	for i := range f.Stances {
		if s, err := isnad.ParseStance(f.Stances[i].Name); err == nil {
			f.Stances[i].Name = export.StanceNames(r.Lang())[s]
		}
	}
	f.Bars = bars(p, times)
	f.Width = len(f.Bars) * barStep
	return f
}

// narrower are the values that most hits have, each as a filter of the search.
func narrower(p *searchPage, filter string, counts map[string]int) []facet {
	var list []facet
	for name, n := range counts {
		value := strings.ReplaceAll(name, `"`, " ")
		if strings.TrimSpace(value) == "" {
			continue
		}
		if filter != "stance" {
			value = `"` + value + `"`
		}
		list = append(list, facet{name, p.with(filter + ":" + value), n})
	}
	slices.SortFunc(list, func(a, b facet) int { return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Name, b.Name)) })
	return list[:min(len(list), maxFacets)]
}

// with is the address of the same search with a filter more.
func (p *searchPage) with(filter string) string {
	q := p.Query
	if strings.Contains(q, " OR ") {
		q = "(" + q + ")"
	}
	return "/search?" + url.Values{"q": {strings.TrimSpace(q + " " + filter)}}.Encode()
}

// bars count times by month, or by year where the months are too many; of more
// years than there is room for, the newest.
func bars(p *searchPage, times []time.Time) []bar {
	if len(times) < 2 {
		return nil
	}
	from, to := slices.MinFunc(times, time.Time.Compare).UTC(), slices.MaxFunc(times, time.Time.Compare)
	layout, begin, years, months := "2006-01", time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, time.UTC), 0, 1
	if to.Sub(from) > maxBars*30*24*time.Hour {
		year := max(from.Year(), to.UTC().Year()-maxBars+1)
		layout, begin, years, months = "2006", time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), 1, 0
	}
	counts := map[string]int{}
	most := 1
	for _, t := range times {
		counts[t.UTC().Format(layout)]++
		most = max(most, counts[t.UTC().Format(layout)])
	}
	var list []bar
	for at := begin; !at.After(to) && len(list) < maxBars; at = at.AddDate(years, months, 0) {
		name := at.Format(layout)
		filter := "after:" + at.AddDate(-years, -months, 0).Format(layout) + " before:" + at.AddDate(years, months, 0).Format(layout)
		b := bar{facet{name, p.with(filter), counts[name]}, len(list) * barStep, 0, counts[name] * barHeight / most}
		b.Y = barHeight - b.Height
		list = append(list, b)
	}
	return list
}
