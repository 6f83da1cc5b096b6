package player

import (
	"context"
	"errors"

	"dalaba/agent/internal/sound"
)

var errNotHere = errors.New("it is not here")

// ring puts the chime on the timeline, at the attempt's start. It is cut with the attempt, wakes the amplifier, and is no
// play: nothing is written down of it. One that is not here or cannot be read makes nothing miss. Its time then passes in
// silence, so that the words stay in step with those of other horns.
func (p *Player) ring(ctx context.Context) {
	a := p.attempt
	chime := a.airing.Chime
	line, ok := p.line()
	if chime == nil || a.first > 0 || !ok {
		return
	}
	file, err := p.openChime(a)
	if err == nil {
		if a.chime, err = p.put(ctx, line, file, a.start); err != nil {
			err = errors.Join(err, file.Close())
		}
	}
	if err != nil {
		p.Log.Warn("a chime is left out", "airing", a.airing.ID, "clip", chime.Digest, "error", err)
		return
	}
	a.rings = true
	a.chime.play.Clip = chime.Digest // for the log
	a.sounded = a.start.Add(sound.Length(file.frames))
}

func (p *Player) openChime(a *attempt) (*clipFile, error) {
	if !p.Clips.Whole(a.airing.Chime.Digest) {
		return nil, errNotHere
	}
	return openClip(p.Clips, a.airing.Chime.Digest)
}

// keepRinging keeps the chime in step, and lets go of it when it is out or cannot be read any more.
func (p *Player) keepRinging(line sound.Line, now Reading) {
	c := p.attempt.chime
	if c == nil {
		return
	}
	err := c.voice.Err()
	if err == nil && !p.over(c, line, now) {
		p.keepStep(c, line, now)
		return
	}
	p.attempt.chime = nil
	if err != nil {
		p.Log.Warn("a chime cannot be read", "clip", c.play.Clip, "error", err)
		c.voice.Cut()
		p.retired = append(p.retired, c)
		return
	}
	c.close()
}
