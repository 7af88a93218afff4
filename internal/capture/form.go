package capture

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/isnad/isnad/internal/capture/coding"
	"github.com/isnad/isnad/internal/capture/feed"
)

// Form is the form of an input.
type Form uint8

// Forms. Auto goes by the extension of a name, else by the first bytes.
const (
	Auto Form = iota
	Text
	HTML
	JSONL
	WARC // with WET, which is the same with text in it; packed or not
	WACZ
	Feed // RSS, Atom, JSON Feed; lists of feeds and of pages (OPML, sitemaps), gzip or not
	PDF
	DOCX
)

var formNames = []string{"auto", "text", "html", "jsonl", "warc", "wacz", "feed", "pdf", "docx"}

// ParseForm finds a form by name.
func ParseForm(name string) (Form, error) {
	if i := slices.Index(formNames, name); i >= 0 {
		return Form(i), nil
	}
	return 0, fmt.Errorf("unknown form %q: one of %s", name, strings.Join(formNames, ", "))
}

// extensions are the commonest that [formOf] knows.
const extensions = ".txt, .html, .pdf, .docx, .jsonl, .xml, .warc or .wacz"

// formOf is the form that an extension tells, or Auto.
func formOf(name string) Form {
	name = strings.ToLower(name)
	ext := filepath.Ext(name)
	if ext == ".gz" || ext == ".zst" {
		ext = filepath.Ext(strings.TrimSuffix(name, ext)) + ext
	}
	switch ext {
	case ".txt", ".text", ".md":
		return Text
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".jsonl", ".ndjson":
		return JSONL
	case ".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz":
		return WARC
	case ".rss", ".atom", ".rdf", ".opml", ".xml", ".xml.gz":
		return Feed
	case ".wacz":
		return WACZ
	case ".pdf":
		return PDF
	case ".docx":
		return DOCX
	}
	return Auto
}

// tell finds the form of an open input by its first bytes where it is not
// known. The reader it returns begins with them again.
func tell(form Form, r io.Reader) (Form, io.Reader) {
	if form != Auto {
		return form, r
	}
	head := bufio.NewReaderSize(r, 4<<10)
	form = sniff(head)
	if f, ok := r.(*os.File); ok {
		if _, err := f.Seek(-int64(head.Buffered()), io.SeekCurrent); err == nil {
			return form, f
		}
	}
	return form, head
}

// sniff tells the form of an input by its first bytes.
func sniff(r *bufio.Reader) Form {
	raw := peekSome(r)
	p := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))))
	switch {
	case isFeed(raw):
		return Feed
	case bytes.HasPrefix(p, []byte(`{"`)):
		return JSONL
	case bytes.HasPrefix(p, []byte("<!doctype html")), bytes.HasPrefix(p, []byte("<html")):
		return HTML
	case isWARC(raw):
		return WARC
	case bytes.HasPrefix(raw, []byte("%PDF-")):
		return PDF
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return zipForm(raw)
	}
	return Text
}

// zipForm tells a WACZ from a DOCX by the names of its first entries; another
// ZIP file is none of them, which is said where it is read.
func zipForm(head []byte) Form {
	for _, name := range []string{"archive/", "indexes/", "pages/", "datapackage"} {
		if bytes.Contains(head, []byte(name)) {
			return WACZ
		}
	}
	if bytes.Contains(head, []byte("word/")) || bytes.Contains(head, []byte("[Content_Types].xml")) {
		return DOCX
	}
	return Text
}

// isFeed reports the first bytes of a feed or a list, packed or not.
func isFeed(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\x1F\x8B")) {
		head, _ = coding.Decode(head, "gzip", 64<<10) // the beginning is enough
	}
	return feed.KindOf(head) != feed.None
}
