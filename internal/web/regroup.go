package web

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
)

// maxRegrouped is how many claims are merged, or statements set apart, at once.
const maxRegrouped = 100

// fillSame is for the decision that claims are one: those of the form, and one
// that is named by its address.
func (s *site) fillSame(r *request, d *isnad.Decision) error {
	ids := slices.Clone(r.r.PostForm["id"])
	if other := claimNamed(r.r.PostForm.Get("other")); other != "" {
		ids = append(ids, other)
	}
	if len(ids) < 2 || len(ids) > maxRegrouped {
		return wrong(fault.Invalid, "wrong.same", r.number(maxRegrouped))
	}
	for _, id := range ids {
		b, err := s.Claims.Board(r.r.Context(), id)
		if err != nil {
			return err
		}
		a, err := s.anchor(r.r.Context(), b.Claim.Members[0].Statement)
		if err != nil {
			return err
		}
		d.On = append(d.On, a)
	}
	return nil
}

// claimNamed is the claim that somebody typed the identifier or the address of.
func claimNamed(typed string) string {
	u, err := url.Parse(strings.TrimSpace(typed))
	if err != nil || u.Path == "" {
		return ""
	}
	return path.Base(u.Path)
}

// fillApart is for the decision that statements are no part of a claim.
func (s *site) fillApart(r *request, d *isnad.Decision) error {
	b, err := s.Claims.Board(r.r.Context(), r.r.PostForm.Get("id"))
	if err != nil {
		return err
	}
	apart := r.r.PostForm["apart"]
	var stays *isnad.Statement
	var leave []isnad.Anchor
	for _, m := range b.Claim.Members {
		if !slices.Contains(apart, m.Statement.ID) {
			if stays == nil {
				stays = m.Statement
			}
			continue
		}
		a, err := s.anchor(r.r.Context(), m.Statement)
		if err != nil {
			return err
		}
		leave = append(leave, a)
	}
	if stays == nil || len(leave) == 0 || len(leave) > maxRegrouped {
		return wrong(fault.Invalid, "wrong.apart", r.number(maxRegrouped))
	}
	a, err := s.anchor(r.r.Context(), stays)
	d.On = append([]isnad.Anchor{a}, leave...)
	return err
}

// anchor names a statement.
func (s *site) anchor(ctx context.Context, st *isnad.Statement) (isnad.Anchor, error) {
	k, err := s.kept(ctx, st.Doc)
	if err != nil {
		return isnad.Anchor{}, err
	}
	return isnad.Anchor{Capture: k.Hash, Quote: st.Words, ID: st.ID}, nil
}

// regroupings are the decisions by which statements of a claim are in it, or
// others are not, the oldest first.
func regroupings(list []desk.Decided, b *Board) []desk.Decided {
	member := map[string]bool{}
	for _, m := range b.Claim.Members {
		member[m.Statement.ID] = true
	}
	return slices.DeleteFunc(list, func(d desk.Decided) bool {
		return d.Undone || d.Verb != isnad.SameClaim && d.Verb != isnad.OtherClaim ||
			!slices.ContainsFunc(d.On, func(a isnad.Anchor) bool { return member[a.ID] })
	})
}
