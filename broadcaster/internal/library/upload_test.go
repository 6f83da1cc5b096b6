package library

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
	"dalaba/playlists/clips"
)

func TestAnUploadBecomesARecordingThatCanBePlayed(t *testing.T) {
	f := newFixture(t)
	recording, known, err := f.Upload(t.Context(), bytes.NewReader(tone(440, 2*time.Second)), meta(" 勤洗手 "))
	f.ok(err)
	if known || recording.Duration != 2000 || recording.Title != "勤洗手" || recording.Dialect != "yue" ||
		recording.By != "关主任" || !recording.At.Equal(f.now) || math.Abs(recording.Sound.Loudness-audio.DefaultTarget) > 0.2 {
		t.Errorf("uploaded: %+v, known %v", recording, known)
	}
	f.wantEmpty()
	file, err := f.Open(recording.Digest)
	f.ok(err)
	defer file.Close()
	if n, err := io.Copy(io.Discard, file); err != nil || n != recording.Bytes {
		t.Errorf("the file has %d bytes (%v), the recording says %d", n, err, recording.Bytes)
	}
	all, err := f.List(t.Context())
	f.ok(err)
	if diff := cmp.Diff([]Recording{recording}, all); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	f.ok(f.store.Read(t.Context(), func(tx *store.Tx) error {
		clips, err := f.Clips(t.Context(), tx)
		if diff := cmp.Diff(map[playlists.Digest]playlists.Clip{recording.Digest: recording.Clip}, clips); diff != "" {
			t.Errorf("clips (-want +got):\n%s", diff)
		}
		return err
	}))
}

func TestTheSameSoundTwiceIsOneRecording(t *testing.T) {
	f := newFixture(t)
	sound := tone(440, time.Second)
	first, _, err := f.Upload(t.Context(), bytes.NewReader(sound), meta("勤洗手"))
	f.ok(err)
	f.now = f.now.Add(time.Hour)
	again, known, err := f.Upload(t.Context(), bytes.NewReader(sound), UploadMeta{Title: "再来", Dialect: "cmn", By: "别人"})
	f.ok(err)
	if diff := cmp.Diff(first, again); diff != "" || !known {
		t.Errorf("uploaded again (known %v, -first +again):\n%s", known, diff)
	}
	other, known, err := f.Upload(t.Context(), bytes.NewReader(tone(441, time.Second)), meta("不串门"))
	f.ok(err)
	if known || other.Digest == first.Digest {
		t.Errorf("another sound is known: %v", known)
	}
	all, err := f.List(t.Context())
	f.ok(err)
	if diff := cmp.Diff([]Recording{other, first}, all, cmp.Transformer("title", func(r Recording) string { return r.Title })); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	f.wantEmpty()
}

func TestTheSameSoundFromManyAtOnceIsOneRecording(t *testing.T) {
	f := newFixture(t)
	sound := tone(440, time.Second)
	var first atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			_, known, err := f.Upload(t.Context(), bytes.NewReader(sound), meta("勤洗手"))
			if err != nil {
				t.Error(err)
			}
			if !known {
				first.Add(1)
			}
		})
	}
	all.Wait()
	if n := first.Load(); n != 1 {
		t.Errorf("%d uploads were the first", n)
	}
	f.wantEmpty()
}

// broken gives some of a sound, and then err.
func broken(err error) io.Reader {
	return io.MultiReader(bytes.NewReader(tone(440, time.Second)[:1000]), readerFunc(func([]byte) (int, error) { return 0, err }))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

func TestAnUploadThatCannotBeTakenIsRefusedAndLeavesNothing(t *testing.T) {
	sound := tone(440, time.Second)
	long := make([]rune, maxTitle+1)
	for i := range long {
		long[i] = '洗'
	}
	for _, test := range []struct {
		name string
		in   io.Reader
		meta UploadMeta
		want string
	}{
		{"nothing at all", bytes.NewReader(nil), meta("勤洗手"), "clip_no_sound"},
		{"a text", bytes.NewReader([]byte("勤洗手、戴口罩,少聚集、不串门。")), meta("勤洗手"), "not_a_recording"},
		{"nothing to hear", bytes.NewReader(silence(2 * time.Second)), meta("勤洗手"), "clip_silent"},
		{"a click", bytes.NewReader(tone(440, 50*time.Millisecond)), meta("勤洗手"), "clip_too_short"},
		{"WeChat's voice", strings.NewReader("\x02#!SILK_V3 and so on"), meta("勤洗手"), "form_wechat_voice"},
		{"more than is taken", bytes.NewReader(make([]byte, maxTestUpload+1)), meta("勤洗手"), "upload_too_large"},
		{"a sender who went away", broken(io.ErrUnexpectedEOF), meta("勤洗手"), "upload_broken_off"},
		{"no title", bytes.NewReader(sound), meta(" "), "text_missing"},
		{"a title that is too long", bytes.NewReader(sound), meta(string(long)), "text_too_long"},
		{"a title of two lines", bytes.NewReader(sound), meta("一\n二"), "text_unreadable"},
		{"a title that is not UTF-8", bytes.NewReader(sound), meta("\xcc\xd4"), "text_unreadable"},
		{"a dialect that the town has not", bytes.NewReader(sound), UploadMeta{Title: "勤洗手", Dialect: "wuu"}, "dialect_unknown"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			_, _, err := f.Upload(t.Context(), test.in, test.meta)
			if got := code(err); got != test.want {
				t.Errorf("answered %q, want %q", got, test.want)
			}
			f.wantEmpty()
			if all, err := f.clips.List(); len(all) > 0 || err != nil {
				t.Errorf("the shelf holds %v, %v", all, err)
			}
		})
	}
}

func TestAnUploadEndsWithItsContext(t *testing.T) {
	f := newFixture(t)
	ctx, stop := context.WithCancel(t.Context())
	endless := readerFunc(func(b []byte) (int, error) {
		stop()
		return len(b), nil
	})
	if _, _, err := f.Upload(ctx, endless, meta("勤洗手")); !errors.Is(err, context.Canceled) {
		t.Errorf("while it was sent: %v", err)
	}
	f.wantEmpty()

	for range renderers {
		f.rendering <- struct{}{}
	}
	ctx, stop = context.WithCancel(t.Context())
	sent := io.MultiReader(bytes.NewReader(tone(440, time.Second)), readerFunc(func([]byte) (int, error) {
		time.AfterFunc(time.Millisecond, stop)
		return 0, io.EOF
	}))
	if _, _, err := f.Upload(ctx, sent, meta("勤洗手")); !errors.Is(err, context.Canceled) {
		t.Errorf("while it waited to be rendered: %v", err)
	}
	f.wantEmpty()
}

func TestADiskWithoutRoomIsSaidInWords(t *testing.T) {
	for _, err := range []error{&os.PathError{Op: "write", Path: "upload-1", Err: syscall.ENOSPC}, clips.ErrFull} {
		if got := code(full(err)); got != "disk_full" {
			t.Errorf("%v is answered %q", err, got)
		}
	}
	if full(nil) != nil {
		t.Error("nothing wrong is answered")
	}
}
