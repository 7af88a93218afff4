package web

import (
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
)

// readForm is the page on which a text is given.
func (s *site) readForm(r *request) error {
	return r.show(http.StatusOK, "read", r.T("read.title"), &readPage{})
}

// formMemory is how much of an upload is held in memory while it is parsed.
const formMemory = 8 << 20

// readPost reads what was pasted or dropped, and shows it at an address of its own.
func (s *site) readPost(r *request) error {
	if err := r.r.ParseMultipartForm(formMemory); err != nil {
		return badForm(err)
	}
	defer r.r.MultipartForm.RemoveAll()
	n, err := given(r.r)
	if err != nil {
		return err
	}
	n.Read, err = s.Reader.ReadOne(r.r.Context(), capture.BytesItem(n.Name, n.Body))
	if err != nil {
		return err
	}
	s.drafts.add(n)
	http.Redirect(r.w, r.r, "/read/"+n.ID, http.StatusSeeOther)
	return nil
}

// given is what a form gave: a file, or else a text.
func given(r *http.Request) (*draft, error) {
	files := r.MultipartForm.File["file"]
	if len(files) > 0 && files[0].Size > 0 {
		body, err := contents(files[0])
		return &draft{Name: files[0].Filename, Body: body}, err
	}
	text := strings.ReplaceAll(r.PostFormValue("text"), "\r\n", "\n")
	if strings.TrimSpace(text) == "" {
		return nil, wrong(fault.Invalid, "wrong.nothing")
	}
	return &draft{Body: []byte(text)}, nil
}

func contents(f *multipart.FileHeader) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(in)
}

// article is what the page of a document shows.
type article struct {
	Head       *export.Head
	Title      string
	Text, List templ.Component
	Statements int
	Long       bool // only the first part is shown
	Notes      []string
	Draft      string     // its ID, where nothing has been kept yet
	Kept       *desk.Kept // nil for a draft
	Versions   int        // of its address that were captured
}

var errNoDraft = wrong(fault.NotFound, "wrong.draft")

// readDraft shows a draft.
func (s *site) readDraft(r *request) error {
	n := s.drafts.get(r.r.PathValue("draft"))
	if n == nil {
		return errNoDraft
	}
	a := r.article(n.Read)
	a.Draft = n.ID
	return r.show(http.StatusOK, "read", a.Title, a)
}

// article lays a reading out.
func (r *request) article(read *desk.Read) *article {
	a := &article{Head: &read.Head, Notes: read.Notes, Long: len(read.Parts) > 1}
	a.Title = read.Head.Title
	if a.Title == "" {
		a.Title = read.Head.ID
	}
	if a.Title == "" {
		a.Title = r.T("read.untitled")
	}
	if len(read.Parts) == 0 {
		return a
	}
	part := &read.Parts[0]
	f := export.NewFragment(r.Lang(), part, nil)
	a.Statements = len(part.Attributions)
	a.Text, a.List = templ.Raw(string(f.Text)), templ.Raw(string(f.List))
	return a
}
