package ar

import _ "embed"

//go:embed stems.tsv
var stems string

// Stems is the table of the words that search keeps whole, as the folder of
// search words takes it.
func Stems() string { return stems }
