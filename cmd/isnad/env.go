package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/mattn/go-isatty"

	"github.com/isnad/isnad/internal/fault"
)

// env is the world as a command sees it.
type env struct {
	in       io.Reader
	out, err io.Writer
	inTTY    bool // someone types at in
	outTTY   bool // someone looks at out
	errTTY   bool
	columns  int // of the terminal; 0 where unknown
	getenv   func(string) string
}

// system is the env of the process.
func system() *env {
	columns, _ := strconv.Atoi(os.Getenv("COLUMNS"))
	return &env{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		inTTY: isatty.IsTerminal(os.Stdin.Fd()), outTTY: isatty.IsTerminal(os.Stdout.Fd()), errTTY: isatty.IsTerminal(os.Stderr.Fd()),
		columns: columns, getenv: os.Getenv,
	}
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // an input failed, or something did
	exitUsage  = 2 // the command line cannot be understood
)

// usageError is a command line that cannot be understood.
type usageError struct{ error }

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// errReported ends a command with exitFailed after all has been said.
var errReported = errors.New("reported")

// exit tells an error and returns the exit code for it.
func (e *env) exit(err error) int {
	_, usage := errors.AsType[usageError](err)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errReported):
		return exitFailed
	case usage:
		fmt.Fprintf(e.err, "isnad: %v\nhint: isnad help lists the commands, isnad help COMMAND its options\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(e.err, "isnad: interrupted")
		return exitFailed
	}
	e.tell(err)
	return exitFailed
}

// tell prints an error with its advice.
func (e *env) tell(err error) {
	kind := ""
	if fault.Of(err) == fault.Internal {
		kind = "internal error: "
	}
	fmt.Fprintf(e.err, "isnad: %s%v\n", kind, err)
	if hint := fault.Hint(err); hint != "" {
		fmt.Fprintf(e.err, "hint: %s\n", hint)
	}
}
