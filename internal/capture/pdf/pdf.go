// Package pdf gets the text of PDF files from the program pdftotext, of Poppler,
// where it is installed. Where it is not, the file is preserved and read later,
// by isnad add --retry. No other reader is built in: PDFium as a module of
// WebAssembly (go-pdfium) takes 6 MB without its runtime, where the program may
// have 20, and in Arabic lines it mirrors quotation marks, turns Latin runs and
// breaks vowelled words up, so that a passage would not be what the page says.
//
// # Invariant
//
// The words are those that the program found; only white space is changed, and
// the marks of direction that it adds are taken out. It has a bounded time and
// a bounded output. A PDF holds glyphs in places and not a text, so whatever
// is read from one is to be checked against the image of its page: [Advice].
package pdf

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
	"unicode/utf8"
)

// Advice is what is to be told with every text.
const Advice = "text taken from a PDF: check it against the page image"

// Limits on a file.
const (
	maxTime = 60 * time.Second // for each program
	maxText = 16 << 20         // bytes
	maxInfo = 64 << 10
)

// ErrMissing says that there is no program to read a PDF with.
var ErrMissing = errors.New("no pdftotext to read a PDF with")

// Document is what was read.
type Document struct {
	Title, Author string
	// Created is when the file was made, as it says itself; zero where unknown.
	Created time.Time
	Text    string // paragraphs with an empty line between them
	Pages   int
}

// Read reads a file.
func Read(ctx context.Context, body []byte) (*Document, error) {
	raw, err := run(ctx, body, maxText, "pdftotext", "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-")
	if err != nil {
		return nil, err
	}
	d := &Document{Text: paragraphs(string(raw)), Pages: bytes.Count(raw, []byte("\f"))}
	if d.Text == "" {
		return nil, errors.New("no text in it, as in a scan: recognise its text first")
	}
	// What the file says of itself is not needed, and often missing.
	if info, err := run(ctx, body, maxInfo, "pdfinfo", "-enc", "UTF-8", "-isodates", "-"); err == nil {
		d.info(info)
	}
	return d, nil
}

// run gives a program the file and returns what it writes.
func run(ctx context.Context, body []byte, limit int64, name string, args ...string) ([]byte, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, ErrMissing
	}
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.WaitDelay = time.Second
	var said strings.Builder
	cmd.Stdin, cmd.Stderr = bytes.NewReader(body), &capped{w: &said, left: 1 << 10}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	text, readErr := io.ReadAll(io.LimitReader(out, limit+1))
	if int64(len(text)) > limit {
		cancel()
	}
	err = cmd.Wait()
	switch {
	case int64(len(text)) > limit:
		return nil, fmt.Errorf("more than %d bytes of text", limit)
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s: %w", name, context.Cause(ctx))
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, reason(err, said.String()))
	}
	return text, readErr
}

// reason is the first thing that the program said, which tells more than how it
// ended.
func reason(err error, said string) error {
	line, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	if line == "" {
		return err
	}
	return errors.New(line)
}

// capped keeps the beginning of what is written.
type capped struct {
	w    io.Writer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	n := min(len(p), c.left)
	c.left -= n
	if _, err := c.w.Write(p[:n]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// paragraphs joins the lines of each block; blocks have an empty line, or the
// end of a page, between them. Where lines stand far apart a block may end in
// the middle of a sentence: a long one that does goes on with the next.
func paragraphs(raw string) string {
	var out strings.Builder
	length := 0 // characters of the last paragraph, where it may go on
	last := ""  // line of it
	for line := range strings.Lines(strings.ToValidUTF8(raw, "\uFFFD")) {
		page := strings.HasPrefix(line, "\f")
		line = strings.Join(strings.Fields(direct(line)), " ")
		if (page || line == "") && (length < longBlock || endsSentence(last)) {
			length = 0
		}
		if line == "" {
			continue
		}
		switch {
		case length > 0:
			out.WriteByte(' ')
		case out.Len() > 0:
			out.WriteString("\n\n")
		}
		out.WriteString(line)
		length += utf8.RuneCountInString(line)
		last = line
	}
	return out.String()
}

// longBlock is the number of characters from which a block is no heading.
const longBlock = 60

func endsSentence(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, "\"'»”’)]"))
	return strings.ContainsRune(".!?؟…:", last)
}

// Marks of direction that pdftotext writes around runs.
const (
	leftToRight = "\u202A"
	rightToLeft = "\u202B"
	endOfRun    = "\u202C"
)

// undirected takes out the embeddings and overrides, NUL, and soft hyphens.
var undirected = strings.NewReplacer(leftToRight, "", rightToLeft, "", endOfRun, "", "\u202D", "", "\u202E", "", "\u00AD", "", "\x00", "")

// direct writes a line in the order in which it is read. pdftotext turns runs
// of the other direction, such as numbers in Arabic, but not the spaces at
// their ends: in a run a space on the left is what follows on the right.
func direct(line string) string {
	var b strings.Builder
	rest := strings.TrimPrefix(line, rightToLeft)
	for {
		before, run, ok := cutRun(rest)
		b.WriteString(before)
		if !ok {
			return undirected.Replace(b.String())
		}
		run, rest, _ = strings.Cut(run, endOfRun)
		words := strings.TrimSpace(run)
		lead := len(run) - len(strings.TrimLeft(run, " "))
		trail := len(run) - len(strings.TrimRight(run, " "))
		b.WriteString(strings.Repeat(" ", trail) + words + strings.Repeat(" ", lead))
	}
}

// cutRun cuts a line at the mark that begins the next run.
func cutRun(s string) (before, run string, ok bool) {
	i := strings.IndexAny(s, leftToRight+rightToLeft)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(leftToRight):], true
}

// info reads lines such as "Title: The well".
func (d *Document) info(raw []byte) {
	s := bufio.NewScanner(bytes.NewReader(raw))
	for s.Scan() {
		key, value, _ := strings.Cut(s.Text(), ":")
		value = strings.Join(strings.Fields(undirected.Replace(value)), " ")
		switch key {
		case "Title":
			d.Title = value
		case "Author":
			d.Author = value
		case "CreationDate":
			d.Created = isoDate(value)
		}
	}
}

// isoDate reads dates such as 2026-03-01T09:00:00Z and 2026-03-01T09:00:00+02,
// which Poppler writes.
func isoDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z07"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
