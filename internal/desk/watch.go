package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/fault"
)

// Fetcher gets a page from the network, unless it is as it was known.
type Fetcher interface {
	Fetch(ctx context.Context, address string, known fetch.Known) (*fetch.Page, error)
}

// kindWatch entries tell that an address is watched from then on, rests, or is
// no longer watched.
const kindWatch = "watch"

// spaceWatch holds, by address, what is known of what is watched.
const spaceWatch = "watch"

// Bounds of a schedule.
const (
	LeastEvery = time.Minute
	mostEvery  = 7 * 24 * time.Hour
)

// Watched is an address that is looked at again and again: a page, or a feed
// whose pages are watched for as long as they change.
type Watched struct {
	URL   string        `json:"url"`
	Every time.Duration `json:"every"`
	// Via is the feed that names the page; empty where a person does.
	Via  string    `json:"via,omitempty"`
	Feed bool      `json:"feed,omitempty"`
	Next time.Time `json:"next"` // when it is due; zero is at once
	// Last is the entry of the capture that it was last seen as, or -1.
	Last  int64 `json:"last"`
	Gone  bool  `json:"gone,omitempty"`  // it was there and is not any more
	Calm  int   `json:"calm,omitempty"`  // visits in a row that found nothing new
	Fails int   `json:"fails,omitempty"` // visits in a row that failed
	// Reason is why the last visit failed; empty where it did not.
	Reason string      `json:"reason,omitempty"`
	Known  fetch.Known `json:"known,omitzero"`
	Paused bool        `json:"paused,omitempty"` // a person said so
	// Rests says that it is not visited: it is paused, or the feed that names it
	// is. A list of what is watched tells it.
	Rests bool `json:"rests,omitempty"`
}

// watch is what entries of the log tell of a schedule.
type watch struct {
	Every time.Duration `json:"every"`
	Via   string        `json:"via,omitempty"`
}

// watching is the data of an entry that begins, pauses or ends a watch.
type watching struct {
	URL    string `json:"url"`
	Stop   bool   `json:"stop,omitempty"`
	Paused bool   `json:"paused,omitempty"`
	watch
}

// Watch begins to watch an address, gives it another interval, or ends its pause.
func (k *Archivist) Watch(ctx context.Context, url string, every time.Duration) error {
	if every < LeastEvery || every > mostEvery {
		return &fault.Error{
			Kind: fault.Invalid, Input: url, Err: fmt.Errorf("every %v is not from %v to %v", every, LeastEvery, mostEvery),
			Hint: "give another interval with --every",
		}
	}
	if _, err := fetch.Parse(url); err != nil {
		return err
	}
	return k.archive.Write(ctx, func(tx *archive.Tx) error {
		w, err := watchedMark(tx, url)
		if err != nil || w != nil && w.Every == every && w.Via == "" && !w.Paused {
			return err
		}
		if w == nil {
			w = &Watched{URL: url, Last: -1}
		}
		w.Every, w.Via, w.Next, w.Paused = every, "", time.Time{}, false
		_, err = k.append(tx, kindWatch, time.Time{}, nil, watching{URL: url, watch: watch{Every: every}})
		return errors.Join(err, w.save(tx))
	})
}

// Unwatch stops watching an address.
func (k *Archivist) Unwatch(ctx context.Context, url string) error {
	return k.rewatch(ctx, url, func(tx *archive.Tx, _ *Watched) error {
		_, err := k.append(tx, kindWatch, time.Time{}, nil, watching{URL: url, Stop: true})
		return errors.Join(err, tx.SetMark(spaceWatch, url, nil))
	})
}

// Pause leaves an address that is watched, and the pages that it names where it
// is a feed, without visits until Resume.
func (k *Archivist) Pause(ctx context.Context, url string) error { return k.pause(ctx, url, true) }

// Resume ends the pause of an address.
func (k *Archivist) Resume(ctx context.Context, url string) error { return k.pause(ctx, url, false) }

func (k *Archivist) pause(ctx context.Context, url string, paused bool) error {
	return k.rewatch(ctx, url, func(tx *archive.Tx, w *Watched) error {
		if w.Paused == paused {
			return nil
		}
		w.Paused = paused
		_, err := k.append(tx, kindWatch, time.Time{}, nil, watching{URL: url, Paused: paused, watch: watch{w.Every, w.Via}})
		return errors.Join(err, w.save(tx))
	})
}

// rewatch changes how something is watched; the error is of kind not found where
// it is not.
func (k *Archivist) rewatch(ctx context.Context, url string, do func(*archive.Tx, *Watched) error) error {
	return k.archive.Write(ctx, func(tx *archive.Tx) error {
		w, err := watchedMark(tx, url)
		switch {
		case err != nil:
			return err
		case w == nil:
			return &fault.Error{Kind: fault.NotFound, Input: url, Err: errors.New("it is not watched"), Hint: "isnad watch list shows what is"}
		}
		return do(tx, w)
	})
}

// Watching lists what is watched, what is due first in front. A page that a
// feed named is no longer watched where the feed is not.
func (k *Archivist) Watching(ctx context.Context) ([]Watched, error) {
	var list []Watched
	known := make(map[string]bool) // and whether it is paused
	for m, err := range k.archive.Index().Marks(ctx, spaceWatch) {
		if err != nil {
			return nil, err
		}
		var w Watched
		if err := json.Unmarshal(m.Value, &w); err != nil {
			return nil, fmt.Errorf("mark of %s: %w", m.Key, err)
		}
		known[w.URL] = w.Paused
		list = append(list, w)
	}
	list = slices.DeleteFunc(list, func(w Watched) bool {
		_, named := known[w.Via]
		return w.Via != "" && !named
	})
	for i := range list {
		list[i].Rests = list[i].Paused || known[list[i].Via]
	}
	slices.SortStableFunc(list, func(a, b Watched) int { return cmp.Or(a.Next.Compare(b.Next), cmp.Compare(a.URL, b.URL)) })
	return list, nil
}

// watched puts what an entry tells of something that is watched into a map, and
// gives its address; "" where it tells nothing.
func (e *Entry) watched(known map[string]*Watched) string {
	var w watching
	if e.Kind == kindWatch && json.Unmarshal(e.Data, &w) == nil {
		if w.Stop {
			known[w.URL] = nil
			return w.URL
		}
		if known[w.URL] == nil {
			known[w.URL] = &Watched{URL: w.URL, Last: -1}
		}
		known[w.URL].Every, known[w.URL].Via, known[w.URL].Paused = w.Every, w.Via, w.Paused
		return w.URL
	}
	if c, ok := e.change(); ok {
		known[c.URL] = &Watched{URL: c.URL, Every: c.Every, Via: c.Via, Last: c.To, Gone: c.Gone}
		return c.URL
	}
	if o, ok := e.Origin(); ok && o.Watch != nil && e.Kind != kindFailure {
		known[o.Input] = &Watched{URL: o.Input, Every: o.Watch.Every, Via: o.Watch.Via, Last: e.No}
		return o.Input
	}
	return ""
}

// Watching is what an entry tells of something that is watched, in a line; ""
// where it is of another kind.
func (e *Entry) Watching() string {
	if c, ok := e.change(); ok {
		if c.Gone {
			return fmt.Sprintf("%s was deleted; capture %d is the last", fault.Name(c.URL), c.From)
		}
		return fmt.Sprintf("%s was changed, from capture %d to %d", fault.Name(c.URL), c.From, c.To)
	}
	var w watching
	if e.Kind != kindWatch || json.Unmarshal(e.Data, &w) != nil {
		return ""
	}
	if w.Stop {
		return fault.Name(w.URL) + " no longer"
	}
	if w.Paused {
		return fault.Name(w.URL) + " is paused"
	}
	return fmt.Sprintf("%s every %v", fault.Name(w.URL), w.Every)
}

// watchNote is the mark of something that is watched, or no longer.
func watchNote(url string, w *Watched) (note, error) {
	n := note{space: spaceWatch, key: url}
	if w == nil {
		return n, nil
	}
	var err error
	n.value, err = json.Marshal(w)
	return n, err
}

func watchedMark(tx *archive.Tx, url string) (*Watched, error) {
	raw, err := tx.Mark(spaceWatch, url)
	if err != nil || raw == nil {
		return nil, err
	}
	w := new(Watched)
	if err := json.Unmarshal(raw, w); err != nil {
		return nil, fmt.Errorf("mark of %s: %w", url, err)
	}
	return w, nil
}

func (w *Watched) save(tx *archive.Tx) error {
	raw, err := json.Marshal(w)
	if err != nil {
		return err
	}
	return tx.SetMark(spaceWatch, w.URL, raw)
}

// schedule says when the next visit is: pages of feeds are seen more and more
// rarely while they stay as they are, all are while they fail, and none is
// just then, so that visits spread.
func (w *Watched) schedule(now time.Time) {
	wait := w.Every
	if w.Via != "" {
		wait = min(wait<<min(w.Calm, 12), mostEvery)
	}
	if w.Fails > 0 {
		wait = max(wait, min(w.Every<<min(w.Fails, 12), mostEvery))
	}
	w.Next = now.Add(wait - wait/10 + rand.N(wait/5+1)).UTC().Truncate(time.Second)
}

// Visit is what became of a visit.
type Visit struct {
	Watched
	State   VisitState
	Capture int64 // entry of the capture, where there is a new one
	Change  int64 // entry of the change, where there is one; else -1
	Pages   int   // pages that a feed named for the first time
	Err     error // why it failed
	Beyond  int   // pages of a list that are not watched, because it names more than maxPages
	Damage  error // why a list could not be read to its end
}

// maxPages is how many pages of one look at a list are watched: the newest of a
// feed come first.
const maxPages = 500

// VisitState is what a visit found.
type VisitState string

// States of a visit.
const (
	Unchanged VisitState = "unchanged"
	First     VisitState = "captured" // for the first time
	Changed   VisitState = "changed"
	Deleted   VisitState = "deleted"
	Missed    VisitState = "failed"
	Listed    VisitState = "listed" // a feed
)

// Visit looks at an address again. What it finds, what it changes in the log
// and when the next visit is due become durable together, or not at all.
func (k *Archivist) Visit(ctx context.Context, f Fetcher, w Watched) (Visit, error) {
	v := Visit{Watched: w, State: Unchanged, Capture: -1, Change: -1}
	page, err := f.Fetch(ctx, w.URL, w.Known)
	if ctx.Err() != nil {
		return v, context.Cause(ctx)
	}
	var r *received
	var names []string
	switch {
	case fetch.Gone(err) && w.Gone:
		// That was told when it was seen first.
	case fetch.Gone(err) && w.Last >= 0:
		v.State, v.Err = Deleted, err
	case err != nil:
		v.State, v.Err = Missed, err
	case page.Capture != nil:
		list, err := ListingOf(page.Capture)
		if err != nil {
			v.State, v.Err = Missed, err
			break
		}
		if v.Feed = list != nil; v.Feed {
			names = list.Pages[:min(len(list.Pages), maxPages)]
			v.State, v.Beyond, v.Damage = Listed, len(list.Pages)-len(names), list.Damage
			break
		}
		if v.State, err = k.compare(ctx, &w, page.Capture); err != nil {
			return v, err
		}
		if v.State != Unchanged {
			if r, err = k.packed(page.Capture, &w); err != nil {
				return v, err
			}
		}
	}
	if page != nil {
		v.Known, v.Gone = page.Known, false
	}
	return v, k.archive.Write(ctx, func(tx *archive.Tx) error { return k.record(tx, &v, r, names) })
}

// packed makes a page ready for storing.
func (k *Archivist) packed(c *capture.Capture, w *Watched) (*received, error) {
	r := &received{receipt: Receipt{Input: c.Input}, origin: origin{Input: c.Input, Watch: &watch{w.Every, w.Via}}}
	return r, r.pack(k.packer, c)
}

// record puts the outcome of a visit into the archive.
func (k *Archivist) record(tx *archive.Tx, v *Visit, r *received, names []string) error {
	if now, err := watchedMark(tx, v.URL); err != nil || now == nil || now.Paused {
		return err // nobody watches it any more, or for now
	}
	before, fails := v.Last, v.Fails
	v.Calm, v.Fails, v.Reason = v.Calm+1, 0, ""
	switch v.State {
	case Missed:
		v.Calm, v.Fails, v.Reason = v.Calm-1, fails+1, strings.TrimPrefix(oneLine(v.Err), fault.Name(v.URL)+": ")
		if err := k.noteMissed(tx, v); err != nil {
			return err
		}
	case Listed:
		if err := k.list(tx, v, names); err != nil {
			return err
		}
	case Deleted:
		v.Gone = true
	case First, Changed:
		if err := k.noteCapture(tx, r); err != nil {
			return err
		}
		v.Last, v.Gone, v.Calm = r.receipt.Of, false, 0
		if r.receipt.State == Captured {
			v.Last, v.Capture = r.receipt.Capture, r.receipt.Capture
		}
	}
	if v.State == Changed || v.State == Deleted {
		var err error
		c := alteration{URL: v.URL, From: before, To: v.Last, Gone: v.Gone, watch: watch{v.Every, v.Via}}
		if v.Change, err = k.append(tx, kindChange, time.Time{}, nil, c); err != nil {
			return err
		}
		if err := tx.SetMark(spaceAddress+v.URL, entryKey(v.Change), number(v.Last)); err != nil {
			return err
		}
	}
	v.schedule(k.now())
	return v.save(tx)
}

// list begins to watch the pages that a feed names and nobody watches.
func (k *Archivist) list(tx *archive.Tx, v *Visit, names []string) error {
	for _, url := range names {
		w, err := watchedMark(tx, url)
		if err != nil {
			return err
		}
		if w != nil {
			continue
		}
		w = &Watched{URL: url, Every: v.Every, Via: v.URL, Last: -1}
		if err := w.save(tx); err != nil {
			return err
		}
		v.Pages++
	}
	if v.Pages > 0 {
		v.Calm = 0
	}
	return nil
}

// noteMissed puts why a visit failed into the log, once for each reason.
func (k *Archivist) noteMissed(tx *archive.Tx, v *Visit) error {
	r := &received{origin: origin{Input: v.URL, Reason: oneLine(v.Err), Hint: fault.Hint(v.Err)}}
	return k.noteFailure(tx, r)
}

// compare reports whether a page says something else than its last capture. What
// counts is title and text, and the bytes where there is no text to read.
func (k *Archivist) compare(ctx context.Context, w *Watched, c *capture.Capture) (VisitState, error) {
	if w.Last < 0 {
		return First, nil
	}
	last, err := k.Captured(ctx, w.Last)
	if err != nil {
		return "", err
	}
	a, errA := capture.Extract(last)
	b, errB := capture.Extract(c)
	same := string(last.Body) == string(c.Body)
	if errA == nil && errB == nil {
		same = a.Text == b.Text && a.Title == b.Title
	}
	if same {
		return Unchanged, nil
	}
	return Changed, nil
}
