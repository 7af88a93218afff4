package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
)

var update = flag.Bool("update", false, "write the figures of the cases instead of comparing them")

// TestCases compares how well the cases are told with what is on record, so
// that no figure falls unseen.
func TestCases(t *testing.T) {
	var got bytes.Buffer
	for _, dir := range []string{
		"../../internal/sample/convoy", "../../internal/eval/testdata/cases/harvest",
		"../../internal/eval/testdata/cases/ferries", "../../internal/eval/testdata/cases/crossing",
		"../../internal/eval/testdata/cases/springs", "../../internal/eval/testdata/cases/league",
	} {
		var failed bytes.Buffer
		e := &env{in: new(bytes.Buffer), out: &got, err: &failed, getenv: func(string) string { return "" }}
		got.WriteString("== " + filepath.Base(dir) + "\n")
		if code := run(context.Background(), e, []string{"eval", "--case", dir}); code != exitOK {
			t.Fatalf("%s: exit code %d: %s", dir, code, failed.String())
		}
		got.WriteString("\n")
	}
	const record = "testdata/cases.scores"
	if *update {
		if err := os.WriteFile(record, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the cases are told otherwise than on record:\n%s\nRun: go test ./cmd/isnad -run Cases -update", diff.Diff(record, want, "told now", got.Bytes()))
	}
}
