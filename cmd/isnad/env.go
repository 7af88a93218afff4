package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

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
	return &env{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		inTTY: isTTY(os.Stdin), outTTY: isTTY(os.Stdout), errTTY: isTTY(os.Stderr),
		getenv: os.Getenv,
	}
}

func isTTY(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
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
