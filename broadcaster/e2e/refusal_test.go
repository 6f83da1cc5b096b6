package e2e

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"time"
)

// refusal is how the API says no.
type refusal struct {
	Status int
	Code   string
	Detail string
	Errors []struct{ Location, Message string }
}

// refused calls the API with a body that must be refused.
func (w *town) refused(method, path string, body []byte, contentType string) refusal {
	w.t.Helper()
	status, text := w.try(method, path, contentType, body)
	var r refusal
	if err := json.Unmarshal(text, &r); err != nil || status < 400 || r.Status != status {
		w.t.Fatalf("%s %s: %d %s (%v)", method, path, status, text, err)
	}
	return r
}

// header is a WAV file whose fields say what they like.
func header(format, channels uint16, frames uint32, bits uint16, dataSize uint32, data []byte) []byte {
	var b bytes.Buffer
	le := func(v any) { binary.Write(&b, binary.LittleEndian, v) }
	b.WriteString("RIFF")
	le(uint32(36 + len(data)))
	b.WriteString("WAVEfmt ")
	block := channels * bits / 8
	for _, v := range []any{uint32(16), format, channels, frames, frames * uint32(block), block, bits} {
		le(v)
	}
	b.WriteString("data")
	le(dataSize)
	b.Write(data)
	return b.Bytes()
}

func TestARecordingThatCannotBePlayedIsRefusedInWords(t *testing.T) {
	w := newTown(t)
	second := bytes.Repeat([]byte{1, 2}, 8000)
	tests := []struct {
		name string
		file []byte
		want string // the code
	}{
		{"not a WAV", []byte("ID3 this is no recording at all, whatever its name says"), "recording_broken"},
		{"empty", nil, "clip_no_sound"},
		{"noughts", make([]byte, 1000), "not_a_recording"},
		{"no samples", header(1, 1, 8000, 16, 0, nil), "clip_no_sound"},
		{"a telephone's A-law", header(6, 1, 8000, 8, 8000, second[:8000]), "wav_format"},
		{"no channels", header(1, 0, 8000, 16, 16000, second), "wav_broken"},
		{"no rate", header(1, 1, 0, 16, 16000, second), "wav_rate"},
		{"three hours", header(1, 1, 4000, 8, 3*3600*4000, make([]byte, 3*3600*4000)), "clip_too_long"},
		{"32 KB that say four gigabytes of eight channels", header(1, 8, 192_000, 32, 0xFFFFFFF0, make([]byte, 32<<10)), "clip_silent"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := "/api/clips?title=x&dialect=yue"
			r := w.refused("POST", path, test.file, "application/octet-stream")
			if r.Code != test.want || !strings.HasSuffix(r.Detail, "。") || strings.Contains(r.Detail, "{") {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestAPlanThatCannotSoundIsRefusedInWords(t *testing.T) {
	w := newTown(t)
	digest := w.upload("防溺水", "yue", noise(4, time.Second))
	type m = map[string]any
	var announcement, playlist struct{ ID string }
	w.must("POST", "/api/announcements", m{"title": "防溺水", "text": "不要下水。", "variants": []m{{"dialect": "yue", "clip": digest}}}, &announcement)
	w.must("POST", "/api/playlists", m{"name": "一", "entries": []m{
		{"announcement": announcement.ID, "dialects": "own", "repeats": 1, "gap_ms": 0},
	}}, &playlist)
	round := func(change m) m {
		r := m{
			"name": "早", "playlist": playlist.ID, "targets": []string{society1}, "class": "announcement", "lateness_ms": 0,
			"paused": false, "timetable": m{"cron": "30 7 * * *"},
		}
		for k, v := range change {
			r[k] = v
		}
		return r
	}
	tests := []struct {
		name, path string
		body       m
		want       string // the code
	}{
		{"an unknown grid", "/api/rounds", round(m{"targets": []string{"440605121999"}}), "grid_unknown"},
		{"no place", "/api/rounds", round(m{"targets": []string{}}), "targets_missing"},
		{"an unknown playlist", "/api/rounds", round(m{"playlist": "nowhere"}), "playlist_unknown"},
		{"a cron that never fires", "/api/rounds", round(m{"timetable": m{"cron": "0 0 31 2 *"}}), "cron_never_fires"},
		{"a zone", "/api/rounds", round(m{"timetable": m{"cron": "TZ=0 0 7 * * *"}}), "cron_zone"},
		{"no times", "/api/rounds", round(m{"timetable": m{}}), "timetable_empty"},
		{"a day that is over", "/api/rounds", round(m{"timetable": m{
			"every": m{"minutes": 60, "from": "07:00", "to": "08:00"}, "until": "2020-01-23",
		}}), "timetable_over"},
		{"a day that does not exist", "/api/rounds", round(m{"timetable": m{"cron": "0 7 * * *", "from": "2026-02-30"}}), "request_shape"},
		{"a field that nobody knows", "/api/rounds", round(m{"loudness": 200}), "request_shape"},
		{"an empty playlist", "/api/playlists", m{"name": "空", "entries": []m{}}, "playlist_empty"},
		{"an announcement without a recording", "/api/announcements", m{
			"title": "x", "text": "y", "variants": []m{{"dialect": "yue", "clip": strings.Repeat("0", 64)}},
		}, "recording_unknown"},
		{"a recording in another dialect", "/api/announcements", m{
			"title": "x", "text": "y", "variants": []m{{"dialect": "cmn", "clip": digest}},
		}, "recording_in_another_dialect"},
		{"a horn in no grid", "/api/terminals", m{
			"name": "x", "kind": "speaker", "grid": "440605121999", "dialects": []string{"yue"}, "volume": 80,
		}, "grid_unknown"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			body, err := json.Marshal(test.body)
			if err != nil {
				t.Fatal(err)
			}
			r := w.refused("POST", test.path, body, "application/json")
			if r.Code != test.want || !strings.HasSuffix(r.Detail, "。") {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestAnOfficialActsInHisVillageAndNowhereElse(t *testing.T) {
	w := newTown(t)
	w.addHorn("老龄", society1, "yue")
	w.addHorn("龙廻", society3, "yue")
	w.plan("镇里的", noise(5, time.Second), time.Now().Add(time.Hour).Truncate(time.Second), time.Minute, rootCode)
	type m = map[string]any
	var made struct{ Password string }
	w.must("POST", "/api/people", m{"name": "chen", "display": "陈社长", "role": "official", "grid": village1}, &made)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	chen := &town{t: t, listen: w.listen, http: &http.Client{Jar: jar, Timeout: patience}}
	if r := chen.refused("GET", "/api/rounds", nil, ""); r.Status != http.StatusUnauthorized {
		t.Errorf("before signing in: %+v", r)
	}
	chen.must("POST", "/api/session", m{"name": "chen", "password": made.Password}, nil)

	var seen struct {
		Terminals []struct{ Name string }
		Grids     []struct{ Code string }
	}
	chen.must("GET", "/api/terminals", nil, &seen)
	chen.must("GET", "/api/grids", nil, &seen)
	if len(seen.Terminals) != 1 || seen.Terminals[0].Name != "老龄" {
		t.Errorf("sees the terminals %+v", seen.Terminals)
	}
	for _, g := range seen.Grids {
		if !strings.HasPrefix(g.Code, village1) {
			t.Errorf("sees grid %s", g.Code)
		}
	}
	var lists struct {
		Playlists []struct{ ID string }
		Rounds    []struct{ ID string }
		Clips     []struct{ Digest string }
	}
	chen.must("GET", "/api/clips", nil, &lists)
	chen.must("GET", "/api/playlists", nil, &lists)
	chen.must("GET", "/api/rounds", nil, &lists)
	round := func(target string) []byte {
		body, err := json.Marshal(m{
			"name": "自己的", "playlist": lists.Playlists[0].ID, "targets": []string{target}, "class": "announcement",
			"lateness_ms": 0, "paused": false, "timetable": m{"cron": "30 7 * * *"},
		})
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	chen.send("POST", "/api/rounds", "application/json", round(society1), nil)
	forbidden := []struct {
		name, method, path string
		body               []byte
	}{
		{"plan for another village", "POST", "/api/rounds", round(village2)},
		{"plan for the town", "POST", "/api/rounds", round(rootCode)},
		{"change the town's round", "PUT", "/api/rounds/" + lists.Rounds[0].ID, round(society1)},
		{"remove the town's round", "DELETE", "/api/rounds/" + lists.Rounds[0].ID, nil},
		{"rename the town's recording", "PUT", "/api/clips/" + lists.Clips[0].Digest, []byte(`{"title":"x","dialect":"yue"}`)},
		{"remove the town's recording", "DELETE", "/api/clips/" + lists.Clips[0].Digest, nil},
		{"see another village's register", "GET", "/api/plays?grid=" + village2, nil},
		{"list people", "GET", "/api/people", nil},
		{"lift the night", "DELETE", "/api/quiet/" + night(w) + "/lift", nil},
	}
	for _, f := range forbidden {
		if r := chen.refused(f.method, f.path, f.body, "application/json"); r.Status != http.StatusForbidden {
			t.Errorf("%s: %+v", f.name, r)
		}
	}
}

// night returns the id of the town's night.
func night(w *town) string {
	w.t.Helper()
	var rules struct {
		Quiet []struct {
			ID    string
			Night bool
		}
	}
	w.must("GET", "/api/quiet", nil, &rules)
	for _, q := range rules.Quiet {
		if q.Night {
			return q.ID
		}
	}
	w.t.Fatal("the town has no night")
	return ""
}
