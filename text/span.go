package text

// Span is a half-open range of bytes of the stored text.
type Span struct{ Start, End int }

// Len is the number of bytes of the span.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether the span holds no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether the spans share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Of cuts the span out of the text it belongs to.
func (s Span) Of(raw string) string { return raw[s.Start:s.End] }

// Range is a half-open range of token indexes.
type Range struct{ First, End int }

// Len is the number of tokens of the range.
func (r Range) Len() int { return r.End - r.First }
