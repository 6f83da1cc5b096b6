package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// horn is one village loudspeaker and its agent.
type horn struct {
	Name     string   `json:"name"`
	Grid     string   `json:"grid"`
	Dialects []string `json:"dialects"`

	folder string
}

// terminal is what the demo reads of a terminal.
type terminal struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Enrolment    string `json:"enrolment"`
	Check        string `json:"check"`
	Connected    bool   `json:"connected"`
	HasProgramme bool   `json:"has_programme"`
	ClipsWanted  int    `json:"clips_wanted"`
	ClipsWhole   int    `json:"clips_whole"`
}

// sound is where the horn's WAV files lie.
func (h *horn) sound() string { return filepath.Join(h.folder, "sound") }

// identified tells whether the horn's agent was enrolled by an earlier demo.
func (h *horn) identified() bool {
	_, err := os.Stat(filepath.Join(h.folder, "data", "identity.json"))
	return err == nil
}

// start runs the horn's agent against the broadcaster at address, which need not be where an earlier demo had it. code
// is its one-time code, empty when it was enrolled by an earlier demo.
func (h *horn) start(f *family, o options, address, code string) error {
	if err := os.MkdirAll(h.folder, 0o755); err != nil {
		return fmt.Errorf("make the folder of %s: %w", h.Name, err)
	}
	settings := filepath.Join(h.folder, "agent.yaml")
	text := fmt.Sprintf("data: %q\naddress: %q\nenrolment: %q\nsound:\n  output: %q\n  file:\n    folder: %q\n",
		filepath.Join(h.folder, "data"), address, code, o.sound, h.sound())
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		return fmt.Errorf("write the settings of %s: %w", h.Name, err)
	}
	_, err := f.start(filepath.Base(h.folder), h.folder, filepath.Join(o.programs, "agent"), "run", "-config", settings)
	return err
}

// enrol creates the horn's terminal if an earlier demo has not, starts its agent, and approves it once it has used its
// code, as a person does who compares the check digits.
func (h *horn) enrol(ctx context.Context, f *family, o options, c *client) error {
	var known struct {
		Terminals []terminal `json:"terminals"`
	}
	if err := c.call(ctx, "GET", "/api/terminals", nil, &known); err != nil {
		return err
	}
	var made struct {
		Terminal terminal `json:"terminal"`
		Code     string   `json:"code"`
	}
	for _, t := range known.Terminals {
		if t.Name == h.Name {
			made.Terminal = t
		}
	}
	if made.Terminal.ID == "" {
		lat, lon, err := position(h.Grid)
		if err != nil {
			return err
		}
		body := map[string]any{
			"name": h.Name, "kind": "speaker", "grid": h.Grid, "dialects": h.Dialects, "volume": 80, "lat": lat, "lon": lon,
		}
		if err := c.call(ctx, "POST", "/api/terminals", body, &made); err != nil {
			return err
		}
	}
	enrolled := made.Terminal.Enrolment == "approved" && h.identified()
	if !enrolled && made.Code == "" {
		if err := c.call(ctx, "POST", "/api/terminals/"+made.Terminal.ID+"/code", nil, &made); err != nil {
			return err
		}
	}
	if err := h.start(f, o, c.address, made.Code); err != nil {
		return err
	}
	if enrolled {
		return nil
	}
	t, err := until(ctx, c, made.Terminal.ID, func(t terminal) bool { return t.Enrolment == "pending" })
	if err != nil {
		return fmt.Errorf("wait for %s to use its code: %w", h.Name, err)
	}
	return c.call(ctx, "POST", "/api/terminals/"+t.ID+"/approval", map[string]any{"check": t.Check}, nil)
}
