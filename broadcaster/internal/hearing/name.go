package hearing

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/hearing/hearingsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// MaxName bounds the recording of a place's name.
const MaxName = playlists.Millis(10_000)

// Name is the recording that says what a grid is called.
type Name struct {
	Grid playlists.GridCode
	Clip playlists.Digest
	By   string
	At   time.Time
}

// Names returns the names of the grids that have one, by code. A grid that has gone has none.
func (h *Hearing) Names(ctx context.Context) ([]Name, error) {
	var all []Name
	err := h.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, _, err = h.names(ctx, tx)
		return err
	})
	return all, err
}

// names returns the names, and where each grid is.
func (h *Hearing) names(ctx context.Context, tx *store.Tx) ([]Name, map[playlists.GridCode]string, error) {
	rows, err := hearingsql.New(tx).Names(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read names of places: %w", err)
	}
	paths, err := h.land.Paths(ctx, tx)
	if err != nil {
		return nil, nil, fmt.Errorf("read names of places: %w", err)
	}
	var all []Name
	for _, row := range rows {
		if _, stands := paths[playlists.GridCode(row.Grid)]; !stands {
			continue
		}
		digest, err := playlists.ParseDigest(row.Digest)
		if err != nil {
			return nil, nil, fmt.Errorf("read name of %s: %w", row.Grid, err)
		}
		all = append(all, Name{Grid: playlists.GridCode(row.Grid), Clip: digest, By: row.SetBy, At: moment(row.SetMs)})
	}
	return all, paths, nil
}

// SetName makes a recording of at most MaxName the name of a grid, for by. The zero Digest takes its name away.
func (h *Hearing) SetName(ctx context.Context, node playlists.GridCode, clip playlists.Digest, by string) error {
	gone := clip == playlists.Digest{}
	if !gone {
		if err := h.store.Read(ctx, func(tx *store.Tx) error { return h.checkName(ctx, tx, clip) }); err != nil {
			return err
		}
		if err := h.ensure(ctx, clip); err != nil {
			return err
		}
	}
	return h.store.Write(ctx, func(tx *store.Tx) error {
		have, paths, err := h.names(ctx, tx)
		if err != nil {
			return err
		}
		if _, stands := paths[node]; !stands {
			return invalid("grid_unknown", "grid", map[string]any{"grid": string(node)})
		}
		q := hearingsql.New(tx)
		if gone {
			_, err = q.DeleteName(ctx, string(node))
		} else if err = h.checkName(ctx, tx, clip); err == nil { // it may have been removed meanwhile
			err = q.PutName(ctx, hearingsql.PutNameParams{Grid: string(node), Digest: clip.String(), SetBy: by, SetMs: millis(tx.Now)})
		}
		if err != nil {
			return fmt.Errorf("keep name of %s: %w", node, err)
		}
		var before playlists.Digest
		for _, n := range have {
			if n.Grid == node {
				before = n.Clip
			}
		}
		return h.plans.PlaceNamed(ctx, tx, node, by, before, clip)
	})
}

// checkName refuses what is no recording, or one that is too long.
func (h *Hearing) checkName(ctx context.Context, tx *store.Tx, digest playlists.Digest) error {
	all, err := h.recordings.Clips(ctx, tx)
	if err != nil {
		return err
	}
	clip, known := all[digest]
	if !known {
		return invalid("recording_unknown", "clip", nil)
	}
	if clip.Duration > MaxName {
		return invalid("place_name_too_long", "clip", map[string]any{
			"most": int(MaxName.Duration().Seconds()), "is": int64(clip.Duration+999) / 1000,
		})
	}
	return nil
}

// Users says for which places the clip is needed, for the library, which must keep it then: it is a name, or a ring test.
func (h *Hearing) Users(ctx context.Context, tx *store.Tx, digest playlists.Digest) ([]string, error) {
	names, paths, err := h.names(ctx, tx)
	if err != nil {
		return nil, err
	}
	made, err := renderings(ctx, hearingsql.New(tx))
	if err != nil {
		return nil, err
	}
	var users []string
	if made[playlists.Digest{}].Digest == digest {
		users = append(users, RingTestName)
	}
	for _, n := range names {
		if n.Clip == digest || made[n.Clip].Digest == digest {
			users = append(users, TitleOf(paths[n.Grid]))
		}
	}
	return users, nil
}

// ClipChanged takes over the dialect of a recording that is a name.
func (h *Hearing) ClipChanged(ctx context.Context, tx *store.Tx, digest playlists.Digest) error {
	names, _, err := h.names(ctx, tx)
	if err != nil {
		return err
	}
	for _, n := range names {
		if n.Clip == digest {
			if err := h.plans.RingTestChanged(ctx, tx, n.Grid, "", nil, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
