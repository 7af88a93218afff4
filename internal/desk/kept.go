package desk

import (
	"context"
	"slices"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/capture"
)

// Kept is a filed document with all that is known of it: who speaks in it, what
// people decided about its statements, and the capture it was made of.
type Kept struct {
	isnad.Source
	Parties map[string]isnad.Identity // by identifier: the tellers of its statements
	Decided map[string][]Decided      // by statement, in the order of the log
	// Rejected are the decisions that stand by which something is no statement.
	Rejected []Decided
	Capture  Entry
	Origin   Origin
	Hash     string // SHA-256 of the captured body, in hexadecimal
}

// Kept finds a filed document. The error is of kind not found where there is none.
func (k *Archivist) Kept(ctx context.Context, id string, r *Roster) (*Kept, error) {
	f, err := k.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &Kept{Source: r.Source(&f), Parties: map[string]isnad.Identity{}, Decided: map[string][]Decided{}}
	if d.Capture, err = k.entry(ctx, f.Document.Capture); err != nil {
		return nil, err
	}
	d.Origin, _ = d.Capture.Origin()
	d.Hash = d.Capture.Blobs[0].String()
	d.name(r)
	decisions, err := k.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range decisions {
		if !about(x.Verb) || len(x.On) == 0 || x.On[0].Capture != d.Hash {
			continue
		}
		d.Decided[x.On[0].ID] = append(d.Decided[x.On[0].ID], x)
	}
	for _, x := range decisions {
		if x.Verb == isnad.Reject && len(x.On) > 0 && x.On[0].Capture == d.Hash && d.Last(x.On[0].ID).No == x.No {
			d.Rejected = append(d.Rejected, x)
		}
	}
	return d, nil
}

// name gathers the parties; one of this document alone goes by the name that
// the document has for it.
func (d *Kept) name(r *Roster) {
	for i := range d.Statements {
		s := &d.Statements[i]
		for n, id := range s.Tellers {
			if id == "" {
				continue
			}
			who, known := r.Identity(id)
			if !known {
				who = isnad.Identity{ID: id, Kind: partyKind(s.Chain[n].Kind)}
				if n == len(s.Tellers)-1 && len(s.Names) > 0 {
					who.Name = s.Names[0]
				}
			}
			if old := d.Parties[id]; old.Name == "" {
				d.Parties[id] = who
			}
		}
	}
}

// partyKind is what kind of party a source of one document is.
func partyKind(k isnad.SourceKind) isnad.PartyKind {
	switch k {
	case isnad.OutletSource:
		return isnad.OutletParty
	case isnad.Unnamed:
		return isnad.UnnamedParty
	}
	return isnad.Organisation
}

// Last is the newest decision about a statement that stands; without one its
// number is -1.
func (d *Kept) Last(statement string) Decided {
	for _, x := range slices.Backward(d.Decided[statement]) {
		if !x.Undone {
			return x
		}
	}
	return Decided{No: -1}
}

// DocumentOf is the identifier of the document that a capture is filed as.
func (k *Archivist) DocumentOf(ctx context.Context, entry int64) (string, error) {
	e, err := k.entry(ctx, entry)
	if err != nil || len(e.Blobs) == 0 {
		return "", err
	}
	return docID(e.Blobs[0]), nil
}

// Captured is what an entry of the log preserves.
func (k *Archivist) Captured(ctx context.Context, entry int64) (*capture.Capture, error) {
	e, err := k.entry(ctx, entry)
	if err != nil {
		return nil, err
	}
	return k.load(ctx, &e, nil)
}

// Filed is how many entries of the log have been filed: what was read from the
// index stays so while this does.
func (k *Archivist) Filed(ctx context.Context) (int64, error) {
	mark, err := k.archive.Index().Mark(ctx, spaceCursor, "read")
	if err != nil {
		return 0, err
	}
	return toNumber(mark)
}

// Size is the number of entries of the log.
func (k *Archivist) Size(ctx context.Context) (int64, error) { return k.archive.Log().Size(ctx) }

// docDigits is the length of what docID makes.
const docDigits = 32

// DocumentID is the identifier of the document that is made of a body, whose
// SHA-256 is given in hexadecimal.
func DocumentID(hash string) string { return hash[:min(len(hash), docDigits)] }
