package warc

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds the memory that a zstd frame may ask for, and its
// dictionary.
const maxWindow = 64 << 20

var (
	gzipMagic = []byte{0x1F, 0x8B, 0x08}
	zstdMagic = []byte{0x28, 0xB5, 0x2F, 0xFD}
	// dictMagic begins the skippable frame that holds the dictionary of an
	// archive (IIPC, Zstandard compression for WARC files 1.0, section 4).
	dictMagic = []byte{0x5D, 0x2A, 0x4D, 0x18}
)

// unpacker opens one member of a packed archive after the other; each holds
// one record, or more.
type unpacker interface {
	// open begins the member that the source stands at. io.EOF of its reader
	// means that the member was whole.
	open(s *source) (io.Reader, error)
	magic() []byte
}

// newUnpacker goes by the first bytes; nil for an archive that is not packed.
func newUnpacker(s *source) (unpacker, error) {
	p, _ := s.Peek(4)
	switch {
	case bytes.HasPrefix(p, gzipMagic):
		return &gzipMembers{}, nil
	case bytes.Equal(p, zstdMagic):
		return &zstdFrames{}, nil
	case bytes.Equal(p, dictMagic):
		dict, err := readDict(s)
		return &zstdFrames{dict: dict}, err
	}
	return nil, nil
}

type gzipMembers struct{ z gzip.Reader }

func (g *gzipMembers) magic() []byte { return gzipMagic }

func (g *gzipMembers) open(s *source) (io.Reader, error) {
	start := s.at()
	if err := g.z.Reset(s.Reader); err != nil {
		return nil, &packError{"gzip", err}
	}
	g.z.Multistream(false)
	return &packed{how: "gzip", r: &g.z, from: s, start: start}, nil
}

// A member may unpack to maxRatio times its size, once it has more than minRatio
// bytes. Text seldom comes to 50; what gzip can do is 1032.
const (
	maxRatio = 300
	minRatio = 16 << 20
)

// packed reads what a member holds, and says what it was that could not be
// unpacked.
type packed struct {
	how   string
	r     io.Reader
	from  *source
	start int64 // byte of the source
	n     int64 // bytes unpacked
}

func (p *packed) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.n += int64(n)
	if p.n > minRatio && p.n/maxRatio > p.from.at()-p.start {
		err = fmt.Errorf("unpacks to more than %d times its size", maxRatio)
	}
	if err != nil && err != io.EOF {
		err = &packError{p.how, err}
	}
	return n, err
}

// packError is an error of the packing, not of what is packed.
type packError struct {
	how string
	err error
}

func (e *packError) Error() string {
	if errors.Is(e.err, io.ErrUnexpectedEOF) {
		return e.how + ": cut short"
	}
	return fmt.Sprintf("%s: %v", e.how, e.err)
}

func (e *packError) Unwrap() error { return e.err }

type zstdFrames struct {
	dict []byte
	z    *zstd.Decoder
}

func (f *zstdFrames) magic() []byte { return zstdMagic }

func (f *zstdFrames) open(s *source) (io.Reader, error) {
	start := s.at()
	frame, err := newFrame(s.Reader)
	if err != nil {
		return nil, &packError{"zstd", err}
	}
	if f.z == nil {
		f.z, err = newDecoder(nil, f.dict)
	}
	if err == nil {
		err = f.z.Reset(frame)
	}
	if err != nil {
		return nil, &packError{"zstd", err}
	}
	return &packed{how: "zstd", r: f.z, from: s, start: start}, nil
}

func newDecoder(r io.Reader, dict []byte) (*zstd.Decoder, error) {
	options := []zstd.DOption{
		zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(1 << 40),
	}
	if dict != nil {
		options = append(options, zstd.WithDecoderDicts(dict))
	}
	return zstd.NewReader(r, options...)
}

// readDict reads the frame of the dictionary, which may itself be packed.
func readDict(s *source) ([]byte, error) {
	var head [8]byte
	if _, err := io.ReadFull(s, head[:]); err != nil {
		return nil, &packError{"zstd dictionary", err}
	}
	size := binary.LittleEndian.Uint32(head[4:])
	if size > maxWindow {
		return nil, &packError{"zstd dictionary", fmt.Errorf("%d bytes are too many", size)}
	}
	dict, err := io.ReadAll(io.LimitReader(s, int64(size)))
	if err == nil && len(dict) < int(size) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, &packError{"zstd dictionary", err}
	}
	if !bytes.HasPrefix(dict, zstdMagic) {
		return dict, nil
	}
	z, err := newDecoder(bytes.NewReader(dict), nil)
	if err != nil {
		return nil, &packError{"zstd dictionary", err}
	}
	defer z.Close()
	dict, err = io.ReadAll(io.LimitReader(z, maxWindow+1))
	if err == nil && len(dict) > maxWindow {
		err = errors.New("too large")
	}
	if err != nil {
		return nil, &packError{"zstd dictionary", err}
	}
	return dict, nil
}

// frame reads the bytes of one zstd frame and no more (RFC 8878, section 3.1).
type frame struct {
	r    *bufio.Reader
	left int  // bytes of the header, block or checksum that is being read
	last bool // no block follows
	sum  bool // a checksum does
}

func newFrame(r *bufio.Reader) (*frame, error) {
	p, err := r.Peek(zstd.HeaderMaxSize)
	if len(p) == 0 {
		return nil, err
	}
	var h zstd.Header
	if err := h.Decode(p); err != nil {
		return nil, err
	}
	if h.Skippable {
		return nil, errors.New("a skippable frame where a record should be")
	}
	return &frame{r: r, left: h.HeaderSize, sum: h.HasCheckSum}, nil
}

func (f *frame) Read(p []byte) (int, error) {
	if f.left == 0 {
		if err := f.block(); err != nil {
			return 0, err
		}
	}
	n, err := f.r.Read(p[:min(len(p), f.left)])
	f.left -= n
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// block begins the next block with its header of three bytes.
func (f *frame) block() error {
	switch {
	case f.last && f.sum:
		f.sum, f.left = false, 4
		return nil
	case f.last:
		return io.EOF
	}
	p, err := f.r.Peek(3)
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	head := uint32(p[0]) | uint32(p[1])<<8 | uint32(p[2])<<16
	f.last = head&1 == 1
	f.left = 3 + int(head>>3)
	switch head >> 1 & 3 {
	case 1: // one byte, repeated
		f.left = 4
	case 3:
		return errors.New("a block of a reserved type")
	}
	return nil
}
