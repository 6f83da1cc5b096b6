// Package clock works out broadcaster time on a terminal from exchanges of four timestamps, says how far off it can
// be, and how far it can be believed. It is pure: it reads no clock, and every local time that it is handed is the
// machine's monotonic clock in nanoseconds since the machine started, which runs through a restart of the agent and
// ends with the boot that it belongs to.
//
// Each exchange proves an interval: the reply was written after the request was sent and before it arrived, so the
// offset of the two clocks is known to half a round trip, whatever share of it either way took. An Estimator keeps
// what all exchanges together leave possible, widened by what the local clock may drift meanwhile. Good exchanges
// narrow it, bad ones do it no harm, and an old good one fades.
//
// Sound in step needs more than an interval: a point, and one that moves evenly. That is a straight line through the
// exchanges of the last minutes (line.go), which also tells the local clock's rate. It is a guess, as good as both ways
// take the same, and so it is held inside the interval, which is proved.
//
// Over a power cut only a hardware clock can carry time, and only one that was seen to do it before: Hardware watches
// it, and Recall takes its word as an estimate.
package clock

import (
	"errors"
	"math"
	"time"

	"dalaba/playlists"
)

// Limits of belief.
const (
	// TrustedFor is how long after a synchronisation time is trusted.
	TrustedFor = 24 * time.Hour
	// EstimatedWithin is the greatest error bound of a time that is still an estimate.
	EstimatedWithin = 120 * time.Second
	// driftShare is one over the drift that a local clock is assumed to have at most: 100 ppm. Crystals in cheap
	// computers stay within 50.
	driftShare = 10_000
	// maxRoundTrip bounds an exchange that is worth anything.
	maxRoundTrip = 30 * time.Second
)

// ErrExchange means that an exchange cannot have happened, or is worth nothing: it was ignored.
var ErrExchange = errors.New("time exchange is not plausible")

// Exchange is a question about the time and its answer, in nanoseconds. T1 and T4 are local: when the question was
// written and when the answer was read. T2 and T3 are broadcaster time since 1970: when the question was read and
// when the answer was written.
type Exchange struct{ T1, T2, T3, T4 int64 }

// Snapshot is what an Estimator knows, in a form to be kept on disk: at Local it was Broadcaster, give or take Error,
// all in nanoseconds, on the boot of this name, and broadcaster time gained Rate, as a share, on the local clock. The
// zero Snapshot knows nothing.
type Snapshot struct {
	Boot        string  `json:"boot"`
	Local       int64   `json:"local_ns"`
	Broadcaster int64   `json:"broadcaster_ns"`
	Error       int64   `json:"error_ns"`
	Rate        float64 `json:"rate,omitempty"`
}

// Estimator answers what time it is at the broadcaster. It is not safe for concurrent use.
type Estimator struct {
	// last is the interval that was proved at the last synchronisation on this boot, its middle and half its width; its
	// Broadcaster is zero before the first. Its Rate is the best guess, within what a local clock may drift.
	last Snapshot
	// point is the best guess of broadcaster time at last.Local, and prior the rate that was known when the process began.
	point     int64
	prior     float64
	samples   samples
	roundTrip time.Duration
	// recalled tells that last was not synchronised but read from a hardware clock.
	recalled bool
}

// New returns an Estimator for the boot of this name. A saved Snapshot counts only if it is of the same boot: over a
// reboot the local clock tells nothing. boot must not be empty.
func New(boot string, saved Snapshot) *Estimator {
	if boot == "" || saved.Boot != boot || !plausible(saved.Local, saved.Broadcaster) || saved.Error < 0 || saved.Error > int64(EstimatedWithin) {
		saved = Snapshot{Boot: boot}
	}
	if !(math.Abs(saved.Rate) <= 1.0/driftShare) { // nor is it no number
		saved.Rate = 0
	}
	return &Estimator{last: saved, point: saved.Broadcaster, prior: saved.Rate}
}

// Recall takes over what the machine's hardware clock says at local, where nothing is known on this boot: it was
// broadcaster then, give or take bound. It is an estimate until the next synchronisation, and never trusted.
func (e *Estimator) Recall(local int64, broadcaster time.Time, bound time.Duration) {
	if e.known() || !plausible(local, broadcaster.UnixNano()) || bound < 0 || bound > EstimatedWithin {
		return
	}
	e.last.Local, e.last.Broadcaster, e.last.Error, e.recalled = local, broadcaster.UnixNano(), int64(bound), true
	e.point = e.last.Broadcaster
}

// Earliest and latest times that a broadcaster can mean, in nanoseconds since 1970, and the longest that a machine
// runs: they keep sums inside 64 bits.
const (
	earliest = 1_577_836_800 * int64(time.Second) // 2020-01-01
	latest   = 7_258_118_400 * int64(time.Second) // 2200-01-01
	longest  = 50 * 365 * 24 * int64(time.Hour)
)

func plausible(local, broadcaster int64) bool {
	return local >= 0 && local <= longest && broadcaster >= earliest && broadcaster <= latest
}

// Add takes x in. It returns ErrExchange for one that cannot have happened, took more than 30 s, or is older than the
// last; then nothing changes. An exchange that contradicts all before it means that the broadcaster's clock was set:
// it alone counts from then on.
func (e *Estimator) Add(x Exchange) error {
	if !plausible(x.T1, x.T2) || !plausible(x.T4, x.T3) || x.T4 < x.T1 || x.T3 < x.T2 {
		return ErrExchange
	}
	away, held := x.T4-x.T1, x.T3-x.T2
	if away < held || away > int64(maxRoundTrip) || e.known() && x.T4 < e.last.Local {
		return ErrExchange
	}
	// When the answer was read it was between T3 and T3 plus the whole way there and back.
	low, high := x.T3-drift(away), x.T3+(away-held)+drift(away)
	if e.known() && !e.recalled {
		middle, half := e.proved(x.T4)
		if oldLow, oldHigh := middle-half, middle+half; oldLow <= high && low <= oldHigh {
			low, high = max(low, oldLow), min(high, oldHigh)
		} else {
			e.samples.forget(x)
		}
	}
	e.samples.add(x)
	e.roundTrip, e.recalled = time.Duration(away-held), false
	e.last.Local, e.last.Broadcaster, e.last.Error = x.T4, low+(high-low)/2, (high-low+1)/2
	point, rate := e.samples.line(x.T4, e.prior)
	e.point, e.last.Rate = max(low, min(high, point)), max(-1.0/driftShare, min(1.0/driftShare, rate))
	return nil
}

func (e *Estimator) known() bool { return e.last.Broadcaster != 0 }

// proved returns the middle of what is possible at local and half its width, in nanoseconds.
func (e *Estimator) proved(local int64) (middle, half int64) {
	passed := local - e.last.Local
	return e.last.Broadcaster + passed, e.last.Error + drift(passed)
}

// gained is what broadcaster time gains on the local clock over a stretch.
func (e *Estimator) gained(passed int64) int64 {
	return int64(math.Round(float64(passed) * e.last.Rate))
}

// drift is how much the two clocks may have parted over a stretch of either sign, rounded up.
func drift(passed int64) int64 {
	if passed < 0 {
		passed = -passed
	}
	return passed/driftShare + 1
}

// Now returns broadcaster time at local, in UTC, and how far off it can be at most. It is not ok before the first
// synchronisation on this boot. Whether it is good enough to follow a timetable is State's to say.
func (e *Estimator) Now(local int64) (broadcaster time.Time, errorBound time.Duration, ok bool) {
	if !e.known() {
		return time.Time{}, 0, false
	}
	passed := local - e.last.Local
	now := e.point + passed + e.gained(passed)
	middle, half := e.proved(local)
	return time.Unix(0, now).UTC(), time.Duration(max(now-middle, middle-now) + half), true
}

// Rate returns how much more broadcaster time passes than local time, as a share of it; zero before that is known.
func (e *Estimator) Rate() float64 { return e.last.Rate }

// At returns the local time at which it is t at the broadcaster. It is not ok before the first synchronisation on this
// boot. It can lie before the machine's start.
func (e *Estimator) At(t time.Time) (local int64, ok bool) {
	if !e.known() {
		return 0, false
	}
	wanted := int64(t.Sub(time.Unix(0, e.point)))
	passed := wanted
	for range 3 { // each round leaves a ten thousandth of the error of the one before
		passed = wanted - e.gained(passed)
	}
	return e.last.Local + passed, true
}

// RoundTrip returns how long the last exchange was under way, without the time that the broadcaster held it; zero
// before the first.
func (e *Estimator) RoundTrip() time.Duration { return e.roundTrip }

// State says how far time at local can be believed.
func (e *Estimator) State(local int64) playlists.ClockState {
	if !e.known() {
		return playlists.ClockUntrusted
	}
	_, half := e.proved(local)
	switch {
	case !e.recalled && local-e.last.Local <= int64(TrustedFor):
		return playlists.ClockTrusted
	case half <= int64(EstimatedWithin):
		return playlists.ClockEstimated
	}
	return playlists.ClockUntrusted
}

// Snapshot returns what was synchronised, to be saved and handed to New after a restart; what was only recalled is not
// in it. It is worth saving after each synchronisation; one that is lost costs belief, never truth.
func (e *Estimator) Snapshot() Snapshot {
	if e.recalled {
		return Snapshot{}
	}
	s := e.last
	s.Broadcaster, s.Error = e.point, s.Error+max(e.point-s.Broadcaster, s.Broadcaster-e.point)
	return s
}
