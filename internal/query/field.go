package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// spec is what a filter takes.
type spec struct {
	name, example string
	compares      bool
	check         func(value string) (problem string)
}

var specs = [...]spec{
	{"speaker", "speaker:وزير", false, words},
	{"stance", "stance:deny", false, stance},
	{"polarity", "polarity:deny", false, polarity},
	{"publisher", `publisher:"name"`, false, words},
	{"lang", "lang:ar", false, language},
	{"after", "after:2024-05-31", false, date},
	{"before", "before:2024-05", false, date},
	{"origin", "origin:unnamed", false, origin},
	{"chain", "chain:>1", true, chain},
	{"has", "has:figure", false, has},
}

func words(value string) string {
	if !searchable(value) {
		return fmt.Sprintf("%q has no letter or digit to look for", value)
	}
	return ""
}

func stance(value string) string {
	if _, err := isnad.ParseStance(strings.ToLower(value)); err != nil {
		return err.Error()
	}
	return ""
}

func polarity(value string) string {
	if _, err := isnad.ParsePolarity(strings.ToLower(value)); err != nil {
		return err.Error()
	}
	return ""
}

// maxLang bounds the tag of a language, in bytes.
const maxLang = 16

func language(value string) string {
	tag := strings.ReplaceAll(value, "-", "")
	if len(tag) < 2 || len(tag) > maxLang || strings.ContainsFunc(tag, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}) {
		return fmt.Sprintf("%q is not the tag of a language, such as ar or en", value)
	}
	return ""
}

func date(value string) string {
	if _, _, ok := parseDate(value); !ok {
		return fmt.Sprintf("%q is not a date: write 2024, 2024-05 or 2024-05-31", value)
	}
	return ""
}

// parseDate reads a year, month or day, in either family of Arabic digits too,
// as a stretch of time in UTC.
func parseDate(value string) (from, to time.Time, ok bool) {
	plain := strings.Map(func(r rune) rune { return text.FoldRune(r) }, value)
	for _, form := range [...]struct {
		layout              string
		years, months, days int
	}{{"2006-01-02", 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if from, err := time.Parse(form.layout, plain); err == nil && from.Year() > 0 {
			return from, from.AddDate(form.years, form.months, form.days), true
		}
	}
	return time.Time{}, time.Time{}, false
}

// origins are the ways in which the first source of a chain can be given.
var origins = [...]isnad.SourceKind{
	isnad.Implicit, isnad.Named, isnad.Role, isnad.Unnamed, isnad.DocumentSource, isnad.OutletSource,
}

func parseOrigin(value string) (isnad.SourceKind, bool) {
	i := slices.IndexFunc(origins[:], func(k isnad.SourceKind) bool { return k.String() == strings.ToLower(value) })
	if i < 0 {
		return 0, false
	}
	return origins[i], true
}

func origin(value string) string {
	if _, ok := parseOrigin(value); !ok {
		return fmt.Sprintf("there is no origin %q: one of %v", value, origins)
	}
	return ""
}

// maxChain is the longest chain that can be asked for; see archive.MaxChain.
const maxChain = 9

func parseChain(value string) (int, bool) {
	plain := strings.Map(func(r rune) rune { return text.FoldRune(r) }, value)
	n, err := strconv.Atoi(plain)
	return n, err == nil && n >= 1 && n < maxChain && len(plain) == 1
}

func chain(value string) string {
	if _, ok := parseChain(value); !ok {
		return fmt.Sprintf("%q is not a length of a chain: a number from 1 to %d", value, maxChain-1)
	}
	return ""
}

func has(value string) string {
	if strings.ToLower(value) != "figure" {
		return fmt.Sprintf("nothing is known of %q: has: takes figure", value)
	}
	return ""
}
