package isnad

import "github.com/isnad/isnad/text"

// Attribution ties a source to a content by a cue, as spans of one document.
type Attribution struct {
	// Chain holds one link a teller, the outermost first; the last link is the
	// one whose cue and source this attribution is about.
	Chain []Link
	// Content is what is attributed; several spans where the piece is broken
	// up ("A," he said, "B."). It is never empty, and in ascending order.
	Content []text.Span
	// When holds the date phrases that say when it was said.
	When     []text.Span
	Kind     Kind
	Stance   Stance
	Polarity Polarity
	// Negated says that the cue itself is negated (did not confirm).
	Negated bool
	// Parent is the index of the attribution that this one lies in, or -1.
	Parent int
	// Confidence is the share of findings like this one that proved right on
	// the development sets, in [0,1].
	Confidence float64
	Why        Why
}

// Own is the last link of the chain: the attribution's own cue and source.
func (a *Attribution) Own() *Link { return &a.Chain[len(a.Chain)-1] }

// Link is one teller of a chain.
type Link struct {
	Cue, Source []text.Span // Source is empty where no word names the teller
	Kind        SourceKind
	// Agr is what the cue tells of its teller: "m", "f", "mp", "fp" or "".
	Agr string
}

// Why explains a finding: the rule that proposed it, the row of the language
// table that its cue stands in, and the points that led to its confidence.
type Why struct {
	Rule   string
	CueRow string // file:line
	Score  float64
}

// Kind is how the content is given.
type Kind uint8

// Kinds of attribution.
const (
	Indirect Kind = iota
	Direct
	Mixed       // indirect with quoted parts
	AccordingTo // the source in a phrase of its own
	Headline    // source, colon, content
	Nominal     // the cue is a noun
)

var kindNames = []string{"indirect", "direct", "mixed", "according-to", "headline", "nominal"}

// SourceKind is how the teller is given.
type SourceKind uint8

// Kinds of sources.
const (
	Implicit       SourceKind = iota // dropped subject or pronoun
	Named                            // by name
	Role                             // by role or description (the minister)
	Unnamed                          // a source that is not identified, or a passive
	DocumentSource                   // a report, statement, study
	OutletSource                     // a medium
)

var sourceKindNames = []string{"implicit", "named", "role", "unnamed", "document", "outlet"}

// Stance is the speech act of the cue.
type Stance uint8

// Stances.
const (
	Say Stance = iota
	Affirm
	Announce
	Admit
	Deny
	Allege // claim: that word is a noun here
	Accuse
	Condemn
	Demand
	Promise
	Warn
	Believe
	Ask
	Doubt
	Report
)

var stanceNames = []string{
	"say", "affirm", "announce", "admit", "deny", "claim", "accuse", "condemn", "demand", "promise", "warn",
	"believe", "ask", "doubt", "report",
}

// Polarity is the side taken towards the content, after negation of the cue.
type Polarity uint8

// Polarities.
const (
	Affirms Polarity = iota
	Denies
	Neutral
)

var polarityNames = []string{"affirm", "deny", "neutral"}
