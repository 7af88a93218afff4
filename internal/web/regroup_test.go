package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// convoySite is a workspace on the sample case with its own claims.
func convoySite(t testing.TB) http.Handler {
	t.Helper()
	h, err := New(convoyConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// openClaim follows an address to a claim and returns the address and the page.
func openClaim(t *testing.T, h http.Handler, address string) string {
	t.Helper()
	code, page := get(t, h, address, "en")
	if code != http.StatusOK {
		t.Fatalf("%s: status %d", address, code)
	}
	return page
}

var (
	heading  = regexp.MustCompile(`<h1 dir="[a-z]+">(.*?)</h1>`)
	pickable = regexp.MustCompile(`name="apart" value="([0-9a-f]+)"`)
	undoable = regexp.MustCompile(`name="verb" value="undo"><input type="hidden" name="id" value="([0-9]+)"`)
)

// TestRegroup merges two claims on their page, sets a statement apart and takes
// both back: the boards follow, and are then the ones that were.
func TestRegroup(t *testing.T) {
	h := convoySite(t)
	_, list := get(t, h, "/claims?all=1", "en")
	links := claimLink.FindAllStringSubmatch(list, -1)
	one, two := links[0][1], links[1][1]
	before, other := openClaim(t, h, one), openClaim(t, h, two)
	decide := func(form url.Values) string {
		t.Helper()
		form.Set("by", "Rana")
		form.Set("note", "because")
		form.Set("back", "/claims")
		if code, page := submit(t, h, "/decide", form); code != http.StatusSeeOther {
			t.Fatalf("%v: status %d\n%s", form, code, page)
		}
		return ""
	}
	moved := pickable.FindStringSubmatch(other)[1]
	decide(url.Values{"verb": {"claim.same"}, "id": {strings.TrimPrefix(one, "/claim/")}, "other": {"http://" + host + two}})
	merged := openClaim(t, h, "/claim/"+moved)
	for _, page := range []string{before, other} {
		for _, m := range pickable.FindAllStringSubmatch(page, -1)[:1] {
			if !strings.Contains(merged, m[1]) {
				t.Errorf("the merged claim has no statement %s", m[1])
			}
		}
	}
	if !strings.Contains(merged, "Rana") || !strings.Contains(merged, "because") {
		t.Error("the merged claim does not say who merged it and why")
	}
	n := undoable.FindStringSubmatch(merged)
	if n == nil {
		t.Fatal("the merging cannot be undone")
	}
	decide(url.Values{"verb": {"undo"}, "id": {n[1]}})
	if again := openClaim(t, h, one); again != before {
		t.Error("undoing a merging does not restore the page")
	}

	ids := pickable.FindAllStringSubmatch(before, -1)
	apart := ids[len(ids)-1][1]
	decide(url.Values{"verb": {"claim.other"}, "id": {strings.TrimPrefix(one, "/claim/")}, "apart": {apart}})
	if page := openClaim(t, h, "/claim/"+ids[0][1]); strings.Contains(page, `value="`+apart+`"`) {
		t.Error("the claim still has what was set apart")
	}
	alone := openClaim(t, h, "/claim/"+apart)
	if heading.FindString(alone) == "" || !strings.Contains(alone, `value="`+apart+`"`) {
		t.Error("what was set apart is no claim")
	}
	decide(url.Values{"verb": {"undo"}, "id": {undoable.FindStringSubmatch(alone)[1]}})
	if again := openClaim(t, h, one); again != before {
		t.Error("undoing a splitting does not restore the page")
	}
	for _, form := range []url.Values{
		{"verb": {"claim.same"}, "id": {strings.TrimPrefix(one, "/claim/")}, "by": {"Rana"}},
		{"verb": {"claim.other"}, "id": {strings.TrimPrefix(one, "/claim/")}, "by": {"Rana"}},
	} {
		if code, _ := submit(t, h, "/decide", form); code != http.StatusBadRequest {
			t.Errorf("%v: status %d", form, code)
		}
	}
}
