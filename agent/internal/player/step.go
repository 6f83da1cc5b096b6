package player

import (
	"time"

	"dalaba/agent/internal/sound"
)

// maxDelay bounds what a programme may say of the way from the output to the horn.
const maxDelay = 5 * time.Second

// takeDelay takes over what the programme says of the way from the output to the horn, between two attempts: what sounds
// keeps the delay that it was placed with.
func (p *Player) takeDelay() {
	if p.attempt == nil && len(p.retired) == 0 && p.held != nil {
		p.delay = max(0, min(maxDelay, p.held.OutputDelay.Duration()))
	}
}

// ahead is the longest time by which a frame is pulled before it can be heard.
func (p *Player) ahead() time.Duration { return p.Output.Ahead() + p.delay }

// line tells which frame can be heard when. It answers false while the output does not sound.
func (p *Player) line() (sound.Line, bool) {
	line, ok := p.Output.Line()
	line.At += p.delay
	return line, ok
}

// out is the first frame of the timeline that cannot be said to have been heard at now. Without a line, what the output
// put out before it failed was heard.
func (p *Player) out(line sound.Line, ok bool, now Reading) int64 {
	out := p.Output.Out()
	if ok {
		out = min(out, line.FrameAt(now.Mono))
	}
	return out
}

// over tells whether the entry's last frame was heard.
func (p *Player) over(s *sounding, line sound.Line, now Reading) bool {
	return s.voice.Over() && s.voice.End() <= p.out(line, true, now)
}

// keepStep keeps an entry that sounds in step with the time that the attempt follows.
func (p *Player) keepStep(s *sounding, line sound.Line, now Reading) {
	r := p.attempt.reading
	want := sound.Line{At: r.mono(s.due), Drift: 1/(1+r.Rate) - 1}
	if late := s.voice.Follow(line, want, now.Mono); late != 0 {
		p.Log.Warn("gets back into step", "event", s.play.Event, "late", late)
	}
	if noise := p.mixer.Noise(); noise != p.noise {
		p.noise = noise
		p.Log.Warn("full-scale noise is held back", "event", s.play.Event, "clip", s.play.Clip)
	}
}
