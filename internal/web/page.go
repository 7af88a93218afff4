package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/isnad/isnad/internal/capture/fetch"
	"github.com/isnad/isnad/internal/export"
)

// content is what a page shows, or a part of one.
type content interface {
	view(r *request) templ.Component
}

// part shows a part of a page. It is not inlined, for the compiler would copy
// the part's code into each page that shows it.
//
//go:noinline
func part(r *request, c content) templ.Component { return c.view(r) }

// shown makes controls of direction visible; templ escapes the rest.
func shown(s string) string { return export.Visible(s) }

// dir is the direction of a passage.
func dir(s string) string { return export.Direction(s) }

// request is one request with what its answer is written by.
type request struct {
	settings
	w     http.ResponseWriter
	r     *http.Request
	words *words
	site  *site
}

// T is a message of the interface.
func (r *request) T(key string, args ...string) string { return r.words.say(r.lang, key, args...) }

// N is a message that counts.
func (r *request) N(key string, n any) string {
	i, _ := strconv.Atoi(fmt.Sprint(n))
	return r.words.count(r.lang, key, i, r.number(i))
}

// Num writes a number in the digits of choice.
func (r *request) Num(n int) string { return r.number(n) }

// Date writes a day.
func (r *request) Date(t time.Time) string { return r.words.date(r.settings, t) }

// Lang and Dir are those of the interface.
func (r *request) Lang() string { return languages[r.lang] }

// Dir is the direction of the interface.
func (r *request) Dir() string {
	if r.Lang() == "ar" {
		return "rtl"
	}
	return "ltr"
}

// Back is where a change of settings returns to.
func (r *request) Back() string {
	if r.r.Method != http.MethodGet {
		return "/"
	}
	return r.r.URL.RequestURI()
}

// Chosen reports whether a setting has a value.
func (r *request) Chosen(name, value string) bool {
	return map[string]string{"lang": r.Lang(), "digits": r.digits, "months": r.months}[name] == value
}

// Choices are the values of a setting.
func (r *request) Choices(name string) []string { return choices[name] }

// Other is the other language of the interface.
func (r *request) Other() string { return languages[1-r.lang] }

// page makes a handler of a function, whose error it shows as a page.
func (s *site) page(do func(*request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := &request{settings: settingsOf(r), w: w, r: r, words: s.words, site: s}
		if err := do(q); err != nil && !errors.Is(err, context.Canceled) {
			q.fail(err)
		}
	}
}

// show writes a page. Nav is its entry of the navigation.
func (r *request) show(status int, nav, title string, p content) error {
	page, err := r.render(nav, title, p)
	if err != nil {
		return err
	}
	return r.send(status, page)
}

// render makes a page, whole before its first byte is sent, so that an error is
// never the end of half a page.
func (r *request) render(nav, title string, p content) ([]byte, error) {
	var b bytes.Buffer
	err := layout(r, nav, title, p.view(r)).Render(r.r.Context(), &b)
	return b.Bytes(), err
}

// send writes a page that is made.
func (r *request) send(status int, page []byte) error {
	r.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	r.w.WriteHeader(status)
	_, err := r.w.Write(page)
	return err
}

// static serves a file of the style and script.
func static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	w.Header().Set("Cache-Control", "max-age=600")
	if name == "page.css" {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		http.ServeContent(w, r, name, time.Time{}, strings.NewReader(export.PageStyle()))
		return
	}
	http.ServeFileFS(w, r, files, path.Join("static", path.Base(name)))
}

// entry is one of the navigation.
type entry struct{ Key, Path string }

// Nav is the navigation.
func (r *request) Nav() []entry {
	all := []entry{{"desk", "/"}, {"read", "/read"}, {"review", "/review"}}
	if r.site.Claims != nil {
		all = append(all, entry{"claims", "/claims"})
	}
	return append(all, entry{"parties", "/parties"}, entry{"sources", "/sources"}, entry{"search", "/search"}, entry{"log", "/log"})
}

// Num64 writes a number in the digits of choice.
func (r *request) Num64(n int64) string { return r.written(strconv.FormatInt(n, 10)) }

// SettingNames are the settings that a form offers.
func (r *request) SettingNames() []string {
	if r.Lang() == "ar" {
		return []string{"digits", "months"}
	}
	return nil
}

// passage is the address of a statement in its document, by its number from 1.
func passage(doc string, at int) string {
	return "/document/" + url.PathEscape(doc) + "#p" + strconv.Itoa(at)
}

// Begin is where a row of a drawing begins in the direction of the interface.
func (r *request) Begin(width int) int {
	if r.Dir() == "rtl" {
		return width
	}
	return 0
}

// sideNames are the words for the sides.
func (r *request) sideNames() [3]string { return export.SideNames(r.Lang()) }

// Address reports whether an input is the address of a page, which can be
// fetched again.
func (r *request) Address(input string) bool { return fetch.IsAddress(input) }

// anchor is where a text of a drawing is held, so that it begins or ends at a
// place on the left.
func (r *request) anchor(begin bool) string {
	if begin == (r.Dir() == "ltr") {
		return "start"
	}
	return "end"
}
