package api

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAnAnswerThatPanicsSaysSoInWordsAndTellsTheLog(t *testing.T) {
	for _, test := range []struct {
		name string
		h    http.HandlerFunc
		want int // zero for a connection that is cut
		logs bool
	}{
		{"before anything", func(http.ResponseWriter, *http.Request) { panic("lamp") }, 500, true},
		{"after the status", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9")
			w.WriteHeader(http.StatusOK)
			panic("lamp")
		}, 500, true},
		{"in the middle", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic("lamp")
		}, 0, true},
		{"to end it", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, 0, false},
		{"not at all", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }, 204, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var log bytes.Buffer
			a := &API{Options: Options{Logger: slog.New(slog.NewTextHandler(&log, nil))}}
			server := httptest.NewUnstartedServer(withCaller(a.spoilt(test.h)))
			server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
			server.Start()
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/x", nil)
			check(t, err)
			status, text := 0, []byte(nil)
			response, err := server.Client().Do(request)
			if err == nil {
				if text, err = io.ReadAll(response.Body); err == nil {
					status = response.StatusCode
				}
				check(t, response.Body.Close())
			}
			server.Close() // the log is written before
			if status != test.want || status == 0 && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("status %d: %s (%v)", status, text, err)
			}
			if status == 500 && !strings.Contains(string(text), `"code":"internal"`) {
				t.Errorf("answer: %s", text)
			}
			if told := strings.Contains(log.String(), "level=ERROR") && strings.Contains(log.String(), "spoilt_test.go"); told != test.logs {
				t.Errorf("log: %s", log.String())
			}
		})
	}
}
