package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
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
	process *exec.Cmd
	http    *http.Client
	horns   map[string]*horn // by name
}

// horn is one agent.
type horn struct {
	town    *town
	name    string
	id      string
	folder  string
	code    string
	process *exec.Cmd
}

// newTown starts a broadcaster, imports the tree and lifts the night.
func newTown(t *testing.T) *town {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{
		t: t, folder: t.TempDir(), listen: freeAddress(t), horns: make(map[string]*horn),
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
	return w
}

// passwordIn is the password in the file of the first administrator.
func passwordIn(text []byte) string {
	_, password, _ := strings.Cut(strings.TrimSpace(string(text)), "password: ")
	return password
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
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
	w.process = launch(w.t, filepath.Join(w.folder, "broadcaster.log"), role{Broadcaster: &broadcasterRole{Listen: w.listen, Data: w.data()}})
	await(w.t, "the broadcaster to answer", func() bool {
		response, err := http.Get("http://" + w.listen + "/healthz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
}

// addHorn creates a terminal, starts its agent and approves it.
func (w *town) addHorn(name, grid string, dialects ...string) *horn {
	w.t.Helper()
	var made struct {
		Terminal struct{ ID string }
		Code     string
	}
	w.must("POST", "/api/terminals", map[string]any{
		"name": name, "kind": "speaker", "grid": grid, "dialects": dialects, "volume": 80,
	}, &made)
	h := &horn{town: w, name: name, id: made.Terminal.ID, folder: filepath.Join(w.folder, name), code: made.Code}
	w.horns[name] = h
	if err := os.MkdirAll(h.folder, 0o755); err != nil {
		w.t.Fatal(err)
	}
	h.start()
	await(w.t, name+" to use its code", func() bool { return h.state().Enrolment == "pending" })
	w.must("POST", "/api/terminals/"+h.id+"/approval", map[string]any{"check": h.state().Check}, nil)
	await(w.t, name+" to connect", func() bool { return h.state().Connected })
	return h
}

func (h *horn) start() {
	h.town.t.Helper()
	h.process = launch(h.town.t, filepath.Join(h.folder, "agent.log"), role{Agent: &agentRole{
		Data: filepath.Join(h.folder, "data"), Enrolment: h.code, Sound: h.sound(),
	}})
}

func (h *horn) sound() string { return filepath.Join(h.folder, "sound") }

// terminalState is what the stories look at.
type terminalState struct {
	ID           string
	Enrolment    string
	Check        string
	Connected    bool
	HasProgramme bool `json:"has_programme"`
	ClipsWanted  int  `json:"clips_wanted"`
	ClipsWhole   int  `json:"clips_whole"`
	Sounding     *struct{ Announcement string }
}

func (h *horn) state() terminalState {
	h.town.t.Helper()
	var list struct{ Terminals []terminalState }
	h.town.must("GET", "/api/terminals", nil, &list)
	for _, t := range list.Terminals {
		if t.ID == h.id {
			return t
		}
	}
	h.town.t.Fatalf("%s is not in the list of terminals", h.name)
	return terminalState{}
}

// ready tells whether the horn has its newest programme and all its recordings.
func (h *horn) ready() bool {
	s := h.state()
	return s.Connected && s.HasProgramme && s.ClipsWanted > 0 && s.ClipsWhole == s.ClipsWanted
}

// launch starts this binary as a program, which is killed when the test ends.
func launch(t *testing.T, log string, r role) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), program+"="+string(text))
	c.Stdout, c.Stderr = out, out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		kill(c)
		if t.Failed() {
			text, _ := os.ReadFile(log)
			t.Logf("%s:\n%s", filepath.Base(log), text[max(0, len(text)-6000):])
		}
	})
	return c
}

// kill ends a program as a power cut does, if it still runs.
func kill(c *exec.Cmd) {
	if c.ProcessState == nil {
		c.Process.Kill()
		c.Wait()
	}
}

// await polls until ok, or fails the test.
func await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s for %s", patience, what)
		}
		<-ticker.C
	}
}

// must calls the API with in as JSON and reads the answer into out, or fails the test.
func (w *town) must(method, path string, in, out any) {
	w.t.Helper()
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			w.t.Fatal(err)
		}
	}
	w.send(method, path, "application/json", body, out)
}

func (w *town) send(method, path, contentType string, body []byte, out any) {
	w.t.Helper()
	status, text := w.try(method, path, contentType, body)
	if status >= 300 {
		w.t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(text, out); err != nil {
		w.t.Fatalf("%s %s: %v in %s", method, path, err, text)
	}
}

// try calls the API and returns what it answers.
func (w *town) try(method, path, contentType string, body []byte) (int, []byte) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), method, "http://"+w.listen+path, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if len(body) > 0 {
		request.Header.Set("Content-Type", contentType)
	}
	response, err := w.http.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return response.StatusCode, text
}

// upload brings a recording and returns its digest.
func (w *town) upload(title, dialect string, recording []byte) string {
	w.t.Helper()
	var clip struct{ Digest string }
	query := url.Values{"title": {title}, "dialect": {dialect}}
	w.send("POST", "/api/clips?"+query.Encode(), "application/octet-stream", recording, &clip)
	return clip.Digest
}

// plan uploads a recording, makes an announcement and a playlist of it, and plans a round for grids that falls due once,
// at due. It returns the round's id.
func (w *town) plan(name string, recording []byte, due time.Time, lateness time.Duration, grids ...string) string {
	w.t.Helper()
	digest := w.upload(name, "yue", recording)
	var announcement, playlist, round struct{ ID string }
	w.must("POST", "/api/announcements", map[string]any{
		"title": name, "text": name + "。", "variants": []any{map[string]any{"dialect": "yue", "clip": digest}},
	}, &announcement)
	w.must("POST", "/api/playlists", map[string]any{
		"name":    name,
		"entries": []any{map[string]any{"announcement": announcement.ID, "dialects": "own", "repeats": 1, "gap_ms": 0}},
	}, &playlist)
	at, day := due.In(zone(w.t)).Format(time.TimeOnly), due.In(zone(w.t)).Format(time.DateOnly)
	w.must("POST", "/api/rounds", map[string]any{
		"name": name, "playlist": playlist.ID, "targets": grids, "class": "announcement",
		"lateness_ms": lateness.Milliseconds(), "paused": false,
		"timetable": map[string]any{"every": map[string]any{"minutes": 1, "from": at, "to": at}, "from": day, "until": day},
	}, &round)
	return round.ID
}

func zone(t *testing.T) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// counts are the airings of a day by how they ended.
type counts struct{ Planned, Played, Partial, Missed, Unreported, Extra int }

// day is what the stories look at of a day.
type day struct {
	Terminals []struct {
		Terminal string
		Counts   counts
	}
	Grids []struct {
		Code       string
		Households int
		Touched    int
		Plays      int
		Counts     counts
	}
}

func (w *town) day() day {
	w.t.Helper()
	var d day
	w.must("GET", "/api/day", nil, &d)
	return d
}

// at returns the terminal's counts of today.
func (h *horn) counts() counts {
	h.town.t.Helper()
	for _, t := range h.town.day().Terminals {
		if t.Terminal == h.id {
			return t.Counts
		}
	}
	h.town.t.Fatalf("%s is not in the day", h.name)
	return counts{}
}

// play is one row of the register.
type play struct {
	Event     string
	Begin     time.Time
	SoundedMS int64 `json:"sounded_ms"`
	Attempt   int
	Result    string
	Reason    string
	Evidence  int
}

// plays returns the horn's plays of today, latest first.
func (h *horn) plays() []play {
	h.town.t.Helper()
	var list struct{ Plays []play }
	h.town.must("GET", "/api/plays?terminal="+h.id, nil, &list)
	return list.Plays
}
