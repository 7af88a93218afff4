package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
)

// Archivist keeps an archive: it receives what is to be preserved, reads and
// files it, answers questions about it and takes decisions down. Commands and
// pages go through it and never to the archive itself. Its methods may be
// called by several goroutines; those that change the archive take turns.
type Archivist struct {
	desk    *Desk
	archive archive.Archive
	folder  *fold.Folder
	packer  *archive.Packer
	now     func() time.Time
	reader  string
	turn    chan struct{} // holds one token; who has it may use the rest
	parties *parties      // nil until they are needed
	recent  recent
}

// Keep makes the archivist of an archive whose index folds words by f. What
// has no time of its own is noted as of now.
func (d *Desk) Keep(a archive.Archive, f *fold.Folder, now func() time.Time) (*Archivist, error) {
	packer, err := archive.NewPacker()
	if err != nil {
		return nil, err
	}
	k := &Archivist{desk: d, archive: a, folder: f, packer: packer, now: now, turn: make(chan struct{}, 1)}
	k.turn <- struct{}{}
	k.reader, err = readerName(d.packs)
	return k, err
}

// readerName tells readers apart by the tables that they read with.
func readerName(packs []*lang.Pack) (string, error) {
	var b strings.Builder
	for _, p := range packs {
		h := sha256.New()
		err := fs.WalkDir(p.Dir, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := fs.ReadFile(p.Dir, name)
			fmt.Fprintf(h, "%s %d\n%s", name, len(data), data)
			return err
		})
		if err != nil {
			return "", fmt.Errorf("tables of %s: %w", p.Name, err)
		}
		fmt.Fprintf(&b, "%s-%x ", p.Name, h.Sum(nil)[:6])
	}
	return strings.TrimSuffix(b.String(), " "), nil
}

// Kinds of log entries.
const (
	kindCapture  = "capture"
	kindAgain    = "again" // bytes that are there already were at another address as well
	kindFailure  = "failure"
	kindDecision = "decision"
)

// origin is where something came from, as entries of the log tell it.
type origin struct {
	Input  string `json:"input"`
	Record string `json:"record,omitempty"`
	Offset int64  `json:"offset,omitempty"`
	URL    string `json:"url,omitempty"`
	Media  string `json:"media,omitempty"`
	Size   int64  `json:"size,omitempty"` // bytes of the body
	Reason string `json:"reason,omitempty"`
	Hint   string `json:"hint,omitempty"`
	// Notes say what is to be known of the capture beyond that.
	Notes []string `json:"notes,omitempty"`
	Watch *watch   `json:"watch,omitempty"` // where it is of a page that is watched
}

func (o *origin) name() string {
	c := capture.Capture{Input: o.Input, Record: o.Record}
	return c.Name()
}

// Spaces of marks.
const (
	spaceCursor = "cursor" // of a stage: the number of the next entry of the log
	spaceBody   = "body"   // by identifier of a body: the entry that has it first
	spaceSeen   = "seen"   // by body and address: the first entry that has both
	// spaceAddress and an address: the entries that tell what it was seen as.
	spaceAddress = "address "
	spaceFailed  = "failed" // by name of an input: the entry that says why it failed, and the reason
	spaceUnread  = "unread" // by entry: why no document could be made of it
)

func number(n int64) []byte { return strconv.AppendInt(nil, n, 10) }

// toNumber reads a mark; none is -1.
func toNumber(mark []byte) (int64, error) {
	if mark == nil {
		return -1, nil
	}
	n, err := strconv.ParseInt(string(mark), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("a mark of the archive is no number: %w", err)
	}
	return n, nil
}

// Entry is an entry of the log.
type Entry struct {
	No int64
	archive.Record
}

// Log gives the entries of the log from number from on.
func (k *Archivist) Log(ctx context.Context, from int64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		n := max(from, 0)
		for data, err := range k.archive.Log().Entries(ctx, from) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			r, err := archive.ParseRecord(data)
			if err != nil {
				err = &fault.Error{Kind: fault.Invalid, Err: fmt.Errorf("entry %d: %w", n, err), Hint: "run isnad verify"}
			}
			if !yield(Entry{n, r}, err) || err != nil {
				return
			}
			n++
		}
	}
}

// entry reads one entry.
func (k *Archivist) entry(ctx context.Context, n int64) (Entry, error) {
	for e, err := range k.Log(ctx, n) {
		return e, err
	}
	return Entry{}, &fault.Error{Kind: fault.NotFound, Err: fmt.Errorf("the log has no entry %d", n), Hint: "isnad log lists them"}
}

// Origin tells where a capture, or what was to be one, came from; false for other entries.
func (e *Entry) Origin() (o Origin, ok bool) {
	if e.Kind != kindCapture && e.Kind != kindAgain && e.Kind != kindFailure {
		return Origin{}, false
	}
	var raw origin
	if json.Unmarshal(e.Data, &raw) != nil {
		return Origin{}, false
	}
	return Origin(raw), true
}

// Origin is where something came from, and for a failure, why it failed and
// what can be done.
type Origin origin

// Name is how messages call it.
func (o *Origin) Name() string { return (*origin)(o).name() }

// load reads the capture that an entry tells of. held is its body, or nil where
// that is to come from the archive.
func (k *Archivist) load(ctx context.Context, e *Entry, held []byte) (*capture.Capture, error) {
	o, ok := e.Origin()
	if !ok || len(e.Blobs) == 0 {
		return nil, fmt.Errorf("entry %d: not the capture of anything", e.No)
	}
	c := &capture.Capture{Input: o.Input, Record: o.Record, Offset: o.Offset, URL: o.URL, Media: o.Media, At: e.At, Body: held}
	var err error
	if held == nil {
		c.Body, err = k.blob(ctx, e.Blobs[0])
	}
	if err == nil && len(e.Blobs) > 1 {
		c.Header, err = k.blob(ctx, e.Blobs[1])
	}
	return c, err
}

func (k *Archivist) blob(ctx context.Context, id archive.BlobID) ([]byte, error) {
	b, err := k.archive.Blobs().Get(ctx, id)
	if err != nil {
		return nil, err
	}
	return k.packer.Open(b)
}

// alone runs work that no other may disturb.
func (k *Archivist) alone(ctx context.Context, work func() error) error {
	select {
	case <-k.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { k.turn <- struct{}{} }()
	return work()
}

// Close ends the use of the archive.
func (k *Archivist) Close() error { return k.archive.Close() }

// oneLine is an error for the log, where causes stand in one line.
func oneLine(err error) string {
	var parts []string
	for line := range strings.Lines(err.Error()) {
		parts = append(parts, strings.TrimSpace(line))
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; ")
}

var errMoved = errors.New("another process has filed the same documents")
