// Package web is the workspace: the pages on which people read, check and
// decide.
//
// # Invariant
//
// What comes from outside (texts, titles, names, queries, file names) is
// hostile. It reaches a page through templ or [export.Escape] only,
// no page carries a script or a style of its own, and none makes the browser
// ask another host for anything. Every page can be read without JavaScript.
// What changes something is a POST from the pages' own origin.
//
// A page is a file of Go, which works out what it shows, and one of templ beside
// it, which shows it. What templ makes of the latter is kept with them.
//
// The words of the interface are in words.tsv, one row a message; the
// direction of a passage follows the passage and not the interface.
package web

import (
	"context"
	"embed"
	"iter"
	"net/http"
	"sync"
	"time"

	"github.com/isnad/isnad/internal/capture"
	"github.com/isnad/isnad/internal/desk"
)

//go:generate go tool templ generate -include-version=false

//go:embed static words.tsv months.tsv
var files embed.FS

// Config is what the workspace works with.
type Config struct {
	// Host is what it listens on, as host:port. Requests that name another
	// host are refused, so that no other site's name can be pointed here.
	Host    string
	Version string
	Reader  Reader
	Archive *desk.Archivist
	Claims  Claims
	// Fetch gives the pages at addresses.
	Fetch func(links []string) iter.Seq[capture.Source]
	// Context ends work that goes on behind the pages.
	Context context.Context
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
	drafts *drafts
	jobs   jobs
	roster cached[*desk.Roster]
	stats  cached[desk.Stats]
	// rendered are pages that were made of the state that looked tells.
	rendered rendered
	looked   glanced
	// deciding lets one decision be checked and taken at a time.
	deciding sync.Mutex
}

// New makes the handler of the workspace.
func New(c Config) (http.Handler, error) {
	w, err := loadWords(files)
	if err != nil {
		return nil, err
	}
	s := &site{Config: c, words: w, drafts: newDrafts(c.Now)}
	mux := http.NewServeMux()
	for pattern, page := range map[string]func(*request) error{
		"GET /{$}":                        s.home,
		"GET /read":                       s.readForm,
		"POST /read":                      s.readPost,
		"GET /read/{draft}":               s.readDraft,
		"POST /read/{draft}/save":         s.save,
		"POST /add":                       s.add,
		"GET /job/{id}":                   s.job,
		"GET /review":                     s.queue,
		"GET /search":                     s.search,
		"GET /search.atom":                s.searchFeed,
		"GET /document/{id}":              s.document,
		"GET /document/{id}/changes":      s.documentChanges,
		"GET /capture/{entry}":            s.capture,
		"GET /preserved/{entry}/original": s.original,
		"GET /preserved/{entry}":          s.preserved,
		"GET /parties":                    s.parties,
		"GET /party/{id}":                 s.party,
		"GET /sources":                    s.sources,
		"POST /watch":                     s.watch,
		"GET /log":                        s.log,
		"GET /corrections.jsonl":          s.corrections,
		"POST /decide":                    s.decide,
		"POST /settings":                  s.settings,
		"/":                               func(*request) error { return errNoPage },
	} {
		mux.HandleFunc(pattern, s.page(page))
	}
	if c.Claims != nil {
		mux.HandleFunc("GET /claims", s.page(s.claims))
		mux.HandleFunc("GET /claim/{id}", s.page(s.claim))
		mux.HandleFunc("GET /claim/{id}/review.json", s.page(s.claimReview))
	}
	mux.HandleFunc("GET /job/{id}/events", s.jobEvents)
	mux.HandleFunc("GET /static/{file}", static)
	return guard(c.Host, mux), nil
}
