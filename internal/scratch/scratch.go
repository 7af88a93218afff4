// Package scratch makes temporary files that leave nothing behind.
package scratch

import (
	"errors"
	"io/fs"
	"os"

	"github.com/isnad/isnad/internal/fault"
)

// File is a temporary file. Its name is gone from the folder as soon as the
// system allows: at once, or where open files keep their names, on Close.
type File struct{ file *os.File }

// New makes an empty file in the system's folder for temporary files.
func New() (*File, error) {
	f, err := os.CreateTemp("", "isnad-*")
	if err != nil {
		return nil, noRoom(err)
	}
	// Fails on Windows, where Close does it.
	_ = os.Remove(f.Name())
	return &File{f}, nil
}

// Write writes behind what was written before.
func (f *File) Write(p []byte) (int, error) {
	n, err := f.file.Write(p)
	return n, noRoom(err)
}

// ReadAt reads from byte at, as [io.ReaderAt] asks for.
func (f *File) ReadAt(p []byte, at int64) (int, error) { return f.file.ReadAt(p, at) }

// Close gives the room back.
func (f *File) Close() error {
	err := f.file.Close()
	if e := os.Remove(f.file.Name()); !errors.Is(e, fs.ErrNotExist) {
		err = errors.Join(err, e)
	}
	return err
}

func noRoom(err error) error {
	if err == nil {
		return nil
	}
	return &fault.Error{
		Kind: fault.Unavailable, Err: err,
		Hint: "long documents need room for temporary files: point TMPDIR to a folder that has it",
	}
}
