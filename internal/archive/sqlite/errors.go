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

// explain says what an error of SQLite means for the archive and what to do.
// Other errors stay as they are.
func explain(path string, err error) error {
	if m, ok := meanings[code(err)]; ok {
		return m.of(path, err)
	}
	return err
}

// explainFile does so for errors of the file system too.
func explainFile(path string, err error) error {
	if m, ok := ofFile(err); ok {
		return m.of(path, err)
	}
	return explain(path, err)
}

// of is the meaning as an error, unless err tells its own.
func (m meaning) of(path string, err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	return &fault.Error{Kind: m.kind, Input: path, Err: &said{m.what, err}, Hint: m.hint}
}

type meaning struct {
	kind       fault.Kind
	what, hint string
}

// meanings of the result codes.
var meanings = map[int]meaning{
	busy:     {fault.Unavailable, "another process is writing to the archive", "wait until it has finished, or stop it"},
	readOnly: {fault.Unavailable, "the archive cannot be written to", "check the permissions of the file and of its folder"},
	full:     {fault.Unavailable, "the disk is full; this batch was not stored, everything before it is", "make room and repeat"},
	ioError:  {fault.Unavailable, "the disk reports an error; this batch was not stored", "check the disk, then verify the archive"},
	corrupt:  damaged,
	notDB:    damaged,
	cantOpen: {fault.Unavailable, "the file cannot be opened", "check that its folder exists and may be written to"},
	tooBig:   {fault.Invalid, "a value is larger than an archive keeps", "split the input"},
}

var damaged = meaning{fault.Invalid, "the file is damaged", "verify the archive; its index can be rebuilt, evidence comes back from a copy only"}

func ofFile(err error) (m meaning, ok bool) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return meaning{fault.NotFound, "there is no such archive", "create it, or check the name"}, true
	case errors.Is(err, fs.ErrPermission):
		return meaning{fault.Unavailable, "no permission to open the archive", "check the permissions of the file"}, true
	case errors.Is(err, fs.ErrExist):
		return meaning{fault.Conflict, "another process has just created it", "open it instead"}, true
	}
	return meaning{}, false
}

// said puts a sentence before the cause.
type said struct {
	what  string
	cause error
}

func (s *said) Error() string { return s.what + " (" + s.cause.Error() + ")" }
func (s *said) Unwrap() error { return s.cause }
