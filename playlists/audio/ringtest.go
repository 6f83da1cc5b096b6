package audio

import (
	"math"
	"time"
)

const (
	// chimeLevel is the deflection of a note's lowest partial. It makes the chime as loud as a town's clips are.
	chimeLevel = 0.372
	// noteEvery is how long after one note the next begins, and chimeLength how long all of them sound.
	noteEvery   = 450 * time.Millisecond
	chimeLength = 2500 * time.Millisecond
	// noteRise is how long a note swells, noteFade how long it takes to fall to a third, and chimeFall how long the end of
	// the chime is faded out.
	noteRise  = 20 * time.Millisecond
	noteFade  = 500 * time.Millisecond
	chimeFall = 300 * time.Millisecond
	// nameEdge is how long a place's name is faded at either end, so that a recording that was cut badly does not click.
	nameEdge = 5 * time.Millisecond
	// breath is the pause between the parts of a ring test. ringTail is the silence behind its end: by the time it is over,
	// a microphone has heard what came before.
	breath   = 500 * time.Millisecond
	ringTail = time.Second
)

// Chime is three bells that rise as a major triad, 2.5 s long in all: what calls for attention before words. It is as
// loud as DefaultTarget, below DefaultCeiling, begins and ends in silence, and is the same every time. The caller may
// change the frames.
func Chime() []float32 {
	sound := make([]float32, framesOf(chimeLength))
	for i, hertz := range []float64{587.33, 739.99, 880} {
		from := i * framesOf(noteEvery)
		for n := range sound[from:] {
			sound[from+n] += float32(note(hertz, float64(n)/Rate))
		}
	}
	fade(sound, 0, framesOf(chimeFall))
	return sound
}

// note is the deflection of a bell of that pitch, so many seconds after it was struck. Its upper partials are softer, and
// fade sooner.
func note(hertz, seconds float64) float64 {
	fading := math.Exp(-seconds / noteFade.Seconds())
	angle := 2 * math.Pi * hertz * seconds
	wave := math.Sin(angle) + 0.35*fading*math.Sin(2*angle) + 0.12*fading*fading*math.Sin(3*angle)
	return chimeLevel * slope(seconds/noteRise.Seconds()) * fading * wave
}

// RingTest is what a horn sounds once a week for people and microphones to tell whether it does: a chime, the place's
// name, a chirp, and a second of silence. name is mono at Rate, as loud as it is to be; it may be empty and is not changed.
func RingTest(name []float32) []float32 {
	pause := make([]float32, framesOf(breath))
	sound := append(Chime(), pause...)
	if len(name) > 0 {
		from := len(sound)
		sound = append(sound, name...)
		edge := framesOf(nameEdge)
		fade(sound[from:], edge, edge)
		sound = append(sound, pause...)
	}
	sound = append(sound, Chirp()...)
	return append(sound, make([]float32, framesOf(ringTail))...)
}

// fade lets the first rise frames of sound grow out of silence, and the last fall ones die away.
func fade(sound []float32, rise, fall int) {
	for i := range min(rise, len(sound)) {
		sound[i] *= float32(slope(float64(i) / float64(rise)))
	}
	for i := range min(fall, len(sound)) {
		sound[len(sound)-1-i] *= float32(slope(float64(i) / float64(fall)))
	}
}

// framesOf is how many frames d lasts.
func framesOf(d time.Duration) int { return int(d * Rate / time.Second) }
