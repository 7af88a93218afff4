package export

import (
	"io"

	"github.com/isnad/isnad/internal/scratch"
)

// spoolBytes is how much a spool keeps in memory.
const spoolBytes = 1 << 20

// spool keeps bytes for later, in memory at first and in a temporary file once
// there are many. The zero value is ready for use.
type spool struct {
	buf  []byte // appended to by its owner, behind what is in the file
	file *scratch.File
	size int64 // of the file
}

// spill moves what is in memory to the file if it is at least that much.
func (s *spool) spill(least int) error {
	if len(s.buf) < least {
		return nil
	}
	if s.file == nil {
		f, err := scratch.New()
		if err != nil {
			return err
		}
		s.file = f
	}
	n, err := s.file.Write(s.buf)
	s.size += int64(n)
	s.buf = s.buf[:0]
	return err
}

// appendTo appends all that was kept to b. Where some is in a file, b and the
// file are written to w instead, and what remains is returned.
func (s *spool) appendTo(b []byte, w io.Writer) ([]byte, error) {
	if s.file == nil {
		return append(b, s.buf...), nil
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	_, err := io.Copy(w, io.NewSectionReader(s.file, 0, s.size))
	return append(b[:0], s.buf...), err
}

// readAt fills p with what was kept at byte at; it must be in the file.
func (s *spool) readAt(p []byte, at int64) error {
	_, err := s.file.ReadAt(p, at)
	return err
}

// reset forgets what was kept.
func (s *spool) reset() error {
	s.buf, s.size = s.buf[:0], 0
	if s.file == nil {
		return nil
	}
	f := s.file
	s.file = nil
	return f.Close()
}
