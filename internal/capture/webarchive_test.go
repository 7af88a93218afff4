package capture

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// warcRecord writes a record of a web archive.
func warcRecord(kind, id, uri, block string, more ...string) string {
	lines := append([]string{
		"WARC/1.1", "WARC-Type: " + kind, "WARC-Record-ID: <urn:x:" + id + ">", "WARC-Target-URI: " + uri,
		"WARC-Date: 2026-03-01T09:00:00Z", fmt.Sprintf("Content-Length: %d", len(block)),
	}, more...)
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + block + "\r\n\r\n"
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

const (
	typeHTTP = "Content-Type: application/http"
	pageHTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
	pageBody = "<p>قال عمدة الصحراء إن البئر تعمل وإن المضخات وصلت كلها.</p>"
)

// exampleWARC holds what crawlers write: requests before and behind their
// responses, pictures, redirects, repetitions, and a damaged record.
func exampleWARC() []string {
	return []string{
		warcRecord("warcinfo", "0", "", "software: test\r\n"),
		warcRecord("response", "1", "http://a.example/1", pageHTTP+pageBody, typeHTTP, "WARC-Block-Digest: sha1:AAAA"),
		warcRecord("request", "2", "http://a.example/1", "GET /1 HTTP/1.1\r\n\r\n", typeHTTP, "WARC-Concurrent-To: <urn:x:1>"),
		warcRecord("request", "3", "http://a.example/2", "GET /2 HTTP/1.1\r\n\r\n", typeHTTP),
		warcRecord("response", "4", "http://a.example/2", pageHTTP+pageBody, typeHTTP),
		warcRecord("response", "5", "http://a.example/3", "HTTP/1.1 301 Moved\r\nLocation: /1\r\n\r\n", typeHTTP),
		warcRecord("resource", "6", "http://a.example/i.png", "\x89PNG", "Content-Type: image/png"),
		"WARC/1.1\r\nWARC-Type: resource\r\n\r\n",
		warcRecord("revisit", "7", "http://a.example/1", "", typeHTTP),
		warcRecord("conversion", "8", "http://a.example/4", "The well works, the mayor said.", "Content-Type: text/plain"),
	}
}

func TestWARCSources(t *testing.T) {
	records := exampleWARC()
	packed := ""
	for _, r := range records {
		packed += gzipped(r)
	}
	for _, archive := range []string{strings.Join(records, ""), packed} {
		in := &Inputs{Paths: []string{"-"}, Stdin: strings.NewReader(archive)}
		var got []string
		size := int64(0)
		for s := range in.Sources() {
			size += s.Size
			line := fmt.Sprintf("%s %v ", s.Record, s.Offset > 0)
			if c, err := s.Load(); err != nil {
				line += err.Error()
			} else {
				line += fmt.Sprintf("%s %s %s %q %s", c.URL, c.Media, c.At.Format("2006"), c.Header, strings.Join(c.Notes, ";"))
			}
			got = append(got, line)
		}
		for i, want := range []string{
			"1 false -:1: left out: warcinfo",
			`2 true http://a.example/1 text/html; charset=utf-8 2026 "GET /1 HTTP/1.1\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" wrong block digest`,
			"3 true", "4 true", `5 true http://a.example/2 text/html; charset=utf-8 2026 "GET /2 HTTP/1.1\r\n\r\nHTTP`,
			"6 true -:6: left out: HTTP status 301", "7 true -:7: left out: image/png", "8 true standard input: record 8 at byte ",
			"9 true -:9: left out: revisit", `10 true http://a.example/4 text/plain 2026 "" `,
		} {
			if i >= len(got) || !strings.HasPrefix(got[i], want) {
				t.Fatalf("source %d: %q, want %q", i, got[min(i, len(got)):], want)
			}
		}
		if len(got) != len(records) || size > int64(len(archive)) || size < int64(len(archive))/2 {
			t.Errorf("%d sources, %d of %d bytes", len(got), size, len(archive))
		}
		in.Stdin = strings.NewReader(archive)
		docs := loadAll(in)
		if len(docs) != 5 || !strings.HasPrefix(docs[0], "-:2 قال") || !strings.HasPrefix(docs[3], "-:10 The well") ||
			docs[4] != "-! standard input: left out 6: 2 request, 1 HTTP status 301, 1 image/png, 1 revisit, same as an earlier capture, 1 warcinfo" {
			t.Errorf("documents %q", docs)
		}
	}
}

func TestWARCNothing(t *testing.T) {
	for archive, want := range map[string]string{"": "no record in it", "%PDF-1.4 ....": `begins with "%PDF`, gzipped("x"): "begins with"} {
		got := loadAll(&Inputs{Paths: []string{"-"}, Form: WARC, Stdin: strings.NewReader(archive)})
		if len(got) != 1 && archive != gzipped("x") || len(got) == 0 || !strings.Contains(got[0], want) {
			t.Errorf("%q: %q", archive, got)
		}
	}
}
