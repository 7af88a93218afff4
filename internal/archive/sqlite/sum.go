package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
)

// sum is the digest of a row: the first 8 bytes of a SHA-256 over its values,
// each with its type and, where it can vary, its length before it.
func sum(values ...any) int64 {
	h := sha256.New()
	var buf [9]byte
	for _, v := range values {
		digest(h, &buf, v)
	}
	var out [sha256.Size]byte
	return int64(binary.BigEndian.Uint64(h.Sum(out[:0])))
}

// digest adds one value of SQLite.
func digest(h hash.Hash, buf *[9]byte, v any) {
	number := func(kind byte, n int64) {
		buf[0] = kind
		binary.BigEndian.PutUint64(buf[1:], uint64(n))
		h.Write(buf[:])
	}
	switch v := v.(type) {
	case nil:
		number('n', 0)
	case int64:
		number('i', v)
	case int:
		number('i', int64(v))
	case string:
		number('s', int64(len(v)))
		h.Write([]byte(v))
	case []byte:
		number('b', int64(len(v)))
		h.Write(v)
	default:
		panic(fmt.Sprintf("a value of type %T in a row", v))
	}
}
