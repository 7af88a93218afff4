package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/isnad/isnad/internal/sample"
)

// missing skips a test for want of a program, and fails it where the machine
// is one that has to have it.
func missing(t testing.TB, what, remedy string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("no %s: %s", what, remedy)
	}
	t.Skipf("no %s: %s", what, remedy)
}

// newBrowser starts a Chromium without a window, or skips.
func newBrowser(t testing.TB) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium", "install the Debian packages chromium and fonts-noto-core")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WindowSize(1280, 900))
	all, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(all)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(stop)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// serveSite serves a workspace on a free port.
func serveSite(t *testing.T, config Config) string {
	t.Helper()
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	config.Host = strings.TrimPrefix(server.URL, "http://")
	var err error
	if h, err = New(config); err != nil {
		t.Fatal(err)
	}
	return server.URL
}

// watch gathers what a page must not do: ask for anything but its own site, or
// report an error.
type watch struct {
	mu  sync.Mutex
	own string
	bad []string
}

func newWatch(ctx context.Context, own string) *watch {
	w := &watch{own: own}
	chromedp.ListenTarget(ctx, func(event any) {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, w.own+"/") && !strings.HasPrefix(u, "data:") {
				w.bad = append(w.bad, "asked for "+u)
			}
		case *runtime.EventExceptionThrown:
			w.bad = append(w.bad, e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError {
				w.bad = append(w.bad, fmt.Sprint("console: ", e.Args))
			}
		case *page.EventJavascriptDialogOpening:
			w.bad = append(w.bad, "a dialog: "+e.Message)
		}
	})
	return w
}

// check fails the test for what was gathered since the last look.
func (w *watch) check(t *testing.T, where string) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, b := range w.bad {
		t.Errorf("%s: %s", where, b)
	}
	w.bad = nil
}

// look sets light or dark and the width of the window.
func look(dark bool, width int64) chromedp.Action {
	value := "light"
	if dark {
		value = "dark"
	}
	return chromedp.Tasks{
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}),
		emulation.SetDeviceMetricsOverride(width, 900, 1, false),
	}
}

// language sets the language of the interface and the digits.
func inLanguage(own, language string) chromedp.Action {
	digits := map[string]string{"ar": "arabic", "en": "latin"}[language]
	return chromedp.Tasks{
		network.SetCookie("lang", language).WithURL(own),
		network.SetCookie("digits", digits).WithURL(own),
	}
}

// loaded waits for the page that shows what the selector names, and for its
// end: the browser ends the next step with ERR_ABORTED where the load of a page
// that is shown already has not ended.
func loaded(selector string) chromedp.Action {
	return chromedp.Tasks{
		chromedp.WaitVisible(selector),
		chromedp.Poll(`document.readyState === "complete"`, nil),
	}
}

// visit opens an address. A load that the browser gives up because one that was
// under way before ended at that moment is begun again.
func visit(address string) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		for try := 1; ; try++ {
			err := chromedp.Navigate(address).Do(ctx)
			if err == nil || try == 3 || !strings.Contains(err.Error(), "net::ERR_ABORTED") {
				return err
			}
		}
	})
}

// axe is the source of axe-core, which is no part of the program; or the test
// is skipped.
func axe(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		missing(t, "axe-core", "run: npm install --no-save --no-package-lock --prefix internal/web/testdata axe-core@4.14.1")
	}
	return string(b)
}

// violation is what axe-core found.
type violation struct {
	ID, Help string
	Nodes    []struct{ HTML, FailureSummary string }
}

// accessible runs axe-core, which is there already, on the page that is open.
func accessible(ctx context.Context, t *testing.T, where string) {
	t.Helper()
	var found string
	run := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	err := chromedp.Run(ctx, chromedp.Evaluate(`axe.run({resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => ({html: n.html, failureSummary: n.failureSummary}))}))))`, &found, run))
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	var all []violation
	if err := json.Unmarshal([]byte(found), &all); err != nil {
		t.Fatal(err)
	}
	for _, v := range all {
		for _, n := range v.Nodes {
			t.Errorf("%s: %s (%s)\n%s\n%s", where, v.ID, v.Help, n.HTML, n.FailureSummary)
		}
	}
}

// picture keeps a picture of the page where SCREENSHOTS names a folder. The
// window is made as high as the page: a picture of more than the window shows
// Arabic pages moved to the side.
func picture(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("SCREENSHOTS")
	if dir == "" {
		return
	}
	var size struct{ Width, Height int64 }
	err := chromedp.Run(ctx, chromedp.Evaluate(`({Width: innerWidth, Height: Math.max(innerHeight, document.documentElement.scrollHeight)})`, &size))
	if err != nil {
		t.Fatal(err)
	}
	var b []byte
	err = chromedp.Run(ctx, emulation.SetDeviceMetricsOverride(size.Width, size.Height, 1, false), chromedp.CaptureScreenshot(&b))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPages opens every page in both languages, light and dark, wide and as
// narrow as a telephone.
func TestPages(t *testing.T) {
	ctx := newBrowser(t)
	source := axe(t)
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, a := range articles {
		texts = append(texts, a.Text)
	}
	own := serveSite(t, newConfig(t, texts...))
	watch := newWatch(ctx, own)
	if err := chromedp.Run(ctx, network.Enable(), runtime.Enable(), page.Enable()); err != nil {
		t.Fatal(err)
	}
	for _, p := range everyPage(ctx, t, own, articles[0].Text) {
		for _, language := range languages {
			where := p.name + "-" + language
			err := chromedp.Run(ctx, inLanguage(own, language), look(false, 1280), visit(own+p.path), chromedp.WaitReady("#main"),
				chromedp.Evaluate(source+";0", nil))
			if err != nil {
				t.Fatalf("%s: %v", where, err)
			}
			picture(ctx, t, where)
			accessible(ctx, t, where)
			if err := chromedp.Run(ctx, look(true, 1280)); err != nil {
				t.Fatal(err)
			}
			accessible(ctx, t, where+"-dark")
			fits(ctx, t, where)
			picture(ctx, t, where+"-narrow")
			watch.check(t, where)
		}
	}
}

// fits checks that a page needs no more room than a telephone has.
func fits(ctx context.Context, t *testing.T, where string) {
	t.Helper()
	var over bool
	err := chromedp.Run(ctx, look(true, 390), chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &over))
	if err != nil {
		t.Fatal(err)
	}
	if over {
		t.Errorf("%s: the page is wider than its window", where)
	}
}

// somePage is a page with its address.
type somePage struct{ name, path string }

// everyPage gives the pages; a text is pasted for those that need one.
func everyPage(ctx context.Context, t *testing.T, own, article string) []somePage {
	t.Helper()
	var at, kept, party string
	err := chromedp.Run(ctx, visit(own+"/read"),
		chromedp.SetValue("#text", article, chromedp.ByID),
		chromedp.Click("form.stack button"), loaded("ol.list"), chromedp.Location(&at),
		visit(own+"/search"), chromedp.AttributeValue(".hits a", "href", &kept, nil),
		visit(own+"/parties"), chromedp.AttributeValue(".parties a", "href", &party, nil))
	if err != nil {
		t.Fatal(err)
	}
	// The same page with another fragment would not be loaded again.
	kept, _, _ = strings.Cut(kept, "#")
	return []somePage{
		{"desk", "/"},
		{"read", "/read"},
		{"draft", strings.TrimPrefix(at, own)},
		{"document", kept},
		{"review", "/review"},
		{"search", "/search?q=" + url.QueryEscape("الجسر")},
		{"parties", "/parties"},
		{"party", party},
		{"log", "/log"},
		{"sources", "/sources"},
		{"changes", kept + "/changes"},
		{"claims", "/claims?all=1"},
		{"claim", "/claim/bridge"},
		{"error", "/nothing"},
	}
}
