package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/isnad/isnad/internal/desk/desktest"
)

var (
	kills     = flag.Int("kills", 2, "times that TestKill kills isnad add")
	killDocs  = flag.Int("kill-docs", 200, "documents that it adds")
	killsEach = flag.Int("kills-each", 5, "kills of one archive at most")
)

// TestKill kills isnad add at random points and takes it up again. Whatever the
// point: what was acknowledged is there, nothing is there twice, the archive
// verifies, and once the work is finished it is the archive of a run that
// nothing disturbed.
func TestKill(t *testing.T) {
	in := killInput(t)
	want := newKilled(t, in)
	start := time.Now()
	want.finish()
	span := time.Since(start)
	wantLog, wantTables := want.output("log", "--json"), want.output("stats", "--digest")
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, an undisturbed run takes %v", seed, span)
	rnd := rand.New(rand.NewPCG(seed, 1))
	for done := 0; done < *kills; {
		k := newKilled(t, in)
		for i := 0; i < *killsEach && done < *kills; i++ {
			killed := k.run(time.Duration(rnd.Int64N(int64(span))))
			k.check()
			if !killed {
				break
			}
			done++
		}
		k.finish()
		k.check()
		if got := k.output("log", "--json"); got != wantLog {
			t.Errorf("%s: another log than that of an undisturbed run", k.path)
		}
		if got := k.output("stats", "--digest"); got != wantTables {
			t.Errorf("%s: other tables than those of an undisturbed run:\n%s\n%s", k.path, got, wantTables)
		}
		if t.Failed() {
			t.FailNow()
		}
		os.Remove(k.path)
		t.Logf("%d kills", done)
	}
}

// killInput is a folder with articles, lines of JSON, duplicates and failures.
func killInput(t *testing.T) string {
	dir := t.TempDir()
	var lines bytes.Buffer
	a := desktest.New(3)
	for i := range *killDocs {
		text := a.Next()[:600]
		text = strings.ToValidUTF8(text, "")
		if i%3 == 0 {
			line, err := json.Marshal(map[string]string{"text": text})
			if err != nil {
				t.Fatal(err)
			}
			lines.Write(append(line, '\n'))
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, a.Name()), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if i%50 == 1 {
			lines.WriteString("{\"text\":\n")
			if err := os.WriteFile(filepath.Join(dir, a.Name()+".copy.txt"), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "lines.jsonl"), lines.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// killed is an archive that is being added to.
type killed struct {
	t        *testing.T
	in, path string
	acked    map[string]int64 // by input and record: the entry
}

func newKilled(t *testing.T, in string) *killed {
	return &killed{t, in, filepath.Join(t.TempDir(), "a.isnad"), make(map[string]int64)}
}

func (k *killed) command(name string, args ...string) *exec.Cmd {
	return exec.Command("isnad", append([]string{name, "--archive", k.path}, args...)...)
}

// run adds until it is killed, and reports whether it was.
func (k *killed) run(after time.Duration) bool {
	cmd := k.command("add", "--json", "--captured", "2025-03-14T12:00:00Z", k.in)
	out, err := cmd.StdoutPipe()
	if err != nil {
		k.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		k.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
	defer timer.Stop()
	r := bufio.NewReader(out)
	for {
		line, err := r.ReadBytes('\n')
		if err != nil { // what the kill cut off was not acknowledged
			break
		}
		var l receiptLine
		if err := json.Unmarshal(line, &l); err != nil {
			k.t.Fatalf("%s: %v", line, err)
		}
		if l.Capture != nil {
			k.acked[l.Input+":"+l.Record] = *l.Capture
		}
	}
	cmd.Wait()
	return !cmd.ProcessState.Exited()
}

// finish adds without being killed; inputs that fail make it exit with 1.
func (k *killed) finish() {
	if out, err := k.command("add", "--json", "--captured", "2025-03-14T12:00:00Z", k.in).Output(); err != nil && !bytes.Contains(out, []byte(`"failed"`)) {
		k.t.Fatalf("add: %v", err)
	}
}

func (k *killed) output(name string, args ...string) string {
	k.t.Helper()
	out, err := k.command(name, args...).Output()
	if err != nil {
		k.t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// check compares the archive with what was acknowledged.
func (k *killed) check() {
	k.t.Helper()
	if _, err := os.Stat(k.path); os.IsNotExist(err) && len(k.acked) == 0 {
		return
	}
	k.output("verify")
	bodies := make(map[string]int64)
	names := make(map[int64]string)
	for line := range strings.Lines(k.output("log", "--json")) {
		var e struct {
			No    int64
			Kind  string
			Blobs []string
			Data  struct{ Input, Record string }
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			k.t.Fatal(err)
		}
		if e.Kind != "capture" {
			continue
		}
		if first, twice := bodies[e.Blobs[0]]; twice {
			k.t.Errorf("captures %d and %d have the same bytes", first, e.No)
		}
		bodies[e.Blobs[0]], names[e.No] = e.No, e.Data.Input+":"+e.Data.Record
	}
	for name, n := range k.acked {
		if names[n] != name {
			k.t.Errorf("capture %d was acknowledged for %s and is of %q", n, name, names[n])
		}
	}
	if len(k.acked) > 0 {
		k.t.Logf("%d acknowledged, %d there", len(k.acked), len(names))
	}
}
