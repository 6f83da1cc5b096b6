package player

import (
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// amplifier is what has to be on before anything can be heard.
type amplifier interface {
	// Want says whether it is to be on. It never blocks.
	Want(on bool)
	// Lead is how long before sound it has to be on, and Hold how long it stays on behind it.
	Lead() time.Duration
	Hold() time.Duration
	// Problem is a sentence for people, or "".
	Problem() string
}

// power is what is known of the amplifier, which is on around whatever sounds.
type power struct {
	on    bool
	since time.Duration // when it was switched on
	loud  time.Duration // when something last sounded, or was about to; zero for never
	next  time.Duration // when the next airing has its place; zero for none
}

// wakePower notes when the next airing of the plan begins, and returns when to look again: in time for the amplifier.
func (p *Player) wakePower(now Reading, wake time.Duration) time.Duration {
	p.power.next = 0
	if p.Amplifier == nil {
		return wake
	}
	for i := range p.day.plan {
		a := &p.day.plan[i]
		if a.Start.Before(now.Time) || a.State != timetable.StatePlaced {
			continue
		}
		if at := now.mono(a.Start); p.power.next == 0 || at < p.power.next {
			p.power.next = at
		}
	}
	if on := p.power.next - p.Amplifier.Lead(); p.power.next != 0 && on > now.Mono {
		wake = min(wake, on)
	}
	return wake
}

// switchPower has the amplifier on from its lead before sound until its hold behind it.
func (p *Player) switchPower(now Reading) {
	if p.Amplifier == nil {
		return
	}
	until := p.power.next - now.Mono
	soon := p.power.next != 0 && until <= p.Amplifier.Lead() && until > -playlists.OnTimeWithin
	sounds := p.attempt != nil || len(p.retired) > 0 || soon
	if sounds {
		p.power.loud = now.Mono
	}
	on := sounds || p.power.loud != 0 && now.Mono-p.power.loud < p.Amplifier.Hold()
	if on && !p.power.on {
		p.power.since = now.Mono
	}
	p.power.on = on
	p.Amplifier.Want(on)
}

// powered is when the amplifier is ready, if it is switched on now at the latest.
func (p *Player) powered(now Reading) time.Duration {
	switch {
	case p.Amplifier == nil:
		return now.Mono
	case p.power.on:
		return p.power.since + p.Amplifier.Lead()
	}
	return now.Mono + p.Amplifier.Lead()
}
