package player

import (
	"slices"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// cut ends the attempt: what sounds fades out, and is journalled as cut because of cause, by whom people call by.
func (p *Player) cut(now Reading, cause playlists.Cause, by string) {
	p.cutFor(now, cause, timetable.Winner{Name: by})
}

// cutFor ends the attempt as cut does, because of cause and for by.
func (p *Player) cutFor(now Reading, cause playlists.Cause, by timetable.Winner) {
	a := p.attempt
	p.attempt = nil
	p.day.stale = true
	line, ok := p.line()
	if a.chime != nil {
		a.chime.voice.Cut()
		p.retired = append(p.retired, a.chime)
	}
	if a.next == a.first {
		p.day.waits(a.airing.ID)
	}
	for _, s := range a.playing {
		if ok && p.over(s, line, now) { // and nobody has looked since
			p.unsaid = append(p.unsaid, s.ended(line, a))
			s.close()
			continue
		}
		play := s.cut(line, ok, p.out(line, ok, now), a)
		play.Cause, play.By, play.ByKind, play.ByGrid = cause, by.Name, string(by.Kind), by.Grid
		p.unsaid = append(p.unsaid, play)
		p.Log.Info("play cut", "event", play.Event, "clip", play.Clip, "cause", cause)
		p.retired = append(p.retired, s)
	}
	if err := p.say(); err != nil {
		p.Log.Error("journal cannot be written", "error", err)
	}
}

// say writes down the plays that were cut. What the journal does not take is tried again at the next step: until then
// nothing begins.
func (p *Player) say() error {
	for len(p.unsaid) > 0 {
		if err := p.Journal.End(p.unsaid[0]); err != nil {
			return err
		}
		p.unsaid = p.unsaid[1:]
	}
	return nil
}

// retire lets go of what was cut once its fade is out.
func (p *Player) retire(now Reading) {
	line, ok := p.line()
	p.retired = slices.DeleteFunc(p.retired, func(s *sounding) bool {
		if ok && s.voice.Start() <= p.mixer.Position() && !p.over(s, line, now) {
			return false
		}
		s.close()
		return true
	})
}
