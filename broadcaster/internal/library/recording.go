package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dalaba/broadcaster/internal/library/librarysql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// maxTitle bounds a title in characters.
const maxTitle = 80

// Recording is a clip and what people know about it.
type Recording struct {
	playlists.Clip
	Title string
	// Peak is the highest sample in dBFS.
	Peak float64
	// Sound is what was measured, or nil for what was taken in before that was done.
	Sound *Sound
	Notes []audio.Note
	// Owner is the grid whose recording this is.
	Owner playlists.GridCode
	// BuiltIn tells that it comes with the software: it stays as it is.
	BuiltIn bool
	// By names who uploaded it, for people, and At tells when.
	By string
	At time.Time
}

// List returns every recording, newest first.
func (l *Library) List(ctx context.Context) ([]Recording, error) {
	var all []Recording
	err := l.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := librarysql.New(tx.Tx).Recordings(ctx)
		if err != nil {
			return fmt.Errorf("list recordings: %w", err)
		}
		for _, row := range rows {
			recording, err := read(row)
			if err != nil {
				return err
			}
			all = append(all, recording)
		}
		return nil
	})
	return all, err
}

// Get returns one recording, or a NotFound problem.
func (l *Library) Get(ctx context.Context, digest playlists.Digest) (Recording, error) {
	var found Recording
	err := l.store.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = get(ctx, librarysql.New(tx.Tx), digest)
		return err
	})
	return found, err
}

// Clips returns every clip that there is a recording of, for who must know them in the same transaction.
func (l *Library) Clips(ctx context.Context, tx *store.Tx) (map[playlists.Digest]playlists.Clip, error) {
	rows, err := librarysql.New(tx.Tx).Clips(ctx)
	if err != nil {
		return nil, fmt.Errorf("list clips: %w", err)
	}
	all := make(map[playlists.Digest]playlists.Clip, len(rows))
	for _, row := range rows {
		digest, err := playlists.ParseDigest(row.Digest)
		if err != nil {
			return nil, fmt.Errorf("list clips: %w", err)
		}
		all[digest] = playlists.Clip{
			Digest: digest, Bytes: row.Bytes, Duration: playlists.Millis(row.DurationMs), Dialect: playlists.Dialect(row.Dialect),
		}
	}
	return all, nil
}

// Missing returns the recordings whose file is not there. Uploading the same sound again brings it back.
func (l *Library) Missing(ctx context.Context) ([]Recording, error) {
	all, err := l.List(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(r Recording) bool { return l.clips.Has(r.Digest) }), nil
}

// Update gives a recording another title and dialect. What uses it takes over the dialect, or refuses it.
func (l *Library) Update(ctx context.Context, digest playlists.Digest, title string, dialect playlists.Dialect) (Recording, error) {
	var recording Recording
	err := l.store.Write(ctx, func(tx *store.Tx) error {
		q := librarysql.New(tx.Tx)
		var err error
		if recording, err = get(ctx, q, digest); err != nil {
			return err
		}
		if err = builtIn(recording); err != nil {
			return err
		}
		if title, err = l.check(ctx, tx, title, dialect); err != nil {
			return err
		}
		redubbed := recording.Dialect != dialect
		recording.Title, recording.Dialect = title, dialect
		if err := q.UpdateRecording(ctx, librarysql.UpdateRecordingParams{
			Digest: digest.String(), Title: title, Dialect: string(dialect),
		}); err != nil {
			return fmt.Errorf("update recording %s: %w", digest, err)
		}
		if !redubbed {
			return nil
		}
		return l.users.ClipChanged(ctx, tx, digest)
	})
	return recording, err
}

// Remove forgets a recording that nothing uses, and its file.
func (l *Library) Remove(ctx context.Context, digest playlists.Digest) error {
	l.shelf.Lock()
	defer l.shelf.Unlock()
	if err := l.store.Write(ctx, func(tx *store.Tx) error {
		q := librarysql.New(tx.Tx)
		have, err := get(ctx, q, digest)
		if err != nil {
			return err
		}
		if err := builtIn(have); err != nil {
			return err
		}
		names, err := l.users.Users(ctx, tx, digest)
		if err != nil {
			return fmt.Errorf("look for users of recording %s: %w", digest, err)
		}
		if len(names) > 0 {
			return &playlists.Problem{
				Kind: playlists.Conflict, Code: "recording_in_use", Args: map[string]any{"users": strings.Join(names, "、")},
			}
		}
		if err := q.DeleteOutline(ctx, digest.String()); err != nil {
			return fmt.Errorf("delete outline of %s: %w", digest, err)
		}
		if err := q.DeleteRecording(ctx, digest.String()); err != nil {
			return fmt.Errorf("delete recording %s: %w", digest, err)
		}
		return nil
	}); err != nil {
		return err
	}
	if err := l.clips.Remove(digest); err != nil {
		return fmt.Errorf("remove recording: %w", err)
	}
	return nil
}

// Open opens the clip for reading, or returns a NotFound problem. The caller closes it.
func (l *Library) Open(digest playlists.Digest) (io.ReadSeekCloser, error) {
	file, err := l.clips.Open(digest)
	if err != nil {
		return nil, missing(err)
	}
	return file, nil
}

// missing makes a file that is not there a Problem.
func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &playlists.Problem{Kind: playlists.NotFound, Code: "recording_unknown", Err: err}
	}
	return fmt.Errorf("open recording: %w", err)
}

// check checks what people say of a recording and returns the title without the spaces around it.
func (l *Library) check(ctx context.Context, tx *store.Tx, title string, dialect playlists.Dialect) (string, error) {
	title = strings.TrimSpace(title)
	problem := func(code, field string, args map[string]any) (string, error) {
		return "", &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args}
	}
	switch n := utf8.RuneCountInString(title); {
	case !utf8.ValidString(title), strings.ContainsFunc(title, unicode.IsControl):
		return problem("text_unreadable", "title", nil)
	case n == 0:
		return problem("text_missing", "title", nil)
	case n > maxTitle:
		return problem("text_too_long", "title", map[string]any{"most": maxTitle, "is": n})
	}
	known, err := l.dialects.HasDialect(ctx, tx, dialect)
	if err != nil {
		return "", fmt.Errorf("look up dialect %q: %w", dialect, err)
	}
	if !known {
		return problem("dialect_unknown", "dialect", nil)
	}
	return title, nil
}

func get(ctx context.Context, q *librarysql.Queries, digest playlists.Digest) (Recording, error) {
	row, err := q.Recording(ctx, digest.String())
	if errors.Is(err, sql.ErrNoRows) {
		return Recording{}, &playlists.Problem{Kind: playlists.NotFound, Code: "recording_unknown"}
	}
	if err != nil {
		return Recording{}, fmt.Errorf("read recording %s: %w", digest, err)
	}
	return read(row)
}

func read(row librarysql.Recording) (Recording, error) {
	digest, err := playlists.ParseDigest(row.Digest)
	if err != nil {
		return Recording{}, fmt.Errorf("read recording: %w", err)
	}
	recording := Recording{
		Clip: playlists.Clip{
			Digest: digest, Bytes: row.Bytes, Duration: playlists.Millis(row.DurationMs), Dialect: playlists.Dialect(row.Dialect),
		},
		Title: row.Title, Peak: row.PeakDb, Owner: playlists.GridCode(row.Owner), BuiltIn: row.BuiltIn, By: row.MadeBy, At: time.UnixMilli(row.MadeMs).UTC(),
	}
	if err := json.Unmarshal([]byte(row.Notes), &recording.Notes); err != nil {
		return Recording{}, fmt.Errorf("read notes of recording %s: %w", digest, err)
	}
	recording.Sound, err = readSound(row.Sound)
	return recording, err
}

// known returns every digest that has a row.
func (l *Library) known(ctx context.Context) (map[playlists.Digest]playlists.Clip, error) {
	var all map[playlists.Digest]playlists.Clip
	err := l.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = l.Clips(ctx, tx)
		return err
	})
	return all, err
}
