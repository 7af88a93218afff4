package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestWalk goes the whole way in a browser, with keys where there are some:
// paste, read, keep, the board of a claim, confirm, correct, verdict, undo,
// export.
func TestWalk(t *testing.T) {
	ctx := newBrowser(t)
	own := serveSite(t, withClaims(t, newConfig(t)))
	watch := newWatch(ctx, own)
	if err := chromedp.Run(ctx, network.Enable(), runtime.Enable(), page.Enable()); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{
		"ar": "قال وزير المياه سليم الحداد إن المحطة لن تتوقف يوما واحدا. ونفى المجلس البلدي أنه أغلق الطريق القديم.",
		"en": "The minister of water, Selim Haddad, said that the station would not stop for a day. The town council denied that it had closed the old road.",
	}
	corrected := map[string]string{"ar": "أغلق الطريق القديم", "en": "it had closed the old road"}
	for _, language := range languages {
		w := walker{ctx, t, own, language}
		w.do("read", network.ClearBrowserCookies(), inLanguage(own, language), visit(own+"/read"), chromedp.SetValue("#text", texts[language], chromedp.ByID), chromedp.Click("form.stack button"), loaded(".list #s2"))
		w.do("keep", chromedp.Click("form.note button"), loaded(".decide"))
		var document string
		w.do("address", chromedp.Location(&document))
		w.do("board", visit(own+"/claims"), loaded("#main h1"), visit(document), loaded(`#s2 a[href^="/claim/"]`),
			chromedp.Click(`#s2 a[href^="/claim/"]`), loaded(".board .deny .st"))
		w.sees(".board .deny mark", corrected[language])
		w.do("back", visit(document), loaded(".decide"))

		w.do("unsigned", chromedp.KeyEvent("j"), chromedp.KeyEvent("c"), loaded("h1 + p + p.note"))
		w.sees("h1", map[string]string{"en": "This cannot be read", "ar": "تعذّرت قراءة هذا"}[language])
		w.do("name", visit(document), chromedp.Click(".settings summary"), chromedp.SetValue(`.settings input[name="name"]`, "Rana رنا"), chromedp.Click(".settings button"), chromedp.WaitVisible(".settings:not([open])"), loaded(".decide"))

		w.do("confirm", chromedp.KeyEvent("j"), chromedp.KeyEvent("c"), loaded("#s1 .human"))
		w.sees("#s1 .human", "Rana رنا")
		w.do("correct", visit(document), chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("e"),
			chromedp.SetValue("#s2 textarea", corrected[language]), chromedp.Click(`#s2 button[value="statement.correct"]`), loaded("#s2 .human"))
		w.sees("#s2 blockquote", corrected[language])

		w.verdict(document)
		gold := w.gold()
		if len(gold) == 0 || !strings.HasSuffix(gold[len(gold)-1], corrected[language]) {
			t.Errorf("%s: the export has %q", language, gold)
		}
		w.do("undo", visit(document), loaded("#s2 .human"), chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("u"), loaded("#s2 .human s"))
		if g := w.gold(); len(g) != len(gold)-1 {
			t.Errorf("%s: the export has %q after the undoing", language, g)
		}
		watch.check(t, language)
	}
}

// verdict gives a verdict about the claim of the second statement of a document,
// with its reasons, reads what is to be published, and takes it back.
func (w walker) verdict(document string) {
	w.t.Helper()
	reasons := map[string]string{"en": "The road was open that day: see the picture.", "ar": "كان الطريق مفتوحا يومها كما في الصورة."}[w.language]
	var claim string
	w.do("verdict", visit(w.own+"/claims"), loaded("#main h1"), visit(document), loaded(`#s2 a[href^="/claim/"]`),
		chromedp.Click(`#s2 a[href^="/claim/"]`), loaded("#verdict"), chromedp.Location(&claim),
		chromedp.SetValue("#verdict", reasons), chromedp.Click(`form:has(#verdict) button`), loaded(".human"))
	w.sees(".human", reasons)
	if got := w.body(claim + "/review.json"); !strings.Contains(got, reasons) {
		w.t.Errorf("%s: what is to be published is %s", w.language, got)
	}
	w.do("verdict undone", visit(claim), loaded(".human"), chromedp.KeyEvent("u"), loaded(".human s"))
}

// body is what an address of the site gives.
func (w walker) body(address string) string {
	w.t.Helper()
	r, err := http.Get(address)
	if err != nil {
		w.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(b)
}

// walker goes from page to page in one language.
type walker struct {
	ctx           context.Context
	t             *testing.T
	own, language string
}

func (w walker) do(what string, actions ...chromedp.Action) {
	w.t.Helper()
	if err := chromedp.Run(w.ctx, append([]chromedp.Action{inLanguage(w.own, w.language)}, actions...)...); err != nil {
		w.t.Fatalf("%s: %s: %v", w.language, what, err)
	}
}

func (w walker) sees(selector, want string) {
	w.t.Helper()
	var got string
	w.do(selector, chromedp.Text(selector, &got))
	if !strings.Contains(got, want) {
		w.t.Errorf("%s: %s has %q, want %q", w.language, selector, got, want)
	}
}

// gold are the contents that the export has, in order.
func (w walker) gold() []string {
	w.t.Helper()
	r, err := http.Get(w.own + "/corrections.jsonl")
	if err != nil {
		w.t.Fatal(err)
	}
	defer r.Body.Close()
	var all []string
	for dec := json.NewDecoder(r.Body); ; {
		var l goldLine
		if err := dec.Decode(&l); err == io.EOF {
			return all
		} else if err != nil {
			w.t.Fatal(err)
		}
		for _, a := range l.Attributions {
			all = append(all, l.Text[a.Content[0][0]:a.Content[0][1]])
		}
	}
}
