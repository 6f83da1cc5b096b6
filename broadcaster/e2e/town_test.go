package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The tree of the stories: one village with two societies of two groups each, and another village with one.
const (
	village1  = "440605121201"
	society1  = "440605121201001"
	society2  = "440605121201002"
	village2  = "440605121202"
	society3  = "440605121202001"
	rootCode  = "440605121"
	perGroup  = 10
	patience  = 20 * time.Second
	pollEvery = 20 * time.Millisecond
)

// town is a broadcaster with its horns, and somebody signed in as its administrator.
type town struct {
	t       *testing.T
	folder  string
	listen  string
	zone    string // IANA name
	process *exec.Cmd
	http    *http.Client
	horns   map[string]*horn // by name
	// keepFree is the disk space, in bytes, that horns added from now on leave alone; zero means their default.
	keepFree int64
}

// newTown starts a broadcaster, imports the tree and lifts the night.
func newTown(t *testing.T) *town {
	t.Helper()
	return newTownIn(t, "Asia/Shanghai")
}

// newTownIn is newTown in another zone.
func newTownIn(t *testing.T, zone string) *town {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{
		t: t, zone: zone, folder: t.TempDir(), listen: freeAddress(t), horns: make(map[string]*horn),
		http: &http.Client{Jar: jar, Timeout: patience},
	}
	w.start()
	text, err := os.ReadFile(filepath.Join(w.data(), "first-administrator.txt"))
	if err != nil {
		t.Fatal(err)
	}
	w.must("POST", "/api/session", map[string]any{"name": "admin", "password": passwordIn(text)}, nil)
	w.send("PUT", "/api/grids", "application/geo+json", tree(t), nil)
	var quiet struct {
		Quiet []struct{ ID string }
	}
	w.must("GET", "/api/quiet", nil, &quiet)
	for _, q := range quiet.Quiet {
		w.must("PUT", "/api/quiet/"+q.ID+"/lift", map[string]any{"until": time.Now().Add(time.Hour), "reason": "story"}, nil)
	}
	w.must("PUT", "/api/limits", map[string]any{"minutes": 0, "plays": 0}, nil) // what sounds often is no mistake here
	return w
}

// passwordIn is the password in the file of the first administrator.
func passwordIn(text []byte) string {
	_, password, _ := strings.Cut(strings.TrimSpace(string(text)), "password: ")
	return password
}

func tree(t *testing.T) []byte {
	t.Helper()
	type m = map[string]any
	feature := func(code, name string, households int, geometry any) m {
		properties := m{"code": code, "name": name, "invented": true}
		if households > 0 {
			properties["households"] = households
		}
		return m{"type": "Feature", "properties": properties, "geometry": geometry}
	}
	square := func(x float64) m {
		ring := [][]float64{{x, 22.8}, {x + 0.01, 22.8}, {x + 0.01, 22.81}, {x, 22.81}, {x, 22.8}}
		return m{"type": "Polygon", "coordinates": [][][]float64{ring}}
	}
	features := []m{feature(rootCode, "九江镇", 0, nil)}
	for i, g := range []struct{ code, name string }{{village1, "上西村"}, {village2, "下西村"}} {
		features = append(features, feature(g.code, g.name, 0, square(113+float64(i)*0.02)))
	}
	for i, g := range []struct{ code, name string }{{society1, "老龄社"}, {society2, "先锋社"}, {society3, "龙廻社"}} {
		features = append(features, feature(g.code, g.name, 0, square(113.1+float64(i)*0.02)))
		for n := 1; n <= 2; n++ {
			point := m{"type": "MultiPoint", "coordinates": [][]float64{{113.1, 22.8}}}
			features = append(features, feature(fmt.Sprintf("%s%03d", g.code, n), fmt.Sprintf("%d组", n), perGroup, point))
		}
	}
	text, err := json.Marshal(m{"type": "FeatureCollection", "datum": "WGS-84", "features": features})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func (w *town) data() string { return filepath.Join(w.folder, "broadcaster") }

// start runs the broadcaster and waits until it answers.
func (w *town) start() {
	w.t.Helper()
	w.process = launch(w.t, filepath.Join(w.folder, "broadcaster.log"), role{Broadcaster: &broadcasterRole{Listen: w.listen, Data: w.data(), Zone: w.zone}})
	await(w.t, "the broadcaster to answer", func() bool {
		response, err := http.Get("http://" + w.listen + "/healthz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
}
