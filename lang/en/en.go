// Package en is the English language pack: tables that a linguist can correct, and
// the forms worked out from them.
package en

import (
	"embed"

	"github.com/isnad/isnad/lang"
)

//go:generate go run ../internal/packgen en

//go:embed *.tsv forms.bin weights.bin
var files embed.FS

//go:embed forms.bin
var forms string

// Load opens the pack. Its weights.bin is learned by isnad train; the reader opens
// it with the first English sentence.
func Load() (*lang.Pack, error) { return lang.Load("en", lang.Embedded{FS: files, Forms: forms}) }
