package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// newDecoder reads XML that may be somewhat ill-formed, in any encoding.
func newDecoder(raw []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	return d
}

// rootOf is the name of the first element, in small letters.
func rootOf(head []byte) (string, error) {
	d := newDecoder(head)
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // names are ASCII
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			return strings.ToLower(t.Name.Local), nil
		case xml.CharData:
			if len(bytes.Trim(t, " \t\r\n\uFEFF")) > 0 {
				return "", errors.New("text before the first element")
			}
		}
	}
}

// elements calls start for every element, and end with its name, in small
// letters, and the text behind its last inner one, within the bounds of depth.
func elements(raw []byte, start func(*xml.StartElement) error, end func(name, text string) error) error {
	var text strings.Builder
	d := newDecoder(raw)
	for depth := 0; ; {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errTooDeep
			}
			text.Reset()
			err = start(&t)
		case xml.EndElement:
			depth--
			err = end(strings.ToLower(t.Name.Local), strings.TrimSpace(text.String()))
			text.Reset()
		case xml.CharData:
			text.Write(t)
		}
		if err != nil {
			return err
		}
	}
}

// Text is the text of a piece of HTML, with an empty line between paragraphs.
func Text(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return paragraphs(s)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	hidden := atom.Atom(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return paragraphs(b.String())
		case html.TextToken:
			if hidden == 0 {
				b.WriteString(strings.ReplaceAll(string(z.Text()), "\n", " "))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if hidden == 0 && isHidden(a) {
				hidden = a
			}
			if isBreak(a) {
				b.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if a == hidden {
				hidden = 0
			}
			if isBreak(a) {
				b.WriteByte('\n')
			}
		}
	}
}

func isHidden(a atom.Atom) bool {
	return a == atom.Script || a == atom.Style || a == atom.Iframe || a == atom.Template || a == atom.Noscript
}

// isBreak reports the elements that stand on lines of their own.
func isBreak(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Br, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Blockquote, atom.Tr, atom.Table, atom.Section, atom.Article,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hr, atom.Figure, atom.Figcaption, atom.Pre, atom.Dt, atom.Dd:
		return true
	}
	return false
}

// paragraphs puts an empty line between lines and collapses other space.
func paragraphs(s string) string {
	var out []string
	for line := range strings.Lines(strings.ToValidUTF8(s, "\uFFFD")) {
		if f := strings.Fields(strings.ReplaceAll(line, "\x00", "\uFFFD")); len(f) > 0 {
			out = append(out, strings.Join(f, " "))
		}
	}
	return strings.Join(out, "\n\n")
}
