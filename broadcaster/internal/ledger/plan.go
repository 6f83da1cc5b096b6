package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

const (
	// chunk is how many terminals' plans are written in one transaction: enough to share a commit, and few enough to
	// let others write.
	chunk = 16
	// lookAgain is how long a terminal's programme is trusted not to have changed without a word.
	lookAgain = time.Minute
)

// CatchUp writes down every airing that fell due before now and is not written yet, for every terminal, from what was
// published for it at each moment. Call it before asking for a day's figures, and they are current. A programme that
// cannot be planned is logged and holds up no other terminal. CatchUp may run beside itself and may be repeated.
func (l *Ledger) CatchUp(ctx context.Context, now time.Time) error {
	var left []playlists.TerminalID
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		left, err = l.publications.Terminals(ctx, tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("catch up: list terminals: %w", err)
	}
	left = l.waking(left, now)
	for len(left) > 0 {
		some := left[:min(chunk, len(left))]
		left = left[len(some):]
		var more []playlists.TerminalID
		err := l.db.Write(ctx, func(tx *store.Tx) error {
			more = nil
			for _, terminal := range some {
				again, err := l.advance(ctx, tx, terminal, now)
				if err != nil {
					return wrap("catch up", terminal, err)
				}
				if again {
					more = append(more, terminal)
				}
			}
			return nil
		})
		if err != nil {
			l.Republished(some) // what was learnt about when to look again went with the transaction
			return err
		}
		left = append(left, more...)
	}
	return nil
}

// waking returns those of terminals that must be looked at, and forgets the others' absence: who is not listed any
// more has no wake either.
func (l *Ledger) waking(terminals []playlists.TerminalID, now time.Time) []playlists.TerminalID {
	l.mu.Lock()
	defer l.mu.Unlock()
	wake := make(map[playlists.TerminalID]time.Time, len(terminals))
	var due []playlists.TerminalID
	for _, t := range terminals {
		at, known := l.wake[t]
		if known {
			wake[t] = at
		}
		if !known || !now.Before(at) {
			due = append(due, t)
		}
	}
	l.wake = wake
	return due
}

// sleep lets terminal be until next, when something falls due, but for no longer than lookAgain from now.
func (l *Ledger) sleep(terminal playlists.TerminalID, now, next time.Time) {
	if most := now.Add(lookAgain); next.After(most) {
		next = most
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wake[terminal] = next
}

// advance writes down what fell due at terminal since its horizon, at most to the end of one civil day, and tells
// whether there is more before now.
func (l *Ledger) advance(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, now time.Time) (again bool, err error) {
	s := l.newSettler(ctx, tx, terminal)
	defer func() { err = errors.Join(err, s.close()) }()
	if now.After(tx.Now) {
		now = tx.Now
	}
	now = now.UTC().Truncate(time.Millisecond)
	horizon, err := s.q.HorizonOf(ctx, string(terminal))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("read horizon: %w", err)
	}
	since := instant(horizon.Planned)
	if !since.Before(now) {
		return false, nil
	}
	published, err := l.publications.Revisions(ctx, tx, terminal, since, now)
	if err != nil {
		return false, fmt.Errorf("read what was published: %w", err)
	}
	if len(published) == 0 {
		l.sleep(terminal, now, now.Add(lookAgain))
		return false, nil
	}
	if since.Before(published[0].From) {
		since = published[0].From
	}
	p, err := expand(published, since, now)
	if err != nil {
		l.log.Error("programme cannot be planned", "terminal", terminal, "error", err)
		l.sleep(terminal, now, now.Add(lookAgain))
		return false, nil
	}
	if err := s.plan(p.airings); err != nil {
		return false, err
	}
	l.sleep(terminal, now, p.next)
	// An idle terminal's horizon stays where it is: what is not written cannot be wrong, and costs nothing.
	if len(p.airings) == 0 && !p.until.Before(now) && len(published) == 1 {
		return false, nil
	}
	if len(p.airings) > 0 {
		l.changed(tx, terminal)
	}
	return p.until.Before(now), s.setPlanned(p.until)
}

func (s *settler) setPlanned(until time.Time) error {
	err := s.q.SetPlanned(s.ctx, ledgersql.SetPlannedParams{Terminal: string(s.terminal), Planned: until.UnixMilli()})
	if err != nil {
		return fmt.Errorf("move horizon: %w", err)
	}
	return nil
}

// planning is what fell due from one horizon to the next.
type planning struct {
	airings []dueAiring
	// until is the new horizon; next is when the next airing of that day falls due, or the day ends.
	until, next time.Time
}

// dueAiring is an airing that fell due under a revision.
type dueAiring struct {
	*timetable.Airing
	*Published
}

// expand finds what fell due from since up to, not including, now, but no further than to the end of since's day.
func expand(published []Published, since, now time.Time) (planning, error) {
	zone, err := time.LoadLocation(published[0].Programme.Zone)
	if err != nil {
		return planning{}, fmt.Errorf("read zone: %w", err)
	}
	day := playlists.DateOf(since.In(zone))
	midnight := day.AddDays(1).Midnight(zone)
	p := planning{until: now, next: midnight}
	if midnight.Before(now) {
		p.until = midnight
	}
	for i := range published {
		begin, end := published[i].From, p.until
		if begin.Before(since) {
			begin = since
		}
		last := i == len(published)-1 || !published[i+1].From.Before(p.until)
		if !last {
			end = published[i+1].From
		}
		if !begin.Before(end) {
			continue
		}
		airings, err := timetable.Due(published[i].Programme, day)
		if err != nil {
			return planning{}, fmt.Errorf("revision %d: %w", published[i].Revision, err)
		}
		for j := range airings {
			switch a := &airings[j]; {
			case a.Due.Before(begin):
			case a.Due.Before(end):
				p.airings = append(p.airings, dueAiring{Airing: a, Published: &published[i]})
			case last && a.Due.Before(p.next):
				p.next = a.Due
			}
		}
		if last {
			break
		}
	}
	return p, nil
}

// plan writes airings, each once and for ever, and settles them: their plays may have come first.
func (s *settler) plan(airings []dueAiring) error {
	for _, a := range airings {
		path, err := s.names.path(a.Programme.Grid)
		if err != nil {
			return err
		}
		entries, clips := contentsOf(a)
		contents, err := json.Marshal(entries)
		if err != nil {
			return fmt.Errorf("write down what was planned: %w", err)
		}
		k := airingKey{due: dueMillis(a.Due), round: a.Round.ID}
		err = s.insert(ledgersql.InsertAiringParams{
			Due: k.due, Round: string(k.round), ID: a.ID.String(), Planned: true, Revision: int64(a.Revision),
			Class: string(a.Round.Class), RoundName: a.Round.Name, TerminalName: a.Programme.Name,
			Grid: string(a.Programme.Grid), GridPath: path, Entries: int64(len(a.Entries)), Contents: string(contents),
			Clips: clips, Owner: string(a.Round.Owner),
		}, verdict{outcome: playlists.OutcomeUnreported})
		if err != nil {
			return err
		}
		if err := s.settle(k, testimony{}); err != nil {
			return err
		}
	}
	return nil
}

// contentsOf returns a's entries and their digests as they are kept.
func contentsOf(a dueAiring) (contents []Content, clips string) {
	contents = make([]Content, len(a.Entries))
	digests := make([]string, len(a.Entries))
	for i, e := range a.Entries {
		contents[i] = Content{
			Announcement: e.Announcement, Title: titleIn(a.Programme, e.Announcement), Dialect: e.Dialect, At: e.At, Duration: e.Duration,
		}
		digests[i] = e.Clip.String()
	}
	return contents, strings.Join(digests, " ")
}

func titleIn(p *playlists.Programme, id playlists.AnnouncementID) string {
	i := slices.IndexFunc(p.Announcements, func(a playlists.Announcement) bool { return a.ID == id })
	if i < 0 {
		return ""
	}
	return p.Announcements[i].Title
}
