package capture

import (
	"fmt"
	"strings"
	"time"

	"github.com/isnad/isnad"
)

// maxHeader is the number of bytes a header block may have.
const maxHeader = 8 << 10

// splitHeader takes a block of metadata off the head of a text, and returns
// what it says and the number of bytes to leave out. Only a first line that
// is one of the known keys begins such a block; every line of it is a key, a
// colon and a value, and an empty line ends it. Other keys are left to other
// programs; a published time that cannot be read is told in notes.
func splitHeader(text string) (d isnad.Document, notes []string, n int) {
	for at := 0; at < len(text) && at < maxHeader; {
		line, _, ended := strings.Cut(text[at:], "\n")
		next := at + len(line) + 1
		line = strings.TrimSuffix(line, "\r")
		if !ended {
			break
		}
		if strings.TrimSpace(line) == "" {
			if at == 0 {
				break
			}
			return d, notes, next
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok || !isKey(key) {
			break
		}
		known, note := setField(&d, key, strings.TrimSpace(value))
		if !known && at == 0 {
			break
		}
		if note != "" {
			notes = append(notes, note)
		}
		at = next
	}
	return isnad.Document{}, nil, 0
}

func isKey(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_-") == ""
}

// isField reports whether a key names a field that setField sets.
func isField(key string) bool {
	switch key {
	case "id", "url", "publisher", "published", "lang", "title", "author":
		return true
	}
	return false
}

// setField sets the field that a key names and reports whether there is one.
// The note tells of a value that could not be read.
func setField(d *isnad.Document, key, value string) (known bool, note string) {
	switch key {
	case "id":
		d.ID = value
	case "url":
		d.URL = value
	case "publisher":
		d.Publisher = value
	case "published":
		t, err := ParseTime(value)
		if err != nil && value != "" {
			note = fmt.Sprintf("published %q is not a date that can be read; the document is read without one", value)
		}
		d.Published = t
	case "lang":
		d.Lang = value
	case "title":
		d.Title = value
	case "author":
		d.Author = value
	default:
		return false, ""
	}
	return true, note
}

// ParseTime reads a date, or a date with a time of day, in ISO 8601. A date
// alone is the start of that day, and a time without a zone is taken as UTC.
func ParseTime(s string) (time.Time, error) {
	var first error
	for _, layout := range []string{
		time.RFC3339, "2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
		"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05.999999999-0700",
	} {
		t, err := time.Parse(layout, s)
		if err == nil {
			return t, nil
		}
		if first == nil {
			first = err
		}
	}
	return time.Time{}, first
}
