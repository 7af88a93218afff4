package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestError(t *testing.T) {
	inner := errors.New("no such file")
	err := fmt.Errorf("reading: %w", &Error{Kind: NotFound, Input: "a.txt", Err: inner, Hint: "check the name"})
	if err.Error() != "reading: a.txt: no such file" || Of(err) != NotFound || Hint(err) != "check the name" || !errors.Is(err, inner) {
		t.Errorf("%v: %v, %q", err, Of(err), Hint(err))
	}
	if Of(inner) != Internal || Hint(inner) != "" {
		t.Errorf("an error of no kind: %v, %q", Of(inner), Hint(inner))
	}
	if got := (&Error{Err: inner}).Error(); got != "no such file" {
		t.Errorf("without input: %q", got)
	}
	for k := Internal; k <= Unavailable; k++ {
		if k.String() == "" {
			t.Errorf("kind %d has no name", k)
		}
	}
}

func TestName(t *testing.T) {
	for in, want := range map[string]string{"-": "standard input", "مقال.txt": "مقال.txt", "a\x1b[2J": `"a\x1b[2J"`, "a b": "a b"} {
		if got := Name(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}
