package sample

import (
	"strings"
	"testing"
)

func TestArticles(t *testing.T) {
	all, err := Articles()
	if err != nil || len(all) != 3 {
		t.Fatalf("%d articles, %v", len(all), err)
	}
	for _, a := range all {
		head, body, ok := strings.Cut(a.Text, "\n\n")
		if !ok || !strings.Contains(head, "\ntitle: ") || !strings.Contains(head, "\npublished: ") {
			t.Errorf("%s has no header block", a.Name)
		}
		if n := len(strings.Fields(body)); n < 150 || n > 300 {
			t.Errorf("%s has %d words", a.Name, n)
		}
	}
}
