package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
)

// maxTrailing is how many bytes of a member a record is looked for in.
const maxTrailing = 64 << 20

// Damage says which record cannot be read, and why.
type Damage struct {
	No     int   // from 1
	Offset int64 // bytes of the archive; see [Record]
	Err    error
}

func (d *Damage) Error() string {
	return fmt.Sprintf("record %d at byte %d: %v", d.No, d.Offset, d.Err)
}

func (d *Damage) Unwrap() error { return d.Err }

// Reader reads the records of an archive.
type Reader struct {
	source *source
	pack   unpacker      // nil where the archive is not packed
	in     *bufio.Reader // the member, or the source itself; nil between members
	room   *bufio.Reader // of the members
	start  int64         // byte at which the member begins
	no     int
	record *Record
	lost   lost
	began  bool
}

// lost is what has to be found again before reading goes on.
type lost uint8

const (
	found    lost = iota
	inMember      // the next record of the member
	inSource      // the next member
)

// NewReader reads an archive from r; whether and how it is packed is told by
// its first bytes. Where r is an [io.Seeker], less is lost behind damage.
func NewReader(r io.Reader) *Reader { return &Reader{source: newSource(r)} }

// Next gives the next record, or a [Damage], after which it may be called
// again. At the end it returns io.EOF.
func (r *Reader) Next() (*Record, error) {
	if !r.began {
		r.began = true
		var err error
		if r.pack, err = newUnpacker(r.source); err != nil {
			r.no++
			return nil, r.damaged(err, 0)
		}
		if r.pack == nil {
			r.in = r.source.Reader
		}
	}
	if err := r.leave(); err != nil {
		return nil, err
	}
	if err := r.find(); err != nil {
		return nil, err
	}
	return r.begin()
}

// At is the number of bytes of the archive that were read so far.
func (r *Reader) At() int64 { return r.source.at() }

// leave passes over the rest of the record before.
func (r *Reader) leave() error {
	rec := r.record
	r.record = nil
	if rec == nil || rec.err != nil {
		return nil
	}
	_, err := io.Copy(io.Discard, rec)
	return err
}

// find goes to the next record where the way to it was lost.
func (r *Reader) find() error {
	defer func() { r.lost = found }()
	switch r.lost {
	case inMember:
		return r.findRecord()
	case inSource:
		r.in = nil
		return r.findMember()
	}
	return nil
}

// findRecord looks for a line that begins a record.
func (r *Reader) findRecord() error {
	limit := int64(math.MaxInt64)
	if r.pack != nil {
		limit = maxTrailing
	}
	err := seek(r.in, []byte("\nWARC/"), limit, func(p []byte) bool {
		end := bytes.IndexByte(p[1:], '\n')
		return end > 0 && isVersion(string(p[1:1+end]))
	})
	if err != nil && r.pack != nil {
		r.in = nil
		return r.findMember()
	}
	return err
}

// findMember looks for the magic number of a member, which is one only where
// it unpacks to the beginning of a record.
func (r *Reader) findMember() error {
	probe := newSource(nil)
	return seek(r.source.Reader, r.pack.magic(), math.MaxInt64, func(p []byte) bool {
		probe.Reset(bytes.NewReader(p))
		try, err := r.pack.open(probe)
		if err != nil {
			return false
		}
		var head [5]byte
		_, err = io.ReadFull(try, head[:])
		return string(head[:]) == "WARC/" || errors.Is(err, io.ErrUnexpectedEOF)
	})
}

// begin reads the header of the next record.
func (r *Reader) begin() (*Record, error) {
	for {
		if r.in == nil {
			if err := r.member(); err != nil {
				return nil, err
			}
		}
		at := r.source.at()
		err := skipLines(r.in)
		if err == io.EOF {
			if r.pack == nil {
				return nil, io.EOF
			}
			r.in = nil
			continue
		}
		r.no++
		if r.pack == nil {
			r.start = r.source.at()
		}
		if err != nil {
			return nil, r.damaged(err, at)
		}
		rec, err := parseHeader(r.in)
		if err != nil {
			return nil, r.damaged(err, r.start)
		}
		rec.No, rec.Offset, rec.reader = r.no, r.start, r
		r.record = rec
		return rec, nil
	}
}

// maxBlank is the number of bytes of empty lines that may follow a record.
const maxBlank = 1 << 16

// skipLines passes over the empty lines behind a record.
func skipLines(r *bufio.Reader) error {
	for range maxBlank {
		c, err := r.ReadByte()
		if err != nil {
			return err
		}
		if c != '\r' && c != '\n' {
			return r.UnreadByte()
		}
	}
	return fmt.Errorf("%d empty lines", maxBlank)
}

// member opens the next member.
func (r *Reader) member() error {
	r.start = r.source.at()
	if _, err := r.source.Peek(1); err != nil {
		return err
	}
	in, err := r.pack.open(r.source)
	if err != nil {
		r.no++
		return r.damaged(err, r.start)
	}
	if r.room == nil {
		r.room = bufio.NewReaderSize(in, sourceBuffer)
	}
	r.room.Reset(in)
	r.in = r.room
	return nil
}

// blockEnd checks that a record ends where its block does, and passes over the
// lines between it and what follows.
func (r *Reader) blockEnd(rec *Record) error {
	p, err := r.in.Peek(5)
	switch {
	case len(p) > 0 && p[0] != '\r' && p[0] != '\n' && string(p) != "WARC/":
		return r.fail(rec, fmt.Errorf("its Content-Length of %d bytes does not end at the end of a record", rec.Length))
	case len(p) > 0:
		err = skipLines(r.in)
	}
	if err == nil || err == io.EOF {
		return io.EOF
	}
	return r.fail(rec, err)
}

// fail makes the damage of a record whose block is being read.
func (r *Reader) fail(rec *Record, err error) error {
	d := r.damaged(err, rec.Offset)
	if r.pack == nil { // a length that is too large swallows what follows
		r.source.rewind(rec.Offset + int64(len(rec.Header)) - 1)
	}
	return d
}

// damaged says what is wrong with the present record and how the next is to be
// found.
func (r *Reader) damaged(err error, at int64) error {
	d := &Damage{No: r.no, Offset: at, Err: err}
	r.lost = inMember
	if _, ok := errors.AsType[*packError](err); ok || r.in == nil {
		r.source.rewind(r.start + 1)
		r.lost = inSource
	} else {
		_ = r.in.UnreadByte() // the end of a line, behind which a record may begin
	}
	return d
}
