package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/isnad/isnad/internal/capture/zipped"
)

// parser gathers the paragraphs of parts.
type parser struct {
	styles map[string]string
	out    []string
	size   int
	title  string

	para   strings.Builder
	style  string
	inText bool
	hidden int   // depth inside of what is not shown
	rows   []row // of tables that are open, the innermost last
	cells  []int // for each open table, where the paragraphs of its cell begin in out
}

// row is a row of a table: the paragraphs of each cell.
type row [][]string

// optional reads a part that a file may lack.
func (p *parser) optional(z *zipped.Archive, name string) error {
	f := z.Find(name)
	if f == nil {
		return nil
	}
	raw, err := z.Read(f, maxPart)
	if err != nil {
		return err
	}
	return p.part(raw)
}

// part reads the paragraphs of a part.
func (p *parser) part(raw []byte) error {
	d := xml.NewDecoder(bytes.NewReader(raw))
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
				return fmt.Errorf("nested more than %d deep", maxDepth)
			}
			p.start(&t)
		case xml.EndElement:
			depth--
			p.end(t.Name.Local)
		case xml.CharData:
			if p.inText && p.hidden == 0 {
				p.para.Write(t)
			}
		}
		if p.size+p.para.Len() > maxText {
			return errors.New("has too much text")
		}
	}
}

// isHidden names elements whose content is not shown, or is shown elsewhere:
// what was deleted or moved away, the codes of fields, and the second form of
// what has two.
func isHidden(name string) bool {
	switch name {
	case "del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback":
		return true
	}
	return false
}

func (p *parser) start(t *xml.StartElement) {
	switch name := t.Name.Local; {
	case isHidden(name):
		p.hidden++
	case p.hidden > 0:
	case name == "t":
		p.inText = true
	case name == "tab":
		p.para.WriteByte('\t')
	case name == "br", name == "cr":
		p.para.WriteByte('\n')
	case name == "noBreakHyphen":
		p.para.WriteRune('\u2011')
	case name == "p":
		p.flush()
	case name == "pStyle":
		p.style = attr(t, "val")
	case name == "tr":
		p.rows = append(p.rows, nil)
		p.cells = append(p.cells, len(p.out))
	case name == "tc" && len(p.cells) > 0:
		p.cells[len(p.cells)-1] = len(p.out)
	}
}

func (p *parser) end(name string) {
	switch {
	case isHidden(name):
		p.hidden--
	case name == "t":
		p.inText = false
	case name == "p":
		p.flush()
	case name == "tc" && len(p.cells) > 0:
		p.endCell()
	case name == "tr" && len(p.rows) > 0:
		p.endRow()
	}
}

// flush ends a paragraph.
func (p *parser) flush() {
	s := strings.TrimSpace(p.para.String())
	style := p.style
	p.para.Reset()
	p.style = ""
	if s == "" {
		return
	}
	if name := p.styles[style]; p.title == "" && (name == "title" || name == "heading 1" || style == "Title" || style == "Heading1") {
		p.title = strings.Join(strings.Fields(s), " ")
	}
	p.size += len(s)
	p.out = append(p.out, s)
}

// endCell takes the paragraphs of a cell to its row.
func (p *parser) endCell() {
	p.flush()
	last := len(p.cells) - 1
	from := min(p.cells[last], len(p.out))
	p.rows[last] = append(p.rows[last], append([]string(nil), p.out[from:]...))
	p.out = p.out[:from]
}

// shortCell is the number of characters up to which the cells of a row are
// taken to be values, which belong on one line.
const shortCell = 80

// endRow writes a row: on one line where its cells are short, else with every
// paragraph by itself, as a table is often there for the layout only.
func (p *parser) endRow() {
	last := len(p.rows) - 1
	cells := p.rows[last]
	p.rows, p.cells = p.rows[:last], p.cells[:last]
	short := true
	var line, paras []string
	for _, c := range cells {
		paras = append(paras, c...)
		line = append(line, strings.Join(c, " "))
		short = short && len(c) <= 1 && utf8.RuneCountInString(strings.Join(c, " ")) <= shortCell
	}
	if short && len(paras) > 0 {
		paras = []string{strings.TrimRight(strings.Join(line, "\t"), "\t")}
	}
	p.out = append(p.out, paras...)
}

func attr(t *xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
