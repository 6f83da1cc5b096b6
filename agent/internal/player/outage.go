package player

import (
	"time"

	"dalaba/agent/internal/journal"
	"dalaba/playlists"
)

// outages follows what keeps everything from beginning. Causes come and go on the monotonic clock; they are written to
// the journal in broadcaster time once that is known.
type outages struct {
	list []outage
}

// outage is one span.
type outage struct {
	cause      playlists.Cause
	begin, end time.Duration // on the monotonic clock; end is negative while it goes on
	began      time.Time     // as written to the journal; zero before that
}

const goingOn = time.Duration(-1)

// on tells whether cause goes on.
func (o *outages) on(cause playlists.Cause) bool { return o.open(cause) != nil }

// any tells whether there is any cause that goes on.
func (o *outages) any() bool {
	for i := range o.list {
		if o.list[i].end == goingOn {
			return true
		}
	}
	return false
}

func (o *outages) open(cause playlists.Cause) *outage {
	for i := range o.list {
		if o.list[i].cause == cause && o.list[i].end == goingOn {
			return &o.list[i]
		}
	}
	return nil
}

// set says whether cause holds at mono, and returns whether that is news.
func (o *outages) set(cause playlists.Cause, holds bool, mono time.Duration) bool {
	open := o.open(cause)
	switch {
	case holds == (open != nil):
		return false
	case holds:
		o.list = append(o.list, outage{cause: cause, begin: mono, end: goingOn})
	default:
		open.end = mono
	}
	return true
}

// slept adds the time before this process, which began at mono.
func (o *outages) slept(j *journal.Journal, mono time.Duration) {
	since, cause := j.Slept()
	if cause != "" && !since.IsZero() {
		o.list = append(o.list, outage{cause: cause, began: since, end: mono})
	}
}

// write writes what the journal does not know yet, if the time is known, and forgets what is over.
func (o *outages) write(j *journal.Journal, now Reading) error {
	if now.State == playlists.ClockUntrusted {
		return nil
	}
	var keep []outage
	for i, one := range o.list {
		fresh := one.began.IsZero()
		if fresh {
			one.began = now.at(one.begin)
		}
		line := journal.Outage{Cause: one.cause, Begin: one.began}
		over := one.end != goingOn
		if over {
			// Since it began the clock may have been set back.
			line.End = later(now.at(one.end), one.began)
		}
		if !over && fresh || over && (!fresh || line.End.After(line.Begin)) {
			if err := j.Outage(line); err != nil {
				o.list = append(keep, o.list[i:]...)
				return err
			}
		}
		if !over {
			keep = append(keep, one)
		}
	}
	o.list = keep
	return nil
}
