package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// horn is one agent.
type horn struct {
	town    *town
	name    string
	id      string
	folder  string
	code    string
	process *exec.Cmd
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
		Data: filepath.Join(h.folder, "data"), Enrolment: h.code, Sound: h.sound(), KeepFree: h.town.keepFree,
	}})
}

func (h *horn) sound() string { return filepath.Join(h.folder, "sound") }

// terminalState is what the stories look at.
type terminalState struct {
	ID           string
	Enrolment    string
	Check        string
	Connected    bool
	HasProgramme bool       `json:"has_programme"`
	ClipsWanted  int        `json:"clips_wanted"`
	ClipsWhole   int        `json:"clips_whole"`
	SaidAt       *time.Time `json:"said_at"`
	Clock        string
	ClockErrorUS int64 `json:"clock_error_us"`
	RoundTripUS  int64 `json:"round_trip_us"`
	DiskFree     int64 `json:"disk_free"`
	Problems     []string
	Sounding     *struct {
		Announcement string
		Begin        time.Time
	}
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

// counts returns the horn's airings of today by how they ended.
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
