package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive/mem"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
)

const host = "127.0.0.1:8420"

// packs are both languages.
func packs(t testing.TB) (arabic, english *lang.Pack) {
	t.Helper()
	arabic, err := ar.Load()
	if err == nil {
		english, err = en.Load()
	}
	if err != nil {
		t.Fatal(err)
	}
	return arabic, english
}

// newDesk makes a desk for both languages.
func newDesk(t testing.TB) *desk.Desk {
	t.Helper()
	arabic, english := packs(t)
	d, err := desk.New(arabic, english)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// newArchive makes an archive in memory with documents in it.
func newArchive(t testing.TB, d *desk.Desk, documents ...string) *desk.Archivist {
	t.Helper()
	folder, err := fold.New(ar.Stems())
	if err != nil {
		t.Fatal(err)
	}
	a, err := mem.New(folder)
	if err != nil {
		t.Fatal(err)
	}
	k, err := d.Keep(a, folder, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	var sources []capture.Source
	for i, text := range documents {
		sources = append(sources, capture.BytesSource(fmt.Sprint(i, ".txt"), []byte(text), time.Now()))
	}
	err = k.Receive(t.Context(), slices.Values(sources), func(receipts []desk.Receipt) error {
		for _, r := range receipts {
			if r.Err != nil {
				t.Error(r.Err)
			}
		}
		return nil
	})
	if err == nil {
		err = k.Sync(t.Context(), nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// newConfig is a workspace with documents in its archive.
func newConfig(t testing.TB, documents ...string) Config {
	t.Helper()
	d := newDesk(t)
	return Config{
		Host: host, Reader: d, Archive: newArchive(t, d, documents...), Claims: shelf{bridge(t)}, Context: t.Context(), Now: time.Now,
		Fetch: func(links []string) iter.Seq[capture.Source] {
			return func(yield func(capture.Source) bool) {
				for _, l := range links {
					if !yield(capture.BytesSource(l, []byte("The minister said that "+l+" was true.\n"), time.Now())) {
						return
					}
				}
			}
		},
	}
}

func newSite(t testing.TB, documents ...string) http.Handler {
	t.Helper()
	h, err := New(newConfig(t, documents...))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// answer is the answer to one request.
func answer(t testing.TB, h http.Handler, r *http.Request) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func get(t testing.TB, h http.Handler, path, language string) (int, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://"+host+path, nil)
	r.AddCookie(&http.Cookie{Name: "lang", Value: language})
	a := answer(t, h, r)
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	return a.StatusCode, string(b)
}

// paste reads a text and returns the path of the page that shows it.
func paste(t testing.TB, h http.Handler, name, text string) string {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	if err != nil {
		t.Fatal(err)
	}
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "http://"+host+"/read", &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	a := answer(t, h, r)
	if a.StatusCode != http.StatusSeeOther {
		msg, _ := io.ReadAll(a.Body)
		t.Fatalf("status %d: %s", a.StatusCode, msg)
	}
	return a.Header.Get("Location")
}

func TestRead(t *testing.T) {
	h := newSite(t)
	at := paste(t, h, "note.txt", "قال وزير المياه سليم الحداد إن المحطة لن تتوقف. ونفى المجلس البلدي أنه أغلق الطريق.\n")
	for language, want := range map[string][]string{
		"ar": {`<html lang="ar" dir="rtl">`, "قولان", "<bdi>سليم الحداد</bdi>", `<p dir="rtl" lang="ar">`, "ينفي"},
		"en": {`<html lang="en" dir="ltr">`, "2 statements", "<bdi>سليم الحداد</bdi>", `<p dir="rtl" lang="ar">`, "denies"},
	} {
		code, page := get(t, h, at, language)
		if code != http.StatusOK {
			t.Fatalf("status %d", code)
		}
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: no %s in\n%s", language, w, page)
			}
		}
	}
}

// TestGuard sends what no page of the workspace would send.
func TestGuard(t *testing.T) {
	h := newSite(t)
	request := func(method, address, origin, site string) int {
		r := httptest.NewRequest(method, address, strings.NewReader("lang=ar"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if origin != "" {
			r.Header.Set("Origin", origin)
		}
		if site != "" {
			r.Header.Set("Sec-Fetch-Site", site)
		}
		return answer(t, h, r).StatusCode
	}
	tests := []struct {
		name, method, address, origin, site string
		want                                int
	}{
		{"own", "GET", "http://127.0.0.1:8420/read", "", "", 200},
		{"own by name", "GET", "http://localhost:8420/read", "", "", 200},
		{"own by its other address", "GET", "http://[::1]:8420/read", "", "", 200},
		{"rebound name", "GET", "http://attacker.example:8420/read", "", "", 421},
		{"rebound name that looks like ours", "GET", "http://127.0.0.1.attacker.example:8420/read", "", "", 421},
		{"other port", "GET", "http://127.0.0.1:80/read", "", "", 421},
		{"no port", "GET", "http://127.0.0.1/read", "", "", 421},
		{"own post", "POST", "http://127.0.0.1:8420/settings", "http://127.0.0.1:8420", "same-origin", 303},
		{"post of another site", "POST", "http://127.0.0.1:8420/settings", "http://attacker.example", "cross-site", 403},
		{"post of another port", "POST", "http://127.0.0.1:8420/settings", "http://127.0.0.1:9000", "same-site", 403},
		{"post of another origin, old browser", "POST", "http://127.0.0.1:8420/settings", "http://attacker.example", "", 403},
		{"no such page", "GET", "http://127.0.0.1:8420/static/../words.tsv", "", "", 307},
		{"path out of static", "GET", "http://127.0.0.1:8420/static/..%2fwords.tsv", "", "", 400},
	}
	for _, tt := range tests {
		if got := request(tt.method, tt.address, tt.origin, tt.site); got != tt.want {
			t.Errorf("%s: status %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestBack(t *testing.T) {
	for in, want := range map[string]string{
		"/read": "/read", "/search?q=a%20b": "/search?q=a%20b", "": "/", "//attacker.example/": "/", "https://attacker.example/": "/",
		`/\attacker.example`: "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/", "read": "/",
	} {
		if got := localPath(in); got != want {
			t.Errorf("localPath(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestWords checks that every message that templates and code ask for is in
// the table in both languages, and that none is there for nothing.
func TestWords(t *testing.T) {
	w, err := loadWords(files)
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, glob := range []string{"*.templ", "*.go"} {
		source.WriteString(readAll(t, glob))
	}
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`"([a-z]+\.[a-z]+(?:\.[a-z]+)?)"`).FindAllStringSubmatch(source.String(), -1) {
		used[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`\.(?:T|N) "([^"]+)"`).FindAllStringSubmatch(source.String(), -1) {
		if _, ok := w.messages[m[1]]; !ok && w.messages[m[1]+".other"] == [2]string{} {
			t.Errorf("no message %q", m[1])
		}
	}
	made := regexp.MustCompile(`^(nav|lang|settings|digits|months|stance|side|dispute|slot|decide\.statement|decide\.party|decide\.claim|verdict|kind)\.`)
	for key, m := range w.messages {
		base := regexp.MustCompile(`\.(zero|one|two|few|many|other|do)$`).ReplaceAllString(key, "")
		if !used[key] && !used[base] && !made.MatchString(key) {
			t.Errorf("message %q is used nowhere", key)
		}
		for i, s := range m {
			if s == "" {
				t.Errorf("message %q is empty in %s", key, languages[i])
			}
		}
	}
}

// payloads are texts that try to become code in one way or another.
var payloads = strings.Split(strings.TrimSpace(readPayloads()), "\n")

// allowed are the elements and attributes with an address that a page may have.
func hostileNodes(n *html.Node, bad *[]string) {
	if n.Type == html.ElementNode {
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				*bad = append(*bad, n.Data+" "+a.Key)
			case a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction":
				if u, err := url.Parse(a.Val); err != nil || u.Host != "" || u.Scheme != "" {
					*bad = append(*bad, n.Data+" "+a.Val)
				}
			}
		}
		switch n.Data {
		case "iframe":
			if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "sandbox" && a.Val == "" }) {
				*bad = append(*bad, "a frame that may do something")
			}
		case "script":
			if n.FirstChild != nil {
				*bad = append(*bad, "a script in the page")
			}
		case "object", "embed", "base", "meta", "img", "math", "video", "audio", "style", "link":
			if n.Data != "meta" && n.Data != "link" || n.Parent.Data != "head" {
				*bad = append(*bad, n.Data)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		hostileNodes(c, bad)
	}
}

// turnsLine reports whether a page shows a control of direction as it is. What
// stands in a field of a form is by itself, and has to be as it was.
func turnsLine(n *html.Node) bool {
	if n.Type == html.TextNode && n.Parent.Data != "textarea" {
		return strings.ContainsFunc(n.Data, func(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 })
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if turnsLine(c) {
			return true
		}
	}
	return false
}

// TestPayloads puts hostile texts wherever a text comes from outside and looks
// at the page as a browser parses it.
func TestPayloads(t *testing.T) {
	if len(payloads) < 40 {
		t.Fatalf("%d payloads, want 40", len(payloads))
	}
	for _, p := range payloads {
		b := board(t, "hostile", utterance{p, "2024-10-12", p, isnad.Affirms, []string{p, "?" + p}}, utterance{"d" + p, "2024-10-13", p, isnad.Denies, []string{p}})
		b.Claim.Members[0].Why = p
		text := "title: " + p + "\npublisher: " + p + "\nauthor: " + p + "\n\nThe minister " + p + " said that " + p + " was true. “" + p + ",” the council said.\n\n" +
			"قال الوزير " + p + " إن «" + p + "» صحيح.\n"
		c := newConfig(t, text, "<!doctype html><html><head><title>"+p+"</title></head><body><article><p>"+p+"</p><p title=\""+p+"\">The minister said that it was true.</p></article></body></html>")
		c.Claims = shelf{b}
		h, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		kept := addresses(t, h)
		for _, address := range append(kept, paste(t, h, "a.txt", text), paste(t, h, p+".txt", "The minister said that it was true.\n"), "/"+url.PathEscape(p), "/read/"+url.PathEscape(p), "/claim/hostile", "/claims", "/claim/"+url.PathEscape(p),
			"/", "/search", "/search?q="+url.QueryEscape(p), "/parties?q="+url.QueryEscape(p), "/parties", "/log", "/preserved/0", "/preserved/1") {
			code, page := get(t, h, address, "ar")
			if code >= 500 {
				t.Errorf("%q: status %d", p, code)
			}
			root, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			var bad []string
			if hostileNodes(root, &bad); len(bad) > 0 {
				t.Errorf("%q at %s: %v", p, address, bad)
			}
			if !strings.HasPrefix(address, "/preserved/") && turnsLine(root) {
				t.Errorf("%q at %s: a control of direction reached the page", p, address)
			}
		}
	}
}

var address = regexp.MustCompile(`href="(/(?:document|party)/[^"#]+)`)

// addresses are the documents and parties of an archive.
func addresses(t testing.TB, h http.Handler) []string {
	t.Helper()
	var all []string
	for _, p := range []string{"/search", "/parties"} {
		_, page := get(t, h, p, "en")
		for _, m := range address.FindAllStringSubmatch(page, -1) {
			if !slices.Contains(all, m[1]) {
				all = append(all, m[1])
			}
		}
	}
	return all
}

// TestDrafts fills the room for drafts.
func TestDrafts(t *testing.T) {
	d := newDrafts(time.Now)
	var first, last draft
	d.add(&first)
	for range maxDrafts {
		last = draft{Body: make([]byte, 1)}
		d.add(&last)
	}
	if d.get(first.ID) != nil || d.get(last.ID) == nil {
		t.Error("the oldest draft has to go, the newest to stay")
	}
	d.add(&draft{Body: make([]byte, maxDraftBytes+1)})
	if len(d.all) != 1 {
		t.Errorf("%d drafts beside one that takes all room", len(d.all))
	}
}

var _ Reader = (*desk.Desk)(nil)

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h := newSite(t)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://"+host+"/read", nil).WithContext(ctx))
	if w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
}
