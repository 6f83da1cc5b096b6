package sound

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// gulping has fit see a device of that rate error take 10 ms of sound at a time, each time late by up to 3 ms, from one
// moment to another, and calls between. It lags by stalled frames.
func gulping(fit *lineFit, from, to time.Duration, ppm float64, stalled int64) {
	random := rand.New(rand.NewPCG(1, 1))
	for now := from; now < to; now += 10 * time.Millisecond {
		late := now + time.Duration(random.Int64N(int64(3*time.Millisecond)))
		played := Frames(late) + int64(late.Seconds()*Rate*ppm/1e6)
		fit.add(played+4800-stalled, late)
		fit.add(played+4800-stalled, late+5*time.Millisecond)
	}
}

// offBy is how far the line is off at now, for a device that began at 0.
func offBy(fit *lineFit, now time.Duration, ppm float64, stalled int64) time.Duration {
	frame := int64(now.Seconds() * Rate * (1 + ppm/1e6))
	return fit.line(4800).Time(frame-stalled) - now
}

func TestTheLineIsFoundWithItsRate(t *testing.T) {
	for _, ppm := range []float64{-150, -20, 0, 50, 150} {
		var fit lineFit
		gulping(&fit, 0, 2*time.Minute, ppm, 0)
		if d := offBy(&fit, 2*time.Minute, ppm, 0); d.Abs() > 50*time.Microsecond {
			t.Errorf("%+.0f ppm: %v off", ppm, d)
		}
		if d := 1e6*fit.drift + ppm; math.Abs(d) > 0.5 {
			t.Errorf("%+.0f ppm: the rate is %.2f ppm off", ppm, d)
		}
		// And ten minutes on, without a reading.
		if d := offBy(&fit, 12*time.Minute, ppm, 0); d.Abs() > 300*time.Microsecond {
			t.Errorf("%+.0f ppm: %v off ten minutes on", ppm, d)
		}
	}
}

func TestADeviceThatLostSoundIsFoundOut(t *testing.T) {
	var fit lineFit
	gulping(&fit, 0, time.Minute, 50, 0)
	gulping(&fit, time.Minute, time.Minute+5*time.Second, 50, 1440)
	if d := offBy(&fit, time.Minute+5*time.Second, 50, 1440); d.Abs() > 100*time.Microsecond {
		t.Errorf("%v off after it stood for 30 ms", d)
	}
	gulping(&fit, time.Minute+5*time.Second, time.Minute+10*time.Second, 50, 0)
	if d := offBy(&fit, time.Minute+10*time.Second, 50, 0); d.Abs() > 100*time.Microsecond {
		t.Errorf("%v off after it left out 30 ms", d)
	}
}

func TestALineIsFoundAgainSoonAfterTheDeviceStoodStill(t *testing.T) {
	for _, c := range []struct {
		name string
		lost int64 // frames
	}{{"it ran out of sound", 9600}, {"it had enough", 0}} {
		var fit lineFit
		gulping(&fit, 0, time.Minute, 50, 0)
		fit.standstill(time.Minute + 300*time.Millisecond)
		gulping(&fit, time.Minute+300*time.Millisecond, time.Minute+300*time.Millisecond+fitAgain+20*time.Millisecond, 50, c.lost)
		if d := offBy(&fit, time.Minute+time.Second, 50, c.lost); d.Abs() > 200*time.Microsecond || fit.stood != 0 {
			t.Errorf("%s: %v off after a second", c.name, d)
		}
		gulping(&fit, time.Minute+2*time.Second, time.Minute+20*time.Second, 50, c.lost)
		if d := offBy(&fit, time.Minute+20*time.Second, 50, c.lost); d.Abs() > 50*time.Microsecond {
			t.Errorf("%s: %v off after twenty seconds", c.name, d)
		}
	}
}

func TestTheLineDoesNotAllocate(t *testing.T) {
	var fit lineFit
	at := time.Duration(0)
	if n := testing.AllocsPerRun(100, func() {
		gulpTo := at + time.Second
		for ; at < gulpTo; at += 10 * time.Millisecond {
			fit.add(Frames(at), at)
		}
		fit.line(4800).FrameAt(at)
	}); n != 0 {
		t.Errorf("%v allocations a second", n)
	}
}

func BenchmarkLine(b *testing.B) {
	var fit lineFit
	at := time.Duration(0)
	for b.Loop() {
		at += 10 * time.Millisecond
		fit.add(Frames(at), at)
	}
}
