package capture

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"github.com/isnad/isnad/internal/fault"
)

func TestDOCX(t *testing.T) {
	docx := zipOf(
		"[Content_Types].xml", "<Types/>", "docProps/core.xml", "<p><title>البئر</title><creator>سالم</creator><created>2026-03-01T09:00:00Z</created></p>",
		"word/document.xml", "<document><body><p><r><t>قال العمدة إن البئر تعمل.</t></r></p></body></document>",
	)
	for item := range (&Inputs{Paths: []string{"-"}, Stdin: bytes.NewReader(docx)}).Items() {
		d, err := item.Load()
		if err != nil || d.Title != "البئر" || d.Author != "سالم" || d.Published.Year() != 2026 || d.Text != "قال العمدة إن البئر تعمل." ||
			!strings.Contains(strings.Join(d.Notes, ";"), "when the file was made, 2026-03-01") {
			t.Errorf("%+v, %v", d, err)
		}
	}
	_, err := Extract(&Capture{Input: "a.docx", Media: mediaDOCX, Body: docx[:len(docx)/2]})
	if fault.Of(err) != fault.Invalid || !strings.Contains(err.Error(), "a.docx: not a DOCX that can be read") {
		t.Errorf("half: %v", err)
	}
}

func TestPDF(t *testing.T) {
	_, err := Extract(&Capture{Input: "a.pdf", Media: mediaPDF, Body: []byte("%PDF-1.4 nothing")})
	want := fault.Invalid
	if _, missing := exec.LookPath("pdftotext"); missing != nil {
		want = fault.Unavailable
	}
	if fault.Of(err) != want || !strings.HasPrefix(err.Error(), "a.pdf: ") {
		t.Errorf("damaged: %v", err)
	}
}
