package hearing

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"dalaba/broadcaster/internal/hearing/hearingsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// rendering is the ring test of a name, as a clip without a dialect.
type rendering struct {
	playlists.Clip
	madeOf string
}

// renderings returns what has been rendered, by the digest of the name; the zero Digest is the ring test without one.
func renderings(ctx context.Context, q *hearingsql.Queries) (map[playlists.Digest]rendering, error) {
	rows, err := q.Renderings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read ring tests: %w", err)
	}
	all := make(map[playlists.Digest]rendering, len(rows))
	for _, row := range rows {
		var name playlists.Digest
		if row.Name != "" {
			if name, err = playlists.ParseDigest(row.Name); err != nil {
				return nil, fmt.Errorf("read ring tests: %w", err)
			}
		}
		digest, err := playlists.ParseDigest(row.Digest)
		if err != nil {
			return nil, fmt.Errorf("read ring tests: %w", err)
		}
		all[name] = rendering{
			Clip:   playlists.Clip{Digest: digest, Bytes: row.Bytes, Duration: playlists.Millis(row.DurationMs)},
			madeOf: row.MadeOf,
		}
	}
	return all, nil
}

// Recover makes the ring tests that are in use and of which the file has been lost, or the software makes another sound by
// now. Call it once, before the library clears its shelf. What cannot be made is logged: a town runs without.
func (h *Hearing) Recover(ctx context.Context) error {
	var wanted []playlists.Digest
	err := h.store.Read(ctx, func(tx *store.Tx) error {
		names, _, err := h.names(ctx, tx)
		if err != nil {
			return err
		}
		made, err := renderings(ctx, hearingsql.New(tx))
		if err != nil {
			return err
		}
		if _, used := made[playlists.Digest{}]; used {
			wanted = append(wanted, playlists.Digest{})
		}
		for _, n := range names {
			wanted = append(wanted, n.Clip)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range wanted {
		if err := h.ensure(ctx, name); err != nil {
			h.log.Error("ring test not rendered", "name", name, "error", err)
		}
	}
	return ctx.Err()
}

// ensure renders the ring test of a name, unless it is there. The zero Digest is no name.
func (h *Hearing) ensure(ctx context.Context, name playlists.Digest) error {
	madeOf, err := h.madeOf()
	if err != nil {
		return fmt.Errorf("render ring test: %w", err)
	}
	var have rendering
	if err := h.store.Read(ctx, func(tx *store.Tx) error {
		all, err := renderings(ctx, hearingsql.New(tx))
		have = all[name]
		return err
	}); err != nil {
		return err
	}
	if have.madeOf == madeOf && h.clips.Has(have.Digest) {
		return nil
	}
	sound, err := h.sound(name)
	if err != nil {
		return fmt.Errorf("render ring test: %w", err)
	}
	file, err := render(sound)
	if err != nil {
		return fmt.Errorf("render ring test: %w", err)
	}
	stored, err := h.clips.Put(ctx, bytes.NewReader(file))
	if err != nil {
		return fmt.Errorf("render ring test: %w", err)
	}
	clip, err := audio.OpenClip(bytes.NewReader(file), stored.Bytes)
	if err != nil {
		return fmt.Errorf("render ring test: %w", err)
	}
	key := ""
	if (name != playlists.Digest{}) {
		key = name.String()
	}
	return h.store.Write(ctx, func(tx *store.Tx) error {
		return hearingsql.New(tx).PutRendering(ctx, hearingsql.PutRenderingParams{
			Name: key, Digest: stored.Digest.String(), Bytes: stored.Bytes, DurationMs: int64(clip.Duration()), MadeOf: madeOf,
		})
	})
}

// sound reads the recording of a name; there is none under the zero Digest.
func (h *Hearing) sound(name playlists.Digest) (sound []float32, err error) {
	if (name == playlists.Digest{}) {
		return nil, nil
	}
	found, err := h.clips.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &playlists.Problem{Kind: playlists.NotFound, Code: "recording_unknown", Err: err}
	}
	if err != nil {
		return nil, err
	}
	file, err := h.clips.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return audio.SoundOf(file, found.Bytes, int64(MaxName+1)*audio.Rate/1000)
}

// render makes the clip of a name's ring test. Its length is a whole number of seconds, so that terminals with different
// names have few different lengths to plan.
func render(name []float32) ([]byte, error) {
	sound := audio.RingTest(name)
	if rest := len(sound) % audio.Rate; rest > 0 {
		sound = append(sound, make([]float32, audio.Rate-rest)...)
	}
	return audio.ClipOf(sound)
}

func nameless() (string, error) {
	file, err := render(nil)
	return playlists.Digest(sha256.Sum256(file)).String(), err
}

// Open opens what a grid says in its ring test, for listening; the caller closes it. Nothing rendered yet is a NotFound
// problem.
func (h *Hearing) Open(ctx context.Context, node playlists.GridCode) (io.ReadSeekCloser, error) {
	if err := h.ensure(ctx, playlists.Digest{}); err != nil {
		return nil, err
	}
	var clip playlists.Digest
	if err := h.store.Read(ctx, func(tx *store.Tx) error {
		said, err := h.said(ctx, tx)
		if x, known := said[node]; known {
			clip = x.Variants[0].Digest
		}
		return err
	}); err != nil {
		return nil, err
	}
	file, err := h.clips.Open(clip)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &playlists.Problem{Kind: playlists.NotFound, Code: "recording_unknown", Err: err}
	}
	return file, err
}
