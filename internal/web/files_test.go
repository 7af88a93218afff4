package web

import (
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

//go:embed testdata/payloads.txt
var payloadFile string

// readPayloads is the list of hostile texts, one a line; \u202E stands for that
// character.
func readPayloads() string {
	return strings.NewReplacer(`\u202E`, "\u202E", `\u2066`, "\u2066", `\u2069`, "\u2069", `\u0430`, "\u0430", `\u200F`, "\u200F", `\u0000`, "").Replace(payloadFile)
}

// readAll is the content of all files of a pattern but tests.
func readAll(t *testing.T, glob string) string {
	t.Helper()
	names, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, n := range names {
		if strings.HasSuffix(n, "_test.go") {
			continue
		}
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}
