package desk_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/sqlite"
	"github.com/isnad/isnad/internal/desk"
)

// TestAlteredBody puts another word into what was captured, as one would who
// wants it to have been said: verifying names the first byte of it, and making
// the index anew leaves the document out and files the others.
func TestAlteredBody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.isnad")
	a, err := sqlite.Create(ctx, path, sqlite.Options{Folder: folder(t)})
	if err != nil {
		t.Fatal(err)
	}
	k := archivist(t, a)
	said := "قال سالم الوردي إن المحطة مغلقة."
	add(t, k, texts(said, "قال كريم الحداد إن الجسر مفتوح."))
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	packer, err := archive.NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	altered := strings.Replace(said, "مغلقة", "مفتوحة", 1)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE blobs SET size = ?, packed = ? WHERE n = 1", len(altered), packer.Squeeze([]byte(altered))); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if a, err = sqlite.Open(ctx, path, sqlite.Options{Folder: folder(t)}); err != nil {
		t.Fatal(err)
	}
	k = archivist(t, a)
	defer k.Close()
	var found []string
	if _, err := k.Verify(ctx, func(f archive.Finding) { found = append(found, f.String()) }); err != nil {
		t.Fatal(err)
	}
	// The two words part at their second letter.
	want := "its text differs from byte 49 on"
	if !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, "document ") && strings.HasSuffix(s, want) }) {
		t.Errorf("found %q, want %s", found, want)
	}
	var unread []desk.Unread
	if err := k.Rebuild(ctx, func(p desk.Progress) { unread = append(unread, p.Unread...) }); err != nil {
		t.Fatal(err)
	}
	if len(unread) != 1 || unread[0].Capture != 0 {
		t.Errorf("unread are %v", unread)
	}
}
