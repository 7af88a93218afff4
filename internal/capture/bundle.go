package capture

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/isnad/isnad/internal/capture/warc"
	"github.com/isnad/isnad/internal/capture/zipped"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/scratch"
)

// maxPackage is the number of bytes that the list of contents of a WACZ may
// have.
const maxPackage = 8 << 20

// waczSources gives the records of all web archives in a WACZ (Web Archive
// Collection Zipped 1.1.1).
func waczSources(name string, r io.Reader, yield func(Source) bool) bool {
	fail := func(err error) bool {
		return yield(Source{Input: name}.failing(&fault.Error{Kind: fault.Invalid, Input: name, Err: err}))
	}
	in, size, err := readerAt(name, r)
	if err != nil {
		return yield(Source{Input: name}.failing(err))
	}
	defer in.Close()
	z, err := zipped.Open(in, size)
	if err != nil {
		return fail(fmt.Errorf("not a WACZ that can be read: %w", err))
	}
	stated, err := digests(z)
	if err != nil && !fail(err) {
		return false
	}
	found := false
	for _, f := range z.Files {
		if formOf(f.Name) != WARC {
			continue
		}
		found = true
		if !waczEntry(name, z, f, stated[f.Name], yield) {
			return false
		}
	}
	if !found {
		return fail(errors.New("no web archive in it"))
	}
	return true
}

// waczEntry gives the records of one archive in a WACZ. stated is the digest
// that the list of contents has for it, or "".
func waczEntry(name string, z *zipped.Archive, f *zip.File, stated string, yield func(Source) bool) bool {
	s := Source{Input: name, Record: f.Name}
	invalid := func(err error) Source {
		return s.failing(&fault.Error{Kind: fault.Invalid, Input: s.name(), Err: err})
	}
	if !zipped.Local(f.Name) {
		return yield(invalid(errors.New("its name leads out of the archive: it is not read")))
	}
	if err := checkEntry(z, f, stated); err != nil && !yield(invalid(err)) {
		return false
	}
	r, at, err := z.Reader(f)
	if err != nil {
		return yield(invalid(err))
	}
	c := crawl{input: name, within: f.Name, base: at, in: warc.NewReader(r), yield: yield}
	return c.run()
}

// digests reads what the list of contents says of the files.
func digests(z *zipped.Archive) (map[string]string, error) {
	f := z.Find("datapackage.json")
	if f == nil {
		return nil, errors.New("no datapackage.json in it: its digests are not checked")
	}
	var list struct {
		Resources []struct{ Path, Hash string }
	}
	raw, err := z.Read(f, maxPackage)
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("datapackage.json: %w: its digests are not checked", err)
	}
	stated := make(map[string]string, len(list.Resources))
	for _, r := range list.Resources {
		stated[r.Path] = r.Hash
	}
	return stated, nil
}

// checkEntry compares an entry with its digest.
func checkEntry(z *zipped.Archive, f *zip.File, stated string) error {
	want, ok := strings.CutPrefix(stated, "sha256:")
	if !ok {
		return nil
	}
	r, _, err := z.Reader(f)
	if err != nil {
		return nil // said where it is read
	}
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return err
	}
	if got := fmt.Sprintf("%x", h.Sum(nil)); !strings.EqualFold(got, want) {
		return fmt.Errorf("wrong digest: datapackage.json says sha256:%.64s, its bytes have sha256:%s; its records are read all the same", want, got)
	}
	return nil
}

// readerAt makes an input that can be read in any order: a file as it is,
// anything else as a temporary one.
func readerAt(name string, r io.Reader) (interface {
	io.ReaderAt
	io.Closer
}, int64, error,
) {
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return kept{f}, info.Size(), nil
		}
	}
	f, err := scratch.New()
	if err != nil {
		return nil, 0, err
	}
	n, err := io.Copy(f, r)
	if err != nil {
		return nil, 0, errors.Join(unreadable(name, err), f.Close())
	}
	return f, n, nil
}

// kept is a file that its opener closes.
type kept struct{ io.ReaderAt }

// Close leaves it open.
func (kept) Close() error { return nil }
