package sound

import (
	"errors"
	"io"
	"math"
	"testing"

	"dalaba/playlists/audio"
)

func TestAChirpReadInPiecesIsTheOneThatMicrophonesKnow(t *testing.T) {
	want := audio.Chirp()
	c := NewChirp()
	if c.Frames() != int64(len(want)) {
		t.Fatalf("%d frames, want %d", c.Frames(), len(want))
	}
	var all []int16
	for {
		p := make([]int16, 777)
		n, err := c.ReadFrames(p)
		all = append(all, p[:n]...)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) != len(want) || c.Frames() != 0 {
		t.Fatalf("%d frames, and %d left", len(all), c.Frames())
	}
	for i, v := range all {
		if math.Abs(float64(v)-float64(want[i])*math.MaxInt16) > 0.5001 {
			t.Fatalf("frame %d is %d", i, v)
		}
	}
}
