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
	title, publisher, author, published, created, url, body string
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
	var scripts []any
	for n := range root.Descendants() {
		if n.DataAtom != atom.Script || !strings.EqualFold(attr(n, "type"), "application/ld+json") || n.FirstChild == nil {
			continue
		}
		if v, ok := parseLoose(n.FirstChild.Data); ok {
			scripts = append(scripts, v)
		}
	}
	for _, v := range scripts {
		walkLinked(v, 0, func(node map[string]any) {
			if isArticle(node["@type"]) {
				found.fill(node)
			}
		})
	}
	for _, v := range scripts {
		walkLinked(v, 0, func(node map[string]any) {
			if isPage(node["@type"]) {
				found.fillDates(node)
			}
		})
	}
	return found
}

// parseLoose reads JSON, also with raw line ends in strings, a comma too many
// or a comment around it, which browsers and search engines forgive.
func parseLoose(raw string) (v any, ok bool) {
	if len(raw) > maxLinked {
		return nil, false
	}
	if json.Unmarshal([]byte(raw), &v) == nil {
		return v, true
	}
	raw = strings.TrimSpace(raw)
	for _, p := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		raw = strings.TrimPrefix(raw, p)
	}
	for _, p := range []string{"-->", "//]]>", "/*]]>*/", "]]>", ";"} {
		raw = strings.TrimSpace(strings.TrimSuffix(raw, p))
	}
	return v, json.Unmarshal(mendJSON(raw), &v) == nil
}

// mendJSON escapes controls inside strings and drops commas before a closing
// bracket.
func mendJSON(s string) []byte {
	out := make([]byte, 0, len(s))
	quoted := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quoted && c == '\\' && i+1 < len(s):
			out = append(out, c)
			i++
			c = s[i]
		case c == '"':
			quoted = !quoted
		case quoted && c == '\n':
			out, c = append(out, '\\'), 'n'
		case quoted && c < ' ':
			c = ' '
		case !quoted && c == ',' && strings.HasPrefix(strings.TrimLeft(s[i+1:min(len(s), i+64)], " \r\n\t"), "}"),
			!quoted && c == ',' && strings.HasPrefix(strings.TrimLeft(s[i+1:min(len(s), i+64)], " \r\n\t"), "]"):
			continue
		}
		out = append(out, c)
	}
	return out
}

// walkLinked visits the nodes in lists, graphs and what pages are about.
func walkLinked(v any, depth int, visit func(map[string]any)) {
	if depth > maxLinkedDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walkLinked(e, depth+1, visit)
		}
	case map[string]any:
		visit(v)
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			walkLinked(v[key], depth+1, visit)
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

// isPage reports the types of pages and videos, which say when they were made
// where no article does.
func isPage(types any) bool {
	switch t := types.(type) {
	case string:
		return strings.HasSuffix(t, "WebPage") || t == "VideoObject" || t == "ItemPage"
	case []any:
		return slices.ContainsFunc(t, isPage)
	}
	return false
}

// fill takes what is not known yet.
func (a *article) fill(v map[string]any) {
	a.title = cmp.Or(a.title, nameOf(v["headline"]), nameOf(v["name"]))
	a.publisher = cmp.Or(a.publisher, nameOf(v["publisher"]))
	a.author = cmp.Or(a.author, nameOf(v["author"]))
	a.fillDates(v)
	a.url = cmp.Or(a.url, nameOf(v["url"]))
	a.body = cmp.Or(a.body, nameOf(v["articleBody"]))
}

func (a *article) fillDates(v map[string]any) {
	a.published = cmp.Or(a.published, nameOf(v["datePublished"]))
	a.created = cmp.Or(a.created, nameOf(v["dateCreated"]), nameOf(v["uploadDate"]))
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
