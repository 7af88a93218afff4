package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/archive/sqlite"
	"github.com/isnad/isnad/internal/desk"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang/ar"
)

// archiveConfig says which archive a command is about.
type archiveConfig struct {
	archive string
	json    bool
}

func (c *archiveConfig) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.archive, "archive", "", "`file` of the archive; else ISNAD_ARCHIVE, else isnad/archive.isnad in your data folder")
	fs.BoolVar(&c.json, "json", false, "write JSON lines")
}

// path is the file of the archive.
func (c *archiveConfig) path(e *env) (string, error) {
	if p := cmp.Or(c.archive, e.getenv("ISNAD_ARCHIVE")); p != "" {
		return p, nil
	}
	dir := e.getenv("XDG_DATA_HOME")
	switch {
	case dir != "":
	case runtime.GOOS == "windows":
		dir = e.getenv("LOCALAPPDATA")
	case runtime.GOOS == "darwin" && e.getenv("HOME") != "":
		dir = filepath.Join(e.getenv("HOME"), "Library", "Application Support")
	case e.getenv("HOME") != "":
		dir = filepath.Join(e.getenv("HOME"), ".local", "share")
	}
	if dir == "" {
		return "", usagef("there is no folder for your data: name an archive with --archive FILE")
	}
	return filepath.Join(dir, "isnad", "archive.isnad"), nil
}

// What a command does with an archive.
type use uint8

const (
	look   use = iota // open it for reading
	change            // open it for writing
	begin             // make it where there is none
)

// open opens the archive; what has no time of its own is noted as of now.
func (c *archiveConfig) open(ctx context.Context, e *env, u use, now func() time.Time) (*desk.Archivist, error) {
	path, err := c.path(e)
	if err != nil {
		return nil, err
	}
	folder, err := fold.New(ar.Stems())
	if err != nil {
		return nil, err
	}
	d, err := newDesk("auto")
	if err != nil {
		return nil, err
	}
	opt := sqlite.Options{Folder: folder, ReadOnly: u == look}
	a, err := sqlite.Open(ctx, path, opt)
	if u == begin && fault.Of(err) == fault.NotFound && errors.Is(err, os.ErrNotExist) {
		a, err = create(ctx, path, opt)
	}
	if err != nil {
		return nil, err
	}
	k, err := d.Keep(a, folder, now)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return k, nil
}

// create makes a new archive, and the folder of the default one.
func create(ctx context.Context, path string, opt sqlite.Options) (*sqlite.Archive, error) {
	if strings.HasSuffix(path, filepath.Join("isnad", "archive.isnad")) {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, &fault.Error{Kind: fault.Unavailable, Input: path, Err: err, Hint: "name an archive with --archive FILE"}
		}
	}
	a, err := sqlite.Create(ctx, path, opt)
	if fault.Of(err) == fault.Conflict { // another process was faster
		return sqlite.Open(ctx, path, opt)
	}
	return a, err
}

// with opens the archive for work and closes it afterwards.
func (c *archiveConfig) with(ctx context.Context, e *env, u use, work func(*desk.Archivist) error) error {
	k, err := c.open(ctx, e, u, time.Now)
	if err != nil {
		return err
	}
	return errors.Join(work(k), k.Close())
}
