package sound

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-audio/wav"
)

// readWAV reads a sound file as any program would, and returns its first frame's time and its frames.
func readWAV(t *testing.T, path string) (time.Time, []int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := wav.NewDecoder(bytes.NewReader(content))
	if !d.IsValidFile() || d.SampleRate != Rate || d.NumChans != 1 || d.BitDepth != 16 || d.WavAudioFormat != 1 {
		t.Fatalf("%s: rate %d, channels %d, bits %d", path, d.SampleRate, d.NumChans, d.BitDepth)
	}
	if size := binary.LittleEndian.Uint32(content[4:]); int64(size)+8 > int64(len(content)) {
		t.Fatalf("%s promises %d bytes and has %d", path, size+8, len(content))
	}
	buffer, err := d.FullPCMBuffer()
	if err != nil {
		t.Fatal(err)
	}
	first, err := time.Parse(fileName, filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	return first, buffer.Data
}

func soundFiles(t *testing.T, f *File) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(f.o.Folder, "*.wav"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// running runs f on m; the function it returns ends that.
func running(t *testing.T, f *File, m *Mixer) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx, m) }()
	synctest.Wait()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestAFileIsReadableAtAnyMomentAndNeverASecondBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, m := testFile(t, ticking()), NewMixer()
		began := time.Now()
		defer running(t, f, m)()
		for range 40 {
			time.Sleep(317 * time.Millisecond)
			synctest.Wait()
			first, frames := readWAV(t, soundFiles(t, f)[0])
			if d := first.Sub(began.UTC()); d < 0 || d > time.Microsecond {
				t.Fatalf("its name is %v away", d)
			}
			if behind := time.Since(began) - Length(int64(len(frames))); behind < 0 || behind > time.Second {
				t.Fatalf("%v behind", behind)
			}
		}
	})
}

func TestAClipIsInTheFileAtItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := ticking()
		f, m := testFile(t, now), NewMixer()
		end := running(t, f, m)
		time.Sleep(time.Second)
		line, _ := f.Line()
		due := time.Now().Add(700*time.Millisecond + 123_456*time.Nanosecond)
		clip := counting(Rate)
		place(t, m, clip, line.FrameAt(now()+time.Until(due)), 100)
		time.Sleep(3 * time.Second)
		end()
		first, frames := readWAV(t, soundFiles(t, f)[0])
		at := 0
		for frames[at] == 0 {
			at++
		}
		if off := first.Add(Length(int64(at))).Sub(due); off.Abs() > 22*time.Microsecond {
			t.Errorf("%v away from its time", off)
		}
		for i, s := range clip {
			if frames[at+i] != int(s) {
				t.Fatalf("frame %d is %d, want %d", i, frames[at+i], s)
			}
		}
	})
}

func TestFilesChangeInSilenceAndOldOnesGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := ticking()
		f, m := testFile(t, now), NewMixer()
		f.o.PerFile, f.o.Keep = 10*time.Second, 2
		end := running(t, f, m)
		clip := counting(15 * Rate)
		v := place(t, m, clip, 0, 100)
		ctx, cancel := context.WithCancel(t.Context())
		go v.Feed(ctx)
		time.Sleep(14 * time.Second)
		synctest.Wait()
		if n := len(soundFiles(t, f)); n != 1 {
			t.Errorf("%d files while a clip sounds", n)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		list := soundFiles(t, f)
		if len(list) != 2 {
			t.Fatalf("%d files after it", len(list))
		}
		first, frames := readWAV(t, list[0])
		second, _ := readWAV(t, list[1])
		if d := second.Sub(first.Add(Length(int64(len(frames))))); d.Abs() > time.Microsecond {
			t.Errorf("%v between the files", d)
		}
		time.Sleep(40 * time.Second)
		end()
		cancel()
		if list := soundFiles(t, f); len(list) != 2 {
			t.Errorf("%d files are kept", len(list))
		}
	})
}

func TestAStallIsCaughtUpSoThatTimeInTheFileIsTrue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slept atomic.Int64
		real := ticking()
		f, m := testFile(t, real), NewMixer()
		f.o.Now = func() time.Duration { return real() + time.Duration(slept.Load()) }
		began := f.o.Now()
		end := running(t, f, m)
		time.Sleep(time.Second)
		synctest.Wait()
		slept.Store(int64(5 * time.Second))
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if behind := f.o.Now() - began - Length(m.Position()); behind < 0 || behind > fileTick {
			t.Errorf("%v behind", behind)
		}
		end()
	})
}

func TestALongSleepEndsTheFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slept atomic.Int64
		real := ticking()
		f := testFile(t, real)
		f.o.Now = func() time.Duration { return real() + time.Duration(slept.Load()) }
		done := make(chan error, 1)
		go func() { done <- f.Run(t.Context(), NewMixer()) }()
		time.Sleep(time.Second)
		synctest.Wait()
		slept.Store(int64(time.Hour))
		if err := <-done; !errors.Is(err, ErrFault) {
			t.Errorf("%v", err)
		}
	})
}

func TestAFileThatIsWronglyDatedIsFollowedByARightOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := ticking()
		f, m := testFile(t, now), NewMixer()
		var off atomic.Int64
		right := f.o.UTC
		f.o.UTC = func(at time.Duration) time.Time { return right(at).Add(time.Duration(off.Load())) }
		end := running(t, f, m)
		time.Sleep(time.Second)
		synctest.Wait()
		off.Store(int64(-3 * time.Hour))
		time.Sleep(2 * time.Second)
		end()
		if list := soundFiles(t, f); len(list) != 2 {
			t.Errorf("%d files", len(list))
		}
	})
}

func TestFileOptionsAreChecked(t *testing.T) {
	for _, c := range []struct {
		name string
		o    FileOptions
	}{
		{"no folder", FileOptions{PerFile: time.Hour, Keep: 1}},
		{"no length", FileOptions{Folder: "x", Keep: 1}},
		{"too long", FileOptions{Folder: "x", PerFile: 7 * time.Hour, Keep: 1}},
		{"keeps none", FileOptions{Folder: "x", PerFile: time.Hour}},
	} {
		if _, err := NewFile(c.o); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsAFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := testFile(t, ticking())
	f.o.Folder = filepath.Join(path, "sound")
	if err := f.Run(t.Context(), NewMixer()); !errors.Is(err, ErrFault) {
		t.Errorf("%v", err)
	}
}
