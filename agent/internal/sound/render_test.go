package sound

import (
	"math"
	"testing"
	"time"
)

func TestOrdersAreObeyedWithoutAClick(t *testing.T) {
	const amplitude = 10_000
	clip := tone(4*Rate, 200, amplitude)
	own := largestStep(clip) + amplitude/ramp + 1
	for _, c := range []struct {
		name  string
		order func(*Voice)
		back  func(*Voice)
		// quiet is what it sounds like meanwhile, in dB.
		quiet float64
	}{
		{"duck", func(v *Voice) { v.Duck(20) }, func(v *Voice) { v.Duck(100) }, level(clip) - 14},
		{"duck to silence", func(v *Voice) { v.Duck(0) }, func(v *Voice) { v.Duck(100) }, math.Inf(-1)},
		{"pause", (*Voice).Pause, (*Voice).Resume, math.Inf(-1)},
		{"cut", (*Voice).Cut, func(*Voice) {}, math.Inf(-1)},
		{"leave out", func(v *Voice) { v.orders.jump.Store(1234); v.orders.now.Store(true) }, func(*Voice) {}, level(clip)},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := NewMixer()
			v := place(t, m, clip, 0, 100)
			out := pull(m, Rate/2)
			c.order(v)
			meanwhile := pull(m, Rate)
			c.back(v)
			out = append(append(out, meanwhile...), pull(m, Rate)...)
			if step := largestStep(out); step > own {
				t.Errorf("a step of %d, the sound's own are at most %d", step, own)
			}
			if l := level(meanwhile[2*ramp:]); l != c.quiet && math.Abs(l-c.quiet) > 0.2 {
				t.Errorf("meanwhile it sounds at %.1f dB, want %.1f", l, c.quiet)
			}
		})
	}
}

func TestAPausedClipGoesOnWhereItWas(t *testing.T) {
	m := NewMixer()
	clip := counting(3 * Rate)
	v := place(t, m, clip, 0, 100)
	pull(m, Rate)
	v.Pause()
	pull(m, Rate)
	before := v.Pulled()
	v.Resume()
	out := pull(m, Rate)
	if before != Rate+ramp || out[2*ramp] != clip[before+2*ramp] {
		t.Errorf("after frame %d comes %d, want %d", before, out[2*ramp], clip[before+2*ramp])
	}
	if want := int64(4*Rate - ramp); v.End() != want {
		t.Errorf("it will end at %d, want %d", v.End(), want)
	}
	pull(m, 2*Rate)
	if !v.Over() || v.Pulled() != 3*Rate || v.End() != 4*Rate-ramp {
		t.Errorf("over %v, pulled %d, end %d", v.Over(), v.Pulled(), v.End())
	}
}

func TestWhatIsCutBeforeItBeginsDoesNotBegin(t *testing.T) {
	m := NewMixer()
	v := place(t, m, counting(Rate), 5000, 100)
	v.Cut()
	for _, s := range pull(m, 10_000) {
		if s != 0 {
			t.Fatal("it sounds")
		}
	}
	if !v.Over() || v.Pulled() != 0 {
		t.Errorf("over %v, pulled %d", v.Over(), v.Pulled())
	}
}

func TestALostMomentIsMadeUpForInAPauseOfSpeech(t *testing.T) {
	// Half a second of speech, 0.2 s of none, and so on.
	clip := make([]int16, 4*Rate)
	copy(clip, tone(Rate/2, 200, 10_000))
	copy(clip[Rate*7/10:], tone(Rate/2, 200, 10_000))
	for _, by := range []int64{400, -400} {
		m := NewMixer()
		v := place(t, m, clip, 0, 100)
		pull(m, Rate/5)
		v.orders.jump.Store(by)
		out := pull(m, Rate*3/10)
		for i, s := range out {
			if want := clip[Rate/5+i]; s != want {
				t.Fatalf("%+d: in mid-speech frame %d is %d, want %d", by, i, s, want)
			}
		}
		pull(m, Rate/5)
		out = pull(m, Rate/2)
		for i, s := range out[ramp:] {
			if want := clip[int64(Rate*7/10+ramp+i)+by]; s != want {
				t.Fatalf("%+d: after the pause frame %d is %d, want %d", by, i, s, want)
			}
		}
		if v.Skipped() != max(by, 0) {
			t.Errorf("%d frames were left out", v.Skipped())
		}
	}
}

func TestAStretchedClipIsAsLongAsItIsToldToBe(t *testing.T) {
	for _, ppm := range []float64{-500, -20, 20, 500} {
		m := NewMixer()
		clip := tone(5*Rate, 440, 10_000)
		v := place(t, m, clip, 0, 100)
		v.orders.step.Store(int64((1 + ppm/1e6) * float64(whole)))
		go v.Feed(t.Context())
		for !v.Over() {
			pull(m, 480)
			if v.played.Load()+480 > v.written.Load() && v.written.Load() < v.length {
				if err := v.fill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got, want := float64(v.End()), 5*Rate/(1+ppm/1e6); math.Abs(got-want) > 1.5 {
			t.Errorf("%+.0f ppm: %v frames, want %.1f", ppm, got, want)
		}
		if got := v.Before(v.End() - Rate); math.Abs(float64(got)-(4*Rate)) > 0.0006*Rate {
			t.Errorf("%+.0f ppm: %d frames are out a second before the end", ppm, got)
		}
	}
}

// BenchmarkMixing is of a second of one stretched clip; 20 ms are 2 % of a core.
func BenchmarkMixing(b *testing.B) {
	m := NewMixer()
	out := make([]int16, 2048)
	forever := &samples{list: noise(1<<20, 9000)}
	v, err := m.Place(forever, 1<<30, 0, 80)
	if err != nil {
		b.Fatal(err)
	}
	v.orders.step.Store(whole + whole/10_000)
	b.ReportAllocs()
	for b.Loop() {
		began := m.Position()
		for m.Position()-began < Rate {
			v.written.Store(v.played.Load() + ring) // what is in the ring is played again
			m.Fill(out)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(time.Second)*100, "%core")
}
