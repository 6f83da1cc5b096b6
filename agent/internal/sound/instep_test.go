package sound

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"dalaba/playlists/clock"
)

// The proof that neighbouring horns speak as one: terminals with clocks and devices that run wrong, on bad networks,
// are simulated event by event. Estimator, device line, mixer, voice and steering are the real ones; only the network's
// delays, the two crystals and the passing of time are not. What is measured is what the devices put out.

// network is how long messages take: a base for each way and jitter, exponentially distributed; now and then a queue
// builds up, and everything waits in it. It is the model that package clock is tested with.
type network struct {
	name            string
	there, back     time.Duration
	jitter          time.Duration
	queues          float64 // the share of the time
	queueFor, queue time.Duration
	// p99 is the skew over all terminals that one pulse of a hundred may exceed.
	p99 time.Duration
}

var networks = []network{
	{"LAN", 150 * time.Microsecond, 150 * time.Microsecond, 100 * time.Microsecond, 0.01, time.Second, 5 * time.Millisecond, 500 * time.Microsecond},
	{"Wi-Fi", 900 * time.Microsecond, 800 * time.Microsecond, 1500 * time.Microsecond, 0.05, time.Second, 30 * time.Millisecond, 2 * time.Millisecond},
	{"4G", 20 * time.Millisecond, 18500 * time.Microsecond, 6 * time.Millisecond, 0.1, 3 * time.Second, 80 * time.Millisecond, 2 * time.Millisecond},
}

const (
	pulseEvery = Rate / 10
	pulseWidth = 48
)

// pulses is a clip of soft pulses, ten a second, whose middles are at 0.1 s, 0.2 s and so on.
func pulses(length time.Duration) []int16 {
	list := make([]int16, Frames(length))
	for middle := pulseEvery; middle+pulseWidth < len(list); middle += pulseEvery {
		for i := -pulseWidth; i <= pulseWidth; i++ {
			list[middle+i] = int16(8000 * (1 + math.Cos(math.Pi*float64(i)/pulseWidth)) / 2)
		}
	}
	return list
}

// horn is one simulated terminal.
type horn struct {
	network
	random    *rand.Rand
	ppm       float64       // of its local clock
	base      time.Duration // what that showed at the beginning
	local     time.Duration // what it shows now
	queueEnds time.Duration
	queued    bool

	estimator *clock.Estimator
	asked     int            // questions of the present burst
	answer    clock.Exchange // that is under way
	mixer     *Mixer
	playing   *playing
	stream    *simulatedStream
	jumps     int

	sum, weight float64                 // of the pulse that is coming out
	heard       map[int64]time.Duration // the pulses, by the tenth of a second, and when they were out
}

// noon is broadcaster time at the beginning.
var noon = time.Date(2026, 1, 23, 4, 0, 0, 0, time.UTC)

func newHorn(n network, town uint64, i int, ring time.Duration, clockPPM, devicePPM float64) *horn {
	h := &horn{
		network: n, random: rand.New(rand.NewPCG(uint64(i), town)), ppm: clockPPM, base: time.Hour + time.Duration(i)*time.Minute,
		estimator: clock.New("boot", clock.Snapshot{}), mixer: NewMixer(), heard: make(map[int64]time.Duration),
	}
	h.local = h.base
	now := func() time.Duration { return h.local }
	device := &simulatedDevice{o: SimulatedOptions{
		Ring: ring, Gulp: ring / 4, Jitter: time.Millisecond, Seed: uint64(i), Now: now, Put: h.hear,
		// The device's rate is against true time, not against the terminal's clock, which runs wrong too.
		PPM: devicePPM - clockPPM,
	}}
	h.playing = newDevice("simulated", device, ring, now).play(h.mixer)
	h.stream = device.begin(h.playing)
	h.playing.begin(h.stream)
	return h
}

// after is how long after noon it is when the local clock shows local.
func (h *horn) after(local time.Duration) time.Duration {
	return time.Duration(math.Round(float64(local-h.base) / (1 + h.ppm/1e6)))
}

func (h *horn) localAt(after time.Duration) time.Duration {
	return h.base + after + time.Duration(math.Round(float64(after)*h.ppm/1e6))
}

// hear finds the middles of pulses in what comes out.
func (h *horn) hear(_ int64, at time.Duration, frames []int16) {
	if len(*h.mixer.voices.Load()) == 0 && h.weight == 0 {
		return // which saves the time that it takes to listen to silence
	}
	for i, s := range frames {
		if s != 0 {
			out := at + Length(int64(i)) - time.Duration(float64(Length(int64(i)))*h.stream.o.PPM/1e6)
			h.sum += float64(s) * h.after(out).Seconds()
			h.weight += float64(s)
			continue
		}
		if h.weight > 8000 {
			middle := time.Duration(h.sum / h.weight * float64(time.Second))
			h.heard[int64(math.Round(middle.Seconds()*10))] = middle
		}
		h.sum, h.weight = 0, 0
	}
}

func (h *horn) wait(base, at time.Duration) time.Duration {
	for at >= h.queueEnds {
		h.queued = !h.queued
		length := float64(h.queueFor)
		if !h.queued {
			length *= (1 - h.queues) / h.queues
		}
		h.queueEnds += time.Duration(h.random.ExpFloat64() * length)
	}
	d := base + time.Duration(h.random.ExpFloat64()*float64(h.jitter))
	if h.queued {
		d += time.Duration(h.random.ExpFloat64() * float64(h.queue))
	}
	return d
}

// ask takes in the answer that has come now, asks the next question of a burst of eight, and returns when to go on.
func (h *horn) ask() time.Duration {
	at := h.after(h.local)
	if h.asked > 0 {
		h.estimator.Add(h.answer)
	}
	if h.asked == 8 {
		h.asked = 0
		if at < 40*time.Second {
			return h.local + 2*time.Second
		}
		return h.local + 8*time.Second + time.Duration(h.random.Int64N(int64(4*time.Second)))
	}
	h.asked++
	read := at + h.wait(h.there, at)
	end := h.localAt(read + h.wait(h.back, read))
	h.answer = clock.Exchange{T1: int64(h.local), T2: noon.Add(read).UnixNano(), T3: noon.Add(read).UnixNano(), T4: int64(end)}
	return end
}

// sounds has the horn play from one second after noon on until end, and sound the clip at each of the times.
func (h *horn) sounds(t *testing.T, clip []int16, times []time.Duration, end time.Duration) {
	gulp, look, ask := h.local, h.local, h.local
	var voice *Voice
	var at time.Duration // after noon, of the voice
	for h.after(h.local) < end {
		next := min(gulp, look, ask)
		h.local = max(h.local, next)
		switch next {
		case ask:
			ask = h.ask()
		case gulp:
			gulp = h.stream.gulp()
		default:
			look = h.local + devicePoll
			if _, err := h.playing.check(); err != nil {
				t.Fatal(err)
			}
			line, ok := h.playing.Line()
			if !ok {
				continue
			}
			now, _, ok := h.estimator.Now(int64(h.local))
			if !ok {
				continue
			}
			if voice == nil && len(times) > 0 && now.Add(h.playing.Ahead()+500*time.Millisecond).After(noon.Add(times[0])) {
				at, times = times[0], times[1:]
				v, err := h.mixer.Place(&samples{list: clip}, int64(len(clip)), line.FrameAt(h.want(at).At), 100)
				if err != nil {
					t.Fatal(err)
				}
				voice = v
			}
			if voice == nil {
				continue
			}
			if voice.Follow(line, h.want(at), h.local) != 0 {
				h.jumps++
			}
			if err := voice.fill(); err != nil {
				t.Fatal(err)
			}
			if voice.Over() && voice.End() < h.playing.Out() {
				voice.Remove()
				voice = nil
			}
		}
	}
}

// want is when a clip's frames are to be out that begins at at after noon.
func (h *horn) want(at time.Duration) Line {
	local, _ := h.estimator.At(noon.Add(at))
	return Line{At: time.Duration(local), Drift: 1/(1+h.estimator.Rate()) - 1}
}

// The devices of a simulated town: how wrong they run, in ppm, and how much they keep, in milliseconds; and the ppm of the
// clocks of the machines that they are in.
var (
	townDevices = []float64{0, 20, -20, 50, -50, 100, -100}
	townRings   = []time.Duration{20, 40, 200, 60, 100, 80, 150}
	townClocks  = []float64{40, -40, 26, 13, -25, 35, -30}
)

// towns is how many of them are simulated on each network: what one town is lucky with, another one is not.
const towns = 3

// late is when a town speaks again after ten minutes of silence.
const late = 15 * time.Minute

func TestHornsSpeakAsOne(t *testing.T) {
	clip := pulses(6 * time.Second)
	times := []time.Duration{30 * time.Second, 65 * time.Second, 2 * time.Minute, 4*time.Minute + 50*time.Second, late}
	for _, n := range networks {
		t.Run(n.name, func(t *testing.T) {
			t.Parallel()
			var skews, errors, first []time.Duration
			for town := range uint64(towns) {
				horns := make([]*horn, len(townDevices))
				for i := range horns {
					horns[i] = newHorn(n, town, i, townRings[i]*time.Millisecond, townClocks[i], townDevices[i])
					horns[i].sounds(t, clip, times, late+15*time.Second)
					if off := 1e6*horns[i].playing.fit.drift + horns[i].stream.o.PPM; math.Abs(off) > 2 || horns[i].jumps > 0 {
						t.Errorf("town %d, horn %d: the device's rate is %.2f ppm off, and it jumped %d times", town, i, off, horns[i].jumps)
					}
				}
				for _, at := range times {
					for k := range int64(len(clip)/pulseEvery - 1) {
						skew, off := pulseOf(t, horns, int64(at/(100*time.Millisecond))+k+1)
						skews, errors = append(skews, skew), append(errors, off)
						if at == late && k == 0 {
							first = append(first, skew)
						}
					}
				}
			}
			slices.Sort(skews)
			slices.Sort(errors)
			of := func(list []time.Duration, share float64) time.Duration { return list[int(share*float64(len(list)-1))] }
			t.Logf("%s, %d towns of %d devices: skew median %v, p99 %v, max %v; first sound after 10 min of silence at most %v; off the time: p99 %v",
				n.name, towns, len(townDevices), of(skews, 0.5), of(skews, 0.99), of(skews, 1), slices.Max(first), of(errors, 0.99))
			if p99, first := of(skews, 0.99), slices.Max(first); p99 > n.p99 || first > n.p99 {
				t.Errorf("p99 %v, first %v, want at most %v", p99, first, n.p99)
			}
		})
	}
}

// pulseOf returns by how much the horns' pulses of that tenth of a second lie apart, and by how much the worst is off the
// time.
func pulseOf(t *testing.T, horns []*horn, tenth int64) (skew, off time.Duration) {
	t.Helper()
	due := time.Duration(tenth) * 100 * time.Millisecond
	least, most := time.Duration(math.MaxInt64), time.Duration(math.MinInt64)
	for i, h := range horns {
		middle, ok := h.heard[tenth]
		if !ok {
			t.Fatalf("horn %d: no pulse at %v", i, due)
		}
		least, most = min(least, middle), max(most, middle)
	}
	return most - least, max((most - due).Abs(), (least - due).Abs())
}
