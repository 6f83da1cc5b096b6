package console_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"dalaba/broadcaster/internal/console"
)

var (
	page   = "<!doctype html>" + strings.Repeat("<p>page</p>", 20)
	script = strings.Repeat("export const a = 1\n", 20)
)

func built(t *testing.T) http.Handler {
	t.Helper()
	return handler(t, fstest.MapFS{
		".keep":                 {Data: nil},
		"index.html":            {Data: []byte(page)},
		"favicon.svg":           {Data: []byte("<svg/>")},
		"assets/index-AbC12.js": {Data: []byte(script)},
	})
}

func handler(t *testing.T, files fstest.MapFS) http.Handler {
	t.Helper()
	h, err := console.Handler(console.Options{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, method, target, accept string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestPathsAreAnsweredWithTheirFileThePageOrNothing(t *testing.T) {
	const html = "text/html,application/xhtml+xml"
	for _, tt := range []struct {
		name, method, path, accept string
		want                       int
		body, cache                string
	}{
		{"the first page", "GET", "/", html, 200, page, "no-cache"},
		{"the first page, asked for by a program", "GET", "/", "", 200, page, "no-cache"},
		{"a page of the console's own", "GET", "/rounds/new", html, 200, page, "no-cache"},
		{"a hashed asset", "GET", "/assets/index-AbC12.js", "*/*", 200, script, "public, max-age=31536000, immutable"},
		{"a file without a hash", "GET", "/favicon.svg", "image/*", 200, "<svg/>", "no-cache"},
		{"an asset of a former build", "GET", "/assets/index-Old99.js", html, 404, "", ""},
		{"no file, and no page wanted", "GET", "/robots.txt", "*/*", 404, "", ""},
		{"the API's paths", "GET", "/api/nothing", html, 404, "", ""},
		{"the agents' paths", "GET", "/agent/nothing", html, 404, "", ""},
		{"what only keeps the folder", "GET", "/.keep", "*/*", 404, "", ""},
		{"a way out", "GET", "/assets/../../console.go", "*/*", 404, "", ""},
		{"a change", "POST", "/", html, 405, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer := ask(built(t), tt.method, tt.path, tt.accept)
			if answer.StatusCode != tt.want {
				t.Fatalf("status %d, want %d", answer.StatusCode, tt.want)
			}
			if tt.want != 200 {
				return
			}
			body, err := io.ReadAll(answer.Body)
			if err != nil || string(body) != tt.body {
				t.Errorf("body %q, %v, want %q", body, err, tt.body)
			}
			if got := answer.Header.Get("Cache-Control"); got != tt.cache {
				t.Errorf("Cache-Control %q, want %q", got, tt.cache)
			}
		})
	}
}

func TestEveryAnswerForbidsScriptsWrittenIntoPages(t *testing.T) {
	for _, path := range []string{"/", "/assets/index-AbC12.js", "/api/nothing"} {
		header := ask(built(t), "GET", path, "text/html").Header
		policy := header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if got := header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", path, got)
		}
	}
}

func TestOnlyDecodersMayMakeCode(t *testing.T) {
	for path, want := range map[string]bool{
		"/assets/silk.decoder-AbC12.js": true, "/assets/amr.decoder-x.js": true, "/assets/index-AbC12.js": false, "/": false,
		"/.decoder-x.js": false, "/assets/../amr.decoder-x.js": false, "/assets/amr.decoder-x.html": false, "/api/assets/a.decoder-x.js": false,
	} {
		policy := ask(built(t), "GET", path, "").Header.Get("Content-Security-Policy")
		if got := strings.Contains(policy, "unsafe-eval"); got != want {
			t.Errorf("%s: may make code: %v, want %v", path, got, want)
		}
	}
}

func TestFilesAreCompressedForWhoCanReadThat(t *testing.T) {
	r := httptest.NewRequest("GET", "/assets/index-AbC12.js", nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	w := httptest.NewRecorder()
	built(t).ServeHTTP(w, r)
	if got := w.Header().Get("Content-Encoding"); got != "gzip" {
		t.Fatalf("Content-Encoding %q, want gzip", got)
	}
	if got := w.Header().Get("Content-Type"); got != "text/javascript; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	unzip, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(unzip); err != nil || string(body) != script {
		t.Errorf("body %q, %v", body, err)
	}
}

func TestABroadcasterWithoutItsConsoleSaysHowToBuildIt(t *testing.T) {
	answer := ask(handler(t, fstest.MapFS{".keep": {}}), "GET", "/", "text/html")
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(body), "make console") {
		t.Errorf("status %d, body %s", answer.StatusCode, body)
	}
}

func TestTheEmbeddedConsoleOpens(t *testing.T) {
	h, err := console.Handler(console.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Built or not, the first page is a page.
	if got := ask(h, "GET", "/", "text/html").Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
}
