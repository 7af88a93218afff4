package desk

import (
	"context"
	"fmt"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/capture"
)

// Verified is what a verification went through.
type Verified struct {
	archive.Checked
	Documents, Statements int64
}

// Verify recomputes all that was ever written (see [archive.Verify]), and
// extracts every filed document again from its capture: each of its statements
// has to stand there, byte for byte.
func (k *Archivist) Verify(ctx context.Context, report func(archive.Finding)) (Verified, error) {
	var v Verified
	var err error
	if v.Checked, err = archive.Verify(ctx, k.archive, k.packer, report); err != nil {
		return v, err
	}
	for f, err := range k.Documents(ctx, 0) {
		if err != nil {
			// What is wrong with the index was told; the next one cannot be found.
			return v, ctx.Err()
		}
		v.Documents++
		v.Statements += int64(len(f.Statements))
		if problem := k.relocate(ctx, &f); problem != "" {
			v.Findings++
			report(archive.Finding{Part: "document", Name: f.ID, Problem: problem})
		}
	}
	return v, ctx.Err()
}

// relocate says what keeps a document from standing in its capture, or "".
func (k *Archivist) relocate(ctx context.Context, f *archive.Filed) string {
	e, err := k.entry(ctx, f.Capture)
	if err != nil {
		return err.Error()
	}
	c, err := k.load(ctx, &e, nil)
	if err != nil {
		return err.Error() + k.firstAltered(ctx, &e, f)
	}
	if docID(e.Blobs[0]) != f.ID {
		return fmt.Sprintf("entry %d is the capture of another document", e.No)
	}
	d, err := capture.Extract(c)
	if err != nil {
		return fmt.Sprintf("capture %d gives no text any more: %v", e.No, err)
	}
	at := differs(d.Text, f.Text)
	if at < 0 {
		return ""
	}
	for i := range f.Statements {
		if end := f.Statements[i].Extent().End; end > at {
			return fmt.Sprintf("its text differs from that of capture %d from byte %d on, and statement %d ends at byte %d: run isnad rebuild", e.No, at, i, end)
		}
	}
	return fmt.Sprintf("its text differs from that of capture %d from byte %d on: run isnad rebuild", e.No, at)
}

// firstAltered tells where the text of an altered body leaves that of the
// document, as far as it can still be unpacked; else "".
func (k *Archivist) firstAltered(ctx context.Context, e *Entry, f *archive.Filed) string {
	o, _ := e.Origin()
	b, _ := k.archive.Blobs().Get(ctx, e.Blobs[0]) // what is wrong with it is known
	body, err := k.packer.Expand(b.Packed, b.Size)
	if err != nil {
		return ""
	}
	d, err := capture.Extract(&capture.Capture{Input: o.Input, Record: o.Record, URL: o.URL, Media: o.Media, Body: body})
	if err != nil {
		return ""
	}
	if at := differs(d.Text, f.Text); at >= 0 {
		return fmt.Sprintf("; its text differs from byte %d on", at)
	}
	return ""
}

// differs is the first byte in which two texts differ, or -1.
func differs(a, b string) int {
	if a == b {
		return -1
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// Checkpoint is the newest checkpoint, a signed note, and the key that it is
// verified with.
func (k *Archivist) Checkpoint(ctx context.Context) (signed []byte, key string, err error) {
	if signed, err = k.archive.Log().Checkpoint(ctx); err == nil {
		key, err = k.archive.Log().Key(ctx)
	}
	return signed, key, err
}

// Extends proves that the log still holds all that an earlier checkpoint
// committed to (see [archive.Extends]).
func (k *Archivist) Extends(ctx context.Context, earlier []byte) error {
	_, key, err := k.Checkpoint(ctx)
	if err != nil {
		return err
	}
	point, err := archive.ParseCheckpoint(earlier, key)
	if err != nil {
		return err
	}
	return archive.Extends(ctx, k.archive.Log(), point)
}
