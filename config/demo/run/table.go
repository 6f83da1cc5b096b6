package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
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
	out := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(out, "\nterminal\tgrid\tplanned\tplayed\tpartial\tmissed\tunreported")
	for _, r := range d.Terminals {
		fmt.Fprintf(out, "%s\t%s\t%d\t%d\t%d\t%d\t%d\n", r.Name, r.GridPath,
			r.Counts.Planned, r.Counts.Played, r.Counts.Partial, r.Counts.Missed, r.Counts.Unreported)
		played += r.Counts.Played
	}
	fmt.Fprintln(out, "\ngrid\tlevel\thouseholds\tassigned 按辖区\tplays\tplanned\tplayed\tpartial\tmissed\tunreported")
	for _, g := range d.Grids {
		if g.Terminals == 0 {
			continue
		}
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", g.Name, g.Level, g.Households, g.Touched, g.Plays,
			g.Counts.Planned, g.Counts.Played, g.Counts.Partial, g.Counts.Missed, g.Counts.Unreported)
	}
	return played, out.Flush()
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
