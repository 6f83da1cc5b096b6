package player

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"dalaba/agent/internal/sound"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// attempt is one attempt at sounding an airing, entry after entry: all of them, or, of background, those before
// something else's turn.
type attempt struct {
	airing    timetable.Airing
	programme *playlists.Programme
	first     int         // the entry with which it begins
	last      int         // the entry behind which it ends; of background the plan may move it
	start     time.Time   // of its first entry, by reading
	reading   Reading     // the time that it follows
	next      int         // the entry that is to be made ready next
	playing   []*sounding // entries that are ready or sound, in order
	sounded   time.Time   // when the last entry that was placed ends, by reading
}

// begin makes the attempt that airing a has a place for, or misses a when one of its recordings is not here.
func (p *Player) begin(ctx context.Context, now Reading, a *timetable.Airing) error {
	first, last := run(a)
	for _, e := range a.Entries[first:] {
		if !p.Clips.Whole(e.Clip) {
			return p.missAbsent(a)
		}
	}
	start := later(a.Start, now.at(max(now.Mono+p.ahead(), p.powered(now))))
	p.attempt = &attempt{
		airing: *a, programme: p.held, reading: now, start: start, sounded: start, first: first, last: last, next: first,
	}
	p.day.stale = true
	return p.advance(ctx, now)
}

func (p *Player) missAbsent(a *timetable.Airing) error {
	p.Log.Warn("a recording is not here at its time", "airing", a.ID, "due", a.Due)
	p.day.stale = true
	return p.Journal.Misses([]playlists.Miss{{
		Airing: a.ID, Round: a.Round.ID, Due: a.Due, Revision: p.held.Revision, Cause: playlists.CauseClipAbsent,
	}})
}

// advance moves the attempt along: it ends entries that are over, makes the next one ready, and ends the attempt.
func (p *Player) advance(ctx context.Context, now Reading) error {
	a := p.attempt
	a.keepTime(now)
	line, ok := p.line()
	if !ok {
		p.cut(now, playlists.CauseDeviceError, "")
		return nil
	}
	for len(a.playing) > 0 && (p.over(a.playing[0], line, now) || a.playing[0].voice.Err() != nil) {
		s := a.playing[0]
		if err := s.voice.Err(); err != nil {
			p.Log.Error("a recording cannot be read", "clip", s.play.Clip, "error", err)
			p.cut(now, playlists.CauseClipBad, "")
			return nil
		}
		if err := p.Journal.End(s.ended(line, a)); err != nil {
			return err
		}
		a.playing = a.playing[1:]
		s.close()
		p.Log.Info("play ended", "event", s.play.Event, "clip", s.play.Clip, "begin", s.play.Begin)
	}
	for _, s := range a.playing {
		p.keepStep(s, line, now)
		if err := s.mark(p.Journal, line, p.out(line, true, now), a, now); err != nil {
			return err
		}
	}
	for a.next <= a.last {
		at := later(a.moment(a.next), a.sounded)
		if now.Mono < a.reading.mono(at)-lead-p.ahead() {
			return nil
		}
		if err := p.place(ctx, line, at); err != nil {
			p.Log.Error("an entry cannot be placed", "airing", a.airing.ID, "entry", a.next, "error", err)
			return p.giveUp(now)
		}
	}
	if len(a.playing) == 0 {
		p.attempt = nil
		p.day.stale = true
	}
	return nil
}

// run returns the first and the last of the entries that sound one after the other from a's Start on.
func run(a *timetable.Airing) (first, last int) {
	if len(a.Pieces) == 0 {
		return 0, len(a.Entries) - 1
	}
	first, last = a.Pieces[0].First, a.Pieces[0].Last
	for _, next := range a.Pieces[1:] {
		// What sounds is a piece of its own, even where nothing comes behind it.
		if away := a.Entries[next.First].At - a.Entries[first].At; !next.Start.Equal(a.Pieces[0].Start.Add(away.Duration())) {
			break
		}
		last = next.Last
	}
	return first, last
}

// moment is when entry i begins if nothing delays it, by the attempt's reading.
func (a *attempt) moment(i int) time.Time {
	return a.start.Add((a.airing.Entries[i].At - a.airing.Entries[a.first].At).Duration())
}

// keepTime lets the attempt follow the time, unless that was set.
func (a *attempt) keepTime(now Reading) {
	set := now.Time.Sub(a.reading.at(now.Mono)).Abs() > playlists.OnTimeWithin
	if now.State != playlists.ClockUntrusted && !set {
		a.reading = now
	}
}

// giveUp ends an attempt whose next entry cannot be placed: its recording cannot be read, whatever was thought of it.
func (p *Player) giveUp(now Reading) error {
	a := p.attempt
	p.cut(now, playlists.CauseClipBad, "")
	return p.Journal.Misses([]playlists.Miss{{
		Airing: a.airing.ID, Round: a.airing.Round.ID, Due: a.airing.Due,
		Revision: a.programme.Revision, Cause: playlists.CauseClipBad,
	}})
}

// place writes the START of the attempt's next entry and puts it on the timeline, at moment at.
func (p *Player) place(ctx context.Context, line sound.Line, at time.Time) error {
	a := p.attempt
	entry := a.airing.Entries[a.next]
	file, err := openClip(p.Clips, entry.Clip)
	if err != nil {
		return err
	}
	play := p.play(entry, at)
	if err := p.Journal.Start(play); err != nil {
		return errors.Join(err, file.Close())
	}
	voice, err := p.mixer.Place(file, file.frames, line.FrameAt(a.reading.mono(at)), a.airing.Volume)
	if err != nil {
		play.Result, play.Cause, play.End = playlists.ResultCut, playlists.CauseClipBad, play.Begin
		return errors.Join(err, p.Journal.End(play), file.Close())
	}
	s := &sounding{play: play, voice: voice, file: file, entry: entry, due: at}
	feeding, stop := context.WithCancel(ctx)
	s.stop = stop
	s.fed = make(chan struct{})
	p.feeders.Go(func() {
		defer close(s.fed)
		voice.Feed(feeding)
	})
	a.playing = append(a.playing, s)
	a.sounded = at.Add(sound.Length(file.frames))
	a.next++
	p.Log.Info("play begins", "event", play.Event, "clip", play.Clip, "begin", play.Begin)
	return nil
}

// play is the record of an entry that begins at moment at.
func (p *Player) play(entry playlists.Entry, at time.Time) playlists.Play {
	a := p.attempt
	play := playlists.Play{
		Event: newEvent(), Airing: a.airing.ID, Round: a.airing.Round.ID, Due: a.airing.Due, Revision: a.programme.Revision,
		Attempt: a.airing.Attempt, Entry: a.next, Entries: len(a.airing.Entries),
		Announcement: entry.Announcement, Dialect: entry.Dialect, Clip: entry.Clip,
		Boot: p.Boot, Process: p.Process, Begin: at.UTC().Round(time.Millisecond), Mono: playlists.MillisOf(a.reading.mono(at)),
		Clock: a.reading.State, ClockError: playlists.MillisOf(a.reading.Bound), Volume: a.airing.Volume, Output: p.Output.Kind(),
	}
	if a.airing.Start.Sub(a.airing.Due) > playlists.OnTimeWithin {
		play.Cause, play.By = a.airing.Cause, a.airing.By
		play.ByKind, play.ByGrid = string(a.airing.Winner.Kind), a.airing.Winner.Grid
	}
	return play
}

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
	for _, s := range a.playing {
		play := s.cut(line, ok, p.out(line, ok, now), a)
		play.Cause, play.By, play.ByKind, play.ByGrid = cause, by.Name, string(by.Kind), by.Grid
		if err := p.Journal.End(play); err != nil {
			p.Log.Error("journal cannot be written", "error", err)
		}
		p.Log.Info("play cut", "event", play.Event, "clip", play.Clip, "cause", cause)
		p.retired = append(p.retired, s)
	}
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

// status tells which entry sounds now, or nil between two.
func (a *attempt) status(now Reading) *wire.Sounding {
	for _, s := range a.playing {
		begins := a.reading.mono(s.play.Begin)
		if begins > now.Mono {
			continue
		}
		return &wire.Sounding{
			Event: s.play.Event, Airing: s.play.Airing, Round: s.play.Round, Announcement: s.play.Announcement,
			Dialect: s.play.Dialect, Begin: s.play.Begin, Duration: s.entry.Duration,
		}
	}
	return nil
}

func newEvent() string {
	var id [16]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}
