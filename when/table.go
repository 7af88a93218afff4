package when

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// class is what a word does in a date phrase, as time.tsv names it.
type class uint8

const (
	noClass   class = iota
	cMonth          // a: 1 to 12
	cHijri          // a: 1 to 12
	cWeekday        // a: 1 Sunday to 7 Saturday
	cDay            // a: days from the anchor
	cUnit           // a: the unit, b: how many, 0 for a plural
	cWeekend        // a, b: days of the ISO week
	cPart           // a, b: hours
	cSeason         // a: 0 winter to 3 autumn
	cEdge           // a, b: hundredths
	cDecade         // a: tens of years
	cRel            // a: relation
	cPrerel         // a: relation
	cNum            // a: the number
	cOne            // an article that counts as one
	cOrd            // a: the number, -1 for the last
	cHour           // a: 1 to 12
	cFraction       // a: how many make a whole
	cQuarter        // a: 1 to 4
	cEra            // a: era
	cZone           // a: hours east of Greenwich, or localZone
	cNth            // written onto a number
	cTens           // written onto a year
	cClock          // before an hour
	cOclock         // behind an hour
	cLess           // before a fraction still to come
	cIn             // introduces years and weak months
	cPast           // before an amount counted back
	cAhead          // before an amount counted onward
	cAgo            // behind an amount counted back
	cHence          // behind an amount counted onward
	cLater          // behind an amount counted from another event
	cOf             // behind an amount before or after another event
	cOn             // behind an amount after one
	cAbout
	cOver
	cDated
	cDate
	cSame
	cFrom
	cBetween
	cTo
	cAnd
	cLink
	cThe
	cBlock
	cNumber // before a number that is no date
	cTitle
	cKind
	cAge
	cAdverb
	cOnce
	cThat
	numClasses
)

var classNames = [numClasses]string{
	"", "month", "hijri", "weekday", "day", "unit", "weekend", "part", "season", "edge", "decade", "rel", "prerel", "num",
	"one", "ord", "hour", "fraction", "quarter", "era", "zone", "nth", "tens", "clock", "oclock", "less", "in", "past",
	"ahead", "ago", "hence", "later", "of", "on", "about", "over", "dated", "date", "same", "from", "between", "to", "and", "link",
	"the", "block", "number", "title", "kind", "age", "adverb", "once", "that",
}

// set is a set of classes.
type set uint64

func setOf(classes ...class) set {
	var s set
	for _, c := range classes {
		s |= 1 << c
	}
	return s
}

// digits stands for a number in a set; no entry of the table has it.
const digits set = 1 << noClass

// need is what a word asks of its company before it is taken for a date.
type need uint8

const (
	needCapital need = 1 << iota
	needNear         // a day, year, relation or preposition beside it
	needFull         // a year or the word month beside it
	needDay          // the word day or an ordinal before it
	needDate         // a day of the month beside it
	needMadda        // spelled with آ
)

var needNames = map[string]need{"-": 0, "cap": needCapital, "near": needNear, "full": needFull, "day": needDay, "date": needDate, "madda": needMadda}

// sense is one meaning of a word.
type sense struct {
	class class
	need  need
	a, b  int16
}

// lead is a set of what is written onto an Arabic word.
type lead uint8

const (
	leadAnd  lead = 1 << iota // و ف
	leadPrep                  // ب ل
	leadLike                  // ك
	leadThe                   // ال
)

// entry is a word, or a phrase by its first word.
type entry struct {
	rest   []uint64 // hashes of the words after the first
	senses []sense
	set    set // the classes of senses
	lead   lead
}

// words is the trigger table: the entries by the hash of their first word, and
// sets of the hashes of their words, so that other words cost one look.
type words struct {
	told    hashSet // first words of entries without whose like there is no date
	bits    hashSet // all words
	entries map[uint64][]entry
}

// hashSet is a set of hashes that may hold more than it was given.
type hashSet [1 << 12]uint64

const bitMask = 1<<18 - 1

func (s *hashSet) may(hash uint64) bool { return s[hash&bitMask>>6]>>(hash&63)&1 == 1 }

func (s *hashSet) add(hash uint64) { s[hash&bitMask>>6] |= 1 << (hash & 63) }

func (w *words) add(word string, s sense, l lead) {
	var hashes []uint64
	for _, f := range strings.FieldsFunc(word, func(r rune) bool { return r == ' ' || r == '-' }) {
		hashes = append(hashes, text.Hash(f))
	}
	first, rest := hashes[0], hashes[1:]
	if setOf(s.class)&telling != 0 {
		w.told.add(first)
	}
	for _, h := range hashes {
		w.bits.add(h)
	}
	list := w.entries[first]
	for i := range list {
		if equal(list[i].rest, rest) {
			list[i].senses = append(list[i].senses, s)
			list[i].set |= setOf(s.class)
			list[i].lead |= l
			return
		}
	}
	at := 0
	for at < len(list) && len(list[at].rest) >= len(rest) {
		at++
	}
	list = append(list, entry{})
	copy(list[at+1:], list[at:])
	list[at] = entry{rest, []sense{s}, setOf(s.class), l}
	w.entries[first] = list
}

func equal(a, b []uint64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// read adds time.tsv of a language.
func (w *words) read(p *lang.Pack) error {
	return lang.ReadTable(p.Dir, "time.tsv", 5, func(_ string, c []string) error {
		s, err := parseSense(c[1], c[2])
		if err != nil {
			return err
		}
		for _, n := range strings.Split(c[4], ",") {
			bit, ok := needNames[n]
			if !ok {
				return fmt.Errorf("unknown need %q", n)
			}
			s.need |= bit
		}
		leads, ok := leadSets[c[3]]
		if !ok {
			return fmt.Errorf("unknown set of prefixes %q: use all, name, conj or -", c[3])
		}
		if len(strings.Fields(c[0])) == 0 {
			return fmt.Errorf("no word")
		}
		for _, l := range leads {
			w.add(joinLead(l.text, c[0]), s, l.lead)
		}
		return nil
	})
}

type prefix struct {
	text string
	lead lead
}

// leadSets are the prefixes of each value of the column before.
var leadSets = map[string][]prefix{"-": {{}}, "conj": prefixes("", "و", "ف"), "name": namePrefixes(), "all": allPrefixes()}

func prefixes(list ...string) []prefix {
	var out []prefix
	for _, p := range list {
		l := lead(0)
		if strings.ContainsAny(p, "وف") {
			l |= leadAnd
		}
		if strings.ContainsAny(p, "بل") {
			l |= leadPrep
		}
		if strings.Contains(p, "ك") {
			l |= leadLike
		}
		out = append(out, prefix{p, l})
	}
	return out
}

func namePrefixes() []prefix {
	return prefixes("", "ب", "ل", "ك", "و", "وب", "ول", "وك", "ف", "فب", "فل", "فك")
}

func allPrefixes() []prefix {
	out := namePrefixes()
	for _, p := range out {
		out = append(out, prefix{p.text + "ال", p.lead | leadThe})
	}
	return out
}

// joinLead writes a prefix onto a word; ل and ال make لل.
func joinLead(p, word string) string {
	if rest, ok := strings.CutPrefix(word, "ال"); ok && strings.HasSuffix(p, "ل") && !strings.HasSuffix(p, "ال") {
		return p + "ل" + rest
	}
	if head, ok := strings.CutSuffix(p, "لال"); ok {
		return head + "لل" + word
	}
	return p + word
}

// parseSense reads the columns class and value.
func parseSense(name, value string) (sense, error) {
	c := noClass
	for i, n := range classNames {
		if i > 0 && n == name {
			c = class(i)
		}
	}
	s := sense{class: c}
	var err error
	switch c {
	case noClass:
		return s, fmt.Errorf("unknown class %q", name)
	case cWeekday:
		s.a, err = position(value, "sun mon tue wed thu fri sat", 1)
	case cSeason:
		s.a, err = position(value, "winter spring summer autumn", 0)
	case cRel, cPrerel:
		s.a, err = position(value, "last this next prior following recent beforelast", 1)
	case cEra:
		s.a, err = position(value, "hijri ad bc", 1)
	case cUnit:
		word, form, _ := strings.Cut(value, " ")
		s.a, err = position(word, "minute hour day week month year decade century", 1)
		s.b = map[string]int16{"": 1, "dual": 2}[form]
	case cWeekend, cPart, cEdge:
		from, to, _ := strings.Cut(value, "-")
		if s.a, err = small(from); err == nil {
			s.b, err = small(to)
		}
	case cZone:
		if value == "local" {
			s.a = localZone
			break
		}
		s.a, err = small(value)
	default:
		if value != "-" {
			s.a, err = small(value)
		}
	}
	return s, err
}

const localZone = 99

func position(value, names string, first int16) (int16, error) {
	for i, n := range strings.Fields(names) {
		if n == value {
			return int16(i) + first, nil
		}
	}
	return 0, fmt.Errorf("value %q: use one of %s", value, names)
}

func small(value string) (int16, error) {
	n, err := strconv.ParseInt(value, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("value %q is no small number", value)
	}
	return int16(n), nil
}
