package archive

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// Document is a document as it is filed.
type Document struct {
	isnad.Document
	// Capture is the number of the log entry it was extracted from.
	Capture int64
	// Captured files the document in time where Published is unknown.
	Captured time.Time
	// Narrative is what the document says in its own voice, outside of
	// attributions; it is found by searches of documents.
	Narrative []text.Span
	// Reader names the reader that made the statements.
	Reader string
}

// Statement is an attribution with its parties resolved.
type Statement struct {
	isnad.Attribution
	// As is the identifier that decisions name it by, where it is no longer that
	// of its spans: people corrected them, or it was read anew.
	As string
	// Tellers holds the party of each link of the chain, "" where unknown.
	Tellers []string
	// Names are the names that its own teller is found by.
	Names []string
	// Said is when it was said; zero where unknown.
	Said isnad.Interval
}

// Filed is a document with its number and its statements, whose order is that
// of their place in the index: Parent counts in it.
type Filed struct {
	Document
	No         int64
	Statements []Statement
}

// Party is a name under which somebody speaks, and whose name it is.
type Party struct {
	ID   string // what [Statement.Tellers] hold
	Name string // the fullest spelling
	Kind isnad.PartyKind
	// Names are further wordings: first the spelling it was filed under, then
	// those that tell a role.
	Names []string
	// Of is the identifier of the name that stands for the party, its own where
	// that is this one. It is empty where the name fits several parties: then
	// it names one within its document only.
	Of string
}

// ID identifies the statement, which is one of a document.
func (s *Statement) ID(doc string) string {
	if s.As != "" {
		return s.As
	}
	return StatementID(doc, &s.Attribution)
}

// StatementID identifies a statement by its document and its spans, so that it
// stays the same when the document is read again.
func StatementID(doc string, a *isnad.Attribution) string {
	own := a.Own()
	b := binary.AppendUvarint(nil, uint64(len(doc)))
	b = append(b, doc...)
	for _, spans := range [][]text.Span{own.Cue, own.Source, a.Content} {
		b = appendSpans(b, spans)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

// filed is the time that a document stands under in the newest-first order.
func (d *Document) filed() time.Time {
	if d.Published.IsZero() {
		return d.Captured
	}
	return d.Published
}

// The place of a row in the newest-first order: minutes since epoch in the
// upper bits, then a number within the minute. Where a minute is full, the next
// one with room is taken.
const (
	slotBits = 20
	maxTick  = 1<<40 - 1
)

// epoch is minute 0 of a place.
var epoch = time.Date(1500, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// MaxStatements is the largest number of statements of one document.
const MaxStatements = 1<<slotBits - 1

// Places finds n places in a row for rows of the document: the first free ones
// of its minute, or of the next with room. newest is the highest place below
// end that is taken, or less than any.
func (d *Document) Places(n int, newest func(end int64) (int64, error)) (int64, error) {
	for t := tick(d.filed()); ; t++ {
		start, end := t<<slotBits, (t+1)<<slotBits
		last, err := newest(end)
		if err != nil {
			return 0, err
		}
		if first := max(start, last+1); first+int64(n) <= end {
			return first, nil
		}
	}
}

// tick is the minute of t, clipped to what a place can hold.
func tick(t time.Time) int64 { return min(max((t.Unix()-epoch)/60, 0), maxTick) }
