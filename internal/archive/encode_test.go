package archive_test

import (
	"reflect"
	"testing"

	"github.com/isnad/isnad/internal/archive"
	"github.com/isnad/isnad/internal/archive/archivetest"
)

func TestStatementRoundTrip(t *testing.T) {
	g := archivetest.NewGenerator(1)
	_, list := g.Document(200)
	for i := range list {
		got, err := archive.DecodeStatement(archive.EncodeStatement(nil, &list[i]))
		if err != nil || !reflect.DeepEqual(got, list[i]) {
			t.Fatalf("%+v became %+v: %v", list[i], got, err)
		}
	}
}

func FuzzDecodeStatement(f *testing.F) {
	_, list := archivetest.NewGenerator(1).Document(3)
	for i := range list {
		f.Add(archive.EncodeStatement(nil, &list[i]))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := archive.DecodeStatement(b)
		if err != nil {
			return
		}
		s.Check("a short text")
		again, err := archive.DecodeStatement(archive.EncodeStatement(nil, &s))
		if err != nil || again.Parent != s.Parent || len(again.Content) != len(s.Content) {
			t.Fatalf("%+v became %+v: %v", s, again, err)
		}
	})
}

func TestRecord(t *testing.T) {
	for _, bad := range []string{"", "{", `{"kind":"a","more":1}`, `[]`} {
		if _, err := archive.ParseRecord([]byte(bad)); err == nil {
			t.Errorf("%q is taken for an entry", bad)
		}
	}
}

func TestOpenIsBounded(t *testing.T) {
	p, err := archive.NewPacker()
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Pack(make([]byte, 32<<20)) // a few kB when packed
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int64{1 << 10, -1, archive.MaxBlob + 1, 32<<20 + 1} {
		lying := b
		lying.Size = size
		if _, err := p.Open(lying); err == nil {
			t.Errorf("a blob that says it has %d bytes is opened", size)
		}
	}
	if data, err := p.Open(b); err != nil || len(data) != 32<<20 {
		t.Errorf("the blob itself: %d bytes, %v", len(data), err)
	}
}
