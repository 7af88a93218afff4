package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/isnad/isnad/internal/export"
)

// filePolicy lets a page that stands in a file do nothing but be looked at.
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

// File writes a page of the workspace, such as "/claim/ID", as one file that
// needs no server: with its styles in it, and without the parts that ask for
// one. Lang is the language of its interface, as in an Accept-Language header.
func File(ctx context.Context, c Config, path, lang string, w io.Writer) error {
	handler, err := New(c)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.Host+path, http.NoBody)
	if err != nil {
		return err
	}
	req.Header.Set("Accept-Language", lang)
	page := &written{head: http.Header{}}
	handler.ServeHTTP(page, req)
	if page.status != http.StatusOK {
		return fmt.Errorf("page %s: %s", path, http.StatusText(page.status))
	}
	style, err := files.ReadFile("static/site.css")
	if err != nil {
		return err
	}
	root, err := html.Parse(&page.body)
	if err != nil {
		return err
	}
	stand(root, export.PageStyle()+string(style)+fileStyle)
	return html.Render(w, root)
}

// fileStyle is for what is no link any more.
const fileStyle = "a:not([href]) { color: inherit; text-decoration: none }\n"

// written is an answer that is kept.
type written struct {
	head   http.Header
	status int
	body   bytes.Buffer
}

func (w *written) Header() http.Header    { return w.head }
func (w *written) WriteHeader(status int) { w.status = status }

func (w *written) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.body.Write(p)
}

// served are the elements that are of no use without a server.
var served = []string{"script", "form", "button", "iframe", "link", "dialog", "input", "textarea"}

// stand makes a page stand alone.
func stand(root *html.Node, style string) {
	var out []*html.Node
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case slices.Contains(served, n.Data), attrHas(n, "class", "bar"), attrHas(n, "class", "skip"), attrHas(n, "class", "keys"), attrHas(n, "class", "pick"):
			out = append(out, n)
		case n.Data == "head":
			policy := &html.Node{Type: html.ElementNode, Data: "meta", Attr: []html.Attribute{
				{Key: "http-equiv", Val: "Content-Security-Policy"}, {Key: "content", Val: filePolicy},
			}}
			sheet := &html.Node{Type: html.ElementNode, Data: "style"}
			sheet.AppendChild(&html.Node{Type: html.TextNode, Data: style})
			n.AppendChild(policy)
			n.AppendChild(sheet)
		case n.Data == "a" && n.Namespace == "" && leads(n):
			out = append(out, n)
		case n.Data == "a":
			n.Attr = slices.DeleteFunc(n.Attr, inside)
		}
	}
	for _, n := range out {
		if p := n.PrevSibling; p != nil && p.Type == html.TextNode {
			p.Data = strings.TrimSuffix(strings.TrimRight(p.Data, " "), "·")
		}
		n.Parent.RemoveChild(n)
	}
}

// inside reports whether an attribute is an address of the workspace.
func inside(a html.Attribute) bool { return a.Key == "href" && strings.HasPrefix(a.Val, "/") }

// leads reports whether a link only says where it leads to: a passage in its
// document, or other lists of claims.
func leads(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
		return inside(a) && (strings.HasPrefix(a.Val, "/claims") || strings.HasPrefix(a.Val, "/document/") && strings.Contains(a.Val, "#"))
	})
}

// attrHas reports whether an attribute has a word in it.
func attrHas(n *html.Node, key, word string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key && slices.Contains(strings.Fields(a.Val), word) })
}
