package mem_test

import (
	"testing"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/archivetest"
	"github.com/isnad/isnad/internal/archive/mem"
	"github.com/isnad/isnad/internal/fold"
	"github.com/isnad/isnad/lang/ar"
)

func TestArchive(t *testing.T) {
	folder, err := fold.New(ar.Stems())
	if err != nil {
		t.Fatal(err)
	}
	archivetest.Run(t, archivetest.Backend{
		Folder: folder,
		New: func(t *testing.T) archive.Archive {
			a, err := mem.New(folder)
			if err != nil {
				t.Fatal(err)
			}
			return a
		},
	})
}
