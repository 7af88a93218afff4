// Package archivetest is the suite that every backend of an archive passes.
//
// # Invariant
//
// The suite knows nothing of a backend but how to open it. Searches are
// compared with [archive.Expr.Match] over rows made anew, so that all backends
// give the same answers.
package archivetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/text"
	"golang.org/x/mod/sumdb/tlog"
)

// Backend is one way to keep an archive.
type Backend struct {
	// New makes an empty archive.
	New func(t *testing.T) archive.Archive
	// Reopen closes the archive, if close is set, and opens it again. Without
	// close it opens what a crash would have left. Nil where nothing is kept.
	Reopen func(t *testing.T, a archive.Archive, close bool) archive.Archive
	// Folder is the one that New uses.
	Folder *fold.Folder
}

// Run runs the suite.
func Run(t *testing.T, b Backend) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Backend)
	}{
		{"empty", testEmpty},
		{"log", testLog},
		{"blobs", testBlobs},
		{"rollback", testRollback},
		{"marks", testMarks},
		{"documents", testDocuments},
		{"replace", testReplace},
		{"refuse", testRefuse},
		{"parties", testParties},
		{"search", testSearch},
		{"dates", testDates},
		{"order", testOrder},
		{"rank", testRank},
		{"voices", testVoices},
		{"highlight", testHighlight},
		{"drop", testDrop},
		{"extends", testExtends},
		{"durable", testDurable},
		{"readers", testReaders},
		{"faults", testFaults},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, b) })
	}
}

// ctx is the context of tests that do not end early.
var ctx = context.Background()

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, a archive.Archive, do func(*archive.Tx) error) {
	t.Helper()
	must(t, a.Write(ctx, do))
}

// newPacker is shared, as packing keeps no state.
var newPacker = sync.OnceValues(archive.NewPacker)

func packer(t testing.TB) *archive.Packer {
	p, err := newPacker()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func pack(t testing.TB, s string) archive.Blob {
	b, err := packer(t).Pack([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Fill adds n captures, each with a blob and an entry, and their documents,
// in batches of ten.
func Fill(t testing.TB, a archive.Archive, g *Generator, n int) {
	t.Helper()
	p := packer(t)
	for done := 0; done < n; done += 10 {
		err := a.Write(ctx, func(tx *archive.Tx) error {
			for range min(10, n-done) {
				if err := Add(tx, p, g); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Add adds one generated capture with its document and three statements.
func Add(tx *archive.Tx, p *archive.Packer, g *Generator) error {
	d, list := g.Document(3)
	blob, err := p.Pack([]byte("<p>" + d.Text))
	if err != nil {
		return err
	}
	if _, err := tx.Put(blob); err != nil {
		return err
	}
	n, err := tx.Append(archive.Record{Kind: "capture", At: d.Captured, Blobs: []archive.BlobID{blob.ID}, Data: json.RawMessage(`"` + d.ID + `"`)})
	if err != nil {
		return err
	}
	d.Capture = n
	if _, err := tx.PutDocument(d); err != nil {
		return err
	}
	return tx.PutStatements(d.ID, list)
}

// Verified fails unless the archive is in order.
func Verified(t *testing.T, a archive.Archive) archive.Checked {
	t.Helper()
	sum, err := archive.Verify(ctx, a, packer(t), func(f archive.Finding) { t.Errorf("verify: %v", f) })
	must(t, err)
	return sum
}

func testEmpty(t *testing.T, b Backend) {
	a := b.New(t)
	n, err := a.Log().Size(ctx)
	must(t, err)
	if n != 0 {
		t.Errorf("a new log has %d entries", n)
	}
	found, err := a.Index().Search(ctx, archive.Search{})
	must(t, err)
	if len(found.Hits) != 0 {
		t.Errorf("a new index has %d statements", len(found.Hits))
	}
	point := checkpoint(t, a)
	if point.Size != 0 {
		t.Errorf("the first checkpoint is of %d entries", point.Size)
	}
	Verified(t, a)
}

// checkpoint is the newest checkpoint, verified.
func checkpoint(t *testing.T, a archive.Archive) archive.Checkpoint {
	t.Helper()
	signed, err := a.Log().Checkpoint(ctx)
	must(t, err)
	key, err := a.Log().Key(ctx)
	must(t, err)
	point, err := archive.ParseCheckpoint(signed, key)
	must(t, err)
	return point
}

func testLog(t *testing.T, b Backend) {
	a := b.New(t)
	var want [][]byte
	for batch := range 7 {
		write(t, a, func(tx *archive.Tx) error {
			for i := range batch {
				r := archive.Record{Kind: "note", At: epoch.Add(time.Duration(len(want)) * time.Second), Data: json.RawMessage(fmt.Sprintf(`{"i":%d}`, i))}
				n, err := tx.Append(r)
				if err != nil || n != int64(len(want)) {
					return fmt.Errorf("entry %d has the number %d: %w", len(want), n, err)
				}
				entry, err := r.Encode()
				if err != nil {
					return err
				}
				want = append(want, entry)
			}
			return nil
		})
		if point := checkpoint(t, a); point.Size != int64(len(want)) {
			t.Errorf("after %d entries the checkpoint is of %d", len(want), point.Size)
		}
	}
	for _, from := range []int64{0, 5, int64(len(want)), 100} {
		var got [][]byte
		for e, err := range a.Log().Entries(ctx, from) {
			must(t, err)
			got = append(got, e)
		}
		if !reflect.DeepEqual(got, append([][]byte(nil), want[min(from, int64(len(want))):]...)) {
			t.Errorf("from %d on there are %d other entries", from, len(got))
		}
	}
	root, err := tlog.TreeHash(int64(len(want)), archive.Reader(ctx, a.Log()))
	must(t, err)
	if root != checkpoint(t, a).Root {
		t.Error("the stored hashes do not give the signed root")
	}
	Verified(t, a)
}

func testBlobs(t *testing.T, b Backend) {
	a := b.New(t)
	texts := []string{"", "ماء", string(bytes.Repeat([]byte("محطة "), 100000))}
	for round := range 2 {
		write(t, a, func(tx *archive.Tx) error {
			for _, s := range texts {
				added, err := tx.Put(pack(t, s))
				if err != nil || added != (round == 0) {
					return fmt.Errorf("round %d: added is %v: %w", round, added, err)
				}
			}
			return nil
		})
	}
	count := 0
	for blob, err := range a.Blobs().All(ctx) {
		must(t, err)
		data, err := packer(t).Open(blob)
		must(t, err)
		if string(data) != texts[count] {
			t.Errorf("blob %d is not what was put", count)
		}
		count++
	}
	if count != len(texts) {
		t.Errorf("there are %d blobs, want %d", count, len(texts))
	}
	other := pack(t, "other")
	if has, err := a.Blobs().Has(ctx, other.ID); has || err != nil {
		t.Errorf("a blob never put: %v, %v", has, err)
	}
	if _, err := a.Blobs().Get(ctx, other.ID); fault.Of(err) != fault.NotFound {
		t.Errorf("a blob never put: %v", err)
	}
	if has, err := a.Blobs().Has(ctx, pack(t, "ماء").ID); !has || err != nil {
		t.Errorf("a blob put before: %v, %v", has, err)
	}
}

var errStop = errors.New("stop")

func testRollback(t *testing.T, b Backend) {
	a := b.New(t)
	g := NewGenerator(1)
	Fill(t, a, g, 12)
	before := state(t, a)
	p := packer(t)
	err := a.Write(ctx, func(tx *archive.Tx) error {
		for range 5 {
			if err := Add(tx, p, g); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.SetMark("s", "k", []byte("v")), tx.PutParty(archive.Party{ID: "p"}), tx.PutStatements("doc-0000003", nil)); err != nil {
			return err
		}
		return errStop
	})
	if !errors.Is(err, errStop) {
		t.Fatalf("the error became %v", err)
	}
	if after := state(t, a); !reflect.DeepEqual(after, before) {
		t.Errorf("a failed write left a trace:\n%v\n%v", after, before)
	}
	err = a.Write(ctx, func(tx *archive.Tx) error { return errors.Join(tx.Drop(), errStop) })
	if after := state(t, a); !errors.Is(err, errStop) || !reflect.DeepEqual(after, before) {
		t.Errorf("a failed drop left a trace: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	err = a.Write(cancelled, func(tx *archive.Tx) error {
		defer cancel()
		return Add(tx, p, g)
	})
	if after := state(t, a); err == nil || !reflect.DeepEqual(after, before) {
		t.Errorf("a cancelled write left a trace: %v", err)
	}
	Fill(t, a, NewGenerator(2), 0)
	write(t, a, func(tx *archive.Tx) error { return Add(tx, p, g) })
	Verified(t, a)
}

// state is all that can be read of an archive.
func state(t *testing.T, a archive.Archive) []string {
	t.Helper()
	var s []string
	for e, err := range a.Log().Entries(ctx, 0) {
		must(t, err)
		s = append(s, string(e))
	}
	for blob, err := range a.Blobs().All(ctx) {
		must(t, err)
		s = append(s, blob.ID.String())
	}
	for filed, err := range a.Index().Documents(ctx, 0) {
		must(t, err)
		s = append(s, fmt.Sprintf("%+v", filed))
	}
	for p, err := range a.Index().Parties(ctx) {
		must(t, err)
		s = append(s, fmt.Sprintf("%+v", p))
	}
	tables, err := a.(archive.Inspector).Tables(ctx)
	must(t, err)
	for _, table := range tables {
		s = append(s, fmt.Sprintf("%s %d %x", table.Name, table.Rows, table.Digest))
	}
	signed, err := a.Log().Checkpoint(ctx)
	must(t, err)
	return append(s, string(signed))
}

func testMarks(t *testing.T, b Backend) {
	a := b.New(t)
	mark := func() string {
		v, err := a.Index().Mark(ctx, "cursor", "read")
		must(t, err)
		return fmt.Sprintf("%q %v", v, v == nil)
	}
	if got := mark(); got != `"" true` {
		t.Errorf("a mark never set is %s", got)
	}
	write(t, a, func(tx *archive.Tx) error {
		return errors.Join(tx.SetMark("cursor", "read", []byte("17")), tx.SetMark("cursor", "extract", []byte("20")), tx.SetMark("other", "read", []byte{0}))
	})
	if got := mark(); got != `"17" false` {
		t.Errorf("the mark is %s", got)
	}
	write(t, a, func(tx *archive.Tx) error {
		err := tx.SetMark("cursor", "read", []byte("18"))
		v, e := tx.Mark("cursor", "read")
		if string(v) != "18" {
			t.Errorf("within the write the mark is %q", v)
		}
		return errors.Join(err, e)
	})
	if got := mark(); got != `"18" false` {
		t.Errorf("the mark is %s", got)
	}
	var list []string
	for n, err := range a.Index().Marks(ctx, "cursor") {
		must(t, err)
		list = append(list, n.Key+"="+string(n.Value))
	}
	if !slices.Equal(list, []string{"extract=20", "read=18"}) {
		t.Errorf("the marks of a space are %q", list)
	}
	write(t, a, func(tx *archive.Tx) error { return tx.SetMark("cursor", "read", nil) })
	if got := mark(); got != `"" true` {
		t.Errorf("a mark taken away is %s", got)
	}
	Verified(t, a)
}

func testDocuments(t *testing.T, b Backend) {
	a := b.New(t)
	g, same := NewGenerator(1), NewGenerator(1)
	Fill(t, a, g, 25)
	count := int64(0)
	for filed, err := range a.Index().Documents(ctx, 0) {
		must(t, err)
		d, list := same.Document(3)
		d.Capture = count
		count++
		want := archive.Filed{Document: d, No: count, Statements: list}
		if !reflect.DeepEqual(filed, want) {
			t.Fatalf("document %d is\n%+v, want\n%+v", count, filed, want)
		}
		alone, err := a.Index().Document(ctx, d.ID)
		must(t, err)
		if !reflect.DeepEqual(alone, want) {
			t.Errorf("document %s by its identifier differs", d.ID)
		}
	}
	if count != 25 {
		t.Errorf("there are %d documents", count)
	}
	for filed, err := range a.Index().Documents(ctx, 25) {
		must(t, err)
		if filed.No != 25 {
			t.Errorf("from 25 on there is number %d", filed.No)
		}
	}
	if _, err := a.Index().Document(ctx, "none"); fault.Of(err) != fault.NotFound {
		t.Errorf("a document never filed: %v", err)
	}
	long := archive.Document{Captured: epoch}
	long.ID, long.Text = "long", string(bytes.Repeat([]byte("سدّ "), 40000))
	write(t, a, func(tx *archive.Tx) error { _, err := tx.PutDocument(long); return err })
	filed, err := a.Index().Document(ctx, "long")
	must(t, err)
	if filed.Text != long.Text {
		t.Error("a long text is not what was put")
	}
	Verified(t, a)
}

func testReplace(t *testing.T, b Backend) {
	a, fresh := b.New(t), b.New(t)
	Fill(t, a, NewGenerator(1), 20)
	g, other := NewGenerator(1), NewGenerator(3)
	write(t, a, func(tx *archive.Tx) error {
		for i := range 20 {
			d, list := g.Document(3)
			if i%3 == 0 {
				d, list = other.Document(5)
				d.ID = fmt.Sprintf("doc-%07d", i)
				if no, err := tx.PutDocument(d); err != nil || no != int64(i+1) {
					return fmt.Errorf("replacing document %d gave number %d: %w", i+1, no, err)
				}
			}
			if i%3 == 1 {
				list = list[:1]
			}
			if err := tx.PutStatements(d.ID, list); err != nil {
				return err
			}
			if err := tx.PutStatements(d.ID, list); err != nil { // twice is once
				return err
			}
		}
		return nil
	})
	for filed, err := range a.Index().Documents(ctx, 0) {
		must(t, err)
		write(t, fresh, func(tx *archive.Tx) error {
			_, err := tx.PutDocument(filed.Document)
			return errors.Join(err, tx.PutStatements(filed.ID, filed.Statements))
		})
	}
	for _, e := range expressions(NewGenerator(1)) {
		got, want := find(t, a, archive.Search{Expr: e, Limit: 500}), find(t, fresh, archive.Search{Expr: e, Limit: 500})
		slices.Sort(got) // of one minute, the order is that of filing
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%+v finds %v, want %v", *e, got, want)
		}
	}
	Verified(t, a)
}

// find lists the hits of a search as document and index.
func find(t *testing.T, a archive.Archive, s archive.Search) []string {
	t.Helper()
	found, err := a.Index().Search(ctx, s)
	must(t, err)
	var list []string
	for _, h := range found.Hits {
		list = append(list, fmt.Sprintf("%s/%d", h.Doc.ID, h.Ord))
	}
	return list
}

func testRefuse(t *testing.T, b Backend) {
	a := b.New(t)
	Fill(t, a, NewGenerator(1), 1)
	d, list := NewGenerator(1).Document(1)
	for name, change := range map[string]func(*archive.Statement){
		"no teller":        func(s *archive.Statement) { s.Chain = nil },
		"no content":       func(s *archive.Statement) { s.Content = nil },
		"beyond the text":  func(s *archive.Statement) { s.Content = []text.Span{{Start: 0, End: 1 << 20}} },
		"inside a letter":  func(s *archive.Statement) { s.Content = []text.Span{{Start: 1, End: 4}} },
		"too many parties": func(s *archive.Statement) { s.Tellers = make([]string, 9) },
	} {
		s := list[0]
		change(&s)
		err := a.Write(ctx, func(tx *archive.Tx) error { return tx.PutStatements(d.ID, []archive.Statement{s}) })
		if fault.Of(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := a.Write(ctx, func(tx *archive.Tx) error { return tx.PutStatements("none", list) })
	if fault.Of(err) != fault.NotFound {
		t.Errorf("statements of a document never filed: %v", err)
	}
	Verified(t, a)
}

func testParties(t *testing.T, b Backend) {
	a := b.New(t)
	var want []archive.Party
	write(t, a, func(tx *archive.Tx) error {
		for i := range 300 {
			p := archive.Party{ID: fmt.Sprintf("p%03d", 299-i), Name: "هيئة الجسور", Kind: 1, Names: []string{"Bridge Authority", fmt.Sprint(i)}, Of: fmt.Sprintf("p%03d", i/2)}
			want = append(want, p)
			if err := tx.PutParty(p); err != nil {
				return err
			}
		}
		want[0].Name = "هيئة الجسور والطرق"
		return errors.Join(tx.PutParty(want[0]), tx.PutParty(archive.Party{ID: "gone"}))
	})
	write(t, a, func(tx *archive.Tx) error { return errors.Join(tx.RemoveParty("gone"), tx.RemoveParty("never there")) })
	slices.Reverse(want)
	var got []archive.Party
	for p, err := range a.Index().Parties(ctx) {
		must(t, err)
		got = append(got, p)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("there are %d parties, not the %d that were put", len(got), len(want))
	}
	Verified(t, a)
}

func testDrop(t *testing.T, b Backend) {
	a := b.New(t)
	fill := func() {
		write(t, a, func(tx *archive.Tx) error {
			return errors.Join(tx.Drop(), tx.SetMark("cursor", "read", []byte("1")), tx.PutParty(archive.Party{ID: "p"}))
		})
		g := NewGenerator(1)
		for range 4 {
			write(t, a, func(tx *archive.Tx) error {
				for range 10 {
					d, list := g.Document(3)
					_, err := tx.PutDocument(d)
					if err := errors.Join(err, tx.PutStatements(d.ID, list)); err != nil {
						return err
					}
				}
				return nil
			})
		}
	}
	Fill(t, a, NewGenerator(5), 30)
	fill()
	first, err := a.(archive.Inspector).Tables(ctx)
	must(t, err)
	Verified(t, a)
	fill()
	second, err := a.(archive.Inspector).Tables(ctx)
	must(t, err)
	if !reflect.DeepEqual(first, second) {
		t.Errorf("deriving twice gives\n%v and\n%v", first, second)
	}
	write(t, a, func(tx *archive.Tx) error { return tx.Drop() })
	if v, err := a.Index().Mark(ctx, "cursor", "read"); v != nil || err != nil {
		t.Errorf("a mark survives: %q, %v", v, err)
	}
	if n := len(find(t, a, archive.Search{})); n != 0 {
		t.Errorf("%d statements survive", n)
	}
	if sum := Verified(t, a); sum.Entries != 30 || sum.Blobs != 30 {
		t.Errorf("of the evidence %d entries and %d blobs are left", sum.Entries, sum.Blobs)
	}
}

func testExtends(t *testing.T, b Backend) {
	a, short, other := b.New(t), b.New(t), b.New(t)
	g := NewGenerator(1)
	Fill(t, a, g, 17)
	earlier := checkpoint(t, a)
	must(t, archive.Extends(ctx, a.Log(), earlier))
	Fill(t, a, g, 21)
	must(t, archive.Extends(ctx, a.Log(), earlier))
	must(t, archive.Extends(ctx, a.Log(), archive.Checkpoint{}))
	Fill(t, short, NewGenerator(1), 14)
	if err := archive.Extends(ctx, short.Log(), earlier); fault.Of(err) != fault.Conflict {
		t.Errorf("3 entries fewer: %v", err)
	}
	Fill(t, other, NewGenerator(2), 30)
	if err := archive.Extends(ctx, other.Log(), earlier); fault.Of(err) != fault.Conflict {
		t.Errorf("other entries: %v", err)
	}
	signed, err := a.Log().Checkpoint(ctx)
	must(t, err)
	key, err := other.Log().Key(ctx)
	must(t, err)
	if _, err := archive.ParseCheckpoint(signed, key); fault.Of(err) != fault.Invalid {
		t.Errorf("the key of another archive: %v", err)
	}
	key, err = a.Log().Key(ctx)
	must(t, err)
	_, end, _ := bytes.Cut(signed, []byte("\n\n")) // behind it, base64 has bits that mean nothing
	for i := range len(signed) - len(end) {
		altered := bytes.Clone(signed)
		altered[i] ^= 1
		if _, err := archive.ParseCheckpoint(altered, key); err == nil {
			t.Errorf("a checkpoint with byte %d altered is taken", i)
		}
	}
}

func testDurable(t *testing.T, b Backend) {
	if b.Reopen == nil {
		t.Skip("nothing is kept")
	}
	for _, closed := range []bool{true, false} {
		a := b.New(t)
		g := NewGenerator(1)
		Fill(t, a, g, 23)
		before := state(t, a)
		again := b.Reopen(t, a, closed)
		if after := state(t, again); !reflect.DeepEqual(after, before) {
			t.Errorf("closed %v: what was acknowledged is not all there", closed)
		}
		Fill(t, again, g, 5)
		if sum := Verified(t, again); sum.Entries != 28 {
			t.Errorf("closed %v: after five more there are %d entries", closed, sum.Entries)
		}
	}
}

func testReaders(t *testing.T, b Backend) {
	a := b.New(t)
	Fill(t, a, NewGenerator(1), 10)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for last := int64(0); ; {
				select {
				case <-done:
					return
				default:
				}
				last = readOnce(t, a, last)
			}
		})
	}
	g := NewGenerator(2)
	g.n = 1000
	Fill(t, a, g, 60)
	close(done)
	readers.Wait()
	if sum := Verified(t, a); sum.Entries != 70 {
		t.Errorf("there are %d entries", sum.Entries)
	}
}

// readOnce checks what a reader sees while another writes: whole batches, and
// never less than before.
func readOnce(t *testing.T, a archive.Archive, last int64) int64 {
	n, err := a.Log().Size(ctx)
	if err != nil || n < last || n%10 != 0 {
		t.Errorf("%d entries after %d: %v", n, last, err)
	}
	found, err := a.Index().Search(ctx, archive.Search{Limit: 5})
	if err != nil || len(found.Hits) != 5 {
		t.Errorf("%d hits: %v", len(found.Hits), err)
	}
	if _, err := a.Index().Document(ctx, "doc-0000004"); err != nil {
		t.Error(err)
	}
	return n
}
