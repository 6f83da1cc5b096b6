package audio

import (
	"context"
	"fmt"
	"io"
	"math"
)

// correction is what is done to a recording's level.
type correction struct {
	offset  float64
	gain    float64 // dB
	ceiling float64 // dBTP, 0 for none
}

// Corrections that are not worth making.
const (
	sameLoudness = 0.15   // LU
	noOffset     = 0.0005 // of full scale
)

// The limiter takes loudness away, which is seen only by trying. A trial reads the whole recording, so there are few; and
// what it takes to make up for the limiter is bounded, because more of that would be distortion.
const (
	trials   = 2
	maxDrive = 6.0 // dB
)

// rendering is one call of Render. What was recorded is read several times: what it needs is known at its end.
type rendering struct {
	r       io.ReaderAt
	size    int64
	limits  Limits
	longest float64 // seconds
}

func (job *rendering) open() (opened, error) {
	found, err := open(job.r, job.size)
	if err != nil {
		return opened{}, fmt.Errorf("open recording: %w", err)
	}
	return found, nil
}

// measure reads all of a recording to know how loud it is with change.
func (job *rendering) measure(ctx context.Context, found opened, change correction) (Level, error) {
	channels := newMono(found)
	src, _ := change.applied(resample(channels, found.rate))
	g := newGauge()
	err := each(ctx, src, job.longest, func(block []float32) error {
		g.add(block)
		return nil
	})
	if err != nil {
		return Level{}, err
	}
	level := g.level()
	level.Clipped = channels.clipped()
	return level, nil
}

// correct returns what brings a recording of level l to the town's target.
func (job *rendering) correct(ctx context.Context, l Level) (correction, error) {
	change := firstTry(l, job.limits)
	most := min(MaxGain, change.gain+maxDrive)
	for range trials {
		if change.ceiling == 0 || change.gain == 0 || change.gain >= most {
			break
		}
		found, err := job.open()
		if err != nil {
			return correction{}, err
		}
		now, err := job.measure(ctx, found, change)
		if err != nil {
			return correction{}, err
		}
		missing := job.limits.Target - now.Loudness
		if math.Abs(missing) <= sameLoudness {
			break
		}
		change.gain = hundredths(min(change.gain+missing, most))
	}
	return change, nil
}

// firstTry is what is needed without the limiter's share.
func firstTry(l Level, limits Limits) correction {
	var c correction
	if math.Abs(l.DC) > noOffset {
		c.offset = l.DC
	}
	gain := limits.Target - l.Loudness
	if l.Peak >= silentBelow && l.Loudness > silenceDB && math.Abs(gain) > sameLoudness {
		c.gain = hundredths(min(gain, MaxGain))
	}
	if c.offset != 0 || l.TruePeak+c.gain > limits.Ceiling {
		c.ceiling = limits.Ceiling
	}
	return c
}

// hundredths rounds a gain, so that the last bits of a logarithm do not matter.
func hundredths(gain float64) float64 { return math.Round(100*gain) / 100 }

// applied returns src as c wants it, and the limiter in it, or nil.
func (c correction) applied(src source) (source, *limiter) {
	if c.offset != 0 || c.gain != 0 {
		src = levelled{src: src, offset: float32(c.offset), multiplier: float32(share(c.gain))}
	}
	if c.ceiling == 0 {
		return src, nil
	}
	l := newLimiter(src, float32(share(c.ceiling)))
	return l, l
}
