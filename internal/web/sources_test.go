package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/desk"
)

// outlet answers with pages by address, and fails where it has none.
type outlet map[string]string

func (o outlet) Fetch(_ context.Context, address string, _ fetch.Known) (*fetch.Page, error) {
	body, ok := o[address]
	if !ok {
		return nil, errors.New("the line is cut")
	}
	return &fetch.Page{Capture: &capture.Capture{Input: address, URL: address, Media: "text/html; charset=utf-8", Body: []byte(body)}}, nil
}

const watchedPage = "https://a.example/1"

// newWatcher is a workspace that watches a page, and what visits it.
func newWatcher(t *testing.T) (h http.Handler, visit func(outlet) []desk.Visit) {
	t.Helper()
	c := newConfig(t)
	h, err := New(c)
	if err == nil {
		err = c.Archive.Watch(t.Context(), watchedPage, time.Hour)
	}
	if err != nil {
		t.Fatal(err)
	}
	return h, func(o outlet) (list []desk.Visit) {
		t.Helper()
		err := c.Archive.Patrol(t.Context(), desk.Patrol{Fetcher: o, Once: true, All: true, Workers: 1, Report: func(v desk.Visit) { list = append(list, v) }})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
}

// redirected is where a path leads.
func redirected(t *testing.T, h http.Handler, path string) string {
	t.Helper()
	return answer(t, h, httptest.NewRequest(http.MethodGet, "http://"+host+path, nil)).Header.Get("Location")
}

// TestSources follows a page from its capture over a failure to its pause.
func TestSources(t *testing.T) {
	h, visit := newWatcher(t)
	visit(outlet{watchedPage: "<p>The minister said that the station works.</p>"})
	_, page := get(t, h, "/sources", "en")
	last := regexp.MustCompile(`href="(/capture/\d+)"`).FindStringSubmatch(page)
	if last == nil || strings.Contains(page, "the line is cut") {
		t.Fatalf("no link to the last capture, or an error:\n%s", page)
	}
	if _, page = get(t, h, redirected(t, h, last[1]), "en"); !strings.Contains(page, "the station works") {
		t.Errorf("the last capture leads to\n%s", page)
	}
	for _, bad := range []string{"/capture/x", "/capture/99"} {
		if code, _ := get(t, h, bad, "en"); code != http.StatusNotFound {
			t.Errorf("%s: status %d", bad, code)
		}
	}
	visit(outlet{})
	if _, page = get(t, h, "/sources", "ar"); !strings.Contains(page, `<span class="soft" dir="auto">the line is cut</span>`) {
		t.Errorf("the last error is not shown:\n%s", page)
	}
	for _, step := range []struct {
		do, next string
		visits   int
	}{{"pause", "resume", 0}, {"resume", "pause", 1}} {
		if code, to := submit(t, h, "/watch", url.Values{"url": {watchedPage}, "do": {step.do}}); code != http.StatusSeeOther {
			t.Fatalf("%s: status %d, %s", step.do, code, to)
		}
		if list := visit(outlet{}); len(list) != step.visits {
			t.Errorf("%d visits after %s, want %d", len(list), step.do, step.visits)
		}
		if _, page = get(t, h, "/sources", "en"); strings.Contains(page, ">paused<") != (step.visits == 0) || !strings.Contains(page, `value="`+step.next+`"`) {
			t.Errorf("after %s:\n%s", step.do, page)
		}
	}
}

// TestEvery tells intervals as people do.
func TestEvery(t *testing.T) {
	w, err := loadWords(files)
	if err != nil {
		t.Fatal(err)
	}
	for d, want := range map[time.Duration][2]string{
		time.Hour: {"every hour", "كل ساعة"}, 15 * time.Minute: {"every quarter of an hour", "كل ربع ساعة"}, 2 * time.Hour: {"every 2 hours", "كل ساعتين"},
		72 * time.Hour: {"every 3 days", "كل 3 أيام"}, 90 * time.Minute: {"every 90 minutes", "كل 90 دقيقة"},
	} {
		for lang, want := range want {
			r := &request{settings: settings{lang: lang, digits: "latin"}, words: w}
			if got := r.every(d); got != want {
				t.Errorf("%v: %q, want %q", d, got, want)
			}
		}
	}
}
