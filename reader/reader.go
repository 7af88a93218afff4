// Package reader finds the attributions of a text: who said what, on whose
// word, with what stance.
package reader

import (
	"github.com/isnad/isnad"
	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/text"
)

// Reader finds attributions. It keeps buffers: use one per goroutine.
type Reader struct {
	packs []*lang.Pack
}

// New makes a reader for the given languages.
func New(packs ...*lang.Pack) *Reader { return &Reader{packs: packs} }

// Read finds the attributions of a text in the order of their cues.
func (r *Reader) Read(t *text.Text) []isnad.Attribution { return nil }
