package sound

import (
	"context"
	"errors"
	"io"
	"math"
	"testing"
	"testing/synctest"
	"time"
)

// samples is a clip in memory.
type samples struct {
	list []int16
	at   int
	fail error // after the last sample, in place of io.EOF
}

func (s *samples) ReadFrames(p []int16) (int, error) {
	n := copy(p, s.list[s.at:])
	s.at += n
	if n < len(p) {
		if s.fail != nil {
			return n, s.fail
		}
		return n, io.EOF
	}
	return n, nil
}

// counting is a clip whose every sample is different from its neighbours and not zero.
func counting(n int) []int16 {
	list := make([]int16, n)
	for i := range list {
		list[i] = int16(1000 + i%20_000)
	}
	return list
}

func place(t *testing.T, m *Mixer, list []int16, start int64, percent int) *Voice {
	t.Helper()
	v, err := m.Place(&samples{list: list}, int64(len(list)), start, percent)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// pull takes n frames in pieces of an odd size.
func pull(m *Mixer, n int) []int16 {
	out := make([]int16, n)
	for rest := out; len(rest) > 0; {
		piece := min(len(rest), 777)
		m.Fill(rest[:piece])
		rest = rest[piece:]
	}
	return out
}

func TestEverySampleIsAtItsPlaceUnchanged(t *testing.T) {
	m := NewMixer()
	clip := counting(5000)
	v := place(t, m, clip, 1234, 100)
	out := pull(m, 10_000)
	for i, s := range out {
		want := int16(0)
		if k := i - 1234; k >= 0 && k < len(clip) {
			want = clip[k]
		}
		if s != want {
			t.Fatalf("frame %d is %d, want %d", i, s, want)
		}
	}
	if v.Start() != 1234 || v.End() != 6234 || v.Pulled() != 5000 || v.Starved() != 0 || !v.Carried() {
		t.Errorf("start %d, end %d, pulled %d, starved %d, carried %v", v.Start(), v.End(), v.Pulled(), v.Starved(), v.Carried())
	}
}

func TestAClipIsNeverBegunInItsMiddle(t *testing.T) {
	m := NewMixer()
	pull(m, 3000)
	v := place(t, m, counting(100), 2000, 100)
	out := pull(m, 777)
	if v.Start() != 3000 || out[0] != 1000 {
		t.Errorf("begins at %d with %d", v.Start(), out[0])
	}
}

func TestVoicesAddUpWithinLimits(t *testing.T) {
	m := NewMixer()
	for range 2 {
		place(t, m, []int16{5, -7, 14_000, 30_000, -30_000}, 0, 100)
	}
	out := pull(m, 5)
	if out[0] != 10 || out[1] != -14 || out[2] != 28_000 || out[3] != ceiling || out[4] != -ceiling {
		t.Errorf("%v", out)
	}
}

func TestVolumeScales(t *testing.T) {
	for _, c := range []struct {
		percent    int
		in, want   int16
		wantSilent bool
	}{
		{100, ceiling, ceiling, false},
		{100, -ceiling, -ceiling, false},
		{100, math.MinInt16, -ceiling, false},
		{50, 20_000, 10_000, false},
		{0, 20_000, 0, true},
		{250, 20_000, 20_000, false},
		{-1, 20_000, 0, true},
	} {
		m := NewMixer()
		v := place(t, m, []int16{c.in}, 0, c.percent)
		if got := pull(m, 1)[0]; got != c.want || v.Carried() == c.wantSilent {
			t.Errorf("%d%% of %d is %d, want %d; carried %v", c.percent, c.in, got, c.want, v.Carried())
		}
	}
}

func TestACutFadesWithinTenMillisecondsAndDoesNotClick(t *testing.T) {
	m := NewMixer()
	flat := make([]int16, 48_000)
	for i := range flat {
		flat[i] = 10_000
	}
	v := place(t, m, flat, 0, 100)
	pull(m, 1000)
	v.Cut()
	out := pull(m, 2000)
	if v.End() != 1000+ramp {
		t.Errorf("ends at %d", v.End())
	}
	for i := 1; i < len(out); i++ {
		if step := out[i-1] - out[i]; step < 0 || step > 10_000/ramp+1 {
			t.Fatalf("a step of %d at %d", step, i)
		}
	}
	if out[0] != 10_000 || out[ramp-1] == 0 || out[ramp] != 0 {
		t.Errorf("ramp from %d over %d to %d", out[0], out[ramp-1], out[ramp])
	}
}

func TestWhatTheDiskGivesTooLateIsLeftOutAndCounted(t *testing.T) {
	m := NewMixer()
	clip := counting(ring + 1000)
	v := place(t, m, clip, 0, 100)
	pull(m, ring+500) // nobody feeds
	if v.Starved() != 500 {
		t.Errorf("%d frames starved", v.Starved())
	}
	if err := v.fill(); err != nil {
		t.Fatal(err)
	}
	if out := pull(m, 500); out[0] != clip[ring+500] || out[499] != clip[ring+999] {
		t.Error("what follows is not at its place")
	}
}

func TestFeedingKeepsAheadOfTheOutput(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewMixer()
		clip := counting(10 * Rate)
		v := place(t, m, clip, 0, 100)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go v.Feed(ctx)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for at := 0; at < len(clip); at += Rate / 50 {
			<-tick.C
			if out := pull(m, Rate/50); out[0] != clip[at] {
				t.Fatalf("frame %d is %d", at, out[0])
			}
		}
		if v.Starved() != 0 || v.Err() != nil {
			t.Errorf("starved %d, %v", v.Starved(), v.Err())
		}
	})
}

func TestAClipThatEndsEarlyOrFailsSaysSo(t *testing.T) {
	m := NewMixer()
	if _, err := m.Place(&samples{list: counting(10)}, 20, 0, 100); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("short: %v", err)
	}
	broken := errors.New("disk")
	v, err := m.Place(&samples{list: counting(ring), fail: broken}, ring+10, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	pull(m, 100)
	v.Feed(t.Context())
	if !errors.Is(v.Err(), broken) {
		t.Errorf("%v", v.Err())
	}
}

func TestFillDoesNotAllocate(t *testing.T) {
	m := NewMixer()
	place(t, m, counting(100_000), 0, 80)
	out := make([]int16, 2400)
	if n := testing.AllocsPerRun(20, func() { m.Fill(out) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestARemovedVoiceIsSilent(t *testing.T) {
	m := NewMixer()
	v := place(t, m, counting(1000), 0, 100)
	v.Remove()
	for _, s := range pull(m, 1000) {
		if s != 0 {
			t.Fatal("it sounds")
		}
	}
}
