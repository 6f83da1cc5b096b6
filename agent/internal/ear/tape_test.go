package ear

import (
	"math"
	"slices"
	"testing"
	"time"

	"dalaba/playlists/audio"
)

func TestATapeHoldsTheLastSecondsAndWhenTheyCame(t *testing.T) {
	var now time.Duration
	tp := newTape(func() time.Duration { return now })
	if frames, first := tp.since(0); len(frames) != 0 || first != 0 {
		t.Errorf("empty: %d from %d", len(frames), first)
	}
	const piece = audio.Rate / 100
	for i := range 1000 { // ten seconds, each piece held back by 30 ms and by up to 9 more
		now = time.Minute + time.Duration(i+1)*10*time.Millisecond + 30*time.Millisecond + time.Duration(i%10)*time.Millisecond
		p := make([]byte, 2*piece)
		for k := range piece {
			p[2*k+1] = byte(i % 100)
		}
		if n, err := tp.Write(p); n != len(p) || err != nil {
			t.Fatal(n, err)
		}
	}
	frames, first := tp.since(0)
	if len(frames) != int(kept.Seconds())*audio.Rate || first != 2*audio.Rate {
		t.Errorf("%d frames from %d", len(frames), first)
	}
	if at := tp.time(first); at != time.Minute+2*time.Second+30*time.Millisecond {
		t.Errorf("the first of them came at %v", at)
	}
	if tp.piece() != 10*time.Millisecond || tp.length() != 10*audio.Rate {
		t.Errorf("%v at a time, %d in all", tp.piece(), tp.length())
	}
	frames, first = tp.since(time.Minute + 9500*time.Millisecond + 30*time.Millisecond)
	if len(frames) != audio.Rate/2 || first != 19*audio.Rate/2 {
		t.Errorf("of the last half second %d frames from %d", len(frames), first)
	}
	if want := float32(50<<8) / (1 << 15); math.Abs(float64(frames[0]-want)) > 1e-6 {
		t.Errorf("frame %v, want %v", frames[0], want)
	}
	if frames, _ := tp.since(time.Hour); len(frames) != 0 {
		t.Errorf("%d frames of the future", len(frames))
	}
}

func FuzzATapeIsTheSameInWhateverPiecesItComes(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5}, uint8(1))
	f.Add(make([]byte, 5000), uint8(7))
	f.Fuzz(func(t *testing.T, recorded []byte, size uint8) {
		now := func() time.Duration { return time.Minute }
		whole, pieces := newTape(now), newTape(now)
		whole.Write(recorded)
		for rest := recorded; len(rest) > 0; {
			n := min(len(rest), int(size%16)+1)
			pieces.Write(rest[:n])
			rest = rest[n:]
		}
		want, _ := whole.since(0)
		got, _ := pieces.since(0)
		if !slices.Equal(want, got) || whole.length() != int64(len(recorded)/2) {
			t.Fatalf("%d frames at once, %d in pieces", len(want), len(got))
		}
	})
}
