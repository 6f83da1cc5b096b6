package conventions

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestQueriesAreGeneratedFromWhatIsCommitted compares the hash that make generate left beside each room's generated
// queries with that of their inputs as they are. The generator itself takes minutes to build, so tests do not run it.
func TestQueriesAreGeneratedFromWhatIsCommitted(t *testing.T) {
	settings, err := filepath.Glob(filepath.Join(checkout, "broadcaster/internal/*/sqlc.yaml"))
	if err != nil || len(settings) == 0 {
		t.Fatalf("found no room with queries: %v", err)
	}
	for _, path := range settings {
		room := filepath.Dir(path)
		inputs, err := filepath.Glob(filepath.Join(room, "migrations/*.sql"))
		if err != nil {
			t.Fatal(err)
		}
		hash := sha256.New()
		for _, input := range append([]string{path, filepath.Join(room, "queries.sql")}, inputs...) {
			text, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			hash.Write(text)
		}
		kept, err := os.ReadFile(filepath.Join(room, filepath.Base(room)+"sql", "inputs.sha256"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(string(kept)) != hex.EncodeToString(hash.Sum(nil)) {
			t.Errorf("%s: queries or migrations have changed since their code was generated: make generate", room)
		}
	}
}
