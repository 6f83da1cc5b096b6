package audio

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/iotest"
	"time"

	"dalaba/playlists"
)

func TestEveryFormThatIsTakenSoundsTheSame(t *testing.T) {
	type form struct{ format, bits int }
	for _, f := range []form{{formatPCM, 8}, {formatPCM, 16}, {formatPCM, 24}, {formatPCM, 32}, {formatFloat, 32}, {formatFloat, 64}} {
		for _, extensible := range []bool{false, true} {
			for _, channels := range []int{1, 2, 8} {
				for _, rate := range []int{8_000, 44_100, 48_000} {
					name := fmt.Sprintf("format %d, %d bits, extensible %v, %d channels, %d", f.format, f.bits, extensible, channels, rate)
					in := recording{
						layout:     layout{format: f.format, bits: f.bits, channels: channels, rate: rate},
						extensible: extensible, sound: tone(1000, 0.5, rate, rate/4+1),
					}
					made, clip, err := render(t, in.file(), Limits{})
					if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					if want := int64(math.Ceil(float64(len(in.sound)) * Rate / float64(rate))); made.Frames != want {
						t.Errorf("%s: %d frames, want %d", name, made.Frames, want)
					}
					if made.Bytes != int64(len(clip)) {
						t.Errorf("%s: says %d bytes, wrote %d", name, made.Bytes, len(clip))
					}
					least := 70.0
					if f.bits == 8 {
						least = 40
					}
					ratio, amplitude := snr(frames(t, clip), 1000)
					if ratio < least || math.Abs(amplitude-0.5) > 0.01 {
						t.Errorf("%s: %.1f dB, amplitude %.3f", name, ratio, amplitude)
					}
				}
			}
		}
	}
}

func TestAClipIsRenderedToItself(t *testing.T) {
	_, once, err := render(t, pcm(44_100, tone(440, 0.9, 44_100, 30_011)).file(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	_, twice, err := render(t, once, Limits{})
	if err != nil || !bytes.Equal(once, twice) {
		t.Fatalf("a clip changed when it was rendered again: %v", err)
	}
}

// TestTheSameRecordingHasTheSameDigestForEver holds bytes that approvals are bound to. If a change here is meant, every
// recording that is uploaded again becomes another clip.
func TestTheSameRecordingHasTheSameDigestForEver(t *testing.T) {
	for _, test := range []struct {
		rate int
		want string
	}{
		{48_000, "568096f63430f766"},
		{44_100, "77c68630c1314bda"},
		{96_000, "37d9ec2f95c20d9f"},
		{8_001, "17f2b07b45736190"},
	} {
		_, clip, err := render(t, pcm(test.rate, tone(700, 0.7, test.rate, test.rate)).file(), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(clip)
		if got := hex.EncodeToString(sum[:8]); got != test.want {
			t.Errorf("%d: digest %s…, want %s…", test.rate, got, test.want)
		}
	}
}

func TestMemoryDoesNotGrowWithLength(t *testing.T) {
	held := func(seconds int) uint64 {
		file := pcm(44_100, make([]float64, seconds*44_100)).file()
		path := filepath.Join(t.TempDir(), "clip.wav")
		out, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		var most uint64
		src := watch{bytes.NewReader(file), func() {
			var now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}}
		if _, err := Render(t.Context(), src, int64(len(file)), out, Limits{}); err != nil {
			t.Fatal(err)
		}
		return most - uint64(len(file))
	}
	if short, long := held(1), held(8); long > short+1<<20 {
		t.Errorf("1 s held %d KB, 8 s held %d KB", short>>10, long>>10)
	}
}

// watch calls look at each read.
type watch struct {
	*bytes.Reader
	look func()
}

func (w watch) ReadAt(p []byte, at int64) (int, error) { w.look(); return w.Reader.ReadAt(p, at) }

func TestFailuresOfTheDiskArePassedOn(t *testing.T) {
	good := pcm(44_100, tone(500, 0.5, 44_100, 44_100)).file()
	broken := errors.New("bad sector")
	for _, after := range []int64{0, 30, 44, 50_000} {
		src := failing{bytes.NewReader(good), after, broken}
		_, err := Render(t.Context(), src, int64(len(good)), &memory{}, Limits{})
		if !errors.Is(err, broken) {
			t.Errorf("unreadable from byte %d on: %v", after, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Render(ctx, bytes.NewReader(good), int64(len(good)), &memory{}, Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits any more: %v", err)
	}
	limits := Limits{Longest: 900 * time.Millisecond}
	if _, _, err := render(t, good, limits); playlists.ProblemOf(err) == nil {
		t.Errorf("longer than the limit: %v", err)
	}
}

// failing cannot be read from a byte on.
type failing struct {
	*bytes.Reader
	from int64
	err  error
}

func (f failing) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > f.from {
		return iotest.ErrReader(f.err).Read(p)
	}
	return f.Reader.ReadAt(p, at)
}
