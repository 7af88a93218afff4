package reader

import "github.com/isnad/isnad/text"

// english reads one English sentence.
type english struct {
	*doc
	s text.Range
	n int
}

func (e *english) read() {}
