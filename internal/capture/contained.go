package capture

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// sourceItems gives the documents of an input whose sources are to be read at
// once. What is left out of it is told in one line.
func sourceItems(name string, form Form, r io.Reader, yield func(Item) bool) bool {
	in := Inputs{Form: form}
	left := make(map[string]int)
	ok := in.streamSources(name, form, r, func(s Source) bool {
		if s.skip != nil && len(s.skip.Notes) == 0 {
			left[s.skip.What]++
			return true
		}
		return yield(s.item())
	})
	if !ok || len(left) == 0 {
		return ok
	}
	return yield(failed(name, &Skipped{Input: name, What: Counted(left)}))
}

// item is the source as a document.
func (s *Source) item() Item {
	load := s.Load
	return Item{Name: s.name(), Size: s.Size, Load: func() (*Document, error) {
		c, err := load()
		if err != nil {
			return nil, err
		}
		d, err := Extract(c)
		if err != nil {
			return nil, err
		}
		d.Notes = append(c.Cautions(), d.Notes...)
		return d, nil
	}}
}

// maxCounted bounds how many reasons are told apart.
const maxCounted = 6

// Counted tells what was left out, the commonest first.
func Counted(left map[string]int) string {
	reasons := slices.SortedFunc(maps.Keys(left), func(a, b string) int {
		if left[a] != left[b] {
			return left[b] - left[a]
		}
		return strings.Compare(a, b)
	})
	total, rest := 0, 0
	var parts []string
	for i, r := range reasons {
		total += left[r]
		if i < maxCounted {
			parts = append(parts, fmt.Sprintf("%d %s", left[r], r))
		} else {
			rest += left[r]
		}
	}
	if rest > 0 {
		parts = append(parts, fmt.Sprintf("%d others", rest))
	}
	return fmt.Sprintf("%d: %s", total, strings.Join(parts, ", "))
}

// skipped is a source that is left out. Notes say what is wrong with it.
func (s Source) skipped(why string, notes ...string) Source {
	s.skip = &Skipped{s.Input, s.Record, why, notes}
	s.Load = func() (*Capture, error) { return nil, s.skip }
	return s
}

// failing is a source that cannot be read.
func (s Source) failing(err error) Source {
	s.Load = func() (*Capture, error) { return nil, err }
	return s
}
