// Package ar is the Arabic language pack: tables that a linguist can correct, and
// the forms worked out from them.
package ar

import (
	"embed"

	"github.com/isnad/isnad/lang"
)

//go:generate go run ../internal/packgen ar

//go:embed *.tsv forms.bin
var files embed.FS

//go:embed forms.bin
var forms string

// Load opens the pack.
func Load() (*lang.Pack, error) { return lang.Load("ar", lang.Embedded{FS: files, Forms: forms}) }
