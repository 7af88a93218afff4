// Package en is the English language pack: tables that a linguist can correct, and
// the forms worked out from them.
package en

import (
	"embed"

	"github.com/isnad/isnad/lang"
)

//go:generate go run ../internal/packgen en

//go:embed *.tsv forms.bin
var files embed.FS

// Load opens the pack.
func Load() (*lang.Pack, error) { return lang.Load("en", files) }
