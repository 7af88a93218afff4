package isnad_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/isnad/isnad"

// below says for each package that others build on which packages of the
// module it may import; "." is the root. The order is from the bottom up.
var below = map[string][]string{
	"text":            {},
	".":               {"text"},
	"internal/linear": {},
	"lang":            {".", "text"},
	"lang/ar":         {"lang"},
	"lang/en":         {"lang", "internal/linear"},
	"when":            {".", "text", "lang"},
	"names":           {".", "text", "lang"},
	"reader":          {".", "text", "lang", "internal/linear"},
	"internal/fold":   {"text"},
	"claim":           {".", "text", "lang", "when", "names", "internal/fold"},
}

// outside are the standard packages with which the result of a reading could
// come to depend on anything but its arguments.
var outside = []string{
	"context", "crypto/rand", "database/sql", "io/ioutil", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http",
	"os", "os/exec", "plugin", "regexp", "runtime", "syscall", "unsafe",
}

// granted are imports from outside that change no result, with the reason.
var granted = map[string]string{
	"names math/rand/v2": "a hash table draws where its slots are, against texts made to collide; their order is never looked at",
}

// drivers are modules that one package alone may know of.
var drivers = map[string]string{"modernc.org/sqlite": "internal/archive/sqlite"}

// TestImports reads the imports of every file that is no test and checks their
// direction: public packages on the standard library, golang.org/x/text and
// what is below them; internal packages on no backend; backends in commands.
// Tests may look at whatever they test with.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if skipped(name) {
				return fs.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(name))
		seen[pkg] = true
		for _, i := range file.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if why := forbidden(pkg, imported); why != "" {
				t.Errorf("%s imports %s: %s", name, imported, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !seen["reader"] || !seen["cmd/isnad"] {
		t.Error("the walk did not come by reader and cmd/isnad: nothing was checked")
	}
}

// skipped reports a folder whose files belong to no package of the module.
func skipped(folder string) bool {
	base := filepath.Base(folder)
	return base == "testdata" || base != "." && strings.HasPrefix(base, ".")
}

// forbidden says why a package may not import another, or "".
func forbidden(pkg, imported string) string {
	inner, ours := strings.CutPrefix(imported+"/", module+"/")
	inner = strings.TrimSuffix(inner, "/")
	if ours && inner == "" {
		inner = "."
	}
	if list, strict := below[pkg]; strict {
		return forbiddenBelow(pkg, list, imported, inner, ours)
	}
	switch {
	case !strings.HasPrefix(pkg, "cmd/") && !strings.Contains("/"+pkg+"/", "/internal/"):
		return "a public package needs a line in the table of imports_test.go"
	case !ours && drivers[imported] != "" && drivers[imported] != pkg:
		return "only " + drivers[imported] + " does"
	case backend(inner) && !strings.HasPrefix(pkg, "cmd/"):
		return "only commands choose where an archive is kept"
	}
	return ""
}

func forbiddenBelow(pkg string, list []string, imported, inner string, ours bool) string {
	switch {
	case ours && !slices.Contains(list, inner):
		return "it is not below this package: see the table in imports_test.go"
	case ours:
		return ""
	case slices.Contains(outside, imported) && granted[pkg+" "+imported] == "":
		return "what a reading gives must depend on its arguments alone"
	case strings.Contains(imported, ".") && !strings.HasPrefix(imported, "golang.org/x/text/"):
		return "public packages need the standard library and golang.org/x/text only"
	}
	return ""
}

// backend reports a package that keeps archives in some place.
func backend(pkg string) bool {
	return path.Dir(pkg) == "internal/archive" && pkg != "internal/archive/archivetest"
}

// TestForbidden checks the rules themselves, so that a table that permits
// everything is noticed.
func TestForbidden(t *testing.T) {
	for _, c := range []struct {
		pkg, imported string
		want          bool
	}{
		{"reader", module + "/names", true},
		{"reader", module + "/when", true},
		{"reader", module + "/lang", false},
		{"reader", "os", true},
		{"reader", "strings", false},
		{"text", "golang.org/x/text/unicode/norm", false},
		{"text", "golang.org/x/net/html", true},
		{"text", module, true},
		{".", module + "/text", false},
		{"names", module + "/internal/archive", true},
		{"internal/desk", module + "/internal/archive", false},
		{"internal/desk", module + "/internal/archive/sqlite", true},
		{"internal/export", module + "/internal/archive/mem", true},
		{"cmd/isnad", module + "/internal/archive/sqlite", false},
		{"internal/desk", "modernc.org/sqlite", true},
		{"internal/archive/sqlite", "modernc.org/sqlite", false},
		{"claims", "strings", true},
		{"lang/internal/inflect", module + "/text", false},
	} {
		if got := forbidden(c.pkg, c.imported); (got != "") != c.want {
			t.Errorf("forbidden(%s, %s) = %q, want a reason: %v", c.pkg, c.imported, got, c.want)
		}
	}
}
