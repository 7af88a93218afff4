package claim

import "embed"

//go:embed *.tsv
var tables embed.FS
