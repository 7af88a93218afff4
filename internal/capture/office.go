package capture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/capture/docx"
	"github.com/isnad/isnad/internal/capture/pdf"
	"github.com/isnad/isnad/internal/fault"
)

// Media types of office documents.
const (
	mediaPDF  = "application/pdf"
	mediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

func extractDOCX(c *Capture) (*Document, error) {
	d, err := docx.Read(bytes.NewReader(c.Body), int64(len(c.Body)))
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Input: c.Name(), Err: fmt.Errorf("not a DOCX that can be read: %w", err)}
	}
	return office(c, d.Title, d.Author, d.Created, d.Text), nil
}

func extractPDF(c *Capture) (*Document, error) {
	d, err := pdf.Read(context.Background(), c.Body)
	if err != nil {
		e := &fault.Error{Kind: fault.Invalid, Input: c.Name(), Err: err}
		if errors.Is(err, pdf.ErrMissing) {
			e.Kind, e.Hint = fault.Unavailable, "install poppler-utils, or give the text of the file"
		}
		return nil, e
	}
	return office(c, d.Title, d.Author, d.Created, d.Text), nil
}

// office is the document of a file that says of itself when it was made.
func office(c *Capture, title, author string, made time.Time, text string) *Document {
	meta := isnad.Document{Title: title, Author: author, Published: made, Text: strings.ReplaceAll(text, "\x00", "\uFFFD")}
	d := newDocument(c.Name(), meta, nil, nil)
	if !made.IsZero() {
		d.Dated = "when the file was made"
		d.Notes = []string{"taken to be published when the file was made, " + made.Format(time.DateOnly)}
	}
	return d
}
