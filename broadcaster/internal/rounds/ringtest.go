package rounds

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// RingTest is the weekly test of all horns. It is no round of the book: nobody makes, changes or calls it off here. In a
// programme it is a round like others.
type RingTest struct {
	Name      string
	Owner     playlists.GridCode
	Timetable playlists.Timetable
	// Since is when it came to be: it does not fire for moments before.
	Since time.Time
	// Said is what the terminals of a grid sound, in one variant. A grid that is not in it is silent.
	Said map[playlists.GridCode]playlists.Announcement
}

// ringing says what the ring test is.
type ringing interface {
	// RingTest returns the ring test, or nil while the town has none.
	RingTest(ctx context.Context, tx *store.Tx) (*RingTest, error)
}

// readRing reads the ring test into the book.
func (r *Rounds) readRing(ctx context.Context, tx *store.Tx, b *book) (err error) {
	if r.ring == nil {
		return nil
	}
	if b.ring, err = r.ring.RingTest(ctx, tx); err != nil {
		return fmt.Errorf("read ring test: %w", err)
	}
	return nil
}

// ringAt adds the ring test to the programme of t, if t is to be heard at all. It counts against the daily limits, gives
// way and obeys quiet as an announcement of the town's does.
func (b *book) ringAt(p *playlists.Programme, t Terminal) {
	if b.ring == nil || t.Kind == playlists.KindScreen {
		return
	}
	said, known := b.ring.Said[t.Grid]
	if !known || len(said.Variants) == 0 {
		return
	}
	since := b.ring.Since
	if t.Created.After(since) {
		since = t.Created
	}
	list := playlists.PlaylistID(said.ID)
	p.Rounds = append(p.Rounds, playlists.Round{
		ID: playlists.RingTest, Name: b.ring.Name, Playlist: list, Timetable: b.ring.Timetable,
		Class: playlists.ClassAnnouncement, Lateness: playlists.DefaultLateness, Owner: b.ring.Owner, Since: since,
	})
	p.Playlists = append(p.Playlists, playlists.Playlist{ID: list, Name: b.ring.Name, Entries: []playlists.PlaylistEntry{
		{Announcement: said.ID, Dialects: playlists.DialectOwn, Repeats: 1},
	}})
	p.Announcements = append(p.Announcements, said)
}

// ringLength is how long the ring test is in p, zero where there is none: all that plans depend on of what a place says.
func ringLength(p *playlists.Programme) playlists.Millis {
	if n := len(p.Rounds); n == 0 || p.Rounds[n-1].ID != playlists.RingTest {
		return 0
	}
	return p.Announcements[len(p.Announcements)-1].Variants[0].Duration
}

// placeName is the recording that says what a grid is called, as it is written down.
type placeName struct {
	Clip playlists.Digest `json:"clip"`
}

// PlaceNamed does what RingTestChanged does where by made after the recording of node's name, which was before; the zero
// Digest is none.
func (r *Rounds) PlaceNamed(ctx context.Context, tx *store.Tx, node playlists.GridCode, by string, before, after playlists.Digest) error {
	change := Change{By: by, Subject: SubjectPlaceName, ID: string(node), Grid: node, Act: ActChanged}
	was, is := &placeName{before}, &placeName{after}
	if before == (playlists.Digest{}) {
		change.Act, was = ActMade, nil
	}
	if after == (playlists.Digest{}) {
		change.Act, is = ActRemoved, nil
	}
	if err := record(ctx, tx, roundssql.New(tx.Tx), change, was, is); err != nil {
		return err
	}
	return r.publish(ctx, tx, below(node))
}

// RingTestChanged brings the programmes of the terminals at or below node into line with the ring test, in the transaction
// that changed it, and writes down that by made before into after, where these differ; nil is nothing.
func (r *Rounds) RingTestChanged(ctx context.Context, tx *store.Tx, node playlists.GridCode, by string, before, after any) error {
	was, err := text(before)
	if err != nil {
		return fmt.Errorf("record change of the ring test: %w", err)
	}
	is, err := text(after)
	if err != nil {
		return fmt.Errorf("record change of the ring test: %w", err)
	}
	act := ActChanged
	switch {
	case was == "":
		act = ActMade
	case is == "":
		act = ActRemoved
	}
	change := Change{By: by, Subject: SubjectRingTest, ID: string(playlists.RingTest), Grid: node, Act: act}
	if err := record(ctx, tx, roundssql.New(tx.Tx), change, before, after); err != nil {
		return err
	}
	return r.publish(ctx, tx, below(node))
}
