package isnad

import "time"

// Statement is an attribution filed in the ledger: its tellers are parties
// over all documents.
type Statement struct {
	Attribution
	ID  string // of document and spans: the same when the document is read again
	Doc string
	// Tellers holds the party of each link of the chain, "" where unknown.
	Tellers []string
	// Names are the names that its own teller is found by.
	Names []string
	// Said is when it was said; empty where unknown.
	Said Interval
	// Words is the content as the document has it, pieces parted by " … ".
	Words string
}

// Teller is the party whose words these are, or "".
func (s *Statement) Teller() string {
	if n := len(s.Tellers); n > 0 {
		return s.Tellers[n-1]
	}
	return ""
}

// Identity is a party over all documents, under all names in all languages.
type Identity struct {
	ID    string
	Name  string // the fullest
	Kind  PartyKind
	Names []string // aliases
}

// Claim is the group of the statements about one proposition.
type Claim struct {
	// ID is made from the representative: it stays while that does.
	ID string
	// Proposition is the content of the member that says it best, verbatim.
	Proposition string
	// Negative says that the proposition is worded in the negative, since no
	// member says it in the positive: who says it denies what the claim is about.
	Negative bool
	// Members stand in the order in which they were said, then by identifier.
	Members []Member
	// Origins are the first sources that the members lead back to.
	Origins []Origin
	// Independent counts the origins that affirm, IndependentDenying those
	// that deny, once copies, citations and people of one body collapse.
	Independent, IndependentDenying int
	Disputes                        []Dispute
	// Exhibits are what members are said to have been shown with.
	Exhibits []Exhibit
}

// Member is a statement of a claim.
type Member struct {
	Statement *Statement
	// Polarity is the side taken towards the proposition.
	Polarity Polarity
	// Why tells what the member shares with the proposition, and how its side
	// was found.
	Why string
}

// Origin is a first source that a claim leads back to.
type Origin struct {
	Party      string // "" where nobody is named
	Kind       SourceKind
	Statements []string // identifiers
	// Counted says that the origin counts as independent.
	Counted bool
	// Collapsed says of each statement that is not first-hand, and of an origin
	// that does not count, what it was taken together with, and why.
	Collapsed []Proof
}

// Proof explains a finding about a statement: the rule, and the words or
// figures it rests on.
type Proof struct {
	Statement string // identifier
	Rule      string // copy, cites, body, same-source, unnamed, …
	With      string // the statement, document or party it was taken together with
	Detail    string // "94 % of shingles, credited to …"
}

// DisputeType is what sort of contradiction a dispute is.
type DisputeType uint8

// Types of disputes.
const (
	Denial           DisputeType = iota // parties on both sides
	Reversal                            // one party on both sides over time
	Figures                             // different values of one quantity
	WordsAgainstDeed                    // a party condemns what it is reported to do
)

var disputeNames = []string{"denial", "reversal", "figures", "words-against-deeds"}

func (t DisputeType) String() string { return disputeNames[t] }

// MarshalText writes the name.
func (t DisputeType) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Dispute is a contradiction between statements.
type Dispute struct {
	Type       DisputeType
	Parties    []string // identities, in the order in which they first spoke
	Statements []string // identifiers, in the order of time
	// Passages are the two statements that show the contradiction best, and
	// Clash the slots in which they differ.
	Passages [2]string
	Clash    []Clash
	// Amounts are the figures of a dispute about them, in the order of time.
	Amounts []Amount
}

// Amount is a figure that a statement gives: any value from Low to High, which
// is +Inf where the words leave it open.
type Amount struct {
	Statement string // identifier
	Low, High float64
	Words     string // number, bounds and what is counted, as they stand
}

// Clash is a slot in which two statements contradict each other.
type Clash struct {
	Slot string // polarity, number, date, place, act
	A, B string // as each passage has it
}

// Copy says that a document is an edited copy of an earlier one.
type Copy struct {
	Earlier, Later string  // documents
	Share          float64 // of the smaller one's shingles, that both have
	// Credit is the agency that the later one names for its text, or "".
	Credit string
}

// Source is a document with what is said in it, as claims are made from.
type Source struct {
	Document
	// Captured files the document in time where Published is unknown.
	Captured time.Time
	// Statements stand in the order of the attributions: Parent counts in it.
	Statements []Statement
}

// Filed is the time that the document stands under.
func (s *Source) Filed() time.Time {
	if s.Published.IsZero() {
		return s.Captured
	}
	return s.Published
}
