package sqlite

import (
	"errors"
	"io/fs"

	"github.com/isnad/isnad/internal/fault"
	"modernc.org/sqlite"
)

// Primary result codes of SQLite (sqlite.org/rescode.html).
const (
	busy     = 5
	readOnly = 8
	ioError  = 10
	corrupt  = 11
	full     = 13
	cantOpen = 14
	tooBig   = 18
	notDB    = 26
)

// code is the primary result code of an error of SQLite, or 0.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}

// explain says what an error of SQLite or of the file system means for the
// archive and what to do.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	e := &fault.Error{Kind: fault.Internal, Input: path, Err: err}
	say := func(kind fault.Kind, what, hint string) {
		e.Kind, e.Err, e.Hint = kind, &said{what, err}, hint
	}
	switch code(err) {
	case busy:
		say(fault.Unavailable, "another process is writing to the archive", "wait until it has finished, or stop it")
	case readOnly:
		say(fault.Unavailable, "the archive cannot be written to", "check the permissions of the file and of its folder")
	case full:
		say(fault.Unavailable, "the disk is full; this batch was not stored, everything before it is", "make room and repeat")
	case ioError:
		say(fault.Unavailable, "the disk reports an error; this batch was not stored", "check the disk, then verify the archive")
	case corrupt, notDB:
		say(fault.Invalid, "the file is damaged", "verify the archive; its index can be rebuilt, evidence comes back from a copy only")
	case cantOpen:
		say(fault.Unavailable, "the file cannot be opened", "check that its folder exists and may be written to")
	case tooBig:
		say(fault.Invalid, "a value is larger than an archive keeps", "split the input")
	default:
		fileError(say, err)
	}
	return e
}

func fileError(say func(kind fault.Kind, what, hint string), err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		say(fault.NotFound, "there is no such archive", "create it, or check the name")
	case errors.Is(err, fs.ErrPermission):
		say(fault.Unavailable, "no permission to open the archive", "check the permissions of the file")
	case errors.Is(err, fs.ErrExist):
		say(fault.Conflict, "another process has just created it", "open it instead")
	}
}

// said puts a sentence before the cause.
type said struct {
	what  string
	cause error
}

func (s *said) Error() string { return s.what + " (" + s.cause.Error() + ")" }
func (s *said) Unwrap() error { return s.cause }
