// Package journal keeps what an agent did, on disk before it is believed.
//
// It is a folder of segments, each a file of lines: a CRC-32C, a space, a JSON object, a line feed. Lines are only ever
// appended. A play is a START line, which is on disk before the sound, MARK lines while it sounds, and an END, which is
// a row: rows carry a sequence and are sent to the broadcaster until it has acknowledged (journal id, sequence). The id
// is drawn with the first segment, so that a new disk never counts as already acknowledged.
//
// Opening is recovery: a torn tail is cut off, damage before it is skipped and marked, plays that never ended are closed
// as cut. Segments whose rows are all acknowledged are removed when nothing in them is needed for planning any more;
// when the journal is full the oldest is removed anyway, and a LOST line stays in its place.
package journal

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// remember is how long what happened stays among the facts: a day's plan needs that day and no more.
const remember = 3 * 24 * time.Hour

// defaultMaxBytes is the journal's size on disk where Options say nothing: months of ordinary rounds.
const defaultMaxBytes = 64 << 20

// Options say where a journal lies and who writes it.
type Options struct {
	Folder string
	// Boot names the run of the machine, Process that of the agent.
	Boot, Process string
	// MaxBytes bounds the folder, at least two segments; zero means 64 MiB.
	MaxBytes int64
	// Room is told why something could not be written, and returns whether it has made room, so that it is to be tried once
	// more; or it is nil.
	Room func(error) bool
	Log  *slog.Logger

	unsynced bool // leaves out waiting for the disk: for tests that cut the power themselves
}

// Journal is an open journal. It is safe for concurrent use; one process may have a folder open.
type Journal struct {
	log     *slog.Logger
	max     int64
	room    func(error) bool
	changed chan struct{}

	mu       sync.Mutex // guards what follows
	segments *segments
	state    *state
	died     playlists.Cause // of the process before this one, or "" if there was none
	slept    time.Time       // when an agent last knew the time
	slumber  playlists.Cause // what kept it from that since, or "" if there was none
	buffer   []byte
}

// Open opens the journal in a folder, and makes it if there is none. It closes the plays that the last process left
// open: as power_off if the machine has been off since, as agent_down if it has not.
func Open(o Options) (*Journal, error) {
	files, err := openSegments(o.Folder, !o.unsynced)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j := &Journal{log: o.Log, max: o.MaxBytes, room: o.Room, changed: make(chan struct{}, 1), segments: files, state: newState()}
	if j.max == 0 {
		j.max = defaultMaxBytes
	}
	j.max = max(j.max, 2*maxSegment)
	if err := j.recover(o); err != nil {
		return nil, errors.Join(fmt.Errorf("recover journal: %w", err), files.close())
	}
	return j, nil
}

// ID names the journal.
func (j *Journal) ID() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state.id
}

// Start writes the beginning of play p. When it returns nil, it is on disk.
func (j *Journal) Start(p playlists.Play) error { return j.add(line{Start: &p}, true) }

// Mark writes how long the play named event has sounded, and whether the output carried level. A power cut may lose it.
func (j *Journal) Mark(event string, sounded playlists.Millis, carried bool) error {
	return j.add(line{Mark: &mark{Event: event, Sounded: sounded, Carried: carried}}, false)
}

// End writes play p as it ended, as a row.
func (j *Journal) End(p playlists.Play) error { return j.row(playlists.Report{Play: &p}) }

// Misses writes, as a row each, that airings will not sound any more.
func (j *Journal) Misses(misses []playlists.Miss) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i := range misses {
		last := i == len(misses)-1
		if err := j.rowLocked(playlists.Report{Miss: &misses[i]}, last); err != nil {
			return err
		}
	}
	return nil
}

// Missed tells whether an airing of the last days was written as missed.
func (j *Journal) Missed(id playlists.AiringID) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, missed := j.state.missed[id]
	return missed
}

// Account writes, as a row, that everything due before through has been reported. The revisions are those in force
// since the last such row.
func (j *Journal) Account(through time.Time) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	var revisions []uint64
	for _, r := range j.state.revisions {
		revisions = append(revisions, r.Revision)
	}
	slices.Sort(revisions)
	revisions = slices.Compact(revisions)
	return j.rowLocked(playlists.Report{Accounted: &playlists.Accounted{Through: through, Revisions: revisions}}, true)
}

// Accounted returns the end of what has been accounted for, zero for nothing yet.
func (j *Journal) Accounted() time.Time {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state.accounted.Through
}

// Unaccounted tells whether a programme came into force since the last Account.
func (j *Journal) Unaccounted() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.state.revisions) > 1
}

// Outage writes that nothing could begin, from its beginning on or, written again with its end, until then.
func (j *Journal) Outage(o Outage) error { return j.add(line{Outage: &o}, true) }

// Alive writes that the agent runs at now, in broadcaster time. A power cut may lose it.
func (j *Journal) Alive(now time.Time) error { return j.add(line{Alive: &now}, false) }

// InForce writes that the programme of that revision is in force from at on, unless it was already. at is zero when the
// time is not known.
func (j *Journal) InForce(revision uint64, at time.Time) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if n := len(j.state.revisions); n > 0 && j.state.revisions[n-1].Revision == revision {
		return nil
	}
	return j.addLocked(line{InForce: &inForce{Revision: revision, At: at}}, true)
}

// Slept returns when an agent last ran and knew the time, and why nothing has begun since: what ended it, or that those
// after it did not know the time. It returns zero and "" if there was none.
func (j *Journal) Slept() (time.Time, playlists.Cause) { return j.slept, j.slumber }

// Facts returns what the planner must know of the time from since on, in no order. The journal remembers three days.
func (j *Journal) Facts(since time.Time) []timetable.Fact {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state.facts(since)
}

// Lost returns how many rows were given up before they were delivered, since the last acknowledgement.
func (j *Journal) Lost() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state.lost
}

// Changed receives after rows have been added. It holds one signal, however many rows there were.
func (j *Journal) Changed() <-chan struct{} { return j.changed }

// Close closes the journal. Plays that are open stay open and are closed by the next Open.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.segments.close()
}

func (j *Journal) row(r playlists.Report) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.rowLocked(r, true)
}

// rowLocked appends r under the next sequence. Rows that are not synced must be followed by one that is, before the
// lock is given back: what was read may have been sent.
func (j *Journal) rowLocked(r playlists.Report, sync bool) error {
	r.Seq = j.state.next
	if err := j.addLocked(line{Report: &r}, sync); err != nil {
		return err
	}
	select {
	case j.changed <- struct{}{}:
	default:
	}
	return nil
}

func (j *Journal) add(l line, sync bool) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.addLocked(l, sync)
}

func (j *Journal) addLocked(l line, sync bool) (err error) {
	if j.segments.last().size >= segmentBytes {
		if err := j.turnLocked(); err != nil {
			return fmt.Errorf("begin journal segment: %w", err)
		}
	}
	if j.buffer, err = encode(j.buffer[:0], l); err != nil {
		return err
	}
	if len(j.buffer) > maxLine {
		return fmt.Errorf("journal line of %d bytes is longer than %d", len(j.buffer), maxLine)
	}
	if err := j.insist(func() error { return j.segments.write(j.buffer, sync) }); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	j.noteLocked(j.segments.last(), l)
	return nil
}

// insist writes, and once more if that failed and room has been made.
func (j *Journal) insist(write func() error) error {
	err := write()
	if err != nil && j.room != nil && j.room(err) {
		err = write()
	}
	return err
}

// noteLocked takes l, a line of segment g, into the state.
func (j *Journal) noteLocked(g *segment, l line) {
	if at := j.state.apply(l); at.After(g.newest) {
		g.newest = at
	}
	g.next = j.state.next
}

// turnLocked begins a new segment and removes those that have served.
func (j *Journal) turnLocked() error {
	s := j.state
	text, err := encode(nil, line{Head: &head{
		Journal: s.id, Next: s.next, Acked: s.acked, Accounted: s.accounted, Revisions: s.revisions,
		Alive: s.alive, Boot: s.boot, Lost: s.lost,
	}})
	if err != nil {
		return err
	}
	if err := j.insist(func() error { return j.segments.begin(text, s.next) }); err != nil {
		return err
	}
	old := s.alive.Add(-remember)
	s.forget(old)
	for len(j.segments.list) > 1 {
		g := j.segments.list[0]
		served := g.next <= s.acked+1 && g.newest.Before(old)
		if !served && j.segments.size()+segmentBytes <= j.max {
			return nil
		}
		if err := j.segments.drop(); err != nil {
			return err
		}
		if first := max(g.first, s.acked+1); first < g.next {
			j.log.Warn("journal is full: rows were lost", "first", first, "through", g.next-1)
			if err := j.addLocked(line{Lost: &lost{First: first, Through: g.next - 1}}, true); err != nil {
				return err
			}
		}
	}
	return nil
}

func newID() string {
	var id [16]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}
