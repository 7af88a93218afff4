package capture

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/text/transform"

	"github.com/isnad/isnad"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/scratch"
)

// loadText reads one text from r, whose first bytes may hold a header block.
func loadText(name string, r io.Reader) (*Document, error) {
	head, whole, err := readHead(name, r, LongBytes)
	if err != nil {
		return nil, err
	}
	if !whole {
		return loadLong(name, head, r)
	}
	text, notes, err := decodeShort(name, head)
	if err != nil {
		return nil, err
	}
	meta, more, n := splitHeader(text)
	meta.Text = text[n:]
	return newDocument(name, meta, nil, append(notes, more...)), nil
}

// newDocument goes by the name of its input unless its metadata has an ID.
func newDocument(name string, meta isnad.Document, long *Long, notes []string) *Document {
	meta.ID = cmp.Or(meta.ID, strings.ToValidUTF8(name, "\uFFFD"))
	setCredit(&meta)
	return &Document{Document: meta, Long: long, Notes: notes}
}

// readHead reads up to limit bytes and reports whether that was all.
func readHead(name string, r io.Reader, limit int) (head []byte, whole bool, err error) {
	head, err = io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if err != nil {
		return nil, false, unreadable(name, err)
	}
	return head, len(head) <= limit, nil
}

// loadLong leaves the text of a long input on disk: in its own file where that
// is UTF-8, else decoded into a temporary one. Either way the whole of it is
// checked before anything is read from it.
func loadLong(name string, head []byte, r io.Reader) (*Document, error) {
	c, err := detect(head[:sampleBytes])
	if err != nil {
		return nil, notText(name, err)
	}
	long, err := keepLong(name, c, head, r)
	if err != nil {
		return nil, err
	}
	first := make([]byte, maxHeader)
	n, err := io.ReadFull(long.Reader(), first)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, errors.Join(unreadable(name, err), long.file.Close())
	}
	meta, notes, n := splitHeader(string(first[:n]))
	long.start += int64(n)
	long.size -= int64(n)
	return newDocument(name, meta, long, append(c.notes(), notes...)), nil
}

func keepLong(name string, c charset, head []byte, r io.Reader) (*Long, error) {
	f, ok := r.(*os.File)
	if ok && c.decoder == nil {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return checkInPlace(name, c.bom, head, f)
		}
	}
	var in io.Reader = io.MultiReader(bytes.NewReader(head[c.bom:]), r)
	if c.decoder != nil {
		in = transform.NewReader(in, c.decoder.NewDecoder())
	}
	return spool(name, in, c.bom)
}

// checkInPlace opens the file anew, as the caller closes its own.
func checkInPlace(name string, bom int, head []byte, f *os.File) (*Long, error) {
	var chk checker
	n, err := io.Copy(&chk, io.MultiReader(bytes.NewReader(head[bom:]), f))
	if err == nil {
		err = chk.end()
	}
	if err != nil {
		return nil, badInput(name, err, bom)
	}
	own, err := os.Open(f.Name())
	if err != nil {
		return nil, unreadable(name, err)
	}
	return &Long{file: own, start: int64(bom), size: n}, nil
}

// spool copies a text to a temporary file and checks it on the way.
func spool(name string, in io.Reader, bom int) (*Long, error) {
	f, err := scratch.New()
	if err != nil {
		return nil, err
	}
	var chk checker
	w := bufio.NewWriterSize(f, 256<<10)
	n, err := io.Copy(io.MultiWriter(&chk, w), in)
	if err == nil {
		err = errors.Join(chk.end(), w.Flush())
	}
	if err != nil {
		return nil, errors.Join(badInput(name, err, bom), f.Close())
	}
	return &Long{file: f, size: n}, nil
}

func badInput(name string, err error, bom int) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if _, ok := errors.AsType[*encodingError](err); ok {
		return badText(name, err, bom)
	}
	return unreadable(name, err)
}

// unreadable says why an input could not be opened or read.
func unreadable(name string, err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok && p.Path == name {
		err = p.Err
	}
	e := &fault.Error{Kind: fault.Unavailable, Input: name, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Kind, e.Err, e.Hint = fault.NotFound, errors.New("no such file or folder"), "check the name, or quote it if it has spaces"
	case errors.Is(err, fs.ErrPermission):
		e.Err, e.Hint = errors.New("may not be read"), "check the file's permissions"
	}
	return e
}

// TextItem is the item of a text that is in memory already.
func TextItem(name, text string) Item {
	return Item{Name: name, Size: int64(len(text)), Load: func() (*Document, error) {
		return loadText(name, strings.NewReader(text))
	}}
}

// BytesItem is the item of a document that is in memory already, as it was
// found under a name; its extension or its first bytes tell the form.
func BytesItem(name string, body []byte) Item {
	return Item{Name: name, Size: int64(len(body)), Load: func() (*Document, error) {
		r := bufio.NewReaderSize(bytes.NewReader(body), 4<<10)
		form := formOf(name)
		if form != HTML {
			form = sniff(r)
		}
		if form == PDF || form == DOCX {
			s := Source{Load: func() (*Capture, error) { return whole(name, form, r) }}
			return s.item().Load()
		}
		return load(name, form, r)
	}}
}
