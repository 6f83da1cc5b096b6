package service

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnitsAreAsWeWantThem(t *testing.T) {
	for _, test := range []struct {
		name string
		in   unit
	}{
		{"system", unit{program: "/opt/dalaba/agent", config: "/etc/dalaba/agent.yaml", account: "laba", audio: true}},
		{"own", unit{program: "/home/laba/agent", config: "/home/laba/agent.yaml", account: "laba", own: true, audio: true}},
		{"odd", unit{program: "/opt/大 喇叭/100%/agent", config: `/srv/"a"\$HOME.yaml`, account: "laba"}},
	} {
		path := filepath.Join("testdata", test.name+".service")
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), test.in.text()); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}
