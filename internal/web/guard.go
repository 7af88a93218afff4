package web

import (
	"net"
	"net/http"
)

// maxBody is the largest request: an article with its pictures left out, a
// list of some ten thousand links, a PDF.
const maxBody = 32 << 20

// policy lets a page load style, script and pictures from its own origin and
// nothing from anywhere else. A frame may show a preserved page, which has a
// policy of its own.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before every page: it refuses requests for other hosts and
// posts from other origins, bounds what is sent, and says what a browser may
// do with the answer.
func guard(host string, next http.Handler) http.Handler {
	posts := http.NewCrossOriginProtection()
	return posts.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		if !sameHost(r.Host, host) {
			http.Error(w, "isnad: this address serves "+host+" only", http.StatusMisdirectedRequest)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	}))
}

// sameHost reports whether a request's host is the one that is listened on:
// the same port, and the same name, or both names of this machine itself.
func sameHost(got, own string) bool {
	if got == own {
		return true
	}
	gotName, gotPort, err := net.SplitHostPort(got)
	if err != nil {
		return false
	}
	ownName, ownPort, err := net.SplitHostPort(own)
	return err == nil && gotPort == ownPort && loopback(gotName) && loopback(ownName)
}

func loopback(name string) bool {
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}
