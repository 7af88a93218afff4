package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"iter"
	"runtime/debug"
	"slices"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/progress"
)

// addConfig is what add is told.
type addConfig struct {
	archiveConfig
	netConfig
	in, captured string
	retry        bool
}

func (c *addConfig) flags(fs *flag.FlagSet) {
	c.archiveConfig.flags(fs)
	c.netConfig.flags(fs)
	fs.StringVar(&c.in, "in", "auto", inUsage)
	fs.BoolVar(&c.retry, "retry", false, "try again what failed before")
	fs.StringVar(&c.captured, "captured", "", "`time` at which the inputs were got, where they do not say, as 2024-10-12T16:40:00Z (default now)")
}

// retried are the inputs that failed before, once each; captures that could
// not be read are read again.
func (c *addConfig) retried(ctx context.Context, e *env, k *desk.Archivist) (paths []string, err error) {
	read, err := k.Reread(ctx)
	if err != nil {
		return nil, err
	}
	if read > 0 {
		fmt.Fprintf(e.err, "isnad: %d captures are read now that could not be read before\n", read)
	}
	list, err := k.Failures(ctx)
	for _, f := range list {
		if f.Capture < 0 && f.Input != "-" && !slices.Contains(paths, f.Input) {
			paths = append(paths, f.Input)
		}
	}
	return paths, err
}

// addMemory is a soft limit for the collector of garbage, in bytes.
const addMemory = 160 << 20

// add preserves inputs in the archive and files what they say.
func add(ctx context.Context, e *env, args []string) error {
	var c addConfig
	paths, err := e.parse("add", &c, args)
	if err != nil {
		return err
	}
	if len(paths) == 0 && !c.retry {
		return usagef("add: nothing to add: name addresses, files or folders, or - for standard input")
	}
	form, err := capture.ParseForm(c.in)
	if err != nil {
		return usagef("--in: %w", err)
	}
	now := time.Now
	if c.captured != "" {
		at, err := capture.ParseTime(c.captured)
		if err != nil {
			return usagef("--captured: %q is not a time such as 2024-10-12T16:40:00Z", c.captured)
		}
		now = func() time.Time { return at }
	}
	debug.SetMemoryLimit(addMemory)
	debug.SetGCPercent(400)
	k, err := c.open(ctx, e, begin, now)
	if err != nil {
		return err
	}
	if c.retry {
		again, err := c.retried(ctx, e, k)
		if err != nil {
			return errors.Join(err, k.Close())
		}
		paths = append(paths, again...)
	}
	pages, rest := addresses(e, paths)
	in := &capture.Inputs{Paths: rest, Form: form, Stdin: e.in}
	a := newAdding(e, c.json)
	if e.errTTY && !(c.json && e.outTTY) {
		size := in.Size()
		if len(rest) < len(paths) {
			size = -1
		}
		a.bar = progress.New(e.err, size, time.Now)
	}
	sources := both(in.Sources(), followed(ctx, c.fetcher(), pages))
	return errors.Join(a.run(ctx, k, sources), k.Close())
}

// adding tells what becomes of what is added.
type adding struct {
	env    *env
	json   *json.Encoder // nil where a person reads
	bar    *progress.Bar
	start  time.Time
	counts map[desk.State]int
	unread int
	causes map[string]int
	left   map[string]int // records that were left out, by reason
}

func newAdding(e *env, asJSON bool) *adding {
	a := &adding{env: e, start: time.Now(), counts: make(map[desk.State]int), causes: make(map[string]int), left: make(map[string]int)}
	if asJSON {
		a.json = json.NewEncoder(e.out)
		a.json.SetEscapeHTML(false)
	}
	return a
}

func (a *adding) run(ctx context.Context, k *desk.Archivist, sources iter.Seq[capture.Source]) error {
	err := k.Add(ctx, sources, a.receipts, a.filed)
	a.bar.Clear()
	if err != nil {
		return err
	}
	return a.end()
}

// receiptLine is a receipt as a line of JSON.
type receiptLine struct {
	Input   string     `json:"input"`
	Record  string     `json:"record,omitempty"`
	Offset  *int64     `json:"offset,omitempty"`
	State   desk.State `json:"state"`
	Capture *int64     `json:"capture,omitempty"`
	Of      *int64     `json:"of,omitempty"`
	Reason  string     `json:"reason,omitempty"`
	Notes   []string   `json:"notes,omitempty"`
}

// receipts tells of a batch that is durable.
func (a *adding) receipts(list []desk.Receipt) error {
	for i := range list {
		r := &list[i]
		a.counts[r.State]++
		if r.State == desk.Failed {
			a.causes[cause(r.Err)]++
		}
		a.bar.Item()
		a.bar.Counts(a.told())
		a.bar.Add(r.Size)
		if err := a.tell(r); err != nil {
			return err
		}
	}
	return nil
}

func (a *adding) tell(r *desk.Receipt) error {
	if a.json == nil {
		c := capture.Capture{Input: r.Input, Record: r.Record}
		for _, n := range r.Notes {
			a.bar.Clear()
			fmt.Fprintf(a.env.err, "isnad: %s: %s\n", fault.Name(c.Name()), n)
		}
		skipped, _ := errors.AsType[*capture.Skipped](r.Err)
		switch {
		case skipped != nil && skipped.Record != "" && len(skipped.Notes) == 0:
			a.left[skipped.What]++
		case r.State == desk.Failed:
			a.bar.Clear()
			a.env.tell(r.Err)
		case r.State == desk.Skipped:
			a.bar.Clear()
			fmt.Fprintf(a.env.err, "isnad: %v\n", r.Err)
		case r.State == desk.Duplicate && a.counts[desk.Duplicate] <= shownDuplicates:
			a.bar.Clear()
			fmt.Fprintf(a.env.err, "isnad: %s: the same as capture %d\n", fault.Name(c.Name()), r.Of)
		}
		return nil
	}
	line := receiptLine{Input: r.Input, Record: r.Record, State: r.State, Notes: r.Notes}
	if r.Record != "" {
		line.Offset = &r.Offset
	}
	switch {
	case r.State == desk.Captured:
		line.Capture = &r.Capture
	case r.State == desk.Duplicate:
		line.Of = &r.Of
	case r.Err != nil:
		line.Reason = r.Err.Error()
	}
	return a.json.Encode(line)
}

// shownDuplicates is the number of duplicates that are told one by one.
const shownDuplicates = 10

// filed tells of what could not be read.
func (a *adding) filed(p desk.Progress) {
	a.bar.Counts(fmt.Sprintf("%s · filed %d of %d", a.told(), p.Done, p.All))
	a.bar.Add(0)
	for _, u := range p.Unread {
		a.unread++
		a.causes[cause(u.Err)]++
		a.bar.Clear()
		fmt.Fprintf(a.env.err, "isnad: %v\nhint: the bytes are kept as capture %d, no statement was found in them\n", u.Err, u.Capture)
	}
}

// told are the counts.
func (a *adding) told() string {
	return fmt.Sprintf("captured %d · duplicates %d · failed %d", a.counts[desk.Captured], a.counts[desk.Duplicate], a.counts[desk.Failed])
}

// cause is an error without the input that it happened to.
func cause(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Err.Error()
	}
	return err.Error()
}

// end sums up.
func (a *adding) end() error {
	failed := a.counts[desk.Failed] + a.unread
	if len(a.left) > 0 {
		fmt.Fprintf(a.env.err, "isnad: records left out: %s\n", capture.Counted(a.left))
	}
	if a.json == nil {
		done := a.counts[desk.Captured] + a.counts[desk.Duplicate] + a.counts[desk.Failed]
		seconds := time.Since(a.start).Seconds()
		fmt.Fprintf(a.env.out, "%s · %.1f s, %.0f documents/s\n", a.told(), seconds, float64(done)/max(seconds, .001))
	}
	if failed == 0 {
		return nil
	}
	fmt.Fprintf(a.env.err, "isnad: %d failed, %d captured but not read; by cause:\n", a.counts[desk.Failed], a.unread)
	type count struct {
		cause string
		n     int
	}
	var list []count
	for c, n := range a.causes {
		list = append(list, count{c, n})
	}
	slices.SortFunc(list, func(x, y count) int { return cmp.Or(y.n-x.n, cmp.Compare(x.cause, y.cause)) })
	for _, c := range list {
		fmt.Fprintf(a.env.err, "%6d  %s\n", c.n, c.cause)
	}
	return errReported
}
