package archive

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

// A statement is stored as a sequence of varints, strings with their length
// before them, and one float. Spans are written as the distance from the end
// of the span before and the length.

// EncodeStatement appends the stored form of a statement.
func EncodeStatement(b []byte, s *Statement) []byte {
	b = append(b, byte(s.Kind), byte(s.Stance), byte(s.Polarity), bit(s.Negated))
	b = binary.AppendVarint(b, int64(s.Parent))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(s.Confidence))
	b = binary.AppendUvarint(b, uint64(len(s.Chain)))
	for i := range s.Chain {
		l := &s.Chain[i]
		b = append(b, byte(l.Kind))
		b = appendSpans(b, l.Cue)
		b = appendSpans(b, l.Source)
		b = appendString(b, l.Agr)
	}
	b = appendSpans(b, s.Content)
	b = appendSpans(b, s.When)
	b = appendString(b, s.Why.Rule)
	b = appendString(b, s.Why.CueRow)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(s.Why.Score))
	b = appendStrings(b, s.Tellers)
	b = appendStrings(b, s.Names)
	b = appendTime(b, s.Said.Start)
	b = appendTime(b, s.Said.End)
	if b = append(b, byte(s.Said.Precision)); s.As != "" {
		b = appendString(b, s.As)
	}
	return b
}

func bit(set bool) byte {
	if set {
		return 1
	}
	return 0
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

func appendSpans(b []byte, spans []text.Span) []byte {
	b = binary.AppendUvarint(b, uint64(len(spans)))
	at := 0
	for _, s := range spans {
		b = binary.AppendVarint(b, int64(s.Start-at))
		b = binary.AppendVarint(b, int64(s.Len()))
		at = s.End
	}
	return b
}

// appendTime writes a time to the second; the zero time is a byte of its own.
func appendTime(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, 0)
	}
	return binary.AppendVarint(append(b, 1), t.Unix())
}

// errShort says that a stored statement ends too soon or counts too much.
var errShort = errors.New("stored statement is damaged")

// DecodeStatement reads what [EncodeStatement] wrote.
func DecodeStatement(b []byte) (Statement, error) {
	d := decoder{b: b}
	var s Statement
	s.Kind = isnad.Kind(d.enum(int(isnad.Nominal)))
	s.Stance = isnad.Stance(d.enum(int(isnad.Report)))
	s.Polarity = isnad.Polarity(d.enum(int(isnad.Neutral)))
	s.Negated = d.enum(1) == 1
	s.Parent = int(d.varint())
	s.Confidence = d.float()
	for range d.count() {
		s.Chain = append(s.Chain, d.link())
	}
	s.Content = d.spans()
	s.When = d.spans()
	s.Why = isnad.Why{Rule: d.string(), CueRow: d.string(), Score: d.float()}
	s.Tellers = d.strings()
	s.Names = d.strings()
	s.Said = isnad.Interval{Start: d.time(), End: d.time(), Precision: isnad.Precision(d.enum(int(isnad.Century)))}
	if len(d.b) > 0 {
		s.As = d.string()
		d.bad = d.bad || s.As == ""
	}
	if d.bad || len(d.b) > 0 || len(s.Chain) == 0 {
		return Statement{}, errShort
	}
	return s, nil
}

// decoder reads a stored statement; once something does not fit, bad is set
// and everything further is zero.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) take(n uint64) []byte {
	if d.bad || n > uint64(len(d.b)) {
		d.bad = true
		return nil
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) enum(last int) byte {
	b := d.take(1)
	if b == nil || int(b[0]) > last {
		d.bad = true
		return 0
	}
	return b[0]
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return v
}

// count reads the length of a list, each item of which has at least a byte.
func (d *decoder) count() int {
	n := d.uvarint()
	if d.bad || n > uint64(len(d.b)) {
		d.bad = true
		return 0
	}
	return int(n)
}

func (d *decoder) float() float64 {
	b := d.take(8)
	if b == nil {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

func (d *decoder) string() string { return string(d.take(d.uvarint())) }

func (d *decoder) strings() []string {
	var list []string
	for range d.count() {
		list = append(list, d.string())
	}
	return list
}

func (d *decoder) spans() []text.Span {
	var spans []text.Span
	at := 0
	for range d.count() {
		start := at + int(d.varint())
		at = start + int(d.varint())
		if start < 0 || at < start || at > text.MaxBytes {
			d.bad = true
			return nil
		}
		spans = append(spans, text.Span{Start: start, End: at})
	}
	return spans
}

func (d *decoder) link() isnad.Link {
	return isnad.Link{Kind: isnad.SourceKind(d.enum(int(isnad.OutletSource))), Cue: d.spans(), Source: d.spans(), Agr: d.string()}
}

func (d *decoder) time() time.Time {
	if d.enum(1) == 0 {
		return time.Time{}
	}
	return time.Unix(d.varint(), 0).UTC()
}

// Check says what makes a statement unfit for a document with this text.
func (s *Statement) Check(raw string) error {
	if len(s.Chain) == 0 || len(s.Content) == 0 {
		return errors.New("a statement needs a teller and a content")
	}
	if len(s.Tellers) > len(s.Chain) {
		return fmt.Errorf("%d parties for a chain of %d", len(s.Tellers), len(s.Chain))
	}
	ok := Fit(raw, s.Content) && Fit(raw, s.When)
	for _, l := range s.Chain {
		ok = ok && Fit(raw, l.Cue) && Fit(raw, l.Source)
	}
	if !ok {
		return fmt.Errorf("a span does not fall on letters of the text of %d bytes", len(raw))
	}
	return nil
}

// Fit reports whether the spans lie in raw and on rune boundaries.
func Fit(raw string, spans []text.Span) bool {
	for _, p := range spans {
		if p.Start < 0 || p.End < p.Start || p.End > len(raw) || !boundary(raw, p.Start) || !boundary(raw, p.End) {
			return false
		}
	}
	return true
}

func boundary(raw string, at int) bool { return at == len(raw) || utf8.RuneStart(raw[at]) }
