package library

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// Bounds on a conversion.
const (
	convertWithin = 5 * time.Minute
	stopWithin    = 2 * time.Second
	maxComplaint  = 4 << 10
	// A converted recording has 48,000 frames a second of four bytes.
	convertedBytes = 4 * audio.Rate
)

// formatOf is what FFmpeg calls the kinds of file that it is given, or "". It never finds out by itself: among what it
// knows are lists that name other files and addresses. It does not read SILK.
func formatOf(k audio.Kind) string {
	switch k {
	case audio.KindM4A, audio.KindMP4, audio.KindMOV, audio.Kind3GP:
		return "mov"
	case audio.KindOgg, audio.KindOpus:
		return "ogg"
	case audio.KindAAC:
		return "aac"
	case audio.KindAIFF:
		return "aiff"
	case audio.KindAMR:
		return "amr"
	case audio.KindAVI:
		return "avi"
	case audio.KindCAF:
		return "caf"
	case audio.KindFLAC:
		return "flac"
	case audio.KindFLV:
		return "flv"
	case audio.KindMKV:
		return "matroska"
	case audio.KindMP3:
		return "mp3"
	case audio.KindMPEG:
		return "mpeg"
	case audio.KindWAV, audio.KindRF64:
		return "wav"
	case audio.KindWMA:
		return "asf"
	}
	return ""
}

// renderAny renders original, by way of FFmpeg where it is in a form that is not read here and FFmpeg is there.
func (l *Library) renderAny(ctx context.Context, original *os.File, size int64, clip io.WriteSeeker) (audio.Rendition, error) {
	made, err := audio.Render(ctx, original, size, clip, l.limits)
	foreign := audio.ForeignOf(err)
	if foreign == nil || l.ffmpeg == "" || formatOf(foreign.Kind) == "" {
		return made, err
	}
	converted, size, err := l.convert(ctx, original, foreign.Kind)
	if err != nil {
		return audio.Rendition{}, err
	}
	defer l.drop(converted)
	return audio.Render(ctx, converted, size, clip, l.limits)
}

// convert has FFmpeg make a WAV file of original, which the caller drops. It cannot reach the network, and neither its
// time nor its output is without bounds.
func (l *Library) convert(ctx context.Context, original *os.File, kind audio.Kind) (_ *os.File, size int64, err error) {
	longest := l.limits.Longest
	if longest <= 0 {
		longest = audio.DefaultLongest
	}
	// One second more than is taken, so that what is too long is seen to be.
	seconds := int64(longest.Seconds()) + 1
	out, err := os.CreateTemp(l.folder, "converted-*")
	if err != nil {
		return nil, 0, fmt.Errorf("convert upload: %w", err)
	}
	defer func() {
		if err != nil {
			l.drop(out)
		}
	}()
	within, cancel := context.WithTimeout(ctx, convertWithin)
	defer cancel()
	complaint := &scrap{}
	program := exec.CommandContext(within, l.ffmpeg,
		"-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe",
		"-f", formatOf(kind), "-i", "file:"+original.Name(),
		"-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1",
		"-t", strconv.FormatInt(seconds, 10), "-ac", "1", "-ar", strconv.Itoa(audio.Rate), "-c:a", "pcm_f32le",
		"-fs", strconv.FormatInt(seconds*convertedBytes+1<<20, 10), "-f", "wav", "-y", "file:"+out.Name())
	program.Env, program.Dir, program.Stderr, program.WaitDelay = []string{}, l.folder, complaint, stopWithin
	err = program.Run()
	if ctx.Err() != nil {
		return nil, 0, fmt.Errorf("convert upload: %w", ctx.Err())
	}
	if err != nil {
		return nil, 0, &playlists.Problem{
			Kind: playlists.Invalid, Code: "conversion_failed", Args: map[string]any{"format": string(kind)},
			Err: fmt.Errorf("convert upload: %w: %s", err, complaint.text),
		}
	}
	found, err := out.Stat()
	if err != nil {
		return nil, 0, fmt.Errorf("convert upload: %w", err)
	}
	return out, found.Size(), nil
}

// scrap keeps the beginning of what is written to it.
type scrap struct{ text []byte }

func (s *scrap) Write(p []byte) (int, error) {
	s.text = append(s.text, p[:min(len(p), maxComplaint-len(s.text))]...)
	return len(p), nil
}

// findFFmpeg returns the program's path: as it is set, or as it is found, or "" where there is none.
func findFFmpeg(set string) (string, error) {
	switch set {
	case FFmpegNever:
		return "", nil
	case "":
		found, err := exec.LookPath("ffmpeg")
		if errors.Is(err, exec.ErrNotFound) || errors.Is(err, exec.ErrDot) {
			return "", nil
		}
		return found, err
	}
	found, err := exec.LookPath(set)
	if err != nil {
		return "", fmt.Errorf("look for ffmpeg: %w", err)
	}
	return found, nil
}
