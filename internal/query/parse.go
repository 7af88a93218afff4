package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/isnad/isnad/text"
)

// Parse reads a query. An empty one is nil and finds everything. The error is
// an [*Error].
func Parse(s string) (Node, error) {
	if len(s) > MaxBytes {
		return nil, errorAt(MaxBytes, "longer than %d bytes", MaxBytes)
	}
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return nil, errorAt(i, "not valid UTF-8")
		}
	}
	p := &parser{s: s}
	if p.space(); p.at == len(s) {
		return nil, nil
	}
	n, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.at < len(s) {
		return nil, errorAt(p.at, "a ) without a ( before it")
	}
	return n, nil
}

// parser reads from byte at on.
type parser struct {
	s     string
	at    int
	terms int
}

// peek is the next rune, or 0 at the end.
func (p *parser) peek() rune {
	if p.at == len(p.s) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(p.s[p.at:])
	return r
}

func (p *parser) skip(r rune) { p.at += utf8.RuneLen(r) }

// space skips white space and invisible marks of direction.
func (p *parser) space() {
	for p.at < len(p.s) {
		r := p.peek()
		if !blank(r) {
			return
		}
		p.skip(r)
	}
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// or reads operands with OR between them.
func (p *parser) or(depth int) (Node, error) {
	if depth > MaxDepth {
		return nil, errorAt(p.at, "more than %d parentheses and minus signs inside each other", MaxDepth)
	}
	var list Or
	for {
		n, err := p.and(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
		if !p.isOr() {
			break
		}
		p.at += len("OR")
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return list, nil
}

// isOr reports whether the word OR, in capitals, is next.
func (p *parser) isOr() bool {
	rest, found := strings.CutPrefix(p.s[p.at:], "OR")
	if !found {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || blank(r) || r == '(' || r == ')' || closing(r) != 0
}

// and reads operands one after the other.
func (p *parser) and(depth int) (Node, error) {
	var list And
	for p.space(); p.at < len(p.s) && p.peek() != ')' && !p.isOr(); p.space() {
		n, err := p.operand(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	switch {
	case len(list) > 1:
		return list, nil
	case len(list) == 1:
		return list[0], nil
	case p.at == len(p.s) || p.peek() == ')':
		return nil, errorAt(p.at, "a word is missing here")
	}
	return nil, errorAt(p.at, "OR needs a word before it")
}

func (p *parser) operand(depth int) (Node, error) {
	at := p.at
	switch r := p.peek(); {
	case r == '-':
		p.at++
		if next := p.peek(); next == 0 || blank(next) || next == ')' {
			return nil, errorAt(at, "- needs a word right behind it")
		}
		if depth >= MaxDepth {
			return nil, errorAt(at, "more than %d parentheses and minus signs inside each other", MaxDepth)
		}
		n, err := p.operand(depth + 1)
		return Not{at, n}, err
	case r == '(':
		p.at++
		n, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.peek() != ')' {
			return nil, errorAt(at, "this ( is not closed")
		}
		p.at++
		return n, nil
	}
	if p.terms++; p.terms > MaxTerms {
		return nil, errorAt(at, "more than %d words and filters", MaxTerms)
	}
	if closing(p.peek()) != 0 {
		value, err := p.quoted()
		return Phrase{at, value}, err
	}
	return p.word()
}

// closing is the mark that ends a quotation opened with r, or 0.
func closing(r rune) rune {
	switch r {
	case '"', '”':
		return r
	case '«':
		return '»'
	case '“':
		return '”'
	}
	return 0
}

// quoted reads a quotation without its marks. Straight marks inside another
// kind of marks become spaces, so that the phrase can be printed.
func (p *parser) quoted() (string, error) {
	at := p.at
	mark := p.peek()
	p.skip(mark)
	end := strings.IndexRune(p.s[p.at:], closing(mark))
	if end < 0 {
		return "", errorAt(at, "this quotation is not closed")
	}
	value := p.s[p.at : p.at+end]
	p.at += end
	p.skip(closing(mark))
	value = strings.Join(strings.FieldsFunc(value, func(r rune) bool { return blank(r) || r == '"' }), " ")
	if !searchable(value) {
		return "", errorAt(at, "this quotation has no letter or digit to look for")
	}
	return value, nil
}

// word reads a word or a filter.
func (p *parser) word() (Node, error) {
	at := p.at
	for p.at < len(p.s) {
		r := p.peek()
		if blank(r) || r == '(' || r == ')' || closing(r) != 0 {
			break
		}
		p.skip(r)
		if r == ':' {
			if name := p.s[at : p.at-1]; fieldLike(name) {
				return p.field(at, strings.ToLower(name))
			}
		}
	}
	value := p.s[at:p.at]
	if !searchable(value) {
		return nil, errorAt(at, "%q has no letter or digit to look for", value)
	}
	return Word{at, value}, nil
}

// fieldLike reports whether a name before a colon looks like that of a filter.
func fieldLike(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') })
}

// field reads what follows the colon of a filter and checks that it makes sense.
func (p *parser) field(at int, name string) (Node, error) {
	spec := specOf(name)
	if spec == nil {
		return nil, errorAt(at, "there is no filter %s:; the filters are %s", name, strings.Join(fieldNames(), " "))
	}
	f := Field{At: at, Name: name}
	for _, op := range [...]string{">=", "<=", ">", "<", "="} {
		if strings.HasPrefix(p.s[p.at:], op) {
			f.Op = op
			p.at += len(op)
			break
		}
	}
	from := p.at
	if closing(p.peek()) != 0 {
		var err error
		if f.Value, err = p.quoted(); err != nil {
			return nil, err
		}
		f.Quoted = true
	} else {
		for p.at < len(p.s) && !blank(p.peek()) && p.peek() != '(' && p.peek() != ')' && closing(p.peek()) == 0 {
			p.skip(p.peek())
		}
		f.Value = p.s[from:p.at]
	}
	if f.Value == "" {
		return nil, errorAt(p.at, "%s: needs a value right behind it, such as %s", name, spec.example)
	}
	if f.Op != "" && !spec.compares {
		return nil, errorAt(from-len(f.Op), "%s: takes no %s", name, f.Op)
	}
	if problem := spec.check(f.Value); problem != "" {
		return nil, errorAt(from, "%s", problem)
	}
	return f, nil
}

func fieldNames() []string {
	var names []string
	for i := range specs {
		names = append(names, specs[i].name+":")
	}
	return names
}

func specOf(name string) *spec {
	i := slices.IndexFunc(specs[:], func(s spec) bool { return s.name == name })
	if i < 0 {
		return nil
	}
	return &specs[i]
}

// searchable reports whether folding leaves anything of a word.
func searchable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return text.FoldRune(r) != 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) })
}
