package desk

import (
	"context"
	"time"

	"github.com/isnad/isnad/internal/archive"
)

// Version is what an address was seen as.
type Version struct {
	No       int64 // entry of the log that tells of it
	At       time.Time
	Capture  int64  // entry of the capture
	Document string // which it is filed as
}

// maxVersions is how many captures of an address are compared: the newest.
const maxVersions = 24

// Versions is what an address was seen as, the newest last: captures of it that
// were watched or not, and returns to an earlier text where it was watched.
func (k *Archivist) Versions(ctx context.Context, url string) ([]Version, error) {
	var marks []archive.Note
	for m, err := range k.archive.Index().Marks(ctx, spaceAddress+url) {
		if err != nil {
			return nil, err
		}
		marks = append(marks, m)
	}
	var list []Version
	for _, m := range marks[max(len(marks)-maxVersions, 0):] {
		v, err := k.version(ctx, m)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 || list[len(list)-1].Document != v.Document {
			list = append(list, v)
		}
	}
	return list, nil
}

func (k *Archivist) version(ctx context.Context, m archive.Note) (v Version, err error) {
	if v.No, err = toNumber([]byte(m.Key)); err != nil {
		return v, err
	}
	if v.Capture, err = toNumber(m.Value); err != nil {
		return v, err
	}
	e, err := k.entry(ctx, v.No)
	if err != nil {
		return v, err
	}
	v.At = e.At
	v.Document, err = k.DocumentOf(ctx, v.Capture)
	return v, err
}

// Between tells which words differ between two versions of an address.
func (k *Archivist) Between(ctx context.Context, url string, before, after Version) (Change, error) {
	return k.difference(ctx, Change{No: after.No, At: after.At, URL: url, From: before.Capture, To: after.Capture})
}
