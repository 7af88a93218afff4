package text

// maxDepth bounds the nesting of quotations that is followed; marks beyond it
// are ordinary signs.
const maxDepth = 64

// pair finds the quotations of every paragraph. A quotation that is not closed
// ends with its paragraph; where the next paragraph opens with a mark of the
// same kind it continues there (the convention of long quotations in news).
func (t *Text) pair() {
	t.Quotations = t.Quotations[:0]
	if cap(t.Inside) < len(t.Tokens) {
		t.Inside = make([]int32, len(t.Tokens))
	}
	t.Inside = t.Inside[:len(t.Tokens)]
	unclosed := -1
	for _, p := range t.Paragraphs {
		unclosed = t.pairParagraph(p, unclosed)
	}
}

// pairParagraph pairs the marks of one paragraph. before is the quotation that
// the last paragraph left open, or -1; it returns the one left open here.
func (t *Text) pairParagraph(p Range, before int) int {
	var stack [maxDepth]int
	depth := 0
	for i := p.First; i < p.End; i++ {
		tok := t.Tokens[i]
		if tok.Kind != Mark {
			t.Inside[i] = innermost(stack[:depth])
			continue
		}
		switch {
		case depth > 0 && t.closesAt(i, p, stack[depth-1]):
			depth--
			q := &t.Quotations[stack[depth]]
			q.Close, q.Closed = i, true
			t.Inside[i] = innermost(stack[:depth])
		case depth < maxDepth && t.opensAt(i, p):
			t.Inside[i] = innermost(stack[:depth])
			stack[depth] = len(t.Quotations)
			t.Quotations = append(t.Quotations, Quotation{Open: i, Close: p.End, Depth: depth, Next: -1})
			depth++
		default:
			t.Inside[i] = innermost(stack[:depth])
		}
	}
	t.continueFrom(before, p)
	if depth == 0 {
		return -1
	}
	return stack[0]
}

func innermost(stack []int) int32 {
	if len(stack) == 0 {
		return -1
	}
	return int32(stack[len(stack)-1])
}

// continueFrom links a quotation left open by the last paragraph to the one
// that opens this paragraph.
func (t *Text) continueFrom(before int, p Range) {
	if before < 0 {
		return
	}
	for k := len(t.Quotations) - 1; k > before; k-- {
		if q := t.Quotations[k]; q.Open == p.First && q.Depth == 0 {
			t.Quotations[before].Next = k
			return
		}
	}
}

// family groups marks that close one another.
func family(r uint64) int {
	switch rune(r) {
	case '«', '»':
		return 1
	case '“', '”', '„', '‟', '〝', '〞':
		return 2
	case '‹', '›':
		return 3
	}
	return 0
}

// opensAt: a directed mark by its direction, a straight one where white space
// or an opening sign stands before it.
func (t *Text) opensAt(i int, p Range) bool {
	switch rune(t.Tokens[i].Hash) {
	case '«', '“', '„', '‹', '〝':
		return true
	case '»', '›', '”', '〞':
		// Some desks type a closing mark at both ends.
		return t.Tokens[i].Flags&Spaced != 0 && i+1 < p.End && t.Tokens[i+1].Flags&Spaced == 0
	}
	return true
}

// closesAt reports whether the mark at i closes the open quotation q.
func (t *Text) closesAt(i int, p Range, q int) bool {
	open := t.Tokens[t.Quotations[q].Open]
	mark := t.Tokens[i]
	if family(open.Hash) != family(mark.Hash) {
		return false
	}
	switch rune(mark.Hash) {
	case '»', '”', '›', '〞':
		return true
	case '«', '„', '‹', '〝':
		return false
	case '“':
		// “ closes a quotation that ‟ or ” opened, or stands for ” itself.
		return mark.Flags&Spaced == 0 && (i+1 >= p.End || t.Tokens[i+1].Flags&Spaced != 0)
	}
	return true
}
