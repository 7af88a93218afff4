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

type bodyName struct {
	words []string
	party string // "" where two bodies have the name
}

// maxAliases bounds the names of one party that are looked for.
const maxAliases = 64

func (b *Book) bodies(r *Record) *bodies {
	d := &bodies{
		roles: b.roles, parties: r.Parties, names: map[string][]bodyName{},
		of: map[string]string{}, within: map[string]string{}, outlets: map[string]string{},
	}
	for _, id := range sortedKeys(r.Parties) {
		if p := r.Parties[id]; p.Kind != isnad.Person && p.Kind != isnad.UnnamedParty {
			d.addName(id, p.Name)
			for _, n := range p.Names[:min(len(p.Names), maxAliases)] {
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
		for k := range s.Statements {
			if body := d.bodyOf(s, &s.Statements[k]); body != "" {
				party := s.Statements[k].Teller()
				votes[[2]string{party, body}]++
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

// addName files a name of a body; a name of two bodies is nobody's.
func (d *bodies) addName(party, name string) {
	words := nameWords(name)
	if len(words) == 0 || len(words) == 1 && len(words[0]) < 6 {
		return
	}
	for i, n := range d.names[words[0]] {
		if slices.Equal(n.words, words) {
			if n.party != party {
				d.names[words[0]][i].party = ""
			}
			return
		}
	}
	d.names[words[0]] = append(d.names[words[0]], bodyName{words, party})
	d.addLeader(party, words)
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
		orders := [][]string{slices.Concat(words[:i], []string{leader}, words[i+1:])}
		if i == len(words)-1 {
			orders = append(orders, append([]string{leader, "of"}, rest...))
		}
		for _, o := range orders {
			d.names[o[0]] = append(d.names[o[0]], bodyName{o, party})
		}
		return
	}
}

// nameAt is the longest name of a body that begins at word i, and its length.
func (d *bodies) nameAt(words []string, i int) (body string, n int) {
	for _, name := range d.names[words[i]] {
		if len(name.words) <= len(words)-i && slices.Equal(name.words, words[i:i+len(name.words)]) {
			return name.party, len(name.words)
		}
	}
	return "", 0
}

// findBody is the first body named in words other than party itself. What is part
// of a longer name is no name.
func (d *bodies) findBody(words []string, party string) string {
	for i := 0; i < len(words); {
		body, n := d.nameAt(words, i)
		if body != "" && body != party {
			return body
		}
		i += max(n, 1)
	}
	return ""
}

// lastBody is the body named last in words.
func (d *bodies) lastBody(words []string) string {
	for i := len(words) - 1; i >= 0; i-- {
		if body, _ := d.nameAt(words, i); body != "" {
			return body
		}
	}
	return ""
}

// lookBack is how many bytes before a source its body is looked for.
const lookBack = 600

// bodyOf is the body that the source of a statement speaks for or belongs to.
func (d *bodies) bodyOf(s *isnad.Source, st *isnad.Statement) string {
	party := st.Teller()
	if party == "" || len(st.Own().Source) == 0 {
		return ""
	}
	var words []string
	for _, span := range st.Own().Source {
		words = append(words, nameWords(span.Of(s.Text))...)
	}
	classes := map[string]bool{}
	for _, w := range words {
		classes[d.roles[w]] = true
	}
	kind := d.kindOf(st)
	body := d.findBody(words, party)
	if body == "" && classes["its"] {
		at := st.Own().Source[0].Start
		body = d.lastBody(nameWords(strings.ToValidUTF8(s.Text[max(0, at-lookBack):at], "")))
	}
	switch {
	case body == "" || body == party:
		return ""
	case kind == isnad.UnnamedParty:
		return body
	case kind == isnad.Person && (classes["voice"] || classes["its"]), kind != isnad.Person && classes["organ"]:
		return body
	}
	return ""
}

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
