package library

import (
	"bytes"
	"context"
	"fmt"

	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// NoDialect is the tag of a recording in which nobody speaks. No town lists it.
const NoDialect playlists.Dialect = "zxx"

// Chime returns the chime that comes with the software; nil while there is none, or none with its file.
func (l *Library) Chime(ctx context.Context) (*playlists.Clip, error) {
	all, err := l.List(ctx)
	for i := range all {
		if all[i].BuiltIn && l.clips.Has(all[i].Digest) {
			return &all[i].Clip, nil
		}
	}
	return nil, err
}

// EnsureChime makes the chime that comes with the software a recording of owner's, unless it is there with its file.
func (l *Library) EnsureChime(ctx context.Context, owner playlists.GridCode) error {
	if have, err := l.Chime(ctx); have != nil || err != nil {
		return err
	}
	file, err := audio.ClipOf(audio.Chime())
	if err == nil {
		_, _, err = l.take(ctx, bytes.NewReader(file), Recording{
			Clip: playlists.Clip{Dialect: NoDialect}, Title: "提示音", Owner: owner, BuiltIn: true,
		})
	}
	if err != nil {
		return fmt.Errorf("make the built-in chime: %w", err)
	}
	return nil
}

// builtIn refuses to change what comes with the software.
func builtIn(r Recording) error {
	if !r.BuiltIn {
		return nil
	}
	return &playlists.Problem{Kind: playlists.Conflict, Code: "recording_built_in", Args: map[string]any{"title": r.Title}}
}
