package audio

import (
	"math"
	"slices"
	"testing"
	"time"
)

// levelOf measures a whole sound.
func levelOf(sound []float32) Level {
	g := newGauge()
	g.add(sound)
	return g.level()
}

// steepest is the greatest step between two frames, silence before and behind included.
func steepest(sound []float32) float64 {
	var last, most float64
	for _, v := range append(slices.Clone(sound), 0) {
		most = max(most, math.Abs(float64(v)-last))
		last = float64(v)
	}
	return most
}

// steepestOf is the greatest step that partials of those deflections and pitches can make together.
func steepestOf(partials map[float64]float64) (most float64) {
	for hertz, deflection := range partials {
		most += 2 * math.Pi * hertz / Rate * deflection
	}
	return most
}

func TestTestSoundsAreAsLoudAsATownsClips(t *testing.T) {
	for _, test := range []struct {
		name    string
		sound   []float32
		longest time.Duration
	}{
		{"chime", Chime(), 3 * time.Second},
		{"chirp", Chirp(), time.Second},
		{"ring test without a name", RingTest(nil), 5 * time.Second},
	} {
		level := levelOf(test.sound)
		if math.Abs(level.Loudness-DefaultTarget) > 0.5 || level.TruePeak > DefaultCeiling || math.Abs(level.DC) > 1e-3 {
			t.Errorf("%s: %+v", test.name, level)
		}
		if length := time.Duration(len(test.sound)) * time.Second / Rate; length > test.longest {
			t.Errorf("%s: %v long", test.name, length)
		}
		t.Logf("%s: %.2f LUFS, %.2f dBTP", test.name, level.Loudness, level.TruePeak)
	}
}

func TestTestSoundsDoNotClick(t *testing.T) {
	// The steepest that the tones themselves are at their full deflections.
	chirp := steepestOf(map[float64]float64{chirpHigh: chirpPeak})
	chime := steepestOf(map[float64]float64{
		587.33: chimeLevel, 739.99: chimeLevel, 880: chimeLevel,
		2 * 587.33: 0.35 * chimeLevel, 2 * 739.99: 0.35 * chimeLevel, 2 * 880: 0.35 * chimeLevel,
		3 * 587.33: 0.12 * chimeLevel, 3 * 739.99: 0.12 * chimeLevel, 3 * 880: 0.12 * chimeLevel,
	})
	flat := slices.Repeat([]float32{0.5}, Rate) // as badly cut as a name can be
	for _, test := range []struct {
		name  string
		sound []float32
		limit float64
	}{
		{"chime", Chime(), chime},
		{"chirp", Chirp(), chirp},
		{"ring test", RingTest(flat), max(chime, chirp)},
	} {
		if step := steepest(test.sound); step > test.limit {
			t.Errorf("%s: a step of %.4f, more than %.4f", test.name, step, test.limit)
		}
		if first, last := test.sound[0], test.sound[len(test.sound)-1]; math.Abs(float64(first)) > 1e-6 || math.Abs(float64(last)) > 1e-6 {
			t.Errorf("%s begins with %v and ends with %v", test.name, first, last)
		}
	}
}

func TestARingTestIsChimeNameChirpAndSilence(t *testing.T) {
	name := programme(Rate, part{1.5, []float64{-20}})
	kept := slices.Clone(name)
	whole := RingTest(name)
	if !slices.Equal(name, kept) {
		t.Error("the name was changed")
	}
	if !slices.Equal(whole, RingTest(name)) {
		t.Error("two ring tests of one name differ")
	}
	chime, pause := len(Chime()), framesOf(breath)
	nameAt := chime + pause
	chirpAt := nameAt + len(name) + pause
	if want := chirpAt + chirpFrames + Rate; len(whole) != want {
		t.Fatalf("%d frames, want %d", len(whole), want)
	}
	if !slices.Equal(whole[:chime], Chime()) || !slices.Equal(whole[chirpAt:chirpAt+chirpFrames], Chirp()) {
		t.Error("the chime or the chirp is not where it should be")
	}
	if edge := framesOf(nameEdge); !slices.Equal(whole[nameAt+edge:nameAt+len(name)-edge], name[edge:len(name)-edge]) {
		t.Error("the name is not as it was recorded")
	}
	for _, silent := range [][]float32{whole[chime:nameAt], whole[nameAt+len(name) : chirpAt], whole[chirpAt+chirpFrames:]} {
		if loudestOf(silent) != 0 {
			t.Error("a pause that is not silent")
		}
	}
	if short := RingTest(nil); len(short) != len(whole)-len(name)-pause {
		t.Errorf("without a name it has %d frames", len(short))
	}
	if tiny := RingTest([]float32{1}); steepest(tiny) > 0.2 {
		t.Error("a name of one frame clicks")
	}
}
