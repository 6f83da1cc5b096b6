package clock

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"dalaba/playlists"
)

// noon is broadcaster time at the local zero of the simulated machine.
var noon = time.Date(2026, 1, 23, 4, 0, 0, 0, time.UTC)

// path is a simulated terminal: its crystal and its way to the broadcaster.
type path struct {
	// ppm is how much faster than true its local clock runs.
	ppm float64
	// there and back are the shortest ways, jitter what is added at most to each.
	there, back, jitter time.Duration
}

// local is the terminal's clock when true time is this long after noon.
func (p path) local(passed time.Duration) int64 {
	return int64(float64(passed) * (1 + p.ppm/1e6))
}

// exchange simulates one that begins this long after noon, and returns when it was over.
func (p path) exchange(random *rand.Rand, begin time.Duration) (Exchange, time.Duration) {
	delay := func(least time.Duration) time.Duration {
		return least + time.Duration(random.Float64()*float64(p.jitter))
	}
	read := begin + delay(p.there)
	written := read + 50*time.Microsecond
	end := written + delay(p.back)
	return Exchange{
		T1: p.local(begin), T2: noon.Add(read).UnixNano(), T3: noon.Add(written).UnixNano(), T4: p.local(end),
	}, end
}

func TestTheErrorBoundHoldsWhateverTheWay(t *testing.T) {
	const day = 24 * time.Hour
	for _, test := range []struct {
		name string
		path path
		// within is how good the bound is right after an hour of exchanges.
		within time.Duration
	}{
		{"one machine", path{0, 30 * time.Microsecond, 30 * time.Microsecond, 100 * time.Microsecond}, time.Millisecond},
		{"LAN, fast crystal", path{40, time.Millisecond, time.Millisecond, 2 * time.Millisecond}, 3 * time.Millisecond},
		{"LAN, slow crystal", path{-40, time.Millisecond, time.Millisecond, 2 * time.Millisecond}, 3 * time.Millisecond},
		{"4G, all delay on the way there", path{40, 80 * time.Millisecond, 0, 60 * time.Millisecond}, 60 * time.Millisecond},
		{"4G, all delay on the way back", path{-40, 0, 80 * time.Millisecond, 60 * time.Millisecond}, 60 * time.Millisecond},
		{"satellite", path{40, 300 * time.Millisecond, 350 * time.Millisecond, time.Second}, 600 * time.Millisecond},
		{"as bad as a crystal is assumed to be", path{100, 5 * time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond}, 12 * time.Millisecond},
	} {
		t.Run(test.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, 2))
			e := New("boot", Snapshot{})
			check := func(passed time.Duration) time.Duration {
				t.Helper()
				now, bound, ok := e.Now(test.path.local(passed))
				if !ok {
					t.Fatal("not synchronised")
				}
				if off := now.Sub(noon.Add(passed)).Abs(); off > bound {
					t.Fatalf("after %v: off by %v, bound %v", passed, off, bound)
				}
				return bound
			}
			var end time.Duration
			for begin := time.Second; begin < time.Hour; begin += 10 * time.Second {
				var x Exchange
				x, end = test.path.exchange(random, begin)
				if err := e.Add(x); err != nil {
					t.Fatal(err)
				}
				check(end)
				check(end + 9*time.Second)
				if want := time.Duration(x.T4 - x.T1 - (x.T3 - x.T2)); e.RoundTrip() != want {
					t.Fatalf("round trip %v, want %v", e.RoundTrip(), want)
				}
			}
			bound := check(end)
			_, half := e.proved(test.path.local(end))
			if half := time.Duration(half); half > test.within || bound > 2*half {
				t.Errorf("within %v of the middle and %v of the point after an hour, want %v", half, bound, test.within)
			}
			check(end + 10*day)
		})
	}
}

func TestExchangesTogetherTellMoreThanTheBestOfThem(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	e := New("boot", Snapshot{})
	first, _ := path{0, 0, 200 * time.Millisecond, 0}.exchange(random, time.Second)
	second, end := path{0, 200 * time.Millisecond, 0, 0}.exchange(random, 2*time.Second)
	if err := errors.Join(e.Add(first), e.Add(second)); err != nil {
		t.Fatal(err)
	}
	now, bound, _ := e.Now(int64(end))
	if off := now.Sub(noon.Add(end)).Abs(); off > bound || bound > time.Millisecond {
		t.Errorf("off by %v, bound %v", off, bound)
	}
}

func TestAtIsNowTurnedRound(t *testing.T) {
	e := New("boot", Snapshot{})
	if _, ok := e.At(noon); ok {
		t.Error("At answers before the first synchronisation")
	}
	x, _ := path{40, time.Millisecond, 3 * time.Millisecond, 0}.exchange(rand.New(rand.NewPCG(1, 2)), time.Hour)
	if err := e.Add(x); err != nil {
		t.Fatal(err)
	}
	for _, ahead := range []time.Duration{-2 * time.Hour, -1, 0, 1, time.Second, 40 * 24 * time.Hour} {
		local := x.T4 + int64(ahead)
		now, _, _ := e.Now(local)
		if got, ok := e.At(now); !ok || got != local {
			t.Errorf("At(Now(%d)) = %d, %v", local, got, ok)
		}
	}
}

func TestTrustFollowsTheLastSynchronisation(t *testing.T) {
	e := New("boot", Snapshot{})
	if got := e.State(0); got != playlists.ClockUntrusted {
		t.Errorf("before the first: %s", got)
	}
	x, end := path{0, time.Millisecond, time.Millisecond, 0}.exchange(rand.New(rand.NewPCG(1, 2)), time.Minute)
	if err := e.Add(x); err != nil {
		t.Fatal(err)
	}
	saved := e.Snapshot()
	text, err := json.Marshal(saved)
	if err != nil {
		t.Fatal(err)
	}
	var read Snapshot
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	const day = 24 * time.Hour
	for _, test := range []struct {
		name string
		e    *Estimator
		age  time.Duration
		want playlists.ClockState
	}{
		{"at once", e, 0, playlists.ClockTrusted},
		{"after a day", e, day, playlists.ClockTrusted},
		{"after more than a day", e, day + 1, playlists.ClockEstimated},
		{"while 100 ppm make less than 120 s", e, 13 * day, playlists.ClockEstimated},
		{"when they make more", e, 14 * day, playlists.ClockUntrusted},
		{"restarted on the same boot", New("boot", read), day, playlists.ClockTrusted},
		{"restarted on the same boot, later", New("boot", read), 2 * day, playlists.ClockEstimated},
		{"rebooted", New("other", read), 0, playlists.ClockUntrusted},
		{"nothing saved", New("boot", Snapshot{}), 0, playlists.ClockUntrusted},
		{"a snapshot of nonsense", New("boot", Snapshot{Boot: "boot", Local: -1, Broadcaster: saved.Broadcaster}), 0, playlists.ClockUntrusted},
		{"a snapshot of 1970", New("boot", Snapshot{Boot: "boot", Local: 1, Broadcaster: 1}), 0, playlists.ClockUntrusted},
		{"no boot", New("", Snapshot{Local: 1, Broadcaster: saved.Broadcaster}), 0, playlists.ClockUntrusted},
	} {
		if got := test.e.State(int64(end + test.age)); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestNonsenseIsIgnored(t *testing.T) {
	at := noon.UnixNano()
	good := Exchange{T1: 1_000, T2: at, T3: at + 10, T4: 2_000}
	for _, test := range []struct {
		name string
		in   Exchange
	}{
		{"zero", Exchange{}},
		{"read before it was sent", Exchange{T1: 2_000, T2: at, T3: at, T4: 1_000}},
		{"answered before it was read", Exchange{T1: 1_000, T2: at, T3: at - 1, T4: 2_000}},
		{"held longer than it was away", Exchange{T1: 1_000, T2: at, T3: at + 1_001, T4: 2_000}},
		{"away for a minute", Exchange{T1: 0, T2: at, T3: at, T4: int64(time.Minute)}},
		{"1970", Exchange{T1: 1_000, T2: 0, T3: 0, T4: 2_000}},
		{"the far future", Exchange{T1: 1_000, T2: math.MaxInt64, T3: math.MaxInt64, T4: 2_000}},
		{"before the machine started", Exchange{T1: -1, T2: at, T3: at, T4: 2_000}},
		{"a machine of centuries", Exchange{T1: math.MaxInt64 - 1, T2: at, T3: at, T4: math.MaxInt64}},
		{"older than the last", Exchange{T1: 100, T2: at, T3: at, T4: 1_999}},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := New("boot", Snapshot{})
			if err := e.Add(good); err != nil {
				t.Fatal(err)
			}
			before := *e
			if err := e.Add(test.in); !errors.Is(err, ErrExchange) || *e != before {
				t.Errorf("error %v, and it knows %+v, before %+v", err, *e, before)
			}
		})
	}
}

func TestABroadcasterThatWasSetIsFollowedAtOnce(t *testing.T) {
	way := path{0, time.Millisecond, time.Millisecond, 0}
	random := rand.New(rand.NewPCG(1, 2))
	for _, step := range []time.Duration{-time.Hour, -time.Second, time.Second, 24 * time.Hour} {
		e := New("boot", Snapshot{})
		first, _ := way.exchange(random, time.Minute)
		second, end := way.exchange(random, 2*time.Minute)
		second.T2 += int64(step)
		second.T3 += int64(step)
		if err := errors.Join(e.Add(first), e.Add(second)); err != nil {
			t.Fatal(err)
		}
		now, bound, _ := e.Now(way.local(end))
		if off := now.Sub(noon.Add(end + step)).Abs(); off > bound || bound > 2*time.Millisecond {
			t.Errorf("set by %v: off by %v, bound %v", step, off, bound)
		}
	}
}

func FuzzAdd(f *testing.F) {
	at := noon.UnixNano()
	f.Add(int64(1), at, at+1, int64(5), int64(9), at+3, at+4, int64(20))
	f.Add(int64(0), int64(math.MinInt64), int64(math.MaxInt64), int64(-1), int64(0), at, at, int64(0))
	f.Fuzz(func(t *testing.T, a1, a2, a3, a4, b1, b2, b3, b4 int64) {
		e := New("boot", Snapshot{})
		for _, x := range []Exchange{{a1, a2, a3, a4}, {b1, b2, b3, b4}} {
			if e.Add(x) != nil {
				continue
			}
			now, bound, ok := e.Now(x.T4)
			if !ok || bound < 0 || bound > maxRoundTrip || now.UnixNano() < x.T3-int64(bound) || now.UnixNano() > x.T3+int64(bound)+x.T4-x.T1 {
				t.Errorf("after %+v: %v ± %v, %v", x, now, bound, ok)
			}
		}
	})
}
