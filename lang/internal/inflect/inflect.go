// Package inflect works out the surface forms of a language's tables. It runs
// when a pack is built, never when a text is read.
package inflect

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// forms collects readings by the letters of their surface form, in the order of
// the tables: reporting verbs, other verbs, words.
type forms map[string][]lang.Reading

func (f forms) add(word string, r lang.Reading) {
	letters := text.Letters(word)
	if !slices.Contains(f[letters], r) {
		f[letters] = append(f[letters], r)
	}
}

// Forms gives the readings of every surface form of a language, by its folded
// letters.
func Forms(language string, dir fs.FS) (map[string][]lang.Reading, error) {
	src, err := lang.ReadSource(dir)
	if err != nil {
		return nil, err
	}
	f := make(forms)
	switch language {
	case "ar":
		arabic(f, src)
	case "en":
		english(f, src)
	default:
		return nil, fmt.Errorf("no inflection is known for language %q", language)
	}
	return f, nil
}
