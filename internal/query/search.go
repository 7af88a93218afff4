package query

import (
	"strings"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fold"
)

// Search makes the question to the index of a parsed query; nil asks for
// everything. Dates of the whole query bound it; one inside OR, parentheses or
// behind a minus sign holds of documents published then, and of no undated one.
func Search(n Node, f *fold.Folder) (archive.Search, error) {
	l := &lowering{folder: f}
	if n == nil {
		return l.search, nil
	}
	parts, ok := n.(And)
	if !ok {
		parts = And{n}
	}
	var kids []archive.Expr
	for _, part := range parts {
		if bound, ok := part.(Field); ok && (bound.Name == "after" || bound.Name == "before") {
			l.bound(bound)
			continue
		}
		e, err := l.lower(part)
		if err != nil {
			return archive.Search{}, err
		}
		kids = append(kids, e)
	}
	if len(kids) > 0 {
		l.search.Expr = all(kids)
	}
	return l.search, nil
}

// lowering collects the search of one query.
type lowering struct {
	folder *fold.Folder
	search archive.Search
}

// bound narrows the time: after a stretch begins with its end, before it ends
// with its start. A day that is given twice bounds by the narrower.
func (l *lowering) bound(f Field) {
	from, to, _ := parseDate(f.Value)
	if f.Name == "after" && (l.search.From.IsZero() || to.After(l.search.From)) {
		l.search.From = to
	}
	if f.Name == "before" && (l.search.To.IsZero() || from.Before(l.search.To)) {
		l.search.To = from
	}
}

func all(kids []archive.Expr) *archive.Expr {
	if len(kids) == 1 {
		return &kids[0]
	}
	return &archive.Expr{Op: archive.All, Kids: kids}
}

func (l *lowering) lower(n Node) (archive.Expr, error) {
	switch n := n.(type) {
	case And:
		return l.group(archive.All, n)
	case Or:
		return l.group(archive.Any, n)
	case Not:
		return l.group(archive.Not, []Node{n.Node})
	case Word:
		return l.word(n.At, n.Text, archive.Text)
	case Phrase:
		return l.phrase(n.At, n.Text, archive.Exact)
	}
	return l.field(n.(Field))
}

func (l *lowering) group(op archive.Op, nodes []Node) (archive.Expr, error) {
	e := archive.Expr{Op: op}
	for _, n := range nodes {
		kid, err := l.lower(n)
		if err != nil {
			return e, err
		}
		e.Kids = append(e.Kids, kid)
	}
	return e, nil
}

// word finds a word by its stems; one that is several to the index, such as
// an abbreviation with dots, is a phrase.
func (l *lowering) word(at int, typed string, in archive.Field) (archive.Expr, error) {
	words := fold.Words(typed)
	if len(words) != 1 {
		exact := archive.Exact
		if in == archive.Speaker {
			exact = in
		}
		return l.phrase(at, typed, exact)
	}
	e := archive.Expr{Op: archive.Any}
	for _, stem := range l.folder.Stems(nil, words[0]) {
		e.Kids = append(e.Kids, archive.Expr{Op: archive.Match, In: in, Words: []string{stem}})
	}
	if len(e.Kids) == 1 {
		return e.Kids[0], nil
	}
	return e, nil
}

func (l *lowering) phrase(at int, typed string, in archive.Field) (archive.Expr, error) {
	e := archive.Expr{Op: archive.Match, In: in}
	for _, w := range fold.Words(typed) {
		e.Words = append(e.Words, w.Form)
	}
	if len(e.Words) == 0 {
		return e, errorAt(at, "%q has no letter or digit to look for", typed)
	}
	return e, nil
}

func tag(tags ...string) archive.Expr {
	return archive.Expr{Op: archive.Match, In: archive.Tag, Words: tags}
}

func (l *lowering) field(f Field) (archive.Expr, error) {
	value := strings.ToLower(f.Value)
	switch f.Name {
	case "speaker":
		if f.Quoted {
			return l.phrase(f.At, f.Value, archive.Speaker)
		}
		return l.word(f.At, f.Value, archive.Speaker)
	case "publisher":
		e, err := l.phrase(f.At, f.Value, archive.Tag)
		for i := range e.Words {
			e.Words[i] = archive.TagPublisher(e.Words[i])
		}
		return e, err
	case "stance":
		s, err := isnad.ParseStance(value)
		return tag(archive.TagStance(s)), err
	case "polarity":
		p, err := isnad.ParsePolarity(value)
		return tag(archive.TagPolarity(p)), err
	case "lang":
		return tag(archive.TagLang(value)), nil
	case "origin":
		kind, _ := parseOrigin(value)
		return tag(archive.TagOrigin(kind)), nil
	case "chain":
		n, _ := parseChain(value)
		return chainOf(f.Op, n), nil
	case "has":
		return tag(archive.TagFigure), nil
	}
	return during(f), nil
}

// during is a date that does not bound the whole query.
func during(f Field) archive.Expr {
	from, to, _ := parseDate(f.Value)
	if f.Name == "after" {
		return archive.Expr{Op: archive.During, From: to}
	}
	return archive.Expr{Op: archive.During, To: from}
}

// chainOf compares the length of a chain.
func chainOf(op string, n int) archive.Expr {
	switch op {
	case ">":
		return atLeast(n + 1)
	case ">=":
		return atLeast(n)
	case "<":
		return not(atLeast(n))
	case "<=":
		return not(atLeast(n + 1))
	}
	return archive.Expr{Op: archive.All, Kids: []archive.Expr{atLeast(n), not(atLeast(n + 1))}}
}

// atLeast is a chain of n links or more; every chain has one.
func atLeast(n int) archive.Expr {
	if n <= 1 {
		return archive.Expr{Op: archive.Any, Kids: []archive.Expr{
			tag(archive.TagPolarity(isnad.Affirms)), tag(archive.TagPolarity(isnad.Denies)), tag(archive.TagPolarity(isnad.Neutral)),
		}}
	}
	return tag(archive.TagChain(n))
}

func not(e archive.Expr) archive.Expr {
	return archive.Expr{Op: archive.Not, Kids: []archive.Expr{e}}
}
