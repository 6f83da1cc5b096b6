package territory

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory/territorysql"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Terminal is a terminal as it is placed.
type Terminal struct {
	// ID names the terminal for ever; CreateTerminal draws it.
	ID playlists.TerminalID
	// Name tells it from the others of its grid.
	Name string
	Kind playlists.TerminalKind
	Grid playlists.GridCode
	// Dialects are what is spoken around it, best first; at least one, all of the town's list.
	Dialects []playlists.Dialect
	// Volume is 1 to 100 percent of the output's full scale.
	Volume int
	// OutputDelay is how long its sound is on the way from its output to the air, 0 to 5 s: it starts that much earlier.
	OutputDelay playlists.Millis
	// Lat and Lon are where it stands, in degrees, WGS-84; both are nil where that is not known, and for what moves.
	Lat, Lon *float64
	// Shared are other grids that it serves too, sorted: rounds for them touch it as if it stood there. None is Grid or
	// above it, from where it is reached anyway.
	Shared []playlists.GridCode
	// Created is set by CreateTerminal.
	Created time.Time
}

// Bounds on a terminal.
const (
	maxTerminalName = 40 // characters
	maxDialects     = 8
	maxOutputDelay  = playlists.Millis(5000)
)

// CreateTerminal places a terminal and returns it with its id. What is wrong with it comes back as a Problem.
func (t *Territory) CreateTerminal(ctx context.Context, tx *store.Tx, terminal Terminal) (Terminal, error) {
	terminal.ID = playlists.TerminalID(strings.ToLower(rand.Text()))
	terminal.Created = tx.Now
	kept, err := t.check(ctx, tx, &terminal)
	if err != nil {
		return Terminal{}, err
	}
	err = territorysql.New(tx).InsertTerminal(ctx, territorysql.InsertTerminalParams{
		ID: string(terminal.ID), Name: terminal.Name, Kind: string(terminal.Kind), Grid: string(terminal.Grid),
		Dialects: kept.dialects, Volume: int64(terminal.Volume), CreatedMs: terminal.Created.UnixMilli(),
		Lat: degrees(terminal.Lat), Lon: degrees(terminal.Lon), Shared: kept.shared,
		OutputDelayMs: int64(terminal.OutputDelay),
	})
	if err != nil {
		return Terminal{}, fmt.Errorf("add terminal: %w", err)
	}
	return terminal, nil
}

// UpdateTerminal changes everything about the terminal of this id but when it was created, and returns it as it then
// is. What is wrong with it comes back as a Problem.
func (t *Territory) UpdateTerminal(ctx context.Context, tx *store.Tx, terminal Terminal) (Terminal, error) {
	before, err := t.Terminal(ctx, tx, terminal.ID)
	if err != nil {
		return Terminal{}, err
	}
	terminal.Created = before.Created
	kept, err := t.check(ctx, tx, &terminal)
	if err != nil {
		return Terminal{}, err
	}
	err = territorysql.New(tx).UpdateTerminal(ctx, territorysql.UpdateTerminalParams{
		ID: string(terminal.ID), Name: terminal.Name, Kind: string(terminal.Kind), Grid: string(terminal.Grid),
		Dialects: kept.dialects, Volume: int64(terminal.Volume),
		Lat: degrees(terminal.Lat), Lon: degrees(terminal.Lon), Shared: kept.shared,
		OutputDelayMs: int64(terminal.OutputDelay),
	})
	if err != nil {
		return Terminal{}, fmt.Errorf("change terminal %s: %w", terminal.ID, err)
	}
	return terminal, nil
}

// RemoveTerminal removes the terminal called id, or returns a Problem. What other rooms keep of it is theirs to forget.
func (t *Territory) RemoveTerminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) error {
	n, err := territorysql.New(tx).DeleteTerminal(ctx, string(id))
	if err != nil {
		return fmt.Errorf("remove terminal %s: %w", id, err)
	}
	if n == 0 {
		return unknownTerminal(id)
	}
	return nil
}

// Terminal returns the terminal called id, or a Problem.
func (t *Territory) Terminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) (Terminal, error) {
	row, err := territorysql.New(tx).Terminal(ctx, string(id))
	if errors.Is(err, sql.ErrNoRows) {
		return Terminal{}, unknownTerminal(id)
	}
	if err != nil {
		return Terminal{}, fmt.Errorf("find terminal %s: %w", id, err)
	}
	return terminalOf(row)
}

// Terminals returns all terminals, by grid and name.
func (t *Territory) Terminals(ctx context.Context, tx *store.Tx) ([]Terminal, error) {
	rows, err := territorysql.New(tx).Terminals(ctx)
	if err != nil {
		return nil, fmt.Errorf("list terminals: %w", err)
	}
	all := make([]Terminal, len(rows))
	for i, row := range rows {
		if all[i], err = terminalOf(row); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Under returns the terminals that are placed at or below any of grids, each once, by grid and name. One that is placed
// above them all is not among them.
func (t *Territory) Under(ctx context.Context, tx *store.Tx, grids []playlists.GridCode) ([]Terminal, error) {
	all, err := t.Terminals(ctx, tx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(terminal Terminal) bool {
		return !slices.ContainsFunc(grids, func(code playlists.GridCode) bool { return grid.Contains(code, terminal.Grid) })
	}), nil
}

// lists are a terminal's lists as they are kept.
type lists struct{ dialects, shared string }

// check brings the terminal into the form in which it is kept, and returns its lists, or a Problem.
func (t *Territory) check(ctx context.Context, tx *store.Tx, terminal *Terminal) (kept lists, err error) {
	refuse := func(code, field string, args map[string]any) error {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args}
	}
	terminal.Name = strings.TrimSpace(terminal.Name)
	known, err := t.Has(ctx, tx, terminal.Grid)
	switch {
	case err != nil:
		return kept, err
	case !known:
		return kept, refuse("grid_unknown", "grid", map[string]any{"grid": string(terminal.Grid)})
	case !showable(terminal.Name, maxTerminalName):
		return kept, refuse("name_bad", "name", map[string]any{"most": maxTerminalName})
	case !slices.Contains([]playlists.TerminalKind{playlists.KindSpeaker, playlists.KindMobile, playlists.KindScreen}, terminal.Kind):
		return kept, refuse("terminal_kind_bad", "kind", nil)
	case terminal.Volume < 1 || terminal.Volume > 100:
		return kept, refuse("volume_bad", "volume", nil)
	case terminal.OutputDelay < 0 || terminal.OutputDelay > maxOutputDelay:
		return kept, refuse("output_delay_bad", "output_delay_ms", map[string]any{"most": int(maxOutputDelay)})
	}
	if err := terminal.checkPosition(); err != nil {
		return kept, err
	}
	if err := t.checkName(ctx, tx, terminal); err != nil {
		return kept, err
	}
	if kept.shared, err = t.checkShared(ctx, tx, terminal); err != nil {
		return kept, err
	}
	kept.dialects, err = t.checkDialects(ctx, tx, terminal.Dialects)
	return kept, err
}

// checkName returns a Problem for a name that another terminal of the grid has.
func (t *Territory) checkName(ctx context.Context, tx *store.Tx, terminal *Terminal) error {
	other, err := territorysql.New(tx).TerminalNamed(ctx, territorysql.TerminalNamedParams{Grid: string(terminal.Grid), Name: terminal.Name})
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return fmt.Errorf("find terminal by name: %w", err)
	case other.ID != string(terminal.ID):
		return &playlists.Problem{Kind: playlists.Conflict, Code: "terminal_name_taken", Field: "name", Args: map[string]any{"name": terminal.Name}}
	}
	return nil
}

func (t *Territory) checkDialects(ctx context.Context, tx *store.Tx, dialects []playlists.Dialect) (string, error) {
	refuse := func(code string, args map[string]any) error {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: "dialects", Args: args}
	}
	if len(dialects) == 0 || len(dialects) > maxDialects {
		return "", refuse("dialects_count_bad", map[string]any{"most": maxDialects})
	}
	listed, err := t.Dialects(ctx, tx)
	if err != nil {
		return "", err
	}
	for i, tag := range dialects {
		if !slices.ContainsFunc(listed, func(d Dialect) bool { return d.Tag == tag }) {
			return "", refuse("dialect_unknown", map[string]any{"tag": string(tag)})
		}
		if slices.Contains(dialects[:i], tag) {
			return "", refuse("dialect_twice", map[string]any{"tag": string(tag)})
		}
	}
	text, err := json.Marshal(dialects)
	return string(text), err
}

// showable tells whether a name can be shown: not empty, no longer than most characters, nothing but what prints.
func showable(name string, most int) bool {
	for _, c := range name {
		if !unicode.IsPrint(c) || c == utf8.RuneError {
			return false
		}
	}
	return name != "" && utf8.RuneCountInString(name) <= most
}

func unknownTerminal(id playlists.TerminalID) error {
	return &playlists.Problem{Kind: playlists.NotFound, Code: "terminal_unknown", Args: map[string]any{"terminal": string(id)}}
}

func terminalOf(row territorysql.Terminal) (Terminal, error) {
	terminal := Terminal{
		ID: playlists.TerminalID(row.ID), Name: row.Name, Kind: playlists.TerminalKind(row.Kind),
		Grid: playlists.GridCode(row.Grid), Volume: int(row.Volume), Created: time.UnixMilli(row.CreatedMs).UTC(),
		Lat: degreesOf(row.Lat), Lon: degreesOf(row.Lon),
		OutputDelay: playlists.Millis(row.OutputDelayMs),
	}
	if err := json.Unmarshal([]byte(row.Dialects), &terminal.Dialects); err != nil {
		return Terminal{}, fmt.Errorf("read dialects of terminal %s: %w", row.ID, err)
	}
	if err := json.Unmarshal([]byte(row.Shared), &terminal.Shared); err != nil {
		return Terminal{}, fmt.Errorf("read what terminal %s is shared with: %w", row.ID, err)
	}
	if len(terminal.Shared) == 0 {
		terminal.Shared = nil
	}
	return terminal, nil
}
