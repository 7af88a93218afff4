package coding

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

type closer interface {
	Write(p []byte) (int, error)
	Close() error
}

func pack(make func(*bytes.Buffer) closer, body []byte) []byte {
	var b bytes.Buffer
	w := make(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

var packers = map[string]func(*bytes.Buffer) closer{
	"gzip":    func(b *bytes.Buffer) closer { return gzip.NewWriter(b) },
	"deflate": func(b *bytes.Buffer) closer { return zlib.NewWriter(b) },
	"Deflate": func(b *bytes.Buffer) closer {
		w, _ := flate.NewWriter(b, 6)
		return w
	},
	"br": func(b *bytes.Buffer) closer { return brotli.NewWriter(b) },
	"zstd": func(b *bytes.Buffer) closer {
		w, _ := zstd.NewWriter(b)
		return w
	},
}

func TestDecode(t *testing.T) {
	body := []byte(strings.Repeat("قال العمدة إن البئر تعمل. ", 5000))
	for name, make := range packers {
		packed := pack(make, body)
		if got, err := Decode(packed, name, int64(len(body))); err != nil || !bytes.Equal(got, body) {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if got, err := Decode(packed, name, 1000); !errors.Is(err, ErrTooLarge) || got != nil {
			t.Errorf("%s: a bomb: %d bytes, %v", name, len(got), err)
		}
		if got, err := Decode(packed[:len(packed)/2], name, 1<<20); err == nil || !bytes.HasPrefix(body, got) {
			t.Errorf("%s: half: %d bytes, %v", name, len(got), err)
		}
	}
	twice := pack(packers["gzip"], pack(packers["br"], body))
	if got, err := Decode(twice, "BR , gzip", 1<<20); err != nil || !bytes.Equal(got, body) {
		t.Errorf("twice: %d bytes, %v", len(got), err)
	}
	if got, err := Decode(body, "identity", 10); err != nil || !bytes.Equal(got, body) {
		t.Errorf("identity: %v", err)
	}
	for _, list := range []string{"rot13", "gzip,gzip,gzip,gzip,gzip"} {
		if _, err := Decode(body, list, 1<<20); err == nil {
			t.Errorf("%s: no error", list)
		}
	}
}

func TestDechunk(t *testing.T) {
	for in, want := range map[string]string{
		"3\r\nabc\r\n2;a=b\r\nde\r\n0\r\n\r\n": "abcde", "3\nabc\n0\n": "abc", "plain": "plain", "-1\r\nx": "-1\r\nx", "": "", "0\r\n\r\n": "",
	} {
		if got, err := Dechunk([]byte(in)); err != nil || string(got) != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{"3\r\nab": "ab", "3\r\nabc\r\nxyz": "abc", "ffffffffffffff\r\nab": "ab"} {
		if got, err := Dechunk([]byte(in)); err == nil || string(got) != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for name, make := range packers {
		f.Add(pack(make, []byte("said the mayor")), name)
	}
	f.Add([]byte("3\r\nabc\r\n0\r\n"), "chunked")
	f.Fuzz(func(t *testing.T, body []byte, list string) {
		const room = 1 << 16
		if got, _ := Decode(body, list, room); len(got) > max(room, len(body)) {
			t.Errorf("%d bytes", len(got))
		}
		if got, _ := Dechunk(body); len(got) > len(body) {
			t.Errorf("%d bytes of %d", len(got), len(body))
		}
	})
}
