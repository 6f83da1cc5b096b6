package audio

import (
	"math"
	"slices"
	"testing"
)

func TestFloatsThatAreNoSoundDoNoHarm(t *testing.T) {
	sound := tone(500, 0.5, Rate, Rate)
	for i, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300} {
		sound[1000*(i+1)] = v
	}
	in := recording{layout: layout{format: formatFloat, bits: 64, channels: 1, rate: 44_100}, sound: sound}
	_, clip, err := render(t, in.file(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if tail := frames(t, clip)[20_000:]; slices.Max(tail) > 0.51 || slices.Min(tail) < -0.51 {
		t.Error("one bad sample spoilt all that followed")
	}
}
