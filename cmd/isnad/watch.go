package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/capture/feed"
	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/export"
	"github.com/isnad/isnad/internal/fault"
)

// watchConfig is what watch is told.
type watchConfig struct {
	archiveConfig
	netConfig
	every     time.Duration
	once, all bool
	from      int64
	workers   int
}

func (c *watchConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	c.netConfig.flags(fs)
	fs.DurationVar(&c.every, "every", time.Hour, "`time` between two visits, for add")
	fs.BoolVar(&c.once, "once", false, "for run: end when nothing is due any more")
	fs.BoolVar(&c.all, "all", false, "for run: visit now what is not paused, whenever it is due")
	fs.IntVar(&c.workers, "workers", 4, "for run: `number` of visits at a time")
	fs.Int64Var(&c.from, "from", 0, "for changes: `number` of the first entry of the log")
}

// watchPages keeps a list of pages and feeds, and looks at them again and again.
func watchPages(ctx context.Context, e *env, args []string) error {
	var c watchConfig
	rest, err := e.parse("watch", &c, args)
	if err != nil {
		return err
	}
	verb := "list"
	if len(rest) > 0 {
		verb, rest = rest[0], rest[1:]
	}
	if slices.Contains([]string{"add", "pause", "resume", "remove"}, verb) != (len(rest) > 0) {
		return usagef("watch %s: add, pause, resume and remove take addresses, the others take none", verb)
	}
	if c.workers < 1 {
		return usagef("watch: --workers: at least 1")
	}
	switch verb {
	case "list":
		return c.with(ctx, e, look, func(k *desk.Archivist) error { return c.list(ctx, e, k) })
	case "changes":
		return c.with(ctx, e, look, func(k *desk.Archivist) error { return c.changes(ctx, e, k) })
	case "add":
		return c.with(ctx, e, begin, func(k *desk.Archivist) error { return c.add(ctx, e, k, rest) })
	case "pause":
		return c.each(ctx, e, rest, (*desk.Archivist).Pause)
	case "resume":
		return c.each(ctx, e, rest, (*desk.Archivist).Resume)
	case "remove":
		return c.each(ctx, e, rest, (*desk.Archivist).Unwatch)
	case "run":
		return c.with(ctx, e, change, func(k *desk.Archivist) error { return c.run(ctx, e, k) })
	}
	return usagef("watch: there is no %q: one of list, add, pause, resume, remove, run, changes", verb)
}

// each does something in the archive with every address.
func (c *watchConfig) each(ctx context.Context, e *env, urls []string, do func(*desk.Archivist, context.Context, string) error) error {
	return c.with(ctx, e, change, func(k *desk.Archivist) error {
		return each(e, urls, func(url string) error { return do(k, ctx, url) })
	})
}

// each does something with every argument, and tells which failed.
func each(e *env, args []string, do func(string) error) error {
	failed := false
	for _, a := range args {
		if err := do(a); err != nil {
			e.tell(err)
			failed = true
		}
	}
	if failed {
		return errReported
	}
	return nil
}

// add begins to watch addresses, and what lists of feeds name.
func (c *watchConfig) add(ctx context.Context, e *env, k *desk.Archivist, args []string) error {
	return each(e, args, func(arg string) error {
		if fetch.IsAddress(arg) {
			return k.Watch(ctx, arg, c.every)
		}
		urls, err := subscriptions(e, arg)
		if err != nil {
			return err
		}
		return each(e, urls, func(url string) error { return k.Watch(ctx, url, c.every) })
	})
}

// subscriptions reads a list of feeds: OPML, or addresses one a line.
func subscriptions(e *env, name string) ([]string, error) {
	in := e.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, &fault.Error{Kind: fault.NotFound, Err: err, Hint: "name an address, or a file with a list of feeds"}
		}
		defer f.Close()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxList+1))
	if err == nil && len(raw) > maxList {
		err = fmt.Errorf("a list of more than %d MB", maxList>>20)
	}
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Input: name, Err: err, Hint: "OPML, or one address a line"}
	}
	return listed(name, raw)
}

// maxList is the largest list that is read, in bytes.
const maxList = 16 << 20

// listed gives the addresses in a list.
func listed(name string, raw []byte) ([]string, error) {
	var urls []string
	if feed.KindOf(raw) == feed.Outline {
		list, err := feed.ParseOPML(raw)
		if err != nil {
			return nil, &fault.Error{Kind: fault.Invalid, Input: name, Err: err, Hint: "OPML, or one address a line"}
		}
		for _, s := range list {
			urls = append(urls, s.URL)
		}
		return urls, nil
	}
	for line, err := range lines(strings.NewReader(string(raw))) {
		if err != nil {
			return nil, err
		}
		urls = append(urls, line)
	}
	if len(urls) == 0 || !fetch.IsAddress(urls[0]) {
		return nil, &fault.Error{Kind: fault.Invalid, Input: name, Err: errors.New("no list of addresses"), Hint: "OPML, or one address a line"}
	}
	return urls, nil
}

func (c *watchConfig) list(ctx context.Context, e *env, k *desk.Archivist) error {
	list, err := k.Watching(ctx)
	if err != nil {
		return err
	}
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	for _, w := range list {
		if c.json {
			if err := enc.Encode(w); err != nil {
				return err
			}
			continue
		}
		next := "now"
		if !w.Next.IsZero() {
			next = w.Next.Format("2006-01-02 15:04")
		}
		fmt.Fprintf(e.out, "%-16s  %s%s\n", next, fault.Name(w.URL), aboutWatched(&w))
	}
	return nil
}

func aboutWatched(w *desk.Watched) string {
	var more []string
	if w.Feed {
		more = append(more, "feed")
	}
	if w.Via != "" {
		more = append(more, "named by "+fault.Name(w.Via))
	}
	if w.Last >= 0 {
		more = append(more, fmt.Sprintf("capture %d", w.Last))
	}
	if w.Rests {
		more = append(more, "paused")
	}
	if w.Gone {
		more = append(more, "deleted")
	}
	if w.Fails > 0 {
		more = append(more, fmt.Sprintf("failures in a row: %d, the last: %s", w.Fails, export.Visible(w.Reason)))
	}
	if len(more) == 0 {
		return ""
	}
	return " (" + strings.Join(more, ", ") + ")"
}

// visitLine is a visit as a line of JSON.
type visitLine struct {
	URL     string          `json:"url"`
	State   desk.VisitState `json:"state"`
	Capture *int64          `json:"capture,omitempty"`
	Change  *int64          `json:"change,omitempty"`
	Pages   int             `json:"pages,omitempty"`
	Beyond  int             `json:"beyond,omitempty"` // pages of a list that are left out
	Next    time.Time       `json:"next"`
	Reason  string          `json:"reason,omitempty"` // why it failed, or why a list was not read to its end
}

func (c *watchConfig) run(ctx context.Context, e *env, k *desk.Archivist) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	counts := make(map[desk.VisitState]int)
	err := k.Patrol(ctx, desk.Patrol{Fetcher: c.fetcher(), Once: c.once || c.all, All: c.all, Workers: c.workers, Report: func(v desk.Visit) {
		counts[v.State]++
		if !c.json {
			tellVisit(e, &v)
			return
		}
		line := visitLine{URL: v.URL, State: v.State, Pages: v.Pages, Beyond: v.Beyond, Next: v.Next}
		if v.Capture >= 0 {
			line.Capture = &v.Capture
		}
		if v.Change >= 0 {
			line.Change = &v.Change
		}
		if err := cmp.Or(v.Err, v.Damage); err != nil {
			line.Reason = err.Error()
		}
		// A broken pipe ends the program; nothing else can fail here.
		_ = enc.Encode(line)
	}})
	if err != nil {
		return err
	}
	if !c.json {
		fmt.Fprintf(e.out, "captured %d · changed %d · deleted %d · unchanged %d · failed %d\n",
			counts[desk.First], counts[desk.Changed], counts[desk.Deleted], counts[desk.Unchanged]+counts[desk.Listed], counts[desk.Missed])
	}
	if counts[desk.Missed] > 0 {
		return errReported
	}
	return nil
}

func tellVisit(e *env, v *desk.Visit) {
	switch v.State {
	case desk.Missed:
		e.tell(v.Err)
	case desk.Listed:
		fmt.Fprintf(e.out, "%s: %d new pages\n", fault.Name(v.URL), v.Pages)
		if v.Beyond > 0 {
			fmt.Fprintf(e.err, "isnad: %s: it names too many pages: the last %d are not watched; watch add takes them one by one\n", fault.Name(v.URL), v.Beyond)
		}
		if v.Damage != nil {
			fmt.Fprintf(e.err, "isnad: %s: behind these it is damaged: %v\n", fault.Name(v.URL), v.Damage)
		}
	case desk.First, desk.Changed:
		fmt.Fprintf(e.out, "%s: %s, capture %d\n", fault.Name(v.URL), v.State, v.Last)
	case desk.Deleted:
		fmt.Fprintf(e.out, "%s: deleted, capture %d is the last\n", fault.Name(v.URL), v.Last)
	}
}

// changes prints what became of pages, with the words that differ in the
// attributed passages.
func (c *watchConfig) changes(ctx context.Context, e *env, k *desk.Archivist) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	for change, err := range k.Changes(ctx, c.from) {
		if err != nil {
			return err
		}
		if c.json {
			if err := enc.Encode(change); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(e.out, "%6d  %s  %s\n", change.No, change.At.Format("2006-01-02 15:04"), change.Line())
		if len(change.Title) > 0 {
			fmt.Fprintf(e.out, "        title: %s\n", marked(change.Title))
		}
		for _, p := range change.Passages {
			fmt.Fprintf(e.out, "        %s: %s\n", export.Visible(p.Who), marked(p.Edits))
		}
	}
	return nil
}

// marked shows edits in a line: [-removed-] {+added+}.
func marked(edits []desk.Edit) string {
	var b strings.Builder
	for _, d := range edits {
		words := strings.Join(strings.Fields(d.Text), " ")
		switch d.Op {
		case desk.Remove:
			words = "[-" + words + "-]"
		case desk.Insert:
			words = "{+" + words + "+}"
		}
		b.WriteString(words + " ")
	}
	return export.Visible(strings.TrimSpace(b.String()))
}
