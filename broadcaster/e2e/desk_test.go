package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"
)

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
