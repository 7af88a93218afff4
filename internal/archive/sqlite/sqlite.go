// Package sqlite keeps an archive in one SQLite file.
//
// # Invariant
//
// The file is the whole archive: after [Archive.Close] nothing else belongs to
// it. One connection writes, with every commit synced to the disk; others
// read. Every row that is not covered by a hash of the log or by a blob's
// identifier has a digest, so that no byte can change unnoticed. SQL and the
// errors of SQLite stay in this package.
package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/fault"
	"github.com/isnad/isnad/internal/fold"
	"golang.org/x/mod/sumdb/tlog"
)

// Schema is the version of the tables that this package reads and writes.
const Schema = 1

// applicationID is "ISND", at byte 68 of the file.
const applicationID = 0x49534e44

//go:embed schema.sql
var schemaSQL string

//go:embed derived.sql
var derivedSQL string

// Options say how to open an archive.
type Options struct {
	// Folder makes the words of the index and of searches; it is needed.
	Folder *fold.Folder
	// ReadOnly leaves the file as it is; Write fails.
	ReadOnly bool
	// Wait is how long a write waits for another process; 10 s if 0.
	Wait time.Duration
}

func (o Options) wait() time.Duration {
	if o.Wait == 0 {
		return 10 * time.Second
	}
	return o.Wait
}

// Archive is an open file.
type Archive struct {
	path   string
	opt    Options
	signer *archive.Signer
	packer *archive.Packer
	read   *sql.DB
	write  *writer      // nil if read-only
	fold   atomic.Value // string: the folding that the index was made with; a writer may change it under readers
}

// folding is the folding that the index was made with, "" where none is known.
func (a *Archive) folding() string {
	id, _ := a.fold.Load().(string)
	return id
}

// Create makes a new archive. The file appears when it is complete; where
// there is one already, the error is of kind conflict.
func Create(ctx context.Context, path string, opt Options) (*Archive, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, &fault.Error{
			Kind: fault.Conflict, Input: path, Err: errors.New("there is a file of this name"), Hint: "open it, or choose another name",
		}
	}
	clearDrafts(path)
	draft := fmt.Sprintf("%s.new-%d", path, os.Getpid())
	defer os.Remove(draft)
	if err := build(ctx, draft, opt); err != nil {
		return nil, explainFile(path, err)
	}
	if err := publish(draft, path); err != nil {
		return nil, explainFile(path, err)
	}
	return Open(ctx, path, opt)
}

// draftLife is how long a draft is certainly not needed any more: making one
// takes less than a second.
const draftLife = 10 * time.Minute

// clearDrafts removes what processes left that were killed while they made an
// archive of this name. Where that fails the draft stays, and does no harm.
func clearDrafts(path string) {
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range list {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), filepath.Base(path)+".new-") && time.Since(info.ModTime()) > draftLife {
			os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// build makes the file of an empty archive.
func build(ctx context.Context, path string, opt Options) error {
	for _, end := range [...]string{"", "-wal", "-shm"} { // of one that was killed
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	db, err := sql.Open("sqlite", dsn(path, "rwc", opt.wait()))
	if err != nil {
		return err
	}
	w, err := newWriter(ctx, db)
	if err != nil {
		return err
	}
	return errors.Join(w.found(ctx, opt), w.close())
}

// found makes the tables of an empty archive and a key.
func (w *writer) found(ctx context.Context, opt Options) error {
	signer, err := archive.NewSigner()
	if err != nil {
		return err
	}
	checkpoint, err := signer.Sign(0, tlog.Hash{})
	if err != nil {
		return err
	}
	script := fmt.Sprintf("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN;\n%s\n%s\n"+
		"PRAGMA application_id=%d; PRAGMA user_version=%d", schemaSQL, derivedSQL, applicationID, Schema)
	if _, err := w.conn.ExecContext(ctx, script); err != nil {
		return err
	}
	for key, value := range map[string]string{
		keySecret: signer.Secret, keyPublic: signer.Public, keyCheckpoint: string(checkpoint), keyFold: opt.Folder.ID(),
	} {
		if err := w.exec(ctx, setMeta, key, []byte(value), sum(key, value)); err != nil {
			return err
		}
	}
	var t totals
	if err := w.digests(ctx, &t); err != nil {
		return err
	}
	if err := w.store(ctx, &t); err != nil {
		return err
	}
	return w.exec(ctx, "COMMIT")
}

// publish gives a finished file its name without ever replacing another.
func publish(draft, path string) error {
	err := os.Link(draft, path)
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	if err != nil { // a file system without links
		if err := os.Rename(draft, path); err != nil {
			return err
		}
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// Open opens an archive. A file that is none, or that a newer program wrote,
// is an error of kind invalid input; no file one of kind not found.
func Open(ctx context.Context, path string, opt Options) (*Archive, error) {
	a, err := open(ctx, path, opt)
	if err != nil {
		return nil, explainFile(path, err)
	}
	return a, nil
}

func open(ctx context.Context, path string, opt Options) (*Archive, error) {
	if err := identify(path); err != nil {
		return nil, err
	}
	packer, err := archive.NewPacker()
	if err != nil {
		return nil, err
	}
	a := &Archive{path: path, opt: opt, packer: packer}
	if !opt.ReadOnly {
		if a.write, err = openWriter(ctx, a); err != nil {
			return nil, err
		}
	}
	if err := a.openReaders(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := a.load(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// idleReaders is the number of reading connections that are kept.
const idleReaders = 4

// openReaders opens the connections that read. Where SQLite may not make the
// files that it shares between processes, as on read-only media, the file is
// taken to be one that nobody changes.
func (a *Archive) openReaders(ctx context.Context) error {
	for _, extra := range []string{"", "&immutable=1"} {
		db, err := sql.Open("sqlite", dsn(a.path, "ro", a.opt.wait())+extra+"&_pragma=query_only(1)&_pragma=cache_size(-16384)")
		if err != nil {
			return err
		}
		db.SetMaxIdleConns(idleReaders)
		a.read = db
		var n int
		if err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&n); err == nil {
			return nil
		}
		if a.read = nil; extra != "" || !a.opt.ReadOnly || code(err) != cantOpen {
			return errors.Join(err, db.Close())
		}
		db.Close()
	}
	return nil
}

// dsn is the name of a file for the driver; it waits so long for locks.
func dsn(path, mode string, wait time.Duration) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	return fmt.Sprintf("%s?mode=%s&_pragma=busy_timeout(%d)&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)", u.String(), mode, wait.Milliseconds())
}

// identify looks at the first bytes of a file, so that nothing but an archive
// of a known version is opened by SQLite.
func identify(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var head [100]byte
	n, _ := f.ReadAt(head[:], 0)
	if n < len(head) || !strings.HasPrefix(string(head[:]), "SQLite format 3\x00") || be32(head[68:]) != applicationID {
		return &fault.Error{
			Kind: fault.Invalid, Input: path, Err: errors.New("not an archive of isnad"), Hint: "give the name of an .isnad file, or of a new one",
		}
	}
	if v := be32(head[60:]); v != Schema {
		return &fault.Error{
			Kind: fault.Invalid, Input: path, Err: fmt.Errorf("the archive has format %d, this program knows format %d", v, Schema),
			Hint: "use the version of isnad that wrote it, or a newer one",
		}
	}
	return nil
}

func be32(b []byte) uint32 {
	return uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
}

// Keys of the table meta.
const (
	keySecret     = "key.secret"
	keyPublic     = "key.public"
	keyCheckpoint = "checkpoint"
	keyFold       = "fold"
)

const setMeta = "INSERT OR REPLACE INTO meta (key, value, sum) VALUES (?, ?, ?)"

// meta reads a value of the table meta.
func (a *Archive) meta(ctx context.Context, key string) (string, error) {
	var value []byte
	var want int64
	err := a.read.QueryRowContext(ctx, "SELECT value, sum FROM meta WHERE key = ?", key).Scan(&value, &want)
	if err != nil {
		return "", fmt.Errorf("%s of the archive: %w", key, err)
	}
	if sum(key, string(value)) != want {
		return "", fmt.Errorf("%s of the archive was altered", key)
	}
	return string(value), nil
}

// load reads what stays the same while the archive is open. A damaged key is
// no reason not to open: verifying has to be possible.
func (a *Archive) load(ctx context.Context) error {
	id, _ := a.meta(ctx, keyFold)
	a.fold.Store(id)
	secret, err := a.meta(ctx, keySecret)
	if err != nil {
		return a.readOnlyAfter(err)
	}
	public, err := a.meta(ctx, keyPublic)
	if err != nil {
		return a.readOnlyAfter(err)
	}
	a.signer, err = archive.OpenSigner(secret, public)
	return a.readOnlyAfter(err)
}

// readOnlyAfter lets a damaged archive be read but not written.
func (a *Archive) readOnlyAfter(err error) error {
	if err == nil || a.opt.ReadOnly {
		return nil
	}
	return &fault.Error{
		Kind: fault.Invalid, Input: a.path, Err: err, Hint: "open it read-only and verify it",
	}
}

// Close ends the use of the file and folds what SQLite keeps beside it into it.
func (a *Archive) Close() error {
	var errs []error
	if a.read != nil {
		errs = append(errs, a.read.Close())
	}
	if a.write != nil {
		errs = append(errs, a.write.close())
	}
	return explain(a.path, errors.Join(errs...))
}

// Log is the log.
func (a *Archive) Log() archive.Log { return log{a} }

// Blobs is the preserved bytes.
func (a *Archive) Blobs() archive.Blobs { return blobs{a} }

// Index is the index.
func (a *Archive) Index() archive.Index { return index{a} }
