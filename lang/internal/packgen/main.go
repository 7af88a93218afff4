// Command packgen works out the surface forms of a language's tables and
// writes them to forms.bin. Run it by go generate in the language's directory.
package main

import (
	"fmt"
	"os"

	"github.com/isnad/isnad/lang"
	"github.com/isnad/isnad/lang/internal/inflect"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "packgen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: packgen LANGUAGE, in the directory of its tables")
	}
	forms, err := inflect.Forms(args[0], os.DirFS("."))
	if err != nil {
		return err
	}
	b, err := lang.Encode(forms)
	if err != nil {
		return err
	}
	return os.WriteFile("forms.bin", b, 0o644)
}
