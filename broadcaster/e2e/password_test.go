package e2e

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	broadcaster "dalaba/broadcaster/app"
)

func TestTheFirstPasswordIsForgottenOnceItIsChangedAndAForgottenOneCanBeReplaced(t *testing.T) {
	w := newTown(t)
	file := filepath.Join(w.data(), broadcaster.FirstPasswordFile)
	if found, err := os.Stat(file); err != nil || found.Mode().Perm() != 0o600 {
		t.Fatalf("the file with the first password: %v %v", found, err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w.must("PUT", "/api/session/password", map[string]any{"old": passwordIn(text), "new": "荔枝湾的大喇叭2026"}, nil)
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
	w.must("GET", "/api/session", nil, nil)

	password, err := broadcaster.ResetPassword(t.Context(), broadcaster.Options{Data: w.data(), Logger: slog.New(slog.DiscardHandler)}, "Admin")
	if err != nil {
		t.Fatal(err)
	}
	if r := w.refused("GET", "/api/session", nil, ""); r.Status != http.StatusUnauthorized {
		t.Errorf("the old session lives on: %+v", r)
	}
	w.must("POST", "/api/session", map[string]any{"name": "admin", "password": password}, nil)
}
