package names

import (
	_ "embed"
	"strings"

	"github.com/isnad/isnad/text"
)

//go:embed bilingual.tsv
var bilingual string

// concepts gives one number to the words of a row of bilingual.tsv, by the
// hash that a word without its article has.
var concepts = readConcepts(bilingual)

func readConcepts(table string) map[uint64]uint64 {
	out := make(map[uint64]uint64)
	for line := range strings.Lines(table) {
		c := strings.Split(strings.TrimSpace(line), "\t")
		if len(c) != 3 || strings.HasPrefix(line, "#") || c[0] == "gloss" {
			continue
		}
		id := mix(conceptSeed, text.Hash(c[0]))
		for _, w := range strings.Fields(c[1] + " " + c[2]) {
			out[text.Hash(w)] = id
		}
	}
	return out
}

const conceptSeed = 0x636f6e63
