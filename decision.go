package isnad

import "time"

// Decision is what a person decided. Decisions are only ever added: one that
// is taken back is followed by another that says so.
type Decision struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Verb string    `json:"verb"`
	On   []Anchor  `json:"on"`
	Note string    `json:"note,omitempty"`
}

// Verbs of decisions. What On holds depends on the verb.
const (
	// SameParty says that two names, the quotes of On, are of one party.
	SameParty = "party.same"
	// OtherParty says that two names are of two parties.
	OtherParty = "party.other"
	// Undo takes back the decision that the ID of On[0] numbers.
	Undo = "undo"
)

// Anchor is what a decision is about. It names words beside identifiers, so
// that a better reader cannot leave a decision without its object.
type Anchor struct {
	Capture string `json:"capture,omitempty"` // SHA-256 of its body, in hexadecimal
	Quote   string `json:"quote,omitempty"`   // words of the document, or a name
	ID      string `json:"id,omitempty"`      // of a statement, claim, party or decision
}
