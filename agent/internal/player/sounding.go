package player

import (
	"context"
	"time"

	"dalaba/agent/internal/journal"
	"dalaba/agent/internal/sound"
	"dalaba/playlists"
)

// markEvery is how often the journal learns how far a play has come.
const markEvery = time.Second

// maxStarved is how much of a play may be silence because the disk was slow, before it counts as cut.
const maxStarved = 50 * time.Millisecond

// maxSkipped is how much of a play may be left out to get back into step: a syllable or two.
const maxSkipped = 500 * time.Millisecond

// sounding is one entry on its way to the horn.
type sounding struct {
	play   playlists.Play
	entry  playlists.Entry
	voice  *sound.Voice
	file   *clipFile
	stop   context.CancelFunc // ends the voice's feeding
	fed    chan struct{}      // closed when that has ended
	due    time.Time          // its first frame, by the attempt's reading
	timed  bool               // the play's beginning is where it really began
	listen *hearing           // asked at its end
	marked time.Duration
}

// mark writes down how far the entry has come, once a second while it sounds. Frames of the timeline before out are out.
func (s *sounding) mark(j *journal.Journal, line sound.Line, out int64, a *attempt, now Reading) error {
	sounded := s.voice.Before(out)
	if sounded == 0 || s.marked != 0 && now.Mono-s.marked < markEvery {
		return nil
	}
	s.time(line, a)
	s.marked = now.Mono
	return j.Mark(s.play.Event, playlists.MillisOf(sound.Length(sounded)), s.voice.Carried())
}

// ended is the record of an entry that is over.
func (s *sounding) ended(line sound.Line, a *attempt) playlists.Play {
	s.time(line, a)
	starved, skipped := s.voice.Starved(), s.voice.Skipped()
	s.play.Sounded = playlists.MillisOf(sound.Length(s.file.frames - starved - skipped))
	s.play.End = later(s.play.Begin, a.reading.at(line.Time(s.voice.End())).UTC())
	s.play.Result, s.play.Evidence = playlists.ResultComplete, playlists.EvidencePlayer
	if sound.Length(starved) > maxStarved || sound.Length(skipped) > maxSkipped {
		s.play.Result, s.play.Cause, s.play.Evidence = playlists.ResultCut, playlists.CauseDeviceError, playlists.EvidencePlanned
	}
	if s.voice.Carried() {
		s.play.Evidence = playlists.EvidenceLevel
	}
	s.play.Evidence = s.listen.judge(s.play, line.Time(max(s.voice.Start(), s.voice.End()-sound.Frames(ringEnd))))
	return s.play
}

// cut ends the entry before its end and is the record of that: it sounded as far as frames of the timeline before out.
func (s *sounding) cut(line sound.Line, ok bool, out int64, a *attempt) playlists.Play {
	s.voice.Cut()
	sounded := s.voice.Before(out)
	if ok {
		s.time(line, a)
	}
	s.play.Sounded = playlists.MillisOf(sound.Length(max(0, sounded-s.voice.Starved()-s.voice.Skipped())))
	s.play.End = s.play.Begin.Add(sound.Length(sounded))
	s.play.Result, s.play.Evidence = playlists.ResultCut, playlists.EvidencePlanned
	if sounded > 0 && s.voice.Carried() {
		s.play.Evidence = playlists.EvidenceLevel
	}
	return s.play
}

// time sets the play's beginning to where it really began, once and for all: nothing is known better later.
func (s *sounding) time(line sound.Line, a *attempt) {
	if s.timed || s.voice.Pulled() == 0 {
		return
	}
	s.timed = true
	began := line.Time(s.voice.Start())
	s.play.Begin, s.play.Mono = a.reading.at(began).UTC().Round(time.Millisecond), playlists.MillisOf(began)
}

// close takes the entry off the timeline and lets go of its recording.
func (s *sounding) close() {
	s.stop()
	<-s.fed
	s.voice.Remove()
	s.file.Close()
}
