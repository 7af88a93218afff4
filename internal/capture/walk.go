package capture

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/isnad/isnad/internal/fault"
)

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
		in.leaves(func(l leaf) bool {
			switch {
			case l.err != nil:
				return yield(failed(l.name, l.err))
			case l.in != nil:
				return in.stream(l.name, in.Form, l.in, yield)
			}
			return in.file(l.name, l.size, yield)
		})
	}
}

// leaf is a file, a stream or something that cannot be read.
type leaf struct {
	name string
	size int64
	in   io.Reader // standard input; nil for a file
	err  error
}

// leaves visits all that was pointed at, in order, as long as visit returns true.
func (in *Inputs) leaves(visit func(leaf) bool) {
	for _, path := range in.Paths {
		if !in.path(path, visit) {
			return
		}
	}
}

// Size is the number of bytes of all files, or -1 where that is not known.
func (in *Inputs) Size() int64 {
	total := int64(0)
	for _, path := range in.Paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return -1
		case !info.IsDir():
			total += info.Size()
			continue
		}
		in.walk(path, func(_ string, info fs.FileInfo, _ error) bool {
			if info != nil {
				total += info.Size()
			}
			return true
		})
	}
	return total
}

func (in *Inputs) path(path string, visit func(leaf) bool) bool {
	if path == "-" {
		return visit(leaf{name: path, in: in.Stdin})
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return visit(leaf{name: path, err: unreadable(path, err)})
	case info.IsDir():
		return in.folder(path, visit)
	}
	return visit(leaf{name: path, size: info.Size()})
}

// walk visits the files below a folder in the order of their names, hidden
// ones left out, as long as visit returns true. Files that are not to be read
// come without info: those whose extension tells no form, unless a form was
// asked for, and what is no regular file.
func (in *Inputs) walk(root string, visit func(name string, info fs.FileInfo, err error) bool) {
	// The function given fails only to stop the walk.
	_ = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		hidden := name != root && strings.HasPrefix(filepath.Base(name), ".")
		switch {
		case err != nil:
			return proceed(visit(name, nil, err))
		case hidden && e.IsDir():
			return fs.SkipDir
		case hidden || e.IsDir():
			return nil
		}
		info, err := os.Stat(name) // follows links
		if err != nil || !info.Mode().IsRegular() || in.Form == Auto && formOf(name) == Auto {
			info = nil
		}
		return proceed(visit(name, info, nil))
	})
}

func proceed(ok bool) error {
	if ok {
		return nil
	}
	return fs.SkipAll
}

func (in *Inputs) folder(root string, visit func(leaf) bool) bool {
	skipped, stopped := 0, false
	in.walk(root, func(name string, info fs.FileInfo, err error) bool {
		switch {
		case err != nil:
			stopped = !visit(leaf{name: name, err: unreadable(name, err)})
		case info == nil:
			skipped++
		default:
			stopped = !visit(leaf{name: name, size: info.Size()})
		}
		return !stopped
	})
	if stopped || skipped == 0 {
		return !stopped
	}
	return visit(leaf{name: root, err: &Skipped{Input: root, What: fmt.Sprintf("%d that are not %s (--in takes all)", skipped, extensions)}})
}

// Skipped says what was left out of an input, such as files of a folder whose
// names do not tell a form that is read. It is worth telling, and no failure.
type Skipped struct {
	Input, Record string
	What          string   // what was left out; of a record, why
	Notes         []string // what is wrong with the record
}

func (s *Skipped) Error() string {
	if s.Record != "" {
		why := append([]string{s.What}, s.Notes...)
		return fault.Name(recordName(s.Input, s.Record)) + ": left out: " + strings.Join(why, "; ")
	}
	return fault.Name(s.Input) + ": left out " + s.What
}

func failed(name string, err error) Item {
	return Item{Name: name, Load: func() (*Document, error) { return nil, err }}
}

// file gives the items of one file: itself, or what it contains.
func (in *Inputs) file(path string, size int64, yield func(Item) bool) bool {
	form := in.Form
	if form == Auto {
		form = formOf(path)
	}
	if form != Text && form != HTML {
		f, err := os.Open(path)
		if err != nil {
			return yield(failed(path, unreadable(path, err)))
		}
		defer f.Close()
		return in.stream(path, form, f, yield)
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
	form, r = tell(form, r)
	if form > JSONL {
		return sourceItems(name, form, r, yield)
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

func load(name string, form Form, r io.Reader) (*Document, error) {
	if form == HTML {
		return loadHTML(name, "", r)
	}
	return loadText(name, r)
}
