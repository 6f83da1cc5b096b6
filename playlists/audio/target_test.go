package audio

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// town is what a town's recordings are brought to.
func town() Limits { return Limits{Target: DefaultTarget, Ceiling: DefaultCeiling} }

// speech is like speech: syllables of noise and tone, with pauses, whose peaks are far above their mean. It reaches peak.
func speech(peak float64, seconds int) []float64 {
	random := rand.New(rand.NewPCG(3, 4))
	sound := make([]float64, seconds*Rate)
	var most float64
	for i := range sound {
		at := float64(i) / Rate
		syllable := math.Pow(max(0, math.Sin(2*math.Pi*3*at)), 2) * math.Ceil(max(0, min(1, math.Sin(2*math.Pi*0.4*at)+0.7)))
		for h := 1.0; h <= 12; h++ {
			sound[i] += syllable / h * math.Cos(2*math.Pi*140*h*at+h*h)
		}
		sound[i] += syllable * 0.2 * (random.Float64() - 0.5)
		most = max(most, math.Abs(sound[i]))
	}
	for i := range sound {
		sound[i] *= peak / most
	}
	return sound
}

func TestEveryRecordingIsBroughtToTheTownsLoudness(t *testing.T) {
	for _, peak := range []float64{1, 0.5, 0.25, 0.12} {
		made, clip, err := render(t, pcm(Rate, speech(peak, 8)).file(), town())
		if err != nil {
			t.Fatal(err)
		}
		meter := newGauge()
		meter.add(frames(t, clip))
		l := meter.level()
		t.Logf("peak %.2f: %.1f LUFS, gain %.2f dB, turned down by %.2f dB → %.2f LUFS, %.2f dBTP", peak, made.Source.Loudness, made.Gain, made.Limited, l.Loudness, l.TruePeak)
		if math.Abs(l.Loudness-DefaultTarget) > 0.5 || l.TruePeak > DefaultCeiling+0.1 {
			t.Errorf("peak %g: %.2f LUFS, %.2f dBTP", peak, l.Loudness, l.TruePeak)
		}
		if diff := cmp.Diff(l, made.Level, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("says of itself (-is +says):\n%s", diff)
		}
	}
}

func TestOtherTargetsAndCeilings(t *testing.T) {
	for _, limits := range []Limits{{Target: -23, Ceiling: -3}, {Target: -14, Ceiling: -2}} {
		made, _, err := render(t, pcm(Rate, speech(0.3, 8)).file(), limits)
		if err != nil {
			t.Fatal(err)
		}
		if l := made.Level; math.Abs(l.Loudness-limits.Target) > 1 || l.TruePeak > limits.Ceiling+0.1 {
			t.Errorf("wanted %+v, got %.2f LUFS, %.2f dBTP", limits, l.Loudness, l.TruePeak)
		}
	}
}

func TestNoiseIsNotBlownUp(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	hiss := make([]float64, 4*Rate)
	for i := range hiss {
		hiss[i] = 0.01 * (random.Float64() - 0.5)
	}
	made, _, err := render(t, pcm(Rate, hiss).file(), town())
	if err != nil {
		t.Fatal(err)
	}
	if made.Gain != MaxGain || made.Level.Peak > -25 || !slices.Contains(made.Notes, NoteQuiet) {
		t.Errorf("amplified by %g dB to a peak of %.1f dBFS, notes %v", made.Gain, made.Level.Peak, made.Notes)
	}
	made, _, err = render(t, pcm(Rate, make([]float64, 4*Rate)).file(), town())
	if err != nil || made.Gain != 0 || made.Level.Peak != silenceDB || !slices.Contains(made.Notes, NoteSilent) {
		t.Errorf("silence: %+v (%v)", made, err)
	}
}

func TestAnOffsetIsTakenOut(t *testing.T) {
	sound := speech(0.4, 4)
	for i := range sound {
		sound[i] += 0.2
	}
	made, clip, err := render(t, pcm(Rate, sound).file(), town())
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(made.Level.DC) > 0.001 || math.Abs(made.Source.DC-0.2) > 0.01 || !slices.Contains(made.Notes, NoteOffset) {
		t.Errorf("offset %.4f became %.4f, notes %v", made.Source.DC, made.Level.DC, made.Notes)
	}
	if first := frames(t, clip)[0]; math.Abs(float64(first)) > 0.02 {
		t.Errorf("begins with a step of %g", first)
	}
}

func TestAClipAtItsTargetIsRenderedToItself(t *testing.T) {
	_, once, err := render(t, pcm(44_100, tone(440, 0.6, 44_100, 130_011)).file(), town())
	if err != nil {
		t.Fatal(err)
	}
	made, twice, err := render(t, once, town())
	if err != nil || !bytes.Equal(once, twice) || made.Gain != 0 {
		t.Fatalf("a clip changed when it was rendered again: %+v, %v", made, err)
	}
}

// TestTheSameRecordingIsLevelledTheSameForEver holds bytes that approvals are bound to, as the test without a target does.
func TestTheSameRecordingIsLevelledTheSameForEver(t *testing.T) {
	for _, test := range []struct {
		peak, target float64
		want         string
	}{{1, -16, "bb5a8a9c567bb3cd"}, {0.02, -16, "e3c719eaf9a04dde"}, {0.5, -12, "4ee7257e33f0d2ca"}} {
		_, clip, err := render(t, pcm(44_100, speech(test.peak, 3)).file(), Limits{Target: test.target})
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(clip)
		if got := hex.EncodeToString(sum[:8]); got != test.want {
			t.Errorf("peak %g to %g LUFS: digest %s…, want %s…", test.peak, test.target, got, test.want)
		}
	}
}

func TestLevellingKeepsTheFirstSampleAtItsPlace(t *testing.T) {
	sound := make([]float64, 2*Rate)
	sound[0], sound[Rate] = 0.2, 0.9
	copy(sound[Rate/2:], speech(0.1, 1)[:Rate/4])
	_, clip, err := render(t, pcm(Rate, sound).file(), town())
	if err != nil {
		t.Fatal(err)
	}
	out := frames(t, clip)
	if out[0] < 0.2 || out[Rate] < 0.5 || out[1] > out[0]/2 || out[Rate-1] > out[Rate]/2 {
		t.Errorf("begins %v, in the middle %v", out[:3], out[Rate-1:Rate+2])
	}
}

func TestClippingIsSeenInOneChannelOfTwo(t *testing.T) {
	left, right := tone(300, 1.6, Rate, Rate), tone(300, 0.2, Rate, Rate)
	in := recording{layout: layout{format: formatPCM, bits: 16, channels: 2, rate: Rate}}
	var text []byte
	for i := range left {
		for _, v := range []float64{max(-1, min(1, left[i])), right[i]} {
			n := int(v * 32767)
			text = append(text, byte(n), byte(n>>8))
		}
	}
	made, _, err := render(t, riff(chunk("fmt ", in.fmtChunk()), chunk("data", text)), town())
	if err != nil || made.Source.Clipped < 0.4 || !slices.Contains(made.Notes, NoteClipped) {
		t.Errorf("clipped %.3f, notes %v (%v)", made.Source.Clipped, made.Notes, err)
	}
}

func TestSilencesAreFound(t *testing.T) {
	sound := make([]float64, 30*Rate)
	copy(sound[4*Rate:], tone(300, 0.5, Rate, 2*Rate))
	copy(sound[15*Rate:], tone(300, 0.5, Rate, 4*Rate))
	made, _, err := render(t, pcm(Rate, sound).file(), town())
	if err != nil {
		t.Fatal(err)
	}
	near := func(got, want int64) bool { return got >= want-20 && got <= want+20 }
	s := made.Silences
	if !near(int64(s.Begin), 4_000) || !near(int64(s.Longest), 9_000) || !near(int64(s.End), 11_000) {
		t.Errorf("silences %+v", s)
	}
	if want := []Note{NoteLateBegin, NoteEarlyEnd, NotePause}; !slices.Equal(made.Notes, want) {
		t.Errorf("notes %v, want %v", made.Notes, want)
	}
}

func TestAnOutlineShowsWhereItSounds(t *testing.T) {
	for _, length := range []int{100, Rate, 7 * Rate, 100*Rate + 17} {
		sound := make([]float64, length)
		copy(sound[length/2:], tone(100, 0.5, Rate, length/2))
		made, _, err := render(t, pcm(Rate, sound).file(), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		o := made.Outline
		if len(o) == 0 || len(o) > OutlinePoints || length > Rate && len(o) != OutlinePoints {
			t.Fatalf("%d frames: %d points", length, len(o))
		}
		if length < Rate {
			continue
		}
		for i, e := range o {
			silent, loud := i < len(o)*49/100, i > len(o)*51/100
			if silent && e != (Extent{}) || loud && length > Rate && (e[0] > -40 || e[1] < 40) {
				t.Errorf("%d frames, point %d: %v", length, i, e)
			}
		}
	}
}

func BenchmarkRender(b *testing.B) {
	const seconds = 10
	second := pcm(44_100, tone(500, 0.5, 44_100, seconds*44_100))
	second.channels = 2
	files := map[string][]byte{"wav": second.file(), "mp3": sample(b, "vbr.mp3"), "flac": sample(b, "stereo16.flac"), "ogg": sample(b, "stereo.ogg")}
	for _, name := range []string{"wav", "mp3", "flac", "ogg"} {
		for kind, limits := range map[string]Limits{"as it is": {}, "levelled": town()} {
			b.Run(fmt.Sprintf("%s/%s", name, kind), func(b *testing.B) {
				var sounded float64
				for b.Loop() {
					made, _, err := render(b, files[name], limits)
					if err != nil {
						b.Fatal(err)
					}
					sounded += float64(made.Frames) / Rate
				}
				b.ReportMetric(sounded/b.Elapsed().Seconds(), "×realtime")
			})
		}
	}
}

// BenchmarkMeasure is decoding and loudness: what an upload costs to be judged. An MP3 is decoded on as many cores as there
// are.
func BenchmarkMeasure(b *testing.B) {
	for name, seconds := range map[string]int{"vbr.mp3": 30, "stereo16.flac": 1, "stereo.ogg": 1} {
		b.Run(name, func(b *testing.B) {
			file := bytes.Repeat(sample(b, name), seconds)
			var sounded float64
			for b.Loop() {
				job := rendering{r: bytes.NewReader(file), size: int64(len(file)), longest: 60}
				found, err := job.open()
				if err != nil {
					b.Fatal(err)
				}
				if _, err := job.measure(b.Context(), found, correction{}); err != nil {
					b.Fatal(err)
				}
				sounded += float64(seconds)
			}
			b.ReportMetric(sounded/b.Elapsed().Seconds(), "×realtime")
		})
	}
}
