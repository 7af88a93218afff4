package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestQueue goes through what waits for a decision, and takes one back.
func TestQueue(t *testing.T) {
	h := newSite(t, "The minister of water, Selim Haddad, said that the station would not stop for a day.\n\nThe town council denied that it had closed the old road.\n")
	item := regexp.MustCompile(`name="doc"`)
	_, page := get(t, h, "/review", "en")
	if n := len(item.FindAllString(page, -1)); n != 2 {
		t.Fatalf("%d statements wait, want 2:\n%s", n, page)
	}
	shares := regexp.MustCompile(`machine (\d+)%`).FindAllStringSubmatch(page, -1)
	if len(shares) != 2 || shares[0][1] > shares[1][1] {
		t.Errorf("confidence in the order %v, the least certain comes first", shares)
	}
	form := url.Values{"verb": {"statement.confirm"}, "by": {"Rana"}, "back": {"/review"}}
	for _, m := range hidden.FindAllStringSubmatch(page, 3) {
		form.Set(m[1], m[2])
	}
	if code, to := submit(t, h, "/decide", form); code != http.StatusSeeOther || to != "/review" {
		t.Fatalf("status %d, %s", code, to)
	}
	_, page = get(t, h, "/review", "en")
	if n := len(item.FindAllString(page, -1)); n != 1 || !strings.Contains(page, "Rana") {
		t.Errorf("%d statements wait after one decision, or it is not shown", n)
	}
	undo := regexp.MustCompile(`name="verb" value="undo"> *<input type="hidden" name="id" value="(\d+)"`).FindStringSubmatch(page)
	if undo == nil {
		t.Fatalf("the decision cannot be undone:\n%s", page)
	}
	if code, to := submit(t, h, "/decide", url.Values{"verb": {"undo"}, "id": {undo[1]}, "by": {"Rana"}, "back": {"/review"}}); code != http.StatusSeeOther {
		t.Fatalf("undo: status %d, %s", code, to)
	}
	_, page = get(t, h, "/review", "en")
	if n := len(item.FindAllString(page, -1)); n != 2 {
		t.Errorf("%d statements wait after the undoing, want 2", n)
	}
}

// TestFacets narrows a search by what its answers have in common.
func TestFacets(t *testing.T) {
	h := newSite(t, "The minister of water, Selim Haddad, said that the station would not stop for a day.\n\nThe town council denied that it had closed the old road. Selim Haddad denied that the water was dirty.\n")
	_, page := get(t, h, "/search", "en")
	link := regexp.MustCompile(`<a href="(/search\?q=stance%3Adeny)"><bdi>[^<]*</bdi></a> <span class="soft">2<`).FindStringSubmatch(page)
	if link == nil {
		t.Fatalf("no facet for the two denials:\n%s", page)
	}
	_, page = get(t, h, link[1], "en")
	if n := strings.Count(page, `<p class="passage"`); n != 2 {
		t.Errorf("the facet finds %d statements, want 2", n)
	}
}

// TestBars counts by month, and by year over a longer time; each bar finds its
// own stretch.
func TestBars(t *testing.T) {
	p := &searchPage{Query: "a OR b"}
	list := bars(p, days(t, "2024-01-31", "2024-03-01", "2024-03-20"))
	if len(list) != 3 || list[0].Count != 1 || list[1].Count != 0 || list[2].Count != 2 || list[2].Height != barHeight {
		t.Errorf("months: %+v", list)
	}
	if want := "/search?q=%28a+OR+b%29+after%3A2024-02+before%3A2024-04"; list[2].Address != want {
		t.Errorf("address %s, want %s", list[2].Address, want)
	}
	list = bars(p, days(t, "2010-05-01", "2024-05-01"))
	if len(list) != 15 || list[14].Name != "2024" {
		t.Errorf("years: %+v", list)
	}
	// A wrong date of long ago takes no room from those of today.
	list = bars(p, days(t, "1970-01-01", "2025-05-01", "2026-05-01"))
	if len(list) != maxBars || list[maxBars-1].Name != "2026" || list[maxBars-1].Count != 1 || list[maxBars-2].Count != 1 {
		t.Errorf("%d years: %+v", len(list), list)
	}
}

func days(t *testing.T, list ...string) (times []time.Time) {
	t.Helper()
	for _, d := range list {
		at, err := time.Parse(time.DateOnly, d)
		if err != nil {
			t.Fatal(err)
		}
		times = append(times, at)
	}
	return times
}
