package web

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
)

// review is a verdict as a schema.org ClaimReview. Isnad rates nothing: the
// rating is the verdict's own words.
type review struct {
	Context   string      `json:"@context"`
	Type      string      `json:"@type"`
	Published string      `json:"datePublished"`
	Claim     string      `json:"claimReviewed"`
	Body      string      `json:"reviewBody"`
	Author    named       `json:"author"`
	Rating    rating      `json:"reviewRating"`
	Reviewed  claimOfWork `json:"itemReviewed"`
}

type named struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type rating struct {
	Type string `json:"@type"`
	Name string `json:"alternateName"`
}

type claimOfWork struct {
	Type       string `json:"@type"`
	Appearance []work `json:"appearance"`
}

type work struct {
	Type      string `json:"@type"`
	URL       string `json:"url,omitempty"`
	Headline  string `json:"headline,omitempty"`
	Published string `json:"datePublished,omitempty"`
	Publisher *named `json:"publisher,omitempty"`
}

// maxRating is how much of a verdict serves as its rating, in characters.
const maxRating = 120

// claimReview gives the newest verdict that stands about a claim.
func (s *site) claimReview(r *request) error {
	b, err := s.Claims.Board(r.r.Context(), r.r.PathValue("id"))
	if err != nil {
		return err
	}
	decisions, err := s.Archive.Decisions(r.r.Context())
	if err != nil {
		return err
	}
	list := slices.DeleteFunc(verdicts(decisions, b), func(d desk.Decided) bool { return d.Undone })
	if len(list) == 0 {
		return wrong(fault.NotFound, "wrong.verdict")
	}
	v := list[len(list)-1]
	out := review{
		Context: "https://schema.org", Type: "ClaimReview", Published: v.At.Format(time.DateOnly), Claim: b.Claim.Proposition, Body: v.Note,
		Author: named{"Person", v.By}, Rating: rating{"Rating", short(v.Note, maxRating)}, Reviewed: claimOfWork{Type: "Claim"},
	}
	seen := map[string]bool{}
	for _, m := range b.Claim.Members {
		d := b.Sources[m.Statement.Doc]
		if d == nil || seen[d.ID] {
			continue
		}
		seen[d.ID] = true
		w := work{Type: "CreativeWork", URL: d.URL, Headline: d.Title}
		if d.Publisher != "" {
			w.Publisher = &named{"Organization", d.Publisher}
		}
		if !d.Published.IsZero() {
			w.Published = d.Published.Format(time.RFC3339)
		}
		out.Reviewed.Appearance = append(out.Reviewed.Appearance, w)
	}
	r.w.Header().Set("Content-Type", "application/ld+json; charset=utf-8")
	return json.NewEncoder(r.w).Encode(out)
}
