package isnad

import "fmt"

// The names below are the ones of the JSON forms and of the language tables.

func (k Kind) String() string       { return kindNames[k] }
func (k SourceKind) String() string { return sourceKindNames[k] }
func (s Stance) String() string     { return stanceNames[s] }
func (p Polarity) String() string   { return polarityNames[p] }

// MarshalText writes the name.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// MarshalText writes the name.
func (k SourceKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// MarshalText writes the name.
func (s Stance) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// MarshalText writes the name.
func (p Polarity) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a name.
func (s *Stance) UnmarshalText(name []byte) (err error) {
	*s, err = ParseStance(string(name))
	return err
}

// ParseStance finds a stance by name.
func ParseStance(name string) (Stance, error) {
	i, err := index(stanceNames, "stance", name)
	return Stance(i), err
}

// ParsePolarity finds a polarity by name.
func ParsePolarity(name string) (Polarity, error) {
	i, err := index(polarityNames, "polarity", name)
	return Polarity(i), err
}

func index(names []string, what, name string) (int, error) {
	for i, n := range names {
		if n == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("unknown %s %q: one of %v", what, name, names)
}
