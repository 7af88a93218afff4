package capture

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// article is what JSON-LD (schema.org) says of an article.
type article struct {
	title, publisher, author, published, url, body string
}

// Limits on JSON-LD.
const (
	maxLinked      = 1 << 20 // bytes of one script
	maxLinkedDepth = 16
)

// linkedData finds the article among the JSON-LD scripts of a page. Scripts
// that are not JSON are common and left to others.
func linkedData(root *html.Node) article {
	var found article
	for n := range root.Descendants() {
		if n.DataAtom != atom.Script || !strings.EqualFold(attr(n, "type"), "application/ld+json") || n.FirstChild == nil {
			continue
		}
		raw := n.FirstChild.Data
		var v any
		if len(raw) > maxLinked || json.Unmarshal([]byte(raw), &v) != nil {
			continue
		}
		walkLinked(v, 0, &found)
	}
	return found
}

// walkLinked looks for articles in lists, graphs and what pages are about.
func walkLinked(v any, depth int, found *article) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walkLinked(e, depth+1, found)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			found.fill(v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			walkLinked(v[key], depth+1, found)
		}
	}
}

// isArticle reports the types Article, NewsArticle, BlogPosting and their kin.
func isArticle(types any) bool {
	switch t := types.(type) {
	case string:
		return strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") || t == "Report"
	case []any:
		return slices.ContainsFunc(t, isArticle)
	}
	return false
}

// fill takes what is not known yet.
func (a *article) fill(v map[string]any) {
	a.title = cmp.Or(a.title, nameOf(v["headline"]), nameOf(v["name"]))
	a.publisher = cmp.Or(a.publisher, nameOf(v["publisher"]))
	a.author = cmp.Or(a.author, nameOf(v["author"]))
	a.published = cmp.Or(a.published, nameOf(v["datePublished"]))
	a.url = cmp.Or(a.url, nameOf(v["url"]))
	a.body = cmp.Or(a.body, nameOf(v["articleBody"]))
}

// nameOf is a string, the name of a thing, or the first of a list of either.
func nameOf(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(html.UnescapeString(v))
	case map[string]any:
		if s, ok := v["name"].(string); ok {
			return nameOf(s)
		}
	case []any:
		if len(v) > 0 {
			if _, nested := v[0].([]any); !nested {
				return nameOf(v[0])
			}
		}
	}
	return ""
}
