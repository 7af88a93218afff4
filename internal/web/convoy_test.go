package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/isnad/isnad/claim"
	"github.com/isnad/isnad/internal/sample"
	"github.com/isnad/isnad/lang/ar"
)

var claimLink = regexp.MustCompile(`href="(/claim/[0-9a-f]+)"`)

// TestConvoy follows every claim that the desk names, one click away, on the
// sample case: one of them sets what the coalition denied beside what it
// admitted four days later, with dates and the way to both passages.
func TestConvoy(t *testing.T) {
	h := convoySite(t)
	_, desk := get(t, h, "/", "en")
	links := claimLink.FindAllStringSubmatch(desk, -1)
	if len(links) == 0 {
		t.Fatalf("the desk names no claim:\n%s", desk)
	}
	for _, l := range links {
		code, page := get(t, h, l[1], "en")
		if code != http.StatusOK {
			t.Fatalf("%s: status %d", l[1], code)
		}
		for _, pair := range strings.Split(page, `class="pair"`)[1:] {
			pair, _, _ = strings.Cut(pair, "</div>")
			if strings.Contains(pair, "لم يحضر أي اجتماع") && strings.Contains(pair, "one of its officers was present") &&
				strings.Contains(pair, "12 October 2024") && strings.Contains(pair, "16 October 2024") && strings.Count(pair, `href="/document/`) == 2 {
				return
			}
		}
	}
	t.Errorf("none of the %d claims of the desk sets the coalition's denial beside its admission", len(links))
}

// convoyConfig is a workspace on the sample case.
func convoyConfig(t testing.TB) Config {
	t.Helper()
	articles, err := sample.Convoy()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, a := range articles {
		texts = append(texts, a.Text)
	}
	return withClaims(t, newConfig(t, texts...))
}

// withClaims gives a workspace the claims of its archive.
func withClaims(t testing.TB, c Config) Config {
	t.Helper()
	arabic, english := packs(t)
	book, err := claim.New(ar.Stems(), arabic, english)
	if err != nil {
		t.Fatal(err)
	}
	c.Claims = NewClaims(t.Context(), c.Archive, book)
	return c
}

var partyLink = regexp.MustCompile(`href="(/party/[0-9a-f]+)"`)

// TestPartyTurned finds on the page of the coalition, and of no more than some
// parties, that it changed sides, and who speaks for it.
func TestPartyTurned(t *testing.T) {
	h := convoySite(t)
	_, list := get(t, h, "/parties", "en")
	turned, spoken, all := 0, 0, partyLink.FindAllStringSubmatch(list, -1)
	for _, l := range all {
		code, page := get(t, h, l[1], "en")
		if code != http.StatusOK {
			t.Fatalf("%s: status %d", l[1], code)
		}
		if strings.Contains(page, "Spoken for by") {
			spoken++
		}
		_, after, found := strings.Cut(page, "What contradicts what")
		if found && strings.Contains(after, "لم يحضر أي اجتماع") && strings.Contains(after, "one of its officers was present") {
			turned++
		}
	}
	if turned == 0 || turned > 3 || spoken == 0 || spoken == len(all) {
		t.Errorf("of %d parties %d changed sides about the meeting and %d have someone who speaks for them", len(all), turned, spoken)
	}
}
