package export

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// pageText gives the paragraphs of a page without numbers and notes, and fails
// where elements do not nest.
func pageText(t *testing.T, page string) []string {
	t.Helper()
	var out []string
	var open []string
	var text strings.Builder
	skip := 0
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("left open: %q", open)
			}
			return out
		case html.TextToken:
			if skip == 0 {
				text.WriteString(html.UnescapeString(string(z.Raw())))
			}
		case html.StartTagToken:
			tok := z.Token()
			if tok.Data == "meta" {
				continue
			}
			open = append(open, tok.Data)
			switch class := attribute(tok, "class"); {
			case skip > 0 || class == "no" || class == "tip":
				skip++
			case tok.Data == "p":
				text.Reset()
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes %q in\n%s", name, open, page)
			}
			open = open[:len(open)-1]
			if skip > 0 {
				skip--
			}
			if name == "p" {
				out = append(out, text.String())
			}
		}
	}
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestPage(t *testing.T) {
	h, p := relay(t)
	h.Title = `<script>alert("x")</script>`
	var head strings.Builder
	if err := HTML.Open(&head, h); err != nil {
		t.Fatal(err)
	}
	page := head.String() + write(t, HTML, h, p) + HTML.Close
	for _, want := range []string{
		`<html lang="ar" dir="rtl">`,
		`<p dir="rtl" lang="ar"><i class="cue">نقلت</i> <b class="src">وكالة الوادي</b>`,
		`<mark class="a r1" id="a.2etxt-p1"><a class="no" href="#a.2etxt-s1">+1</a>`,
		`<mark class="d r0" id="a.2etxt-p3"><a class="no" href="#a.2etxt-s3">−3</a>`,
		`<bdi>وكالة الوادي</bdi><span class="from"></span><bdi>سليم الحداد</bdi>`,
		`<time>2024-10-10</time>`,
		`<i>غير مسمّى</i>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, never := range []string{"<script", "http:", "https:", "src=", "url(", "@import"} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %s", never)
		}
	}
	if ids := strings.Count(page, ` id="`); ids != 8 {
		t.Errorf("%d ids, want one for each passage and statement", ids)
	}
	pageText(t, strings.TrimPrefix(page, "<!doctype html>"))
}

func TestPageNestsNoDeeperThanItShows(t *testing.T) {
	h, p := relay(t)
	deep := p.Attributions[1]
	p.Attributions = nil
	for range 500 {
		p.Attributions = append(p.Attributions, deep)
	}
	p.Tellers = nil
	for i := range p.Attributions {
		p.Attributions[i].Parent = -1
	}
	if n := len(write(t, HTML, h, p)); n > 500*2000 {
		t.Errorf("a page of %d bytes", n)
	}
}

func TestPageWords(t *testing.T) {
	for _, w := range []*pageWords{&englishWords, &arabicWords} {
		for _, list := range [][]string{w.sides[:], w.stances[:], w.sources[:], {w.lang, w.dir, w.statements, w.howTo, w.notNamed, w.negated, w.why, w.confidence, w.rule, w.foot}} {
			for i, s := range list {
				if s == "" {
					t.Errorf("%s: word %d of %q is missing", w.lang, i, list)
				}
			}
		}
	}
}
