package web

import (
	"errors"
	"net/http"

	"github.com/isnad/isnad/internal/fault"
)

// mistake is an error that the table of words has: what happened under its key,
// and what to do under the same with .do.
type mistake struct {
	key  string
	args []string // that %s stand for
}

// Error is the key, which [request.fail] puts into words.
func (m *mistake) Error() string { return m.key }

// wrong is an error in the words of the interface.
func wrong(kind fault.Kind, key string, args ...string) error {
	return &fault.Error{Kind: kind, Err: &mistake{key, args}}
}

// errNoPage answers an address that nothing is served at.
var errNoPage = wrong(fault.NotFound, "wrong.page")

func badForm(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return wrong(fault.Invalid, "wrong.large")
	}
	return &fault.Error{Kind: fault.Invalid, Err: err}
}

// statuses are the HTTP status and the message for each kind of error. What to
// do about it is under the same key with .do.
var statuses = map[fault.Kind]struct {
	code int
	key  string
}{
	fault.Invalid:     {http.StatusBadRequest, "error.invalid"},
	fault.NotFound:    {http.StatusNotFound, "error.notfound"},
	fault.Conflict:    {http.StatusConflict, "error.conflict"},
	fault.Unavailable: {http.StatusBadGateway, "error.unavailable"},
	fault.Internal:    {http.StatusInternalServerError, "error.internal"},
}

// failure is what the page of an error shows: what happened and what to do, and
// what the program itself says, which is English.
type failure struct{ What, Detail, Do, Program, Hint string }

// fail shows an error in the language of the interface.
func (r *request) fail(err error) {
	s := statuses[fault.Of(err)]
	data := &failure{What: r.T(s.key)}
	if m, ok := errors.AsType[*mistake](err); ok {
		data.Detail, data.Do = r.T(m.key, m.args...), r.T(m.key+".do")
	} else {
		data.Do, data.Program, data.Hint = r.T(s.key+".do"), err.Error(), fault.Hint(err)
	}
	if err := r.show(s.code, "", data.What, data); err != nil {
		http.Error(r.w, "isnad: "+err.Error(), http.StatusInternalServerError)
	}
}
