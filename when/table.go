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
	next   int32 // entry that begins with the same word, or -1
}

// words is the trigger table: the entries by the hash of their first word, and
// sets of the hashes of their words, so that other words cost one look.
type words struct {
	told    hashSet          // first words of entries without whose like there is no date
	bits    hashSet          // all words
	first   map[uint64]int32 // of entries, by the hash of their first word
	entries []entry
}

// hashSet is a set of hashes that may hold more than it was given.
type hashSet [1 << (hashBits - 6)]uint64

const (
	hashBits = 17
	bitMask  = 1<<hashBits - 1
)

func (s *hashSet) may(hash uint64) bool { return s[hash&bitMask>>6]>>(hash&63)&1 == 1 }

func (s *hashSet) add(hash uint64) { s[hash&bitMask>>6] |= 1 << (hash & 63) }

// at is the index of the first of the entries that begin with a word, the
// longest first, or -1.
func (w *words) at(hash uint64) int32 {
	if at, ok := w.first[hash]; ok {
		return at
	}
	return -1
}

// add files senses under a word whose first part, and the parts behind it, have
// these hashes.
func (w *words) add(first uint64, rest []uint64, senses []sense, l lead) {
	before := int32(-1)
	at := w.at(first)
	for ; at >= 0 && len(w.entries[at].rest) >= len(rest); at = w.entries[at].next {
		if e := &w.entries[at]; equal(e.rest, rest) {
			e.senses = append(e.senses[:len(e.senses):len(e.senses)], senses...)
			e.set |= setOf(senses[0].class)
			e.lead |= l
			return
		}
		before = at
	}
	n := int32(len(w.entries))
	w.entries = append(w.entries, entry{rest: rest, senses: senses, set: setOf(senses[0].class), lead: l, next: at})
	if before < 0 {
		w.first[first] = n
	} else {
		w.entries[before].next = n
	}
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
	return lang.ReadRows(p.Dir, "time.tsv", 5, func(c []string) error {
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
		parts := strings.FieldsFunc(c[0], func(r rune) bool { return r == ' ' || r == '-' })
		if len(parts) == 0 {
			return fmt.Errorf("no word")
		}
		var rest []uint64
		for _, f := range parts[1:] {
			rest = append(rest, text.Hash(f))
			w.bits.add(text.Hash(f))
		}
		senses := []sense{s}
		for _, l := range leads {
			first := text.Hash(joinLead(l.text, parts[0]))
			w.bits.add(first)
			if setOf(s.class)&telling != 0 {
				w.told.add(first)
			}
			w.add(first, rest, senses, l.lead)
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
