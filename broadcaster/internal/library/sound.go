package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"dalaba/broadcaster/internal/library/librarysql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// Sound is what was measured of a recording when it was rendered.
type Sound struct {
	// Recorded and Loudness are how loud it was and is, in LUFS, and TruePeak is its highest deflection now, in dBTP.
	Recorded float64 `json:"recorded"`
	Loudness float64 `json:"loudness"`
	TruePeak float64 `json:"true_peak"`
	// Gain is by how many dB it was amplified, and Limited by how many its peaks were turned down at most, 0 or less.
	Gain    float64 `json:"gain"`
	Limited float64 `json:"limited"`
	// Clipped is the share of it that was cut off when it was recorded, 0 to 1.
	Clipped float64 `json:"clipped"`
}

func soundOf(r audio.Rendition) *Sound {
	return &Sound{
		Recorded: r.Source.Loudness, Loudness: r.Level.Loudness, TruePeak: r.Level.TruePeak, Gain: r.Gain, Limited: r.Limited,
		Clipped: r.Source.Clipped,
	}
}

// readSound reads what the column sound holds.
func readSound(text string) (*Sound, error) {
	if text == "" {
		return nil, nil
	}
	s := new(Sound)
	if err := json.Unmarshal([]byte(text), s); err != nil {
		return nil, fmt.Errorf("read sound: %w", err)
	}
	return s, nil
}

// usable refuses a clip that is not worth keeping.
func usable(r audio.Rendition) error {
	const shortest = audio.Rate / 10
	for _, note := range r.Notes {
		if note == audio.NoteSilent {
			return &playlists.Problem{Kind: playlists.Invalid, Code: "clip_silent"}
		}
	}
	if r.Frames < shortest {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "clip_too_short"}
	}
	return nil
}

// Outline returns how a recording looks, or a NotFound problem. Of recordings that were taken in before outlines were kept
// it is drawn when it is first asked for.
func (l *Library) Outline(ctx context.Context, digest playlists.Digest) (audio.Outline, error) {
	var outline audio.Outline
	err := l.store.Read(ctx, func(tx *store.Tx) error {
		q := librarysql.New(tx.Tx)
		if _, err := get(ctx, q, digest); err != nil {
			return err
		}
		points, err := q.Outline(ctx, digest.String())
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read outline of %s: %w", digest, err)
		}
		return json.Unmarshal([]byte(points), &outline)
	})
	if err != nil || outline != nil {
		return outline, err
	}
	if outline, err = l.draw(ctx, digest); err != nil {
		return nil, err
	}
	return outline, l.store.Write(ctx, func(tx *store.Tx) error { return keepOutline(ctx, librarysql.New(tx.Tx), digest, outline) })
}

// draw reads the clip.
func (l *Library) draw(ctx context.Context, digest playlists.Digest) (audio.Outline, error) {
	found, err := l.clips.Stat(digest)
	if err != nil {
		return nil, missing(err)
	}
	file, err := l.clips.Open(digest)
	if err != nil {
		return nil, missing(err)
	}
	defer file.Close()
	clip, err := audio.OpenClip(file, found.Bytes)
	if err != nil {
		return nil, fmt.Errorf("draw recording %s: %w", digest, err)
	}
	return audio.Draw(ctx, clip)
}

func keepOutline(ctx context.Context, q *librarysql.Queries, digest playlists.Digest, outline audio.Outline) error {
	points, err := json.Marshal(outline)
	if err != nil {
		return fmt.Errorf("write outline: %w", err)
	}
	return q.InsertOutline(ctx, librarysql.InsertOutlineParams{Digest: digest.String(), Points: string(points)})
}
