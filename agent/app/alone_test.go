package app

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/clips"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// alone is an agent with all its rooms and nobody to talk to, on a machine whose power comes and goes, in synctest's time.
// While nothing is due, time is skipped.
type alone struct {
	t            *testing.T
	agent        *Agent
	id           identity
	programme    *playlists.Programme
	withoutClock bool
	rooms        *rooms
	sink         *sink
	end          func()

	mu      sync.Mutex // guards what follows
	began   time.Time
	skipped time.Duration
	booted  time.Duration // in the time of the story
}

// dawn is when the stories begin.
var dawn = time.Date(2026, 1, 23, 0, 0, 0, 0, time.UTC)

func newAlone(t *testing.T, withoutClock bool) *alone {
	t.Helper()
	town := &broadcaster{key: ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))}
	s := &alone{
		t: t, began: time.Now(), withoutClock: withoutClock,
		agent: &Agent{o: Options{Data: t.TempDir(), Log: slog.New(slog.DiscardHandler)}},
		id:    identity{Terminal: theTerminal, Key: town.key, Address: "https://127.0.0.1:1", Publisher: town.publisher()},
	}
	s.sink = &sink{now: s.mono}
	s.agent.output = s.sink
	s.agent.machine = machine{mono: s.mono, hardware: func() (int64, bool) {
		return dawn.Add(s.at() + 8*time.Hour).UnixNano(), !withoutClock
	}}
	content := wavOf(noise(1))
	store, err := clips.New(clips.Options{Folder: s.agent.path("clips")})
	if err == nil {
		_, err = store.Put(t.Context(), bytes.NewReader(content))
	}
	if err != nil {
		t.Fatal(err)
	}
	s.programme = town.programme(1, clipOf(content), dawn)
	s.programme.Rounds[0].Timetable.Every = &playlists.Every{
		Minutes: 60, From: playlists.NewTimeOfDay(6, 0, 0), To: playlists.NewTimeOfDay(21, 0, 0),
	}
	s.programme.Signed, s.programme.Expires = dawn, dawn.Add(playlists.ProgrammeLife)
	s.boot()
	s.synchronise()
	body, err := json.Marshal(s.programme)
	if err != nil {
		t.Fatal(err)
	}
	e, err := wire.Seal(town, wire.ContextProgramme, string(theTerminal), 1, s.programme.Expires, body)
	if err != nil {
		t.Fatal(err)
	}
	if result := s.rooms.Take(e); !result.InForce {
		t.Fatal(result.Reason)
	}
	return s
}

// at is the time of the story.
func (s *alone) at() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Since(s.began) + s.skipped
}

// mono counts from the machine's start.
func (s *alone) mono() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Since(s.began) + s.skipped - s.booted
}

// skip lets time pass all at once.
func (s *alone) skip(to time.Duration) {
	gap := to - s.at()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skipped += max(gap, 0)
	s.sink.jump(time.Since(s.began) + s.skipped - s.booted)
}

// live lets time pass up to to, and slowly around each full hour.
func (s *alone) live(to time.Duration) {
	for s.at() < to {
		hour := s.at().Truncate(time.Hour)
		if s.at()-hour >= 10*time.Second {
			hour += time.Hour
		}
		s.skip(min(hour-3*time.Second, to-2*time.Second))
		time.Sleep(min(hour+10*time.Second, to) - s.at())
		synctest.Wait()
	}
}

// boot starts the machine, and the agent on it: all that plays, and what keeps the clock.
func (s *alone) boot() {
	s.t.Helper()
	now := s.at()
	s.mu.Lock()
	s.booted = now - time.Minute
	s.mu.Unlock()
	s.agent.machine.boot = fmt.Sprint("boot ", now)
	r, err := s.agent.furnish(s.id)
	if err != nil {
		s.t.Fatal(err)
	}
	s.rooms = r
	r.want()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := r.player.Run(ctx); err != nil && !errors.Is(err, os.ErrClosed) {
			s.t.Error(err)
		}
	})
	running.Go(func() {
		if err := r.watch.Run(ctx); err != nil {
			s.t.Error(err)
		}
	})
	s.end = func() {
		_ = r.journal.Close() // first of all: a power cut lets nobody write
		cancel()
		running.Wait()
	}
}

// cut takes the power away and gives it back at to.
func (s *alone) cut(to time.Duration) {
	s.end()
	s.skip(to)
	s.boot()
}

// synchronise is one word with the broadcaster.
func (s *alone) synchronise() {
	local, now := int64(s.mono()), dawn.Add(s.at()).UnixNano()
	s.rooms.watch.exchange(local, now, now, local)
}

// planned is what falls due from one time of the story to another.
func (s *alone) planned(from, to time.Duration) []timetable.Airing {
	s.t.Helper()
	var list []timetable.Airing
	for at := from.Truncate(24 * time.Hour); at < to; at += 24 * time.Hour {
		day, err := timetable.Due(s.programme, playlists.DateOf(dawn.Add(at)))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, a := range day {
			if due := a.Due.Sub(dawn); due >= from && due < to {
				list = append(list, a)
			}
		}
	}
	return list
}

// said is all that was written down about one airing.
type said struct {
	plays  []playlists.Play
	misses []playlists.Miss
}

func (s *alone) journal() map[playlists.AiringID]said {
	s.t.Helper()
	rows, err := s.rooms.journal.Rows(10_000)
	if err != nil {
		s.t.Fatal(err)
	}
	list := make(map[playlists.AiringID]said)
	for _, r := range rows {
		switch {
		case r.Play != nil:
			e := list[r.Play.Airing]
			e.plays = append(e.plays, *r.Play)
			list[r.Play.Airing] = e
		case r.Miss != nil:
			e := list[r.Miss.Airing]
			e.misses = append(e.misses, *r.Miss)
			list[r.Miss.Airing] = e
		}
	}
	return list
}
