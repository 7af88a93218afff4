// Package en is the English language pack: tables that a linguist can correct, and
// the forms worked out from them.
package en

import (
	"embed"
	"fmt"

	"github.com/isnad/isnad/internal/linear"
	"github.com/isnad/isnad/lang"
)

//go:generate go run ../internal/packgen en

//go:embed *.tsv forms.bin weights.bin
var files embed.FS

//go:embed forms.bin
var forms string

// Load opens the pack. Its weights.bin is learned by isnad train.
func Load() (*lang.Pack, error) {
	b, err := files.ReadFile("weights.bin")
	if err != nil {
		return nil, fmt.Errorf("language en: %w", err)
	}
	if _, err := linear.Open(b); err != nil {
		return nil, fmt.Errorf("language en: weights.bin: %w (run isnad train)", err)
	}
	return lang.Load("en", lang.Embedded{FS: files, Forms: forms})
}
