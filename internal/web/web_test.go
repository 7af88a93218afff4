package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/lang/ar"
	"github.com/isnad/isnad/lang/en"
)

const host = "127.0.0.1:8420"

// newDesk makes a desk for both languages.
func newDesk(t testing.TB) *desk.Desk {
	t.Helper()
	arabic, err := ar.Load()
	if err != nil {
		t.Fatal(err)
	}
	english, err := en.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(arabic, english)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newSite(t testing.TB) http.Handler {
	t.Helper()
	h, err := New(Config{Host: host, Reader: newDesk(t), Claims: shelf{bridge(t)}, Now: time.Now})
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
	for _, glob := range []string{"templates/*.html", "*.go"} {
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
	made := regexp.MustCompile(`^(nav|lang|settings|digits|months|stance|side|dispute|slot|event|verdict|kind)\.`)
	for key, m := range w.messages {
		base := regexp.MustCompile(`\.(zero|one|two|few|many|other)$`).ReplaceAllString(key, "")
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
		case "script":
			if n.FirstChild != nil {
				*bad = append(*bad, "a script in the page")
			}
		case "iframe", "object", "embed", "base", "meta", "img", "math", "video", "audio", "style", "link":
			if n.Data != "meta" && n.Data != "link" || n.Parent.Data != "head" {
				*bad = append(*bad, n.Data)
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		hostileNodes(c, bad)
	}
}

// TestPayloads puts hostile texts wherever a text comes from outside and looks
// at the page as a browser parses it.
func TestPayloads(t *testing.T) {
	reader := newDesk(t)
	if len(payloads) < 40 {
		t.Fatalf("%d payloads, want 40", len(payloads))
	}
	for _, p := range payloads {
		b := board(t, "hostile", utterance{p, "2024-10-12", p, isnad.Affirms, []string{p, "?" + p}}, utterance{"d" + p, "2024-10-13", p, isnad.Denies, []string{p}})
		b.Claim.Members[0].Why = p
		h, err := New(Config{Host: host, Reader: reader, Claims: shelf{b}, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		text := "title: " + p + "\npublisher: " + p + "\nauthor: " + p + "\n\nThe minister " + p + " said that " + p + " was true. “" + p + ",” the council said.\n\n" +
			"قال الوزير " + p + " إن «" + p + "» صحيح.\n"
		for _, address := range []string{paste(t, h, "a.txt", text), paste(t, h, p+".txt", "The minister said that it was true.\n"), "/" + url.PathEscape(p), "/read/" + url.PathEscape(p), "/claim/hostile", "/claims", "/claim/" + url.PathEscape(p)} {
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
			for _, r := range page {
				if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
					t.Errorf("%q at %s: a control of direction %U reached the page", p, address, r)
					break
				}
			}
		}
	}
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
