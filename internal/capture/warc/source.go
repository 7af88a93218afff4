package warc

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
)

// sourceBuffer is how far ahead the input is looked at.
const sourceBuffer = 64 << 10

// maxReread bounds how many bytes are read again, in all, to find what a
// damaged record may have swallowed.
const maxReread = 256 << 20

// source is the input with its place in it.
type source struct {
	*bufio.Reader
	in     io.Reader
	taken  int64 // bytes that the buffer has taken from in
	reread int64
}

func newSource(in io.Reader) *source {
	s := &source{in: in}
	s.Reader = bufio.NewReaderSize(taker{s}, sourceBuffer)
	return s
}

// taker counts what the buffer takes.
type taker struct{ *source }

func (t taker) Read(p []byte) (int, error) {
	n, err := t.in.Read(p)
	t.taken += int64(n)
	return n, err
}

// at is the number of bytes that were read.
func (s *source) at() int64 { return s.taken - int64(s.Buffered()) }

// rewind goes back to byte at where the input can and has not done so too
// often; else reading goes on from where it is.
func (s *source) rewind(at int64) {
	back := s.at() - at
	seeker, ok := s.in.(io.Seeker)
	if !ok || back <= 0 || s.reread+back > maxReread {
		return
	}
	if _, err := seeker.Seek(at-s.taken, io.SeekCurrent); err != nil {
		return // a pipe: what was read is gone
	}
	s.reread += back
	s.taken = at
	s.Reset(taker{s})
}

// errFar says that what is looked for did not come in time.
var errFar = errors.New("no record within reach")

// seek passes over bytes up to the next place where mark stands and good holds
// of what is behind it, to the end, or for limit bytes.
func seek(r *bufio.Reader, mark []byte, limit int64, good func(from []byte) bool) error {
	for passed := int64(0); passed < limit; {
		p, err := r.Peek(r.Size())
		if err != nil && err != io.EOF {
			return err
		}
		if i := index(p, mark, good); i >= 0 {
			_, err := r.Discard(i)
			return err
		}
		n := len(p)
		if err == nil {
			n -= keepBehind
		}
		if _, e := r.Discard(n); e != nil || err != nil {
			return cmp.Or(e, err)
		}
		passed += int64(n)
	}
	return errFar
}

// keepBehind is how much of a buffer is looked at again with the next, so that
// a mark near its end is judged by enough of what follows.
const keepBehind = 4 << 10

func index(p, mark []byte, good func(from []byte) bool) int {
	for from := 0; ; from++ {
		i := bytes.Index(p[from:], mark)
		if i < 0 {
			return -1
		}
		if from += i; good(p[from:]) {
			return from
		}
	}
}
