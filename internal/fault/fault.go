// Package fault sorts errors into the five kinds that every edge of the
// program maps once: the command line to an exit code, a server to a status.
//
// # Invariant
//
// A message says what happened, to which input, and what to do next, in lower
// case and without a final stop. Input is data of others: it is quoted where
// it could hide control characters.
package fault

import (
	"errors"
	"strconv"
	"strings"
)

// Kind says who can do something about an error.
type Kind uint8

// The kinds of errors.
const (
	Internal    Kind = iota // a mistake of the program
	Invalid                 // the input is not what was asked for
	NotFound                // there is no such thing
	Conflict                // it contradicts what is there already
	Unavailable             // something outside did not answer, or there is no room
)

var kindNames = [...]string{"internal error", "invalid input", "not found", "conflict", "unavailable"}

func (k Kind) String() string { return kindNames[k] }

// Error is an error with its kind, the input it happened to, and advice.
type Error struct {
	Kind  Kind
	Input string // a file name, "-" for standard input, an address; may be empty
	Err   error
	Hint  string // what to do next; may be empty
}

func (e *Error) Error() string {
	if e.Input == "" {
		return e.Err.Error()
	}
	return Name(e.Input) + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// Of is the kind of an error: of the first [Error] in its chain, or Internal.
func Of(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Hint is the advice of the first [Error] in the chain, or "".
func Hint(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Hint
	}
	return ""
}

// Name is an input's name as messages show it: as it is, or quoted where it
// has characters that a terminal would not print.
func Name(input string) string {
	if input == "-" {
		return "standard input"
	}
	if strings.ContainsFunc(input, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.Quote(input)
	}
	return input
}
