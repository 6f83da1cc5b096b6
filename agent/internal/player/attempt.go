package player

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
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
	start     time.Time   // of its chime, or of its first entry, by reading
	reading   Reading     // the time that it follows
	event     string      // of its first entry
	chime     *sounding   // that is ready or sounds, or nil
	rings     bool        // it has a chime, and that is here
	next      int         // the entry that is to be made ready next
	playing   []*sounding // entries that are ready or sound, in order
	sounded   time.Time   // when what was placed last ends, by reading
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
		event: newEvent(),
	}
	p.day.stale = true
	p.ring(ctx)
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
	p.keepRinging(line, now)
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
		if err := p.place(ctx, line, at); errors.Is(err, errUnwritten) {
			p.cut(now, playlists.CauseAgentDown, "")
			return err
		} else if err != nil {
			p.Log.Error("an entry cannot be placed", "airing", a.airing.ID, "entry", a.next, "error", err)
			return p.giveUp(now)
		}
	}
	if len(a.playing) == 0 && a.chime == nil {
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
		if away := a.From(next.First) - a.From(first); !next.Start.Equal(a.Pieces[0].Start.Add(away.Duration())) {
			break
		}
		last = next.Last
	}
	return first, last
}

// moment is when entry i begins if nothing delays it, by the attempt's reading.
func (a *attempt) moment(i int) time.Time {
	return a.start.Add((a.airing.Entries[i].At - a.airing.From(a.first)).Duration())
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

// errUnwritten means that the journal does not take a beginning: nothing sounds that is not written down.
var errUnwritten = errors.New("it cannot be written down")

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
		return errors.Join(errUnwritten, err, file.Close())
	}
	s, err := p.put(ctx, line, file, at)
	if err != nil {
		play.Result, play.Cause, play.End = playlists.ResultCut, playlists.CauseClipBad, play.Begin
		return errors.Join(err, p.Journal.End(play), file.Close())
	}
	s.play, s.entry, s.listen = play, entry, &p.hearing
	a.playing = append(a.playing, s)
	a.sounded = at.Add(sound.Length(file.frames))
	a.next++
	p.Log.Info("play begins", "event", play.Event, "clip", play.Clip, "begin", play.Begin)
	return nil
}

// put puts file on the timeline, its first frame at moment at, and feeds it until the sounding is closed.
func (p *Player) put(ctx context.Context, line sound.Line, file *clipFile, at time.Time) (*sounding, error) {
	a := p.attempt
	voice, err := p.mixer.Place(file, file.frames, line.FrameAt(a.reading.mono(at)), a.airing.Volume)
	if err != nil {
		return nil, err
	}
	s := &sounding{voice: voice, file: file, due: at, fed: make(chan struct{})}
	feeding, stop := context.WithCancel(ctx)
	s.stop = stop
	p.feeders.Go(func() {
		defer close(s.fed)
		voice.Feed(feeding)
	})
	return s, nil
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
	if a.next == a.first {
		play.Event, play.Lead = a.event, a.airing.Entries[a.first].At-a.airing.From(a.first)
	}
	if a.airing.Start.Sub(a.airing.Due) > playlists.OnTimeWithin {
		play.Cause, play.By = a.airing.Cause, a.airing.By
		play.ByKind, play.ByGrid = string(a.airing.Winner.Kind), a.airing.Winner.Grid
	}
	return play
}

// status tells which entry sounds now, or nil between two. While the chime sounds, it is the first.
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
	if at := a.moment(a.first); a.rings && a.reading.mono(a.start) <= now.Mono && now.Mono < a.reading.mono(at) {
		entry := a.airing.Entries[a.first]
		return &wire.Sounding{
			Event: a.event, Airing: a.airing.ID, Round: a.airing.Round.ID, Announcement: entry.Announcement,
			Dialect: entry.Dialect, Begin: at.UTC().Round(time.Millisecond), Duration: entry.Duration,
		}
	}
	return nil
}

func newEvent() string {
	var id [16]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}
