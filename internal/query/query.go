// Package query reads what people type into a search box.
//
//	word "exact phrase" -not ( ) OR
//	speaker: stance: polarity: publisher: lang: after: before:
//	origin:unnamed chain:>1 has:figure
//
// Words stand next to each other where all have to match. A word is looked for
// in all its forms, in what was said and in the name of who said it; in
// quotation marks («» and “” too) only as it is spelled. Dates leave out what
// is not dated, and may stand inside OR, parentheses and behind a minus sign.
//
// # Invariant
//
// What is typed is either understood as a whole or refused with the byte where
// it goes wrong; nothing is skipped. Printing a query and parsing it again
// gives the same query. Length, depth and number of terms are bounded.
package query

import (
	"fmt"
	"strings"
)

// Limits of a query.
const (
	MaxBytes = 4096
	MaxDepth = 32
	MaxTerms = 64
)

// Node is a part of a query: [And], [Or], [Not], [Word], [Phrase] or [Field].
type Node interface {
	// String writes the node so that [Parse] reads it again.
	String() string
	// Pos is the byte of the query where the node begins.
	Pos() int
}

// And is nodes that all have to match; at least two.
type And []Node

// Or is nodes of which one has to match; at least two.
type Or []Node

// Not is a node that must not match.
type Not struct {
	At   int
	Node Node
}

// Word is one word as typed, found in all its forms.
type Word struct {
	At   int
	Text string
}

// Phrase is quoted words, found in this spelling only.
type Phrase struct {
	At   int
	Text string
}

// Field is a filter.
type Field struct {
	At     int
	Name   string
	Op     string // "", "=", "<", "<=", ">" or ">="
	Value  string
	Quoted bool
}

func (n And) Pos() int    { return n[0].Pos() }
func (n Or) Pos() int     { return n[0].Pos() }
func (n Not) Pos() int    { return n.At }
func (n Word) Pos() int   { return n.At }
func (n Phrase) Pos() int { return n.At }
func (n Field) Pos() int  { return n.At }

func (n And) String() string { return join(n, " ") }
func (n Or) String() string  { return join(n, " OR ") }

func join(nodes []Node, with string) string {
	var parts []string
	for _, n := range nodes {
		parts = append(parts, operand(n))
	}
	return strings.Join(parts, with)
}

// operand puts what binds less into parentheses.
func operand(n Node) string {
	switch n.(type) {
	case And, Or:
		return "(" + n.String() + ")"
	}
	return n.String()
}

func (n Not) String() string    { return "-" + operand(n.Node) }
func (n Word) String() string   { return n.Text }
func (n Phrase) String() string { return `"` + n.Text + `"` }

func (n Field) String() string {
	if n.Quoted {
		return n.Name + ":" + n.Op + `"` + n.Value + `"`
	}
	return n.Name + ":" + n.Op + n.Value
}

// Error says what is wrong with a query and where.
type Error struct {
	At      int // byte of the query
	Problem string
}

func (e *Error) Error() string { return fmt.Sprintf("query, byte %d: %s", e.At, e.Problem) }

func errorAt(at int, format string, args ...any) error {
	return &Error{at, fmt.Sprintf(format, args...)}
}
