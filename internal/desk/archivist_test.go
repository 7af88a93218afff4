package desk_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/archivetest"
	"github.com/isnad/isnad/internal/archive/mem"
	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang/ar"
)

var ctx = context.Background()

// noon is the clock of the tests.
func noon() time.Time { return time.Date(2025, 3, 14, 12, 0, 0, 0, time.UTC) }

func folder(tb testing.TB) *fold.Folder {
	tb.Helper()
	f, err := fold.New(ar.Stems())
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// keep makes an archivist with an archive in memory.
func keep(tb testing.TB) (*desk.Archivist, *mem.Archive) {
	tb.Helper()
	a, err := mem.New(folder(tb))
	if err != nil {
		tb.Fatal(err)
	}
	return archivist(tb, a), a
}

func archivist(tb testing.TB, a archive.Archive) *desk.Archivist {
	tb.Helper()
	k, err := newDesk(tb).Keep(a, folder(tb), noon)
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// texts are sources of short texts.
func texts(list ...string) iter.Seq[capture.Source] {
	return func(yield func(capture.Source) bool) {
		for i, t := range list {
			s := capture.Source{Input: fmt.Sprintf("text-%d", i), Size: int64(len(t)), Load: func() (*capture.Capture, error) {
				return &capture.Capture{Input: fmt.Sprintf("text-%d", i), Media: "text/plain", Body: []byte(t)}, nil
			}}
			if !yield(s) {
				return
			}
		}
	}
}

func add(tb testing.TB, k *desk.Archivist, sources iter.Seq[capture.Source]) []desk.Receipt {
	tb.Helper()
	var all []desk.Receipt
	err := k.Add(ctx, sources, func(list []desk.Receipt) error {
		all = append(all, list...)
		return nil
	}, func(desk.Progress) {})
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func verified(tb testing.TB, k *desk.Archivist) desk.Verified {
	tb.Helper()
	v, err := k.Verify(ctx, func(f archive.Finding) { tb.Error(f) })
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// TestLongCapture reads a document of several windows: every statement has to
// stand in its text as it stands in a short one.
func TestLongCapture(t *testing.T) {
	k, _ := keep(t)
	piece := "قال المهندس سالم الوردي إن المحطة رقم %d تعمل.\n\nونفى مصدر في الوزارة أن تكون المضخة قد توقفت.\n\n"
	var b strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&b, piece, i)
	}
	add(t, k, texts(b.String()))
	if v := verified(t, k); v.Documents != 1 || v.Statements != 8000 {
		t.Errorf("%d documents with %d statements, want 1 with 8000", v.Documents, v.Statements)
	}
	for f, err := range k.Documents(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range f.Statements {
			if got := s.Own().Cue[0].Of(f.Text); got != "قال" && got != "ونفى" {
				t.Fatalf("statement %d has the cue %q", i, got)
			}
		}
	}
}

// TestAgain checks that what is there already is told and not kept twice, and
// that filing again does nothing.
func TestAgain(t *testing.T) {
	k, a := keep(t)
	list := []string{"قال الوزير إن المحطة تعمل.", "قال الوزير إن الجسر مغلق.", "قال الوزير إن المحطة تعمل."}
	first := add(t, k, texts(list...))
	if first[2].State != desk.Duplicate || first[2].Of != 0 {
		t.Errorf("the third is %+v", first[2])
	}
	before, err := a.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range add(t, k, texts(list...)) {
		if r.State != desk.Duplicate {
			t.Errorf("%s again is %s", r.Input, r.State)
		}
	}
	if after, err := a.Tables(ctx); err != nil || !slices.Equal(before, after) {
		t.Error("adding the same again changed the index", err)
	}
	if v := verified(t, k); v.Entries != 2 {
		t.Errorf("%d entries, want 2", v.Entries)
	}
}

// TestSeenAgain finds the same bytes at two addresses: they are kept once, and
// the log has both addresses, also after the index was made anew.
func TestSeenAgain(t *testing.T) {
	k, a := keep(t)
	at := func(url string) iter.Seq[capture.Source] {
		return slices.Values([]capture.Source{{Input: url, Load: func() (*capture.Capture, error) {
			return &capture.Capture{Input: url, URL: url, Media: "text/plain", Body: []byte("قال الوزير إن المحطة تعمل.")}, nil
		}}})
	}
	for _, url := range []string{"https://a.example/1", "https://b.example/1", "https://a.example/1", "https://b.example/1"} {
		add(t, k, at(url))
	}
	before, err := a.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if after, err := a.Tables(ctx); err != nil || !slices.Equal(before, after) {
		t.Error("rebuilding gives other tables", err)
	}
	add(t, k, at("https://b.example/1"))
	if v := verified(t, k); v.Entries != 2 || v.Blobs != 1 || v.Documents != 1 {
		t.Errorf("%d entries, %d blobs, %d documents; want 2, 1 and 1", v.Entries, v.Blobs, v.Documents)
	}
}

// TestBatches checks that the index does not depend on where filing was
// interrupted.
func TestBatches(t *testing.T) {
	var list []string
	for i := range 1500 {
		list = append(list, fmt.Sprintf("قال رئيس البلدية %s الوردي إن المحطة رقم %d تعمل.", []string{"سالم", "كريم"}[i%2], i))
	}
	var want []archive.Table
	for _, cut := range []int{0, 300, 1000, 1200} {
		k, a := keep(t)
		if err := k.Receive(ctx, texts(list[:cut]...), func([]desk.Receipt) error { return nil }); err != nil {
			t.Fatal(err)
		}
		k = archivist(t, &archivetest.Faulty{Archive: a, Fail: map[int]archivetest.Outcome{1: archivetest.Lost, 2: archivetest.Persisted}})
		for range 4 {
			err := k.Add(ctx, texts(list...), func([]desk.Receipt) error { return nil }, func(desk.Progress) {})
			if err == nil {
				break
			}
		}
		got, err := a.Tables(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Errorf("interrupted after %d: other tables", cut)
		}
	}
}

// TestParties checks decisions about parties, and that undoing restores what
// was.
func TestParties(t *testing.T) {
	k, a := keep(t)
	add(t, k, texts(
		"قال المهندس سالم الوردي إن المحطة تعمل.", "قال كريم الحداد إن الجسر مغلق.",
		"Salem Alwardi said the station was open.", "قال الوردي إن المضخة وصلت.",
	))
	party := func(name string) string {
		t.Helper()
		r, err := k.Roster(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range r.Identities() {
			if id.Name == name || slices.Contains(id.Names, name) {
				return id.Name
			}
		}
		return ""
	}
	before, err := a.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got := party("الوردي"); got != "سالم الوردي" {
		t.Errorf("الوردي is %q", got)
	}
	n, err := k.Decide(ctx, isnad.Decision{By: "x", Verb: isnad.SameParty, On: []isnad.Anchor{{Quote: "كريم الحداد"}, {Quote: "سالم الوردي"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := party("كريم الحداد"); got != "سالم الوردي" {
		t.Errorf("after the decision كريم الحداد is %q", got)
	}
	undo := isnad.Decision{By: "x", Verb: isnad.Undo, On: []isnad.Anchor{{ID: fmt.Sprint(n)}}}
	if _, err := k.Decide(ctx, undo); err != nil {
		t.Fatal(err)
	}
	after, err := a.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i := range before {
		if before[i].Name == "parties" && before[i] != after[i] {
			t.Error("undoing does not restore the parties")
		}
	}
	if _, err := k.Decide(ctx, undo); fault.Of(err) != fault.Conflict {
		t.Errorf("undoing twice: %v", err)
	}
	if err := k.Rebuild(ctx, nil); err != nil {
		t.Fatal(err)
	}
	rebuilt, err := a.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rebuilt, after) {
		t.Error("rebuilding gives other tables")
	}
}

// TestCompare files a document otherwise than it is read, and has that told.
func TestCompare(t *testing.T) {
	k, a := keep(t)
	add(t, k, texts("قال سالم الوردي إن المحطة تعمل. ونفى كريم الحداد إغلاق الجسر."))
	var f archive.Filed
	for d, err := range k.Documents(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		f = d
	}
	list := slices.Clone(f.Statements)
	list[0].Stance = isnad.Deny
	if err := a.Write(ctx, func(tx *archive.Tx) error { return tx.PutStatements(f.ID, list[:1]) }); err != nil {
		t.Fatal(err)
	}
	var got []string
	if err := k.Compare(ctx, func(m desk.Moved) { got = append(got, fmt.Sprint(m.At, " ", m.What)) }); err != nil {
		t.Fatal(err)
	}
	if want := []string{"0 stance: deny, now say", "57 new"}; !slices.Equal(got, want) {
		t.Errorf("moved are %q, want %q", got, want)
	}
}
