// Package conventions holds the house to its plan: tests only, over the source of the whole module. They fail when an
// import goes up or sideways, when a package has no place, and when code has what this house does without: package state,
// init, sleeping or skipped tests, unfinished marks, undocumented names.
//
// When a test here fails, mend the code. When the plan itself is wrong, change the plan below and say why in the commit;
// it has no exceptions for single packages.
package conventions

import (
	"path"
	"slices"
	"strings"
	"testing"
)

const (
	top      = 6 // the floor of programs, and of stories over both of them
	inPlan   = "put it on a floor in config/conventions/floors_test.go"
	demoRoot = "config/demo/"
)

// plan returns the packages of each floor, by their folder. Imports go down only, never to the same floor.
func plan() [top + 1][]string {
	return [...][]string{
		0: {"playlists", "config", "config/demo", "config/conventions"},
		1: {"playlists/timetable", "playlists/grid", "playlists/clock", "playlists/audio", "playlists/clips", "playlists/wire"},
		2: {
			"broadcaster/internal/store", "agent/internal/sound", "agent/internal/journal", "agent/internal/parent", "agent/internal/service",
			"agent/internal/ear",
		},
		3: {
			"broadcaster/internal/territory", "broadcaster/internal/access", "broadcaster/internal/library",
			"broadcaster/internal/rounds", "broadcaster/internal/hub", "broadcaster/internal/ledger",
			"broadcaster/internal/coverage", "broadcaster/internal/complaints", "broadcaster/internal/hearing",
			"agent/internal/link", "agent/internal/player", "agent/internal/shelf", "agent/internal/sheet",
		},
		4:   {"broadcaster/internal/api", "broadcaster/internal/console"},
		5:   {"broadcaster/app", "agent/app"},
		top: {"broadcaster", "agent", "broadcaster/e2e", "config/demo/draw", "config/demo/run"},
	}
}

// few are the third-party modules that only some packages may import. Their tests, and the stories, may use them freely.
func few() map[string][]string {
	return map[string][]string{
		"github.com/gorilla/websocket":  {"broadcaster/internal/hub", "broadcaster/internal/live", "agent/internal/link"},
		"github.com/ebitengine/oto/v3":  {"agent/internal/sound"},
		"github.com/go-audio":           {"playlists/audio"},
		"github.com/hajimehoshi/go-mp3": {"playlists/audio"},
		"github.com/jfreymuth/vorbis":   {"playlists/audio"},
		"github.com/mewkiz/flac":        {"playlists/audio"},
		"github.com/robfig/cron/v3":     {"playlists/timetable"},
		"gopkg.in/yaml.v3":              {"config", "config/demo"},
		"modernc.org/sqlite":            {"broadcaster/internal/store"},
		"github.com/pressly/goose/v3":   {"broadcaster/internal/store"},
		"github.com/danielgtaylor/huma": {"broadcaster/internal/api"},
		"github.com/alexedwards/scs":    {"broadcaster/internal/access", "broadcaster/internal/api"},
		"golang.org/x/crypto/argon2":    {"broadcaster/internal/access"},
		"github.com/klauspost/compress": {"broadcaster/internal/api"},
		"github.com/spf13/cobra":        {"broadcaster"},
		"github.com/6tail/lunar-go":     {"playlists/timetable"},
		"github.com/kardianos/service":  {"agent/internal/service"},
	}
}

// floors returns the floor of each planned folder.
func floors() map[string]int {
	found := make(map[string]int)
	for floor, folders := range plan() {
		for _, folder := range folders {
			found[folder] = floor
		}
	}
	return found
}

// room returns the folder that decides a package's floor: its own, but the queries that sqlc generates for a room are the
// room's.
func room(folder string) string {
	if parent, name := path.Split(folder); strings.HasSuffix(name, "sql") {
		parent = strings.TrimSuffix(parent, "/")
		if name == path.Base(parent)+"sql" {
			return parent
		}
	}
	return folder
}

func TestEveryPackageHasItsFloor(t *testing.T) {
	floor, seen := floors(), make(map[string]bool)
	for _, p := range readModule(t) {
		seen[p.folder] = true
		if _, planned := floor[room(p.folder)]; !planned {
			t.Errorf("%s has no floor: %s", p.folder, inPlan)
		}
	}
	for folder := range floor {
		if !seen[folder] {
			t.Errorf("%s is in the plan and not in the house", folder)
		}
	}
}

func TestImportsGoDown(t *testing.T) {
	floor := floors()
	for _, p := range readModule(t) {
		for _, i := range p.imports() {
			folder, ours := strings.CutPrefix(i.path, module+"/")
			own, target := room(p.folder), room(folder)
			switch {
			case !ours || target == own: // of others, or one's own: the generated queries, or what an outer test tests
			case folder != target:
				t.Errorf("%s: the queries of %s are that room's alone", i.at, target)
			case floor[target] >= floor[own]:
				t.Errorf("%s: %s (floor %d) imports %s (floor %d): imports go down only", i.at, own, floor[own], target, floor[target])
			}
		}
	}
}

func TestTheProgramsDoNotKnowEachOther(t *testing.T) {
	const stories = "broadcaster/e2e"
	for _, p := range readModule(t) {
		for _, i := range p.imports() {
			own, _, _ := strings.Cut(p.folder, "/")
			target, _, _ := strings.Cut(strings.TrimPrefix(i.path, module+"/"), "/")
			pair := []string{own, target}
			if p.folder != stories && slices.Contains(pair, "broadcaster") && slices.Contains(pair, "agent") {
				t.Errorf("%s: %s imports %s", i.at, p.folder, i.path)
			}
		}
	}
}

func TestOnlyProgramsReadTheConfiguration(t *testing.T) {
	for _, p := range readModule(t) {
		for _, i := range p.imports() {
			program := p.name == "main" || p.folder == "config"
			if (i.path == module+"/config" || strings.HasPrefix(i.path, module+"/"+demoRoot)) && !program {
				t.Errorf("%s: %s imports %s: settings are handed in", i.at, p.folder, i.path)
			}
		}
	}
}

func TestThirdPartyModulesAreImportedByFew(t *testing.T) {
	for _, p := range readModule(t) {
		for _, i := range p.imports() {
			if i.test {
				continue
			}
			for prefix, folders := range few() {
				if (i.path == prefix || strings.HasPrefix(i.path, prefix+"/")) && !slices.Contains(folders, p.folder) {
					t.Errorf("%s: %s imports %s, which only %v may", i.at, p.folder, i.path, folders)
				}
			}
		}
	}
}
