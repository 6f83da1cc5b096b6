package api

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// The tree of these tests: a village with two societies, and another village with one. Each society has one group.
const (
	townCode = "440605121"
	shangxi  = townCode + "201"
	laoling  = shangxi + "001"
	xianfeng = shangxi + "002"
	xiaxi    = townCode + "202"
	longhui  = xiaxi + "001"
)

// everybodys is the password of everybody in these tests.
const everybodys = "lamps over the ferry"

// town is every room on a real database, behind a real server.
type town struct {
	*API
	t   testing.TB
	url string
}

// newTown opens the rooms, and imports the tree. Its people are admin, 管理员 of the town; chen, 陈社长, official of 上西村;
// and long, 龙主任, official of 下西村. Nobody is signed in.
func newTown(t testing.TB) *town {
	t.Helper()
	return newTownAt(t, time.Now)
}

// newTownAt is newTown where the rooms' transactions take place at now; what is shown is always shown as of now indeed.
func newTownAt(t testing.TB, now func() time.Time) *town {
	t.Helper()
	w := &town{t: t, API: New(openRooms(t, now), NewFeed())}
	people := []access.Person{
		{Name: "admin", Display: "管理员", Role: access.RoleAdministrator, Grid: townCode},
		{Name: "chen", Display: "陈社长", Role: access.RoleOfficial, Grid: shangxi},
		{Name: "long", Display: "龙主任", Role: access.RoleOfficial, Grid: xiaxi},
	}
	w.write(func(tx *store.Tx) error {
		tree, err := territory.ReadTree(strings.NewReader(treeFile(t)))
		if err != nil {
			return err
		}
		if err := w.Access.OpenKey(t.Context(), tx); err != nil {
			return err
		}
		if err := w.Territory.Import(t.Context(), tx, tree); err != nil {
			return err
		}
		return w.Rounds.EnsureNight(t.Context(), tx, townCode)
	})
	for _, p := range people {
		w.person(p.Name, p.Display, p.Role, p.Grid)
	}
	handler, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// person adds somebody.
func (w *town) person(name, display string, role access.Role, node playlists.GridCode) {
	w.t.Helper()
	draft := access.Draft{Name: name, Display: display, Role: role, Grid: node, Password: everybodys}
	if _, _, err := w.Access.CreatePerson(w.t.Context(), draft); err != nil {
		w.t.Fatal(err)
	}
}

// write does something in one transaction.
func (w *town) write(do func(*store.Tx) error) {
	w.t.Helper()
	if err := w.Store.Write(w.t.Context(), do); err != nil {
		w.t.Fatal(err)
	}
}

// treeFile is the tree as a file: each place is a square of about a kilometre, a tenth of a degree east of the last.
func treeFile(t testing.TB) string {
	t.Helper()
	type m = map[string]any
	var features []m
	add := func(code, name string, geometry any, households int) {
		properties := m{"code": code, "name": name, "invented": true}
		if households > 0 {
			properties["households"] = households
		}
		features = append(features, m{"type": "Feature", "properties": properties, "geometry": geometry})
	}
	square := func(x float64) m {
		ring := [][]float64{{x, 22.8}, {x + 0.01, 22.8}, {x + 0.01, 22.81}, {x, 22.81}, {x, 22.8}}
		return m{"type": "Polygon", "coordinates": [][][]float64{ring}}
	}
	add(townCode, "九江镇", nil, 0)
	add(shangxi, "上西村", square(113), 0)
	add(xiaxi, "下西村", square(113.1), 0)
	for i, society := range []struct{ code, name string }{{laoling, "老龄社"}, {xianfeng, "先锋社"}, {longhui, "龙廻社"}} {
		x := 113 + float64(i)/10
		add(society.code, society.name, square(x), 0)
		add(society.code+"001", "一组", m{"type": "MultiPoint", "coordinates": [][]float64{{x, 22.8}}}, 10)
	}
	text, err := json.Marshal(m{"type": "FeatureCollection", "datum": "WGS-84", "features": features})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// horn places a loudspeaker that speaks 粤语, somewhere on the map if at names latitude and longitude.
func (w *town) horn(name string, code playlists.GridCode, at ...float64) playlists.TerminalID {
	w.t.Helper()
	terminal := territory.Terminal{
		Name: name, Kind: playlists.KindSpeaker, Grid: code, Dialects: []playlists.Dialect{"yue"}, Volume: 80,
	}
	if len(at) == 2 {
		terminal.Lat, terminal.Lon = &at[0], &at[1]
	}
	w.write(func(tx *store.Tx) (err error) {
		if terminal, err = w.Territory.CreateTerminal(w.t.Context(), tx, terminal); err != nil {
			return err
		}
		return w.Rounds.TerminalChanged(w.t.Context(), tx, terminal.ID)
	})
	return terminal.ID
}

// visitor is somebody with a browser.
type visitor struct {
	t    testing.TB
	url  string
	http *http.Client
}

// signIn returns the person called name, signed in.
func (w *town) signIn(name string) *visitor {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	v := &visitor{t: w.t, url: w.url, http: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
	v.must("POST", "/api/session", map[string]any{"name": name, "password": everybodys}, nil)
	return v
}

// must calls the API with in as JSON and reads the answer into out, or fails the test. Either may be nil.
func (v *visitor) must(method, path string, in, out any) {
	v.t.Helper()
	status, text := v.try(method, path, in, chinese)
	if status >= 300 {
		v.t.Fatalf("%s %s: %d %s", method, path, status, text)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(text, out); err != nil {
		v.t.Fatalf("%s %s: %v in %s", method, path, err, text)
	}
}

// try calls the API and returns what it answers.
func (v *visitor) try(method, path string, in any, l language) (int, []byte) {
	v.t.Helper()
	body, isBytes := in.([]byte)
	if in != nil && !isBytes {
		var err error
		if body, err = json.Marshal(in); err != nil {
			v.t.Fatal(err)
		}
	}
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.url+path, bytes.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Accept-Language", string(l))
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := v.http.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return response.StatusCode, text
}

// refused calls the API with what must be refused, in both languages, and returns the refusal's status and code.
func (v *visitor) refused(method, path string, in any) (int, string) {
	v.t.Helper()
	var last problemShape
	for _, l := range []language{chinese, english} {
		status, text := v.try(method, path, in, l)
		var p problemShape
		if err := json.Unmarshal(text, &p); err != nil || status < 400 || p.Status != status {
			v.t.Fatalf("%s %s: %d %s (%v)", method, path, status, text, err)
		}
		if p.Detail == "" || p.Detail == p.Code || p.Detail == last.Detail || strings.Contains(p.Detail, "{") {
			v.t.Errorf("%s %s: %q is no sentence in %s", method, path, p.Detail, l)
		}
		last = p
	}
	return last.Status, last.Code
}

// upload brings a recording of a second in 粤语 that sounds like no other title's, and returns its digest.
func (v *visitor) upload(title string) string {
	v.t.Helper()
	var clip clipShape
	query := url.Values{"title": {title}, "dialect": {"yue"}}
	v.must("POST", "/api/clips?"+query.Encode(), tone(title), &clip)
	return clip.Digest
}

// playlist makes a playlist of one announcement with a new recording, all of them called name.
func (v *visitor) playlist(name string) (playlist string) {
	v.t.Helper()
	type m = map[string]any
	var announcement, made struct{ ID string }
	v.must("POST", "/api/announcements", m{
		"title": name, "text": name + "。", "variants": []m{{"dialect": "yue", "clip": v.upload(name)}},
	}, &announcement)
	v.must("POST", "/api/playlists", m{"name": name, "entries": []m{
		{"announcement": announcement.ID, "dialects": "own", "repeats": 1, "gap_ms": 0},
	}}, &made)
	return made.ID
}

// round plans a new playlist called name for targets, by a cron expression, and returns the round's id.
func (v *visitor) round(name, cron string, targets ...string) string {
	v.t.Helper()
	var made roundShape
	v.must("POST", "/api/rounds", map[string]any{
		"name": name, "playlist": v.playlist(name), "targets": targets, "class": "announcement", "lateness_ms": 0,
		"paused": false, "timetable": map[string]any{"cron": cron},
	}, &made)
	return made.ID
}

// tone is a WAV file of one second, at a pitch that its name decides.
func tone(name string) []byte {
	const rate = 16_000
	pitch := 200.0
	for _, c := range name {
		pitch += float64(c % 97)
	}
	var out bytes.Buffer
	fmt.Fprint(&out, "RIFF")
	for _, part := range []any{
		uint32(36 + 2*rate), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate),
		uint16(2), uint16(16), []byte("data"), uint32(2 * rate),
	} {
		binary.Write(&out, binary.LittleEndian, part)
	}
	for i := range rate {
		binary.Write(&out, binary.LittleEndian, int16(8000*math.Sin(2*math.Pi*pitch*float64(i)/rate)))
	}
	return out.Bytes()
}
