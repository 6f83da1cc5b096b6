// Package library keeps recordings: it takes what a person uploads, renders it to the form that agents play, and puts it
// on the shelf under its digest, with a row that says what it is.
//
// What was uploaded lies in a temporary file while it is worked on and is not kept. The rendering of the same bytes is
// the same clip, so what is uploaded twice is one recording. A clip's file comes before its row and goes after it: a
// crash in between leaves a file that nobody knows, which Recover removes, and never a row without a file. Where a disk
// lost a file all the same, Missing tells it, and uploading the same recording again brings it back, as long as the town
// brings its recordings to the same loudness.
package library

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
	"dalaba/playlists/clips"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the room's migration files for store.DB.Migrate.
func Migrations() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name above is wrong
	}
	return files
}

// DefaultMaxUpload bounds an upload in bytes where Options say nothing: half an hour of 24-bit stereo at 48,000 frames a
// second, and then some.
const DefaultMaxUpload = 600 << 20

// FFmpegNever is the path of no program.
const FFmpegNever = "off"

// renderers is how many uploads are rendered at once; it is work for a processor each.
const renderers = 2

// dialects is the town's list.
type dialects interface {
	HasDialect(ctx context.Context, tx *store.Tx, tag playlists.Dialect) (bool, error)
}

// users are what recordings are used by.
type users interface {
	// Users names what uses the recording.
	Users(ctx context.Context, tx *store.Tx, digest playlists.Digest) ([]string, error)
	// ClipChanged takes over a changed dialect, or refuses it.
	ClipChanged(ctx context.Context, tx *store.Tx, digest playlists.Digest) error
}

// Options are what a Library works with.
type Options struct {
	Store *store.DB
	Clips *clips.Store
	// Folder is where uploads lie while they are worked on. It is made if it is missing, and is the library's alone.
	Folder   string
	Dialects dialects
	Users    users
	// MaxUpload bounds an upload in bytes; zero means DefaultMaxUpload.
	MaxUpload int64
	// Limits bound what is rendered; their zero value holds audio's defaults, and DefaultTarget.
	Limits audio.Limits
	// FFmpeg is the path of the program that converts what is not read here; empty means that it is looked for, and
	// FFmpegNever that it is not used.
	FFmpeg string
	Log    *slog.Logger
}

// Library is the room. It is safe for concurrent use.
type Library struct {
	store     *store.DB
	clips     *clips.Store
	folder    string
	dialects  dialects
	users     users
	maxUpload int64
	limits    audio.Limits
	ffmpeg    string // its path, or empty
	log       *slog.Logger
	rendering chan struct{} // holds one for each rendering under way

	shelf sync.Mutex // held while a clip's file and its row come or go together
}

// New checks o, makes the folder, and starts nothing.
func New(o Options) (*Library, error) {
	if o.Store == nil || o.Clips == nil || o.Folder == "" || o.Dialects == nil || o.Users == nil || o.Log == nil {
		return nil, errors.New("library: store, clips, folder, dialects, users and log are all needed")
	}
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make upload folder: %w", err)
	}
	maxUpload := o.MaxUpload
	if maxUpload <= 0 {
		maxUpload = DefaultMaxUpload
	}
	if o.Limits.Target == 0 {
		o.Limits.Target = audio.DefaultTarget
	}
	ffmpeg, err := findFFmpeg(o.FFmpeg)
	if err != nil {
		return nil, fmt.Errorf("library: %w", err)
	}
	return &Library{
		store: o.Store, clips: o.Clips, folder: o.Folder, dialects: o.Dialects, users: o.Users, maxUpload: maxUpload,
		limits: o.Limits, ffmpeg: ffmpeg, log: o.Log.With("component", "library"), rendering: make(chan struct{}, renderers),
	}, nil
}

// Recover clears away what a crash left: uploads that were being worked on, and clips without a row that nobody uses. It says which
// recordings have lost their file. Call it once, before the first upload.
func (l *Library) Recover(ctx context.Context) error {
	left, err := os.ReadDir(l.folder)
	if err != nil {
		return fmt.Errorf("read upload folder: %w", err)
	}
	for _, file := range left {
		if err := l.discard(file.Name()); err != nil {
			return err
		}
	}
	known, err := l.known(ctx)
	if err != nil {
		return err
	}
	have, err := l.clips.List()
	if err != nil {
		return fmt.Errorf("recover library: %w", err)
	}
	for _, clip := range have {
		if _, ok := known[clip.Digest]; ok {
			continue
		}
		used, err := l.used(ctx, clip.Digest)
		if err != nil {
			return err
		}
		if used {
			continue
		}
		if err := l.clips.Remove(clip.Digest); err != nil {
			return fmt.Errorf("recover library: %w", err)
		}
	}
	missing, err := l.Missing(ctx)
	for _, r := range missing {
		l.log.Error("recording has lost its file", "title", r.Title, "digest", r.Digest)
	}
	return err
}

// used tells whether something uses a clip that is no recording: others keep what they make of recordings on the same shelf.
func (l *Library) used(ctx context.Context, digest playlists.Digest) (bool, error) {
	var names []string
	err := l.store.Read(ctx, func(tx *store.Tx) (err error) {
		names, err = l.users.Users(ctx, tx, digest)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look for users of clip %s: %w", digest, err)
	}
	return len(names) > 0, nil
}
