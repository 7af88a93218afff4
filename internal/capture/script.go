package capture

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scripted is an article as the data of a page have it.
type scripted struct{ text, published string }

// scriptArticle is the longest article in the data that a page carries for its
// own scripts to show, as __NEXT_DATA__ does.
func scriptArticle(root *html.Node) scripted {
	var best scripted
	for n := range root.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil || strings.EqualFold(attr(n, "type"), "application/ld+json") {
			continue
		}
		if v, ok := scriptData(n); ok {
			best.take(dataArticle(v, 0))
		}
	}
	return best
}

func (s *scripted) take(t scripted) {
	if len(t.text) > len(s.text) {
		*s = t
	}
}

// scriptData is the JSON that a script is, or that it assigns to something.
func scriptData(n *html.Node) (v any, ok bool) {
	raw := strings.TrimSpace(n.FirstChild.Data)
	if !strings.Contains(strings.ToLower(attr(n, "type")), "json") {
		name, value, assigns := strings.Cut(raw[:min(len(raw), 200)], "=")
		if !assigns || strings.ContainsAny(strings.TrimSpace(name), "({;") || !strings.HasPrefix(strings.TrimSpace(value), "{") {
			return nil, false
		}
		raw = raw[len(name)+1:]
	}
	if len(raw) > maxScript {
		return nil, false
	}
	return v, json.NewDecoder(strings.NewReader(raw)).Decode(&v) == nil
}

// maxScript is the number of bytes of the data of a page that is looked into.
const maxScript = 4 << 20

// dataArticle is the longest text in the data that is an article by its key and
// its size, with the date that stands beside it.
func dataArticle(v any, depth int) scripted {
	var best scripted
	if depth > 2*maxLinkedDepth {
		return best
	}
	switch v := v.(type) {
	case []any:
		best.text = joinParts(v)
		for _, e := range v {
			best.take(dataArticle(e, depth+1))
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if s, ok := v[key].(string); ok && bodyKeys[strings.ToLower(key)] && len(s) >= littleText {
				best.take(scripted{text: plainText(s)})
				continue
			}
			best.take(dataArticle(v[key], depth+1))
		}
		if best.published == "" && best.text != "" {
			best.published = dataDate(v)
		}
	}
	return best
}

func dataDate(v map[string]any) string {
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if s, ok := v[key].(string); ok && dateKeys[strings.ToLower(strings.ReplaceAll(key, "_", ""))] {
			return s
		}
	}
	return ""
}

// joinParts is the text of a list of paragraphs, each an object with its text.
func joinParts(list []any) string {
	var out []string
	for _, e := range list {
		part, ok := e.(map[string]any)
		if !ok {
			return ""
		}
		for _, key := range []string{"content", "text", "html", "value"} {
			if s, ok := part[key].(string); ok {
				out = append(out, plainText(s))
				break
			}
		}
	}
	if s := strings.Join(out, "\n\n"); len(out) >= 2 && len(s) >= littleText {
		return s
	}
	return ""
}

var (
	dateKeys = wordSet("publishdate publisheddate datepublished published publishedat pubdate publishtime publishedtime publicationdate firstpublishdate displaydate")

	bodyKeys = wordSet("body articlebody content contenthtml bodyhtml html text fulltext story storybody")
)

// plainText is the text of a piece of HTML, or of what is none.
func plainText(s string) string {
	if !strings.Contains(s, "<") {
		return tidy(html.UnescapeString(s))
	}
	root, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return ""
	}
	var out []string
	for _, b := range newFlattener(find(root, atom.Body), all).blocks {
		out = append(out, b.text)
	}
	return strings.Join(out, "\n\n")
}
