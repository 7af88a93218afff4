package isnad

import (
	"time"

	"github.com/isnad/isnad/text"
)

// Decision is what a person decided. Decisions are only ever added: one that
// is taken back is followed by another that says so.
type Decision struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Verb string    `json:"verb"`
	On   []Anchor  `json:"on"`
	Note string    `json:"note,omitempty"`
	// Change is what [Correct] puts in place of what was read.
	Change *Correction `json:"change,omitempty"`
}

// Correction is how a person reads a statement. Spans are bytes of the
// document's text, half-open; an empty list leaves what was there.
type Correction struct {
	Content []text.Span `json:"content,omitempty"`
	Source  []text.Span `json:"source,omitempty"`
	Stance  Stance      `json:"stance"`
	// Within is the identifier of the statement that this one lies in, whose
	// tellers come before its own in the chain: [Outermost] where it lies in
	// none, and empty where that was right.
	Within string `json:"within,omitempty"`
}

// Outermost says that a statement lies in no other.
const Outermost = "-"

// Verbs of decisions. What On holds depends on the verb.
const (
	// SameParty says that two names, the quotes of On, are of one party.
	SameParty = "party.same"
	// OtherParty says that two names are of two parties.
	OtherParty = "party.other"
	// Confirm and Reject say that a statement was read as the document has it,
	// or was not; Correct says how it has to be read. On is the statement.
	Confirm = "statement.confirm"
	Reject  = "statement.reject"
	Correct = "statement.correct"
	// SameClaim says that all statements of On are of one claim, OtherClaim that
	// those behind the first are no part of its claim and one of their own. They
	// name statements, since claims change with what is added and how it is read.
	SameClaim  = "claim.same"
	OtherClaim = "claim.other"
	// Verdict is what people found out about a claim, which is On[0]; On[1] is a
	// statement of it, by which it is found when claims were merged or split.
	// Note has the verdict with its reasons.
	Verdict = "claim.verdict"
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
