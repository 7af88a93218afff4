package gold

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// locatePart sets *part to where quote stands in text. "-" is no part at all.
func locatePart(part *Spans, text, quote string) error {
	quote = strings.TrimSpace(quote)
	if quote == "-" {
		return nil
	}
	end := 0
	for piece := range strings.SplitSeq(quote, " … ") {
		s, err := locatePiece(text, piece)
		if err != nil {
			return err
		}
		if s[0] < end {
			return fmt.Errorf("piece %q stands before the piece it follows: number it or reorder", piece)
		}
		end = s[1]
		*part = append(*part, s)
	}
	return nil
}

// locatePiece finds one piece: "quote", "quote#2", or "first .. last".
func locatePiece(text, piece string) (Span, error) {
	first, last, ranged := strings.Cut(piece, " .. ")
	head, n := number(first)
	s, err := locate(text, head, n)
	if err != nil || !ranged {
		return s, err
	}
	tail, n := number(last)
	t, err := locate(text[s[0]:], tail, max(n, 1))
	if err != nil {
		return s, fmt.Errorf("after %q: %w", head, err)
	}
	return Span{s[0], s[0] + t[1]}, nil
}

// number splits a trailing #n off a quotation; without one n is 0.
func number(quote string) (string, int) {
	i := strings.LastIndexByte(quote, '#')
	if i < 0 {
		return quote, 0
	}
	n, err := strconv.Atoi(quote[i+1:])
	if err != nil || n < 1 {
		return quote, 0
	}
	return quote[:i], n
}

// locate finds the nth quote in text, counted from 1; n = 0 asks for the only one.
func locate(text, quote string, n int) (Span, error) {
	quote, anywhere := strings.CutPrefix(quote, "~")
	if quote == "" {
		return Span{}, fmt.Errorf("empty quotation: write \"-\" for an absent part")
	}
	var found Span
	count := 0
	for from := 0; ; {
		i := strings.Index(text[from:], quote)
		if i < 0 {
			break
		}
		s := Span{from + i, from + i + len(quote)}
		_, size := utf8.DecodeRuneInString(text[s[0]:])
		from = s[0] + size
		if !anywhere && !s.wholeWords(text) {
			continue
		}
		if count++; count == max(n, 1) {
			found = s
		}
	}
	switch {
	case count == 0:
		return found, fmt.Errorf("%q is not in the text as whole words", quote)
	case n == 0 && count > 1:
		return found, fmt.Errorf("%q stands in the text %d times: number it, as in %s#2", quote, count, quote)
	case n > count:
		return found, fmt.Errorf("%q stands in the text %d times only, not %d", quote, count, n)
	}
	return found, nil
}

// wholeWords reports whether s begins and ends at edges of words.
func (s Span) wholeWords(text string) bool {
	return !(inWord(lastRune(text[:s[0]])) && inWord(firstRune(text[s[0]:]))) &&
		!(inWord(lastRune(text[:s[1]])) && inWord(firstRune(text[s[1]:])))
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r))
}
