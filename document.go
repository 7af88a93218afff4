package isnad

import (
	"time"

	"github.com/isnad/isnad/text"
)

// Document is a text with what is known of its origin.
type Document struct {
	ID        string
	Lang      string // "ar", "en"; empty where it is to be found out
	Title     string
	Publisher string
	Author    string
	URL       string
	Published time.Time // zero where unknown
	// Dated is the evidence of Published: what of the input it was taken from;
	// empty where that is the one place there is for it.
	Dated string
	// Credit and Dateline are what the text says of its own source: the agency
	// or agencies it is from, and the place of its dateline.
	Credit, Dateline string
	Text             string
}

// Reading is all that was read in one document.
type Reading struct {
	Document
	Attributions []Attribution
	// Tellers holds, for each attribution, the index into Parties of its own
	// source, or -1 where the text does not tell.
	Tellers []int
	Parties []Party
	Times   []Time
}

// PartyKind is what kind of party speaks.
type PartyKind uint8

// Kinds of parties.
const (
	Person PartyKind = iota
	Organisation
	StateParty
	OutletParty
	UnnamedParty
)

var partyKindNames = []string{"person", "organisation", "state", "outlet", "unnamed"}

func (k PartyKind) String() string { return partyKindNames[k] }

// MarshalText writes the name.
func (k PartyKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Party is a person, body, state, outlet or unnamed source of one document
// under all the names it has there.
type Party struct {
	Name     string // the fullest name, without titles
	Kind     PartyKind
	Mentions []text.Span // ascending; pronouns and dropped subjects have none
}

// Precision says how much of an Interval is known.
type Precision uint8

// Precisions.
const (
	NoPrecision Precision = iota // the phrase is a date, but not which (no anchor)
	Minute
	Hour
	DayPart // morning, evening
	DayPrecision
	Week
	MonthPrecision
	Season
	Year
	Decade
	Century
)

var precisionNames = []string{"none", "minute", "hour", "daypart", "day", "week", "month", "season", "year", "decade", "century"}

func (p Precision) String() string { return precisionNames[p] }

// MarshalText writes the name.
func (p Precision) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Interval is a half-open stretch of time. Both ends are zero where the text
// does not tell and no anchor does.
type Interval struct {
	Start, End time.Time
	Precision  Precision
}

// Time is a date phrase of a document.
type Time struct {
	Span     text.Span
	Interval Interval
}
