package ear

import (
	"errors"
	"math"
	"sync"
	"time"

	"dalaba/playlists/audio"
)

// kept is how much of what was recorded last is held: the chirp, the silence behind it, and a microphone that is late.
const kept = 8 * time.Second

// errFlood means that what writes is no microphone: it gives more than it can have recorded.
var errFlood = errors.New("it gives more sound than there was time for")

// tape holds the last seconds of a recording, and when they came. It is safe for concurrent use.
type tape struct {
	now   func() time.Duration
	began time.Duration

	mu    sync.Mutex // guards what follows
	room  []int16    // frame n is at n modulo its length
	next  int64      // the number of frames so far
	half  []byte     // the lower byte of a frame whose upper one has not come yet, or empty
	zero  time.Duration
	reads int64
}

func newTape(now func() time.Duration) *tape {
	return &tape{now: now, began: now(), room: make([]int16, int(kept.Seconds())*audio.Rate), zero: math.MaxInt64}
}

// Write takes what the microphone gives, and fails where that is more than can have been recorded since it was switched
// on. See io.Writer.
func (t *tape) Write(p []byte) (int, error) {
	now := t.now()
	t.mu.Lock()
	defer t.mu.Unlock()
	if lengthOf(t.next) > now-t.began+slack {
		return 0, errFlood
	}
	all := len(p)
	if len(t.half) > 0 && len(p) > 0 {
		t.add(t.half[0], p[0])
		t.half, p = t.half[:0], p[1:]
	}
	for ; len(p) >= 2; p = p[2:] {
		t.add(p[0], p[1])
	}
	t.half = append(t.half, p...)
	t.reads++
	// No frame comes before it was recorded: whatever came soonest after its place in the recording is nearest the truth.
	t.zero = min(t.zero, now-lengthOf(t.next))
	return all, nil
}

func (t *tape) add(low, high byte) {
	t.room[t.next%int64(len(t.room))] = int16(uint16(low) | uint16(high)<<8)
	t.next++
}

// length is how many frames came so far.
func (t *tape) length() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.next
}

// piece is how much came at a time, on average.
func (t *tape) piece() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return lengthOf(t.next / max(1, t.reads))
}

// time is when frame n came, or would have, had it not been held back longer than the soonest.
func (t *tape) time(n int64) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.zero + lengthOf(n)
}

// since returns the frames from a moment on, as far as they are held, and the number of the first.
func (t *tape) since(moment time.Duration) (frames []float32, first int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.next == 0 {
		return nil, 0
	}
	first = max(0, t.next-int64(len(t.room)), int64((moment-t.zero).Seconds()*audio.Rate))
	frames = make([]float32, max(0, t.next-first))
	for i := range frames {
		frames[i] = float32(t.room[(first+int64(i))%int64(len(t.room))]) / (1 << 15)
	}
	return frames, first
}

// lengthOf is how long n frames last.
func lengthOf(n int64) time.Duration { return time.Duration(n) * time.Second / audio.Rate }
