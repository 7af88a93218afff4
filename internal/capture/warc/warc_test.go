package warc

import (
	"bytes"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// record writes a record with a block and further header lines.
func record(kind, uri, block string, more ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Date: 2026-03-01T09:00:00Z\r\n", kind, kind)
	if uri != "" {
		fmt.Fprintf(&b, "WARC-Target-URI: %s\r\n", uri)
	}
	for _, line := range more {
		b.WriteString(line + "\r\n")
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
	return b.String()
}

func digest(s string) string {
	sum := sha1.Sum([]byte(s))
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}

// page is the block of a response.
func page(body string, head ...string) string {
	return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + strings.Join(append(head, ""), "\r\n") + "\r\n" + body
}

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

func zst(s string, options ...zstd.EOption) string {
	e, err := zstd.NewWriter(nil, options...)
	if err != nil {
		panic(err)
	}
	return string(e.EncodeAll([]byte(s), nil))
}

// dictionary makes one for packing records.
func dictionary(t *testing.T) []byte {
	t.Helper()
	var samples [][]byte
	for i := range 10 {
		samples = append(samples, fmt.Appendf(nil, "WARC/1.1 response %d of the mayor of Sahra %d", i*i, i))
	}
	dict, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: samples, History: []byte("WARC/1.1\r\nWARC-Type: response\r\n"), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	return dict
}

// skippable is the frame that an archive with a dictionary begins with.
func skippable(dict string) string {
	return "\x5D\x2A\x4D\x18" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(dict)))) + dict
}

// list reads an archive and says for every record what became of it.
func list(r io.Reader) (out []string) {
	in := NewReader(r)
	var buf bytes.Buffer
	for {
		rec, err := in.Next()
		var p *Payload
		if err == nil {
			p, err = rec.Payload(&buf, 1<<20)
		}
		if err == nil {
			err = p.Open(1 << 20)
		}
		d, damaged := errors.AsType[*Damage](err)
		switch {
		case err == io.EOF:
			return out
		case damaged:
			out = append(out, fmt.Sprintf("%d@%d! %v", d.No, d.Offset, d.Err))
		case err != nil:
			return append(out, "stopped: "+err.Error())
		default:
			line := fmt.Sprintf("%d@%d %s %d %s %q", rec.No, rec.Offset, rec.Type, p.Status, p.Media, p.Body)
			out = append(out, line+strings.Join(p.Notes, "; "))
		}
	}
}

// stream hides that an input could go back.
type stream struct{ io.Reader }

func TestPackings(t *testing.T) {
	records := []string{
		record("warcinfo", "", "software: test\r\n"),
		record("response", "http://sahra.example/a", page("<p>قال عمدة الصحراء إن البئر تعمل</p>"), "Content-Type: application/http; msgtype=response"),
		record("resource", "file:///b.txt", "The well works, the mayor said.", "Content-Type: text/plain"),
	}
	join := func(pack func(string) string) string {
		var b strings.Builder
		for _, r := range records {
			b.WriteString(pack(r))
		}
		return b.String()
	}
	dict := dictionary(t)
	withDict := join(func(s string) string { return zst(s, zstd.WithEncoderDict(dict)) })
	for name, archive := range map[string]string{
		"plain":           join(func(s string) string { return s }),
		"gzip":            join(gz),
		"one gzip member": gz(strings.Join(records, "")),
		"zstd":            join(func(s string) string { return zst(s, zstd.WithEncoderCRC(true)) }),
		"zstd, streamed":  join(func(s string) string { return zst(s, zstd.WithSingleSegment(false), zstd.WithEncoderCRC(false)) }),
		"dictionary":      skippable(string(dict)) + withDict,
		"packed one":      skippable(zst(string(dict))) + withDict,
		"line feeds only": strings.ReplaceAll(join(func(s string) string { return s }), "\r\n\r\nWARC", "\n\nWARC"),
	} {
		for _, r := range []io.Reader{strings.NewReader(archive), stream{strings.NewReader(archive)}} {
			got := list(r)
			want := []string{`warcinfo 0  "software`, `response 200 text/html "<p>قال`, `resource 0 text/plain "The well`}
			if len(got) != 3 {
				t.Fatalf("%s: %q", name, got)
			}
			for i := range want {
				if !strings.HasPrefix(got[i], fmt.Sprintf("%d@", i+1)) || !strings.Contains(got[i], want[i]) || strings.Contains(got[i], "digest") {
					t.Errorf("%s: record %d: %s", name, i+1, got[i])
				}
			}
		}
	}
}

func TestDamage(t *testing.T) {
	a, b, c := record("resource", "u:a", "AAAA"), record("resource", "u:b", "BBBB"), record("resource", "u:c", "CCCC")
	broken := []byte(gz(b))
	broken[len(broken)/2] ^= 0xFF
	long := strings.Replace(b, "Content-Length: 4", "Content-Length: 40", 1)
	for _, test := range []struct {
		name, archive string
		want          []string // of the middle; "AAAA" comes before and "CCCC" behind
	}{
		{"no length", a + strings.Replace(b, "Content-Length: 4\r\n", "", 1) + c, []string{fmt.Sprintf("2@%d! no Content-Length", len(a))}},
		{"negative length", a + strings.Replace(b, "Length: 4", "Length: -4", 1) + c, []string{"is no number of bytes"}},
		{"no type", a + strings.Replace(b, "WARC-Type", "X-Type", 1) + c, []string{"no WARC-Type"}},
		{"no colon", a + strings.Replace(b, "WARC-Type:", "WARC-Type", 1) + c, []string{"has no colon"}},
		{"junk", a + "junk\r\nmore\r\n" + c, []string{`begins with "junk`}},
		{"too short", a + strings.Replace(b, "Length: 4", "Length: 2", 1) + c, []string{"does not end at the end"}},
		{"too long", a + long + c, []string{fmt.Sprintf("2@%d! its Content-Length of 40", len(a))}},
		{"gzip: bad header", gz(a) + gz("WARC/1.0\r\nX\r\n\r\n") + gz(c), []string{fmt.Sprintf("2@%d! header line", len(gz(a)))}},
		{"gzip: damaged", gz(a) + string(broken) + gz(c), []string{fmt.Sprintf("2@%d! ", len(gz(a)))}},
		{"gzip: junk", gz(a) + "junk" + gz(c), []string{fmt.Sprintf("2@%d! gzip: ", len(gz(a)))}},
		{"gzip: too long", gz(a) + gz(long) + gz(c), []string{"the block ends after 8 of 40 bytes"}},
		{"zstd: damaged", zst(a) + zst(b)[:40] + zst(c), []string{fmt.Sprintf("2@%d! zstd", len(zst(a)))}},
		{"endless header", a + "WARC/1.0\r\n" + strings.Repeat("A: b\r\n", maxHeader/6) + "\r\n" + c, []string{"a header of more than"}},
	} {
		got := list(strings.NewReader(test.archive))
		if len(got) != 2+len(test.want) || !strings.Contains(got[0], `"AAAA"`) || !strings.Contains(got[len(got)-1], `"CCCC"`) {
			t.Errorf("%s: %q", test.name, got)
			continue
		}
		for i, w := range test.want {
			if !strings.Contains(got[1+i], w) {
				t.Errorf("%s: %q, want %q", test.name, got[1+i], w)
			}
		}
	}
	for _, head := range []string{"\x5D\x2A\x4D\x18", skippable("x")[:8], skippable("\x28\xB5\x2F\xFD")} {
		got := list(strings.NewReader(head))
		if len(got) != 1 || !strings.HasPrefix(got[0], "1@0! zstd dictionary: ") {
			t.Errorf("a damaged dictionary: %q", got)
		}
	}
	for cut := range len(a) - 2 {
		if got := list(strings.NewReader(a + b[:cut])); len(got) == 0 || !strings.Contains(got[0], "AAAA") || len(got) > 2 {
			t.Fatalf("cut at %d: %q", cut, got)
		}
	}
}

func TestPayload(t *testing.T) {
	body := strings.Repeat("<p>said</p>", 30)
	chunked := "5\r\n<p>sa\r\n6;x=y\r\nid</p>\r\n0\r\n\r\n"
	http := "Content-Type: application/http;msgtype=response"
	for _, test := range []struct {
		name, block string
		fields      []string
		body, note  string
	}{
		{"chunks", page(chunked, "Transfer-Encoding: chunked"), []string{"WARC-Payload-Digest: " + digest("<p>said</p>")}, "<p>said</p>", ""},
		{"chunks in the digest", page(chunked, "Transfer-Encoding: chunked"), []string{"WARC-Payload-Digest: " + digest(chunked)}, "<p>said</p>", ""},
		{"chunks that are gone", page(body, "Transfer-Encoding: chunked"), nil, body, ""},
		{"half a chunk", page("5\r\n<p>sa\r\nF\r\nid", "Transfer-Encoding: chunked"), nil, "<p>said", "the last chunk is cut short"},
		{"gzip", page(gz(body), "Content-Encoding: gzip"), []string{"WARC-Payload-Digest: " + digest(gz(body))}, body, ""},
		{"half of gzip", page(gz(body)[:25], "Content-Encoding: gzip"), nil, "", "unpacked in part: gzip: it is cut short"},
		{"gzip that is gone", page(body, "Content-Encoding: gzip"), nil, body, "taken as it is"},
		{"two codings", page(zst(gz(body)), "Content-Encoding: gzip, zstd"), nil, body, ""},
		{"unknown coding", page(body, "Content-Encoding: rot13"), nil, body, "no coding that can be undone"},
		{"wrong block", page("x"), []string{"WARC-Block-Digest: " + digest("y")}, "x", "wrong block digest: the record says"},
		{"wrong payload", page("x"), []string{"WARC-Payload-Digest: " + digest("y")}, "x", "wrong payload digest"},
		{"unknown digest", page("x"), []string{"WARC-Block-Digest: crc:1"}, "x", "not checked"},
		{"cut", page("x"), []string{"WARC-Truncated: length"}, "x", "cut short when it was captured: length"},
	} {
		got := list(strings.NewReader(record("response", "http://a.example/", test.block, append(test.fields, http)...)))
		if len(got) != 1 || !strings.Contains(got[0], fmt.Sprintf("200 text/html %q", test.body)) && test.body != "" || !strings.Contains(got[0], test.note) {
			t.Errorf("%s: %q", test.name, got)
		}
		if test.note == "" && !strings.HasSuffix(got[0], `"`) {
			t.Errorf("%s: a note: %q", test.name, got)
		}
	}
	bomb := record("response", "http://a.example/", page(gz(strings.Repeat("\x00", 2<<20)), "Content-Encoding: gzip"), http)
	big := record("resource", "u:big", strings.Repeat("x", 1<<20+1))
	got := list(strings.NewReader(bomb + big + record("resource", "u:c", "CCCC")))
	if len(got) != 3 || !strings.HasPrefix(got[0], "1@0! gzip: unpacks to more") || !strings.Contains(got[1], "block of 1048577 bytes is more") || !strings.Contains(got[2], "CCCC") {
		t.Errorf("a bomb: %.200q", got)
	}
}

// TestBomb passes over a record that unpacks to very much.
func TestBomb(t *testing.T) {
	bomb := record("resource", "u:bomb", strings.Repeat("\x00", 20<<20))
	for _, pack := range []func(string) string{gz, func(s string) string { return zst(s) }} {
		in := NewReader(strings.NewReader(pack(bomb) + pack(record("resource", "u:c", "CCCC"))))
		if _, err := in.Next(); err != nil {
			t.Fatal(err)
		}
		_, err := in.Next()
		if d, ok := errors.AsType[*Damage](err); !ok || d.No != 1 || !strings.Contains(err.Error(), "times its size") {
			t.Errorf("a bomb: %v", err)
		}
		if rec, err := in.Next(); err != nil || rec.URI != "u:c" {
			t.Errorf("behind a bomb: %+v, %v", rec, err)
		}
	}
}

// TestHeader checks header lines as some writers have them.
func TestHeader(t *testing.T) {
	in := NewReader(strings.NewReader("\r\nWARC/0.18\nwarc-type:Response\nWARC-Target-URI: <http://a.example/\n b>\nWARC-Date: yesterday\ncontent-length: 0\n\n"))
	rec, err := in.Next()
	if err != nil || rec.Type != "response" || rec.URI != "http://a.example/ b" || !rec.Date.IsZero() || rec.Offset != 2 {
		t.Errorf("%+v, %v", rec, err)
	}
	if _, err := in.Next(); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

// failer fails for good.
type failer struct{ io.Reader }

func (f failer) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("the disk is gone")
	}
	return n, err
}

func TestUnreadable(t *testing.T) {
	archive := record("resource", "u:a", "AAAA")
	for _, whole := range []string{archive, gz(archive), zst(archive)} {
		for _, cut := range []int{3, len(whole) / 2, len(whole)} {
			got := list(failer{strings.NewReader(whole[:cut])})
			if last := got[len(got)-1]; !strings.Contains(last, "the disk is gone") || len(got) > 4 {
				t.Errorf("cut at %d of %d: %q", cut, len(whole), got)
			}
		}
	}
}

func FuzzWARC(f *testing.F) {
	a := record("response", "http://a.example/", page("5\r\n<p>sa\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), "WARC-Payload-Digest: sha1:A", "Content-Type: application/http")
	for _, seed := range []string{a, a + a, gz(a) + gz(a), gz(a + a), zst(a) + zst(a), skippable("x") + zst(a), "WARC/1.0\r\n\r\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, archive []byte) {
		got := list(bytes.NewReader(archive))
		if len(got) > len(archive)+1 {
			t.Fatalf("%d records of %d bytes", len(got), len(archive))
		}
		if !slices.Equal(got, list(bytes.NewReader(archive))) {
			t.Error("read again it is another")
		}
	})
}
