package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"

	"github.com/isnad/isnad/internal/fault"
	"github.com/klauspost/compress/zstd"
)

// MaxBlob is the largest number of bytes of one blob.
const MaxBlob = 512 << 20

// BlobID is the SHA-256 of a blob's bytes.
type BlobID [sha256.Size]byte

func (id BlobID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText writes the identifier in hexadecimal.
func (id BlobID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the hexadecimal form.
func (id *BlobID) UnmarshalText(text []byte) error {
	b, err := hex.DecodeString(string(text))
	if err != nil || len(b) != len(id) {
		return &fault.Error{
			Kind: fault.Invalid, Input: string(text),
			Err: fmt.Errorf("not a blob: %d hexadecimal digits are needed", 2*len(id)),
		}
	}
	copy(id[:], b)
	return nil
}

// Blob is preserved bytes as they are stored.
type Blob struct {
	ID     BlobID
	Size   int64  // bytes before packing
	Packed []byte // a zstd frame
}

// Packer packs and opens blobs. It is safe for use by several goroutines.
type Packer struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

// NewPacker makes a Packer.
func NewPacker() (*Packer, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, fmt.Errorf("compression: %w", err)
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(MaxBlob), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		return nil, fmt.Errorf("compression: %w", err)
	}
	return &Packer{enc, dec}, nil
}

// Pack makes data ready for storing. Workers call it before the transaction,
// which then only writes.
func (p *Packer) Pack(data []byte) (Blob, error) {
	if len(data) > MaxBlob {
		return Blob{}, &fault.Error{
			Kind: fault.Invalid, Err: fmt.Errorf("%d bytes are more than an archive keeps in one piece (%d)", len(data), MaxBlob),
			Hint: "split the input",
		}
	}
	return Blob{ID: sha256.Sum256(data), Size: int64(len(data)), Packed: p.Squeeze(data)}, nil
}

// Open unpacks a blob and compares its bytes with its identifier.
func (p *Packer) Open(b Blob) ([]byte, error) {
	data, err := p.Expand(b.Packed, b.Size)
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w", b.ID, err)
	}
	if sha256.Sum256(data) != b.ID {
		return nil, fmt.Errorf("blob %s: its bytes have another SHA-256: it was altered", b.ID)
	}
	return data, nil
}

// Squeeze compresses bytes; the same bytes always give the same result.
func (p *Packer) Squeeze(data []byte) []byte { return p.enc.EncodeAll(data, nil) }

// Expand undoes [Packer.Squeeze] for a result of exactly size bytes.
func (p *Packer) Expand(packed []byte, size int64) ([]byte, error) {
	if size < 0 || size > MaxBlob {
		return nil, fmt.Errorf("a size of %d bytes is out of range: it was altered", size)
	}
	data, err := p.dec.DecodeAll(packed, make([]byte, 0, size))
	if err != nil {
		return nil, fmt.Errorf("cannot be unpacked: %w", err)
	}
	if int64(len(data)) != size {
		return nil, errors.New("has another size than noted: it was altered")
	}
	return data, nil
}
