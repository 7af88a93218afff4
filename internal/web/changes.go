package web

import (
	"bytes"
	"context"
	"html"
	"net/http"
	"slices"

	"github.com/isnad/isnad/internal/desk"
)

// history is what the address of a document was seen as.
type history struct {
	Document string
	Versions []desk.Version // the newest last
	Before   desk.Version   // the one before the document, where there is one
	Edited   map[int]bool   // statements of the document in which words differ from that
}

// versions are those of the address of a document; none where it has no address.
func (s *site) versions(ctx context.Context, k *desk.Kept) ([]desk.Version, error) {
	if k.Origin.URL == "" {
		return nil, nil
	}
	return s.Archive.Versions(ctx, k.Origin.URL)
}

// history compares a document with the version of its address before it.
func (s *site) history(ctx context.Context, k *desk.Kept) (*history, error) {
	h := &history{Document: k.ID, Edited: map[int]bool{}}
	var err error
	if h.Versions, err = s.versions(ctx, k); err != nil {
		return nil, err
	}
	at := len(h.Versions) - 1
	for at >= 0 && h.Versions[at].Document != k.ID {
		at--
	}
	if at < 1 {
		return h, nil
	}
	h.Before = h.Versions[at-1]
	c, err := s.Archive.Between(ctx, k.Origin.URL, h.Before, h.Versions[at])
	if err != nil {
		return nil, err
	}
	for _, p := range c.Passages {
		for _, i := range p.After {
			h.Edited[i] = true
		}
	}
	return h, nil
}

// appendEdited marks a statement whose words were others before.
func (r *request) appendEdited(b []byte, h *history, i int) []byte {
	if !h.Edited[i] {
		return b
	}
	out := bytes.NewBuffer(b)
	if err := edited(r, h).Render(r.r.Context(), out); err != nil {
		return append(b, html.EscapeString(err.Error())...)
	}
	return out.Bytes()
}

// changesPage is what became of the address of a document.
type changesPage struct {
	Document, URL string
	Changes       []desk.Change // the newest first
}

// documentChanges shows how the captures of an address differ, each from the one
// before it.
func (s *site) documentChanges(r *request) error {
	k, err := s.kept(r.r.Context(), r.r.PathValue("id"))
	if err != nil {
		return err
	}
	p := &changesPage{Document: k.ID, URL: k.Origin.URL}
	versions, err := s.versions(r.r.Context(), k)
	if err != nil {
		return err
	}
	for i := range max(len(versions)-1, 0) {
		c, err := s.Archive.Between(r.r.Context(), p.URL, versions[i], versions[i+1])
		if err != nil {
			return err
		}
		p.Changes = append(p.Changes, c)
	}
	slices.Reverse(p.Changes)
	return r.show(http.StatusOK, "search", r.T("changes.title"), p)
}
