package clock

const (
	// maxSamples is how many exchanges the line is laid through: five minutes of them at their usual pace, eight every
	// ten seconds.
	maxSamples = 240
	// rateAfter is how many exchanges there must be, and rateSpan how many nanoseconds between the first and the last,
	// before they tell the rate.
	rateAfter = 4
	rateSpan  = int64(10e9)
	// maxRate bounds the rate of the line, and likelyRate is how far it mostly lies from what was known before: few
	// samples over a short time, on a bad network, tell less of a crystal than that it is one.
	maxRate    = 300e-6
	likelyRate = 40e-6
	// noise is the error in nanoseconds that even the quickest exchange has.
	noise = 200e3
)

// sample is what an exchange tells if both ways took the same, in nanoseconds.
type sample struct {
	local  int64 // the middle between question and answer
	offset int64 // broadcaster time minus local time then
	half   int64 // half the round trip
}

func sampleOf(x Exchange) sample {
	local := x.T1 + (x.T4-x.T1)/2
	return sample{local: local, offset: x.T2 + (x.T3-x.T2)/2 - local, half: (x.T4 - x.T1 - (x.T3 - x.T2)) / 2}
}

// samples are what the last exchanges tell, the oldest first. The quicker one was, the less could it wait on one way only,
// and the more it counts; but none is so slow that it tells nothing.
type samples struct {
	list [maxSamples]sample
	n    int
}

// add takes in an exchange that is newer than the others.
func (b *samples) add(x Exchange) {
	if b.n == len(b.list) {
		copy(b.list[:], b.list[1:])
		b.n--
	}
	b.list[b.n] = sampleOf(x)
	b.n++
}

// forget drops what cannot be of the same two clocks as x, at any rate that a clock can have.
func (b *samples) forget(x Exchange) {
	s, kept := sampleOf(x), 0
	for _, old := range b.list[:b.n] {
		apart := max(s.offset-old.offset, old.offset-s.offset)
		if apart <= s.half+old.half+int64(float64(s.local-old.local)*maxRate) {
			b.list[kept] = old
			kept++
		}
	}
	b.n = kept
}

// line returns broadcaster time at local on the straight line through the samples, and the rate of the line: known, where
// they do not tell it yet. It is a weighted regression, in which an exchange counts the less the slower it was, and what
// was known counts too.
func (b *samples) line(local int64, known float64) (broadcaster int64, rate float64) {
	base, least := b.list[b.n-1].offset, b.list[0].half
	for _, s := range b.list[:b.n] {
		least = min(least, s.half)
	}
	weight := func(s sample) float64 {
		doubt := float64(s.half-least) + noise
		return 1 / (doubt * doubt)
	}
	var sum, meanX, meanY float64 // x is seen from local, y from base
	for _, s := range b.list[:b.n] {
		w := weight(s)
		sum += w
		meanX += w * float64(s.local-local)
		meanY += w * float64(s.offset-base)
	}
	meanX, meanY = meanX/sum, meanY/sum
	rate = known
	if b.n >= rateAfter && b.list[b.n-1].local-b.list[0].local >= rateSpan {
		xx := 1 / (likelyRate * likelyRate)
		xy := known * xx
		for _, s := range b.list[:b.n] {
			w, x := weight(s), float64(s.local-local)-meanX
			xx += w * x * x
			xy += w * x * (float64(s.offset-base) - meanY)
		}
		rate = max(-maxRate, min(maxRate, xy/xx))
	}
	return local + base + int64(meanY-rate*meanX), rate
}
