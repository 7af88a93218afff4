package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/desk"
)

// TestVersions changes a page, changes it back and deletes it; what it was seen
// as comes back with the index.
func TestVersions(t *testing.T) {
	k, _ := keep(t)
	if err := k.Watch(ctx, page, time.Hour); err != nil {
		t.Fatal(err)
	}
	text := "<p>قال الوزير سالم الوردي إن المحطة تعمل منذ يومين في المدينة.</p>"
	for _, body := range []string{text, strings.Replace(text, "يومين", "شهرين", 1), text} {
		visits(t, k, site{page: body})
	}
	visits(t, k, site{})
	list, err := k.Versions(ctx, page)
	if err != nil || len(list) != 3 || list[0].Document != list[2].Document || list[0].Document == list[1].Document {
		t.Fatalf("%+v, %v", list, err)
	}
	c, err := k.Between(ctx, page, list[1], list[2])
	if err != nil || len(c.Passages) != 1 || !slices.Contains(c.Passages[0].Edits, desk.Edit{Op: desk.Insert, Text: "يومين "}) || !slices.Equal(c.Passages[0].After, []int{0}) {
		t.Errorf("%+v, %v", c, err)
	}
	if err := k.Rebuild(ctx, func(desk.Progress) {}); err != nil {
		t.Fatal(err)
	}
	if again, err := k.Versions(ctx, page); err != nil || !slices.Equal(again, list) {
		t.Errorf("rebuilt: %+v, %v", again, err)
	}
}
