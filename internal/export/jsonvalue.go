package export

import (
	"strconv"
	"time"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/text"
)

func appendAttribution(b []byte, p *Part, i int, numbers []int) []byte {
	a := &p.Attributions[i]
	own := a.Own()
	b = append(b, `{"cue":`...)
	b = appendSpans(b, own.Cue, p.At)
	b = append(b, `,"source":`...)
	b = appendSpans(b, own.Source, p.At)
	b = append(b, `,"content":`...)
	b = appendSpans(b, a.Content, p.At)
	b = append(b, `,"kind":"`...)
	b = append(b, a.Kind.String()...)
	b = append(b, `","stance":"`...)
	b = append(b, a.Stance.String()...)
	b = append(b, `","polarity":"`...)
	b = append(b, a.Polarity.String()...)
	b = append(b, `","negated":`...)
	b = strconv.AppendBool(b, a.Negated)
	b = append(b, `,"parent":`...)
	b = appendIndex(b, a.Parent, p.First, "-1")
	b = append(b, `,"source_kind":"`...)
	b = append(b, own.Kind.String()...)
	b = append(b, `","source_resolved":`...)
	if n := p.Teller(i); n >= 0 {
		b = appendString(b, p.Parties[n].Name)
		b = append(b, `,"party":`...)
		b = strconv.AppendInt(b, int64(numbers[n]), 10)
	} else {
		b = append(b, `null,"party":null`...)
	}
	b = append(b, `,"when":`...)
	b = appendIndex(b, p.When(i), p.FirstTime, "null")
	b = append(b, `,"confidence":`...)
	b = strconv.AppendFloat(b, a.Confidence, 'f', 3, 64)
	b = append(b, `,"why":{"rule":`...)
	b = appendString(b, a.Why.Rule)
	b = append(b, `,"cue_row":`...)
	b = appendString(b, a.Why.CueRow)
	return append(b, `}}`...)
}

// appendParty leaves the list of mentions and the object open.
func appendParty(b []byte, n int, p *isnad.Party) []byte {
	b = append(b, `{"n":`...)
	b = strconv.AppendInt(b, int64(n), 10)
	b = append(b, `,"name":`...)
	b = appendString(b, p.Name)
	b = append(b, `,"kind":"`...)
	b = append(b, p.Kind.String()...)
	return append(b, `","mentions":[`...)
}

func appendTime(b []byte, p *Part, t *isnad.Time) []byte {
	b = append(b, `{"span":`...)
	b = appendSpan(b, t.Span, p.At)
	b = append(b, `,"text":`...)
	b = appendString(b, t.Span.Of(p.Text))
	b = append(b, `,"start":`...)
	b = appendBound(b, t.Interval.Start, t.Interval.Precision)
	b = append(b, `,"end":`...)
	b = appendBound(b, t.Interval.End, t.Interval.Precision)
	b = append(b, `,"precision":"`...)
	b = append(b, t.Interval.Precision.String()...)
	return append(b, `"}`...)
}

// appendBound writes an end of an interval: a date where nothing finer than
// days is known, else a moment with its zone.
func appendBound(b []byte, t time.Time, p isnad.Precision) []byte {
	if t.IsZero() || p < isnad.DayPrecision {
		return appendMoment(b, t)
	}
	b = append(b, '"')
	b = t.AppendFormat(b, time.DateOnly)
	return append(b, '"')
}

// appendMoment writes a time; midnight in UTC is how a date without a time of
// day is kept, and is written as that date.
func appendMoment(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, "null"...)
	}
	layout := time.RFC3339
	if dateOnly(t) {
		layout = time.DateOnly
	}
	b = append(b, '"')
	b = t.AppendFormat(b, layout)
	return append(b, '"')
}

func dateOnly(t time.Time) bool {
	return t.Location() == time.UTC && t.Equal(t.Truncate(24*time.Hour))
}

// appendIndex writes an index of a part as one of the document.
func appendIndex(b []byte, i, before int, none string) []byte {
	if i < 0 {
		return append(b, none...)
	}
	return strconv.AppendInt(b, int64(before+i), 10)
}

func appendSpans(b []byte, spans []text.Span, at int) []byte {
	b = append(b, '[')
	b = appendSpanList(b, spans, at)
	return append(b, ']')
}

func appendSpanList(b []byte, spans []text.Span, at int) []byte {
	for i, s := range spans {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendSpan(b, s, at)
	}
	return b
}

func appendSpan(b []byte, s text.Span, at int) []byte {
	b = append(b, '[')
	b = strconv.AppendInt(b, int64(at+s.Start), 10)
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(at+s.End), 10)
	return append(b, ']')
}

func appendOptional(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendString(b, s)
}

func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	b = appendEscaped(b, s)
	return append(b, '"')
}

// appendEscaped writes the inside of a JSON string. The input is UTF-8.
func appendEscaped[S string | []byte](b []byte, s S) []byte {
	const hex = "0123456789abcdef"
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(b, s[from:]...)
}
