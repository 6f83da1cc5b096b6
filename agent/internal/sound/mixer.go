package sound

import (
	"slices"
	"sync"
	"sync/atomic"

	"dalaba/playlists/audio"
)

// Mixer is an endless timeline of frames: silence, and the voices that have been placed on it. Fill does not allocate,
// lock or block; everything else may. Whatever is placed, what comes out is within limits (guard).
type Mixer struct {
	position atomic.Int64
	voices   atomic.Pointer[[]*Voice] // replaced whole, so that Fill can read it without a lock

	mu sync.Mutex // guards writers of voices

	stretcher *audio.Stretcher
	guard     guard
	sum       []int32 // Fill's own room
	room      stretchRoom
}

// mixChunk bounds what Fill mixes in one go, and so the size of its room and how late a voice does what it is told.
const mixChunk = Rate / 100

// NewMixer returns a timeline at frame 0 with nothing on it.
func NewMixer() *Mixer {
	m := &Mixer{stretcher: audio.NewStretcher(), guard: newGuard(), sum: make([]int32, mixChunk)}
	m.voices.Store(new([]*Voice))
	return m
}

// Position is the number of the next frame that Fill will give.
func (m *Mixer) Position() int64 { return m.position.Load() }

// Noise counts how often full-scale noise was held back.
func (m *Mixer) Noise() int64 { return m.guard.caught.Load() }

// Fill gives the next frames of the timeline. See Source.
func (m *Mixer) Fill(out []int16) {
	for len(out) > 0 {
		n := min(len(out), mixChunk)
		m.mix(out[:n])
		out = out[n:]
	}
}

func (m *Mixer) mix(out []int16) {
	from := m.position.Load()
	voices := *m.voices.Load()
	if len(voices) == 0 && m.guard.idle() {
		clear(out)
		m.position.Store(from + int64(len(out)))
		return
	}
	sum := m.sum[:len(out)]
	clear(sum)
	for _, v := range voices {
		v.mixInto(sum, from)
	}
	m.guard.pass(out, sum)
	for _, v := range voices {
		v.listen(out, from)
	}
	m.position.Store(from + int64(len(out)))
}

// add puts v on the timeline.
func (m *Mixer) add(v *Voice) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := append(slices.Clone(*m.voices.Load()), v)
	m.voices.Store(&next)
}

// remove takes v off the timeline, at once and without a ramp.
func (m *Mixer) remove(v *Voice) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := slices.DeleteFunc(slices.Clone(*m.voices.Load()), func(w *Voice) bool { return w == v })
	m.voices.Store(&next)
}
