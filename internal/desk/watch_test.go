package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
)

// site answers with pages by address; one that is not there is gone.
type site map[string]string

func (s site) Fetch(_ context.Context, address string, known fetch.Known) (*fetch.Page, error) {
	body, ok := s[address]
	switch {
	case !ok:
		return nil, &fault.Error{Kind: fault.NotFound, Input: address, Err: &fetch.Status{Code: 404}}
	case body == "busy":
		return nil, &fault.Error{Kind: fault.Unavailable, Input: address, Err: errors.New("busy")}
	case known.ETag == body:
		return &fetch.Page{Known: known}, nil
	}
	media := "text/html; charset=utf-8"
	if strings.HasPrefix(body, "<rss") {
		media = "application/rss+xml"
	}
	return &fetch.Page{Known: fetch.Known{ETag: body}, Capture: &capture.Capture{Input: address, URL: address, Media: media, Body: []byte(body)}}, nil
}

const page = "https://a.example/1"

// visits makes rounds over everything that is watched.
func visits(t *testing.T, k *desk.Archivist, s site) []desk.Visit {
	t.Helper()
	var out []desk.Visit
	err := k.Patrol(ctx, desk.Patrol{Fetcher: s, Once: true, All: true, Workers: 1, Report: func(v desk.Visit) { out = append(out, v) }})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func watched(t *testing.T, k *desk.Archivist) []desk.Watched {
	t.Helper()
	list, err := k.Watching(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestVisits(t *testing.T) {
	k, _ := keep(t)
	if err := k.Watch(ctx, page, time.Hour); err != nil {
		t.Fatal(err)
	}
	text := "<title>t</title><p>قال الوزير سالم الوردي إن المحطة تعمل منذ يومين في المدينة.</p>"
	other := strings.Replace(text, "يومين", "شهرين", 1)
	s := site{}
	for i, step := range []struct {
		body  string
		state desk.VisitState
	}{
		{"", desk.Missed},
		{text, desk.First},
		{text, desk.Unchanged},
		{text + "<script>1</script>", desk.Unchanged},
		{"busy", desk.Missed},
		{other, desk.Changed},
		{text, desk.Changed}, // and back: the bytes are there already
		{"", desk.Deleted},
		{"", desk.Unchanged},
		{text, desk.Unchanged},
		{other, desk.Changed},
	} {
		if delete(s, page); step.body != "" {
			s[page] = step.body
		}
		got := visits(t, k, s)
		if len(got) != 1 || got[0].State != step.state {
			t.Fatalf("step %d: %+v, want %s", i, got, step.state)
		}
		w := watched(t, k)[0]
		if wait := w.Next.Sub(noon()); step.state != desk.Missed && (wait < 50*time.Minute || wait > 70*time.Minute) {
			t.Errorf("step %d: the next visit is in %v", i, wait)
		}
		if w.Gone != (i == 7 || i == 8) {
			t.Errorf("step %d: gone is %t", i, w.Gone)
		}
	}
	var lines []string
	for c, err := range k.Changes(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprint(c.Deleted, c.Removed, c.Added, len(c.Passages)))
	}
	if want := []string{"false 1 1 1", "false 1 1 1", "true 0 0 0", "false 1 1 1"}; !slices.Equal(lines, want) {
		t.Errorf("changes %q, want %q", lines, want)
	}
	if v := verified(t, k); v.Documents != 2 {
		t.Errorf("%d documents", v.Documents)
	}
	before := watched(t, k)[0]
	if err := k.Rebuild(ctx, func(desk.Progress) {}); err != nil {
		t.Fatal(err)
	}
	if after := watched(t, k)[0]; after.Last != before.Last || after.Every != before.Every || !after.Next.IsZero() {
		t.Errorf("watched before %+v and after a rebuild %+v", before, after)
	}
	if got := visits(t, k, s); got[0].State != desk.Unchanged {
		t.Errorf("after a rebuild: %+v", got)
	}
}

// TestBackOff checks that what fails is asked for more and more rarely, and why
// is in the log once.
func TestBackOff(t *testing.T) {
	k, _ := keep(t)
	if err := k.Watch(ctx, page, time.Hour); err != nil {
		t.Fatal(err)
	}
	last := time.Duration(0)
	for i := range 5 {
		visits(t, k, site{page: "busy"})
		wait := watched(t, k)[0].Next.Sub(noon())
		if want := time.Hour << (i + 1); wait < want*9/10 || wait > want*11/10 || wait <= last {
			t.Errorf("after %d failures it waits %v, want about %v", i+1, wait, want)
		}
		last = wait
	}
	failures := 0
	for e, err := range k.Log(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Kind == "failure" {
			failures++
		}
	}
	if failures != 1 {
		t.Errorf("%d entries of failures", failures)
	}
}

func TestFeedPages(t *testing.T) {
	k, _ := keep(t)
	const at = "https://a.example/feed"
	if err := k.Watch(ctx, at, time.Hour); err != nil {
		t.Fatal(err)
	}
	s := site{at: "<rss version='2.0'><channel><item><link>/1</link></item><item><link>mailto:x</link></item></channel></rss>", page: "<p>قال الوزير إن المحطة تعمل.</p>"}
	if got := visits(t, k, s); len(got) != 2 || got[0].State != desk.Listed || got[0].Pages != 1 || got[1].State != desk.First {
		t.Fatalf("%+v", got)
	}
	for i := range 4 {
		visits(t, k, s)
		for _, w := range watched(t, k) {
			want := time.Hour
			if w.Via != "" {
				want <<= i + 1
			}
			if wait := w.Next.Sub(noon()); wait < want*9/10 || wait > want*11/10 {
				t.Errorf("%s, visit %d: next in %v, want about %v", w.URL, i+2, wait, want)
			}
		}
	}
	if err := k.Unwatch(ctx, at); err != nil || len(watched(t, k)) != 0 {
		t.Errorf("%v, %+v", err, watched(t, k))
	}
}

// TestLongList checks that pages of a list that are left out are counted.
func TestLongList(t *testing.T) {
	k, _ := keep(t)
	const at = "https://a.example/feed"
	if err := k.Watch(ctx, at, time.Hour); err != nil {
		t.Fatal(err)
	}
	var items strings.Builder
	for i := range 503 {
		fmt.Fprintf(&items, "<item><link>/%d</link></item>", i)
	}
	s := site{at: "<rss version='2.0'><channel>" + items.String() + "</channel></rss>"}
	v, err := k.Visit(ctx, s, watched(t, k)[0])
	if err != nil || v.Pages != 500 || v.Beyond != 3 {
		t.Errorf("%d pages, %d left out, %v", v.Pages, v.Beyond, err)
	}
}

// TestPauseMeanwhile pauses a page while a visit is under way: it leaves nothing.
func TestPauseMeanwhile(t *testing.T) {
	k, _ := keep(t)
	if err := k.Watch(ctx, page, time.Hour); err != nil {
		t.Fatal(err)
	}
	w := watched(t, k)[0]
	if err := k.Pause(ctx, page); err != nil {
		t.Fatal(err)
	}
	v, err := k.Visit(ctx, site{page: "<p>قال الوزير إن المحطة تعمل.</p>"}, w)
	if now := watched(t, k)[0]; err != nil || v.Capture >= 0 || now.Last >= 0 || !now.Paused || !now.Rests {
		t.Errorf("%+v, %+v, %v", v, now, err)
	}
}

// TestPatrolEnds checks that a patrol waits for what is due, and ends when told.
func TestPatrolEnds(t *testing.T) {
	k, _ := keep(t)
	if err := k.Watch(ctx, page, time.Hour); err != nil {
		t.Fatal(err)
	}
	stopped, cancel := context.WithCancel(ctx)
	n := 0
	err := k.Patrol(stopped, desk.Patrol{Fetcher: site{page: "<p>قال الوزير إن المحطة تعمل.</p>"}, Least: time.Microsecond, Report: func(desk.Visit) {
		n++
		cancel()
	}})
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("%d visits, %v", n, err)
	}
}
