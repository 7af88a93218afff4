package export

import (
	"errors"
	"io"
)

// JSONL is one line a document.
var JSONL = Form{Name: "jsonl", New: func(w io.Writer) Writer { return &jsonWriter{w: w, end: "}\n"} }}

// JSON is one array of all documents.
var JSON = Form{
	Name: "json", Between: ",\n", Close: "\n]\n",
	Open: func(w io.Writer, _ *Head) error {
		_, err := io.WriteString(w, "[\n")
		return err
	},
	New: func(w io.Writer) Writer { return &jsonWriter{w: w, end: "}"} },
}

// jsonWriter writes the attributions of a part at once; parties, times and
// text come behind all of them and wait. It appends to its buffers without
// reflection.
type jsonWriter struct {
	w       io.Writer
	end     string
	head    *Head
	buf     []byte
	numbers []int // of the parties of the part
	parties partyList
	times   spool
	text    string // of a document in one part
}

func (j *jsonWriter) Begin(h *Head) error {
	j.head = h
	j.buf = append(j.buf[:0], `{"id":`...)
	j.buf = appendString(j.buf, h.ID)
	j.buf = append(j.buf, `,"lang":`...)
	j.buf = appendString(j.buf, h.Lang)
	j.buf = append(j.buf, `,"attributions":[`...)
	return nil
}

func (j *jsonWriter) Part(p *Part) error {
	var err error
	if j.numbers, err = j.parties.add(j.numbers[:0], p, j.head.Long != nil); err != nil {
		return err
	}
	for i := range p.Attributions {
		if p.First+i > 0 {
			j.buf = append(j.buf, ',')
		}
		j.buf = appendAttribution(j.buf, p, i, j.numbers)
	}
	for i := range p.Times {
		if p.FirstTime+i > 0 {
			j.times.buf = append(j.times.buf, ',')
		}
		j.times.buf = appendTime(j.times.buf, p, &p.Times[i])
	}
	j.text = p.Text
	if j.head.Long == nil {
		return nil
	}
	if err := j.times.spill(spoolBytes); err != nil {
		return err
	}
	return j.flush()
}

func (j *jsonWriter) End() error {
	j.buf = append(j.buf, `],"parties":[`...)
	var err error
	if j.buf, err = j.parties.appendTo(j.buf, j.w); err != nil {
		return err
	}
	j.buf = append(j.buf, `],"times":[`...)
	if j.buf, err = j.times.appendTo(j.buf, j.w); err != nil {
		return err
	}
	j.buf = append(j.buf, ']')
	j.credit()
	if !j.head.Shared {
		if err := j.origin(); err != nil {
			return err
		}
	}
	j.buf = append(j.buf, j.end...)
	return errors.Join(j.flush(), j.parties.reset(), j.times.reset())
}

// credit adds what the text says of its own source, where it does.
func (j *jsonWriter) credit() {
	if s := j.head.Dated; s != "" {
		j.buf = append(j.buf, `,"dated":`...)
		j.buf = appendString(j.buf, s)
	}
	if s := j.head.Credit; s != "" {
		j.buf = append(j.buf, `,"credit":`...)
		j.buf = appendString(j.buf, s)
	}
	if s := j.head.Dateline; s != "" {
		j.buf = append(j.buf, `,"dateline":`...)
		j.buf = appendString(j.buf, s)
	}
}

// origin adds what a reader of the output needs to resolve the spans.
func (j *jsonWriter) origin() error {
	h := j.head
	j.buf = append(j.buf, `,"title":`...)
	j.buf = appendOptional(j.buf, h.Title)
	j.buf = append(j.buf, `,"published":`...)
	j.buf = appendMoment(j.buf, h.Published)
	j.buf = append(j.buf, `,"publisher":`...)
	j.buf = appendOptional(j.buf, h.Publisher)
	j.buf = append(j.buf, `,"text":`...)
	if h.Long == nil {
		j.buf = appendString(j.buf, j.text)
		return nil
	}
	j.buf = append(j.buf, '"')
	if _, err := io.Copy(escaper{j}, h.Long()); err != nil {
		return err
	}
	j.buf = append(j.buf, '"')
	return nil
}

// escaper writes the inside of a JSON string through the writer's buffer.
type escaper struct{ *jsonWriter }

func (e escaper) Write(p []byte) (int, error) {
	e.buf = appendEscaped(e.buf, p)
	return len(p), e.flush()
}

func (j *jsonWriter) flush() error {
	_, err := j.w.Write(j.buf)
	j.buf = j.buf[:0]
	return err
}
