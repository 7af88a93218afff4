package web

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// languages are those of the interface, in the order of the columns of
// words.tsv.
var languages = [...]string{"en", "ar"}

// words are the messages of the interface in all its languages.
type words struct {
	messages map[string][len(languages)]string
	months   map[string][]string
}

// loadWords reads words.tsv and months.tsv.
func loadWords(files fs.FS) (*words, error) {
	w := &words{messages: map[string][len(languages)]string{}, months: map[string][]string{}}
	err := rows(files, "words.tsv", 1+len(languages), func(cells []string) {
		w.messages[cells[0]] = [len(languages)]string(cells[1:])
	})
	if err != nil {
		return nil, err
	}
	err = rows(files, "months.tsv", 13, func(cells []string) { w.months[cells[0]] = cells[1:] })
	return w, err
}

// rows calls do for every row of a table, which has a number of columns.
func rows(files fs.FS, name string, columns int, do func([]string)) error {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	n := 0
	var bad []error
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			bad = append(bad, fmt.Errorf("%s:%d: %d columns, want %d", name, n, len(cells), columns))
			continue
		}
		do(cells)
	}
	return errors.Join(bad...)
}

// form is the ending of the key of a message that counts n: the plural rules of
// CLDR for the two languages.
func form(language string, n int) string {
	switch {
	case language != "ar" && n == 1:
		return ".one"
	case language != "ar":
		return ".other"
	case n < 3:
		return [...]string{".zero", ".one", ".two"}[max(n, 0)]
	case n%100 >= 3 && n%100 <= 10:
		return ".few"
	case n%100 >= 11:
		return ".many"
	}
	return ".other"
}

// say is the message of a key with its %s filled in. A key that is not in the
// table is shown as it is; a test looks for such.
func (w *words) say(lang int, key string, args ...string) string {
	m, ok := w.messages[key]
	if !ok {
		return "[" + key + "]"
	}
	s := m[lang]
	for _, a := range args {
		s = strings.Replace(s, "%s", a, 1)
	}
	return s
}

// count is the message of a key for a number, which is written as it is given.
// Where the table has no form of its own, it is that of other numbers.
func (w *words) count(lang int, key string, n int, written string) string {
	f := form(languages[lang], n)
	if m, ok := w.messages[key+f]; !ok || m[lang] == "" {
		f = ".other"
	}
	return w.say(lang, key+f, written)
}
