package isnad

import "github.com/isnad/isnad/text"

// Exhibit is something to be seen, heard or read that a text says exists. It is
// told of, not kept: that it was seen is up to people.
type Exhibit struct {
	Kind ExhibitKind
	Doc  string
	// Span is the passage that tells of it, Noun the word that names it.
	Span, Noun text.Span
	// Statement is the one that it was shown with, or "".
	Statement string
	// When and Places are what the passage says of its date and place.
	When   []Time
	Places []text.Span
}

// ExhibitKind is what an exhibit is.
type ExhibitKind uint8

// Kinds of exhibits.
const (
	Photograph ExhibitKind = iota
	Video
	Audio
	Paper // a document
	Map
	Message
)

var exhibitNames = []string{"photograph", "video", "audio", "document", "map", "message"}

func (k ExhibitKind) String() string { return exhibitNames[k] }

// MarshalText writes the name.
func (k ExhibitKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// ParseExhibitKind finds a kind by name.
func ParseExhibitKind(name string) (ExhibitKind, error) {
	i, err := index(exhibitNames, "kind of exhibit", name)
	return ExhibitKind(i), err
}
