package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// submit posts a form and returns the status and the page or the address that
// the answer leads to.
func submit(t testing.TB, h http.Handler, path string, form url.Values) (int, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://"+host+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	a := answer(t, h, r)
	b, err := io.ReadAll(a.Body)
	if err != nil {
		t.Fatal(err)
	}
	if to := a.Header.Get("Location"); to != "" {
		return a.StatusCode, to
	}
	return a.StatusCode, string(b)
}

var hidden = regexp.MustCompile(`name="(id|doc|seen)" value="([^"]*)"`)

// TestConflict lets two people decide about one passage that both have open.
func TestConflict(t *testing.T) {
	h := newSite(t, "The minister of water, Selim Haddad, said that the station would not stop for a day.\n")
	document := addresses(t, h)[0]
	_, page := get(t, h, document, "en")
	form := url.Values{"verb": {"statement.confirm"}, "by": {"Rana"}, "back": {document}}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	if code, to := submit(t, h, "/decide", form); code != http.StatusSeeOther || to != document {
		t.Fatalf("the first: status %d, %s", code, to)
	}
	form.Set("by", "Omar")
	form.Set("verb", "statement.reject")
	code, page := submit(t, h, "/decide", form)
	if code != http.StatusConflict || !strings.Contains(page, "Rana") || !strings.Contains(page, "confirmed") {
		t.Errorf("the second: status %d, and what the first decided is not shown:\n%s", code, page)
	}
	_, page = get(t, h, document, "en")
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	if code, _ := submit(t, h, "/decide", form); code != http.StatusSeeOther {
		t.Errorf("the second, who has seen it: status %d", code)
	}
}

// TestCorrection refuses words that the document does not have.
func TestCorrection(t *testing.T) {
	h := newSite(t, "The minister of water, Selim Haddad, said that the station would not stop for a day.\n")
	document := addresses(t, h)[0]
	_, page := get(t, h, document, "en")
	form := url.Values{"verb": {"statement.correct"}, "by": {"Rana"}, "back": {document}, "stance": {"announce"}, "source": {"Selim Haddad"}}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	for content, want := range map[string]int{"the station would stop": http.StatusBadRequest, "": http.StatusBadRequest} {
		form.Set("content", content)
		if code, _ := submit(t, h, "/decide", form); code != want {
			t.Errorf("%q: status %d, want %d", content, code, want)
		}
	}
	form.Set("content", "the station would not stop")
	if code, page := submit(t, h, "/decide", form); code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", code, page)
	}
	_, page = get(t, h, document, "en")
	for _, want := range []string{`<b class="src">Selim Haddad</b>`, "announces", `<blockquote dir="ltr">the station would not stop</blockquote>`, "corrected"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}

// TestLimits sends more than the workspace takes.
func TestLimits(t *testing.T) {
	h := newSite(t)
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", "a.txt")
	if err == nil {
		_, err = part.Write(make([]byte, maxBody+1))
	}
	if err != nil {
		t.Fatal(err)
	}
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "http://"+host+"/read", &b)
	r.Header.Set("Content-Type", form.FormDataContentType())
	if code := answer(t, h, r).StatusCode; code != http.StatusBadRequest {
		t.Errorf("an upload that is too large: status %d", code)
	}
	for name, links := range map[string]string{
		"none": " ", "too many": strings.Repeat("https://a.example/ ", maxLinks+1), "a file": "file:///etc/passwd", "a script": "javascript:alert(1)",
	} {
		if code, _ := submit(t, h, "/add", url.Values{"links": {links}}); code != http.StatusBadRequest {
			t.Errorf("links, %s: status %d", name, code)
		}
	}
}

// TestJob adds links, and looks at the page and the stream of what becomes of them.
func TestJob(t *testing.T) {
	h := newSite(t)
	code, to := submit(t, h, "/add", url.Values{"links": {"https://a.example/1\nhttps://a.example/2"}})
	if code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", code, to)
	}
	_, events := get(t, h, to+"/events", "en")
	if !strings.Contains(events, `{"done":true,"failed":0,"finished":2}`) {
		t.Errorf("the stream ends with\n%s", events)
	}
	_, page := get(t, h, to, "en")
	if !strings.Contains(page, "2 captured") {
		t.Errorf("the page of the job:\n%s", page)
	}
	if len(addresses(t, h)) == 0 {
		t.Error("nothing was filed")
	}
}

// TestRejected has one person reject a passage that another has open: the page
// keeps it apart, search and claims no longer have it, and the second sees who
// rejected it.
func TestRejected(t *testing.T) {
	h := newSite(t, "The minister of water, Selim Haddad, said that the station would not stop for a day.\n")
	document := addresses(t, h)[0]
	_, page := get(t, h, document, "en")
	form := url.Values{"verb": {"statement.reject"}, "by": {"Rana"}, "back": {document}}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	if code, _ := submit(t, h, "/decide", form); code != http.StatusSeeOther {
		t.Fatalf("the first: status %d", code)
	}
	form.Set("by", "Omar")
	form.Set("verb", "statement.confirm")
	if code, page := submit(t, h, "/decide", form); code != http.StatusConflict || !strings.Contains(page, "Rana") {
		t.Errorf("the second: status %d, and who rejected it is not shown:\n%s", code, page)
	}
	if _, page = get(t, h, "/search?q=station", "en"); strings.Contains(page, document) {
		t.Error("search still has what was rejected")
	}
	_, page = get(t, h, document, "en")
	if !strings.Contains(page, "Rejected") || !strings.Contains(page, "data-undo") {
		t.Errorf("the document does not keep what was rejected:\n%s", page)
	}
}
