// Package docx reads the text of word-processor files (Office Open XML,
// ECMA-376, part 1).
//
// # Invariant
//
// The text is what a reader of the document sees: paragraphs, tables and notes
// in their order, without what was deleted under tracked changes, and without
// the codes of fields. What a file unpacks to is bounded, its elements are read
// one by one, and entities of its own are not expanded.
package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/isnad/isnad/internal/capture/zipped"
)

// Limits on a file.
const (
	maxPart  = 64 << 20 // bytes of one part, unpacked
	maxText  = 32 << 20 // bytes
	maxDepth = 256      // of elements
)

// Document is what was read.
type Document struct {
	Title, Author string
	// Created is when the file was made, as it says itself; zero where unknown.
	Created time.Time
	Text    string // paragraphs with an empty line between them
}

// Read reads a file of size bytes.
func Read(in io.ReaderAt, size int64) (*Document, error) {
	z, err := zipped.Open(in, size)
	if err != nil {
		return nil, err
	}
	main := mainPart(z)
	body := z.Find(main)
	if body == nil {
		return nil, errors.New("no document in it")
	}
	p := parser{styles: readStyles(z, path.Dir(main))}
	raw, err := z.Read(body, maxPart)
	if err != nil {
		return nil, err
	}
	if err := p.part(raw); err != nil {
		return nil, fmt.Errorf("%s: %w", main, err)
	}
	for _, notes := range []string{"footnotes.xml", "endnotes.xml"} {
		name := path.Join(path.Dir(main), notes)
		if err := p.optional(z, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	d := &Document{Text: strings.Join(p.out, "\n\n")}
	properties(z, d)
	if d.Title == "" {
		d.Title = p.title
	}
	return d, nil
}

// mainPart is the part that the file says is the document.
func mainPart(z *zipped.Archive) string {
	var rels struct {
		List []struct {
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if decode(z, "_rels/.rels", &rels) {
		for _, r := range rels.List {
			if strings.HasSuffix(r.Type, "/officeDocument") {
				return strings.TrimPrefix(path.Clean("/"+r.Target), "/")
			}
		}
	}
	return "word/document.xml"
}

// properties takes what the file says of itself; a file need not.
func properties(z *zipped.Archive, d *Document) {
	var core struct {
		Title   string `xml:"title"`
		Creator string `xml:"creator"`
		Created string `xml:"created"`
	}
	if decode(z, "docProps/core.xml", &core) {
		d.Title, d.Author = strings.TrimSpace(core.Title), strings.TrimSpace(core.Creator)
		d.Created, _ = time.Parse(time.RFC3339, strings.TrimSpace(core.Created))
	}
}

// readStyles gives the names of the styles, which stand for the same thing in
// files of all languages, by their identifiers, which do not.
func readStyles(z *zipped.Archive, dir string) map[string]string {
	var list struct {
		Styles []struct {
			ID   string `xml:"styleId,attr"`
			Name struct {
				Val string `xml:"val,attr"`
			} `xml:"name"`
		} `xml:"style"`
	}
	names := make(map[string]string)
	if decode(z, path.Join(dir, "styles.xml"), &list) {
		for _, s := range list.Styles {
			names[s.ID] = strings.ToLower(s.Name.Val)
		}
	}
	return names
}

// maxSmall bounds the parts that are read as a whole.
const maxSmall = 4 << 20

// decode reads a small part that a file may lack.
func decode(z *zipped.Archive, name string, into any) bool {
	f := z.Find(name)
	if f == nil {
		return false
	}
	raw, err := z.Read(f, maxSmall)
	return err == nil && shallow(raw) && xml.Unmarshal(raw, into) == nil
}

// shallow reports XML that is nested no deeper than maxDepth.
func shallow(raw []byte) bool {
	depth := 0
	for d := xml.NewDecoder(bytes.NewReader(raw)); depth <= maxDepth; {
		t, err := d.RawToken()
		if err != nil {
			return err == io.EOF
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return false
}
