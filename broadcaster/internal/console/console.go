// Package console is the web console for people: a Vue application in src/, built by Vite into dist/ and embedded from
// there. It knows the broadcaster only by the API's OpenAPI document, from which `npm run generate` makes its types.
//
// dist is not in the repository but for dist/.keep, so that the programs compile on a bare clone; a broadcaster built
// so serves a page that says how to build the console (make console).
//
// The way through src/: main.ts → App.vue → router.ts → pages/. What pages show they fetch with state/live.ts, again
// whenever the broadcaster says on its one event stream (api/feed.ts) that it may have changed. Rules that are worth a
// test are in plain TypeScript beside the components that show them. All words on screen are in words/, a file per
// language.
package console

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed all:dist
var dist embed.FS

const index = "index.html"

// policy lets the pages load from this server only, and run no script or style that is written into a page. A page is
// in no frame but its own.
const policy = "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// decoderPolicy is that of the decoders of voice messages, which make code as they run. They run in workers of their own,
// which have no page, see no session and are told nothing but the file; the pages keep policy.
const decoderPolicy = "default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval'"

// decoderMark is in the names of the decoders' files, as the build makes them of src/sound/*.decoder.ts.
const decoderMark = ".decoder-"

// Options say what a handler serves. The zero value serves the console that was built into the program.
type Options struct {
	// Files is the built console, or nil for the embedded one.
	Files fs.FS
}

// file is one file of the console, ready to be sent.
type file struct {
	plain  []byte
	zipped []byte // nil where it would not be smaller
	kind   string // its media type
	cache  string // its Cache-Control
}

// handler is immutable, and so safe for concurrent use.
type handler struct {
	files map[string]file // by path, without a leading slash
}

// Handler returns the console's pages and assets. It reads and compresses all files now, about half a megabyte. A path
// that no file has is answered with the first page where the browser asks for a page, since the paths of pages are
// known to the console alone; /api/ and /agent/ are never answered so.
func Handler(o Options) (http.Handler, error) {
	files := o.Files
	if files == nil {
		built, err := fs.Sub(dist, "dist")
		if err != nil {
			return nil, fmt.Errorf("open the embedded console: %w", err)
		}
		files = built
	}
	h := &handler{files: make(map[string]file)}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		h.files[name], err = ready(name, content)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the console's files: %w", err)
	}
	return h, nil
}

// ready makes of a file's content what is sent.
func ready(name string, content []byte) (file, error) {
	f := file{plain: content, kind: kindOf(name), cache: "no-cache"}
	if strings.HasPrefix(name, "assets/") {
		// Vite puts a hash of the content into these names.
		f.cache = "public, max-age=31536000, immutable"
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write(content); err != nil {
		return file{}, fmt.Errorf("compress %s: %w", name, err)
	}
	if err := w.Close(); err != nil {
		return file{}, fmt.Errorf("compress %s: %w", name, err)
	}
	if zipped.Len() < len(content) {
		f.zipped = zipped.Bytes()
	}
	return f, nil
}

// kindOf does not ask the system's list of media types, which differs from machine to machine.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".wasm":
		return "application/wasm"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

// policyOf returns the policy of the file at a path.
func policyOf(at string) string {
	if folder, name := path.Split(path.Clean(at)); folder == "/assets/" && strings.Contains(name, decoderMark) && path.Ext(name) == ".js" {
		return decoderPolicy
	}
	return policy
}

// ServeHTTP answers GET and HEAD.
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Security-Policy", policyOf(r.URL.Path))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	f, ok := h.files[name]
	if !ok && wantsPage(r, name) {
		if f, ok = h.files[index]; !ok {
			notBuilt(w)
			return
		}
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	send(w, r, f)
}

// wantsPage tells whether somebody who opens a page asks, rather than a program that asks for a file.
func wantsPage(r *http.Request, name string) bool {
	for _, other := range []string{"api", "agent", "assets"} {
		if name == other || strings.HasPrefix(name, other+"/") {
			return false
		}
	}
	return name == "" || strings.Contains(r.Header.Get("Accept"), "text/html")
}

func send(w http.ResponseWriter, r *http.Request, f file) {
	header := w.Header()
	content := f.plain
	if f.zipped != nil {
		header.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			header.Set("Content-Encoding", "gzip")
			content = f.zipped
		}
	}
	header.Set("Content-Type", f.kind)
	header.Set("Cache-Control", f.cache)
	header.Set("Content-Length", strconv.Itoa(len(content)))
	// Whoever asked may have gone away meanwhile, which is nobody's fault.
	_, _ = w.Write(content)
}

// notBuilt is the page of a broadcaster that was built without its console.
func notBuilt(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte(`<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>大喇叭</title>
<h1>大喇叭已在运行,网页还没有做好</h1>
<p>请在源代码目录里执行 <code>make console</code>,再执行 <code>make build</code>,然后重新启动。广播照常进行。</p>
<p lang="en">Dalaba is running, but its console was not built into it. In the source tree, run <code>make console</code> and
then <code>make build</code>, and start it again. Broadcasting goes on.</p>
</html>
`))
}
