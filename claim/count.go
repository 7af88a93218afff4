package claim

import (
	"math"
	"slices"
	"strings"

	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/text"
)

// figures finds the figures of a passage. Dates, numbers that are names (page
// 3) and a bare "one" are none.
func (c *counter) figures(passage string) []figure {
	words := fold.Words(passage)
	q := counting{counter: c, passage: passage, words: words, pieces: c.pieces(words)}
	var out []figure
	for i := 0; i < len(q.pieces); {
		f, next := q.read(i)
		if next > i && f.hi > 0 {
			out = append(out, f)
		}
		i = max(next, i+1)
	}
	return out
}

// counting is the reading of one passage.
type counting struct {
	*counter
	passage string
	words   []fold.Word
	pieces  []piece
}

// is reports whether piece i is there and of one of the classes.
func (q *counting) is(i int, classes ...string) bool {
	return i >= 0 && i < len(q.pieces) && slices.Contains(classes, q.pieces[i].class)
}

// gap is what stands between pieces i-1 and i.
func (q *counting) gap(i int) string {
	return q.passage[q.words[q.pieces[i-1].end-1].Span.End:q.words[q.pieces[i].first].Span.Start]
}

// read reads the figure that begins at piece i; next is i where none does.
func (q *counting) read(i int) (f figure, next int) {
	if !q.is(i, numbers...) || q.is(i, "half") && !q.is(i+1, "scale") {
		return f, i
	}
	f, next = q.amount(i)
	if next == i {
		return f, i
	}
	single := next == i+1 && f.lo == 1 && !q.pieces[i].digits
	if to, ok := q.upTo(i, next); ok && to < len(q.pieces) {
		other, end := q.amount(to)
		f.hi, next = other.hi, end
		f.lo, f.hi = min(f.lo, f.hi), max(f.lo, f.hi)
	}
	if single || q.named(i, next) {
		return figure{}, next
	}
	first := q.bound(&f, i)
	last := q.what(&f, i, next)
	last = max(last, q.bounded(&f, next, last))
	f.span = text.Span{Start: q.words[q.pieces[first].first].Span.Start, End: q.words[q.pieces[last-1].end-1].Span.End}
	return f, next
}

// amount adds up the words of a number.
func (q *counting) amount(i int) (f figure, next int) {
	p := q.pieces[i]
	if p.class == "vague" || p.class == "twice" {
		f.lo, f.hi = p.lo, p.hi
		if p.unit != "" {
			f.kinds = []string{p.unit}
		}
		return f, i + 1
	}
	total, part, last, scale := 0.0, 0.0, 0.0, 0.0
	for next = i; q.is(next, "num", "scale", "half", "and"); next++ {
		p := q.pieces[next]
		and := p.and
		if p.class == "and" {
			if next+1 >= len(q.pieces) || !q.is(next+1, "num", "half") {
				break
			}
			and, p = true, q.pieces[next+1]
		}
		if next > i && !q.joins(next, last, and, p) {
			break
		}
		if q.pieces[next].class == "and" {
			next++
		}
		switch p.class {
		case "num":
			part += p.lo
			last = p.lo
		case "half":
			if q.is(next+1, "scale") {
				next++
				scale = q.pieces[next].lo
			}
			total += scale / 2
			last = 1
		case "scale":
			part, scale, last = max(part, 1)*p.lo, p.lo, p.lo
			if p.lo >= 1000 {
				total, part = total+part, 0
			}
		}
	}
	f.lo = total + part
	f.hi = f.lo
	return f, next
}

// joins reports whether piece p goes on with the number whose last word was
// worth last.
func (q *counting) joins(at int, last float64, and bool, p piece) bool {
	if strings.TrimSpace(strings.ReplaceAll(q.gap(at), "-", "")) != "" || p.digits {
		return false
	}
	switch {
	case p.class == "scale":
		return !and && (last < p.lo || last == 1)
	case p.class == "half":
		return and && last >= 1000
	case last >= 100:
		return p.lo < last
	case and:
		return last < 10 && p.lo >= 20 && p.lo < 100
	}
	return last >= 20 && p.lo < 10 || last < 10 && p.lo == 10 && !q.latin(p.first)
}

// latin reports whether a word begins with a letter of ASCII.
func (q *counting) latin(word int) bool { return q.words[word].Form[0] < 0x80 }

// upTo finds the second end of a range whose first ends before piece next.
func (q *counting) upTo(i, next int) (to int, ok bool) {
	if next >= len(q.pieces) {
		return 0, false
	}
	between := q.is(i-1, "between")
	switch p := q.pieces[next]; {
	case q.is(next, "num") && p.digits && q.pieces[i].digits && strings.ContainsAny(q.gap(next), "-–"):
		return next, true
	case between && p.and && q.is(next, "num"):
		return next, true
	case between && p.class == "and" && q.is(next+1, "num"), p.class == "to" && q.is(next+1, "num"):
		return next + 1, true
	}
	return 0, false
}

// named reports a number that is a date or the name of something.
func (q *counting) named(i, next int) bool {
	if q.is(i-1, "label") || q.is(i-1, "date") || q.is(next, "date") {
		return true
	}
	if next < len(q.pieces) && q.pieces[i].digits {
		if g := q.gap(next); strings.HasPrefix(g, ":") || strings.HasPrefix(g, "/") {
			return true
		}
	}
	v := q.pieces[i].lo
	bare := next >= len(q.pieces) || q.pieces[next].class != "" && !q.is(next, "skip")
	return q.pieces[i].digits && next == i+1 && v >= 1900 && v <= 2100 && v == math.Trunc(v) && bare
}

// bound applies what stands before the number and returns the first piece.
func (q *counting) bound(f *figure, i int) int {
	first, at := i, i-1
	if q.is(at, "between") {
		first = at
	}
	if q.is(at, "between", "skip") {
		at--
	}
	if at < 0 {
		return first
	}
	switch q.pieces[at].class {
	case "about":
		f.lo, f.hi = f.lo*.9, f.hi*1.1
	case "least":
		f.hi = math.Inf(1)
	case "most":
		f.lo = 0
	case "exceed":
		if q.is(at-1, "not") {
			f.lo = 0
			return at - 1
		}
		f.hi = math.Inf(1)
	case "only":
	default:
		return first
	}
	return at
}

// bounded applies what stands behind the number or the noun, which ends at
// last, and returns the end.
func (q *counting) bounded(f *figure, next, last int) int {
	for at := next; at < len(q.pieces) && at <= last+1; at++ {
		if at > next && strings.ContainsAny(q.gap(at), ".،,؛;«»\"") {
			break
		}
		switch q.pieces[at].class {
		case "about":
			f.lo, f.hi = f.lo*.9, f.hi*1.1
		case "least":
			f.hi = math.Inf(1)
		case "most":
			f.lo = 0
		case "only":
		default:
			continue
		}
		return at + 1
	}
	return last
}

// maxNoun is the number of words in which an English noun that is counted may
// stand: captured Shield fighters.
const maxNoun = 3

// what finds what is counted: behind the number, and behind "the number of".
// It returns the end of the noun.
func (q *counting) what(f *figure, i, next int) (last int) {
	last = next
	at := next
	for q.is(at, "skip") {
		at++
	}
	for n := 0; n < maxNoun && q.is(at, ""); n++ {
		if at > next && n > 0 && strings.ContainsAny(q.gap(at), ".،,؛;:()") || n > 0 && !q.latin(q.pieces[at].first) {
			break
		}
		if at == next && at > 0 && strings.ContainsAny(q.gap(at), ".،,؛;:") {
			break
		}
		f.count(q.counter, q.words[q.pieces[at].first])
		at++
		last = at
		if f.known() {
			break
		}
	}
	last = q.members(f, last)
	for k := i - 1; k >= 0 && k >= i-8; k-- {
		if q.is(k, "count") && q.is(k+1, "") {
			f.count(q.counter, q.words[q.pieces[k+1].first])
			break
		}
	}
	return last
}

// known reports that what is counted is in the table.
func (f *figure) known() bool {
	return slices.ContainsFunc(f.kinds, func(k string) bool { return k[0] == kindMark })
}

// members replaces persons by what they are members of: members of families.
// It returns the end of the noun.
func (q *counting) members(f *figure, last int) int {
	at := last
	for q.is(at, "skip") {
		at++
	}
	if !slices.Equal(f.kinds, []string{anybody}) || !q.is(at, "") {
		return last
	}
	var of figure
	of.count(q.counter, q.words[q.pieces[at].first])
	if !of.known() {
		return last
	}
	f.kinds, f.people = of.kinds, of.people
	return at + 1
}

// kindMark is what the names of kinds begin with, and no stem does.
const kindMark = '='

// count adds a word that names what is counted.
func (f *figure) count(c *counter, w fold.Word) {
	for _, form := range append([]string{w.Form}, c.folder.Stems(nil, w)...) {
		for _, k := range c.kinds[form] {
			k, people := strings.CutSuffix(k, "+")
			f.people = f.people || people
			if !slices.Contains(f.kinds, k) {
				f.kinds = append(f.kinds, k)
			}
		}
		if len(f.kinds) > 0 && c.kinds[form] != nil {
			return
		}
	}
	f.kinds = append(f.kinds, c.folder.Stems(nil, w)...)
}
