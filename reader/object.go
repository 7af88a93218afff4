package reader

import (
	"strings"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// object is the opener of a direct object that is what was said, where the row
// allows one and no clause was found: the first noun phrase behind the
// subject, up to token end.
func (a *arabic) object(c, end int, row *lang.CueRow) opener {
	if row.Frames&lang.NounP == 0 {
		return opener{}
	}
	if len(row.Preps) > 0 && row.Frames&lang.Clause == 0 && row.Frames&lang.Person == 0 {
		return opener{}
	}
	at := a.objectStart(c, end)
	if at < 0 {
		return opener{}
	}
	return opener{kind: openNP, at: at, head: at}
}

// objectStart finds where the direct object of the cue at c begins, between
// the cue and token end: behind the first complete noun phrase where a subject
// stands there, or right behind the cue where none does. It is -1 if there is
// no second noun phrase.
func (a *arabic) objectStart(c, end int) int {
	lo := a.overAsides(c+1, end)
	if lo >= end || !a.word(lo) && a.opening(lo) == nil {
		return -1
	}
	if a.hasSubjectBefore(c) || !a.heads(lo) || a.participleCue(c) || a.deed(lo) {
		if a.leads(lo) {
			return -1
		}
		return lo
	}
	k := a.overRelative(a.overPlace(a.minimalNP(lo, end), end), end)
	if a.comma(k) {
		k = a.parenthesis(k, end)
	}
	k = a.overAsides(k, end)
	if k == end && k-2 >= lo && a.shaped(k-1) { // نفى المدير الواقعة: no adjective, for something must be denied
		return k - 1
	}
	if k >= end || !a.word(k) || a.leads(k) {
		return -1
	}
	return k
}

// leads reports a preposition that is no name: على, but not علي.
func (a *arabic) leads(i int) bool {
	return a.has(i, lang.Prep) && (!a.any(i, speakers) || a.t.Tokens[i].Has(text.EndsMaqsura))
}

// overPlace passes over where a subject is: the organisation *in the country*.
func (a *arabic) overPlace(k, end int) int {
	if k+1 < end && a.tags[k].hash == inHash && a.any(k+1, lang.Of(lang.State, lang.Capital, lang.Place)) {
		return a.minimalNP(k+1, end)
	}
	return k
}

// overRelative passes over a relative clause behind a subject, as far as its
// verb and the phrases that belong to it reach.
func (a *arabic) overRelative(k, end int) int {
	if k >= end || !a.has(k, lang.Rel) || a.has(k, lang.Prep) || a.in(k, lang.Which) || k+1 >= end {
		return k
	}
	k += 2
	for k < end && a.has(k, lang.Prep) {
		k = a.minimalNP(k+1, end)
	}
	return min(k, end)
}

// hasSubjectBefore reports that the cue's subject stands in front of it or was
// dropped after a conjunction with a pronoun (لكنه نفى).
func (a *arabic) hasSubjectBefore(c int) bool {
	if a.clitic(c, lang.And) {
		return false
	}
	var f find
	f.reading.Agr = lang.AnyAgr
	k := c - 1
	if k >= a.s.First && a.suffixed(k) && a.any(k, lang.Of(lang.Conj, lang.Comp)) {
		return true
	}
	return a.subjectLeft(c, &f).Len() > 0 || f.relative.Len() > 0
}

// heads reports a word that can begin the noun phrase of a speaker right
// behind its verb.
func (a *arabic) heads(i int) bool {
	return a.any(i, speakers) && !a.clitic(i, lang.With|lang.To) || a.named(i) || a.clitic(i, lang.The) || a.opening(i) != nil
}

// minimalNP is the token after the shortest complete noun phrase from i: a
// construct runs to its definite end, then adjectives and names follow.
func (a *arabic) minimalNP(i, end int) int {
	k := i
	for k < end { // the construct: indefinite heads up to a definite word
		if q := a.opening(k); q != nil {
			k = q.Close + 1
			break
		}
		if k > i && a.is(k, '.') && len([]rune(a.t.Word(k-1))) == 1 { // د. حسين
			k++
			continue
		}
		if !a.word(k) {
			return k
		}
		if a.tags[k].hash == inNameHash {
			return a.minimalNP(k+1, end)
		}
		if a.clitic(k, lang.The) || a.suffixed(k) || a.absolute(k) || a.any(k, lang.Of(lang.State, lang.Capital, lang.Given, lang.Outlet, lang.Body)) {
			k++
			break
		}
		if k > i && (a.act(k) || a.deed(k) && a.suffixLike(k)) {
			return k
		}
		if a.in(k, lang.Same) && k+1 < end && (a.has(k+1, lang.Prep) || a.has(k+1, lang.Dem)) {
			k++
		}
		if a.named(k) && k > i && a.any(i, lang.Of(lang.Title, lang.Org, lang.Unnamed, lang.Human)) && !a.has(k, lang.Given) && a.construct(k, end) {
			k++
			continue
		}
		if a.named(k) {
			if k+1 < end && a.clitic(k+1, lang.The) && !a.clitic(k+1, lang.With|lang.To|lang.And) && (k > i || a.tags[k+1].n == 0) {
				k += 2
			} else {
				k++
			}
			break
		}
		k++
	}
	for k < end {
		switch {
		case a.tags[k].hash == inNameHash && a.word(k):
			return a.minimalNP(k+1, end)
		case a.is(k, '('):
			k = a.closeParen(k, end) + 1
		case a.opening(k) != nil && a.opening(k).Close-k < 6:
			k = a.opening(k).Close + 1
		case a.has(k, lang.Title) && !a.clitic(k, lang.The|lang.With|lang.To|lang.And) && !a.has(k, lang.Given) && !a.suffixed(k):
			k = a.minimalNP(k, end)
		case a.any(k, lang.Of(lang.Nisba, lang.Given, lang.Title, lang.State, lang.Capital)) && !a.clitic(k, lang.With|lang.To|lang.And) && !(a.has(k, lang.Title) && a.suffixed(k)), a.in(k, lang.Particle):
			k++
		case a.act(k):
			return k
		case a.suffixed(k-1) && a.construct(k, end): // his lawyer *the dates of the hearings*
			return k
		case a.named(k) && a.tags[k].clitic&^maybeAnd == 0 && a.nameBefore(k) && !a.t.Tokens[k].Has(text.EndsTa):
			k++
		case a.adjective(k) || a.shaped(k):
			k++
		case a.clitic(k, lang.The) && a.tags[k].n == 0 && !a.clitic(k, lang.With|lang.To|lang.And) && (a.has(k-1, lang.Given) || a.named(k-1) || a.between(k, end)), a.has(k, lang.Human) && a.clitic(k, lang.The) && !a.clitic(k, lang.With|lang.To|lang.And) && a.any(k-1, lang.Of(lang.Human, lang.Title)) && a.between(k, end):
			k++
		case a.clitic(k, lang.And) && a.clitic(k, lang.The) && a.any(k, lang.Of(lang.Org, lang.Title, lang.Body, lang.OutletHead)):
			k++
		case a.has(k, lang.Prep) && a.attaches(k):
			k = a.minimalNP(k+1, end)
		case a.comma(k) && a.apposes(k+1, end):
			k = a.minimalNP(k+1, end)
			if a.comma(k) {
				k++
			}
		default:
			return k
		}
	}
	return k
}

var inNameHash = text.Hash("باسم")

// between reports an unknown word with article that stands between another one
// and an indefinite noun: the adjective of the first, for the object follows.
func (a *arabic) between(k, end int) bool {
	return a.clitic(k-1, lang.The) && k+1 < end && a.word(k+1) && !a.clitic(k+1, lang.The|lang.With|lang.To) && !a.any(k+1, lang.Of(lang.Prep, lang.Rel, lang.Conj, lang.Time)) && !a.finite(k+1)
}

// absolute reports a sound plural or dual that keeps its ن: nothing can stand
// in a construct with it, so that a noun with article behind it is not its own
// (اتهم ناشطون التحالف).
func (a *arabic) absolute(i int) bool {
	if !strings.HasSuffix(a.t.Word(i), "ن") {
		return false
	}
	for _, r := range a.readings(i) {
		if 1<<r.Class&speakers != 0 && (r.Agr == lang.MP && !strings.HasSuffix(a.t.Word(i), "ان") || r.Agr == lang.Dual || r.Agr == lang.DualF) {
			return true
		}
	}
	return false
}

// deed reports what is done or one's own, and speaks for nobody: a verbal noun
// without article that begins what was said.
func (a *arabic) deed(i int) bool {
	return a.word(i) && !a.clitic(i, lang.The|lang.With|lang.To|lang.And) && !a.any(i, speakers) && (a.in(i, lang.Act) && !a.in(i, lang.Same) || a.masdarShape(i))
}

// act reports an indefinite verbal noun that begins what was said.
func (a *arabic) act(i int) bool { return a.in(i, lang.Act) && !a.clitic(i, lang.The) }

// construct reports that an unknown word behind a head noun is a noun in a
// construct and no name: an article comes within two words.
func (a *arabic) construct(k, end int) bool {
	for n := k + 1; n < end && n <= k+2; n++ {
		if !a.word(n) || a.act(n) || a.suffixed(n) {
			return false
		}
		if a.clitic(n, lang.The) {
			return !a.clitic(n, lang.With|lang.To|lang.And)
		}
	}
	return false
}

// nameBefore reports that the word before k is a name or title, so that an
// unknown word at k goes on with it.
func (a *arabic) nameBefore(k int) bool {
	return a.any(k-1, lang.Of(lang.Given, lang.Title, lang.Nisba)) || a.named(k-1)
}

// adjective reports a word with article that by its form qualifies the noun
// before it: an unknown or relational word in -ي or -ية.
func (a *arabic) adjective(k int) bool {
	if a.in(k, lang.Adjective) && !a.clitic(k, lang.With|lang.To|lang.And) {
		return a.clitic(k, lang.The) || a.suffixed(k) || !a.clitic(k-1, lang.The)
	}
	if !a.clitic(k, lang.The) || a.clitic(k, lang.With|lang.To|lang.And) {
		return false
	}
	w := []rune(a.t.Word(k))
	n := len(w)
	return n > 4 && (w[n-1] == 'ي' || w[n-1] == 'ة' && w[n-2] == 'ي')
}

// shaped reports an unknown word with article behind another that has the shape
// of an active participle or of the commonest adjectives (القابضة, القريب).
func (a *arabic) shaped(k int) bool {
	if a.tags[k].n > 0 || !a.clitic(k, lang.The) || a.clitic(k, lang.With|lang.To|lang.And) || !a.clitic(k-1, lang.The) || a.act(k) {
		return false
	}
	w := []rune(strings.TrimSuffix(a.t.Word(k), "ة"))
	return len(w) == 6 && (w[3] == 'ا' || w[4] == 'ي')
}

// attaches reports a preposition that belongs to the role before it: the
// spokesman *of*, a source *in*.
func (a *arabic) attaches(k int) bool {
	return a.any(k-1, lang.Of(lang.Title, lang.Unnamed)) || a.is(k-1, ')')
}
