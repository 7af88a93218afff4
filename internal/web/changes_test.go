package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/isnad/isnad/internal/desk"
)

// TestDocumentChanges edits a watched page in silence, and looks at the document
// of either capture in both languages.
func TestDocumentChanges(t *testing.T) {
	h, visit := newWatcher(t)
	const before = "<p>قال مدير المياه سالم الوردي إن المحطة تعمل وإن عشرين مضخة وصلت كلها إلى المستودع.</p><p>ونفى الوردي إغلاق المحطة في الأسبوع المقبل.</p>"
	documents := map[int64]string{}
	var captures []int64
	for _, body := range []string{before, strings.Replace(before, "عشرين مضخة", "مضختين", 1)} {
		list := visit(outlet{watchedPage: body})
		if len(list) != 1 || list[0].State != desk.First && list[0].State != desk.Changed {
			t.Fatalf("%+v", list)
		}
		captures = append(captures, list[0].Capture)
		documents[list[0].Capture] = redirected(t, h, fmt.Sprintf("/capture/%d", list[0].Capture))
	}
	for _, language := range languages {
		for n, entry := range captures {
			_, page := get(t, h, documents[entry], language)
			if marks := strings.Count(page, `<p class="edited">`); marks != n {
				t.Errorf("%s: %d passages of capture %d are marked, want %d", language, marks, n+1, n)
			}
			if marks := strings.Count(page, " ±</a>"); marks != n {
				t.Errorf("%s: %d passages in the text of capture %d are marked, want %d", language, marks, n+1, n)
			}
			if !strings.Contains(page, `href="`+documents[entry]+`/changes"`) {
				t.Errorf("%s: capture %d does not lead to the changes", language, n+1)
			}
			code, page := get(t, h, documents[entry]+"/changes", language)
			for _, want := range []string{"<del>عشرين مضخة", "<ins>مضختين", "سالم الوردي", `<p class="passage" dir="auto">`} {
				if code != http.StatusOK || !strings.Contains(page, want) {
					t.Errorf("%s: status %d, no %s in\n%s", language, code, want, page)
				}
			}
			if strings.Contains(page, "إغلاق") {
				t.Errorf("%s: a passage that stayed as it was is shown as changed", language)
			}
		}
	}
	if code, _ := get(t, h, "/document/none/changes", "en"); code != http.StatusNotFound {
		t.Errorf("status %d for no document", code)
	}
}
