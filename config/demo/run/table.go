package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// counts are the airings of a day by how they ended.
type counts struct {
	Planned    int64 `json:"planned"`
	Played     int64 `json:"played"`
	Partial    int64 `json:"partial"`
	Missed     int64 `json:"missed"`
	Unreported int64 `json:"unreported"`
}

// day is what the demo reads of a day.
type day struct {
	Terminals []struct {
		Name     string `json:"name"`
		GridPath string `json:"grid_path"`
		Counts   counts `json:"counts"`
	} `json:"terminals"`
	Grids []struct {
		Code       string `json:"code"`
		Name       string `json:"name"`
		Level      int    `json:"level"`
		Households int64  `json:"households"`
		Touched    int64  `json:"touched"`
		Terminals  int    `json:"terminals"`
		Plays      int64  `json:"plays"`
		Counts     counts `json:"counts"`
	} `json:"grids"`
}

// summary prints the day as the ledger has it, and returns how many airings were played.
func (t *town) summary(ctx context.Context, w io.Writer) (played int64, err error) {
	var d day
	if err := t.call(ctx, "GET", "/api/day", nil, &d); err != nil {
		return 0, fmt.Errorf("ask for the table: %w", err)
	}
	terminals := [][]any{{"terminal", "grid", "planned", "played", "partial", "missed", "unreported"}}
	for _, r := range d.Terminals {
		terminals = append(terminals, append([]any{r.Name, r.GridPath}, r.Counts.cells()...))
		played += r.Counts.Played
	}
	grids := [][]any{{"grid", "level", "households", "assigned 按辖区", "plays", "planned", "played", "partial", "missed", "unreported"}}
	for _, g := range d.Grids {
		if g.Terminals == 0 {
			continue
		}
		grids = append(grids, append([]any{g.Name, g.Level, g.Households, g.Touched, g.Plays}, g.Counts.cells()...))
	}
	print(w, terminals)
	print(w, grids)
	return played, nil
}

// cells are the counts in the order of the tables' headings.
func (c counts) cells() []any { return []any{c.Planned, c.Played, c.Partial, c.Missed, c.Unreported} }

// print writes rows in columns, as wide as their widest cell.
func print(w io.Writer, rows [][]any) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], width(fmt.Sprint(cell)))
		}
	}
	fmt.Fprintln(w)
	for _, row := range rows {
		for i, cell := range row {
			text := fmt.Sprint(cell)
			fmt.Fprint(w, text, strings.Repeat(" ", widths[i]-width(text)+2))
		}
		fmt.Fprintln(w)
	}
}

// width is how many columns of a terminal text takes: Chinese characters and their punctuation take two.
func width(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x2E80 {
			n++
		}
	}
	return n
}

// judge looks for sound in every horn's WAV files and says where they are. A demo that was stopped before its first
// round, or was asked for none, is judged by nothing.
func judge(w io.Writer, o options, horns []*horn, played int64) error {
	if o.sound != "file" || o.bare {
		return nil
	}
	fmt.Fprintln(w)
	var silent error
	for _, h := range horns {
		sounded, path, err := soundIn(h.sound())
		if err != nil {
			return fmt.Errorf("listen to %s: %w", h.Name, err)
		}
		fmt.Fprintf(w, "%s: %s of sound in %s\n", h.Name, sounded.Round(100*time.Millisecond), path)
		if sounded < time.Second {
			silent = errors.Join(silent, fmt.Errorf("%s stayed silent", h.Name))
		}
	}
	if silent == nil && played == 0 {
		return errors.New("sound was written, and the ledger counts no airing as played")
	}
	return silent
}
