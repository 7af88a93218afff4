package claim

import (
	"cmp"
	"slices"
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/names"
)

// roles holds the classes of roles.tsv by folded word, without article. The
// class of the head of a body's name (ministry) is the word for who leads it
// (minister), behind a mark.
type roles map[string]string

const leads = "head "

func newRoles() (roles, error) {
	r := roles{}
	err := lang.ReadRows(tables, "roles.tsv", 2, func(c []string) error {
		class := c[1]
		if leader, ok := strings.CutPrefix(class, leads); ok {
			class = leads + nameWords(leader)[0]
		}
		for _, w := range nameWords(c[0]) {
			r[w] = class
		}
		return nil
	})
	return r, err
}

// nameWords are the folded words of a name or a passage as names are compared:
// without article and what is written before it.
func nameWords(s string) []string {
	var out []string
	for _, w := range fold.Words(s) {
		if f := bare(w.Form); f != "the" && f != "a" && f != "an" {
			out = append(out, f)
		}
	}
	return out
}

// noun is a word of a name or passage, without its article.
type noun struct {
	form     string
	definite bool // had one
}

// nouns are the words of a passage in which names of bodies are looked for.
func nouns(s string) []noun {
	var out []noun
	for _, w := range fold.Words(s) {
		switch f := bare(w.Form); f {
		case "the":
		default:
			out = append(out, noun{f, f != w.Form || w.Form[0] < 0x80})
		}
	}
	return out
}

// bare takes the article off a folded word, with the conjunction or
// preposition before it.
func bare(form string) string {
	rest := form
	for _, c := range [...]string{"و", "ف"} {
		if t, ok := strings.CutPrefix(rest, c); ok && (strings.HasPrefix(t, "ال") || strings.HasPrefix(t, "لل")) {
			rest = t
			break
		}
	}
	for _, p := range [...]string{"لل", "بال", "كال", "ال"} {
		if t, ok := strings.CutPrefix(rest, p); ok && len(t) >= 6 {
			return t
		}
	}
	return form
}

// bodies tells which parties of a record speak for which body.
type bodies struct {
	roles   roles
	parties map[string]isnad.Identity
	names   map[string][]bodyName // by first word, longest first
	of      map[string]string     // party to the body it speaks for
	// within is the body that an unnamed source belongs to.
	within map[string]string
	// outlets are the parties that publish, by the publisher's name.
	outlets map[string]string
}

// bodyName is a name with the parties that have it. A name of one common noun
// (the council) stands for a body only with its article.
type bodyName struct {
	words    []string
	definite bool
	given    []string // it is a name that documents use of them
	made     []string // it was made from a longer one
}

// maxNamesakes bounds the parties of one name; of more, none is meant.
const maxNamesakes = 16

// maxAliases bounds the names of one party that are looked for.
const maxAliases = 64

func (b *Book) bodies(r *Record) *bodies {
	d := &bodies{
		roles: b.roles, parties: r.Parties, names: map[string][]bodyName{},
		of: map[string]string{}, within: map[string]string{}, outlets: map[string]string{},
	}
	for _, id := range sortedKeys(r.Parties) {
		if p := r.Parties[id]; p.Kind != isnad.Person && p.Kind != isnad.UnnamedParty {
			for _, n := range append([]string{p.Name}, p.Names[:min(len(p.Names), maxAliases)]...) {
				d.addName(id, n)
			}
		}
	}
	for _, list := range d.names {
		slices.SortStableFunc(list, func(a, b bodyName) int { return len(b.words) - len(a.words) })
	}
	votes, nameless := map[[2]string]int{}, map[string]bool{}
	for i := range r.Sources {
		s := &r.Sources[i]
		here := speaksIn(s)
		for k := range s.Statements {
			if body, weight := d.bodyOf(s, &s.Statements[k], here); body != "" {
				party := s.Statements[k].Teller()
				votes[[2]string{party, body}] += weight
				nameless[party] = d.kindOf(&s.Statements[k]) == isnad.UnnamedParty
			}
		}
	}
	d.settle(votes, nameless)
	d.nameOutlets(r.Sources)
	return d
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// addName files a name of a body, with the shorter ones that news use for it:
// what comes behind "forces" or before "for", and the first word.
func (d *bodies) addName(party, name string) {
	words := nouns(name)
	if len(words) == 0 {
		return
	}
	forms := make([]string, len(words))
	for i, w := range words {
		forms[i] = w.form
	}
	d.file(party, forms, len(forms) == 1 && words[0].definite, true)
	d.addLeader(party, forms)
	if len(forms) > 2 && d.roles[forms[0]] == "carrier" {
		d.file(party, forms[1:], false, false)
	}
	if n := len(forms) - 1; n > 1 && d.roles[forms[n]] == "carrier" {
		d.file(party, forms[:n], false, false)
	}
	if len(forms) > 2 {
		d.file(party, forms[:2], false, false)
	}
	if len(forms) > 1 && len(forms[0]) >= 6 {
		d.file(party, forms[:1], true, false)
	}
}

// file files a name under its first word.
func (d *bodies) file(party string, words []string, definite, given bool) {
	if len(words) == 1 && len(words[0]) < 6 {
		return
	}
	list := d.names[words[0]]
	at := slices.IndexFunc(list, func(n bodyName) bool { return slices.Equal(n.words, words) })
	if at < 0 {
		at = len(list)
		list = append(list, bodyName{words: slices.Clone(words), definite: definite})
		d.names[words[0]] = list
	}
	n := &list[at]
	n.definite = n.definite && definite
	to := &n.made
	if given {
		to = &n.given
	}
	if !slices.Contains(*to, party) && len(*to) < maxNamesakes {
		*to = append(*to, party)
	}
}

// addLeader files the names of the one who leads a body: the minister of defence
// stands for the ministry.
func (d *bodies) addLeader(party string, words []string) {
	for i, w := range words {
		leader, ok := strings.CutPrefix(d.roles[w], leads)
		if !ok || len(words) == 1 {
			continue
		}
		rest := slices.Concat(words[:i], words[i+1:])
		d.file(party, slices.Concat(words[:i], []string{leader}, words[i+1:]), false, true)
		if i == len(words)-1 {
			d.file(party, append([]string{leader, "of"}, rest...), false, true)
		}
		return
	}
}

// nameAt is the body with the longest name that begins at word i, and the
// length of the name. Of several bodies with one name, it is the one that
// speaks in the document.
func (d *bodies) nameAt(words []noun, i int, here map[string]bool) (body string, n int) {
	for _, name := range d.names[words[i].form] {
		if len(name.words) > len(words)-i || name.definite && !words[i].definite {
			continue
		}
		if slices.EqualFunc(name.words, words[i:i+len(name.words)], func(w string, n noun) bool { return w == n.form }) {
			return d.theOne(&name, here), len(name.words)
		}
	}
	return "", 0
}

// theOne is the only party of a name, or the only one that is here; before
// others those that go by it in documents and have a longer name too. It is ""
// where several are left.
func (d *bodies) theOne(n *bodyName, here map[string]bool) string {
	full := slices.DeleteFunc(slices.Clone(n.given), func(p string) bool { return len(nameWords(d.parties[p].Name)) < 2 })
	for _, list := range [][]string{full, n.given, n.made} {
		if len(list) == 1 {
			return list[0]
		}
		if one := slices.DeleteFunc(slices.Clone(list), func(p string) bool { return !here[p] }); len(one) == 1 {
			return one[0]
		}
	}
	return ""
}

// bodiesIn are the bodies that a passage names, in order. What is part of a
// longer name is no name.
func (d *bodies) bodiesIn(passage string, here map[string]bool) []string {
	words := nouns(passage)
	var out []string
	for i := 0; i < len(words); {
		body, n := d.nameAt(words, i, here)
		if body != "" {
			out = append(out, body)
		}
		i += max(n, 1)
	}
	return out
}

// speaksIn are the parties that speak in a document.
func speaksIn(s *isnad.Source) map[string]bool {
	here := map[string]bool{}
	for i := range s.Statements {
		here[s.Statements[i].Teller()] = true
	}
	return here
}

// lookBack is how many bytes before a source its body is looked for.
const lookBack = 600

// bodyOf is the body that the source of a statement speaks for or belongs to,
// and how much that tells.
func (d *bodies) bodyOf(s *isnad.Source, st *isnad.Statement, here map[string]bool) (body string, weight int) {
	party := st.Teller()
	if party == "" || len(st.Own().Source) == 0 {
		return "", 0
	}
	classes := map[string]bool{}
	var named []string
	for _, span := range st.Own().Source {
		for _, w := range nouns(span.Of(s.Text)) {
			classes[d.roles[w.form]] = true
		}
		named = append(named, d.bodiesIn(span.Of(s.Text), here)...)
	}
	weight = namedWeight
	if i := slices.IndexFunc(named, func(b string) bool { return b != party }); i >= 0 {
		body = named[i]
	} else if classes["its"] {
		weight = 1
		at := st.Own().Source[0].Start
		if all := d.bodiesIn(strings.ToValidUTF8(s.Text[max(0, at-lookBack):at], ""), here); len(all) > 0 {
			body = all[len(all)-1]
		}
	}
	kind := d.kindOf(st)
	switch {
	case body == "" || body == party:
	case kind == isnad.UnnamedParty, kind == isnad.Person && (classes["voice"] || classes["its"]), kind != isnad.Person && classes["organ"]:
		return body, weight
	}
	return "", 0
}

// namedWeight is what a source that names its body tells more than one that
// says "its".
const namedWeight = 4

// kindOf is what kind of party a statement's own teller is. One that is in no
// list is what its wording says.
func (d *bodies) kindOf(st *isnad.Statement) isnad.PartyKind {
	if p, known := d.parties[st.Teller()]; known {
		return p.Kind
	}
	switch st.Own().Kind {
	case isnad.Named, isnad.Role:
		return isnad.Person
	case isnad.OutletSource:
		return isnad.OutletParty
	case isnad.DocumentSource:
		return isnad.Organisation
	}
	return isnad.UnnamedParty
}

// settle gives every party the body that most of its mentions name.
func (d *bodies) settle(votes map[[2]string]int, nameless map[string]bool) {
	pairs := make([][2]string, 0, len(votes))
	for p := range votes {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(votes[b], votes[a]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	for _, p := range pairs {
		to := d.of
		if nameless[p[0]] {
			to = d.within
		}
		if _, have := to[p[0]]; !have && d.body(p[1]) != p[0] {
			to[p[0]] = p[1]
		}
	}
}

// maxSteps bounds how many bodies stand above a party.
const maxSteps = 4

// body is the body that a party speaks for, or the party itself.
func (d *bodies) body(party string) string {
	for range maxSteps {
		next, ok := d.of[party]
		if !ok {
			break
		}
		party = next
	}
	return party
}

// mayBeAnyone reports a source that may be anyone.
func (d *bodies) mayBeAnyone(s *isnad.Source, st *isnad.Statement) bool {
	words := 0
	for _, span := range st.Own().Source {
		for _, w := range nameWords(span.Of(s.Text)) {
			words++
			if d.roles[w] == "common" {
				return true
			}
		}
	}
	return words == 0
}

// nameOutlets finds the party behind each publisher: the one whose name sounds
// alike without the words that many outlets share.
func (d *bodies) nameOutlets(sources []isnad.Source) {
	bySound := map[string]string{}
	for _, id := range sortedKeys(d.parties) {
		p := d.parties[id]
		if p.Kind == isnad.Person || p.Kind == isnad.UnnamedParty {
			continue
		}
		for _, n := range append([]string{p.Name}, p.Names[:min(len(p.Names), maxAliases)]...) {
			if k := d.outletSound(n); bySound[k] == "" {
				bySound[k] = id
			}
		}
	}
	for i := range sources {
		name := sources[i].Publisher
		if k := d.outletSound(name); k != "" && bySound[k] != "" {
			d.outlets[name] = bySound[k]
		}
	}
}

func (d *bodies) outletSound(name string) string {
	words := slices.DeleteFunc(nameWords(name), func(w string) bool { return d.roles[w] == "outlet" || d.roles[w] == "organ" })
	return names.Skeleton(strings.Join(words, " "))
}

// Speakers tells of the parties of a record which body they speak for, where
// the record says so.
func (b *Book) Speakers(r *Record) map[string]string { return b.bodies(r).of }
