package clock

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// network is how long messages take. What a way takes is its base, and exponentially distributed jitter; now and then
// a queue builds up somewhere, for a while, and everything on both ways waits in it.
type network struct {
	name string
	// there and back are the bases of both ways.
	there, back time.Duration
	// jitter is the mean of what is added to each way.
	jitter time.Duration
	// queues is the share of the time in which there is a queue, queueFor how long one lasts on average, and queue the
	// mean of what it adds to each way.
	queues          float64
	queueFor, queue time.Duration
	// p99 is the playout error that one look of a hundred may exceed.
	p99 time.Duration
}

// networks are the models. That 4G takes longer up than down is what no estimator can see: half of it is its error.
var networks = []network{
	{"LAN", 150 * time.Microsecond, 150 * time.Microsecond, 100 * time.Microsecond, 0.01, time.Second, 5 * time.Millisecond, 390 * time.Microsecond},
	{"Wi-Fi", 900 * time.Microsecond, 800 * time.Microsecond, 1500 * time.Microsecond, 0.05, time.Second, 30 * time.Millisecond, 410 * time.Microsecond},
	{"4G", 20 * time.Millisecond, 18500 * time.Microsecond, 6 * time.Millisecond, 0.1, 3 * time.Second, 80 * time.Millisecond, 1400 * time.Microsecond},
}

// terminal is a simulated one on a network.
type terminal struct {
	network
	crystal   path // only its local clock
	random    *rand.Rand
	estimator *Estimator
	queueEnds time.Duration
	queued    bool
}

// wait is how long a message is on a way that takes base.
func (s *terminal) wait(base, at time.Duration) time.Duration {
	for at >= s.queueEnds {
		s.queued = !s.queued
		length := float64(s.queueFor)
		if !s.queued {
			length *= (1 - s.queues) / s.queues
		}
		s.queueEnds += time.Duration(s.random.ExpFloat64() * length)
	}
	d := base + time.Duration(s.random.ExpFloat64()*float64(s.jitter))
	if s.queued {
		d += time.Duration(s.random.ExpFloat64() * float64(s.queue))
	}
	return d
}

// burst has the estimator learn from one burst that begins then, and returns when it was over.
func (s *terminal) burst(at time.Duration) time.Duration {
	for range 8 {
		read := at + s.wait(s.there, at)
		written := read + 30*time.Microsecond
		end := written + s.wait(s.back, written)
		x := Exchange{T1: s.crystal.local(at), T2: noon.Add(read).UnixNano(), T3: noon.Add(written).UnixNano(), T4: s.crystal.local(end)}
		if s.estimator.Add(x) == nil {
			at = end
		}
	}
	return at
}

// bursts has it learn for length, at the pace that the link keeps, and calls look every 100 ms after the first 30 s.
func (s *terminal) bursts(length time.Duration, look func(at time.Duration)) {
	next := time.Duration(0)
	for at := time.Duration(0); at < length; at += 100 * time.Millisecond {
		if at >= next {
			end := s.burst(at)
			pause := 2 * time.Second
			if at >= 40*time.Second {
				pause = 8*time.Second + time.Duration(s.random.Int64N(int64(4*time.Second)))
			}
			next = end + pause
		}
		if at >= 30*time.Second && at >= next-pauseAtLeast {
			look(at)
		}
	}
}

// pauseAtLeast keeps looks behind the end of a burst: time does not go back.
const pauseAtLeast = 2 * time.Second

// percentile returns the value below which that share of list lies.
func percentile(list []time.Duration, share float64) time.Duration {
	list = slices.Sorted(slices.Values(list))
	return list[int(share*float64(len(list)-1))]
}

func TestSoundIsInStepOnEveryNetwork(t *testing.T) {
	for _, n := range networks {
		t.Run(n.name, func(t *testing.T) {
			var all []time.Duration
			worstRate := 0.0
			for run := range 6 {
				ppm := 40.0
				if run%2 == 1 {
					ppm = -40
				}
				s := &terminal{
					network: n, crystal: path{ppm: ppm}, random: rand.New(rand.NewPCG(uint64(run), 4)), estimator: New("boot", Snapshot{}),
				}
				s.bursts(15*time.Minute, func(at time.Duration) {
					now, bound, ok := s.estimator.Now(s.crystal.local(at))
					off := now.Sub(noon.Add(at)).Abs()
					if !ok || off > bound {
						t.Fatalf("after %v: off by %v, bound %v, %v", at, off, bound, ok)
					}
					all = append(all, off)
				})
				worstRate = max(worstRate, 1e6*s.estimator.Rate()+ppm, -1e6*s.estimator.Rate()-ppm)
			}
			p99 := percentile(all, 0.99)
			t.Logf("playout error: median %v, p99 %v, max %v; rate within %.2f ppm", percentile(all, 0.5), p99, percentile(all, 1), worstRate)
			if p99 > n.p99 {
				t.Errorf("p99 %v, want at most %v", p99, n.p99)
			}
			if worstRate > 5 {
				t.Errorf("the rate is %.1f ppm off", worstRate)
			}
		})
	}
}

func TestAQuickExchangeCountsMoreThanSlowOnes(t *testing.T) {
	e, at := New("boot", Snapshot{}), noon.UnixNano()
	// One slow answer before and one after a quick one; the slow ones waited on one way only.
	for i, back := range []int64{40e6, 1e6, 40e6} {
		t1 := int64(i) * 100e6
		if err := e.Add(Exchange{T1: t1, T2: at + t1 + 1e6, T3: at + t1 + 1e6, T4: t1 + 1e6 + back}); err != nil {
			t.Fatal(err)
		}
	}
	if off := time.Duration(e.point - at - e.last.Local).Abs(); off > 10*time.Microsecond {
		t.Errorf("off by %v", off)
	}
	for i := range int64(2 * maxSamples) {
		t1 := (i + 1) * 1e9
		if err := e.Add(Exchange{T1: t1, T2: at + t1 + 1e6, T3: at + t1 + 1e6, T4: t1 + 2e6}); err != nil {
			t.Fatal(err)
		}
	}
	if e.samples.n != maxSamples || e.Rate() != 0 {
		t.Errorf("%d samples, rate %v", e.samples.n, e.Rate())
	}
}

func TestTheRateSurvivesARestartOnTheSameBoot(t *testing.T) {
	n := networks[0]
	s := &terminal{network: n, crystal: path{ppm: 40}, random: rand.New(rand.NewPCG(1, 4)), estimator: New("boot", Snapshot{})}
	s.bursts(2*time.Minute, func(time.Duration) {})
	again := New("boot", s.estimator.Snapshot())
	later := 12 * time.Minute
	now, bound, ok := again.Now(s.crystal.local(later))
	if off := now.Sub(noon.Add(later)).Abs(); !ok || off > bound || off > 3*time.Millisecond {
		t.Errorf("off by %v after ten minutes without an exchange, bound %v", off, bound)
	}
	saved := s.estimator.Snapshot()
	saved.Rate = 1
	if e := New("boot", saved); e.Rate() != 0 {
		t.Error("a rate that no clock has is believed")
	}
}

func TestABroadcasterThatWasSetLeavesNoTraceInTheLine(t *testing.T) {
	n := networks[0]
	s := &terminal{network: n, crystal: path{ppm: 40}, random: rand.New(rand.NewPCG(1, 4)), estimator: New("boot", Snapshot{})}
	s.bursts(2*time.Minute, func(time.Duration) {})
	set := 3 * time.Second
	t1 := 130 * time.Second
	x := Exchange{
		T1: s.crystal.local(t1), T2: noon.Add(t1 + set + 150*time.Microsecond).UnixNano(), T3: noon.Add(t1 + set + 150*time.Microsecond).UnixNano(),
		T4: s.crystal.local(t1 + 300*time.Microsecond),
	}
	if err := s.estimator.Add(x); err != nil {
		t.Fatal(err)
	}
	now, _, _ := s.estimator.Now(x.T4)
	if off := now.Sub(noon.Add(t1 + set + 300*time.Microsecond)).Abs(); off > 10*time.Microsecond || s.estimator.samples.n != 1 {
		t.Errorf("off by %v, %d samples", off, s.estimator.samples.n)
	}
}

func BenchmarkExchange(b *testing.B) {
	s := &terminal{network: networks[0], crystal: path{ppm: 40}, random: rand.New(rand.NewPCG(1, 4)), estimator: New("boot", Snapshot{})}
	s.bursts(10*time.Minute, func(time.Duration) {})
	at := 11 * time.Minute
	for b.Loop() {
		at += 10 * time.Second / 8
		t1 := s.crystal.local(at)
		s.estimator.Add(Exchange{T1: t1, T2: noon.Add(at).UnixNano(), T3: noon.Add(at).UnixNano(), T4: t1 + 300_000})
	}
}
