package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Record is one entry of the log: that something was captured, failed, changed
// or was decided.
type Record struct {
	Kind string    `json:"kind"`
	At   time.Time `json:"at"`
	// Blobs are what the entry stands on; they must be kept.
	Blobs []BlobID `json:"blobs,omitempty"`
	// Data is for the one that reads entries of this kind.
	Data json.RawMessage `json:"data,omitempty"`
}

// Encode writes the one form that is hashed and stored: a line of JSON
// without spaces, its time in UTC.
func (r Record) Encode() ([]byte, error) {
	r.At = r.At.UTC()
	b, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("log entry of kind %q: %w", r.Kind, err)
	}
	return b, nil
}

// ParseRecord reads an entry of the log.
func ParseRecord(entry []byte) (Record, error) {
	var r Record
	dec := json.NewDecoder(bytes.NewReader(entry))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return Record{}, fmt.Errorf("log entry: %w", err)
	}
	return r, nil
}

// Leaf is the hash of an entry as a leaf of the tree.
func Leaf(entry []byte) tlog.Hash { return tlog.RecordHash(entry) }
