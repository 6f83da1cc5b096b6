package api

import (
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
)

// spoilt answers in words where next panics, and tells the log with the stack. An answer of which a part has gone out is
// cut off instead: it must not look whole.
func (a *API) spoilt(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		held, before := &heldStatus{ResponseWriter: w}, w.Header().Clone()
		defer func() {
			v := recover()
			if v == nil {
				held.begin()
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			operation, err := r.Method+" "+r.URL.Path, fmt.Errorf("panic: %v\n%s", v, debug.Stack())
			if held.begun {
				a.Logger.ErrorContext(r.Context(), "request broke", "operation", operation, "error", err)
				panic(http.ErrAbortHandler)
			}
			clear(w.Header())
			maps.Copy(w.Header(), before)
			a.refuse(w, r, operation, err)
		}()
		next.ServeHTTP(held, r)
	})
}

// heldStatus keeps the status back until something follows it, so that it can still become another.
type heldStatus struct {
	http.ResponseWriter
	status int
	begun  bool
}

// WriteHeader keeps the first status that is given.
func (w *heldStatus) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

// Write sends the status, and then text.
func (w *heldStatus) Write(text []byte) (int, error) {
	w.begin()
	return w.ResponseWriter.Write(text)
}

// FlushError sends what was written.
func (w *heldStatus) FlushError() error {
	w.begin()
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap is for http.ResponseController.
func (w *heldStatus) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *heldStatus) begin() {
	if !w.begun && w.status != 0 {
		w.ResponseWriter.WriteHeader(w.status)
	}
	w.begun = true
}
