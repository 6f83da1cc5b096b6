package api

import (
	"cmp"
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/hub"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// floor is all that is known of the terminals, read at one moment.
type floor struct {
	language   language
	terminals  []territory.Terminal
	names      territory.Names
	enrolments map[playlists.TerminalID]access.Enrolment
	live       map[playlists.TerminalID]hub.Live
	heads      map[playlists.TerminalID]uint64
	titles     map[playlists.AnnouncementID]string
	rounds     map[playlists.RoundID]string
	muted      map[playlists.TerminalID]bool
	heard      map[playlists.TerminalID]hearing.Confirmation
}

func (a *API) readFloor(ctx context.Context) (f floor, err error) {
	f.language = callerOf(ctx).language
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		if f.terminals, err = a.Territory.Terminals(ctx, tx); err != nil {
			return err
		}
		if f.names, err = a.Territory.Names(ctx, tx); err != nil {
			return err
		}
		if f.heard, err = a.Hearing.Confirmed(ctx, tx); err != nil {
			return err
		}
		f.enrolments, err = a.Access.Enrolments(ctx, tx)
		return err
	})
	if err != nil {
		return f, err
	}
	if f.heads, err = a.Rounds.Heads(ctx); err != nil {
		return f, err
	}
	if f.titles, err = a.announcementTitles(ctx); err != nil {
		return f, err
	}
	all, err := a.Rounds.Rounds(ctx)
	if err != nil {
		return f, err
	}
	f.rounds = make(map[playlists.RoundID]string, len(all))
	for _, r := range all {
		f.rounds[r.ID] = r.Name
	}
	f.rounds[playlists.RingTest] = hearing.RingTestName
	if f.muted, err = a.mutedNow(ctx); err != nil {
		return f, err
	}
	f.live = make(map[playlists.TerminalID]hub.Live)
	for _, l := range a.Hub.Terminals() {
		f.live[l.Terminal] = l
	}
	return f, nil
}

// current tells whether t has its newest programme in force.
func (f *floor) current(t playlists.TerminalID) bool {
	head, published := f.heads[t]
	return published && f.live[t].Revision == head
}

// whole tells whether t has all the recordings that its newest programme names.
func (f *floor) whole(t playlists.TerminalID) bool {
	s := f.live[t].Status
	return f.current(t) && s.ClipsWhole >= s.ClipsWanted
}

func (f *floor) shape(t territory.Terminal) terminalShape {
	live, enrolment := f.live[t.ID], f.enrolments[t.ID]
	s := live.Status
	out := terminalShape{
		ID: string(t.ID), Name: t.Name, Kind: string(t.Kind), Grid: string(t.Grid), GridPath: f.names.Path(t.Grid),
		Dialects: texts(t.Dialects), Volume: t.Volume, OutputDelayMS: int64(t.OutputDelay),
		Lat: t.Lat, Lon: t.Lon, Shared: texts(t.Shared),
		Enrolment: string(enrolment.State), Check: enrolment.Check,
		Connected: live.Connected, LastSeen: instant(live.LastSeen), HasProgramme: f.current(t.ID),
		SaidAt: instant(live.Said), ClipsWanted: s.ClipsWanted, ClipsWhole: s.ClipsWhole,
		Clock: string(s.Clock), ClockErrorUS: clockError(s), ClockOffsetUS: s.ClockOffsetUS, RoundTripUS: s.RoundTripUS,
		HardwareClock: string(s.HardwareClock), DiskFree: s.DiskFree, Output: s.Output,
		Problems: problemsOf(f.language, s.Problems, s.Fault), Software: live.Software,
	}
	out.Muted = f.muted[t.ID]
	out.verify(f.heard[t.ID], time.Now())
	out.Fault, out.FaultAdvice = faultWords(f.language, s.Fault)
	if out.Enrolment == "" {
		out.Enrolment = string(access.EnrolmentWaiting)
	}
	if live.Connected {
		out.Since = instant(live.Since)
		if s.Sounding != nil {
			sounding := f.sounding(t, *s.Sounding)
			out.Sounding = &sounding
		}
	}
	return out
}

// clockError is how far a terminal's clock may be off, in microseconds, also of one that says so in milliseconds only.
func clockError(s wire.Status) int64 {
	return cmp.Or(s.ClockErrorUS, s.ClockError.Duration().Microseconds())
}

func (f *floor) sounding(t territory.Terminal, s wire.Sounding) soundingShape {
	title := f.titles[s.Announcement]
	if s.Round == playlists.RingTest {
		title = hearing.TitleOf(f.names.Path(t.Grid))
	}
	return soundingShape{
		Terminal: string(t.ID), TerminalName: t.Name, GridPath: f.names.Path(t.Grid), Announcement: title,
		Round: f.rounds[s.Round], Dialect: string(s.Dialect), Begin: s.Begin, DurationMS: int64(s.Duration),
	}
}
