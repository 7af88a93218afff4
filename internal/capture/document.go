// Package capture turns what a person points at (files, folders, standard
// input) into documents: decoded, with their metadata, in a fixed order.
//
// # Invariant
//
// The text of a document is valid UTF-8 without NUL and is kept byte for byte
// as it was stored, save for a byte order mark, a header block of metadata, or
// a change of encoding, which is told in [Document.Notes]. Every input ends as
// documents or as an error that names it; nothing is skipped in silence. No
// more than [LongBytes] of a text is in memory at a time.
package capture

import (
	"io"

	"github.com/isnad/isnad"
)

// LongBytes is the size from which a text stays on disk.
const LongBytes = 256 << 10

// Document is a document as it was given.
type Document struct {
	isnad.Document // without Text where Long is set
	// Long holds the text of a long document; nil for others.
	Long *Long
	// Shared says that the reader of the output has the text already, because
	// it came as JSON lines.
	Shared bool
	// Datelines are passages that may tell when the document was published,
	// in words, the likeliest first. They are for a reader of dates, where
	// Published is not known.
	Datelines []string
	// Notes say what was done to the input beyond reading it.
	Notes []string
}

// Close releases the file of a long text.
func (d *Document) Close() error {
	if d.Long == nil {
		return nil
	}
	return d.Long.file.Close()
}

// Long is a text in a file, already checked to be valid UTF-8 without NUL.
type Long struct {
	file interface {
		io.ReaderAt
		io.Closer
	}
	start, size int64
}

// Size is the number of bytes of the text.
func (l *Long) Size() int64 { return l.size }

// Reader reads the text from its start; readers are independent.
func (l *Long) Reader() io.Reader { return io.NewSectionReader(l.file, l.start, l.size) }

// Item is one input, to be loaded when its turn comes. Load may be called
// once, from any goroutine.
type Item struct {
	Name string
	// Size is the number of bytes of input that the item stands for.
	Size int64
	Load func() (*Document, error)
}
