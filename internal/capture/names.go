package capture

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// hasName reports whether a word of the element's class or id is in the set.
// Classes that describe the layout (has-sidebar, print:hidden) name nothing.
func hasName(n *html.Node, set map[string]bool) bool {
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for name := range strings.FieldsSeq(a.Val) {
			first, _, _ := strings.Cut(name, "-")
			if strings.Contains(name, ":") || layoutWords[first] {
				continue
			}
			for w := range nameWords(name) {
				if set[w] {
					return true
				}
			}
		}
	}
	return false
}

// nameWords gives the words of a class or id in small letters: article-body,
// article_body and articleBody are two.
func nameWords(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, small := -1, false
		for i, r := range name + " " {
			letter := unicode.IsLetter(r)
			if start >= 0 && (!letter || small && unicode.IsUpper(r)) {
				if !yield(strings.ToLower(name[start:i])) {
					return
				}
				start = -1
			}
			if letter && start < 0 {
				start = i
			}
			small = letter && unicode.IsLower(r)
		}
	}
}

// bodyNames and otherNames are the words by which authors of pages name the
// parts that are, and are not, the article.
var (
	layoutWords = wordSet("has no is with not hide show without")

	articleWords = wordSet("article story post entry news single detail details")
	bodyWords    = wordSet("body content text")

	bodyNames = wordSet("article story entry post content text body main")

	replyNames = wordSet("comments commentlist commentlinks cmt cmts replies respond disqus forum")

	leadNames = wordSet("lead lede standfirst intro summary excerpt dek subtitle subheadline teaser chapeau sapo")

	dateNames = wordSet("date time datetime timestamp dateline published publish pubdate posted")
	footNames = wordSet("footer copyright copyrights")
	dateSides = wordSet("related recommended sidebar footer menu nav ticker trending popular latest breaking widget slider carousel")

	otherNames = wordSet(`comment share sharing sharedaddy social related recommended recommendation
		recommendations promo promotion advert advertisement advertising ads sponsor sponsored newsletter subscribe subscription
		breadcrumb breadcrumbs menu nav navbar navigation sidebar footer cookie cookies consent popup modal overlay login signup
		tags taglist tagcloud bio pagination pager caption credit credits banner outbrain taboola toolbar rating ratings
		byline dateline timestamp feedback copyright skip breaking ticker trending popular`)
)

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
