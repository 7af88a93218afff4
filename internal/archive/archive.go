// Package archive keeps the evidence and what was derived from it: a log that
// only grows, the preserved bytes, and an index for search. It says what a
// backend has to do; archive/sqlite keeps an archive in one file, archive/mem
// in memory, and archive/archivetest is the suite that every backend passes.
//
// # Invariant
//
// The log and the blobs are the evidence: they are only ever added to. Every
// entry is a leaf of a Merkle tree (RFC 6962), whose root the archive signs
// after every write. The index and the marks are derived: [Index.Drop] empties
// them, and deriving them again in the same order and the same batches gives
// the same bytes.
//
// A write is one transaction. When [Archive.Write] returns nil, all of it is on
// durable storage; when it returns an error, none of it will ever be seen.
package archive

import (
	"context"
	"iter"

	"golang.org/x/mod/sumdb/tlog"
)

// Archive is an open archive. Its methods may be called by several goroutines;
// there is one writer at a time, and readers see the last finished write.
type Archive interface {
	Log() Log
	Blobs() Blobs
	Index() Index
	// Write runs one transaction, alone. A batch of captures is one call: that
	// is what makes them durable at the price of one.
	Write(ctx context.Context, do func(*Tx) error) error
	Close() error
}

// Log is the reading side of the log.
type Log interface {
	// Size is the number of entries.
	Size(ctx context.Context) (int64, error)
	// Entries gives the stored bytes of the entries from number from on.
	Entries(ctx context.Context, from int64) iter.Seq2[[]byte, error]
	// Hashes gives stored hashes of the tree by their [tlog.StoredHashIndex].
	Hashes(ctx context.Context, at []int64) ([]tlog.Hash, error)
	// Checkpoint is the newest checkpoint, a signed note.
	Checkpoint(ctx context.Context) ([]byte, error)
	// Key is the public key that checkpoints are verified with.
	Key(ctx context.Context) (string, error)
}

// Blobs is the reading side of the preserved bytes.
type Blobs interface {
	// Get finds a blob; the error is of kind not found where there is none.
	Get(ctx context.Context, id BlobID) (Blob, error)
	// Has reports whether the blob is there.
	Has(ctx context.Context, id BlobID) (bool, error)
	// All gives every blob in the order they were put.
	All(ctx context.Context) iter.Seq2[Blob, error]
}

// Index is the reading side of what was derived.
type Index interface {
	Search(ctx context.Context, s Search) (Found, error)
	// Document finds a document with its text and statements by its identifier.
	Document(ctx context.Context, id string) (Filed, error)
	// Documents gives the documents from number from on, as they were filed.
	Documents(ctx context.Context, from int64) iter.Seq2[Filed, error]
	// Parties gives all parties in the order of their identifiers.
	Parties(ctx context.Context) iter.Seq2[Party, error]
	Notes
}

// Notes is the reading side of the marks.
type Notes interface {
	// Mark is what a stage noted under a key, or nil.
	Mark(ctx context.Context, space, key string) ([]byte, error)
	// Marks gives all marks of a space in the order of their keys.
	Marks(ctx context.Context, space string) iter.Seq2[Note, error]
}

// Note is a mark with its key.
type Note struct {
	Key   string
	Value []byte
}

// Tx is a transaction under way. It is valid until the function that got it
// returns, and used by one goroutine.
type Tx struct {
	Evidence
	Derived
	Marks
}

// Evidence is what a transaction adds to log and blobs.
type Evidence interface {
	// Append adds an entry to the log and returns its number, from 0.
	Append(r Record) (int64, error)
	// Put keeps a blob; added is false where it was there already.
	Put(b Blob) (added bool, err error)
}

// Derived is what a transaction changes in the index.
type Derived interface {
	// PutDocument files a document under the next number, or replaces the one
	// of the same identifier, whose statements go. It returns the number.
	PutDocument(d Document) (int64, error)
	// PutStatements replaces the statements of a document filed before.
	PutStatements(doc string, list []Statement) error
	PutParty(p Party) error
	// RemoveParty takes a party out, if it is there.
	RemoveParty(id string) error
	// Drop empties index and marks.
	Drop() error
}

// Marks are small notes of the stages, such as how far one has come or which
// capture a body was first seen in.
type Marks interface {
	// Mark is what was noted, also earlier in this transaction, or nil.
	Mark(space, key string) ([]byte, error)
	// SetMark notes a value; nil takes the note away.
	SetMark(space, key string, value []byte) error
}

// Inspector is what a backend offers for checking its own structures.
type Inspector interface {
	// Inspect reports what is wrong with the index and with the storage itself.
	Inspect(ctx context.Context, report func(Finding)) error
	// Tables digests every derived table, in a fixed order.
	Tables(ctx context.Context) ([]Table, error)
	// Counts says how much is filed.
	Counts(ctx context.Context) (Counts, error)
}

// Counts are numbers of what is filed.
type Counts struct {
	Documents  int64 `json:"documents"`
	Statements int64 `json:"statements"`
	Names      int64 `json:"names"` // see [Party]
}

// Table is the state of a derived table.
type Table struct {
	Name   string
	Rows   int64
	Digest [32]byte // SHA-256 over all rows in order
}
