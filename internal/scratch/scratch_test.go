package scratch

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/isnad/isnad/internal/fault"
)

func TestFileLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	f, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"one ", "two"} {
		if _, err := f.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	got := make([]byte, 3)
	if _, err := f.ReadAt(got, 4); err != nil || string(got) != "two" {
		t.Errorf("read %q, %v", got, err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestNoRoom(t *testing.T) {
	gone := filepath.Join(t.TempDir(), "gone")
	t.Setenv("TMPDIR", gone)
	t.Setenv("TMP", gone)
	if _, err := New(); fault.Of(err) != fault.Unavailable || fault.Hint(err) == "" {
		t.Errorf("%v: %v, %q", err, fault.Of(err), fault.Hint(err))
	}
}
