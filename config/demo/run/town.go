package main

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	"dalaba/config/demo"
)

const (
	// furnishWithin bounds each wait for a terminal.
	furnishWithin = 30 * time.Second
	// firstRound is how long after everything is ready the first round falls due.
	firstRound = 10 * time.Second
	// quietLifted is how long the demo lifts the town's night.
	quietLifted = 30 * 24 * time.Hour
)

// roundName names the demo's round.
const roundName = "示例:每分钟一次"

// town is the demo town as the broadcaster has it.
type town struct {
	*client
	horns []*horn
}

// furnish makes the town true: signed in, imported, night and daily limits lifted, horns enrolled and connected. What an
// earlier demo made is left as it is.
func furnish(ctx context.Context, f *family, o options, address, password string) (*town, error) {
	c, err := newClient(address)
	if err != nil {
		return nil, err
	}
	t := &town{client: c}
	if err := c.call(ctx, "POST", "/api/session", map[string]any{"name": "admin", "password": password}, nil); err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	if err := t.importGrids(ctx); err != nil {
		return nil, err
	}
	if err := t.liftNight(ctx); err != nil {
		return nil, err
	}
	if err := t.liftLimits(ctx); err != nil {
		return nil, err
	}
	for i, h := range demo.Horns() {
		t.horns = append(t.horns, &horn{
			Name: h.Name, Grid: h.Grid, Dialects: h.Dialects,
			folder: filepath.Join(o.folder, fmt.Sprintf("horn-%d", i+1)),
		})
	}
	for _, h := range t.horns {
		if err := h.enrol(ctx, f, o, c); err != nil {
			return nil, err
		}
	}
	if _, err := until(ctx, c, "", func(t terminal) bool { return t.Connected }); err != nil {
		return nil, fmt.Errorf("wait for the horns to connect: %w", err)
	}
	return t, nil
}

func (t *town) importGrids(ctx context.Context) error {
	var known struct {
		Grids []struct {
			Code string `json:"code"`
		} `json:"grids"`
	}
	if err := t.call(ctx, "GET", "/api/grids", nil, &known); err != nil {
		return err
	}
	if len(known.Grids) > 1 {
		return nil
	}
	if err := t.send(ctx, "PUT", "/api/grids", "application/geo+json", demo.Grids(), nil); err != nil {
		return fmt.Errorf("import the town: %w", err)
	}
	return nil
}

// liftNight lets the demo sound at any hour, by the administrator's act that the domain asks for.
func (t *town) liftNight(ctx context.Context) error {
	var rules struct {
		Quiet []struct {
			ID          string     `json:"id"`
			LiftedUntil *time.Time `json:"lifted_until"`
		} `json:"quiet"`
	}
	if err := t.call(ctx, "GET", "/api/quiet", nil, &rules); err != nil {
		return err
	}
	until := time.Now().Add(quietLifted)
	for _, r := range rules.Quiet {
		lift := map[string]any{"until": until, "reason": "演示 demo"}
		if err := t.call(ctx, "PUT", "/api/quiet/"+r.ID+"/lift", lift, nil); err != nil {
			return fmt.Errorf("lift the night: %w", err)
		}
	}
	return nil
}

// liftLimits lets the demo sound every minute all day, as an administrator can.
func (t *town) liftLimits(ctx context.Context) error {
	if err := t.call(ctx, "PUT", "/api/limits", map[string]any{"minutes": 0, "plays": 0}, nil); err != nil {
		return fmt.Errorf("lift the daily limits: %w", err)
	}
	return nil
}

// announce uploads the recordings, writes the announcements and plans the round, or moves an earlier demo's round to
// now. It returns when the round first falls due.
func (t *town) announce(ctx context.Context, now time.Time) (time.Time, error) {
	var known struct {
		Rounds []struct {
			ID       string `json:"id"`
			Name     string `json:"name"`
			Playlist string `json:"playlist"`
		} `json:"rounds"`
	}
	if err := t.call(ctx, "GET", "/api/rounds", nil, &known); err != nil {
		return time.Time{}, err
	}
	method, path, playlist := "POST", "/api/rounds", ""
	for _, r := range known.Rounds {
		if r.Name == roundName {
			method, path, playlist = "PUT", "/api/rounds/"+r.ID, r.Playlist
		}
	}
	if playlist == "" {
		var err error
		if playlist, err = t.makePlaylist(ctx); err != nil {
			return time.Time{}, err
		}
	}
	var session struct {
		Zone string    `json:"zone"`
		Now  time.Time `json:"now"`
	}
	if err := t.call(ctx, "GET", "/api/session", nil, &session); err != nil {
		return time.Time{}, err
	}
	zone, err := time.LoadLocation(session.Zone)
	if err != nil {
		return time.Time{}, err
	}
	due := now.In(zone).Add(firstRound).Truncate(time.Second)
	var grids []string
	for _, h := range t.horns {
		grids = append(grids, h.Grid)
	}
	err = t.call(ctx, method, path, map[string]any{
		"name": roundName, "playlist": playlist, "targets": grids, "class": "announcement", "lateness_ms": 50_000, "paused": false,
		"timetable": map[string]any{"every": map[string]any{
			"minutes": 1, "from": fmt.Sprintf("00:00:%02d", due.Second()), "to": "23:59:59",
		}},
	}, nil)
	if err != nil {
		return time.Time{}, fmt.Errorf("plan the round: %w", err)
	}
	return due, nil
}

// makePlaylist uploads every recording, writes every announcement, and puts them into one playlist.
func (t *town) makePlaylist(ctx context.Context) (string, error) {
	var entries []map[string]any
	for _, a := range demo.Announcements() {
		var variants []map[string]any
		for _, v := range a.Variants {
			var clip struct {
				Digest string `json:"digest"`
			}
			query := url.Values{"title": {a.Title}, "dialect": {v.Dialect}}
			if err := t.send(ctx, "POST", "/api/clips?"+query.Encode(), "application/octet-stream", v.Recording, &clip); err != nil {
				return "", fmt.Errorf("upload %s: %w", a.Title, err)
			}
			variants = append(variants, map[string]any{"dialect": v.Dialect, "clip": clip.Digest})
		}
		var made struct {
			ID string `json:"id"`
		}
		body := map[string]any{"title": a.Title, "text": a.Text, "variants": variants}
		if err := t.call(ctx, "POST", "/api/announcements", body, &made); err != nil {
			return "", fmt.Errorf("write %s: %w", a.Title, err)
		}
		entries = append(entries, map[string]any{"announcement": made.ID, "dialects": "own", "repeats": 1, "gap_ms": 500})
	}
	var made struct {
		ID string `json:"id"`
	}
	if err := t.call(ctx, "POST", "/api/playlists", map[string]any{"name": "示例节目单", "entries": entries}, &made); err != nil {
		return "", fmt.Errorf("make the playlist: %w", err)
	}
	return made.ID, nil
}

// until polls the terminals until the one with id, or all of them for an empty id, satisfy ok. It returns the last.
func until(ctx context.Context, c *client, id string, ok func(terminal) bool) (terminal, error) {
	ctx, cancel := context.WithTimeout(ctx, furnishWithin)
	defer cancel()
	for {
		var list struct {
			Terminals []terminal `json:"terminals"`
		}
		if err := c.call(ctx, "GET", "/api/terminals", nil, &list); err != nil {
			return terminal{}, err
		}
		var last terminal
		all := true
		for _, t := range list.Terminals {
			if id == "" || t.ID == id {
				last, all = t, all && ok(t)
			}
		}
		if all && last.ID != "" {
			return last, nil
		}
		select {
		case <-ctx.Done():
			return terminal{}, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
