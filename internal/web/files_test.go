package web

import (
	_ "embed"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

//go:embed testdata/payloads.txt
var payloadFile string

// readPayloads is the list of hostile texts, one a line; \u202E stands for that
// character.
func readPayloads() string {
	return strings.NewReplacer(`\u202E`, "\u202E", `\u2066`, "\u2066", `\u2069`, "\u2069", `\u0430`, "\u0430", `\u200F`, "\u200F", `\u0000`, "").Replace(payloadFile)
}

// readAll is the content of all files of a pattern but tests.
func readAll(t *testing.T, glob string) string {
	t.Helper()
	names, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, n := range names {
		if strings.HasSuffix(n, "_test.go") {
			continue
		}
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}

// TestPlainPage takes all from a page that could do something.
func TestPlainPage(t *testing.T) {
	for in, want := range map[string]string{
		`<p dir="rtl" onclick="x()" style="a">نص <a href="https://a.example">رابط</a></p>`: `<p dir="rtl">نص رابط</p>`,
		`<script>alert(1)</script><p>a<img src=x onerror=y>b</p><style>p{}</style>`:        `<p>ab</p>`,
		`<svg><script>alert(1)</script><p>x</p></svg><h1>t</h1>`:                           `<h1>t</h1>`,
		`<p lang='"><script>'>a &lt;b&gt; &amp;</p>`:                                       `<p lang="&#34;&gt;&lt;script&gt;">a &lt;b&gt; &amp;</p>`,
		`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`:                    `&#34;&gt;`,
		`<template><p>a</p></template>b`:                                                   `b`,
	} {
		if got := plainPage(in); got != want {
			t.Errorf("plainPage(%s)\n%s, want\n%s", in, got, want)
		}
	}
}

func TestForm(t *testing.T) {
	for n, want := range map[int]string{0: ".zero", 1: ".one", 2: ".two", 3: ".few", 10: ".few", 11: ".many", 99: ".many", 100: ".other", 102: ".other", 103: ".few", 111: ".many"} {
		if got := form("ar", n); got != want {
			t.Errorf("ar %d: %s, want %s", n, got, want)
		}
	}
	if form("en", 1) != ".one" || form("en", 0) != ".other" || form("en", 21) != ".other" {
		t.Error("English has two forms")
	}
}
