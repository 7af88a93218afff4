package isnad_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// maxLines is the longest function that is still read at a glance.
const maxLines = 80

// TestStyle checks what the house asks of all code that is no test: functions
// of at most maxLines lines, nothing done at start by init, and a comment on
// every exported name.
func TestStyle(t *testing.T) {
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
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		if ast.IsGenerated(file) {
			return nil
		}
		end := 0
		for _, decl := range file.Decls {
			grouped := fset.Position(decl.Pos()).Line == end+1
			checkDecl(t, fset, decl, grouped)
			end = fset.Position(decl.End()).Line
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkDecl checks one declaration. One that is grouped stands right below
// another and shares its comment.
func checkDecl(t *testing.T, fset *token.FileSet, decl ast.Decl, grouped bool) {
	at := fset.Position(decl.Pos())
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if n := fset.Position(d.End()).Line - at.Line + 1; n > maxLines {
			t.Errorf("%s: %s has %d lines, more than %d", at, d.Name.Name, n, maxLines)
		}
		if d.Recv == nil && d.Name.Name == "init" {
			t.Errorf("%s: init: what a program starts with is made by main", at)
		}
		if d.Doc == nil && d.Recv == nil && d.Name.IsExported() && !grouped {
			t.Errorf("%s: %s is exported and has no comment", at, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				t.Errorf("%s: type %s is exported and has no comment", at, s.Name.Name)
			}
		}
	}
}
