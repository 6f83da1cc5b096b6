package player

import (
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// Status is what a player tells of itself.
type Status struct {
	Sounding *wire.Sounding // or nil
	Fault    playlists.Cause
	Volume   int
	// Problem is a sentence for people, or "".
	Problem string
}

// Status returns how the player is now.
func (p *Player) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// tell makes what Status returns fit, and says when that is something new.
func (p *Player) tell(now Reading) {
	next := Status{Volume: p.day.volume}
	if p.attempt != nil {
		next.Sounding, next.Volume = p.attempt.status(now), p.attempt.airing.Volume
	}
	switch {
	case p.outages.on(playlists.CauseDeviceError):
		next.Fault, next.Problem = playlists.CauseDeviceError, "声音设备不出声,请检查声卡和音频线"
	case p.outages.on(playlists.CauseClockUntrusted):
		next.Fault, next.Problem = playlists.CauseClockUntrusted, "不知道现在几点,连上平台对时之前不会按时播放"
	case p.outages.on(playlists.CauseProgrammeExpired):
		next.Fault, next.Problem = playlists.CauseProgrammeExpired, "安排太旧,已停止播放,请让本机连上平台"
	}
	if p.Amplifier != nil && next.Problem == "" {
		next.Problem = p.Amplifier.Problem()
	}
	if next.Problem == "" {
		next.Problem = p.hearing.problem()
	}
	if p.stuck {
		next.Problem = "记录写不进磁盘,在修好之前不会播放"
	}
	p.mu.Lock()
	same := sameStatus(p.status, next)
	p.status = next
	p.mu.Unlock()
	if !same {
		p.Changed()
	}
}

func sameStatus(a, b Status) bool {
	if (a.Sounding == nil) != (b.Sounding == nil) || a.Sounding != nil && *a.Sounding != *b.Sounding {
		return false
	}
	a.Sounding, b.Sounding = nil, nil
	return a == b
}
