// Package zipped opens ZIP files of strangers.
//
// # Invariant
//
// The directory, and what every entry unpacks to, are bounded; entries do not
// overlap; nothing is written to disk, so a name cannot lead anywhere.
package zipped

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Limits on a file.
const (
	maxDirectory = 8 << 20 // bytes
	maxRatio     = 200     // of an entry of more than minRatio bytes
	minRatio     = 4 << 20
)

// Archive is an open file.
type Archive struct {
	Files []*zip.File
	in    io.ReaderAt
}

// Open reads the directory of a file of size bytes.
func Open(in io.ReaderAt, size int64) (*Archive, error) {
	b := &budget{in, maxDirectory}
	z, err := zip.NewReader(b, size)
	switch {
	case b.left < 0:
		return nil, fmt.Errorf("its directory has more than %d MB", maxDirectory>>20)
	case err != nil && z == nil:
		return nil, err
	}
	b.left = 1 << 62
	sum := uint64(0)
	for _, f := range z.File {
		if sum += f.CompressedSize64; f.CompressedSize64 > uint64(size) || sum > uint64(size) {
			return nil, errors.New("its entries overlap")
		}
	}
	return &Archive{z.File, in}, nil
}

// budget bounds how much is read while the directory is.
type budget struct {
	io.ReaderAt
	left int64
}

func (b *budget) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, errors.New("too much")
	}
	return b.ReaderAt.ReadAt(p, at)
}

// Local reports whether a name stays inside the folder that the file would be
// unpacked into.
func Local(name string) bool {
	return filepath.IsLocal(name) && !strings.Contains(name, `\`) && !strings.Contains(name, ":")
}

// Reader reads an entry. Where it is stored as it is, the reader can seek, and
// at is the byte of the file where it begins; else at is 0.
func (a *Archive) Reader(f *zip.File) (r io.Reader, at int64, err error) {
	switch size := f.UncompressedSize64; {
	case f.Flags&1 != 0:
		return nil, 0, errors.New("is encrypted")
	case size > minRatio && size/maxRatio > f.CompressedSize64:
		return nil, 0, fmt.Errorf("unpacks to more than %d times its size", maxRatio)
	}
	if f.Method == zip.Store {
		if at, err = f.DataOffset(); err != nil {
			return nil, 0, err
		}
		return io.NewSectionReader(a.in, at, int64(f.CompressedSize64)), at, nil
	}
	in, err := f.Open()
	if err != nil {
		return nil, 0, err
	}
	return io.LimitReader(in, int64(f.UncompressedSize64)+1), 0, nil
}

// Find is the first entry of a name, or nil.
func (a *Archive) Find(name string) *zip.File {
	for _, f := range a.Files {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Read reads an entry of at most limit bytes.
func (a *Archive) Read(f *zip.File, limit int64) ([]byte, error) {
	r, _, err := a.Reader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%s: unpacks to more than %d bytes", f.Name, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return body, nil
}
