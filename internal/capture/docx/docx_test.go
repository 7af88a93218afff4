package docx

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"
)

// file makes a file of names and contents, one after the other.
func file(parts ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		f, _ := w.Create(parts[i])
		_, _ = f.Write([]byte(parts[i+1]))
	}
	_ = w.Close()
	return b.Bytes()
}

const space = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

func body(s string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:document ` + space + `><w:body>` + s + `</w:body></w:document>`
}

func para(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }

func read(parts ...string) (*Document, error) {
	raw := file(parts...)
	return Read(bytes.NewReader(raw), int64(len(raw)))
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, xml, want string }{
		{"paragraphs", para("قال العمدة") + para(" ") + para("The well works."), "قال العمدة\n\nThe well works."},
		{"runs", `<w:p><w:r><w:t xml:space="preserve">said </w:t></w:r><w:r><w:t>the mayor</w:t><w:tab/><w:t>of Sahra</w:t><w:br/><w:t>now</w:t></w:r></w:p>`, "said the mayor\tof Sahra\nnow"},
		{"tracked", `<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText><w:t>older</w:t></w:r></w:del><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>`, "new"},
		{"fields", `<w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:t>link</w:t></w:r></w:p>`, "link"},
		{"two forms", `<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:t>one</w:t></mc:Choice><mc:Fallback><w:t>two</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "one"},
		{
			"a table", `<w:tbl><w:tr><w:tc>` + para("city") + `</w:tc><w:tc>` + para("wells") + `</w:tc></w:tr><w:tr><w:tc>` + para("Sahra") + `</w:tc><w:tc/></w:tr></w:tbl>` + para("after"),
			"city\twells\n\nSahra\n\nafter",
		},
		{
			"a table for layout", `<w:tbl><w:tr><w:tc>` + para("one") + para("two") + `</w:tc><w:tc><w:tbl><w:tr><w:tc>` + para("in") + `</w:tc></w:tr></w:tbl>` + para("three") + `</w:tc></w:tr></w:tbl>`,
			"one\n\ntwo\n\nin\n\nthree",
		},
		{"entities", para("a &lt; b &amp; c &#x642;"), "a < b & c ق"},
	} {
		d, err := read("word/document.xml", body(c.xml))
		if err != nil || d.Text != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, d, err, c.want)
		}
	}
}

func TestProperties(t *testing.T) {
	rels := `<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>`
	core := `<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>%</dc:title><dc:creator>سالم</dc:creator><dcterms:created>2026-03-01T09:00:00Z</dcterms:created></cp:coreProperties>`
	styles := `<w:styles ` + space + `><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>`
	notes := `<w:footnotes ` + space + `><w:footnote>` + para("a note") + `</w:footnote></w:footnotes>`
	heading := `<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>البئر</w:t></w:r></w:p>`
	d, err := read("_rels/.rels", rels, "docProps/core.xml", strings.Replace(core, "%", "", 1), "word/styles.xml", styles, "word/footnotes.xml", notes,
		"word/document2.xml", body(para("first")+heading))
	if err != nil || d.Title != "البئر" || d.Author != "سالم" || !d.Created.Equal(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)) || d.Text != "first\n\nالبئر\n\na note" {
		t.Errorf("%+v, %v", d, err)
	}
	d, err = read("docProps/core.xml", strings.Replace(core, "%", "The well", 1), "word/document.xml", body(heading))
	if err != nil || d.Title != "The well" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestHostile(t *testing.T) {
	for _, c := range []struct{ name, xml, want string }{
		{"deep", body(strings.Repeat("<w:p>", 1000)), "deep"},
		{"laughs", `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + body(para("&b;")), "entity"},
		{"not closed", `<w:document>`, "EOF"},
		{"a bomb", body(para(strings.Repeat("a", maxPart))), "times its size"},
		{"not XML", "\x00", "illegal"},
	} {
		if _, err := read("word/document.xml", c.xml); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %.200v", c.name, err)
		}
	}
	if _, err := read("a.txt", "x"); err == nil || !strings.Contains(err.Error(), "no document in it") {
		t.Errorf("another ZIP: %v", err)
	}
	// Properties that are damaged or deep cost themselves only.
	deep := strings.Repeat("<a>", 10000) + strings.Repeat("</a>", 10000)
	if d, err := read("docProps/core.xml", deep, "word/styles.xml", "<", "word/document.xml", body(para("x"))); err != nil || d.Text != "x" {
		t.Errorf("%+v, %v", d, err)
	}
}

func FuzzDOCX(f *testing.F) {
	f.Add(body(para("قال")+"<w:tbl><w:tr><w:tc>"+para("x")+"</w:tc></w:tr></w:tbl>"), "<a/>")
	f.Add("<w:tbl><w:tc></w:tbl></w:tr></w:tc>", "<styles><style styleId='1'><name val='title'/></style></styles>")
	f.Fuzz(func(t *testing.T, document, styles string) {
		d, err := read("word/document.xml", document, "word/styles.xml", styles)
		if err == nil && len(d.Text) > 4*len(document) {
			t.Errorf("%d bytes of %d", len(d.Text), len(document))
		}
	})
}
