package audio

import (
	"errors"
	"io"
)

// The limiter knows 5 ms before it comes what is too loud, turns down until then, and up again within some 80 ms.
const (
	limiterAhead   = Rate / 200
	limiterRelease = 1.0 / (0.08 * Rate)
)

// levelled is src without its offset and amplified, as the limiter wants it.
type levelled struct {
	src        source
	offset     float32
	multiplier float32
}

func (l levelled) read(dst []float32) (int, error) {
	n, err := l.src.read(dst)
	for i, v := range dst[:n] {
		dst[i] = (v - l.offset) * l.multiplier
	}
	return n, err
}

// limiter keeps src below a ceiling, between frames too. What is below it anyway passes unchanged, and nothing is
// delayed. For each frame it knows by how much it must be turned down. The least of this over the frames ahead, which
// rises no faster than the release, averaged over the frames behind, is smooth and nowhere above what must be.
type limiter struct {
	src     source
	between *between
	ceiling float32

	in    []float32 // frames of src from base on
	must  []float64 // the share of each that may pass, from base on: shorter than in by what is not known yet
	base  int64
	end   int64 // how many frames src had, or −1
	next  int64 // the next frame to give; it begins limiterAhead before the first
	least queue
	hold  float64
	past  [limiterAhead + 1]float64
	sum   float64
	// reduction is the smallest share that anything was turned down to.
	reduction float64
}

func newLimiter(src source, ceiling float32) *limiter {
	l := &limiter{src: src, between: newBetween(), ceiling: ceiling, end: -1, next: -limiterAhead, hold: 1, reduction: 1}
	// Silence comes first: as much as is looked back on, and as much as the averages begin with.
	l.in = make([]float32, limiterAhead+peakTaps)
	l.base = -int64(len(l.in))
	for range len(l.in) - peakHalf {
		l.must = append(l.must, 1)
	}
	for i := range l.past {
		l.past[i] = 1
	}
	l.sum = float64(len(l.past))
	l.least.from = l.next
	return l
}

func (l *limiter) read(dst []float32) (int, error) {
	for i := 0; i < len(dst); {
		for l.end < 0 && l.next+limiterAhead >= l.base+int64(len(l.must)) {
			if err := l.fill(); err != nil {
				return 0, err
			}
		}
		if l.end >= 0 && l.next >= l.end {
			return i, io.EOF
		}
		share := l.step()
		if l.next > 0 {
			dst[i] = float32(float64(l.in[l.next-1-l.base]) * share)
			i++
		}
	}
	return len(dst), nil
}

// step returns the share of the next frame that passes, and goes on to the one behind it.
func (l *limiter) step() float64 {
	for ahead := l.least.to(); ahead <= l.next+limiterAhead; ahead++ {
		must := 1.0
		if at := ahead - l.base; at < int64(len(l.must)) {
			must = l.must[at]
		}
		l.least.push(must)
	}
	l.hold = min(l.least.since(l.next), l.hold+float64((1-l.hold)*limiterRelease))
	slot := &l.past[(l.next+limiterAhead)%int64(len(l.past))]
	l.sum += l.hold - *slot
	*slot = l.hold
	l.next++
	share := min(1, l.sum/float64(len(l.past)))
	l.reduction = min(l.reduction, share)
	return share
}

// fill reads one more block, and forgets what has been given. The end is followed by silence.
func (l *limiter) fill() error {
	if old := int(l.next - l.base - peakTaps); old > blockFrames {
		l.in = l.in[:copy(l.in, l.in[old:])]
		l.must = l.must[:copy(l.must, l.must[old:])]
		l.base += int64(old)
	}
	had := len(l.in)
	l.in = append(l.in, make([]float32, blockFrames)...)
	n, err := l.src.read(l.in[had:])
	l.in = l.in[:had+n]
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if err != nil {
		l.end = l.base + int64(len(l.in))
		l.in = append(l.in, make([]float32, limiterAhead+peakTaps)...)
	}
	l.look()
	return nil
}

// look computes what the frames must be turned down to, as far as their surroundings are known.
func (l *limiter) look() {
	for from := len(l.must); from+peakHalf < len(l.in); from = len(l.must) {
		n := min(peakBlock, len(l.in)-peakHalf-from)
		window := l.in[from-peakHalf : from+n+peakHalf]
		if loudestOf(window)*l.between.most <= l.ceiling {
			for range n {
				l.must = append(l.must, 1)
			}
			continue
		}
		before := l.between.peak(window)
		for i := range n {
			behind := l.between.peak(window[i+1:])
			v := window[i+peakHalf]
			high := max(v, -v, before, behind)
			before = behind
			must := 1.0
			if high > l.ceiling {
				must = float64(l.ceiling) / float64(high)
			}
			l.must = append(l.must, must)
		}
	}
}

// queue knows the least of the numbers in a window that moves on.
type queue struct {
	from  int64 // the place of the next number that is pushed, less how many there were
	count int64
	items []queued // rising
}

type queued struct {
	at    int64
	value float64
}

// to returns the place of the next number.
func (q *queue) to() int64 { return q.from + q.count }

func (q *queue) push(v float64) {
	for len(q.items) > 0 && q.items[len(q.items)-1].value >= v {
		q.items = q.items[:len(q.items)-1]
	}
	q.items = append(q.items, queued{q.to(), v})
	q.count++
}

// since returns the least of the numbers from place at on.
func (q *queue) since(at int64) float64 {
	i := 0
	for q.items[i].at < at {
		i++
	}
	q.items = q.items[:copy(q.items, q.items[i:])]
	return q.items[0].value
}
