package library

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"dalaba/broadcaster/internal/library/librarysql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
	"dalaba/playlists/clips"
)

// UploadMeta is what the person says about an upload.
type UploadMeta struct {
	// Title has 1 to 80 characters.
	Title string
	// Dialect is one of the town's list.
	Dialect playlists.Dialect
	// Owner is the grid whose recording it becomes.
	Owner playlists.GridCode
	// By names the person.
	By string
}

// Upload takes a recording as r gives it, to its end. Known tells that the same sound was here before: then the
// recording is the one that was here, with its own title and dialect. What cannot be taken is a Problem.
//
// It returns soon after ctx is done, as long as r does.
func (l *Library) Upload(ctx context.Context, r io.Reader, meta UploadMeta) (recording Recording, known bool, err error) {
	if err := l.store.Read(ctx, func(tx *store.Tx) (err error) {
		meta.Title, err = l.check(ctx, tx, meta.Title, meta.Dialect)
		return err
	}); err != nil {
		return Recording{}, false, err
	}
	return l.take(ctx, r, Recording{
		Clip: playlists.Clip{Dialect: meta.Dialect}, Title: meta.Title, Owner: meta.Owner, By: meta.By,
	})
}

// take renders and keeps what r gives, as made says.
func (l *Library) take(ctx context.Context, r io.Reader, made Recording) (recording Recording, known bool, err error) {
	original, size, err := l.receive(ctx, r)
	if err != nil {
		return Recording{}, false, full(err)
	}
	defer l.drop(original)
	clip, rendition, err := l.render(ctx, original, size)
	if err != nil {
		return Recording{}, false, full(err)
	}
	defer l.drop(clip)
	made.Duration, made.Peak, made.Sound, made.Notes = rendition.Duration(), rendition.Level.Peak, soundOf(rendition), rendition.Notes
	recording, known, err = l.keep(ctx, clip, made, rendition.Outline)
	return recording, known, full(err)
}

// receive writes r into a temporary file, which the caller drops.
func (l *Library) receive(ctx context.Context, r io.Reader) (_ *os.File, size int64, err error) {
	file, err := os.CreateTemp(l.folder, "upload-*")
	if err != nil {
		return nil, 0, fmt.Errorf("receive upload: %w", err)
	}
	defer func() {
		if err != nil {
			l.drop(file)
		}
	}()
	size, err = io.Copy(file, &patient{ctx: ctx, Reader: io.LimitReader(r, l.maxUpload+1)})
	if err != nil {
		return nil, 0, fmt.Errorf("receive upload: %w", err)
	}
	if size > l.maxUpload {
		return nil, 0, &playlists.Problem{
			Kind: playlists.TooLarge, Code: "upload_too_large", Args: map[string]any{"megabytes": l.maxUpload >> 20},
		}
	}
	return file, size, nil
}

// patient reads until ctx is done. Where reading fails it is the sender who went away.
type patient struct {
	ctx context.Context
	io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) && p.ctx.Err() == nil {
		err = &playlists.Problem{Kind: playlists.Invalid, Code: "upload_broken_off", Err: err}
	}
	return n, err
}

// render makes the clip in a temporary file, which the caller drops. It waits until there is room for one more.
func (l *Library) render(ctx context.Context, original *os.File, size int64) (_ *os.File, made audio.Rendition, err error) {
	select {
	case l.rendering <- struct{}{}:
		defer func() { <-l.rendering }()
	case <-ctx.Done():
		return nil, audio.Rendition{}, fmt.Errorf("wait to render: %w", ctx.Err())
	}
	file, err := os.CreateTemp(l.folder, "clip-*")
	if err != nil {
		return nil, audio.Rendition{}, fmt.Errorf("render upload: %w", err)
	}
	defer func() {
		if err != nil {
			l.drop(file)
		}
	}()
	if made, err = l.renderAny(ctx, original, size, file); err != nil {
		return nil, audio.Rendition{}, fmt.Errorf("render upload: %w", err)
	}
	if err = usable(made); err != nil {
		return nil, audio.Rendition{}, err
	}
	if _, err = file.Seek(0, io.SeekStart); err != nil {
		return nil, audio.Rendition{}, fmt.Errorf("render upload: %w", err)
	}
	return file, made, nil
}

// keep puts the clip on the shelf and its row into the table.
func (l *Library) keep(
	ctx context.Context, clip io.Reader, made Recording, outline audio.Outline,
) (recording Recording, known bool, err error) {
	l.shelf.Lock()
	defer l.shelf.Unlock()
	stored, err := l.clips.Put(ctx, clip)
	if err != nil {
		return Recording{}, false, err
	}
	made.Digest, made.Bytes = stored.Digest, stored.Bytes
	notes, err := json.Marshal(made.Notes)
	if err != nil {
		return Recording{}, false, fmt.Errorf("write notes: %w", err)
	}
	sound, err := json.Marshal(made.Sound)
	if err != nil {
		return Recording{}, false, fmt.Errorf("write sound: %w", err)
	}
	err = l.store.Write(ctx, func(tx *store.Tx) error {
		q := librarysql.New(tx.Tx)
		have, err := get(ctx, q, made.Digest)
		if err == nil {
			recording, known = have, true
			return nil
		}
		if p := playlists.ProblemOf(err); p == nil || p.Kind != playlists.NotFound {
			return err
		}
		recording, made.At = made, tx.Now
		recording.At = tx.Now
		if err := keepOutline(ctx, q, made.Digest, outline); err != nil {
			return err
		}
		return q.InsertRecording(ctx, librarysql.InsertRecordingParams{
			Digest: made.Digest.String(), Title: made.Title, Dialect: string(made.Dialect), DurationMs: int64(made.Duration),
			Bytes: made.Bytes, PeakDb: made.Peak, Notes: string(notes), Owner: string(made.Owner), MadeBy: made.By, MadeMs: tx.Now.UnixMilli(),
			Sound: string(sound), BuiltIn: made.BuiltIn,
		})
	})
	if err != nil {
		return Recording{}, false, fmt.Errorf("keep recording %s: %w", made.Digest, err)
	}
	return recording, known, nil
}

// full makes a disk without room a Problem.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, clips.ErrFull) {
		return &playlists.Problem{Kind: playlists.Unavailable, Code: "disk_full", Err: err}
	}
	return err
}

// drop closes and removes a temporary file.
func (l *Library) drop(file *os.File) {
	if err := errors.Join(file.Close(), l.discard(filepath.Base(file.Name()))); err != nil {
		l.log.Warn("temporary file stays", "error", err)
	}
}

func (l *Library) discard(name string) error {
	if err := os.RemoveAll(filepath.Join(l.folder, name)); err != nil {
		return fmt.Errorf("clear upload folder: %w", err)
	}
	return nil
}
