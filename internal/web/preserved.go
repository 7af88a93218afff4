package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/isnad/isnad/internal/capture"
)

// preservedPolicy is the policy of a preserved page: it may do nothing and ask
// for nothing, and stands in a frame of the workspace only.
const preservedPolicy = "sandbox; default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// shapes are the elements that give a text its shape.
var shapes = strings.Fields("article aside b blockquote br caption dd del div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i ins li main " +
	"ol p pre q s section small span strong sub sup table tbody td th thead time tr u ul")

// unread are elements whose content is no text of the page.
var unread = strings.Fields("head iframe math noscript object script style svg template title")

// plainPage keeps of a page its text and the elements that shape it, these
// without their attributes save for direction and language: nothing that is
// left has an address, a style or a script. It is one pass over the page.
func plainPage(page string) string {
	var b strings.Builder
	skip := ""
	for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
		t := z.Token()
		switch {
		case skip != "":
			if t.Type == html.EndTagToken && t.Data == skip {
				skip = ""
			}
		case t.Type == html.TextToken:
			b.WriteString(html.EscapeString(t.Data))
		case t.Type == html.StartTagToken && slices.Contains(unread, t.Data):
			skip = t.Data
		case slices.Contains(shapes, t.Data) && t.Type == html.EndTagToken:
			b.WriteString("</" + t.Data + ">")
		case slices.Contains(shapes, t.Data):
			b.WriteString("<" + t.Data)
			for _, a := range t.Attr {
				if a.Key == "dir" || a.Key == "lang" {
					b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
				}
			}
			b.WriteString(">")
		}
	}
	return b.String()
}

// preserved shows a capture for a frame: the shape of the page, without its
// pictures, links, styles and scripts.
func (s *site) preserved(r *request) error {
	c, err := s.captured(r)
	if err != nil {
		return err
	}
	text, isHTML, err := capture.Page(c)
	if err != nil {
		return err
	}
	body := "<pre>" + html.EscapeString(text) + "</pre>"
	if isHTML {
		body = plainPage(text)
	}
	r.w.Header().Set("Content-Security-Policy", preservedPolicy)
	r.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err = fmt.Fprintf(r.w, `<!doctype html><html><head><meta charset="utf-8"><title>%s</title><link rel="stylesheet" href="/static/preserved.css"></head><body dir="auto">%s</body></html>`,
		html.EscapeString(r.T("doc.preserved")), body)
	return err
}

// original gives the bytes of a capture as a file: never as a page of this site.
func (s *site) original(r *request) error {
	c, err := s.captured(r)
	if err != nil {
		return err
	}
	r.w.Header().Set("Content-Security-Policy", preservedPolicy)
	r.w.Header().Set("Content-Type", "application/octet-stream")
	r.w.Header().Set("Content-Disposition", "attachment; filename=capture-"+r.r.PathValue("entry"))
	_, err = r.w.Write(c.Body)
	return err
}

func (s *site) captured(r *request) (*capture.Capture, error) {
	n, err := r.entry()
	if err != nil {
		return nil, err
	}
	return s.Archive.Captured(r.r.Context(), n)
}

// capture leads from the number of a capture to its document.
func (s *site) capture(r *request) error {
	n, err := r.entry()
	if err != nil {
		return err
	}
	id, err := s.Archive.DocumentOf(r.r.Context(), n)
	if err != nil {
		return err
	}
	http.Redirect(r.w, r.r, "/document/"+id, http.StatusSeeOther)
	return nil
}

// entry is the entry of the log that the address names.
func (r *request) entry() (int64, error) {
	n, err := strconv.ParseInt(r.r.PathValue("entry"), 10, 64)
	if err != nil {
		return 0, errNoPage
	}
	return n, nil
}
