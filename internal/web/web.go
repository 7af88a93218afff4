// Package web is the workspace: the pages on which people read, check and
// decide.
//
// # Invariant
//
// What comes from outside (texts, titles, names, queries, file names) is
// hostile. It reaches a page through html/template or [export.Escape] only,
// no page carries a script or a style of its own, and none makes the browser
// ask another host for anything. Every page can be read without JavaScript.
// What changes something is a POST from the pages' own origin.
//
// The words of the interface are in words.tsv, one row a message; the
// direction of a passage follows the passage and not the interface.
package web

import (
	"context"
	"embed"
	"net/http"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
)

//go:embed templates static words.tsv months.tsv
var files embed.FS

// Config is what the workspace works with.
type Config struct {
	// Host is what it listens on, as host:port. Requests that name another
	// host are refused, so that no other site's name can be pointed here.
	Host    string
	Version string
	Reader  Reader
	Claims  Claims
	Now     func() time.Time
}

// Reader reads documents that nobody has asked to keep.
type Reader interface {
	ReadOne(ctx context.Context, item capture.Item) (*desk.Read, error)
}

// site serves the pages.
type site struct {
	Config
	words  *words
	pages  pages
	drafts *drafts
}

// New makes the handler of the workspace.
func New(c Config) (http.Handler, error) {
	w, err := loadWords(files)
	if err != nil {
		return nil, err
	}
	p, err := loadPages(files)
	if err != nil {
		return nil, err
	}
	s := &site{Config: c, words: w, pages: p, drafts: newDrafts(c.Now)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page(s.home))
	mux.HandleFunc("GET /read", s.page(s.readForm))
	mux.HandleFunc("POST /read", s.page(s.readPost))
	mux.HandleFunc("GET /read/{draft}", s.page(s.readDraft))
	mux.HandleFunc("GET /claims", s.page(s.claims))
	mux.HandleFunc("GET /claim/{id}", s.page(s.claim))
	mux.HandleFunc("POST /settings", s.page(s.settings))
	mux.HandleFunc("GET /static/{file}", static)
	mux.HandleFunc("/", s.page(func(*request) error { return errNoPage }))
	return guard(c.Host, mux), nil
}

func (s *site) home(r *request) error {
	http.Redirect(r.w, r.r, "/read", http.StatusSeeOther)
	return nil
}
