package capture

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/isnad/isnad/internal/fault"
)

// Form is the form of an input.
type Form uint8

// Forms. Auto goes by the extension of a name.
const (
	Auto Form = iota
	Text
	HTML
	JSONL
)

var formNames = []string{"auto", "text", "html", "jsonl"}

// ParseForm finds a form by name.
func ParseForm(name string) (Form, error) {
	if i := slices.Index(formNames, name); i >= 0 {
		return Form(i), nil
	}
	return 0, fmt.Errorf("unknown form %q: one of %s", name, strings.Join(formNames, ", "))
}

// formOf is the form that an extension tells, or Auto.
func formOf(name string) Form {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".txt", ".text", ".md":
		return Text
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".jsonl", ".ndjson":
		return JSONL
	}
	return Auto
}

// Inputs are what a person points at.
type Inputs struct {
	Paths []string // files, folders, or "-" for standard input
	Form  Form
	Stdin io.Reader
}

// Items gives every input in order; folders by name, with what they contain.
// An item that stands for something that cannot be read says so when loaded.
func (in *Inputs) Items() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, path := range in.Paths {
			if !in.path(path, yield) {
				return
			}
		}
	}
}

// Size is the number of bytes of all files, or -1 where that is not known.
func (in *Inputs) Size() int64 {
	total := int64(0)
	for _, path := range in.Paths {
		if path == "-" {
			return -1
		}
		err := filepath.WalkDir(path, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if info, err := os.Stat(name); err == nil && (name == path || in.wants(name)) {
				total += info.Size()
			}
			return nil
		})
		if err != nil {
			return -1
		}
	}
	return total
}

func (in *Inputs) path(path string, yield func(Item) bool) bool {
	if path == "-" {
		return in.stream(path, in.Form, in.Stdin, yield)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return yield(failed(path, unreadable(path, err)))
	case info.IsDir():
		return in.folder(path, yield)
	}
	return in.file(path, yield)
}

// wants reports whether a file of a folder is read: those whose extension
// tells a form, or, where a form was asked for, all that are not hidden.
func (in *Inputs) wants(name string) bool {
	if strings.HasPrefix(filepath.Base(name), ".") {
		return false
	}
	return in.Form != Auto || formOf(name) != Auto
}

var errStop = errors.New("stop")

func (in *Inputs) folder(root string, yield func(Item) bool) bool {
	skipped := 0
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			if !yield(failed(name, unreadable(name, err))) {
				return errStop
			}
			return nil
		case e.IsDir() && name != root && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		case e.IsDir():
			return nil
		}
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() || !in.wants(name) {
			skipped++
			return nil
		}
		if !in.file(name, yield) {
			return errStop
		}
		return nil
	})
	if err != nil {
		return false
	}
	if skipped == 0 {
		return true
	}
	return yield(Item{Name: root, Load: func() (*Document, error) {
		return nil, &Skipped{Input: root, Files: skipped}
	}})
}

// Skipped says that files of a folder were left out because their names do
// not tell a form that is read. It is worth telling, and no failure.
type Skipped struct {
	Input string
	Files int
}

func (s *Skipped) Error() string {
	return fmt.Sprintf("%s: %d files of other kinds left out (read are .txt, .md, .html, .jsonl; --in takes all)", fault.Name(s.Input), s.Files)
}

func failed(name string, err error) Item {
	return Item{Name: name, Load: func() (*Document, error) { return nil, err }}
}

// file gives the items of one file: itself, or the lines of a JSONL file.
func (in *Inputs) file(path string, yield func(Item) bool) bool {
	form := in.Form
	if form == Auto {
		form = formOf(path)
	}
	if form == JSONL || form == Auto {
		f, err := os.Open(path)
		if err != nil {
			return yield(failed(path, unreadable(path, err)))
		}
		defer f.Close()
		return in.stream(path, form, f, yield)
	}
	size := int64(0)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	return yield(Item{Name: path, Size: size, Load: func() (*Document, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, unreadable(path, err)
		}
		defer f.Close()
		return load(path, form, f)
	}})
}

// stream gives the items of an open input. Where neither the person nor the
// name tells its form, its first bytes do.
func (in *Inputs) stream(name string, form Form, r io.Reader, yield func(Item) bool) bool {
	if form == Auto {
		head := bufio.NewReaderSize(r, 4<<10)
		form, r = sniff(head), head
	}
	if form == JSONL {
		l, err := newLines(name, r)
		if err != nil {
			return yield(failed(name, err))
		}
		return l.items(yield)
	}
	d, err := load(name, form, r)
	return yield(Item{Name: name, Load: func() (*Document, error) { return d, err }})
}

// sniff tells the form of an input by its first bytes.
func sniff(r *bufio.Reader) Form {
	p := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(peekSome(r), []byte("\xEF\xBB\xBF"))))
	switch {
	case bytes.HasPrefix(p, []byte(`{"`)):
		return JSONL
	case bytes.HasPrefix(p, []byte("<!doctype html")), bytes.HasPrefix(p, []byte("<html")):
		return HTML
	}
	return Text
}

func load(name string, form Form, r io.Reader) (*Document, error) {
	if form == HTML {
		return loadHTML(name, r)
	}
	return loadText(name, r)
}
