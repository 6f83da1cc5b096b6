package sound

import "sync/atomic"

const (
	// ceiling is the greatest sample that comes out: −1 dB of full scale.
	ceiling = 29_204
	// limitRelease is the share of what it took away that the limiter gives back with each frame: most of it in 0.2 s.
	limitRelease = 1.0 / (0.2 * Rate)
	// noisePower is the mean square, and noiseCrossings the share of frames at which the sign changes, above which sound
	// is noise: −9 dB of full scale, which speech reaches in vowels, and the height of a 6 kHz tone, which it reaches in
	// hisses, but never both at once.
	noisePower     = 11_626.0 * 11_626.0
	noiseCrossings = 0.25
	// noiseLeast is how many frames it takes to tell noise.
	noiseLeast = 64
	// noiseGain is what noise is turned down to: by 24 dB. It takes noiseDown frames to get there, and after noiseHold
	// frames without noise noiseUp to come back.
	noiseGain = 1.0 / 16
	noiseDown = Rate / 1000
	noiseHold = Rate / 2
	noiseUp   = Rate / 10
)

// guard stands last: it keeps peaks below the ceiling, and turns full-scale noise down, which is what a broken file or a
// wrong format sounds like, and what no horn may ever give. It knows whole numbers only, so nothing in it can be not a
// number. What is within limits passes unchanged.
type guard struct {
	gain     float32 // of the limiter
	hush     float32 // of the noise guard
	hold     int     // frames for which it stays hushed
	positive bool    // the sign of the last frame
	caught   atomic.Int64
}

func newGuard() guard { return guard{gain: 1, hush: 1} }

// pass brings sum within limits and into out, which is as long.
func (g *guard) pass(out []int16, sum []int32) {
	if loudest := g.judge(sum); loudest <= ceiling && g.idle() {
		for i, s := range sum {
			out[i] = int16(s)
		}
		return
	}
	for i, s := range sum {
		switch {
		case g.hold > 0:
			g.hold--
			g.hush = max(noiseGain, g.hush-(1-noiseGain)/noiseDown)
		case g.hush < 1:
			g.hush = min(1, g.hush+(1-noiseGain)/noiseUp)
		}
		v := float32(s) * g.hush
		if peak := max(v, -v); peak*g.gain > ceiling {
			g.gain = ceiling / peak
		}
		out[i] = int16(max(-ceiling, min(ceiling, v*g.gain)))
		if g.gain += (1 - g.gain) * limitRelease; g.gain > 0.9999 {
			g.gain = 1
		}
	}
}

// idle tells whether the guard has nothing to do, so that silence stays as it is.
func (g *guard) idle() bool { return g.gain == 1 && g.hush == 1 && g.hold == 0 }

// judge returns the greatest sample of sum, and hushes it if it is noise.
func (g *guard) judge(sum []int32) (loudest int32) {
	crossings, power := 0, 0.0
	for _, s := range sum {
		loudest = max(loudest, s, -s)
		power += float64(s) * float64(s)
		if positive := s > 0; positive != g.positive {
			g.positive = positive
			crossings++
		}
	}
	n := float64(len(sum))
	if len(sum) >= noiseLeast && power > noisePower*n && float64(crossings) > noiseCrossings*n {
		if g.hold == 0 {
			g.caught.Add(1)
		}
		g.hold = noiseHold
	}
	return loudest
}
