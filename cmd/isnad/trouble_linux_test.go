package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk adds to an archive on a file system that is too small for it.
// What was acknowledged is there, and with more room the rest follows.
func TestFullDisk(t *testing.T) {
	small := t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=400k"); err != nil {
		t.Skipf("a small file system cannot be made: %v", err)
	}
	defer syscall.Unmount(small, 0)
	in := killInput(t)
	k := newKilled(t, in)
	k.path = filepath.Join(small, "a.isnad")
	cmd := k.command("add", in)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	if err == nil || !strings.Contains(stderr.String(), "the disk is full; this batch was not stored, everything before it is") || !strings.Contains(stderr.String(), "hint: make room and repeat") {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	if err := syscall.Mount("tmpfs", small, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	k.check()
	k.finish()
	want := newKilled(t, in)
	want.finish()
	if got := k.output("log", "--json"); got != want.output("log", "--json") {
		t.Error("another log than with room from the start")
	}
	k.check()
}

// TestReadOnly works on an archive that nobody may write to.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=16m"); err != nil {
		t.Skipf("a file system of its own cannot be made: %v", err)
	}
	defer syscall.Unmount(dir, 0)
	article := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(article, []byte("قال سالم الوردي إن المحطة تعمل."), 0o644); err != nil {
		t.Fatal(err)
	}
	k := newKilled(t, article)
	k.path = filepath.Join(dir, "a.isnad")
	k.finish()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	if got := k.output("search", "المحطة"); !strings.Contains(got, "سالم الوردي") {
		t.Errorf("search finds %q", got)
	}
	k.output("verify")
	for _, args := range [][]string{{"add", article}, {"rebuild"}} {
		out, err := k.command(args[0], args[1:]...).CombinedOutput()
		if _, failed := err.(*exec.ExitError); !failed || !strings.Contains(string(out), "a.isnad: ") || !strings.Contains(string(out), "hint: ") {
			t.Errorf("%s: %v: %s", args, err, out)
		}
	}
}
