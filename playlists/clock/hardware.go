package clock

import (
	"math"
	"time"
)

// Limits of belief in a hardware clock.
const (
	// hardwareGrain is how coarse a reading is: most show seconds.
	hardwareGrain = time.Second
	// hardwareDrift is the share by which a hardware clock may run wrong that has not been measured, and steadyDrift by
	// which it may part from its measured rate: temperature does that.
	hardwareDrift = 40e-6
	steadyDrift   = 15e-6
	// measuredAfter is how long a stretch its rate is measured over at least.
	measuredAfter = 24 * time.Hour
	// offAtLeast is how long the power must have been off for a clock that ran through it to be told from one that stood.
	offAtLeast = 2 * time.Minute
	// setWithin is how far a clock that runs may be found from where it was expected, beside its drift.
	setWithin = 3 * time.Second
)

// Mark is one moment on three clocks, in nanoseconds: the machine's hardware clock, which may show local time or be years
// off, broadcaster time, give or take Error, and the monotonic clock of the boot of this name.
type Mark struct {
	Hardware    int64  `json:"hardware_ns"`
	Broadcaster int64  `json:"broadcaster_ns"`
	Error       int64  `json:"error_ns"`
	Boot        string `json:"boot"`
	Local       int64  `json:"local_ns"`
}

// Hardware is what is known of the machine's hardware clock, in a form to be kept on disk. Broadcaster time can be read
// from it after a power cut, but only once it was seen to run through one: many small computers have none, or one whose
// battery is empty, and restore an old time at every start. The zero Hardware knows nothing.
type Hardware struct {
	// First and Last are the ends of the stretch over which it ran undisturbed while broadcaster time was known.
	First Mark `json:"first"`
	Last  Mark `json:"last"`
	// Boot and Local are the latest moment at which the agent is known to have run, on the monotonic clock of that boot;
	// since Last the machine is known to have been powered for Powered, and to have started Starts times.
	Boot    string `json:"boot"`
	Local   int64  `json:"local_ns"`
	Powered int64  `json:"powered_ns"`
	Starts  int64  `json:"starts"`
	// Ran tells that it was seen to run through a power cut, and has not failed since.
	Ran bool `json:"ran"`
}

// Live notes that the agent runs at local, on the boot of this name. What it is not told of within a minute or so counts
// as time without power.
func (h *Hardware) Live(boot string, local int64) {
	if boot != h.Boot {
		h.Boot, h.Local = boot, 0
		h.Starts++
	}
	if local > h.Local && local <= longest {
		h.Powered += local - h.Local
		h.Local = local
	}
}

// Synchronised takes in a moment at which broadcaster time was known by an exchange. It learns from it whether the clock
// ran through a power cut, and how fast it runs.
func (h *Hardware) Synchronised(m Mark) {
	if !plausible(m.Local, m.Broadcaster) || m.Hardware <= 0 || m.Error < 0 || m.Error > int64(EstimatedWithin) {
		return
	}
	h.Live(m.Boot, m.Local)
	if h.Last.Broadcaster == 0 {
		h.begin(m)
		return
	}
	passed := m.Broadcaster - h.Last.Broadcaster
	off := m.Hardware - h.Last.Hardware - passed
	allowed := int64(setWithin+hardwareGrain) + m.Error + h.Last.Error + int64(math.Abs(float64(passed))*2*hardwareDrift)
	right := passed >= 0 && off >= -allowed && off <= allowed
	// What the machine was powered is no time in which the clock could have stood.
	unpowered := passed - h.Powered
	switch {
	case !right && m.Boot == h.Last.Boot: // somebody set it
		h.begin(m)
	case !right:
		h.Ran = false
		h.begin(m)
	case unpowered >= h.Starts*int64(offAtLeast)+2*allowed && h.Starts > 0:
		h.Ran = true
		h.end(m)
	default:
		h.end(m)
	}
}

// begin starts a new stretch, and end moves the end of the present one.
func (h *Hardware) begin(m Mark) {
	h.First = m
	h.end(m)
}

func (h *Hardware) end(m Mark) {
	h.Last, h.Powered, h.Starts = m, 0, 0
}

// Now returns broadcaster time where the hardware clock shows hardware, and how far off it can be at most. It is not ok
// for a clock that was never seen to run through a power cut, and for one that has gone back.
func (h *Hardware) Now(hardware int64) (broadcaster time.Time, errorBound time.Duration, ok bool) {
	passed := hardware - h.Last.Hardware
	if !h.Ran || passed < -int64(hardwareGrain) || passed > longest {
		return time.Time{}, 0, false
	}
	passed = max(passed, 0)
	rate, doubt := h.rate()
	now := h.Last.Broadcaster + int64(float64(passed)*rate)
	bound := h.Last.Error + int64(hardwareGrain) + int64(float64(passed)*doubt)
	return time.Unix(0, now).UTC(), time.Duration(bound), true
}

// rate is how much broadcaster time passes in a unit of the hardware clock's, and the share by which that may be wrong.
func (h *Hardware) rate() (rate, doubt float64) {
	over := float64(h.Last.Hardware - h.First.Hardware)
	if over < float64(measuredAfter) {
		return 1, hardwareDrift
	}
	grain := float64(2*int64(hardwareGrain) + h.First.Error + h.Last.Error)
	measured := float64(h.Last.Broadcaster-h.First.Broadcaster) / over
	return measured, min(steadyDrift+grain/over, hardwareDrift)
}
