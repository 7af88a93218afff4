package capture

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/isnad/isnad/internal/fault"
)

// Limits on a page, which is taken apart in memory.
const (
	maxPage = 8 << 20
	maxTags = 150_000
)

// loadHTML reads the main text of a page and what the page says of itself.
// label is the encoding that came with it, if any did.
func loadHTML(name, label string, r io.Reader) (*Document, error) {
	raw, whole, err := readHead(name, r, maxPage)
	if err != nil {
		return nil, err
	}
	if !whole || bytes.Count(raw, []byte("<")) > maxTags {
		return nil, &fault.Error{
			Kind: fault.Invalid, Input: name, Err: fmt.Errorf("a page of more than %d MB or %d tags", maxPage>>20, maxTags),
			Hint: "save its article alone, or as text",
		}
	}
	page, notes, err := decodePage(name, label, raw)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, notText(name, fmt.Errorf("not HTML: %w", err))
	}
	data := pageMeta(root)
	main := readPage(root, data.Title)
	data.Text = mainOr(main.text, data.body)
	if len(data.Text) < fewWords {
		s := scriptArticle(root)
		data.Text = mainOr(data.Text, s.text)
		data.date("data of the page", s.published)
	}
	if data.Text == "" {
		notes = append(notes, "no running text was found in the page")
	}
	d := newDocument(name, data.Document, nil, notes)
	if d.Published.IsZero() {
		d.Datelines = append(data.datelines, main.datelines...)
	}
	d.Dated = data.dated
	if data.unread != "" && d.Published.IsZero() {
		d.Datelines = append([]string{data.unread}, d.Datelines...)
	}
	return d, nil
}

// mainOr is the main text, or the one that the page's own data give where the
// page shows little of it.
func mainOr(text, stated string) string {
	if stated = tidy(stated); len(stated) > 2*len(text) {
		return stated
	}
	return text
}

// fewWords is the number of bytes below which a page is taken to leave its
// article to a script.
const fewWords = 1000

// tidy puts an empty line between lines and collapses other white space.
func tidy(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		if f := strings.Fields(line); len(f) > 0 {
			out = append(out, strings.Join(f, " "))
		}
	}
	return strings.Join(out, "\n\n")
}

// decodePage decodes a page as its bytes or its labels tell. Labels lie: bytes
// that are UTF-8 are read as that, and bytes that read as Arabic in
// windows-1256 and are labelled as Latin or UTF-8 are read as Arabic. Pages are
// often damaged in a byte or two; those become U+FFFD, and that is told.
func decodePage(name, label string, raw []byte) (string, []string, error) {
	text, notes, err := decodeLabelled(name, cmp.Or(metaCharset(raw), strings.ToLower(label)), raw)
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "\uFFFD")
		notes = append(notes, "has NUL, which no text has; read as \uFFFD")
	}
	return text, notes, err
}

func decodeLabelled(name, label string, raw []byte) (string, []string, error) {
	if utf8.Valid(raw) && !looksUTF16(raw, 0, 1) && !looksUTF16(raw, 1, 0) {
		return strings.TrimPrefix(string(raw), "\uFEFF"), nil, nil
	}
	e, _ := htmlindex.Get(label)
	if e == charmap.Windows1252 && looksWindows1256(raw[:min(len(raw), sampleBytes)]) {
		e = charmap.Windows1256
		return decoded(e, raw, fmt.Sprintf("read as windows-1256 (labelled %s; found by its letters)", label))
	}
	if e != nil && e != unicode.UTF8 {
		return decoded(e, raw, "")
	}
	text, notes, err := decodeShort(name, raw)
	if err == nil {
		return text, notes, nil
	}
	if e, ok := errors.AsType[*encodingError](err); !ok || e.nul && bytes.Count(raw, []byte{0}) > len(raw)/100 {
		return "", nil, err
	}
	if e == nil && label != "" {
		return "", nil, notText(name, fmt.Errorf("encoded as %q: convert the page to UTF-8 first", label))
	}
	fixed := bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	if bytes.IndexByte(raw, 0) < 0 || validUTF8(raw) < len(raw) {
		notes = []string{fmt.Sprintf("has bytes that are not UTF-8, the first at %d; they are read as \uFFFD", validUTF8(raw))}
	}
	return string(fixed), notes, nil
}

func decoded(e encoding.Encoding, raw []byte, note string) (string, []string, error) {
	out, err := e.NewDecoder().Bytes(raw)
	if note == "" {
		return string(out), nil, err
	}
	return string(out), []string{note}, err
}

// metaCharset is the encoding that the head of a page names, in small letters.
func metaCharset(raw []byte) string {
	head := bytes.ToLower(raw[:min(len(raw), 4<<10)])
	_, rest, ok := bytes.Cut(head, []byte("charset="))
	if !ok {
		return ""
	}
	rest = bytes.TrimLeft(rest, `"' `)
	end := bytes.IndexAny(rest, `"' ;/>`)
	return string(rest[:max(end, 0)])
}

func find(root *html.Node, a atom.Atom) *html.Node {
	for n := range root.Descendants() {
		if n.DataAtom == a {
			return n
		}
	}
	return nil
}

// textOf is the text under a node in one line.
func textOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
