package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dalaba/playlists/audio"
)

// TestMain lets this program stand for FFmpeg, which begins with an argument that no test has.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "-nostdin" {
		os.Exit(ffmpeg(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// ffmpeg does what the file that it is given says.
func ffmpeg(args []string) int {
	in := strings.TrimPrefix(args[slices.Index(args, "-i")+1], "file:")
	out := strings.TrimPrefix(args[len(args)-1], "file:")
	text, err := os.ReadFile(in)
	if err != nil || len(os.Environ()) > 0 || slices.Index(args, "-protocol_whitelist") < 0 {
		fmt.Fprintln(os.Stderr, "called wrong:", err, os.Environ())
		return 1
	}
	var sound []byte
	switch {
	case bytes.Contains(text, []byte("refuse")):
		fmt.Fprint(os.Stderr, strings.Repeat("Invalid data found. ", 1<<16))
		return 1
	case bytes.Contains(text, []byte("hang")):
		select {}
	case bytes.Contains(text, []byte("nonsense")):
		sound = []byte("not what was asked for")
	case bytes.Contains(text, []byte("silence")):
		sound = silence(time.Second)
	default:
		sound = tone(440, time.Second)
	}
	if err := os.WriteFile(out, sound, 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// converting is a library with a program for FFmpeg.
func converting(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	program, err := os.Executable()
	f.ok(err)
	f.ffmpeg = program
	return f
}

const memo = "\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00"

func TestWhatIsNotReadHereIsConvertedByFFmpeg(t *testing.T) {
	f := converting(t)
	recording, _, err := f.Upload(t.Context(), strings.NewReader(memo+"sound"), meta("勤洗手"))
	f.ok(err)
	if recording.Duration != 1000 {
		t.Errorf("%+v", recording)
	}
	f.wantEmpty()
	for _, test := range []struct{ name, in, want string }{
		{"FFmpeg does not take it", memo + "refuse", "conversion_failed"},
		{"what comes out is no sound", memo + "nonsense", "not_a_recording"},
		{"what comes out is silent", memo + "silence", "clip_silent"},
		{"a voice that FFmpeg does not read", "\x02#!SILK_V3 sound", "form_wechat_voice"},
		{"a picture", "\x89PNG\r\n sound", "not_a_recording_but"},
		{"a text", "#EXTM3U\nfile:///etc/passwd", "not_a_recording"},
	} {
		_, _, err := f.Upload(t.Context(), strings.NewReader(test.in), meta("勤洗手"))
		if got := code(err); got != test.want {
			t.Errorf("%s: answered %q, want %q", test.name, got, test.want)
		}
		f.wantEmpty()
		if test.want == "conversion_failed" && len(err.Error()) > 2*maxComplaint {
			t.Errorf("%s: %d bytes of complaint", test.name, len(err.Error()))
		}
	}
}

func TestAConversionEndsWithItsContext(t *testing.T) {
	f := converting(t)
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	_, _, err := f.Upload(ctx, strings.NewReader(memo+"hang"), meta("勤洗手"))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	f.wantEmpty()
}

func TestWithoutFFmpegItIsRefusedInWords(t *testing.T) {
	f := newFixture(t)
	_, _, err := f.Upload(t.Context(), strings.NewReader(memo), meta("勤洗手"))
	if code(err) != "form_unread" {
		t.Errorf("got %v", err)
	}
}

func TestFFmpegIsFoundWhereItIsSet(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	here, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		set, want string
		wrong     bool
	}{{"", "", false}, {FFmpegNever, "", false}, {here, here, false}, {"/nowhere/ffmpeg", "", true}} {
		got, err := findFFmpeg(test.set)
		if got != test.want || (err != nil) != test.wrong {
			t.Errorf("%q: %q, %v", test.set, got, err)
		}
	}
}

// TestEveryKindHasAFormatOrAReason: what is not converted is what this package reads whole, or FFmpeg does not.
func TestEveryKindHasAFormatOrAReason(t *testing.T) {
	for _, k := range []audio.Kind{audio.KindSILK, audio.KindJPEG, audio.KindPDF, audio.KindRIFX, audio.KindVorbis, ""} {
		if f := formatOf(k); f != "" {
			t.Errorf("%q is given to FFmpeg as %s", k, f)
		}
	}
}
