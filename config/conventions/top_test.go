package conventions

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheTopLevelIsAsPlanned(t *testing.T) {
	entries, err := os.ReadDir(checkout)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasPrefix(name, ".") {
			continue
		}
		if entry.IsDir() {
			name += "/"
		}
		names = append(names, name)
	}
	want := []string{"LICENSE", "Makefile", "README.md", "agent/", "broadcaster/", "config/", "go.mod", "go.sum", "playlists/"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}
