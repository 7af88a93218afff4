package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/desk"
)

// killPages is the number of pages that are watched while watch is killed.
const killPages = 24

// TestKillWatch kills isnad watch at random points, while pages are seen for the
// first time and while they change. Whatever the point: what was told is in the
// log, nothing is there twice, the archive verifies, and once the work is
// finished the log tells what it tells of a run that nothing disturbed.
func TestKillWatch(t *testing.T) {
	var edition atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed" {
			fmt.Fprint(w, `<rss version="2.0"><channel><title>f</title>`)
			for i := range killPages {
				fmt.Fprintf(w, "<item><link>/%d</link></item>", i)
			}
			fmt.Fprint(w, "</channel></rss>")
			return
		}
		if r.URL.Path == "/3" && edition.Load() > 1 || r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<title>%s</title><p>قال مدير المياه سالم الوردي إن %d مضخة وصلت إلى المحطة %s في المدينة كلها.</p>", r.URL.Path, edition.Load(), r.URL.Path)
	}))
	defer s.Close()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 2))
	var want []string
	for done := -1; done < *kills; {
		k := &killedWatch{t: t, killed: newKilled(t, s.URL+"/feed"), site: s.URL}
		if out, err := k.command("watch", "add", k.in).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		for e := range int32(2) {
			edition.Store(e + 1)
			for i := 0; want != nil && i < *killsEach && done < *kills; i++ {
				if !k.run(time.Duration(rnd.Int64N(int64(2 * time.Second)))) {
					break
				}
				done++
				k.check()
			}
			k.run(time.Minute)
			k.check()
		}
		got := k.told()
		if want == nil {
			want, done = got, 0
			if n := 1 + 2*killPages - 1 + killPages; len(want) != n {
				t.Fatalf("an undisturbed run tells %d things, want %d:\n%s", len(want), n, strings.Join(want, "\n"))
			}
			continue
		}
		if !slices.Equal(got, want) {
			t.Fatalf("a run that was killed tells\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		t.Logf("%d kills", done)
	}
}

// killedWatch is an archive whose pages are being watched.
type killedWatch struct {
	*killed
	t    *testing.T
	site string
	said []visitLine
}

// run visits everything until it is killed, and reports whether it was.
func (k *killedWatch) run(after time.Duration) bool {
	cmd := k.command("watch", "run", "--all", "--json", "--allow-private", "--pause", "1us")
	out, err := cmd.StdoutPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	for r := bufio.NewReader(out); ; {
		line, err := r.ReadBytes('\n')
		if err != nil {
			break
		}
		var l visitLine
		if err := json.Unmarshal(line, &l); err != nil {
			k.t.Fatalf("%s: %v", line, err)
		}
		k.said = append(k.said, l)
	}
	cmd.Wait()
	return !cmd.ProcessState.Exited()
}

// entries are those of the log.
func (k *killedWatch) entries() (list []archive.Record) {
	for line := range strings.Lines(k.output("log", "--json")) {
		var r archive.Record
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			k.t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// check verifies the archive, and that it has what was told.
func (k *killedWatch) check() {
	k.t.Helper()
	k.output("verify")
	list := k.entries()
	for _, l := range k.said {
		for kind, n := range map[string]*int64{"capture": l.Capture, "change": l.Change} {
			if n != nil && (*n >= int64(len(list)) || list[*n].Kind != kind || !strings.Contains(string(list[*n].Data), l.URL)) {
				k.t.Fatalf("%s %d of %s was told and is not there", kind, *n, l.URL)
			}
		}
	}
}

// told is what the log tells, without numbers and times, in order.
func (k *killedWatch) told() []string {
	var out []string
	list := k.entries()
	for _, r := range list {
		var d struct {
			URL, Input string
			Gone       bool
		}
		if err := json.Unmarshal(r.Data, &d); err != nil {
			k.t.Fatal(err)
		}
		line := r.Kind + " " + cmp.Or(d.URL, d.Input)
		if r.Kind == "capture" || d.Gone {
			line += fmt.Sprint(r.Blobs[:min(len(r.Blobs), 1)], d.Gone)
		}
		out = append(out, strings.ReplaceAll(line, k.site, ""))
	}
	slices.Sort(out)
	if n := len(slices.Compact(slices.Clone(out))); n != len(out) {
		k.t.Fatalf("%s: something is in the log twice:\n%s", filepath.Base(k.path), strings.Join(out, "\n"))
	}
	var s desk.Stats
	if err := json.Unmarshal([]byte(k.output("stats", "--json")), &s); err != nil || s.Pending > 0 {
		k.t.Fatalf("%d entries are not filed, %v", s.Pending, err)
	}
	return out
}
