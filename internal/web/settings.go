package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// settings are the choices of a reader about the interface, kept in cookies.
type settings struct {
	lang   int    // into languages
	digits string // "latin" or "arabic"
	months string // a row of months.tsv
}

// choices are the values of each setting, the first one being in force where
// nothing was chosen.
var choices = map[string][]string{
	"lang": {"en", "ar"}, "digits": {"latin", "arabic"}, "months": {"levant", "egypt", "morocco", "algeria"},
}

// maxName bounds the name that decisions are signed with, in bytes.
const maxName = 200

// name is who signs decisions, or "".
func (r *request) name() string {
	c, err := r.r.Cookie("name")
	if err != nil {
		return ""
	}
	name, err := url.QueryUnescape(c.Value)
	if err != nil || len(name) > maxName {
		return ""
	}
	return name
}

// settingsOf reads the cookies of a request; the language is else the one the
// browser asks for.
func settingsOf(r *http.Request) settings {
	value := func(name string) string {
		if c, err := r.Cookie(name); err == nil && slices.Contains(choices[name], c.Value) {
			return c.Value
		}
		if name == "lang" && strings.HasPrefix(r.Header.Get("Accept-Language"), "ar") {
			return "ar"
		}
		return choices[name][0]
	}
	return settings{lang: slices.Index(languages[:], value("lang")), digits: value("digits"), months: value("months")}
}

// settings keeps the choices that are posted and goes back to the page.
func (s *site) settings(r *request) error {
	if err := r.r.ParseForm(); err != nil {
		return badForm(err)
	}
	for name, values := range choices {
		if v := r.r.PostForm.Get(name); slices.Contains(values, v) {
			r.remember(name, v)
		}
	}
	if v := strings.TrimSpace(r.r.PostForm.Get("name")); v != "" && len(v) <= maxName {
		r.remember("name", url.QueryEscape(v))
	}
	http.Redirect(r.w, r.r, localPath(r.r.PostForm.Get("back")), http.StatusSeeOther)
	return nil
}

// remember sets a cookie for as long as browsers keep one.
func (r *request) remember(name, value string) {
	http.SetCookie(r.w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: 400 * 24 * 60 * 60, HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
}

// localPath is a path of this site, or the first page.
func localPath(p string) string {
	u, err := url.Parse(p)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.ContainsAny(p, "\\\r\n") {
		return "/"
	}
	return p
}

// number writes a number in the digits of choice.
func (s settings) number(n int) string { return s.written(strconv.Itoa(n)) }

// written puts the digits of a text into those of choice.
func (s settings) written(text string) string {
	if s.digits != "arabic" || languages[s.lang] != "ar" {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '٠'
		}
		return r
	}, text)
}

// date writes a day, with the month's name as the reader's region has it.
func (w *words) date(s settings, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	row := s.months
	if languages[s.lang] == "en" {
		row = "en"
	}
	return s.written(strconv.Itoa(t.Day())) + " " + w.months[row][t.Month()-1] + " " + s.written(strconv.Itoa(t.Year()))
}
